import { fenOf } from '#kernel/words.ts'
import type { Cell } from '#src/sheets/index.ts'
import type { ImportColumn } from './import-columns.ts'
import type { RowProblem } from './import-problems.ts'

/** What a cell comes to: a value as the database reads it, or what is wrong. */
export type Read = { readonly value: string | null } | { readonly problem: RowProblem }

const CODE = /^\S{1,40}$/

/** Reads one cell as its column wants it. A formula is told and never believed, a number that lost its digits likewise. */
export function readCell(column: ImportColumn, cell: Cell | undefined, letters: string): Read {
  const wrong = (code: RowProblem['code'], facts: Readonly<Record<string, unknown>> = {}): Read => ({
    problem: { code, column: letters, facts: { field: column.name, value: cell ? shown(cell.text) : '', ...facts } },
  })
  const text = cell?.text.trim() ?? ''
  if (cell?.kind === 'formula') return wrong('formula')
  if (cell?.kind === 'error') return wrong('cell-error')
  if (text === '') return column.isNeeded ? wrong('missing') : { value: null }
  if (cell?.hasLostDigits) return wrong('digits-lost')
  if (text.includes('\0') || !text.isWellFormed()) return wrong('bad-character', { value: '' })
  switch (column.kind) {
    case 'code':
      return CODE.test(text) ? { value: text } : wrong('code-form')
    case 'text': {
      const limit = column.charactersMax ?? 200
      return text.length <= limit ? { value: text } : wrong('too-long', { limit })
    }
    case 'choice': {
      const choices = Object.entries(column.choices ?? {})
      const chosen = choices.find(([id, name]) => [id, name.zh, name.en, `${name.zh} ${name.en}`].some(isSame(text)))
      const listed = { zh: choices.map(([, { zh }]) => zh).join('、'), en: choices.map(([, { en }]) => en).join(', ') }
      return chosen ? { value: chosen[0] } : wrong('unknown-choice', { choices: listed })
    }
    case 'day': {
      const day = dayOf(text, cell?.kind === 'number')
      return day === undefined ? wrong('bad-day') : { value: day }
    }
    case 'amount': {
      const yuan = yuanIn(text)
      return yuan === undefined ? wrong('bad-amount') : { value: fenOf(yuan).toString() }
    }
    case 'count': {
      const digits = text.replace(/[,，]/g, '')
      return /^\d{1,9}$/.test(digits) ? { value: String(Number(digits)) } : wrong('bad-count')
    }
  }
}

const SHOWN_CHARACTERS = 40
const shown = (text: string) => {
  const clean = text.replaceAll('\0', '').toWellFormed()
  return clean.length > SHOWN_CHARACTERS ? `${clean.slice(0, SHOWN_CHARACTERS)}…`.toWellFormed() : clean
}

const isSame = (text: string) => (other: string) => other.toLowerCase() === text.toLowerCase()

const SERIAL_OF_2000 = 36_526
const SERIAL_OF_2101 = 73_415
const DAY_MS = 86_400_000

/** A day as people write it: 2016-03-01, 2016/3/1, 2016.3.1, 2016年3月1日, 20160301, or the spreadsheet's own count of days. */
function dayOf(text: string, isNumber: boolean): string | undefined {
  if (isNumber && /^\d{5}$/.test(text)) {
    const serial = Number(text)
    if (serial < SERIAL_OF_2000 || serial >= SERIAL_OF_2101) return undefined
    return new Date((serial - SERIAL_OF_2000) * DAY_MS + Date.UTC(2000, 0, 1)).toISOString().slice(0, 10)
  }
  const match = /^(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?$|^(\d{4})(\d\d)(\d\d)$/.exec(text)
  if (!match) return undefined
  const [year, month, day] = [match[1] ?? match[4], match[2] ?? match[5], match[3] ?? match[6]].map(Number) as [
    number,
    number,
    number,
  ]
  const at = new Date(Date.UTC(year, month - 1, day))
  if (year < 2000 || year > 2100 || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return undefined
  return at.toISOString().slice(0, 10)
}

/** Yuan as digits with at most two decimals, above nothing and below ten trillion; commas between thousands are read over. */
function yuanIn(text: string): string | undefined {
  const digits = text.replace(/^[¥￥]/, '').replace(/(?<=\d)[,，](?=\d{3})/g, '')
  return /^(0|[1-9]\d{0,12})(\.\d{1,2})?$/.test(digits) && /[1-9]/.test(digits) ? digits : undefined
}
