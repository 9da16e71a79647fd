import { sql } from 'kysely'
import { z } from 'zod'
import { ask, type Reader } from '#kernel/ask.ts'
import type { ReportKind } from '#kernel/charter-reports.ts'
import type { Light } from '#kernel/link.ts'
import { type Day, type Text, UnitId, Year } from '#kernel/words.ts'
import { periodName, periodsOf } from './period.ts'
import { standing } from './scrutiny.ts'
import type { State } from './state.ts'
import './tables.ts'

type Row = {
  unit: string
  zh: string
  en: string
  code: string | null
  period: string
  report: string | null
  state: State | null
  version: number | null
  since: Day | null
  sentOn: Day | null
  due: Day | null
}

/** One unit's report of one period, as a light with its word. */
export type BoardCell = {
  readonly period: string
  readonly report: string | null
  readonly state: State | 'owed' | 'late'
  readonly light: Light
  readonly words: Text
  readonly isLate: boolean
  readonly due: Day | null
}

const WORDS = {
  owed: { zh: '待报送', en: 'owed' },
  late: { zh: '逾期未报', en: 'late' },
  lateSent: { zh: '（逾期报送）', en: ' (sent late)' },
} as const

/** The reports of a year below a unit: a row for each unit that owes or sent one, a cell for each period. */
export const reportBoard = ask({
  name: 'report.board',
  title: { zh: '报告总览', en: 'Reports at a glance' },
  purpose: {
    zh: '某单位及其下级一年内各期报告：应报、已报、退回、通过、逾期，逐格可以打开。',
    en: 'The reports of a year at and below a unit: owed, sent, returned, passed, late; each opens.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId,
    kind: z.string().optional(),
    year: Year.optional(),
    show: z.enum(['all', 'late', 'waiting', 'returned']).default('all'),
    search: z.string().trim().max(60).default(''),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, kind: id, year: asked, show, search, offset, limit }) {
    const { on, charter } = reader
    const kinds = charter.reportsOn(on)
    const kind = kinds.find((each) => each.id === id) ?? kinds[0]
    const year = asked ?? Number(on.slice(0, 4))
    const told = kinds.map(({ id, title, every, tier }) => ({ id, title, every, tier }))
    if (!kind) return { kinds: told, kind: null, year, periods: [], total: 0, rows: [], counts: [] }
    const cells = await cellsOf(reader, unit, kind, year)
    const rows = [...Map.groupBy(cells, (cell) => cell.unit).values()].map((of) => rowOf(kind, of, on))
    const fits = rows.filter(
      (row) =>
        (show === 'all' || row.cells.some((cell) => isShown(kind, cell, show))) &&
        (search === '' || row.name.zh.includes(search) || row.name.en.toLowerCase().includes(search.toLowerCase())),
    )
    return {
      kinds: told,
      kind: kind.id,
      year,
      periods: periodsOf(kind.every, year).map((period) => ({ period, name: periodName(period) })),
      total: fits.length,
      rows: fits.slice(offset, offset + limit),
      counts: countsOf(rows.flatMap((row) => row.cells)),
    }
  },
})

const isShown = ({ scrutiny }: ReportKind, { state }: BoardCell, show: 'late' | 'waiting' | 'returned') =>
  show === 'waiting' ? state === 'sent' && scrutiny !== undefined : state === show

const countsOf = (cells: readonly BoardCell[]) =>
  (['owed', 'late', 'sent', 'returned', 'passed'] as const).map((state) => ({
    state,
    n: cells.filter((cell) => cell.state === state).length,
  }))

async function cellsOf({ db, on }: Reader, unit: string, kind: ReportKind, year: number): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    with sent as (
      select * from report_on(${on}::date) where kind = ${kind.id} and left(period, 4) = ${String(year)}
    ), owed as (
      select unit_id, subject as period, min(due_on) as due, min(met_on) as met_on from obligation_item
       where duty = ${kind.duty} and opened_on <= ${on}::date and (lapsed_on is null or lapsed_on > ${on}::date)
         and subject = any (${[...periodsOf(kind.every, year)]}::text[])
       group by unit_id, subject
    )
    select coalesce(s.unit_id, o.unit_id) as unit, v.name_zh as zh, v.name_en as en, v.code, coalesce(s.period, o.period) as period,
           s.report_id as report, s.state, s.version, s.since, s.sent_on as "sentOn", o.due
      from sent s full join owed o on o.unit_id = s.unit_id and o.period = s.period
      join lateral (select * from unit_version w where w.unit_id = coalesce(s.unit_id, o.unit_id) and lower(w.valid_at) <= ${on}::date
                     order by lower(w.valid_at) desc limit 1) v on true
     where v.lineage @> array[${unit}]::uuid[] and v.tier = ${kind.tier}
     order by v.code nulls last, v.name_en, period`.execute(db)
  return rows
}

function rowOf(kind: ReportKind, cells: readonly Row[], on: Day) {
  const [first] = cells
  return {
    unit: first?.unit ?? '',
    name: { zh: first?.zh ?? '', en: first?.en ?? '' },
    cells: cells.map((cell) => cellOf(kind, cell, on)),
  }
}

const LIGHTS: Readonly<Record<State, Light>> = { none: 'none', sent: 'yellow', returned: 'red', passed: 'green' }

function cellOf(kind: ReportKind, { period, report, state, sentOn, due }: Row, on: Day): BoardCell {
  if (report === null || state === null) {
    const isLate = due !== null && due < on
    const words = isLate ? WORDS.late : WORDS.owed
    return { period, report, state: isLate ? 'late' : 'owed', light: isLate ? 'red' : 'none', words, isLate, due }
  }
  const isScrutinised = kind.scrutiny !== undefined
  const isLate = due !== null && sentOn !== null && sentOn > due
  const words = standing(state, isScrutinised)
  return {
    period,
    report,
    state,
    light: state === 'sent' && !isScrutinised ? 'green' : LIGHTS[state],
    words: isLate ? { zh: words.zh + WORDS.lateSent.zh, en: words.en + WORDS.lateSent.en } : words,
    isLate,
    due,
  }
}
