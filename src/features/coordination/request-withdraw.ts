import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { send } from '#kernel/db.ts'
import { Reason, UnitId } from '#kernel/words.ts'
import { findRequest, receiversOf } from './requests.ts'

/** Whoever asked takes the request back. Its place in the budgets comes back only if nobody has answered yet. */
export const withdrawRequest = act({
  name: 'request.withdraw',
  title: { zh: '撤回要求', en: 'Withdraw a request' },
  purpose: {
    zh: '撤回所要的材料；尚无人填报的，退回各单位的额度。',
    en: 'Takes the request back; if nobody has answered it yet, the budgets get their place back.',
  },
  duty: 'request-reports',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '要材料的单位', en: 'Unit that asked' } }),
    request: z.uuid().meta({ label: { zh: '要求', en: 'Request' }, widget: 'reference', finds: 'find.requests' }),
    reason: Reason,
  }),
  refusals: {
    'unknown-request': { zh: '没有这件要求。', en: 'There is no such request.' },
    'not-your-request': {
      zh: '这件要求不是{unit}提出的。',
      en: 'It is not {unit} that asked.',
      topic: { zh: '是本单位提出的', en: 'the unit itself asked' },
    },
    'withdrawn-already': {
      zh: '这件要求已于{on}撤回。',
      en: 'It was withdrawn on {on} already.',
      topic: { zh: '尚未撤回', en: 'not withdrawn yet' },
    },
  },
  advice: {
    'answered-already': {
      zh: '已有{count}个单位填报，撤回不退回额度。',
      en: '{count} units have answered; withdrawing gives no budget back.',
    },
  },
  then: [{ zh: '尚未填报的单位不再需要填报。', en: 'Whoever has not answered yet owes nothing any more.' }],
  about: {
    kind: 'request',
    offered: (request: { withdrawnOn: string | null }) => request.withdrawnOn === null,
    input: (request: { unit: string; id: string }) => ({ unit: request.unit, request: request.id }),
  },
  over: (input) => input.unit,
  async facts(tx, { request }) {
    const [found, receivers, answered] = await Promise.all([
      findRequest(tx, request),
      receiversOf(tx, request),
      sql<{
        n: number
      }>`select count(distinct unit_id)::int as n from request_answer where request_id = ${request}`.execute(tx),
    ])
    return { found, receivers, answered: answered.rows[0]?.n ?? 0 }
  },
  rule({ found, answered }, { unit }, refuse, by, advise) {
    if (!found) return [refuse('unknown-request')]
    return [
      found.unit === unit || refuse('not-your-request', { unit: by.lineage[0].name }),
      found.withdrawnOn === null || refuse('withdrawn-already', { on: found.withdrawnOn }),
      answered === 0 || advise('answered-already', { count: answered }),
    ]
  },
  async effect(tx, { request, reason }, { receivers, answered }, by) {
    const givesBack = answered === 0
    await tx
      .insertInto('report_request_withdrawal')
      .values({ request_id: request, reason, gives_back: givesBack, on_day: by.on, act_id: by.act })
      .execute()
    if (givesBack)
      send(
        tx,
        sql`update report_request_receiver set given_back_on = ${by.on}::date, given_back_by = ${by.act}
             where request_id = ${request} and given_back_on is null`.compile(tx),
      )
    return { request, givesBack, receivers }
  },
  subject: (input) => input.request,
  settles: (_input, result) => result.receivers,
})
