import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { findLineage } from '#kernel/standing.ts'
import { addStep, getByReceipt, Receipt, Statement } from './complaint-books.ts'
import { Enclosure, enclosureLines, enclosureRefusals, readEnclosure } from './complaint-file-kind.ts'

/** Whoever is not satisfied with an answer has it looked into by the unit above the one that gave it. */
export const contestComplaint = act({
  name: 'complaint.contest',
  title: { zh: '对答复不满意', en: 'Not satisfied with the answer' },
  purpose: {
    zh: '凭回执编号说明为何不满意，由答复单位的上一级重新办理、按期答复。',
    en: 'With the receipt somebody says why they are not satisfied; the unit above looks into it again and answers by a day.',
  },
  duty: 'complain',
  confidential: true,
  anonymous: true,
  input: z.object({ receipt: Receipt, statement: Statement, file: Enclosure }),
  refusals: {
    'not-answered-yet': {
      zh: '尚未答复。',
      en: 'It is not answered yet.',
      topic: { zh: '已经答复', en: 'it is answered' },
      remedy: { zh: '可以补充情况。', en: 'You can add to it.' },
    },
    'nobody-above': {
      zh: '{unit}之上没有更高一级。',
      en: 'Nobody stands above {unit}.',
      topic: { zh: '有上一级', en: 'there is a level above' },
      notJudgedWith: ['not-answered-yet'],
    },
    ...enclosureRefusals,
  },
  async over({ receipt }, { db, on }) {
    const { handler } = await getByReceipt(db, receipt, on)
    const lineage = await findLineage(db, handler, on)
    return lineage?.[1]?.id ?? handler
  },
  facts: async (tx, { receipt, file }, { on }) => ({
    found: await getByReceipt(tx, receipt, on),
    file: readEnclosure(file),
  }),
  rule: ({ found, file }, _input, refuse, by) => [
    found.state === 'answered' || refuse('not-answered-yet'),
    found.state !== 'answered' ||
      found.handler !== by.lineage[0].id ||
      refuse('nobody-above', { unit: by.lineage[0].name }),
    ...enclosureLines(file, refuse),
  ],
  async effect(tx, { statement }, { found, file }, by) {
    const handler = by.lineage[0].id
    await addStep(tx, by, found, { step: 'contest', state: 'open', handler, words: statement, file })
    return { complaint: found.id, handler }
  },
  concerns: (_input, { complaint, handler }) => [{ unit: handler, subject: complaint }],
})
