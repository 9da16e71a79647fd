import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import type { By } from '#kernel/act.ts'
import { type Day, UnitId } from '#kernel/words.ts'
import { ComplaintId, findComplaint, handledRefusals, isAboutActor } from './complaint-books.ts'
import type { ComplaintStep } from './complaint-words.ts'

type Asked = { readonly unit: string; readonly complaint: string }

/** The three looks into a complaint have their conditions in common. */
const looking = {
  duty: 'answer-complaints',
  confidential: true,
  rowSecurity: true,
} as const
const about = {
  kind: 'complaint',
  input: (complaint: { unit: string; id: string }) => ({ unit: complaint.unit, complaint: complaint.id }),
} as const
const over = ({ unit }: Asked) => unit

async function lookedAt(tx: Tx, { unit, complaint }: Asked, by: By) {
  const any = await findComplaint(tx, complaint, by.on)
  const found = any?.handler === unit ? any : undefined
  return { isHere: found !== undefined, isAbout: await isAboutActor(tx, found, by) }
}

/** Shows what was said to those who must look into it. That they read it is journalled; what they read is kept nowhere else. */
export const readComplaint = act({
  ...looking,
  name: 'complaint.read',
  title: { zh: '阅看投诉举报', en: 'Read a complaint' },
  purpose: {
    zh: '为办理而阅看内容、补充、答复和附件清单；谁在何时看过，记入日志。',
    en: 'Shows what was said, added and answered, and what is enclosed, to those who handle it; who read it, and when, is journalled.',
  },
  input: z.object({ unit: UnitId, complaint: ComplaintId }),
  refusals: handledRefusals,
  about,
  over,
  async facts(tx, input, by) {
    const { rows } = await sql<{
      ordinal: number
      step: ComplaintStep
      on: Day
      words: string
      file: string | null
      type: string | null
      bytes: number | null
    }>`
      select s.ordinal, s.step, s.on_day as "on", t.words, f.name as file, f.type, length(f.content) as bytes
        from complaint_step s
        join complaint_text t on t.complaint_id = s.complaint_id and t.ordinal = s.ordinal
        left join complaint_file f on f.complaint_id = s.complaint_id and f.ordinal = s.ordinal
       where s.complaint_id = ${input.complaint} order by s.ordinal`.execute(tx)
    return { ...(await lookedAt(tx, input, by)), said: rows }
  },
  rule: ({ isHere, isAbout }, _input, refuse, by) => [
    isHere || refuse('complaint-unknown', { unit: by.lineage[0].name }),
    !isAbout || refuse('about-yourself'),
  ],
  effect: (_tx, _input, { said }) => Promise.resolve({ said }),
})

/** Shows how whoever filed can be reached, where they said so. */
export const revealComplainant = act({
  ...looking,
  name: 'complaint.reveal',
  title: { zh: '查看联系方式', en: 'See how to reach whoever complained' },
  purpose: {
    zh: '为核实查看留下的联系方式；谁在何时查看过，记入日志。',
    en: 'Shows the contact that was left, to look into it; who looked, and when, is journalled.',
  },
  input: z.object({ unit: UnitId, complaint: ComplaintId }),
  refusals: {
    ...handledRefusals,
    'no-contact': {
      zh: '没有留下联系方式。',
      en: 'No contact was left.',
      topic: { zh: '留有联系方式', en: 'a contact was left' },
      notJudgedWith: ['complaint-unknown', 'about-yourself'],
    },
  },
  about,
  over,
  async facts(tx, input, by) {
    const row = await tx
      .selectFrom('complainant')
      .select('contact')
      .where('complaint_id', '=', input.complaint)
      .executeTakeFirst()
    return { ...(await lookedAt(tx, input, by)), contact: row?.contact }
  },
  rule: ({ isHere, isAbout, contact }, _input, refuse, by) => [
    isHere || refuse('complaint-unknown', { unit: by.lineage[0].name }),
    !isAbout || refuse('about-yourself'),
    !isHere || isAbout || contact !== undefined || refuse('no-contact'),
  ],
  effect: (_tx, _input, { contact }) => Promise.resolve({ contact: contact ?? '' }),
})

/** Opens what was enclosed. */
export const openEnclosure = act({
  ...looking,
  name: 'complaint.open-file',
  title: { zh: '打开附件', en: 'Open an enclosure' },
  purpose: {
    zh: '为办理打开附件；谁在何时打开过，记入日志。',
    en: 'Opens an enclosure for those who handle it; who opened it, and when, is journalled.',
  },
  input: z.object({
    unit: UnitId,
    complaint: ComplaintId,
    ordinal: z
      .int()
      .min(1)
      .max(200)
      .meta({ label: { zh: '第几步', en: 'Step' } }),
  }),
  refusals: {
    ...handledRefusals,
    'no-such-file': {
      zh: '这一步没有附件。',
      en: 'Nothing was enclosed at this step.',
      topic: { zh: '附件存在', en: 'the enclosure exists' },
      notJudgedWith: ['complaint-unknown', 'about-yourself'],
    },
  },
  over,
  async facts(tx, input, by) {
    const row = await tx
      .selectFrom('complaint_file')
      .select(['name', 'type', 'content'])
      .where('complaint_id', '=', input.complaint)
      .where('ordinal', '=', input.ordinal)
      .executeTakeFirst()
    return {
      ...(await lookedAt(tx, input, by)),
      file: row && { name: row.name, type: row.type, content: row.content.toString('base64') },
    }
  },
  rule: ({ isHere, isAbout, file }, _input, refuse, by) => [
    isHere || refuse('complaint-unknown', { unit: by.lineage[0].name }),
    !isAbout || refuse('about-yourself'),
    !isHere || isAbout || file !== undefined || refuse('no-such-file'),
  ],
  effect: (_tx, _input, { file }) => Promise.resolve(file ?? { name: '', type: '', content: '' }),
})
