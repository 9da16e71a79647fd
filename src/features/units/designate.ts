import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import type { Charter } from '#kernel/charter.ts'
import { UnitId } from '#kernel/words.ts'
import { designate } from './closing.ts'
import { listed, sentences, twice } from './sentences.ts'
import { readVersions } from './versions.ts'

const UNITS_MAX = 5000
const BULK_MIN = 100

/** The tiers whose units can be poor counties: those that bear main responsibility for leaving poverty. */
export const countyTiers = (charter: Charter): readonly string[] =>
  Object.keys(charter.text.duties.find((duty) => duty.id === 'bear-main-responsibility')?.held_by ?? {})

/** Puts units on the list of the poor counties; they leave it by their exit. */
export const designateUnits = act({
  name: 'unit.designate',
  title: { zh: '确定贫困县', en: 'Designate poor counties' },
  purpose: {
    zh: '把一个或一批单位列入贫困县名单，自当日起有效；退出贫困县后方才移出。',
    en: 'Puts one unit or many on the list of the poor counties from the day of the deed; they leave it by their exit.',
  },
  duty: 'designate-poor-counties',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '范围', en: 'Within' } }),
    units: z
      .array(UnitId)
      .min(1)
      .max(UNITS_MAX)
      .meta({ label: { zh: '名单', en: 'The list' } }),
  }),
  refusals: {
    'not-a-unit': sentences['not-a-unit'],
    'not-within': { zh: '{names}不在{unit}范围内。', en: '{names} does not lie within {unit}.' },
    'listed-twice': { zh: '{names}列了两次。', en: '{names} is listed twice.' },
    'not-a-county': {
      zh: '{names}不是承担主体责任的一级，不能列为贫困县。',
      en: '{names} is not of the tier that bears main responsibility, and cannot be a poor county.',
      topic: { zh: '均为县级单位', en: 'all are of the tier that can be poor counties' },
      cites: 'duty:bear-main-responsibility',
    },
    'already-poor': {
      zh: '{names}已在贫困县名单上。',
      en: '{names} is on the list already.',
      topic: { zh: '尚未列入', en: 'none is on the list yet' },
    },
  },
  about: {
    kind: 'unit',
    offered: (unit: { isOpen: boolean; isCounty: boolean; state: string }) =>
      unit.isOpen && unit.isCounty && unit.state === 'none',
    input: (unit: { unit: string }) => ({ unit: unit.unit, units: [unit.unit] }),
  },
  over: (input) => input.unit,
  async facts(tx, { units }, by) {
    const [found, poor] = await Promise.all([
      readVersions(tx, units, by.on),
      sql<{ unit: string }>`select unit_id as unit from unit_designation
        where unit_id = any (${units}::uuid[]) and kind = 'poor-county' and (valid_at && daterange(${by.on}, null)) is true`.execute(
        tx,
      ),
    ])
    return { found, poor: poor.rows.map((row) => row.unit) }
  },
  rule({ found, poor }, { unit, units }, refuse, by) {
    const tiers = countyTiers(by.charter)
    const byId = new Map(found.map((each) => [each.unit, each]))
    const names = (ids: readonly string[]) => listed(ids.map((id) => byId.get(id)?.name ?? id))
    const missing = units.filter((id) => !byId.has(id))
    const outside = found.filter((each) => !each.lineage.includes(unit)).map((each) => each.unit)
    const misplaced = found.filter((each) => !tiers.includes(each.tier)).map((each) => each.unit)
    const again = twice(units)
    return [
      missing.length === 0 || refuse('not-a-unit', { day: by.on, ids: listed(missing) }),
      outside.length === 0 || refuse('not-within', { names: names(outside), unit: by.lineage[0].name }),
      again.length === 0 || refuse('listed-twice', { names: names(again) }),
      misplaced.length === 0 || refuse('not-a-county', { names: names(misplaced) }),
      poor.length === 0 || refuse('already-poor', { names: names(poor) }),
    ]
  },
  async effect(tx, { units }, _facts, by) {
    await designate(tx, units, by)
    if (units.length > BULK_MIN) await sql`analyze unit_designation`.execute(tx)
    return { designated: units.length }
  },
})
