import { sql } from 'kysely'
import { z } from 'zod'
import type { By, Line, RefusalText, Refuse } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import type { Day, Text } from '#kernel/words.ts'
import { type ProjectKind, projectKinds } from '#features/projects/index.ts'
import type { FenText } from './answers.ts'
import { isOwnBooks } from './handing.ts'
import { Note } from './holding.ts'
import { findLine, type FundLine, FundLineId, InBooks } from './lines.ts'
import { type measures, summed } from './reading.ts'

/** What an announcement names: whose money, and of which line. All else is known. */
export const disclosingInput = z.object({ unit: InBooks.unit, line: FundLineId, note: Note })

/** What is said of a line wherever it is announced. */
export type LineSaid = {
  readonly name: Text
  readonly source: FundLine['source']
  readonly year: number
  readonly document: string
  readonly earmark: Text | null
  readonly madeUp: boolean
}

/** What a county got and does with it: the total, where it comes from, and each project with its fields and its money. */
export type ReceivedContent = {
  readonly line: LineSaid
  readonly totalFen: FenText
  readonly heldFen: FenText
  readonly committedFen: FenText
  readonly paidFen: FenText
  readonly feeFen: FenText
  readonly sources: readonly {
    readonly unit: Text
    readonly line: Text
    readonly document: string
    readonly on: Day
    readonly amountFen: FenText
  }[]
  readonly projects: readonly ProjectSaid[]
}
export type ProjectSaid = {
  readonly project: string
  readonly code: string
  readonly name: string
  readonly kind: ProjectKind
  readonly kindName: Text
  readonly place: string | null
  readonly task: string | null
  readonly startsOn: Day | null
  readonly endsOn: Day | null
  readonly responsible: string | null
  readonly target: string | null
  readonly households: number | null
  readonly persons: number | null
  readonly amountFen: FenText | null
  readonly committedFen: FenText
  readonly paidFen: FenText
}

/** What an upper level gave to whom. */
export type AllocationContent = {
  readonly line: LineSaid
  readonly totalFen: FenText
  readonly heldFen: FenText
  readonly shares: readonly { readonly unit: string; readonly name: Text; readonly amountFen: FenText }[]
}

export const disclosingRefusals = {
  'not-own-books': {
    zh: '这项职责由{bearer}承担，公开的是{bearer}的账，不是{unit}的账。',
    en: 'This is {bearer}’s duty, about its own books and not those of {unit}.',
    topic: { zh: '公开的是本级的账', en: 'the books are your own' },
  },
  'unknown-line': {
    zh: '{day}没有这笔资金（{line}）。',
    en: 'There was no such line of money ({line}) on {day}.',
    topic: { zh: '资金存在', en: 'the line exists' },
  },
} as const satisfies Record<string, RefusalText>

export const disclosingLines = (
  line: FundLine | undefined,
  id: string,
  refuse: Refuse<keyof typeof disclosingRefusals>,
  by: By,
): Line<keyof typeof disclosingRefusals>[] => [
  isOwnBooks(refuse, by),
  line !== undefined || refuse('unknown-line', { line: id, day: by.on }),
]

const said = (line: FundLine): LineSaid => ({
  name: line.name,
  source: line.source,
  year: line.year,
  document: line.document,
  earmark: line.earmark === null ? null : projectKinds[line.earmark],
  madeUp: line.madeUp,
})

const told = ['received', 'committed', 'paid', 'fee', 'idle'] as const satisfies (keyof typeof measures)[]
/** `came`, `went`: whether anything ever did, also where it was put right afterwards. */
type Sums = Record<(typeof told)[number], bigint> & { came: boolean; went: boolean }

/** What happened to a line at some units taken as one, in the books of all years. */
async function sumsOf(tx: Tx, units: readonly string[], line: string): Promise<Sums> {
  const { rows } = await sql<Sums>`
    select ${sql.join(told.map((name) => sql`${summed(name)} as ${sql.ref(name)}`))},
           coalesce(bool_or(f.flow in ('allocate in', 'pool in', 'return in', 'take-over in', 'take-over committed in')), false) as came,
           coalesce(bool_or(f.flow = 'allocate out'), false) as went
      from fund_flow f where f.line_id = ${line} and f.unit_id = any (${units}::uuid[])`.execute(tx)
  return rows[0] ?? { received: 0n, committed: 0n, paid: 0n, fee: 0n, idle: 0n, came: false, went: false }
}

/** A unit with every closed one that it alone carries on: what they got and gave is its to tell. */
async function unitsAsOne(tx: Tx, unit: string, on: Day): Promise<readonly string[]> {
  const { rows } = await sql<{ unit: string }>`
    with recursive before as (
      select from_unit_id as unit_id from unit_succession where to_unit_id = ${unit} and on_day <= ${on}::date
      union
      select s.from_unit_id from before b join unit_succession s on s.to_unit_id = b.unit_id)
    select b.unit_id as unit from before b
     where (select array_agg(h.unit_id) from unit_heirs_on(b.unit_id, ${on}::date) h) = array[${unit}::uuid]`.execute(
    tx,
  )
  return [unit, ...rows.map((row) => row.unit)]
}

/** What a county has to tell of a line; nothing where it received nothing. */
export async function readReceived(tx: Tx, unit: string, id: string, on: Day) {
  const units = await unitsAsOne(tx, unit, on)
  const [line, sums, sources, projects] = await Promise.all([
    findLine(tx, id, on),
    sumsOf(tx, units, id),
    readSources(tx, units, id, on),
    readProjectsOf(tx, units, id),
  ])
  if (!line || !sums.came) return { line, content: null }
  const content: ReceivedContent = {
    line: said(line),
    totalFen: sums.received.toString(),
    heldFen: sums.idle.toString(),
    committedFen: sums.committed.toString(),
    paidFen: sums.paid.toString(),
    feeFen: sums.fee.toString(),
    sources,
    projects,
  }
  return { line, content }
}

/** The documents by which money of a line came, and from where; what was reversed is left out. */
async function readSources(
  tx: Tx,
  units: readonly string[],
  line: string,
  on: Day,
): Promise<ReceivedContent['sources']> {
  type Row = Record<'zh' | 'en' | 'line_zh' | 'line_en' | 'document' | 'on', string> & { amount: bigint }
  const { rows } = await sql<Row>`
    select v.name_zh as zh, v.name_en as en, l.name_zh as line_zh, l.name_en as line_en, p.document, p.on_day as "on",
           sum(t.amount)::bigint as amount
      from fund_account a
      join fund_transfer t on t.to_account = a.id and t.kind in ('allocate', 'pool', 'take-over')
      join fund_posting p on p.act_id = t.act_id
      join fund_account g on g.id = t.from_account
      join fund_line l on l.id = g.line_id
     cross join lateral (select w.name_zh, w.name_en from unit_version w where w.unit_id = g.unit_id and lower(w.valid_at) <= ${on}::date
                          order by lower(w.valid_at) desc limit 1) v
     where a.line_id = ${line} and a.unit_id = any (${units}::uuid[]) and a.kind in ('available', 'committed')
       and not (t.kind = 'take-over' and g.unit_id = any (${units}::uuid[]))
       and not exists (select from fund_transfer r where r.reverses_act = t.act_id and r.reverses_n = t.n)
     group by 1, 2, 3, 4, 5, 6 order by 6, 5, 3`.execute(tx)
  return rows.map((row) => ({
    unit: { zh: row.zh, en: row.en },
    line: { zh: row.line_zh, en: row.line_en },
    document: row.document,
    on: row.on,
    amountFen: row.amount.toString(),
  }))
}

/** The projects that got money of a line at a unit, as they stand in the library. */
async function readProjectsOf(tx: Tx, units: readonly string[], line: string): Promise<readonly ProjectSaid[]> {
  type Row = Omit<ProjectSaid, 'kindName' | 'amountFen' | 'committedFen' | 'paidFen'> &
    Record<'committed' | 'paid', bigint> & { amount: bigint | null }
  const { rows } = await sql<Row>`
    select p.id as project, p.code, v.name, v.kind, v.place, v.task, v.starts_on as "startsOn", v.ends_on as "endsOn", v.responsible,
           v.target, v.households, v.persons, v.amount_fen as amount, s.committed, s.paid
      from (select a.project_id, coalesce(sum(a.balance), 0)::bigint as committed,
                   coalesce(sum(a.balance) filter (where a.kind = 'paid'), 0)::bigint as paid
              from fund_account a
             where a.line_id = ${line} and a.unit_id = any (${units}::uuid[]) and a.kind in ('committed', 'paid') group by a.project_id) s
      join project p on p.id = s.project_id
      join project_admission m on m.project_id = p.id
      join project_version v on v.project_id = p.id and v.version = m.version
     where s.committed > 0
     order by p.code`.execute(tx)
  return rows.map(({ committed, paid, amount, ...row }) => ({
    ...row,
    kindName: projectKinds[row.kind],
    amountFen: amount?.toString() ?? null,
    committedFen: committed.toString(),
    paidFen: paid.toString(),
  }))
}

/** What a unit has to tell of how it shared a line out; nothing where it gave nobody anything. */
export async function readAllocation(tx: Tx, unit: string, id: string, on: Day) {
  const units = await unitsAsOne(tx, unit, on)
  const [line, sums, shares] = await Promise.all([
    findLine(tx, id, on),
    sumsOf(tx, units, id),
    sql<{ unit: string; zh: string; en: string; amount: bigint }>`
      select g.unit_id as unit, v.name_zh as zh, v.name_en as en, sum(t.amount)::bigint as amount
        from fund_account a
        join fund_transfer t on t.from_account = a.id and t.kind = 'allocate'
        join fund_account g on g.id = t.to_account
       cross join lateral (select w.name_zh, w.name_en, w.code from unit_version w where w.unit_id = g.unit_id
                              and lower(w.valid_at) <= ${on}::date order by lower(w.valid_at) desc limit 1) v
       where a.line_id = ${id} and a.unit_id = any (${units}::uuid[]) and a.kind = 'available'
         and not exists (select from fund_transfer r where r.reverses_act = t.act_id and r.reverses_n = t.n)
       group by 1, 2, 3, v.code order by v.code nulls last, 1`.execute(tx),
  ])
  if (!line || !sums.went) return { line, content: null }
  const given = shares.rows.reduce((sum, { amount }) => sum + amount, 0n)
  const content: AllocationContent = {
    line: said(line),
    totalFen: (given + sums.idle).toString(),
    heldFen: sums.idle.toString(),
    shares: shares.rows.map(({ zh, en, amount, ...row }) => ({
      ...row,
      name: { zh, en },
      amountFen: amount.toString(),
    })),
  }
  return { line, content }
}

/** Puts an announcement before the public: as it stood on the day, for good. */
export const disclosed = (
  tx: Tx,
  by: By,
  row: {
    readonly id: string
    readonly unit: string
    readonly line: FundLine
    readonly kind: 'received' | 'allocation'
    readonly content: ReceivedContent | AllocationContent
    readonly note: string | undefined
  },
) =>
  sql`
  insert into fund_disclosure (id, unit_id, line_id, year, kind, content, note, on_day, act_id)
  values (${row.id}, ${row.unit}, ${row.line.line}, ${row.line.year}, ${row.kind}, ${JSON.stringify(row.content)}, ${row.note ?? null},
          ${by.on}, ${by.act})`.compile(tx)
