import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { PostId, Reason, UnitId } from '#kernel/words.ts'
import { findTerm } from './tenure.ts'

/** Grants that one principal of a poor unit may leave before its exit. It serves once, for the person who sits there now. */
export const exceptAppointment = act({
  name: 'appointment.except',
  title: { zh: '批准任期例外', en: 'Grant an exception to tenure' },
  purpose: {
    zh: '确有特殊情况的，批准贫困县一名党政正职在退出前离任；须说明理由，只对现任一人一次有效。',
    en: 'Grants, for a reason, that one principal of a poor unit may leave before its exit; it serves once, for whoever sits there now.',
  },
  duty: 'keep-principals',
  input: z.object({ unit: UnitId, post: PostId, reason: Reason }),
  refusals: {
    'nobody-sits': {
      zh: '该职务当日无人任职，或任职已经终止。',
      en: 'Nobody sits in this post on the day, or the term has an end already.',
    },
    'not-bound': {
      zh: '{name}的任期没有冻结，无须例外。',
      en: 'The term of {name} is not frozen; no exception is needed.',
      topic: { zh: '任期确已冻结', en: 'the term is frozen' },
      cites: 'duty:keep-principals',
    },
    'excepted-already': {
      zh: '对{name}的例外已经批准，尚未使用。',
      en: 'An exception was granted for {name} already and has not been used.',
    },
  },
  then: [{ zh: '任命机关可据此免职一次。', en: 'Those who appoint may end this one term.' }],
  about: {
    kind: 'seat',
    offered: (seat: { isBound: boolean; isExcepted: boolean }) => seat.isBound && !seat.isExcepted,
    input: (seat: { unit: string; post: string }) => ({ unit: seat.unit, post: seat.post }),
  },
  over: (input) => input.unit,
  facts: async (tx, { unit, post }, by) => ({ term: await findTerm(tx, by.charter, unit, post, by.on) }),
  rule: ({ term }, _input, refuse) => [
    term !== undefined || refuse('nobody-sits'),
    term === undefined || term.isBound || refuse('not-bound', { name: term.name }),
    term === undefined || !term.isExcepted || refuse('excepted-already', { name: term.name }),
  ],
  async effect(tx, { unit, post, reason }, { term }, by) {
    await sql`insert into tenure_exception (act_id, unit_id, post, person_id, granted_on, reason)
      values (${by.act}, ${unit}, ${post}, ${term?.person ?? null}, ${by.on}, ${reason})`.execute(tx)
    return { unit, post, person: term?.person ?? null }
  },
})
