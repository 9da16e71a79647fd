import { sql } from 'kysely'
import type { By, Line, RefusalText, Refuse } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import type { Day, Text } from '#kernel/words.ts'

export type LeaveFacts = {
  readonly unit: string
  readonly worker: string
  readonly name: Text
  readonly days: number
  readonly askedBy: string
  readonly askedOn: Day
  readonly outcome: 'granted' | 'refused' | null
}

/** One leave that was asked for, and what became of it. */
export async function readLeave(tx: Tx, leave: string): Promise<LeaveFacts | undefined> {
  type Row = Omit<LeaveFacts, 'name'> & { zh: string; en: string }
  const { rows } = await sql<Row>`
    select w.unit_id as unit, l.worker_id as worker, p.name_zh as zh, p.name_en as en, l.days, l.person_id as "askedBy", l.on_day as "askedOn",
           d.outcome
      from leave l join worker w on w.id = l.worker_id join person p on p.id = l.worker_id
      left join leave_decision d on d.leave_id = l.id
     where l.id = ${leave}`.execute(tx)
  const [row] = rows
  if (!row) return undefined
  const { zh, en, ...rest } = row
  return { ...rest, name: { zh, en } }
}

export const decisionRefusals = {
  'leave-unknown': {
    zh: '{unit}没有这次请假。',
    en: '{unit} has no such leave.',
    topic: { zh: '请假已登记', en: 'the leave was asked for' },
  },
  'leave-decided': {
    zh: '{worker}的这次请假已有结论。',
    en: 'The leave of {worker} has been decided upon.',
    topic: { zh: '请假尚无结论', en: 'it waits for a decision' },
  },
  'asked-by-the-same': {
    zh: '登记请假的人不能自己批准。',
    en: 'Whoever put the request down does not decide on it.',
    topic: { zh: '由另一人决定', en: 'somebody else decides' },
    remedy: { zh: '由另一名有此职责的人办理。', en: 'Let somebody else with this duty decide.' },
  },
} as const satisfies Record<string, RefusalText>

/** What keeps anybody from deciding on a leave: it isn't there, is decided, or was put down by the same person. */
export function decidable(
  found: LeaveFacts | undefined,
  unit: string,
  refuse: Refuse<keyof typeof decisionRefusals>,
  by: By,
): readonly Line<keyof typeof decisionRefusals>[] {
  if (found?.unit !== unit) return [refuse('leave-unknown', { unit: by.lineage[0].name })]
  const person = by.actor.kind === 'person' ? by.actor.person : null
  return [
    found.outcome === null || refuse('leave-decided', { worker: found.name }),
    (person !== found.askedBy && person !== found.worker) || refuse('asked-by-the-same'),
  ]
}

export const decide = (
  tx: Tx,
  by: By,
  leave: string,
  found: LeaveFacts | undefined,
  outcome: 'granted' | 'refused',
  remarks: string | null,
) =>
  sql`insert into leave_decision (leave_id, asker_id, outcome, remarks, person_id, on_day, act_id)
    values (${leave}, ${found?.askedBy ?? null}, ${outcome}, ${remarks}, ${by.actor.kind === 'person' ? by.actor.person : null}, ${by.on},
            ${by.act})`.execute(tx)
