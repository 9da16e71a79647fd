import type { Text } from '#kernel/words.ts'
import type { FormField } from '../acts.ts'
import { plainAmount } from './money.ts'
import type { Values } from './values.ts'

/** Whether a list is one of rows: every column a single value, so that a spreadsheet's rows fit. */
export const isOfRows = (field: FormField): boolean =>
  field.items?.type === 'object' &&
  (field.items.properties?.length ?? 0) > 0 &&
  field.items.properties!.every(
    (column) => !column.properties && column.type !== 'array' && column.type !== 'any' && column.widget !== 'post',
  )

export type Cells = readonly (readonly string[])[]

/** What a spreadsheet puts on the clipboard: rows in lines, cells between tabs; a cell with a line of its own stands in quotes. */
export function cellsOf(text: string): Cells {
  const rows: string[][] = [[]]
  let cell = ''
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (isQuoted) {
      if (sign !== '"') cell += sign
      else if (text[at + 1] === '"') cell += text[++at]
      else isQuoted = false
    } else if (sign === '"' && cell === '') isQuoted = true
    else if (sign === '\t' || sign === '\n') {
      rows.at(-1)!.push(cell.trim())
      cell = ''
      if (sign === '\n') rows.push([])
    } else if (sign !== '\r') cell += sign
  }
  rows.at(-1)!.push(cell.trim())
  return rows.filter((row) => row.some((each) => each !== ''))
}

/** A text of a cell, as the value that its column wants; what can't be read stays as it is, so that its error names it. */
export function valueOf(column: FormField, text: string): unknown {
  if (text === '') return undefined
  if (column.widget === 'money') return plainAmount(text)
  if (column.type === 'integer' || column.type === 'number') {
    const number = Number(text.normalize('NFKC').replaceAll(/[\s,]/g, ''))
    return Number.isNaN(number) ? text : number
  }
  if (column.type === 'boolean') return /^(1|true|yes|y|是)$/i.test(text)
  if (column.choices) {
    const found = Object.entries(column.choices).find(
      ([key, name]) => key === text || name.zh === text || name.en.toLowerCase() === text.toLowerCase(),
    )
    return found?.[0] ?? text
  }
  if (column.widget === 'day')
    return text.replace(
      /^(\d{4})[/.年](\d{1,2})[/.月](\d{1,2})日?$/,
      (_, year: string, month: string, day: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
    )
  return text
}

/** Which column each cell of a first line names, if it is a line of headings. */
function headings(
  columns: readonly FormField[],
  first: readonly string[],
): readonly (FormField | undefined)[] | undefined {
  const named = first.map((cell) =>
    columns.find(({ key, label }) =>
      [key, label.zh, label.en].some((name) => name.toLowerCase() === cell.toLowerCase()),
    ),
  )
  return named.filter(Boolean).length >= Math.min(2, columns.length) ? named : undefined
}

/** Pasted cells as rows of a form: under their own headings if they have them, else in the form's order. */
export function rowsOf(columns: readonly FormField[], cells: Cells): readonly Values[] {
  const named = headings(columns, cells[0] ?? [])
  const order = named ?? columns
  return (named ? cells.slice(1) : cells).map((row) =>
    Object.fromEntries(
      row.flatMap((text, at): [string, unknown][] => {
        const column = order[at]
        const value = column && valueOf(column, text)
        return column && value !== undefined ? [[column.key, value]] : []
      }),
    ),
  )
}

export type RowProblem = { readonly row: number; readonly key: string; readonly problem: Text }

const isId = (text: string) => /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i.test(text)

/** What stands in references of some rows and is no id yet, by the question that finds it. */
export function toFind(columns: readonly FormField[], rows: readonly Values[]): ReadonlyMap<string, readonly string[]> {
  const wanted = new Map<string, Set<string>>()
  for (const { key, finds } of columns)
    if (finds)
      for (const row of rows) {
        const value = row[key]
        if (typeof value !== 'string' || isId(value)) continue
        const texts = wanted.get(finds) ?? new Set()
        wanted.set(finds, texts.add(value))
      }
  return new Map([...wanted].map(([finds, texts]) => [finds, [...texts]]))
}

/** Puts ids where texts stood, if each text means one thing; says which mean nothing or several. */
export function withIds(
  columns: readonly FormField[],
  rows: readonly Values[],
  found: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>,
): { readonly rows: readonly Values[]; readonly problems: readonly RowProblem[] } {
  const problems: RowProblem[] = []
  const put = rows.map((row, at) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => {
        const finds = columns.find((column) => column.key === key)?.finds
        if (!finds || typeof value !== 'string' || isId(value)) return [key, value]
        const ids = found.get(finds)?.get(value) ?? []
        if (ids.length === 1) return [key, ids[0]]
        problems.push({ row: at + 1, key, problem: ids.length === 0 ? nothing(value) : several(value, ids.length) })
        return [key, value]
      }),
    ),
  )
  return { rows: put, problems }
}

const nothing = (text: string): Text => ({ zh: `没有找到“${text}”。`, en: `Nothing is called «${text}».` })
const several = (text: string, count: number): Text => ({
  zh: `有 ${count} 个叫“${text}”，请填编号或从列表中选。`,
  en: `${count} are called «${text}»; give the id, or choose from the list.`,
})
