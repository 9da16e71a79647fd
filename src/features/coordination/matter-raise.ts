import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { v7 } from '#kernel/uuid.ts'
import { Day, UnitId } from '#kernel/words.ts'
import { addMatter, handlerAbove, matterInput, unknownDuty } from './matters.ts'

/** A unit raises upward what it cannot settle itself. From that day it waits for a seat by name. */
export const raiseMatter = act({
  name: 'matter.raise',
  title: { zh: '向上提出协调事项', en: 'Raise a matter' },
  purpose: {
    zh: '把本级解决不了的事项提请上一级协调，写明请求、依据和希望的日期。',
    en: 'Takes what the unit cannot settle itself to the level above: what is asked, on what ground, by when it is hoped for.',
  },
  duty: 'raise-matters',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '提出单位', en: 'Unit that raises it' } }),
    ...matterInput,
    wished: Day.optional().meta({ label: { zh: '希望何时答复', en: 'Wished by' } }),
  }),
  refusals: {
    ...unknownDuty,
    'nobody-above': {
      zh: '{unit}之上没有办理协调事项的单位。',
      en: 'Above {unit} nobody handles matters.',
      topic: { zh: '有上级办理', en: 'somebody above handles it' },
      cites: 'duty:handle-matters',
    },
    'wished-past': {
      zh: '希望的日期{wished}已经过去。',
      en: 'The day wished for, {wished}, is past.',
      topic: { zh: '希望的日期未过', en: 'the day wished for is not past' },
    },
  },
  then: [
    { zh: '上一级在期限内办理：答复、转办或退回。', en: 'The level above settles, relays or returns it in time.' },
    { zh: '每一步写明在谁手里、到哪一天。', en: 'Each step says who has it, and until when.' },
  ],
  about: { kind: 'matter-desk', input: (desk: { unit: string }) => ({ unit: desk.unit }) },
  over: (input) => input.unit,
  facts: (_tx, _input, by) => Promise.resolve({ handler: handlerAbove(by, by.lineage) }),
  rule: ({ handler }, { concerns, wished }, refuse, by) => [
    by.charter.findDuty(concerns, by.on) !== undefined || refuse('unknown-duty', { duty: concerns }),
    handler !== undefined || refuse('nobody-above', { unit: by.lineage[0].name }),
    wished === undefined || wished >= by.on || refuse('wished-past', { wished }),
  ],
  async effect(tx, input, { handler }, by) {
    if (!handler) throw new Error('A matter that nobody handles was not refused.')
    const id = v7()
    await addMatter(tx, by, { ...input, id, kind: 'raised' }, handler)
    return { matter: id, to: handler.unit }
  },
  subject: (_input, result) => result.matter,
  obliges: (_input, result) => [result.to],
})
