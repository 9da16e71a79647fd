import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { daysBetween } from '#kernel/calendar.ts'
import { Day, UnitId } from '#kernel/words.ts'
import { LeaveKindField, WorkerId } from './inputs.ts'
import { readWorkers } from './read.ts'
import { shared } from './words.ts'

const LEAVE_DAYS_MAX = 365

/** Leave is asked for somebody who serves in a village. */
export const askLeave = act({
  name: 'leave.ask',
  title: { zh: '请假', en: 'Ask for leave' },
  purpose: {
    zh: '为驻村人员登记请假；由登记人以外的人批准，超过规定天数的由县级主要负责人批准。',
    en: 'Puts down a request for leave of somebody who serves in a village. Somebody else decides; longer leave is granted by a principal only.',
  },
  duty: 'coordinate-labour',
  parameters: ['short_leave_days_max'],
  input: z.object({
    unit: UnitId,
    worker: WorkerId,
    kind: LeaveKindField,
    from: Day.meta({ label: { zh: '从', en: 'From' }, widget: 'day' }),
    to: Day.meta({ label: { zh: '到（含）', en: 'To (that day included)' }, widget: 'day' }),
    reason: z
      .string()
      .trim()
      .min(2)
      .max(500)
      .meta({ label: { zh: '事由', en: 'Why' }, widget: 'prose' }),
  }),
  refusals: {
    'worker-unknown': shared['worker-unknown'],
    'not-serving': {
      zh: '{worker}目前没有驻村，不用请假。',
      en: '{worker} does not serve in any village and needs no leave.',
      topic: { zh: '人员正在驻村', en: 'the person serves' },
    },
    'days-run-back': {
      zh: '请假从{from}到{to}，止日早于起日。',
      en: 'The leave runs from {from} to {to}: its end lies before its beginning.',
      topic: { zh: '起止日期正确', en: 'its days run forward' },
    },
    'leave-too-long': {
      zh: '一次请假最多{max}天，这次是{days}天。',
      en: 'One leave is {max} days at most; this one is {days}.',
      topic: { zh: '请假天数在一年以内', en: 'it is within a year' },
    },
    'leave-overlaps': {
      zh: '{worker}在{from}至{to}已请过假。',
      en: '{worker} has asked for leave from {from} to {to} already.',
      topic: { zh: '没有重复请假', en: 'no other leave on these days' },
    },
  },
  advice: {
    'principal-decides': {
      zh: '共{days}天，超过{max}天，由县级主要负责人批准。',
      en: '{days} days, more than {max}: a principal decides.',
    },
    'begins-before-today': {
      zh: '起始日{from}已过，属于补假。',
      en: 'It begins on {from}, which has passed.',
    },
  },
  then: [{ zh: '登记人以外的人在限期内批准或不批准。', en: 'Somebody else grants or refuses it in time.' }],
  about: {
    kind: 'worker',
    offered: (worker: { serves?: unknown }) => Boolean(worker.serves),
    input: (worker: { unit: string; id: string }) => ({ unit: worker.unit, worker: worker.id, kind: 'personal' }),
  },
  over: (input) => input.unit,
  async facts(tx, { worker, from, to }) {
    const [found, other] = await Promise.all([
      readWorkers(tx, [worker]),
      sql<{ from: Day; to: Day }>`
        select l.from_day as "from", l.to_day as "to" from leave l left join leave_decision d on d.leave_id = l.id
         where l.worker_id = ${worker} and l.from_day <= ${to}::date and l.to_day >= ${from}::date
           and d.outcome is distinct from 'refused' limit 1`.execute(tx),
    ])
    return { found: found.get(worker), other: other.rows[0] }
  },
  rule({ found, other }, { unit, worker, from, to }, refuse, by, advise) {
    if (found?.unit !== unit) return [refuse('worker-unknown', { unit: by.lineage[0].name, worker })]
    const days = daysBetween(from, to) + 1
    const max = by.parameter('short_leave_days_max').value
    return [
      found.serves !== null || refuse('not-serving', { worker: found.name }),
      days >= 1 || refuse('days-run-back', { from, to }),
      days <= LEAVE_DAYS_MAX || refuse('leave-too-long', { days, max: LEAVE_DAYS_MAX }),
      other === undefined || refuse('leave-overlaps', { worker: found.name, ...other }),
      days <= max || advise('principal-decides', { days, max }),
      from >= by.on || advise('begins-before-today', { from }),
    ]
  },
  async effect(tx, { unit, worker, kind, from, to, reason }, { found }, by) {
    const person = by.actor.kind === 'person' ? by.actor.person : null
    await sql`insert into leave (id, worker_id, team_id, kind, from_day, to_day, reason, person_id, on_day, act_id)
      values (${by.act}, ${worker}, ${found?.serves?.team ?? null}, ${kind}, ${from}, ${to}, ${reason}, ${person}, ${by.on}, ${by.act})`.execute(
      tx,
    )
    return { unit, leave: by.act, worker }
  },
  subject: (_input, result) => result.leave,
})
