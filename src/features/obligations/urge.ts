import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { workingDaysBetween } from '#kernel/calendar.ts'
import { Reason, UnitId } from '#kernel/words.ts'
import { type HandStep, handSteps, ladderOf } from './ladder.ts'
import { findOwed, isOwed, ItemId, owedRefusals } from './owed.ts'
import { yellowWorkingDays } from './stand.ts'

const stepWords = {
  urge: { zh: '督办', en: 'Urge' },
  report: { zh: '报告更上一级', en: 'Report it to the level above' },
  notice: { zh: '通报', en: 'Give public notice of it' },
  interview: { zh: '约谈', en: 'Summon for an interview' },
} as const

/** A superior takes the next step of the ladder by hand, before its day; the clock takes what nobody has taken. */
export const urgeObligation = act({
  name: 'obligation.urge',
  title: { zh: '督办', en: 'Urge what is owed' },
  purpose: {
    zh: '上级不等时限，先对下级临近或逾期的事项督办、上报、通报或约谈，说明理由；到期由系统自动采取的步骤不再重复。',
    en: 'A superior does not wait for the clock: urges, reports, gives notice or summons below for what is near or late, with a reason; the clock does not repeat it.',
  },
  duty: 'follow-up-the-late',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '督办单位', en: 'Urging unit' } }),
    item: ItemId,
    step: z.enum(handSteps).meta({
      label: { zh: '步骤', en: 'Step' },
      widget: 'choice',
      choices: stepWords,
    }),
    reason: Reason,
  }),
  refusals: {
    ...owedRefusals,
    'not-the-superior': {
      zh: '这一步由{unit}采取。',
      en: 'This step is for {unit} to take.',
      topic: { zh: '由本级采取', en: 'it is for this level to take' },
      remedy: { zh: '请{unit}督办。', en: 'Ask {unit} to take it.' },
      cites: 'duty:follow-up-the-late',
    },
    'step-taken': {
      zh: '{day}已经采取过这一步。',
      en: 'This step was taken on {day} already.',
      topic: { zh: '尚未采取', en: 'it was not taken yet' },
      remedy: { zh: '采取下一步，或等待答复。', en: 'Take the next step, or wait for the answer.' },
    },
    'step-out-of-order': {
      zh: '应先采取“{before}”。',
      en: '«{before}» comes first.',
      topic: { zh: '轮到这一步', en: 'it is the turn of this step' },
      remedy: { zh: '先采取“{before}”。', en: 'Take «{before}» first.' },
    },
    'not-near': {
      zh: '{due}到期，黄灯之前不督办。',
      en: 'It is due on {due}; before its light turns yellow nobody is urged.',
      topic: { zh: '临近期限或已逾期', en: 'its day is near or past' },
      remedy: { zh: '黄灯亮起后再督办。', en: 'Urge once its light has turned yellow.' },
    },
    'not-late': {
      zh: '{due}到期，尚未逾期，只可督办，不可上报、通报或约谈。',
      en: 'It is due on {due} and not late: it may be urged, and neither reported, noticed nor made an interview of.',
      topic: { zh: '已经逾期', en: 'its day has passed' },
      notJudgedWith: ['not-near'],
      remedy: { zh: '逾期后再采取。', en: 'Take it once the day has passed.' },
    },
  },
  then: [
    {
      zh: '被督办单位收到通知，应说明原因和办结日期。',
      en: 'Whoever owes it is told, and explains why and until when.',
    },
    {
      zh: '仍不办结的，后续各步按章程到日自动采取。',
      en: 'If it is not met, the next steps follow on their days by themselves.',
    },
  ],
  about: {
    kind: 'obligation',
    offered: (item: { byHand?: unknown }) => Boolean(item.byHand),
    input: (item: { id: string; byHand: { step: HandStep; unit: string } }) => ({
      unit: item.byHand.unit,
      item: item.id,
      step: item.byHand.step,
    }),
    over: (item: { unit: string; byHand?: { unit: string } | null }) => item.byHand?.unit ?? item.unit,
  },
  over: (input) => input.unit,
  facts: async (tx, { item }, by) => ({ owed: await findOwed(tx, item, by) }),
  rule({ owed }, { unit, step }, refuse, by) {
    if (!owed || owed.isSettled) return isOwed(owed, refuse)
    const hand = ladderOf(by.charter).filter((each) => each.by !== 'mechanism')
    const at = hand.findIndex((each) => each.step === step)
    const declared = hand[at]
    const taken = owed.taken.find((each) => each.step === step)
    const missing = hand.slice(0, Math.max(0, at)).find((each) => !owed.taken.some((done) => done.step === each.step))
    const taker = declared?.by === 'superior' ? owed.superior : owed.superiorOfSuperior
    const left = workingDaysBetween(by.on, owed.dueOn, by.charter.calendar)
    return [
      taker.id === unit || refuse('not-the-superior', { unit: taker.name }),
      !taken || refuse('step-taken', { day: taken.on }),
      !missing || refuse('step-out-of-order', { before: missing.title }),
      left <= yellowWorkingDays(by.charter) || refuse('not-near', { due: owed.dueOn }),
      step === 'urge' ||
        left > yellowWorkingDays(by.charter) ||
        owed.dueOn < by.on ||
        refuse('not-late', { due: owed.dueOn }),
    ]
  },
  async effect(tx, { unit, item, step, reason }, _facts, by) {
    await sql`insert into obligation_step (item_id, step, on_day, by_unit_id, reason, act_id)
      values (${item}, ${step}, ${by.on}, ${unit}, ${reason}, ${by.act})`.execute(tx)
    return { item, step }
  },
})
