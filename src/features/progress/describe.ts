import type { Reader } from '#kernel/ask.ts'
import { fieldId, type ReportField, type ReportKind } from '#kernel/charter-reports.ts'
import type { Figure } from '#kernel/figure.ts'
import type { Text } from '#kernel/words.ts'
import type { FieldRow } from './books.ts'
import { figureOf } from './compose.ts'

/** What a field is called and how it is read, whatever it is made of. */
export type DescribedField = {
  readonly id: string
  readonly source: 'figure' | 'acts' | 'entered'
  readonly title: Text
  /** What exactly is counted or asked for. */
  readonly about: Text | null
  readonly measure: Text | null
  /** How its value is written: fen as money, a share as percent, a number, words. */
  readonly shape: 'money' | 'share' | 'count' | 'text'
  readonly required: boolean
  /** The acts that are counted. */
  readonly acts: readonly string[]
}
export type DescribedSection = {
  readonly id: string
  readonly title: Text
  readonly fields: readonly DescribedField[]
}

const times: Text = { zh: '次', en: 'times' }

/** The sections of a kind of report, in the words of its figures, acts and the charter. */
export const sectionsOf = (
  reader: Pick<Reader, 'acts'>,
  figures: readonly Figure[],
  kind: ReportKind,
): readonly DescribedSection[] =>
  kind.sections.map(({ id, title, fields }) => ({
    id,
    title,
    fields: fields.map((field) => describe(reader, figures, field)),
  }))

function describe({ acts }: Pick<Reader, 'acts'>, figures: readonly Figure[], field: ReportField): DescribedField {
  const id = fieldId(field)
  const nothing = { id, about: null, measure: null, required: false, acts: [] }
  if ('figure' in field) {
    const { title, definition, measure, kind, money } = figureOf(figures, field.figure)
    const shape = kind === 'ratio' ? 'share' : money ? 'money' : 'count'
    return { ...nothing, source: 'figure', title, about: definition, measure, shape }
  }
  if ('acts' in field) {
    const named = field.acts.map((name) => acts.find((act) => act.name === name)?.title ?? { zh: name, en: name })
    const about = { zh: named.map((name) => name.zh).join('、'), en: named.map((name) => name.en).join(', ') }
    return { ...nothing, source: 'acts', title: field.title, about, measure: times, shape: 'count', acts: field.acts }
  }
  const { title, kind, required, hint } = field.entered
  const shape = kind === 'text' ? 'text' : kind === 'amount' ? 'money' : 'count'
  return { ...nothing, source: 'entered', title, about: hint ?? null, shape, required }
}

/** As a field was called when it was signed; it may be called otherwise by now. */
export function asSigned(field: DescribedField, row: FieldRow | undefined): DescribedField {
  const said = row?.definition
  if (!said) return field
  const shape = said.kind === 'ratio' ? 'share' : said.money ? 'money' : 'count'
  return { ...field, title: said.title, about: said.definition, measure: said.measure, shape }
}
