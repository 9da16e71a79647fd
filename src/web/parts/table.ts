import type { Language } from '../language.ts'

type Value = string | number | null

/** Orders two cells: numbers as numbers, Chinese by its reading, what is missing last. */
export function compare(a: Value, b: Value, language: Language): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b), language === 'zh' ? 'zh-Hans-CN' : 'en')
}

const cell = (value: Value) => {
  const text = String(value ?? '')
  // A spreadsheet would run a text that begins like a formula.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

type Columns<Row> = readonly {
  readonly title: string
  readonly fileTitle?: string
  readonly value?: (row: Row) => Value
}[]

/** The rows as a file that a spreadsheet opens; the mark at its beginning keeps Chinese readable there. */
export function toCsv<Row>(columns: Columns<Row>, rows: readonly Row[]): string {
  const given = columns.filter((column) => column.value)
  const lines = [
    given.map((column) => cell(column.fileTitle ?? column.title)),
    ...rows.map((row) => given.map((column) => cell(column.value?.(row) ?? null))),
  ]
  return `\uFEFF${lines.map((line) => line.join(',')).join('\r\n')}\r\n`
}

export function download(name: string, content: string, type = 'text/csv;charset=utf-8') {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}
