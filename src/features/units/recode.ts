import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import { Code } from './establish.ts'
import { listed, sentences } from './sentences.ts'
import { amend, codesInUse, readVersions, type Version } from './versions.ts'

/** Gives a unit another code from the day of the deed, or takes its code away. */
export const recodeUnit = act({
  name: 'unit.recode',
  title: { zh: '变更代码', en: 'Recode a unit' },
  purpose: {
    zh: '变更单位的区划代码，自当日起有效；单位不变，旧代码仍可查到。',
    en: 'Gives a unit another code from the day of the deed; it stays the same unit, and its old code still finds it.',
  },
  duty: 'maintain-divisions',
  input: z.object({ unit: UnitId, code: Code }),
  refusals: {
    'code-unchanged': { zh: '{name}的代码没有变化。', en: '{name} has this code already.' },
    'code-in-use': sentences['code-in-use'],
    'changed-later': sentences['changed-later'],
  },
  about: {
    kind: 'unit',
    offered: (unit: { isOpen: boolean }) => unit.isOpen,
    input: (unit: { unit: string }) => ({ unit: unit.unit }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, code }, by) {
    const [version] = (await readVersions(tx, [unit], by.on)) as [Version]
    return { version, codes: await codesInUse(tx, [code], by.on, [unit]) }
  },
  rule: ({ version, codes }, { code }, refuse, by) => [
    version.code !== code || refuse('code-unchanged', { name: version.name }),
    codes.length === 0 || refuse('code-in-use', { codes: listed(codes) }),
    version.isLatest || refuse('changed-later', { names: version.name, day: by.on }),
  ],
  async effect(tx, { unit, code }, { version }, by) {
    await amend(tx, [{ ...version, code }], by)
    return { unit }
  },
})
