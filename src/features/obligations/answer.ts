import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Day, Reason, UnitId } from '#kernel/words.ts'
import { isHandStep } from './ladder.ts'
import { findOwed, isOwed, ItemId, owedRefusals } from './owed.ts'

/** Whoever was urged says why it is late and until when it will be done. It stops nothing: only the act that is owed does. */
export const answerUrging = act({
  name: 'urge.answer',
  title: { zh: '答复督办', en: 'Answer an urging' },
  purpose: {
    zh: '被督办单位说明原因、承诺办结日期；答复不停止后续步骤，只有办结才停止。',
    en: 'Whoever is urged explains, and promises a day; an answer stops no step that follows, only the act that is owed does.',
  },
  duty: 'answer-when-urged',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '答复单位', en: 'Answering unit' } }),
    item: ItemId,
    explanation: Reason.meta({ label: { zh: '原因说明', en: 'Explanation' }, widget: 'prose' }),
    promised: Day.meta({ label: { zh: '承诺办结日期', en: 'Promised for' }, widget: 'day' }),
  }),
  refusals: {
    ...owedRefusals,
    'not-the-bearer': {
      zh: '这项应由{unit}答复。',
      en: 'This is for {unit} to answer.',
      topic: { zh: '是本单位的事项', en: 'it is owed by this unit' },
      remedy: { zh: '由{unit}答复。', en: 'Let {unit} answer.' },
      cites: 'duty:answer-when-urged',
    },
    'not-urged': {
      zh: '“{title}”尚未被督办。',
      en: '«{title}» has not been urged.',
      topic: { zh: '已被督办', en: 'it was urged' },
      remedy: { zh: '直接办理即可。', en: 'Simply do it.' },
    },
    'promised-in-the-past': {
      zh: '承诺的日期{day}已经过去。',
      en: 'The promised day {day} has passed already.',
      topic: { zh: '承诺的日期在今天或以后', en: 'the promised day lies ahead' },
      remedy: { zh: '选择今天或以后的日期。', en: 'Choose today or a later day.' },
    },
  },
  then: [
    { zh: '督办单位看到答复。', en: 'Whoever urged reads the answer.' },
    { zh: '后续步骤照常，办结才停止。', en: 'The steps go on until the thing is done.' },
  ],
  about: {
    kind: 'obligation',
    offered: (item: { isUrged?: boolean }) => item.isUrged === true,
    input: (item: { id: string; unit: string; owes?: { unit: { id: string } } }) => ({
      unit: item.owes?.unit.id ?? item.unit,
      item: item.id,
    }),
    over: (item: { unit: string; owes?: { unit: { id: string } } }) => item.owes?.unit.id ?? item.unit,
  },
  over: (input) => input.unit,
  facts: async (tx, { item }, by) => ({ owed: await findOwed(tx, item, by) }),
  rule({ owed }, { unit, promised }, refuse, by) {
    if (!owed || owed.isSettled) return isOwed(owed, refuse)
    return [
      owed.bearer.id === unit || refuse('not-the-bearer', { unit: owed.bearer.name }),
      owed.taken.some(({ step }) => isHandStep(step)) || refuse('not-urged', { title: owed.title }),
      promised >= by.on || refuse('promised-in-the-past', { day: promised }),
    ]
  },
  async effect(tx, { item, explanation, promised }, { owed }, by) {
    const ordinal = (owed?.answers ?? 0) + 1
    await sql`insert into obligation_answer (item_id, ordinal, explanation, promised_on, on_day, act_id)
      values (${item}, ${ordinal}, ${explanation}, ${promised}, ${by.on}, ${by.act})`.execute(tx)
    return { item, ordinal }
  },
})
