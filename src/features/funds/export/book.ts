import { sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import { NotFound } from '#kernel/ask.ts'
import type { Day } from '#kernel/words.ts'
import { type FundedProject, readProjects } from './projects.ts'
import { cursor, type Scope, unitsWithin } from './scope.ts'
import type { TransferKind } from './words.ts'

export type BookUnit = { readonly id: string; readonly code: string | null; readonly zh: string; readonly en: string }
export type BookLine = {
  readonly id: string
  readonly unit: string
  readonly year: number
  readonly source: string
  readonly document: string
  readonly zh: string
  readonly en: string
  readonly madeUp: boolean
}

/** An account as the books keep it. Whether it lies within the scope is known of both sides of every transfer. */
export type BookAccount = {
  readonly line: string
  readonly unit: string
  readonly year: number
  readonly kind: 'source' | 'available' | 'committed' | 'paid' | 'fee'
  readonly project: string | null
  readonly projectCode: string | null
}

export type BookTransfer = {
  readonly act: string
  readonly n: number
  readonly day: Day
  readonly kind: TransferKind
  readonly document: string
  readonly note: string | null
  readonly amount: bigint
  readonly from: BookAccount
  readonly to: BookAccount
  readonly isFromWithin: boolean
  readonly isToWithin: boolean
  readonly fromBalance: bigint
  readonly toBalance: bigint
  /** As it may be shown: a natural person is masked. */
  readonly payee: string | null
  readonly work: string | null
  readonly milestone: number | null
  readonly reverses: { readonly act: string; readonly n: number } | null
}

export type Held = BookAccount & { readonly balance: bigint }

/** The books as of a day, read from one snapshot, a few thousand rows at a time: a million entries need no more memory than one. */
export type Book = {
  readonly scope: Scope
  readonly units: ReadonlyMap<string, BookUnit>
  readonly lines: ReadonlyMap<string, BookLine>
  /** The unit above all others. */
  readonly root: string
  /** The day of the first transfer, or the day asked as of where nothing has moved. */
  readonly firstDay: Day
  /** How many transfers there are. */
  readonly size: number
  /** The units outside whose accounts money came from or went to. */
  readonly outside: readonly string[]
  /** Accounts within the scope on which anything was entered, with what the books say that they hold. */
  accounts(): AsyncGenerator<Held>
  transfers(): AsyncGenerator<BookTransfer>
  /** Everyone paid within the scope, as shown, each once. */
  payees(): AsyncGenerator<string>
  /** Every project that was assigned within the scope, with its money. */
  projects(): AsyncGenerator<FundedProject>
}

/** Opens the books as of a day for as long as they are read. */
export function readBook<Result>(db: Db, scope: Scope, read: (book: Book) => Promise<Result>): Promise<Result> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const [units, lines] = await Promise.all([readUnits(tx, scope.on), readLines(tx)])
      if (scope.unit !== undefined && !units.has(scope.unit))
        throw new NotFound({ zh: '没有这个单位。', en: 'There is no such unit.' })
      const edge = await readEdge(tx, scope)
      const book: Book = {
        scope,
        units: units,
        lines,
        root: [...units.values()].find(({ lineage }) => lineage.length === 1)?.id ?? '',
        firstDay: edge.firstDay ?? scope.on,
        size: edge.size,
        outside: edge.outside,
        accounts: () => held(tx, scope),
        transfers: () => transfers(tx, scope),
        payees: () => payees(tx, scope),
        projects: () => readProjects(tx, scope),
      }
      return read(book)
    })
}

/** Each unit as it was last known on the day: the closed ones too, for their books stay. */
async function readUnits(db: Db, on: Day) {
  const { rows } = await sql<BookUnit & { lineage: string[] }>`
    select distinct on (unit_id) unit_id as id, code, name_zh as zh, name_en as en, lineage
      from unit_version where lower(valid_at) <= ${on} order by unit_id, lower(valid_at) desc`.execute(db)
  return new Map(rows.map((unit) => [unit.id, unit]))
}

async function readLines(db: Db) {
  const { rows } = await sql<BookLine>`
    select id, unit_id as unit, year, source, document, name_zh as zh, name_en as en, made_up as "madeUp"
      from fund_line order by year, document, name_zh, id`.execute(db)
  return new Map(rows.map((line) => [line.id, line]))
}

/** Which accounts are meant, as a table of their ids. */
const within = ({ on, unit, year }: Scope) => sql`
  within as materialized (
    select a.id from fund_account a
     where (${year ?? null}::int is null or a.year = ${year ?? null}::int)
       and ${unitsWithin({ on, unit }, sql`a.unit_id`)})`

async function readEdge(db: Db, scope: Scope) {
  const { rows } = await sql<{ firstDay: Day | null; size: number; outside: string[] | null }>`
    with ${within(scope)}
    select min(t.on_day) as "firstDay", count(*)::int as size,
           array_agg(distinct case when f.id is null then a.unit_id when g.id is null then b.unit_id end)
             filter (where f.id is null or g.id is null) as outside
      from fund_transfer t
      left join within f on f.id = t.from_account
      left join within g on g.id = t.to_account
      join fund_account a on a.id = t.from_account
      join fund_account b on b.id = t.to_account
     where t.on_day <= ${scope.on} and (f.id is not null or g.id is not null)`.execute(db)
  return { firstDay: rows[0]?.firstDay ?? null, size: rows[0]?.size ?? 0, outside: rows[0]?.outside ?? [] }
}

/**
 * What an account holds is what its own row says, less what was entered later than the day: not the sum of the entries that are
 * exported, so that whoever adds those up checks the one against the other.
 */
const held = (db: Db, scope: Scope) =>
  cursor<Held>(
    db,
    'held',
    sql`
    with ${within(scope)}, later as (
      select id, sum(amount)::bigint as amount, count(*) as entries
        from (select from_account as id, -amount as amount from fund_transfer where on_day > ${scope.on}
              union all select to_account, amount from fund_transfer where on_day > ${scope.on}) s group by id)
    select a.line_id as line, a.unit_id as unit, a.year, a.kind, a.project_id as project, p.code as "projectCode",
           a.balance - coalesce(l.amount, 0) as balance
      from fund_account a
      join within w on w.id = a.id
      left join later l on l.id = a.id
      left join project p on p.id = a.project_id
     where a.version > coalesce(l.entries, 0)
     order by a.unit_id, a.year, a.line_id, a.kind, a.id`,
  )

type TransferRow = {
  act: string
  n: number
  day: Day
  kind: TransferKind
  document: string
  note: string | null
  amount: bigint
  from: BookAccount
  to: BookAccount
  isFromWithin: boolean
  isToWithin: boolean
  fromBalance: bigint
  toBalance: bigint
  payee: string | null
  work: string | null
  milestone: number | null
  reversesAct: string | null
  reversesN: number | null
}

const account = (a: string, p: string) =>
  sql`jsonb_build_object('line', ${sql.ref(`${a}.line_id`)}, 'unit', ${sql.ref(`${a}.unit_id`)}, 'year', ${sql.ref(`${a}.year`)},
    'kind', ${sql.ref(`${a}.kind`)}, 'project', ${sql.ref(`${a}.project_id`)}, 'projectCode', ${sql.ref(`${p}.code`)})`

async function* transfers(db: Db, scope: Scope): AsyncGenerator<BookTransfer> {
  const rows = cursor<TransferRow>(
    db,
    'transfers',
    sql`
    with ${within(scope)}
    select t.act_id as act, t.n, t.on_day as day, t.kind, d.document, d.note, t.amount,
           ${account('a', 'p')} as "from", ${account('b', 'q')} as "to",
           f.id is not null as "isFromWithin", g.id is not null as "isToWithin",
           t.from_balance as "fromBalance", t.to_balance as "toBalance", y.shown as payee, t.work, t.milestone,
           t.reverses_act as "reversesAct", t.reverses_n as "reversesN"
      from fund_transfer t
      join fund_posting d on d.act_id = t.act_id
      join fund_account a on a.id = t.from_account
      join fund_account b on b.id = t.to_account
      left join within f on f.id = a.id
      left join within g on g.id = b.id
      left join project p on p.id = a.project_id
      left join project q on q.id = b.project_id
      left join payee y on y.id = t.payee_id
     where t.on_day <= ${scope.on} and (f.id is not null or g.id is not null)
     order by t.on_day, t.act_id, t.n`,
  )
  for await (const { reversesAct, reversesN, ...row } of rows)
    yield { ...row, reverses: reversesAct !== null && reversesN !== null ? { act: reversesAct, n: reversesN } : null }
}

async function* payees(db: Db, scope: Scope): AsyncGenerator<string> {
  const rows = cursor<{ shown: string }>(
    db,
    'payees',
    sql`
    with ${within(scope)}
    select distinct y.shown from fund_transfer t join payee y on y.id = t.payee_id
     where t.on_day <= ${scope.on} and (t.from_account in (select id from within) or t.to_account in (select id from within))
     order by 1`,
  )
  for await (const { shown } of rows) yield shown
}
