import { createHash } from 'node:crypto'
import { z } from 'zod'
import { act, type AnyAct } from '#kernel/act.ts'
import type { Charter } from '#kernel/charter.ts'
import { checkCharter } from '#kernel/charter-check.ts'
import { UnitId } from '#kernel/words.ts'

declare module '#kernel/db.ts' {
  interface DB {
    charter_adoption: { charter: string; version: string; in_force_from: string; digest: string; act_id: string }
  }
}

/** What a version says, in one digest: two texts that differ in a duty or an obligation have different ones. */
export const digestOf = (charter: Charter, version: string): string =>
  createHash('sha256')
    .update(JSON.stringify(charter.of(version)))
    .digest('hex')

/**
 * Adopts a version of the charter, from its day of force on. A charter with a gap or a contradiction is refused with the list of them.
 * The acts of the system are given when the slice is assembled, because the check asks whether every obligation can be met by one.
 */
export const adoptCharter = (actsOf: () => readonly AnyAct[]) =>
  act({
    name: 'charter.adopt',
    title: { zh: '通过章程', en: 'Adopt a version of the charter' },
    purpose: {
      zh: '使章程的一个版本生效；先检查有无缺口和矛盾，全部列出。',
      en: 'Puts a version of the charter into force, after it was checked for gaps and contradictions.',
    },
    duty: 'make-overall-plans',
    final: true,
    automatic: true,
    input: z.object({
      unit: UnitId.meta({ label: { zh: '最高一级单位', en: 'Root unit' } }),
      version: z.string().meta({ label: { zh: '版本', en: 'Version' } }),
    }),
    refusals: {
      'version-unknown': {
        zh: '章程没有“{version}”这个版本。',
        en: 'The charter has no version «{version}».',
        topic: { zh: '版本存在', en: 'the version exists' },
      },
      'not-in-force-yet': {
        zh: '版本{version}自{from}起施行，不能在{day}通过。',
        en: 'Version {version} is in force from {from}; it cannot be adopted on {day}.',
        topic: { zh: '施行日期已到', en: 'its day has come' },
      },
      'already-adopted': {
        zh: '版本{version}已经通过。',
        en: 'Version {version} was adopted already.',
        topic: { zh: '尚未通过', en: 'not adopted yet' },
      },
      'charter-unsound': {
        zh: '章程有{count}处缺口或矛盾：{problems}',
        en: 'The charter has {count} gaps or contradictions: {problems}',
        topic: { zh: '无缺口、无矛盾', en: 'no gap, no contradiction' },
        remedy: { zh: '按清单修订章程文件后再通过。', en: 'Amend the charter’s files by the list, then adopt it.' },
      },
    },
    over: (input) => input.unit,
    async facts(tx, { version }, by) {
      const adopted = await tx
        .selectFrom('charter_adoption')
        .select('version')
        .where('charter', '=', by.charter.id)
        .where('version', '=', version)
        .executeTakeFirst()
      return { isAdopted: adopted !== undefined, problems: checkCharter(by.charter, actsOf()) }
    },
    rule({ isAdopted, problems }, { version }, refuse, by) {
      const declared = by.charter.text.versions.find((each) => each.id === version)
      const told = (language: 'zh' | 'en') => problems.map((problem) => problem.sentence[language]).join(' ')
      return [
        declared !== undefined || refuse('version-unknown', { version }),
        declared === undefined ||
          declared.from <= by.on ||
          refuse('not-in-force-yet', { version, from: declared.from, day: by.on }),
        !isAdopted || refuse('already-adopted', { version }),
        problems.length === 0 ||
          refuse('charter-unsound', { count: problems.length, problems: { zh: told('zh'), en: told('en') } }),
      ]
    },
    async effect(tx, { version }, _facts, by) {
      const from = by.charter.text.versions.find((each) => each.id === version)?.from ?? by.on
      await tx
        .insertInto('charter_adoption')
        .values({
          charter: by.charter.id,
          version,
          in_force_from: from,
          digest: digestOf(by.charter, version),
          act_id: by.act,
        })
        .execute()
      return { version }
    },
    subject: (input) => input.version,
  })
