import { createHash } from 'node:crypto'
import { z } from 'zod'
import { act, type By } from '#kernel/act.ts'
import { findBearer } from '#kernel/standing.ts'
import { v7 as uuidv7 } from '#kernel/uuid.ts'
import { ExitCase, readCase } from './books.ts'
import { findNotice } from './notice-span.ts'

/** Anyone objects while a notice stands. An objection must be answered before the exit can be reported. */
export const objectInNotice = act({
  name: 'notice.object',
  title: { zh: '提出异议', en: 'Object to a notice' },
  purpose: {
    zh: '公示期内任何人都可提出异议；凭回执编号查询答复。姓名和联系方式可不填，只有受理单位可以查看。',
    en: 'While a notice stands anyone may object, and sees the answer with the receipt. Name and contact may be left out; only the unit that handles it can see them.',
  },
  duty: 'object-in-notice',
  input: z.object({
    ...ExitCase,
    statement: z
      .string()
      .trim()
      .min(4)
      .max(2000)
      .meta({
        label: { zh: '异议内容', en: 'What is wrong' },
        hint: {
          zh: '请勿写入他人的身份证号、电话等个人信息。',
          en: 'Leave out other people’s personal data, such as ID or phone numbers.',
        },
        widget: 'prose',
      }),
    name: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .optional()
      .meta({ label: { zh: '姓名（可不填）', en: 'Your name (optional)' }, personal: true }),
    contact: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .meta({ label: { zh: '联系方式（可不填）', en: 'How to reach you (optional)' }, personal: true }),
  }),
  refusals: {
    'no-notice': {
      zh: '{unit}{year}年的退出目前没有公示。',
      en: 'There is no notice of the exit of {unit} for {year} now.',
      topic: { zh: '已公示', en: 'there is a notice' },
    },
    'notice-over': {
      zh: '公示已于{until}结束。',
      en: 'The notice ended on {until}.',
      topic: { zh: '公示期内', en: 'the notice stands' },
      remedy: { zh: '可拨打12317反映。', en: 'You can still complain by other ways.' },
      cites: 'parameter:exit_notice',
    },
  },
  then: [
    {
      zh: '受理单位在限期内答复；成立的，退回县里整改。',
      en: 'It is answered in time; if it is upheld, the case goes back to the county.',
    },
  ],
  about: {
    kind: 'notice',
    offered: (notice: { isOpen: boolean }) => notice.isOpen,
    input: (notice: { unit: string; year: number }) => ({ unit: notice.unit, year: notice.year }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, year }) {
    const { state, round } = await readCase(tx, unit, year)
    return { round, notice: state === 'noticed' ? await findNotice(tx, unit, year, round) : undefined }
  },
  rule: ({ notice }, { year }, refuse, by) => [
    notice !== undefined || refuse('no-notice', { unit: by.lineage[0].name, year }),
    notice === undefined || by.on <= notice.until || refuse('notice-over', { until: notice.until }),
  ],
  async effect(tx, { unit, year, statement, name, contact }, { round }, by) {
    const id = uuidv7()
    const receipt = receiptOf(id)
    await tx
      .insertInto('exit_objection')
      .values({ id, unit_id: unit, exit_year: year, round, statement, receipt, on_day: by.on, act_id: by.act })
      .execute()
    if (name !== undefined || contact !== undefined)
      await tx
        .insertInto('objector')
        .values({
          objection_id: id,
          handler_unit_id: handlerOf(by),
          name: name ?? null,
          contact: contact ?? null,
          act_id: by.act,
        })
        .execute()
    return { objection: id, receipt }
  },
  subject: (_input, { objection }) => objection,
})

/** The unit that will answer, and alone may see who objected: the one whose duty it is to verify the exit. */
function handlerOf(by: By): string {
  const duty = by.charter.findDuty('verify-exit', by.on)
  const bearer = duty && findBearer(by.charter, duty, by.lineage)
  if (!bearer) throw new Error('Nobody here has the duty to answer objections.')
  return bearer.unit.id
}

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A code to ask by, easily read aloud: ten letters of an alphabet without I, L, O and U. */
export function receiptOf(objection: string): string {
  const digest = createHash('sha256').update(`receipt ${objection}`).digest()
  const letters = [...digest.subarray(0, 10)].map((byte) => LETTERS[byte % LETTERS.length]).join('')
  return `${letters.slice(0, 5)}-${letters.slice(5)}`
}
