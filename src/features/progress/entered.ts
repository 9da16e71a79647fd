import { fieldsOf, type ReportField, type ReportKind } from '#kernel/charter-reports.ts'
import { fenOf } from '#kernel/words.ts'

export type EnteredField = Extract<ReportField, { entered: unknown }>['entered']

/** The fields that only the author can fill in. */
export const enteredFields = (kind: ReportKind): readonly EnteredField[] =>
  fieldsOf(kind).flatMap((field) => ('entered' in field ? [field.entered] : []))

const WHOLE = /^(0|[1-9]\d{0,11})$/
const AMOUNT = /^(0|[1-9]\d{0,12})(\.\d{1,2})?$/

export type Value = { readonly value: string | null; readonly text: string | null }

/** What was typed, as it is kept: words as they are, a whole number, an amount in fen; undefined if it can't be read as what the field asks for. */
export function readEntered({ kind }: EnteredField, typed: string): Value | undefined {
  const clean = typed.trim()
  if (kind === 'text') return { value: null, text: clean }
  if (kind === 'whole') return WHOLE.test(clean) ? { value: clean, text: null } : undefined
  return AMOUNT.test(clean) ? { value: fenOf(clean).toString(), text: null } : undefined
}
