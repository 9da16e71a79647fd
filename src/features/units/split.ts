import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import { closeUnits, designate, passOnDebts, readClosing, writeSuccession } from './closing.ts'
import { Successor } from './merge.ts'
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

const PARTS_MAX = 50
const ROUNDING = 1e-9

const Share = z
  .number()
  .gt(0)
  .max(1)
  .meta({ label: { zh: '份额（0–1）', en: 'Share (0–1)' } })

const Part = z.strictObject({
  unit: UnitId,
  share: Share,
  founded: Successor.optional(),
  below: z
    .array(UnitId)
    .default([])
    .meta({ label: { zh: '划归的下级单位', en: 'Units below that go there' } }),
})

/** Divides a unit among new or existing ones. What remains of it goes on as it is; if nothing remains, it is closed. */
export const splitUnit = act({
  name: 'unit.split',
  title: { zh: '分设单位', en: 'Split a unit' },
  purpose: {
    zh: '把一个单位分为若干新设或已有单位，份额合计为一，自当日起有效；留有份额的原单位继续存在，否则撤销，历史保留。',
    en: 'Divides a unit among new or existing ones, with shares that add up to one, from the day of the deed; it goes on if a share remains and closes if none does.',
  },
  duty: 'maintain-divisions',
  input: z.object({
    unit: UnitId,
    into: z
      .array(Part)
      .min(1)
      .max(PARTS_MAX)
      .meta({ label: { zh: '分为', en: 'Into' } }),
    remains: z
      .number()
      .min(0)
      .lt(1)
      .default(0)
      .meta({ label: { zh: '原单位保留的份额', en: 'Share that remains' } }),
  }),
  refusals: {
    'shares-not-one': {
      zh: '份额合计为{sum}，应为1。',
      en: 'The shares add up to {sum}, not to 1.',
      topic: { zh: '份额合计为一', en: 'the shares add up to one' },
      remedy: { zh: '改正份额，使合计为1。', en: 'Correct the shares so that they add up to 1.' },
    },
    'not-a-unit': sentences['not-a-unit'],
    'target-among-sources': sentences['target-among-sources'],
    'listed-twice': { zh: '{names}列了两次。', en: '{names} is listed twice.' },
    'tier-differs': sentences['tier-differs'],
    'tier-not-below': sentences['tier-not-below'],
    'id-in-use': sentences['id-in-use'],
    'code-in-use': sentences['code-in-use'],
    'name-taken': sentences['name-taken'],
    'below-unassigned': {
      zh: '{names}没有划归任何单位。',
      en: '{names} would be left without a unit above.',
      topic: { zh: '下级单位各有归属', en: 'every unit below goes somewhere' },
      remedy: { zh: '为每个下级单位指明归属。', en: 'Say for each unit below where it goes.' },
    },
    'below-not-its-own': {
      zh: '{names}不是该单位的下级，或划归了两处。',
      en: '{names} does not stand directly under the unit, or goes to two places.',
    },
    'too-new': sentences['too-new'],
    'changed-later': sentences['changed-later'],
  },
  advice: closingAdvice,
  final: true,
  about: {
    kind: 'unit',
    offered: (unit: { isOpen: boolean; isRoot: boolean }) => unit.isOpen && !unit.isRoot,
    input: (unit: { unit: string }) => ({ unit: unit.unit }),
  },
  over: (input) => input.unit,
  turns: (input) => input.into.flatMap((part) => [part.unit, ...(part.founded ? [part.founded.under] : [])]),
  async facts(tx, { unit, into, remains }, by) {
    const founded = into.flatMap((part) => (part.founded ? [part.founded] : []))
    const given = remains === 0 ? [unit] : []
    const [closing, subtree, targets, above, known, codes, ...names] = await Promise.all([
      readClosing(tx, [unit], by.on),
      readSubtrees(tx, [unit], by.on),
      readVersions(
        tx,
        into.filter((part) => !part.founded).map((part) => part.unit),
        by.on,
      ),
      readVersions(
        tx,
        founded.map((each) => each.under),
        by.on,
      ),
      idsKnown(
        tx,
        into.filter((part) => part.founded).map((part) => part.unit),
      ),
      codesInUse(
        tx,
        founded.map((each) => each.code),
        by.on,
        given,
      ),
      ...founded.map((each) => namesTaken(tx, [each.name], each.under, by.on, given)),
    ])
    return { closing, self: subtree[0] as Version, subtree, targets, above, known, codes, names: names.flat() }
  },
  rule({ closing, self, subtree, targets, above, known, codes, names }, { unit, into, remains }, refuse, by, advise) {
    const order = by.charter.tiers.map((tier) => tier.id)
    const sum = into.reduce((all, part) => all + part.share, remains)
    const missing = [
      ...into
        .filter((part) => !part.founded && !targets.some((each) => each.unit === part.unit))
        .map((part) => part.unit),
      ...into.flatMap((part) =>
        part.founded && !above.some((each) => each.unit === part.founded?.under) ? [part.founded.under] : [],
      ),
    ]
    const again = twice(into.map((part) => part.unit))
    const strange = targets.filter((each) => each.tier !== self.tier)
    const high = above.filter((each) => order.indexOf(each.tier) >= order.indexOf(self.tier))
    const usedCodes = [...codes, ...twice(into.flatMap((part) => part.founded?.code ?? []))]
    const usedNames = [...names, ...namedAlike(into.flatMap((part) => part.founded ?? []))]
    const children = subtree.filter((each) => each.parent === unit)
    const assigned = into.flatMap((part) => part.below)
    const unassigned = remains > 0 ? [] : children.filter((child) => !assigned.includes(child.unit))
    const foreign = [...assigned.filter((each) => !children.some((child) => child.unit === each)), ...twice(assigned)]
    const later = [...subtree, ...targets].filter((each) => !each.isLatest)
    const tooNew = remains === 0 ? closing.tooNew : closing.newborn
    return [
      Math.abs(sum - 1) < ROUNDING || refuse('shares-not-one', { sum: Number(sum.toFixed(6)) }),
      missing.length === 0 || refuse('not-a-unit', { day: by.on, ids: listed(missing) }),
      !into.some((part) => part.unit === unit) || refuse('target-among-sources', { names: self.name }),
      again.length === 0 || refuse('listed-twice', { names: listed(again) }),
      strange.length === 0 ||
        refuse('tier-differs', { names: listed(strange.map((each) => each.name)), unit: self.name }),
      high.length === 0 || refuse('tier-not-below', { names: self.name, above: listed(high.map((each) => each.name)) }),
      known.length === 0 || refuse('id-in-use', { ids: listed(known) }),
      usedCodes.length === 0 || refuse('code-in-use', { codes: listed(usedCodes) }),
      usedNames.length === 0 || refuse('name-taken', { names: listed(usedNames) }),
      unassigned.length === 0 || refuse('below-unassigned', { names: listed(unassigned.map((each) => each.name)) }),
      foreign.length === 0 || refuse('below-not-its-own', { names: listed(foreign) }),
      tooNew.length === 0 || refuse('too-new', { names: self.name }),
      later.length === 0 || refuse('changed-later', { names: listed(later.map((each) => each.name)), day: by.on }),
      remains > 0 || closing.seated === 0 || advise('seats-end', { names: self.name, count: closing.seated }),
      remains > 0 || closing.owed === 0 || advise('obligations-lapse', { names: self.name, count: closing.owed }),
      remains > 0 || closing.poor.length === 0 || advise('designation-passes', { names: self.name }),
    ]
  },
  async effect(tx, { unit, into, remains }, { closing, self, subtree, targets, above }, by) {
    if (remains === 0) await closeUnits(tx, [unit], by)
    const lineageOf = (part: (typeof into)[number]) => {
      const existing = targets.find((each) => each.unit === part.unit)
      return (
        existing?.lineage ?? [...(above.find((each) => each.unit === part.founded?.under)?.lineage ?? []), part.unit]
      )
    }
    const founded = into.flatMap((part) =>
      part.founded ? [{ unit: part.unit, lineage: lineageOf(part), ...part.founded }] : [],
    )
    await establish(
      tx,
      founded.map(({ under, ...each }) => ({ ...each, tier: self.tier, parent: under })),
      by,
    )
    const moving = new Map(
      into.flatMap((part) => part.below.map((child) => [child, { unit: part.unit, lineage: lineageOf(part) }])),
    )
    const below = subtree.filter((each) => each.lineage.some((id) => moving.has(id)))
    await amend(tx, rehung(below, moving), by)
    await writeSuccession(
      tx,
      into.map((part) => ({ from: unit, to: part.unit, share: part.share })),
      by,
    )
    if (remains === 0) await passOnDebts(tx, [unit], by)
    if (remains === 0 && closing.poor.length > 0)
      await designate(
        tx,
        into.map((part) => part.unit),
        by,
      )
    return { unit, into: into.map((part) => part.unit), closed: remains === 0, moved: below.length }
  },
})

/** Names that two new units would bear under one unit above. */
const namedAlike = (founded: readonly z.output<typeof Successor>[]) =>
  founded
    .filter((one, at) => founded.findIndex((each) => each.under === one.under && each.name.zh === one.name.zh) < at)
    .map((each) => each.name)
