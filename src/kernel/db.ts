import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { type ColumnType, type CompiledQuery, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'

type Dated = ColumnType<string, string, string>

/** The tables that permission and memory stand on; each slice adds its own by `declare module '#kernel/db.ts'`. */
export interface DB {
  journal: {
    id: string
    seq: ColumnType<bigint, never, never>
    act: string
    duty: string
    charter_version: string
    actor_kind: 'person' | 'public' | 'mechanism'
    person_id: string | null
    seat_unit_id: string | null
    seat_post: string | null
    ground: Ground
    principal_id: string | null
    delegation_id: string | null
    unit_id: string
    done_at: Date
    done_on: string
    recorded_at: ColumnType<Date, never, never>
    actor: string
    idempotency_key: string
    input_digest: Buffer
    input: ColumnType<Record<string, unknown>, string, never>
    outcome: 'done' | 'refused'
    detail: ColumnType<Record<string, unknown>, string, never>
    via: Via
  }
  unit: { id: string; established_on: string; closed_on: string | null; act_id: string }
  unit_version: {
    unit_id: string
    valid_at: Dated
    tier: string
    name_zh: string
    name_en: string
    code: string | null
    parent_id: string | null
    lineage: string[]
    act_id: string
  }
  unit_succession: { from_unit_id: string; to_unit_id: string; on_day: string; share: string; act_id: string }
  unit_designation: { unit_id: string; kind: string; valid_at: Dated; act_id: string; ended_by: string | null }
  person: { id: string; name_zh: string; name_en: string; made_up: boolean; act_id: string }
  appointment: {
    unit_id: string
    post: string
    person_id: string
    capacity: 'holder' | 'acting'
    valid_at: Dated
    act_id: string
    ended_by: string | null
  }
  delegation: {
    id: string
    unit_id: string
    post: string
    principal_id: string
    duty: string
    person_id: string
    over_unit_id: string | null
    valid_at: Dated
    act_id: string
    recalled_by: string | null
  }
  obligation_item: {
    id: string
    obligation: string
    duty: string
    charter_version: string
    unit_id: string
    subject: string
    opened_on: string
    due_on: string
    opened_by: string
    met_on: string | null
    met_by: string | null
    lapsed_on: string | null
    lapsed_by: string | null
  }
}

/** On what ground somebody acted: their own appointment, a delegation, a vacancy below, a public right, the clock. */
export type Ground = 'appointment' | 'delegation' | 'vacancy' | 'public' | 'mechanism'
export type Via = 'web' | 'cli' | 'replay' | 'job' | 'test'

export type Db = Kysely<DB>
/** The one connection of an act, inside its transaction. */
export type Tx = Kysely<DB>

const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.DATE, (day) => day)
types.setTypeParser(pg.types.builtins.INT8, (value) => BigInt(value))
types.setTypeParser(pg.types.builtins.NUMERIC, (value) => Number(value))
const UUID_ARRAY = 2951
// Lineages are read by the thousand. Ids hold neither quotes nor commas; the general parser looks at every letter for them.
types.setTypeParser(UUID_ARRAY as never, (value) =>
  value.length <= 2
    ? []
    : value
        .slice(1, -1)
        .split(',')
        .map((id) => (id === 'NULL' ? null : id)),
)

const PREPARED_MAX = 1000
const prepared = new Map<string, string>()

/** A stable name for a statement, so that a connection plans it once; beyond the limit statements stay unnamed. */
function nameOf(text: string): string | undefined {
  const known = prepared.get(text)
  if (known || prepared.size >= PREPARED_MAX) return known
  const name = createHash('sha1').update(text).digest('base64url')
  prepared.set(text, name)
  return name
}

type ServerError = { readonly code?: string }
const IN_FAILED_TRANSACTION = '25P02'

class PreparingClient extends pg.Client {
  #isHolding = false
  /** What went wrong first since somebody last asked, of all that was asked at once. */
  failure: ServerError | undefined

  constructor(config?: pg.ClientConfig) {
    super(config)
    const { connection } = this as unknown as { connection: NodeJS.EventEmitter }
    connection.on('errorMessage', (error: ServerError) => {
      if (error.code !== IN_FAILED_TRANSACTION) this.failure ??= error
    })
  }

  /** What is asked within one turn of the event loop leaves in one write: a system call for each statement costs more than the statement. */
  #hold() {
    const { stream } = (this as unknown as { connection: { stream: { cork(): void; uncork(): void } } }).connection
    if (this.#isHolding) return
    this.#isHolding = true
    stream.cork()
    setImmediate(() => {
      this.#isHolding = false
      stream.uncork()
    })
  }

  // @ts-expect-error: pg's `query` has many overloads; this narrows one of them and passes the others on untouched.
  override query(text: unknown, values?: unknown, ...rest: unknown[]) {
    this.#hold()
    const inherited = super.query.bind(this) as (...args: unknown[]) => unknown
    if (typeof text === 'string' && Array.isArray(values) && values.length > 0 && rest.length === 0)
      return inherited({ name: nameOf(text), text, values })
    return inherited(text, values, ...rest)
  }
}

/**
 * Why a transaction failed. Of questions asked at once, those behind the one that failed hear only that the transaction is over, and may be heard
 * of first; the connection knows which came before them.
 */
export function takeFailure(client: pg.PoolClient, heard?: unknown): unknown {
  const held = client as unknown as PreparingClient
  const { failure } = held
  held.failure = undefined
  return (heard as ServerError | null | undefined)?.code === IN_FAILED_TRANSACTION && failure ? failure : heard
}

export type DbOptions = pg.PoolConfig & {
  /** Whether acts run on it: short lock waits, and row-grained predicate locks instead of whole small tables. */
  readonly forActs?: boolean
  /** How long a statement may wait for a lock. */
  readonly lockTimeoutMs?: number
  /** Whether it is only read from: a statement that would write fails, whatever the role may do. */
  readonly readOnly?: boolean
}

const LOCK_TIMEOUT_MS = 10_000
const STATEMENT_TIMEOUT_MS = 60_000

/**
 * Acts read a few rows by their keys. Whole-table and bitmap scans would put predicate locks on pages that every other act
 * writes to, so that serializable acts over different units would fail on each other for nothing. For the same reason a condition on
 * a `valid_at` beside a key is written `(valid_at @> day) is true`: it keeps the planner off the GiST index and on the key's own.
 */
const ROW_GRAINED = ' -c enable_seqscan=off -c enable_bitmapscan=off'

/**
 * An act's questions go by keys whatever they are asked with, so each is planned once for a connection: planning them anew was a fifth of
 * what acts cost the database (decision 6).
 */
const PLANNED_ONCE = ' -c plan_cache_mode=force_generic_plan'

/**
 * Questions are planned for the very day and unit that they are asked with: a plan for any day takes a day's map for a
 * handful of rows, and joins whole countries row by row.
 */
const DAY_GRAINED = ' -c plan_cache_mode=force_custom_plan'

/**
 * Acts keep the processors busy; more of them at once than that would only meet each other's predicate locks and be tried again.
 * Whoever waits for a connection waits a few milliseconds.
 */
const ACTS_AT_ONCE = 2 * availableParallelism()
const READS_AT_ONCE = 16

/** A pool of connections, and the query builder on it. */
export type Database = { readonly db: Db; readonly pool: pg.Pool; close(): Promise<void> }

/** Opens a pool. Nothing is connected until the first query. */
export function openDb({
  forActs = false,
  lockTimeoutMs = LOCK_TIMEOUT_MS,
  readOnly = false,
  ...config
}: DbOptions): Database {
  const pool = new pg.Pool({
    max: forActs ? ACTS_AT_ONCE : READS_AT_ONCE,
    ...config,
    Client: PreparingClient as unknown as new () => pg.Client,
    types,
    pipeline: true,
    lock_timeout: lockTimeoutMs,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    options: `-c timezone=UTC${forActs ? ROW_GRAINED + PLANNED_ONCE : DAY_GRAINED}${readOnly ? ' -c default_transaction_read_only=on' : ''}`,
  } as pg.PoolConfig)
  // A connection that breaks while idle is replaced at its next use; without a listener it would end the process.
  pool.on('error', () => undefined)
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  return { db, pool, close: () => db.destroy() }
}

const bound = new WeakMap<pg.PoolClient, Tx>()

/** The query builder on one connection that is held already, so that an act's reads and writes share its transaction. */
export function builderOn(client: pg.PoolClient, pool: pg.Pool): Tx {
  let tx = bound.get(client)
  if (!tx) {
    const held = { query: client.query.bind(client), release: () => undefined } as unknown as pg.PoolClient
    const only = { connect: () => Promise.resolve(held), end: () => Promise.resolve(), options: pool.options }
    tx = new Kysely<DB>({ dialect: new PostgresDialect({ pool: only as unknown as pg.Pool }) })
    bound.set(client, tx)
    sending.set(tx, { client, sent: [] })
  }
  return tx
}

const sending = new WeakMap<Tx, { readonly client: pg.PoolClient; readonly sent: Promise<unknown>[] }>()

/**
 * Writes without waiting, for the last of an effect's statements, on whose answers nothing in it depends: they leave in one message
 * with the journal and the commit. If one fails, all that is behind it fails, and the act with it.
 */
export function send(tx: Tx, query: Pick<CompiledQuery, 'sql' | 'parameters'>) {
  const held = sending.get(tx)
  if (!held) throw new Error('Only an act sends, in its own transaction.')
  const written = held.client.query(query.sql, [...query.parameters])
  written.catch(() => undefined)
  held.sent.push(written)
}

/** What was sent and not waited for yet. */
export const sentOn = (tx: Tx): Promise<unknown>[] => sending.get(tx)?.sent.splice(0) ?? []
