import { sql } from 'kysely'
import { z } from 'zod'
import type { RefusalText } from '#kernel/act.ts'
import { Status } from '#kernel/charter.ts'
import type { Tx } from '#kernel/db.ts'
import { type ProgrammeUnit } from '#kernel/programme.ts'
import { v7 } from '#kernel/uuid.ts'
import { type Day, Text, UnitId } from '#kernel/words.ts'
import type { PolicyKind } from './tables.ts'

/** A document's number as it stands on its head: who issued it, 〔year〕, which of the year. Such as 国开发〔2016〕3号. */
export const DocumentNumber = z
  .string()
  .trim()
  .regex(/^[\p{Script=Han}A-Za-z]{1,20}〔\d{4}〕[1-9]\d{0,3}号$/u)
  .meta({
    label: { zh: '文号', en: 'Document number' },
    hint: {
      zh: '发文机关代字〔年份〕序号，如：国开发〔2016〕3号',
      en: 'Issuer’s prefix, year and serial, such as 国开发〔2016〕3号',
    },
  })

/** Where a document or a number comes from, and how sure we are of it. */
export const Provenance = {
  source: z
    .string()
    .trim()
    .min(2)
    .max(500)
    .optional()
    .meta({ label: { zh: '出处', en: 'Source' }, hint: { zh: '原件或来源', en: 'Where the original can be found' } }),
  status: Status.default('made-up').meta({
    label: { zh: '可信程度', en: 'How sure' },
    widget: 'choice',
    choices: {
      V: { zh: '已见于来源', en: 'Seen in a source' },
      P: { zh: '部分见于来源', en: 'Seen in part' },
      K: { zh: '已知，未核对', en: 'Known, not verified' },
      'made-up': { zh: '虚构', en: 'Made up' },
    },
  }),
}

/** What every document handed down has, whatever its kind. */
export const documentInput = {
  unit: UnitId.meta({ label: { zh: '发文单位', en: 'Issuing unit' } }),
  number: DocumentNumber.optional(),
  title: Text.meta({ label: { zh: '标题', en: 'Title' } }),
  summary: Text.meta({ label: { zh: '要点', en: 'Main points' }, widget: 'prose' }),
  ...Provenance,
  receivers: z
    .array(z.string().regex(/^[a-z0-9-]{1,60}$/))
    .min(1)
    .max(8)
    .optional()
    .meta({
      label: { zh: '主送层级', en: 'Tiers that receive it' },
      hint: { zh: '不填则送下一级', en: 'The units directly below, unless said otherwise' },
    }),
}

type DocumentInput = z.output<z.ZodObject<typeof documentInput>>

export const documentRefusals = {
  'not-the-issuer': {
    zh: '{unit}不承担这项职责，由{bearer}承担。',
    en: 'This is not {unit}’s to issue; the duty lies with {bearer}.',
    topic: { zh: '发文单位承担这项职责', en: 'the issuing unit holds the duty' },
    remedy: { zh: '以承担职责的单位发文。', en: 'Issue it in the name of the unit that holds the duty.' },
  },
  'number-in-use': {
    zh: '文号{number}已用于《{title}》。',
    en: 'The number {number} belongs to «{title}».',
    topic: { zh: '文号未被使用', en: 'the number is free' },
    remedy: {
      zh: '换用新的文号；修订旧文件请另行发文并废止旧文件。',
      en: 'Give it a number of its own; to replace a document, supersede it.',
    },
  },
  'number-year-ahead': {
    zh: '文号的年份{year}晚于办理日{on}。',
    en: 'The number speaks of {year}, and today is {on}.',
    topic: { zh: '文号年份不晚于当日', en: 'the number’s year has begun' },
  },
  'tier-not-below': {
    zh: '“{tiers}”不是{unit}之下的层级。',
    en: '«{tiers}» is no tier below {unit}.',
    topic: { zh: '主送层级在本级之下', en: 'the receivers stand below' },
  },
} as const satisfies Record<string, RefusalText>

export const documentAdvice = {
  'nobody-receives': {
    zh: '当日没有主送单位，文件发出后无人签收。',
    en: 'Nobody receives it on this day, so nobody will acknowledge it.',
  },
} as const satisfies Record<string, RefusalText>

/** Whose number it is already, if anybody's. */
export async function findByNumber(tx: Tx, number: string | undefined): Promise<Text | undefined> {
  if (number === undefined) return undefined
  return tx
    .selectFrom('policy')
    .select(['title_zh as zh', 'title_en as en'])
    .where('number', '=', number)
    .executeTakeFirst()
}

export const yearOfNumber = (number: string) => Number(/〔(\d{4})〕/.exec(number)?.[1])

/** The programme's units that receive a document: those of the tiers named, or those directly below. */
export const receiversOf = (input: Pick<DocumentInput, 'unit' | 'receivers'>, below: readonly ProgrammeUnit[]) =>
  below.filter((unit) => (input.receivers ? input.receivers.includes(unit.tier) : unit.parent === input.unit))

type Document = DocumentInput & { readonly kind: PolicyKind; readonly localises?: string }

/** Writes the document and whom it is sent to. */
export async function issueDocument(
  tx: Tx,
  document: Document,
  receivers: readonly ProgrammeUnit[],
  by: { act: string; on: Day },
) {
  const id = v7()
  await tx
    .insertInto('policy')
    .values({
      id,
      kind: document.kind,
      unit_id: document.unit,
      number: document.number ?? null,
      title_zh: document.title.zh,
      title_en: document.title.en,
      summary_zh: document.summary.zh,
      summary_en: document.summary.en,
      source: document.source ?? null,
      status: document.status,
      localises: document.localises ?? null,
      issued_on: by.on,
      act_id: by.act,
    })
    .execute()
  const units = receivers.map((unit) => unit.id)
  await sql`insert into policy_receiver (policy_id, unit_id, act_id)
    select ${id}, unit, ${by.act} from unnest(${units}::uuid[]) unit`.execute(tx)
  return { policy: id, number: document.number ?? null, receivers: units }
}
