import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { addSpan } from '#kernel/calendar.ts'
import { type Day, Reason, UnitId } from '#kernel/words.ts'
import { findLineage } from '#kernel/standing.ts'
import {
  addStep,
  carrierOf,
  ComplaintId,
  findComplaint,
  handledRefusals,
  handlerOf,
  isAboutActor,
} from './complaint-books.ts'

/** A complaint that lies elsewhere is handed to the unit whose matter it is; the day by which it is answered stays. */
export const transferComplaint = act({
  name: 'complaint.transfer',
  title: { zh: '转办投诉举报', en: 'Transfer a complaint' },
  purpose: {
    zh: '不属于本单位的，说明理由转给应当办理的单位；答复期限不变。反映领导的不得转回被反映的单位。',
    en: 'What is not this unit’s is handed with a reason to the unit whose it is; the day of the answer stays. One about a unit’s leaders is never handed to that unit.',
  },
  duty: 'answer-complaints',
  parameters: ['transfer_complaint_limit'],
  confidential: true,
  input: z.object({
    unit: UnitId,
    complaint: ComplaintId,
    to: UnitId.meta({ label: { zh: '转给', en: 'To' }, widget: 'unit' }),
    reason: Reason.meta({ label: { zh: '理由', en: 'Reason' }, widget: 'prose', personal: true }),
  }),
  refusals: {
    ...handledRefusals,
    'already-answered': {
      zh: '已经答复，不能转办。',
      en: 'It is answered already and cannot be transferred.',
      topic: { zh: '尚未答复', en: 'not answered yet' },
      notJudgedWith: ['complaint-unknown'],
    },
    'unknown-unit': {
      zh: '{day}没有要转给的单位。',
      en: 'There was no such unit to hand it to on {day}.',
      topic: { zh: '接收单位存在', en: 'the unit exists' },
    },
    'same-unit': {
      zh: '它本来就由{unit}办理。',
      en: 'It is with {unit} already.',
      topic: { zh: '转给别的单位', en: 'it goes to another unit' },
    },
    'about-its-own-head': {
      zh: '反映的正是{unit}的领导，不得转给该单位。',
      en: 'It is about those who lead {unit}: it does not go there.',
      topic: { zh: '不转给被反映的单位', en: 'it does not go to whom it is about' },
      cites: 'duty:answer-complaints',
    },
    'answered-there-before': {
      zh: '{unit}已经答复过，不能再转给它。',
      en: '{unit} has answered it before; it does not go back there.',
      topic: { zh: '不转回答复过的单位', en: 'it does not go back to who answered' },
    },
    'transfer-too-late': {
      zh: '应当在{until}之前转办，此后由本单位答复。',
      en: 'It could be transferred until {until}; now it is yours to answer.',
      topic: { zh: '在转办时限内', en: 'there is time to transfer it' },
      cites: 'parameter:transfer_complaint_limit',
    },
  },
  about: {
    kind: 'complaint',
    offered: (complaint: { state: string }) => complaint.state === 'open',
    input: (complaint: { unit: string; id: string }) => ({ unit: complaint.unit, complaint: complaint.id }),
  },
  over: (input) => input.unit,
  turns: ({ to }) => [to],
  async facts(tx, { unit, complaint, to }, by) {
    const any = await findComplaint(tx, complaint, by.on)
    const found = any?.handler === unit ? any : undefined
    const [isAbout, lineage, handler, leads, came] = await Promise.all([
      isAboutActor(tx, found, by),
      findLineage(tx, to, by.on),
      handlerOf(tx, by.charter, by.on, to, 'work'),
      carrierOf(tx, found?.unit ?? to, by.on),
      sql<{ since: Day; due: Day }>`
        select opened_on as since, obligation_due(id, due_on, ${by.on}::date) as due from obligation_item
         where obligation = 'answer-complaint' and subject = ${complaint} and unit_id = ${unit} order by opened_on desc, id desc limit 1`.execute(
        tx,
      ),
    ])
    const span = by.charter.getSpan(
      'transfer_complaint_limit',
      by.on,
      by.lineage.map((each) => each.code),
    )
    const until = came.rows[0] ? addSpan(came.rows[0].since, span, by.charter.calendar) : by.on
    return { found, isAbout, name: lineage?.[0].name, handler, leads, until, due: came.rows[0]?.due }
  },
  rule({ found, isAbout, name, handler, leads, until }, { unit }, refuse, by) {
    if (!found) return [refuse('complaint-unknown', { unit: by.lineage[0].name })]
    if (!name) return [refuse('unknown-unit', { day: by.on })]
    return [
      found.state === 'open' || refuse('already-answered'),
      !isAbout || refuse('about-yourself'),
      handler !== unit || refuse('same-unit', { unit: name }),
      found.against !== 'leaders' || handler !== leads || refuse('about-its-own-head', { unit: name }),
      !found.answeredBy.includes(handler) || refuse('answered-there-before', { unit: name }),
      by.on <= until || refuse('transfer-too-late', { until }),
    ]
  },
  async effect(tx, { unit, reason }, { found, handler, due }, by) {
    if (!found) throw new Error('An unknown complaint was let through.')
    await addStep(tx, by, found, { step: 'transfer', state: 'open', handler, words: reason })
    return { complaint: found.id, from: unit, handler, due }
  },
  concerns: (_input, { complaint, from, handler, due }, _obligation, how) =>
    how === 'settled'
      ? [{ unit: from, subject: complaint }]
      : [{ unit: handler, subject: complaint, ...(due !== undefined && { due }) }],
})
