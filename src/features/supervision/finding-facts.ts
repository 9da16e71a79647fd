import { sql } from 'kysely'
import { z } from 'zod'
import type {} from './tables.ts'
import type { By, Line, Refuse, RefusalText } from '#kernel/act.ts'
import type { Db, Tx } from '#kernel/db.ts'
import { type Day, UnitId } from '#kernel/words.ts'
import { type FindingState, type FindingStep, moves, stateWords } from './states.ts'

export const rectifyDuty = 'rectify-findings'

export const findingField = z.uuid().meta({ label: { zh: '问题', en: 'Finding' }, widget: 'hidden' })
export const responsibleField = UnitId.meta({ label: { zh: '责任单位', en: 'Unit responsible' } })

/** A finding as it stands in the act's own transaction: its newest step, who took it, and all units above the one responsible. */
export type FindingFacts = {
  readonly id: string
  /** Who found it, and whose it is to put right: the units themselves while they stand, else whoever carries them on. */
  readonly inspector: string
  readonly unit: string
  /** The unit in which it was found. */
  readonly of: string
  readonly title: string
  readonly due: Day
  readonly ordinal: number
  readonly state: FindingState
  readonly day: Day
  readonly person: string
  readonly above: readonly string[]
  readonly handedOn: Day | null
  readonly concluded: boolean
}

export async function findFinding(db: Db | Tx, id: string, on: Day): Promise<FindingFacts | undefined> {
  const { rows } = await sql<FindingFacts>`
    select f.id, unit_carrier_on(f.inspector_unit_id, ${on}::date) as inspector, k.unit, f.unit_id as of, f.title, s.due_on as due, s.ordinal, s.state, s.on_day as day,
           s.person_id as person, coalesce(v.lineage, array[]::uuid[]) as above, h.on_day as "handedOn", c.finding_id is not null as concluded
      from finding f
      join lateral (select * from finding_step s where s.finding_id = f.id order by s.ordinal desc limit 1) s on true
     cross join unit_carrier_on(f.unit_id, ${on}::date) as k (unit)
      left join unit_version v on v.unit_id = k.unit and (v.valid_at @> ${on}::date) is true
      left join finding_handover h on h.finding_id = f.id
      left join finding_discipline c on c.finding_id = f.id
     where f.id = ${id}`.execute(db)
  const [row] = rows
  return row && { ...row, above: row.above.filter((unit) => unit !== row.unit) }
}

/** Whoever takes a step, in person. */
export function doerOf({ actor }: By): string {
  if (actor.kind !== 'person') throw new Error('A step of a finding is taken by a person.')
  return actor.person
}

type NewStep = { readonly unit: string; readonly note: string; readonly due?: Day | undefined }

/** A further step, and the state that it leads to. */
export async function addStep(tx: Tx, by: By, found: FindingFacts, step: FindingStep, { unit, note, due }: NewStep) {
  const to = moves[found.state][step]
  if (!to) throw new Error(`A finding that is ${found.state} was not refused the step ${step}.`)
  await tx
    .insertInto('finding_step')
    .values({
      finding_id: found.id,
      ordinal: found.ordinal + 1,
      step,
      state: to,
      unit_id: unit,
      person_id: doerOf(by),
      note,
      due_on: due ?? found.due,
      on_day: by.on,
      act_id: by.act,
      responsible_unit_id: found.of,
      from_state: found.state,
      from_day: found.day,
      from_person: found.person,
    })
    // Where two units take a step at once, the later one's snapshot does not know the other's: this makes it look again.
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What every act about a finding refuses in the same words. */
export const findingRefusals = {
  'unknown-finding': {
    zh: '本单位没有这个问题。',
    en: 'This unit has no such finding.',
    topic: { zh: '问题存在', en: 'the finding exists' },
  },
  'not-at-this-step': {
    zh: '“{title}”{state}，不能这样办理。',
    en: '«{title}»: {state}; this cannot be done with it now.',
    topic: { zh: '问题处在这一步', en: 'the finding is at this step' },
    notJudgedWith: ['unknown-finding'],
  },
} as const satisfies Record<string, RefusalText>

export const atStep = (
  found: FindingFacts,
  step: FindingStep,
  refuse: Refuse<'not-at-this-step'>,
): Line<'not-at-this-step'> =>
  moves[found.state][step] !== undefined ||
  refuse('not-at-this-step', { title: found.title, state: stateWords[found.state] })

type Shown = { readonly id: string; readonly unit: string; readonly inspector: string; readonly state: FindingState }

/** What acts of the unit responsible say of themselves on the screen. */
export const responsibleAbout = (...states: readonly FindingState[]) =>
  ({
    kind: 'finding',
    offered: ({ state }: Shown) => states.includes(state),
    input: (each: Shown) => ({ unit: each.unit, finding: each.id }),
  }) as const

/** What acts of those who found it say of themselves on the screen. */
export const inspectorAbout = (...states: readonly FindingState[]) =>
  ({
    kind: 'finding',
    offered: ({ state }: Shown) => states.includes(state),
    input: (each: Shown) => ({ unit: each.inspector, finding: each.id }),
    over: (each: Shown) => each.inspector,
  }) as const

export const goingOn = ['open', 'explained', 'rectified', 'returned'] as const satisfies readonly FindingState[]
export const isGoingOn = (state: FindingState) => goingOn.some((each) => each === state)
