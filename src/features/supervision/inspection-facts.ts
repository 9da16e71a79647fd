import { sql } from 'kysely'
import { z } from 'zod'
import type {} from './tables.ts'
import { drawSeed } from '#features/evaluation/index.ts'
import { drawNumbers, SeededStream } from '#src/statistics/index.ts'
import type { RefusalText } from '#kernel/act.ts'
import type { Db } from '#kernel/db.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import type { InspectionState } from './states.ts'

export const inspectDuty = 'inspect-work'

export const inspectorField = UnitId.meta({ label: { zh: '督查单位', en: 'Who inspects' } })
export const inspectionField = z.uuid().meta({ label: { zh: '督查', en: 'Inspection' }, widget: 'hidden' })
export const seedLine = (min: number) =>
  z
    .string()
    .trim()
    .min(min)
    .max(200)
    .regex(/^[^\n\r]+$/)

/** An inspection as it stood on a day. Its seed is told once its list is opened, never before. */
export type Inspection = {
  readonly id: string
  readonly unit: string
  readonly title: string
  readonly from: Day
  readonly until: Day
  readonly topics: readonly string[]
  readonly units: number
  readonly commitment: string
  readonly drawOn: Day
  readonly opensOn: Day
  readonly publicNumber: string
  readonly on: Day
  readonly act: string
  readonly state: InspectionState
  readonly beacon: string | null
  readonly drawnOn: Day | null
  readonly seed: string | null
  readonly openedOn: Day | null
  readonly cancelledOn: Day | null
  readonly reason: string | null
  readonly madeUp: boolean
}

const END: Day = '9999-12-31'

/** Every inspection by a day. What was not done by then is not told. */
export const inspectionsOn = (on: Day) => sql`
  select i.id, i.unit_id as unit, i.title, lower(i.period) as from, upper(i.period) - 1 as until, i.topics, i.units_drawn as units,
         i.commitment, i.draw_on as "drawOn", i.opens_on as "opensOn", i.public_number as "publicNumber", i.on_day as on, i.act_id as act,
         case when c.inspection_id is not null then 'cancelled' when o.inspection_id is not null then 'opened'
              when d.inspection_id is not null then 'drawn' else 'planned' end as state,
         d.beacon, d.on_day as "drawnOn", o.seed, o.on_day as "openedOn", c.on_day as "cancelledOn", c.reason, j.via = 'replay' as "madeUp"
    from inspection i
    join journal j on j.id = i.act_id
    left join inspection_draw d on d.inspection_id = i.id and d.on_day <= ${on}::date
    left join inspection_opening o on o.inspection_id = i.id and o.on_day <= ${on}::date
    left join inspection_cancelled c on c.inspection_id = i.id and c.on_day <= ${on}::date
   where i.on_day <= ${on}::date`

export async function findInspection(db: Db, id: string, on: Day = END): Promise<Inspection | undefined> {
  const { rows } = await sql<Inspection>`select * from (${inspectionsOn(on)}) i where i.id = ${id}`.execute(db)
  return rows[0]
}

export type Framed = {
  readonly n: number
  readonly unit: string
  readonly stratum: string
  readonly stratumDrawn: number
}

export async function readFrame(db: Db, id: string): Promise<readonly Framed[]> {
  const { rows } = await sql<Framed>`
    select n, unit_id as unit, stratum, stratum_drawn as "stratumDrawn" from inspection_frame where inspection_id = ${id} order by n`.execute(
    db,
  )
  return rows
}

/** How many units of each stratum are drawn: in proportion to their number, what is left over by the largest remainders. */
export function shareOut(count: number, strata: readonly (readonly [stratum: string, units: number])[]) {
  const all = strata.reduce((sum, [, units]) => sum + units, 0)
  const given = new Map(strata.map(([stratum, units]) => [stratum, Math.floor((count * units) / all)]))
  const left = count - [...given.values()].reduce((sum, each) => sum + each, 0)
  const byRemainder = strata.toSorted(
    ([a, of], [b, than]) => ((count * than) % all) - ((count * of) % all) || (a < b ? -1 : 1),
  )
  for (const [stratum] of byRemainder.slice(0, left)) given.set(stratum, (given.get(stratum) ?? 0) + 1)
  return given
}

/** The numbers of the units drawn. Anybody who has frame, seed and public number finds the same; `src/statistics/stream.ts` says how. */
export function drawUnits(frame: readonly Framed[], seed: string, beacon: string): readonly number[] {
  const whole = drawSeed(seed, beacon)
  return [...Map.groupBy(frame, (each) => each.stratum)]
    .flatMap(([stratum, units]) => {
      const stream = new SeededStream(whole, `units ${stratum}`)
      return drawNumbers(stream, units.length, units[0]?.stratumDrawn ?? 0).map((number) => units[number - 1]!.n)
    })
    .toSorted((a, b) => a - b)
}

export type Place = { readonly unit: string; readonly name: Text; readonly isWithin: boolean }

/** Names of units on a day, and which of them lie below another. */
export async function placesWithin(
  db: Db,
  units: readonly string[],
  within: string,
  on: Day,
): Promise<readonly Place[]> {
  const { rows } = await sql<Place>`
    select v.unit_id as unit, json_build_object('zh', v.name_zh, 'en', v.name_en) as name,
           v.unit_id <> ${within} and ${within} = any (v.lineage) as "isWithin"
      from unnest(${[...new Set(units)]}::uuid[]) u (id)
      join unit_version v on v.unit_id = u.id and (v.valid_at @> ${on}::date) is true`.execute(db)
  return rows
}

/** Of some people, those who sit in one of some units, or below one of them, on a day. */
export async function peopleOf(db: Db, people: readonly string[], units: readonly string[], on: Day) {
  const { rows } = await sql<{ person: string; name: Text; unit: string }>`
    select distinct p.id as person, json_build_object('zh', p.name_zh, 'en', p.name_en)::jsonb as name, u.id as unit
      from unnest(${people}::uuid[]) who (id)
      join person p on p.id = who.id
      join appointment a on a.person_id = p.id and (a.valid_at @> ${on}::date) is true
      join unit_version v on v.unit_id = a.unit_id and (v.valid_at @> ${on}::date) is true
      join unnest(${units}::uuid[]) u (id) on u.id = any (v.lineage)`.execute(db)
  return rows
}

export const listed = (names: readonly Text[]): Text => ({
  zh: names.map((name) => name.zh).join('、'),
  en: names.map((name) => name.en).join(', '),
})

/** What every act about an inspection refuses in the same words. */
export const inspectionRefusals = {
  'unknown-inspection': {
    zh: '本单位没有这次督查。',
    en: 'This unit has no such inspection.',
    topic: { zh: '督查存在', en: 'the inspection exists' },
  },
  'not-its-turn': {
    zh: '“{title}”{standing}，现在不能办这一步。',
    en: '«{title}»: {standing}; this step is not its turn.',
    topic: { zh: '轮到这一步', en: 'it is the turn of this step' },
    notJudgedWith: ['unknown-inspection'],
  },
} as const satisfies Record<string, RefusalText>

export const ownUnit = {
  'inspector-of-own-unit': {
    zh: '不得督查本人或本单位：{names}。',
    en: 'Nobody inspects their own unit: {names}.',
    topic: { zh: '没有人督查自己的单位', en: 'nobody inspects their own unit' },
    remedy: { zh: '换其他单位的人去。', en: 'Send somebody of another unit.' },
  },
} as const satisfies Record<string, RefusalText>

/** What acts about an inspection say of themselves on the screen. */
export const inspectionAbout = (states: readonly InspectionState[], when: 'any day' | 'when due' = 'any day') =>
  ({
    kind: 'inspection',
    offered: (each: { readonly state: InspectionState; readonly isDue: boolean }) =>
      states.includes(each.state) && (when === 'any day' || each.isDue),
    input: (each: { readonly unit: string; readonly id: string }) => ({ unit: each.unit, inspection: each.id }),
  }) as const
