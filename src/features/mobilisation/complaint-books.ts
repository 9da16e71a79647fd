import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import type { By } from '#kernel/act.ts'
import { NotFound } from '#kernel/ask.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Db, Tx } from '#kernel/db.ts'
import { findBearer, findLineage, type Lineage } from '#kernel/standing.ts'
import { type Day, said } from '#kernel/words.ts'
import type { ReadEnclosure } from './complaint-file-kind.ts'
import type { ComplaintOutcome, ComplaintState, ComplaintStep } from './complaint-words.ts'

declare module '#kernel/db.ts' {
  interface DB {
    complaint: { id: string; unit_id: string; kind: string; against: string; on_day: string; act_id: string }
    complaint_receipt: { complaint_id: string; digest: Buffer; act_id: string }
    complaint_step: {
      complaint_id: string
      ordinal: number
      step: ComplaintStep
      from_state: ComplaintState | null
      state: ComplaintState
      handler_unit_id: string
      outcome: ComplaintOutcome | null
      on_day: string
      act_id: string
    }
    complaint_text: { complaint_id: string; ordinal: number; words: string; act_id: string }
    complaint_file: {
      complaint_id: string
      ordinal: number
      name: string
      type: string
      content: Buffer
      act_id: string
    }
    complainant: { complaint_id: string; contact: string; act_id: string }
  }
}

export const ComplaintId = z.uuid().meta({ label: { zh: '投诉举报', en: 'Complaint' }, widget: 'reference' })

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const RECEIPT_LETTERS = 16
const DIFFERENT_MIN = 6
const bare = (receipt: string) => receipt.toUpperCase().replace(/[^0-9A-Z]/g, '')

/** The code by which somebody asks and adds: sixteen letters, eighty bits, chosen at random by whoever files; only its digest is kept. */
export const Receipt = z
  .string()
  .trim()
  .max(40)
  .refine(
    (receipt) =>
      bare(receipt).length === RECEIPT_LETTERS &&
      [...bare(receipt)].every((letter) => LETTERS.includes(letter)) &&
      new Set(bare(receipt)).size >= DIFFERENT_MIN,
    said('回执编号由16个字母或数字随机组成', 'a receipt is sixteen letters or digits, chosen at random'),
  )
  .transform(bare)
  .meta({ label: { zh: '回执编号', en: 'Receipt' }, personal: true })

/** A receipt made of random bytes, in groups that can be read aloud. */
export function receiptFrom(bytes: Uint8Array): string {
  const letters = [...bytes.subarray(0, RECEIPT_LETTERS)].map((byte) => LETTERS[byte % LETTERS.length]).join('')
  return (letters.match(/.{4}/g) ?? []).join('-')
}

export const digestOf = (receipt: string): Buffer => createHash('sha256').update(`complaint ${receipt}`).digest()

export const Statement = z
  .string()
  .trim()
  .min(4)
  .max(4000)
  .meta({
    label: { zh: '反映的情况', en: 'What is wrong' },
    hint: {
      zh: '写明时间、地点、事情；不要写别人的证件号码、电话。',
      en: 'Say when, where and what; leave out other people’s ID and telephone numbers.',
    },
    widget: 'prose',
    personal: true,
  })

/** The id of the complaint that a receipt belongs to; nobody comes back from it to the receipt. */
export function complaintOf(receipt: string): string {
  const hex = createHash('sha256')
    .update(`complaint id ${bare(receipt)}`)
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export type Complaint = {
  readonly id: string
  readonly unit: string
  readonly against: 'work' | 'leaders'
  readonly filedOn: Day
  readonly state: ComplaintState
  readonly ordinal: number
  readonly handler: string
  readonly additions: number
  /** Units that have answered it before, or those that carry them on. */
  readonly answeredBy: readonly string[]
}

const readOn = (on: Day) => sql`
  select c.id, c.unit_id as unit, c.against, c.on_day as "filedOn", s.state, s.ordinal, unit_carrier_on(s.handler_unit_id, ${on}::date) as handler,
         (select count(*)::int from complaint_step a where a.complaint_id = c.id and a.step = 'add') as additions,
         array(select unit_carrier_on(a.handler_unit_id, ${on}::date) from complaint_step a where a.complaint_id = c.id and a.step = 'answer') as "answeredBy"
    from complaint c
   cross join lateral (select * from complaint_step s where s.complaint_id = c.id order by s.ordinal desc limit 1) s`

/** A complaint with who handles it on a day: where the unit was closed, whoever carries it on. */
export async function findComplaint(db: Db | Tx, id: string, on: Day): Promise<Complaint | undefined> {
  const { rows } = await sql<Complaint>`${readOn(on)} where c.id = ${id}`.execute(db)
  return rows[0]
}

/** The complaint of a receipt. Whoever holds none that fits learns nothing, and nothing of it is written down. */
export async function getByReceipt(db: Db | Tx, receipt: string, on: Day): Promise<Complaint> {
  const { rows } = await sql<Complaint>`
    ${readOn(on)} where c.id = (select complaint_id from complaint_receipt where digest = ${digestOf(receipt)})`.execute(
    db,
  )
  if (!rows[0]) throw new NotFound(noReceipt)
  return rows[0]
}
export const noReceipt = { zh: '没有这个回执编号。', en: 'There is no such receipt.' }

const DUTY = 'answer-complaints'

/** Who handles what is said of a unit: itself, or, where it is about those who lead it, whoever stands above. */
export async function handlerOf(
  db: Db | Tx,
  charter: Charter,
  day: Day,
  unit: string,
  against: Complaint['against'],
): Promise<string> {
  const duty = charter.findDuty(DUTY, day)
  const carrier = await carrierOf(db, unit, day)
  const lineage = await findLineage(db as Tx, carrier, day)
  if (!duty || !lineage) return unit
  const above = lineage.slice(1)
  const from = against === 'leaders' && above.length > 0 ? (above as unknown as Lineage) : lineage
  return findBearer(charter, duty, from)?.unit.id ?? carrier
}

/** Who carries on a unit on a day: itself, while it stands. */
export async function carrierOf(db: Db | Tx, unit: string, day: Day): Promise<string> {
  const { rows } = await sql<{ unit: string }>`select unit_carrier_on(${unit}, ${day}::date) as unit`.execute(db)
  return rows[0]?.unit ?? unit
}

/** Whether whoever acts, or answers for it, leads or led the unit that a complaint about its leaders speaks of. */
export async function isAboutActor(tx: Tx, found: Complaint | undefined, by: By): Promise<boolean> {
  if (found?.against !== 'leaders' || by.actor.kind !== 'person') return false
  const people = [by.actor.person, ...(by.principal ? [by.principal.id] : [])]
  const { rows } = await sql<{ post: string; tier: string }>`
    select a.post, v.tier from appointment a join unit u on u.id = a.unit_id
     cross join lateral (select w.tier from unit_version w where w.unit_id = u.id and lower(w.valid_at) <= ${found.filedOn}::date
                          order by lower(w.valid_at) desc limit 1) v
     where a.person_id = any (${people}::uuid[]) and a.unit_id = ${found.unit}
       and (a.valid_at @> least(${found.filedOn}::date, u.closed_on - 1) or a.valid_at @> ${by.on}::date)`.execute(tx)
  const answering = by.charter.findDuty(DUTY, by.on)?.held_by ?? {}
  return rows.some(({ post, tier }) => by.charter.tier(tier).principals.includes(post) || answering[tier]?.[0] === post)
}

type Step = {
  readonly step: ComplaintStep
  readonly state: ComplaintState
  readonly handler: string
  readonly outcome?: ComplaintOutcome
  readonly words: string
  readonly file?: ReadEnclosure
}

/** Writes a step down, and what was said at it apart. */
export async function addStep(
  tx: Tx,
  by: By,
  at: Pick<Complaint, 'id'> & Partial<Complaint>,
  { step, state, handler, outcome, words, file }: Step,
) {
  const row = { complaint_id: at.id, ordinal: (at.ordinal ?? 0) + 1, act_id: by.act }
  await tx
    .insertInto('complaint_step')
    .values({
      ...row,
      step,
      from_state: at.state ?? null,
      state,
      handler_unit_id: handler,
      outcome: outcome ?? null,
      on_day: by.on,
    })
    .execute()
  await tx
    .insertInto('complaint_text')
    .values({ ...row, words })
    .execute()
  if (file?.type)
    await tx
      .insertInto('complaint_file')
      .values({ ...row, name: file.name, type: file.type, content: file.content })
      .execute()
}

export const handledRefusals = {
  'complaint-unknown': {
    zh: '{unit}没有办理中的这件投诉举报。',
    en: 'There is no such complaint with {unit}.',
    topic: { zh: '由本单位办理', en: 'it is with this unit' },
  },
  'about-yourself': {
    zh: '这件反映的是您本人领导的单位，您不得办理或查看。',
    en: 'It is about those who lead a unit that you lead or led: you neither see nor handle it.',
    topic: { zh: '反映的不是经办人', en: 'it is not about whoever handles it' },
    cites: 'duty:answer-complaints',
  },
} as const
