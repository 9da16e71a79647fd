import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import { addStep, complaintOf, digestOf, handlerOf, Receipt, Statement } from './complaint-books.ts'
import { Enclosure, enclosureLines, enclosureRefusals, readEnclosure } from './complaint-file-kind.ts'
import { complaintKinds, complaintTargets } from './complaint-words.ts'

const keys = <Key extends string>(of: Readonly<Record<Key, unknown>>) => Object.keys(of) as [Key, ...Key[]]

/** Anyone complains or gives a tip without an account; nothing of it stands in the journal but that it came. */
export const fileComplaint = act({
  name: 'complaint.file',
  title: { zh: '投诉举报', en: 'Complain or give a tip' },
  purpose: {
    zh: '任何人都可以投诉举报，不必登记。凭自己持有的回执编号查询答复；联系方式可不填，只有办理单位可以查看。',
    en: 'Anyone may complain or give a tip without an account. With their receipt they read the answer; contact may be left out, and only the unit that handles it can see it.',
  },
  duty: 'complain',
  confidential: true,
  anonymous: true,
  input: z.object({
    unit: UnitId.meta({ label: { zh: '反映哪个单位', en: 'About which unit' }, widget: 'unit', personal: true }),
    kind: z
      .enum(keys(complaintKinds))
      .meta({ label: { zh: '哪方面', en: 'About what' }, widget: 'choice', choices: complaintKinds }),
    against: z
      .enum(keys(complaintTargets))
      .default('work')
      .meta({
        label: { zh: '反映的是', en: 'Whose doing' },
        hint: {
          zh: '反映领导的，由上一级办理。',
          en: 'What is about those who lead a unit is handled above it.',
        },
        widget: 'choice',
        choices: complaintTargets,
        personal: true,
      }),
    statement: Statement,
    contact: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .meta({ label: { zh: '联系方式（可不填）', en: 'How to reach you (optional)' }, personal: true }),
    file: Enclosure,
    receipt: Receipt,
  }),
  refusals: {
    'receipt-taken': {
      zh: '这个回执编号已经用过。',
      en: 'This receipt was used before.',
      topic: { zh: '回执编号未用过', en: 'the receipt is new' },
      remedy: { zh: '另取一个随机编号。', en: 'Choose another one at random.' },
    },
    ...enclosureRefusals,
  },
  then: [
    {
      zh: '由写明的职务在期限内答复；不满意的，可请上一级再办一次。',
      en: 'A named post answers it by a day; whoever is not satisfied has it looked into again above.',
    },
  ],
  over: ({ unit, against }, { db, charter, on }) => handlerOf(db, charter, on, unit, against),
  async facts(tx, { receipt, file }) {
    const { rows } = await sql`select from complaint_receipt where digest = ${digestOf(receipt)}`.execute(tx)
    return { isTaken: rows.length > 0, file: readEnclosure(file) }
  },
  rule: ({ isTaken, file }, _input, refuse) => [!isTaken || refuse('receipt-taken'), ...enclosureLines(file, refuse)],
  async effect(tx, { unit, kind, against, statement, contact, receipt }, { file }, by) {
    const id = complaintOf(receipt)
    const handler = by.lineage[0].id
    await tx
      .insertInto('complaint')
      .values({ id, unit_id: unit, kind, against, on_day: by.on, act_id: by.act })
      .execute()
    await tx
      .insertInto('complaint_receipt')
      .values({ complaint_id: id, digest: digestOf(receipt), act_id: by.act })
      .execute()
    await addStep(tx, by, { id }, { step: 'file', state: 'open', handler, words: statement, file })
    if (contact !== undefined)
      await tx.insertInto('complainant').values({ complaint_id: id, contact, act_id: by.act }).execute()
    return { complaint: id, handler }
  },
  concerns: (_input, { complaint, handler }) => [{ unit: handler, subject: complaint }],
})
