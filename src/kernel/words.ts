import { z } from 'zod'

/** A text in both languages of the house; nothing is shown that lacks one of them. */
export type Text = { readonly zh: string; readonly en: string }
export const Text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })

/** What a form, a document and a reference page need to know of a field beyond its type. */
export type Widget =
  | 'unit'
  | 'post'
  | 'person'
  | 'day'
  | 'year'
  | 'percent'
  | 'prose'
  | 'count'
  | 'money'
  | 'choice'
  | 'reference'
  | 'digest'
  | 'hidden'

declare module 'zod' {
  interface GlobalMeta {
    /** The field's name in both languages. */
    label?: Text
    /** One sentence that helps to fill the field in. */
    hint?: Text
    widget?: Widget
    /** For a unit: the charter's tiers to choose from. */
    tiers?: readonly string[]
    /** For a reference: the question that finds what may be chosen, such as `find.payees`. */
    finds?: string
    /** For a choice: each value's name. */
    choices?: Readonly<Record<string, Text>>
    /** Personal data: the journal keeps that it was given, never what it was. */
    personal?: boolean
  }
}

/** A calendar day, `YYYY-MM-DD`, in the programme's own time zone. */
export const Day = z.iso.date().meta({ label: { zh: '日期', en: 'Day' }, widget: 'day' })
export type Day = z.output<typeof Day>

export const UnitId = z.uuid().meta({ label: { zh: '单位', en: 'Unit' }, widget: 'unit' })
export const PersonId = z.uuid().meta({ label: { zh: '人员', en: 'Person' }, widget: 'person' })
export const PostId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,60}$/)
  .meta({ label: { zh: '职务', en: 'Post' }, widget: 'post' })
export const DutyId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,80}$/)
  .meta({ label: { zh: '职责', en: 'Duty' }, widget: 'reference', finds: 'find.duties' })

export const Year = z
  .int()
  .min(2000)
  .max(2100)
  .meta({ label: { zh: '年度', en: 'Year' }, widget: 'year' })

/** What is wrong with a value, in both languages, for a `refine` of our own: zod's own reasons it tells in either by itself. */
export const said = (zh: string, en: string) => ({ error: en, params: { zh } })

/** A share in percent with at most two decimals on the wire; whole basis points (hundredths of a percent) within. */
export const Percent = z
  .number()
  .min(0)
  .max(100)
  .refine(
    (value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6,
    said('至多两位小数', 'at most two decimals'),
  )
  .transform((value) => Math.round(value * 100))
  .meta({ label: { zh: '百分比', en: 'Percent' }, widget: 'percent' })

export const Count = z
  .int()
  .min(0)
  .max(2_000_000_000)
  .meta({ label: { zh: '数量', en: 'Number' }, widget: 'count' })

const YUAN = /^(0|[1-9]\d{0,12})(\.\d{1,2})?$/

/** An amount in yuan, as digits with at most two decimals: above nothing, below ten trillion. */
const isAmount = (yuan: string) => YUAN.test(yuan) && /[1-9]/.test(yuan)

/**
 * Money: on the wire yuan as text with at most two decimals (`"1250000.50"`), within whole fen. Never a floating number.
 * Nothing, less than nothing and more than thirteen digits of yuan are malformed.
 */
export const Fen = z
  .string()
  .refine(isAmount, said('应为大于 0 的元数，至多两位小数', 'yuan as digits with at most two decimals, above 0'))
  .transform(fenOf)
  .meta({ label: { zh: '金额（元）', en: 'Amount (yuan)' }, widget: 'money' })

/** Whole fen of an amount in yuan that is known to be well formed. */
export function fenOf(yuan: string): bigint {
  const [whole = '0', part = ''] = yuan.split('.')
  return BigInt(whole) * 100n + BigInt(part.padEnd(2, '0'))
}

/** An amount in yuan as it goes over the wire: `1250000.50`. */
export function yuanOf(fen: bigint): string {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0')
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** The number of an official document, such as 财农〔2016〕36号. */
export const DocumentNumber = z
  .string()
  .trim()
  .min(2)
  .max(100)
  .meta({ label: { zh: '文号', en: 'Document number' } })

/** A sentence or two that somebody must give, and that others will read. */
export const Reason = z
  .string()
  .trim()
  .min(4)
  .max(2000)
  .meta({ label: { zh: '理由', en: 'Reason' }, widget: 'prose' })

/** Puts facts into a sentence: `{name}` is replaced, and a placeholder without a fact is a bug that says so. */
export function fill(template: string, facts: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (_, key: string) => {
    if (!(key in facts)) throw new Error(`The sentence «${template}» needs «${key}».`)
    return String(facts[key])
  })
}

/** As `fill`, in both languages; a fact that is itself a text speaks the language of its sentence. */
export function fillText(text: Text, facts: Readonly<Record<string, unknown>>): Text {
  const spoken = (language: keyof Text) =>
    Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, isText(value) ? value[language] : value]))
  return { zh: fill(text.zh, spoken('zh')), en: fill(text.en, spoken('en')) }
}

export const isText = (value: unknown): value is Text =>
  typeof value === 'object' && value !== null && 'zh' in value && 'en' in value
