import { useId, useState, type ClipboardEvent } from 'react'
import type { FormField } from '../acts.ts'
import { queryString, send } from '../api.ts'
import { useSay } from '../language.ts'
import type { ChoiceAnswer } from '#kernel/choices.ts'
import { amountProblem, fenOfAmount, grouped } from './money.ts'
import { Optional, useFormUnit, Wrong, type FieldProps, type Issue } from './notes.tsx'
import { cellsOf, rowsOf, toFind, withIds, type Cells, type RowProblem } from './rows.ts'
import { SimpleField } from './simple.tsx'
import type { Values } from './values.ts'

const words = {
  add: { zh: '添一行', en: 'Add a row' },
  remove: { zh: '删去', en: 'Remove' },
  row: { zh: '第 {at} 行', en: 'Row {at}' },
  paste: { zh: '从表格粘贴', en: 'Paste from a spreadsheet' },
  pasteHow: {
    zh: '从电子表格复制后粘贴到这里（也可直接粘贴到下面任一格）。列的顺序：{columns}；第一行可以是列名。',
    en: 'Copy rows in a spreadsheet and paste them here, or into any cell below. Columns: {columns}; the first line may be headings.',
  },
  put: { zh: '添入 {count} 行', en: 'Add {count} rows' },
  finding: { zh: '正在核对名称…', en: 'Looking up the names…' },
  clear: { zh: '全部删去', en: 'Remove all' },
  total: { zh: '共 {count} 行，合计 {total} 元', en: '{count} rows, {total} yuan in all' },
  count: { zh: '共 {count} 行', en: '{count} rows' },
  wrong: { zh: '{count} 处要改：', en: '{count} to put right:' },
  at: { zh: '第 {at} 行 {column}：', en: 'row {at}, {column}: ' },
  page: { zh: '{from}—{to} 行', en: 'rows {from}–{to}' },
  before: { zh: '前 {count} 行', en: 'Previous {count}' },
  after: { zh: '后 {count} 行', en: 'Next {count}' },
}

const SHOWN = 20
const WRONG_SHOWN = 8
const ASKED_AT_ONCE = 50

/** Rows of single values: typed cell by cell, or pasted from a spreadsheet. Thousands are kept; twenty are shown at a time. */
export function RowsField({ field, value, path, onChange, issues }: FieldProps) {
  const { say } = useSay()
  const [from, setFrom] = useState(0)
  const [unfound, setUnfound] = useState<readonly RowProblem[]>([])
  const rows = Array.isArray(value) ? (value as readonly Values[]) : []
  const columns = (field.items?.properties ?? []).filter((column) => column.widget !== 'hidden')
  const start = Math.min(from, Math.max(0, Math.floor((rows.length - 1) / SHOWN) * SHOWN))
  const here = path.join('.')
  const place = useResolve(columns)
  const standing = unfound.filter(({ row, key }) => !looksLikeId(rows[row - 1]?.[key]))
  const unknown = standing.map(({ row, key, problem }) => ({ field: `${here}.${row - 1}.${key}`, problem }))
  // What was not found is told once: that a name is no id is not worth saying.
  const told = [
    ...unknown,
    ...issues
      .filter((issue) => issue.field.startsWith(`${here}.`) && !unknown.some((each) => each.field === issue.field))
      .map((issue) => inOurWords(issue, here, columns, rows)),
  ]
  const paste = async (cells: Cells, at: number) => {
    const { rows: put, problems } = await place.resolve(rowsOf(columns, cells))
    // An empty row that is pasted into makes room for what is pasted.
    const isEmpty = Object.values(rows[at] ?? {}).every((each) => each === undefined || each === '')
    onChange(path, rows.toSpliced(at, isEmpty && at < rows.length ? 1 : 0, ...put))
    setUnfound(problems.map((problem) => ({ ...problem, row: problem.row + at })))
    setFrom(Math.floor(at / SHOWN) * SHOWN)
  }
  const pasteInto = (event: ClipboardEvent, at: number) => {
    const text = event.clipboardData.getData('text/plain')
    if (!/[\t\n]./.test(text)) return
    event.preventDefault()
    void paste(cellsOf(text), at)
  }
  return (
    <fieldset className="rows">
      <legend>
        {say(field.label)} {!field.required && <Optional />}
      </legend>
      {field.hint && <span className="sub small">{say(field.hint)}</span>}
      <Paste columns={columns} isBusy={place.isBusy} onPaste={(cells) => paste(cells, rows.length)} />
      <Problems problems={told} at={here} columns={columns} onGo={(row) => setFrom(Math.floor(row / SHOWN) * SHOWN)} />
      {rows.slice(start, start + SHOWN).map((row, offset) => {
        const at = start + offset
        return (
          <div
            key={at}
            className="row-of-many"
            role="group"
            aria-label={say(words.row, { at: at + 1 })}
            onPaste={(event) => pasteInto(event, at)}
          >
            <span className="number num" aria-hidden>
              {at + 1}
            </span>
            <div className="cells">
              {columns.map((column) => (
                <SimpleField
                  key={column.key}
                  isShort
                  field={column}
                  value={row[column.key]}
                  siblings={row}
                  path={[...path, at, column.key]}
                  onChange={onChange}
                  issues={told}
                />
              ))}
            </div>
            <button
              type="button"
              className="btn tight"
              onClick={() => {
                setUnfound([])
                onChange(path, rows.toSpliced(at, 1))
              }}
            >
              {say(words.remove)} <span className="visually-hidden">{say(words.row, { at: at + 1 })}</span>
            </button>
          </div>
        )
      })}
      <Wrong path={path} issues={issues} />
      <div className="row">
        <button
          type="button"
          className="btn"
          onClick={() => {
            onChange(path, [...rows, {}])
            setFrom(Math.floor(rows.length / SHOWN) * SHOWN)
          }}
        >
          {say(words.add)}
        </button>
        {rows.length > SHOWN && <Turn from={start} count={rows.length} onFrom={setFrom} />}
        {rows.length > 1 && (
          <>
            <span className="push num" role="status">
              <Total columns={columns} rows={rows} />
            </span>
            <button type="button" className="btn tight" onClick={() => onChange(path, [])}>
              {say(words.clear)}
            </button>
          </>
        )}
      </div>
    </fieldset>
  )
}

/** An amount says itself what is wrong with it. */
function inOurWords(issue: Issue, here: string, columns: readonly FormField[], rows: readonly Values[]): Issue {
  const [row = '', key = ''] = issue.field.slice(here.length + 1).split('.')
  const value = rows[Number(row)]?.[key]
  const isMoney = columns.some((column) => column.key === key && column.widget === 'money')
  const problem = isMoney && typeof value === 'string' ? amountProblem(value) : undefined
  return problem ? { ...issue, problem } : issue
}

const looksLikeId = (value: unknown) => typeof value === 'string' && /^[\da-f-]{36}$/i.test(value)

/** Finds what the texts of pasted rows mean, many at once. */
function useResolve(columns: readonly FormField[]) {
  const unit = useFormUnit()
  const [isBusy, setBusy] = useState(false)
  const resolve = async (rows: readonly Values[]) => {
    setBusy(true)
    try {
      const found = new Map<string, ReadonlyMap<string, readonly string[]>>()
      for (const [finds, texts] of toFind(columns, rows)) found.set(finds, await idsOf(finds, texts, unit))
      return withIds(columns, rows, found)
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, resolve }
}

async function idsOf(finds: string, texts: readonly string[], unit: string | undefined) {
  const ids = new Map<string, string[]>()
  for (let at = 0; at < texts.length; at += ASKED_AT_ONCE) {
    const asked = texts.slice(at, at + ASKED_AT_ONCE)
    const { choices } = await send<ChoiceAnswer>(
      'GET',
      `/api/asks/${finds}${queryString({ unit, texts: asked, limit: 200 })}`,
    )
    for (const text of asked)
      ids.set(
        text,
        choices
          .filter(({ id, key, name }) => [id, key, name.zh, name.en].includes(text) || name.zh.endsWith(` ${text}`))
          .map(({ id }) => id),
      )
  }
  return ids
}

/** The field into which rows of a spreadsheet are pasted; it says how many it has read before they are added. */
function Paste({
  columns,
  isBusy,
  onPaste,
}: {
  columns: readonly FormField[]
  isBusy: boolean
  onPaste: (cells: Cells) => Promise<void>
}) {
  const { say, count } = useSay()
  const id = useId()
  const [text, setText] = useState('')
  const [isOpen, setOpen] = useState(false)
  const cells = cellsOf(text)
  const read = rowsOf(columns, cells)
  const put = async () => {
    await onPaste(cells)
    setText('')
    setOpen(false)
  }
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say(words.paste)}</summary>
      <label htmlFor={id} className="sub small">
        {say(words.pasteHow, { columns: columns.map((column) => say(column.label)).join(' · ') })}
      </label>
      <textarea
        id={id}
        className="field mono"
        rows={4}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="button" className="btn" disabled={read.length === 0 || isBusy} onClick={() => void put()}>
        {isBusy ? say(words.finding) : say(words.put, { count: count(read.length) })}
      </button>
    </details>
  )
}

/** What is wrong in rows that may not be on the screen, each with a way there. */
function Problems({
  problems,
  at,
  columns,
  onGo,
}: {
  problems: FieldProps['issues']
  at: string
  columns: readonly FormField[]
  onGo: (row: number) => void
}) {
  const { say, count } = useSay()
  if (problems.length === 0) return null
  return (
    <div className="why no" role="status">
      <b>{say(words.wrong, { count: count(problems.length) })}</b>
      <ul>
        {problems.slice(0, WRONG_SHOWN).map((issue) => {
          const [row = '0', key] = issue.field.slice(at.length + 1).split('.')
          const column = columns.find((each) => each.key === key)
          return (
            <li key={`${issue.field} ${issue.problem.en}`}>
              <button type="button" className="link" onClick={() => onGo(Number(row))}>
                {say(words.at, { at: Number(row) + 1, column: column ? say(column.label) : '' })}
              </button>
              {say(issue.problem)}
            </li>
          )
        })}
        {problems.length > WRONG_SHOWN && <li>…</li>}
      </ul>
    </div>
  )
}

function Turn({ from, count, onFrom }: { from: number; count: number; onFrom: (from: number) => void }) {
  const { say } = useSay()
  return (
    <>
      <button
        type="button"
        className="btn tight"
        disabled={from === 0}
        onClick={() => onFrom(Math.max(0, from - SHOWN))}
      >
        {say(words.before, { count: SHOWN })}
      </button>
      <span aria-live="polite">{say(words.page, { from: from + 1, to: Math.min(count, from + SHOWN) })}</span>
      <button type="button" className="btn tight" disabled={from + SHOWN >= count} onClick={() => onFrom(from + SHOWN)}>
        {say(words.after, { count: SHOWN })}
      </button>
    </>
  )
}

function Total({ columns, rows }: { columns: readonly FormField[]; rows: readonly Values[] }) {
  const { say, count } = useSay()
  const column = columns.find((each) => each.widget === 'money')
  if (!column) return say(words.count, { count: count(rows.length) })
  const amounts = rows
    .map((row) => row[column.key])
    .filter((each) => typeof each === 'string' && each !== '') as string[]
  const fen = amounts.reduce((sum, each) => (amountProblem(each) ? sum : sum + fenOfAmount(each)), 0n)
  const text = fen.toString().padStart(3, '0')
  return say(words.total, {
    count: count(rows.length),
    total: grouped(`${text.slice(0, -2)}.${text.slice(-2)}`),
  })
}
