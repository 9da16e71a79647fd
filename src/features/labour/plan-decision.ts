import { sql } from 'kysely'
import { z } from 'zod'
import type { By, RefusalText } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { scattered } from '#kernel/uuid.ts'
import { Reason, UnitId } from '#kernel/words.ts'
import { TeamId, VillageId, WorkerId } from './inputs.ts'
import { type PlanFacts, readPlanFacts, teamLaw } from './plan-facts.ts'
import { modelOf, NOWHERE, type Parts, partsOf } from './plan-model.ts'
import type {} from './plan-tables.ts'
import { rulesOf, type Wishes, Wishes as WishFields } from './plan-wishes.ts'

const ROWS_MAX = 1_000

const Row = z.strictObject({
  team: TeamId.optional().meta({ label: { zh: '工作队（整队）', en: 'Team, as a whole' } }),
  worker: WorkerId.optional().meta({ label: { zh: '人员（单独）', en: 'Person, alone' } }),
  to: VillageId.optional().meta({
    label: { zh: '到哪个村', en: 'To which village' },
    hint: { zh: '不填为撤回。', en: 'None: they are withdrawn.' },
  }),
  accepted: z
    .boolean()
    .default(true)
    .meta({ label: { zh: '采纳', en: 'Accepted' } }),
})
export type DecisionRow = z.output<typeof Row>

/** What both decisions take: which facts the proposal was computed on, by which wishes, its rows, and why it is decided so. */
export const decisionInput = {
  unit: UnitId,
  facts: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta({ label: { zh: '方案所据事实的摘要', en: 'Digest of the facts it was computed on' }, widget: 'hidden' }),
  wishes: z
    .strictObject(WishFields)
    .meta({ label: { zh: '所设权重和限额', en: 'Weights and wishes' }, widget: 'hidden' }),
  rows: z
    .array(Row)
    .min(1)
    .max(ROWS_MAX)
    .meta({
      label: { zh: '变动', en: 'Changes' },
      hint: {
        zh: '每行一支工作队或一名人员；可改去向，可不采纳。',
        en: 'A team or a person in each row: change where they go, or leave a row out.',
      },
    }),
  reason: Reason,
}

export const factsChanged = {
  zh: '方案计算之后，本县的人员、工作队或村的需要已有变化，方案不再作数。',
  en: 'Since the plan was computed, the county’s people, teams or needs have changed; it no longer holds.',
  topic: { zh: '事实没有变化', en: 'nothing has changed since it was computed' },
  remedy: { zh: '重新计算后再决定。', en: 'Compute it anew, and decide then.' },
} as const satisfies RefusalText

export const readFacts = (tx: Tx, unit: string, by: By): Promise<PlanFacts> =>
  readPlanFacts(tx, unit, by.on, teamLaw(by.parameter))

export const moverOf = ({ team, worker }: DecisionRow): string => team ?? worker ?? ''

/** What the deployment is worth before and after some moves, by the wishes that the plan was computed by. */
export function worthOf(facts: PlanFacts, wishes: Wishes, moves: readonly { mover: string; to: string | null }[]) {
  const { on, villages, movers, law } = facts
  const model = modelOf({ on, villages, movers, rules: rulesOf(wishes, law) })
  const at = new Map(model.villages.map((village, position) => [village.id, position]))
  const goal = new Map(moves.map(({ mover, to }) => [mover, to === null ? NOWHERE : (at.get(to) ?? NOWHERE)]))
  return {
    before: partsOf(model, model.present),
    after: partsOf(
      model,
      model.movers.map(({ id }, position) => goal.get(id) ?? model.present[position]!),
    ),
  }
}

type Kept = {
  readonly outcome: 'decided' | 'rejected'
  readonly unit: string
  readonly facts: string
  readonly wishes: Wishes
  readonly rows: readonly DecisionRow[]
  readonly reason: string
  readonly before: Parts
  readonly after: Parts
}

/** Keeps what was decided about a proposal, row by row. */
export async function keepDecision(
  tx: Tx,
  kept: Kept,
  present: ReadonlyMap<string, string | null>,
  by: By,
): Promise<string> {
  const id = scattered(by.act, 0)
  await tx
    .insertInto('deployment')
    .values({
      id,
      unit_id: kept.unit,
      on_day: by.on,
      outcome: kept.outcome,
      facts_digest: kept.facts,
      wishes: JSON.stringify(kept.wishes),
      before: JSON.stringify(kept.before),
      after: JSON.stringify(kept.after),
      reason: kept.reason,
      person_id: by.actor.kind === 'person' ? by.actor.person : '',
      act_id: by.act,
    })
    .execute()
  const rows = kept.rows
    .map((row) => ({ ...row, from: present.get(moverOf(row)) ?? null }))
    .filter((row) => row.from !== (row.to ?? null))
  await sql`insert into deployment_row (deployment_id, n, team_id, worker_id, from_village_id, to_village_id, accepted, act_id)
    select ${id}, n, team, worker, source, target, accepted, ${by.act}
      from unnest(${rows.map((_, at) => at + 1)}::int[], ${rows.map((row) => row.team ?? null)}::uuid[],
                  ${rows.map((row) => row.worker ?? null)}::uuid[], ${rows.map((row) => row.from)}::uuid[],
                  ${rows.map((row) => row.to ?? null)}::uuid[], ${rows.map((row) => row.accepted)}::boolean[])
        as x (n, team, worker, source, target, accepted)`.execute(tx)
  return id
}
