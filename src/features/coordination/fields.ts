import type { Charter } from '#kernel/charter.ts'
import { type Day, fenOf, type Text } from '#kernel/words.ts'

/** What a request asks in one field: a figure of the system, or a question that people answer. */
export type FieldKind = 'figure' | 'text' | 'whole' | 'amount'
/** A kind that somebody has to type. */
type TypedKind = Exclude<FieldKind, 'figure'>

export const kindWords: Readonly<Record<FieldKind, Text>> = {
  figure: { zh: '系统已有的指标', en: 'a figure of the system' },
  text: { zh: '文字', en: 'text' },
  whole: { zh: '整数', en: 'whole number' },
  amount: { zh: '金额（元）', en: 'amount (yuan)' },
}

/** The charter's settings of what typing a field costs, in minutes. */
export const minutesParameters = ['minutes_per_text_field', 'minutes_per_number_field'] as const

/** What typing one field costs on a day, by the charter's setting. */
export const minutesOf = (charter: Charter, kind: TypedKind, on: Day): number =>
  charter.getParameter(kind === 'text' ? minutesParameters[0] : minutesParameters[1], on).value

/** What was typed, as it is kept: text, a whole number, or fen; undefined if it can't be read as its kind. */
export type TypedValue = { readonly text: string | null; readonly number: string | null }

const WHOLE = /^-?(0|[1-9]\d{0,14})$/
const YUAN = /^-?(0|[1-9]\d{0,12})(\.\d{1,2})?$/

export function readTyped(kind: TypedKind, value: string): TypedValue | undefined {
  if (kind === 'text') return { text: value, number: null }
  if (kind === 'whole') return WHOLE.test(value) ? { text: null, number: BigInt(value).toString() } : undefined
  if (!YUAN.test(value)) return undefined
  const fen = fenOf(value.replace('-', ''))
  return { text: null, number: (value.startsWith('-') ? -fen : fen).toString() }
}

/** A title as it is compared: without what only decorates it. */
export const plainTitle = (title: string): string =>
  title.toLowerCase().replaceAll(/[\s，。、；：:,.;?？（）()《》“”"]/g, '')
