import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import { closeUnits, designate, passOnDebts, readClosing, writeSuccession } from './closing.ts'
import { Code, Name } from './establish.ts'
import { closingAdvice, listed, sentences, twice } from './sentences.ts'
import {
  amend,
  codesInUse,
  establish,
  idsKnown,
  namesTaken,
  readSubtrees,
  readVersions,
  rehung,
  type Version,
} from './versions.ts'

const SOURCES_MAX = 100

/** A unit that an act brings into being, made of others. */
export const Successor = z
  .strictObject({ under: UnitId.meta({ label: { zh: '所属上级', en: 'Under' } }), name: Name, code: Code })
  .meta({ label: { zh: '新设单位（并入已有单位则不填）', en: 'The new unit (leave out for one that exists)' } })

/** Merges units into an existing or a new one. The merged units are closed, and what was counted in them is counted there. */
export const mergeUnits = act({
  name: 'unit.merge',
  title: { zh: '合并单位', en: 'Merge units' },
  purpose: {
    zh: '把若干单位并入一个已有或新设的单位，自当日起有效；被并入的单位撤销，历史保留，下级单位改属新单位。',
    en: 'Merges units into an existing or a new one from the day of the deed; they close, their history stays, and what lay below them moves.',
  },
  duty: 'maintain-divisions',
  input: z.object({
    from: z
      .array(UnitId)
      .min(1)
      .max(SOURCES_MAX)
      .meta({ label: { zh: '被合并的单位', en: 'Units that close' } }),
    into: UnitId.meta({ label: { zh: '并入', en: 'Into' } }),
    founded: Successor.optional(),
  }),
  refusals: {
    'not-a-unit': sentences['not-a-unit'],
    'target-among-sources': sentences['target-among-sources'],
    'listed-twice': { zh: '{names}列了两次。', en: '{names} is listed twice.' },
    'tier-differs': sentences['tier-differs'],
    'tier-not-below': sentences['tier-not-below'],
    'id-in-use': sentences['id-in-use'],
    'code-in-use': sentences['code-in-use'],
    'name-taken': sentences['name-taken'],
    'too-new': sentences['too-new'],
    'changed-later': sentences['changed-later'],
  },
  advice: closingAdvice,
  then: [
    { zh: '被合并单位的任职、委托随即终止。', en: 'Posts and delegations in the merged units end at once.' },
    { zh: '贫困县的认定转由接续单位承担。', en: 'The designation of a poor county passes to the successor.' },
  ],
  final: true,
  about: {
    kind: 'unit',
    offered: (unit: { isOpen: boolean; isRoot: boolean }) => unit.isOpen && !unit.isRoot,
    input: (unit: { unit: string }) => ({ from: [unit.unit] }),
  },
  over: (input) => input.founded?.under ?? input.into,
  turns: (input) => [...input.from, input.into],
  async facts(tx, { from, into, founded }, by) {
    const [closing, subtrees, above, known, codes, names] = await Promise.all([
      readClosing(tx, from, by.on),
      readSubtrees(tx, from, by.on),
      readVersions(tx, [founded?.under ?? into], by.on),
      founded ? idsKnown(tx, [into]) : [],
      founded ? codesInUse(tx, [founded.code], by.on, from) : [],
      founded ? namesTaken(tx, [founded.name], founded.under, by.on, from) : [],
    ])
    return { closing, subtrees, above: above[0] as Version, known, codes, names }
  },
  rule({ closing, subtrees, above, known, codes, names }, { from, into, founded }, refuse, by, advise) {
    const order = by.charter.tiers.map((tier) => tier.id)
    const tier = founded ? closing.units[0]?.tier : above.tier
    const strange = closing.units.filter((each) => each.tier !== tier)
    const again = twice(from)
    const later = [...subtrees, ...(founded ? [] : [above])].filter((each) => !each.isLatest)
    const all = listed(closing.units.map((each) => each.name))
    const target = founded?.name ?? above.name
    return [
      closing.missing.length === 0 || refuse('not-a-unit', { day: by.on, ids: listed(closing.missing) }),
      !from.includes(into) || refuse('target-among-sources', { names: target }),
      again.length === 0 ||
        refuse('listed-twice', {
          names: listed(closing.units.filter((each) => again.includes(each.unit)).map((each) => each.name)),
        }),
      strange.length === 0 || refuse('tier-differs', { names: listed(strange.map((each) => each.name)), unit: target }),
      !founded ||
        tier === undefined ||
        order.indexOf(tier) > order.indexOf(above.tier) ||
        refuse('tier-not-below', { names: target, above: above.name }),
      known.length === 0 || refuse('id-in-use', { ids: listed(known) }),
      codes.length === 0 || refuse('code-in-use', { codes: listed(codes) }),
      names.length === 0 || refuse('name-taken', { names: listed(names) }),
      closing.tooNew.length === 0 || refuse('too-new', { names: listed(closing.tooNew.map((each) => each.name)) }),
      later.length === 0 || refuse('changed-later', { names: listed(later.map((each) => each.name)), day: by.on }),
      closing.seated === 0 || advise('seats-end', { names: all, count: closing.seated }),
      closing.owed === 0 || advise('obligations-lapse', { names: all, count: closing.owed }),
      closing.poor.length === 0 ||
        advise('designation-passes', { names: listed(closing.poor.map((each) => each.name)) }),
    ]
  },
  async effect(tx, { from, into, founded }, { closing, subtrees, above }, by) {
    await closeUnits(tx, from, by)
    const lineage = founded ? [...above.lineage, into] : above.lineage
    if (founded) {
      const { under, name, code } = founded
      await establish(tx, [{ unit: into, tier: closing.units[0]?.tier ?? '', name, code, parent: under, lineage }], by)
    }
    const below = subtrees.filter((each) => !from.includes(each.unit))
    const children = below.filter((each) => from.includes(each.parent ?? ''))
    await amend(tx, rehung(below, new Map(children.map((child) => [child.unit, { unit: into, lineage }]))), by)
    await writeSuccession(
      tx,
      from.map((each) => ({ from: each, to: into, share: 1 })),
      by,
    )
    await passOnDebts(tx, from, by)
    if (closing.poor.length > 0) await designate(tx, [into], by)
    return { into, closed: from.length, moved: below.length }
  },
})
