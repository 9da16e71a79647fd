import { openBook, type Row, SheetProblem, writeBook } from '#src/sheets/index.ts'
import type { Text } from '#kernel/words.ts'
import type { GivenAnswer } from './sample-answers.ts'
import { codeOf, type DrawnVillage } from './sample-drawn.ts'

/** Where in a file something is wrong, and what to do. */
export type SheetError = {
  readonly sheet: string
  readonly row: number
  readonly column: string
  readonly problem: Text
  readonly remedy: Text
}
export type ReadAnswers = {
  readonly answers: readonly GivenAnswer[]
  /** The sheet and row that each answer came from. */
  readonly places: readonly { readonly sheet: string; readonly row: number }[]
  readonly errors: readonly SheetError[]
  /** Rows of the paper list that nobody filled in yet. */
  readonly blank: number
}

type Key = keyof GivenAnswer
const headers: Readonly<Record<Key, readonly [zh: string, en: string]>> = {
  code: ['问卷编码', 'Code'],
  outcome: ['访问结果', 'Outcome'],
  standing: ['户的类别', 'Standing'],
  persons: ['家庭人口', 'Persons'],
  wrong: ['错退人数', 'Wrongly exited'],
  missed: ['漏评人数', 'Missed'],
  approves: ['是否认可', 'Approves'],
}
const keys = Object.keys(headers) as Key[]

const outcomes: Readonly<Record<string, GivenAnswer['outcome']>> = {
  已访问: 'interviewed',
  interviewed: 'interviewed',
  未找到: 'not-found',
  'not found': 'not-found',
  'not-found': 'not-found',
  拒访: 'refused',
  refused: 'refused',
}
const standings: Readonly<Record<string, NonNullable<GivenAnswer['standing']>>> = {
  已脱贫户: 'exited',
  exited: 'exited',
  未脱贫户: 'poor',
  'still poor': 'poor',
  poor: 'poor',
  非建档立卡户: 'unregistered',
  'not registered': 'unregistered',
  unregistered: 'unregistered',
}
const yesNo: Readonly<Record<string, boolean>> = {
  是: true,
  认可: true,
  yes: true,
  true: true,
  否: false,
  不认可: false,
  no: false,
  false: false,
}

/** A county's paper list as a workbook: a row for each household, its code filled in, lists to choose from. */
export function answerSheet(
  evaluation: string,
  county: number,
  drawn: readonly DrawnVillage[],
  language: keyof Text,
): Promise<Uint8Array> {
  const at = language === 'zh' ? 0 : 1
  const choices: Partial<Record<Key, readonly string[]>> =
    language === 'zh'
      ? {
          outcome: ['已访问', '未找到', '拒访'],
          standing: ['已脱贫户', '未脱贫户', '非建档立卡户'],
          approves: ['是', '否'],
        }
      : {
          outcome: ['interviewed', 'not found', 'refused'],
          standing: ['exited', 'still poor', 'not registered'],
          approves: ['yes', 'no'],
        }
  return writeBook([
    {
      name: language === 'zh' ? '答卷' : 'Answers',
      columns: keys.map((key) => ({
        header: headers[key][at],
        width: key === 'code' ? 20 : 14,
        ...(choices[key] && { choices: choices[key] }),
      })),
      rows: drawn
        .toSorted((a, b) => a.village - b.village)
        .flatMap(({ village, main, reserve }) =>
          [...main, ...reserve].map((household) => [
            codeOf(evaluation, county, village, household),
            ...keys.slice(1).map(() => null),
          ]),
        ),
    },
  ])
}

export type SheetRow = Pick<Row, 'sheet' | 'number' | 'cells'>

/** The rows of a workbook, or of CSV. */
export async function* sheetRows(file: Uint8Array): AsyncGenerator<SheetRow> {
  let book
  try {
    book = await openBook(file)
  } catch (error) {
    if (!(error instanceof SheetProblem) || error.code !== 'csv') throw error
    yield* csvRows(new TextDecoder('utf-8').decode(file))
    return
  }
  try {
    for (const sheet of book.sheets) yield* sheet.rows()
  } finally {
    await book.close()
  }
}

/** Reads answers from a workbook or from CSV; what cannot be read is told by sheet, row and column, and the rest is read all the same. */
export async function readAnswerFile(file: Uint8Array): Promise<ReadAnswers> {
  const reading = new Reading()
  for await (const row of sheetRows(file)) reading.take(row)
  return reading.read()
}

const nothingTold = { zh: '核对这一格。', en: 'Look at this cell.' }

class Reading {
  readonly #answers: GivenAnswer[] = []
  readonly #places: { sheet: string; row: number }[] = []
  readonly #errors: SheetError[] = []
  #columns = new Map<Key, { at: number; letters: string }>()
  #sheet: string | undefined
  #blank = 0

  take(row: Pick<Row, 'sheet' | 'number' | 'cells'>) {
    if (this.#sheet !== row.sheet) {
      this.#sheet = row.sheet
      this.#columns = headerOf(row)
      if (!this.#columns.has('code') || !this.#columns.has('outcome'))
        this.#errors.push({
          sheet: row.sheet,
          row: row.number,
          column: 'A',
          problem: {
            zh: '第一行缺“问卷编码”或“访问结果”列，这张表没有读',
            en: 'The first row lacks the columns «Code» or «Outcome»; the sheet was not read',
          },
          remedy: { zh: '使用下载的答卷表。', en: 'Use the sheet that can be downloaded.' },
        })
      return
    }
    if (!this.#columns.has('code') || !this.#columns.has('outcome')) return
    const before = this.#errors.length
    const text = (key: Key) => this.#text(row, key)
    const code = text('code')
    if (keys.slice(1).every((key) => text(key) === '')) {
      if (code !== '') this.#blank += 1
      this.#errors.length = before
      return
    }
    this.#errors.length = before
    const answer = {
      code: code || this.#wrong(row, 'code', { zh: '没有编码', en: 'There is no code' }, ''),
      outcome: this.#oneOf(row, 'outcome', outcomes) ?? 'interviewed',
      standing: this.#oneOf(row, 'standing', standings),
      persons: this.#count(row, 'persons'),
      wrong: this.#count(row, 'wrong'),
      missed: this.#count(row, 'missed'),
      approves: this.#oneOf(row, 'approves', yesNo),
    }
    if (text('outcome') === '')
      this.#wrong(row, 'outcome', { zh: '没有填访问结果', en: 'The outcome is not filled in' }, null)
    if (this.#errors.length > before) return
    this.#answers.push(answer)
    this.#places.push({ sheet: row.sheet, row: row.number })
  }

  read = (): ReadAnswers => ({ answers: this.#answers, places: this.#places, errors: this.#errors, blank: this.#blank })

  #text(row: Pick<Row, 'sheet' | 'number' | 'cells'>, key: Key): string {
    const column = this.#columns.get(key)
    const cell = column && row.cells.find((each) => each.at === column.at)
    if (cell?.kind === 'formula' || cell?.kind === 'error')
      this.#wrong(row, key, { zh: '这一格是公式，不读', en: 'This cell is a formula, which is not read' }, '', {
        zh: '填写值本身。',
        en: 'Enter the value itself.',
      })
    return cell?.text.trim() ?? ''
  }

  #wrong<Value>(
    row: Pick<Row, 'sheet' | 'number'>,
    key: Key,
    problem: Text,
    instead: Value,
    remedy: Text = nothingTold,
  ): Value {
    this.#errors.push({
      sheet: row.sheet,
      row: row.number,
      column: this.#columns.get(key)?.letters ?? '',
      problem,
      remedy,
    })
    return instead
  }

  #oneOf<Value>(
    row: Pick<Row, 'sheet' | 'number' | 'cells'>,
    key: Key,
    values: Readonly<Record<string, Value>>,
  ): Value | null {
    const text = this.#text(row, key)
    if (text === '') return null
    const value = Object.entries(values).find(([word]) => word === text.toLowerCase())?.[1]
    if (value !== undefined) return value
    const known = Object.keys(values)
    return this.#wrong(row, key, { zh: `“${text}”不是可选的值`, en: `«${text}» is none of the values` }, null, {
      zh: `可填：${known.filter((each) => /\p{Script=Han}/u.test(each)).join('、')}。`,
      en: `Enter one of: ${known.filter((each) => /^[a-z]/.test(each)).join(', ')}.`,
    })
  }

  #count(row: Pick<Row, 'sheet' | 'number' | 'cells'>, key: Key): number | null {
    const text = this.#text(row, key)
    if (text === '') return null
    if (/^\d{1,2}$/.test(text) && Number(text) <= 30) return Number(text)
    return this.#wrong(
      row,
      key,
      { zh: `“${text}”不是 0 到 30 的整数`, en: `«${text}» is no whole number from 0 to 30` },
      null,
      {
        zh: '填写人数，空着表示没有回答。',
        en: 'Enter how many persons; leave it empty where nothing was answered.',
      },
    )
  }
}

function headerOf(row: Pick<Row, 'cells'>): Map<Key, { at: number; letters: string }> {
  return new Map(
    row.cells.flatMap((cell): [Key, { at: number; letters: string }][] => {
      const key = keys.find((each) =>
        headers[each].some((word) => word.toLowerCase() === cell.text.trim().toLowerCase()),
      )
      return key ? [[key, { at: cell.at, letters: cell.column }]] : []
    }),
  )
}

/** CSV by RFC 4180, with commas, semicolons or tabs between the cells of its first line. */
function* csvRows(text: string): Generator<Pick<Row, 'sheet' | 'number' | 'cells'>> {
  const clean = text.replace(/^\uFEFF/, '')
  const first = clean.slice(0, clean.search(/[\r\n]|$/))
  const between = [',', ';', '\t'].toSorted((a, b) => first.split(b).length - first.split(a).length)[0]!
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${between}\\r\\n]*))(${between}|\\r\\n|\\n|\\r|$)`, 'y')
  let number = 1
  let cells: { kind: 'text'; at: number; column: string; text: string }[] = []
  let at = 0
  while (cell.lastIndex < clean.length) {
    const found = cell.exec(clean)
    if (!found) throw new SheetProblem('damaged', { part: `${number}` })
    const value = (found[1]?.replaceAll('""', '"') ?? found[2] ?? '').trim()
    if (value !== '') cells.push({ kind: 'text', at, column: String.fromCharCode(65 + Math.min(at, 25)), text: value })
    at++
    if (found[3] === between && cell.lastIndex < clean.length) continue
    if (cells.length > 0) yield { sheet: 'CSV', number, cells }
    number++
    cells = []
    at = 0
  }
}
