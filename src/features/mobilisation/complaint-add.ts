import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { addStep, getByReceipt, Receipt, Statement } from './complaint-books.ts'
import { Enclosure, enclosureLines, enclosureRefusals, readEnclosure } from './complaint-file-kind.ts'

/** More than this is no addition but a flood. */
const ADDITIONS_MAX = 20

/** Whoever holds the receipt adds to what they said, as long as it is not answered. */
export const addToComplaint = act({
  name: 'complaint.add',
  title: { zh: '补充投诉举报', en: 'Add to a complaint' },
  purpose: {
    zh: '凭回执编号补充情况或材料；答复以后，不满意的另行提出。',
    en: 'With the receipt, facts or papers are added; after the answer, whoever is not satisfied says so instead.',
  },
  duty: 'complain',
  confidential: true,
  anonymous: true,
  input: z.object({ receipt: Receipt, statement: Statement, file: Enclosure }),
  refusals: {
    'already-answered': {
      zh: '已经答复，不能再补充。',
      en: 'It is answered already; nothing can be added.',
      topic: { zh: '尚未答复', en: 'not answered yet' },
      remedy: { zh: '不满意的，可请上一级再办。', en: 'If you are not satisfied, say so: it is looked into above.' },
    },
    'added-too-often': {
      zh: '最多补充{max}次。',
      en: 'It can be added to at most {max} times.',
      topic: { zh: '补充次数', en: 'how often it was added to' },
    },
    ...enclosureRefusals,
  },
  over: async ({ receipt }, { db, on }) => (await getByReceipt(db, receipt, on)).handler,
  facts: async (tx, { receipt, file }, { on }) => ({
    found: await getByReceipt(tx, receipt, on),
    file: readEnclosure(file),
  }),
  rule: ({ found, file }, _input, refuse) => [
    found.state === 'open' || refuse('already-answered'),
    found.additions < ADDITIONS_MAX || refuse('added-too-often', { max: ADDITIONS_MAX }),
    ...enclosureLines(file, refuse),
  ],
  async effect(tx, { statement }, { found, file }, by) {
    await addStep(tx, by, found, { step: 'add', state: 'open', handler: found.handler, words: statement, file })
    return { complaint: found.id }
  },
})
