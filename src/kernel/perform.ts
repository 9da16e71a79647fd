import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { PoolClient } from 'pg'
import { v7 as uuidv7 } from './uuid.ts'
import type { Actor, AnyAct, By, Line, Refusal, RefusalText } from './act.ts'
import { dayOf } from './calendar.ts'
import { canonical } from './canonical.ts'
import type { Charter } from './charter.ts'
import { builderOn, type Database, sentOn, takeFailure, type Tx, type Via } from './db.ts'
import { MASK, masked, parseInput } from './input.ts'
import { settlements } from './obligations.ts'
import { kernelRefusals, NotYourDuty, type Outcome, type Rehearsal, tell } from './outcome.ts'
import { answerable, findBearer, findAdmission, findStanding, type Lineage, type Standing } from './standing.ts'
import { Busy, Turns } from './turns.ts'

const TURN_TIMEOUT_MS = 10_000
const RETRY_PAUSE_MS_MAX = 40

/** What acts run on: the database, the law, and the queue of turns. */
export type Engine = { readonly database: Database; readonly charter: Charter; readonly turns: Turns }

export const engine = (database: Database, charter: Charter, turnTimeoutMs = TURN_TIMEOUT_MS): Engine => ({
  database,
  charter,
  turns: new Turns(turnTimeoutMs),
})

/** Who acts, under which key of their own, when it was done, and through what it came in. */
export type Deed = { readonly actor: Actor; readonly key: string; readonly at: Date; readonly via: Via }

/**
 * Does one act: duty, facts, rule, effect, journal — in that order, in one serializable transaction,
 * acts over one unit in turn. Nothing else in the system writes.
 *
 * The same key with the same input gives the first outcome again; with another input it is refused.
 * Throws `Malformed` and `NotYourDuty`; every other error is a bug.
 */
export async function perform(on: Engine, act: AnyAct, raw: unknown, deed: Deed): Promise<Outcome> {
  const input = parseInput(act.input, raw)
  const digest = createHash('sha256')
    .update(`${act.name}\n${canonical(raw)}`)
    .digest()
  const deadline = performance.now() + TURN_TIMEOUT_MS
  for (let attempt = 1; ; attempt++) {
    const over = await act.over(input, { db: on.database.db, charter: on.charter, on: dayOf(deed.at) })
    const units = [...new Set<string>([over, ...(act.turns?.(input) ?? [])])].toSorted()
    try {
      return await on.turns.take(units, async () => {
        const ahead = await readAhead(on, act, input, deed)
        return inTurn(on, units, deed, (session) =>
          attemptOnce(on, { act, raw, input, digest, over, deed, ahead }, session),
        )
      })
    } catch (error) {
      if (error instanceof Unjournalled) return error.outcome
      if (error instanceof Busy || codeOf(error) === LOCK_NOT_AVAILABLE)
        return refusedUnjournalled('unit-busy', { unit: await nameOfUnit(on.database.db, over) })
      if (!isPassing(error) || performance.now() > deadline) throw error
      await pause(Math.min(RETRY_PAUSE_MS_MAX, 2 ** attempt) * ((digest[attempt % digest.length] ?? 0) / 255))
    }
  }
}

/** What the effect will write down as it stood before, read as of one moment and outside of the act's own transaction. */
async function readAhead({ database, charter }: Engine, act: AnyAct, input: unknown, { at }: Deed): Promise<unknown> {
  if (!act.ahead) return undefined
  return database.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => act.ahead?.(tx, input, { db: tx, charter, on: dayOf(at) }) as Promise<unknown>)
}

/** Says what would be refused, and changes nothing. */
export async function rehearse(
  on: Engine,
  act: AnyAct,
  raw: unknown,
  deed: Omit<Deed, 'key' | 'via'>,
): Promise<Rehearsal> {
  const input = parseInput(act.input, raw)
  const over = await act.over(input, { db: on.database.db, charter: on.charter, on: dayOf(deed.at) })
  return on.database.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      try {
        const { by } = await admit(tx, on.charter, act, over, uuidv7(), deed)
        await actForUnit(tx, act, by)
        const { refusals, advice } = await ruling(tx, act, input, by)
        const told = new Set(refusals.map((refusal) => refusal.code))
        const topics = Object.entries(act.refusals as Readonly<Record<string, RefusalText>>)
        return {
          refusals: refusals.map((refusal) => tell(act.refusals, refusal)),
          advice: advice.map((line) => tell(act.advice ?? {}, line)),
          fine: topics.flatMap(([code, { topic, notJudgedWith = [] }]) =>
            topic && !told.has(code) && !notJudgedWith.some((other) => told.has(other)) ? [topic] : [],
          ),
        }
      } catch (error) {
        if (error instanceof Unjournalled && error.outcome.outcome === 'refused')
          return { refusals: error.outcome.refusals, advice: [], fine: [] }
        throw error
      }
    })
}

type Session = {
  readonly client: PoolClient
  readonly tx: Tx
  /** Settles when the turn has come: what was done under this key before, if anything. */
  readonly turn: Promise<Earlier | undefined>
  /** Its turn is over: the locks went with the end of the transaction. */
  hasLeft: boolean
}
type Earlier = { id: string; outcome: Outcome['outcome']; detail: Record<string, unknown>; input_digest: Buffer }

type Attempt = {
  readonly act: AnyAct
  readonly raw: unknown
  readonly input: unknown
  readonly digest: Buffer
  readonly over: string
  readonly deed: Deed
  readonly ahead: unknown
}

async function attemptOnce(
  on: Engine,
  { act, raw, input, digest, over, deed, ahead }: Attempt,
  session: Session,
): Promise<Outcome> {
  const { client, tx } = session
  const id = uuidv7()
  // Asked in one message with the turn itself; the answer counts only if the key is new. Both are waited for, so that nothing is asked
  // on the connection after it was given back.
  const [turned, admitted] = await Promise.allSettled([session.turn, admit(tx, on.charter, act, over, id, deed)])
  if (turned.status === 'rejected') throw turned.reason
  const earlier = turned.value
  if (earlier)
    return earlier.input_digest.equals(digest)
      ? ({ id: earlier.id, outcome: earlier.outcome, ...earlier.detail } as Outcome)
      : refusedUnjournalled('key-reused', {})
  if (admitted.status === 'rejected') throw admitted.reason
  const { by, standing } = admitted.value
  const entry = { act, raw, digest, deed, by, standing }

  await actForUnit(tx, act, by)
  const { facts, refusals } = await ruling(tx, act, input, by)
  if (refusals.length === 0) {
    const result: unknown = await act.effect(tx, input, facts, by, ahead)
    const kept = act.confidential ? MASK : (result ?? null)
    // Sent together: if one fails, those behind it fail too, and the commit rolls back.
    await Promise.all([
      ...sentOn(tx),
      ...settlements(act, input, result, by).map(([text, values]) => client.query(text, values)),
      journalAndCommit(session, { ...entry, outcome: 'done', detail: { result: kept } }),
    ])
    return { id, outcome: 'done', result: result ?? null }
  }
  const told = refusals.map((refusal) => tell(act.refusals, refusal))
  await journalAndCommit(session, { ...entry, outcome: 'refused', detail: { refusals: told } })
  return { id, outcome: 'refused', refusals: told }
}

/** Whether this person, in this seat, on this day, may do the act over the unit: the charter decides. */
async function admit(
  tx: Tx,
  charter: Charter,
  act: AnyAct,
  over: string,
  id: string,
  { actor, at }: Omit<Deed, 'key' | 'via'>,
) {
  const day = dayOf(at)
  const version = charter.versionOn(day)
  if (!version) throw new Unjournalled('no-charter-in-force', { day })
  const duty = charter.findDuty(act.duty, day)
  if (!duty) throw new Unjournalled('duty-not-in-force', { day, version: version.id, duty: act.duty })
  const { found, beside } = await findAdmission(tx, over, actor.kind === 'person' ? actor.seat : null, day)
  const lineage = found ?? (act.founding ? rootToBe(charter, over) : undefined)
  if (!lineage) throw new Unjournalled('unit-unknown', { day, unit: over })
  const bearer = findBearer(charter, duty, lineage)
  const standing = await findStanding(tx, {
    charter,
    duty,
    lineage,
    bearer,
    actor,
    day,
    automatic: act.automatic === true,
    beside,
  })
  if (!standing)
    throw new NotYourDuty(
      { id: duty.id, title: duty.title },
      lineage[0],
      await answerable(tx, charter, duty, lineage, day),
    )
  const codes = lineage.map((unit) => unit.code)
  const by: By = {
    act: id,
    actor,
    principal: standing.principal,
    at,
    on: day,
    charter,
    lineage,
    bearer: bearer?.unit ?? lineage[0],
    parameter: (name, on = day) => charter.getParameter(name, on, codes),
    findParameter: (name, on = day) => charter.findParameter(name, on, codes),
  }
  return { by, standing }
}

/** Opens the rows of personal data that the unit whose duty it is may see, and those of whoever acts, for acts that work with them. */
async function actForUnit(tx: Tx, act: AnyAct, by: By) {
  const person = by.actor.kind === 'person' ? by.actor.person : ''
  if (act.rowSecurity)
    await sql`select set_config('app.unit', ${by.bearer.id}, true), set_config('app.person', ${person}, true)`.execute(
      tx,
    )
}

const rootToBe = (charter: Charter, id: string): Lineage => [
  { id, tier: charter.tiers[0]?.id ?? '', code: null, name: charter.text.title },
]

async function ruling(tx: Tx, act: AnyAct, input: unknown, by: By) {
  const facts: unknown = await act.facts(tx, input, by)
  const say =
    (weight: Refusal['weight']) =>
    <Code extends string>(code: Code, about: Readonly<Record<string, unknown>> = {}): Refusal<Code> => ({
      code,
      facts: about,
      weight,
    })
  const lines = act.rule(facts, input, say('refusal'), by, say('advice')) as readonly Line<string>[]
  const reasons = lines.filter((line): line is Refusal => typeof line === 'object')
  if (lines.includes(false)) throw new Error(`A line of ${act.name}'s rule is false without a reason.`)
  return {
    facts,
    refusals: reasons.filter((line) => line.weight === 'refusal'),
    advice: reasons.filter((line) => line.weight === 'advice'),
  }
}

const JOURNAL = `insert into journal (id, act, duty, charter_version, actor_kind, person_id, seat_unit_id, seat_post, ground,
  principal_id, delegation_id, unit_id, done_at, done_on, actor, idempotency_key, input_digest, input, outcome, detail, via)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`

/** Writes the act down and commits, in one round trip. */
async function journalAndCommit(session: Session, entry: Entry): Promise<void> {
  const { act, raw, digest, deed, by, standing, outcome, detail } = entry
  const person = deed.actor.kind === 'person' ? deed.actor : undefined
  const written = session.client.query(JOURNAL, [
    by.act,
    act.name,
    act.duty,
    by.charter.versionOn(by.on)?.id ?? '',
    deed.actor.kind,
    person?.person ?? null,
    person?.seat.unit ?? null,
    person?.seat.post ?? null,
    standing.ground,
    standing.principal?.id ?? null,
    standing.ground === 'delegation' ? (person?.delegation ?? null) : null,
    by.lineage[0].id,
    deed.at,
    by.on,
    actorKey(deed.actor),
    deed.key,
    digest,
    JSON.stringify(masked(act.input, raw)),
    outcome,
    JSON.stringify(detail, bigintAsText),
    deed.via,
  ])
  // A commit after a failed statement rolls back; the failure itself is what the caller hears of.
  await Promise.all([written, end(session, 'commit')])
}

type Entry = {
  readonly act: AnyAct
  readonly raw: unknown
  readonly digest: Buffer
  readonly deed: Deed
  readonly by: By
  readonly standing: Standing
  readonly outcome: Outcome['outcome']
  readonly detail: object
}

/** Whose keys these are: a key means something only for the one who chose it. */
const actorKey = (actor: Actor) =>
  actor.kind === 'person' ? actor.person : actor.kind === 'public' ? `public ${actor.from}` : 'mechanism'

const TAKE_TURN = 'select id, outcome, detail, input_digest from take_turn($1, $2, $3)'
const LEAVE_TURN = 'select pg_advisory_unlock_all()'

/**
 * Takes the units' locks across processes, in one order and before the transaction begins, on one connection held throughout;
 * and then looks whether the key was used before, still outside the transaction, where reading it can't conflict with a neighbour.
 * The transaction's beginning travels in the same message, behind the locks.
 */
async function inTurn<T>(
  on: Engine,
  units: readonly string[],
  deed: Deed,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const client = await on.database.pool.connect()
  takeFailure(client)
  const turn = Promise.all([
    client.query<Earlier>(TAKE_TURN, [units, actorKey(deed.actor), deed.key]),
    client.query('begin isolation level serializable'),
  ]).then(([{ rows }]) => rows[0])
  const session: Session = { client, tx: builderOn(client, on.database.pool), turn, hasLeft: false }
  let isBroken = false
  try {
    try {
      return await work(session)
    } finally {
      void sentOn(session.tx)
      if (!session.hasLeft) await end(session, 'rollback')
    }
  } catch (heard) {
    const error = takeFailure(client, heard)
    isBroken = codeOf(error) === undefined && !(error instanceof NotYourDuty) && !(error instanceof Unjournalled)
    throw error
  } finally {
    client.release(isBroken)
  }
}

/** Ends the transaction and leaves the turn in one message; a commit that fails takes the rest of its message with it. */
async function end(session: Session, how: 'commit' | 'rollback'): Promise<void> {
  const results = (await session.client.query(`${how}; ${LEAVE_TURN}`)) as unknown as readonly { command: string }[]
  session.hasLeft = true
  if (how === 'commit' && results[0]?.command !== 'COMMIT')
    throw new Error('The transaction had failed before it was committed.')
}

/** A refusal by the kernel itself: told, and not written down. */
class Unjournalled extends Error {
  readonly outcome: Outcome
  constructor(code: keyof typeof kernelRefusals, facts: Readonly<Record<string, unknown>>) {
    super(code)
    this.outcome = refusedUnjournalled(code, facts)
  }
}

const refusedUnjournalled = (code: keyof typeof kernelRefusals, facts: Readonly<Record<string, unknown>>): Outcome => ({
  id: '',
  outcome: 'refused',
  refusals: [tell(kernelRefusals, { code, facts })],
})

const SERIALIZATION_FAILURE = '40001'
const DEADLOCK = '40P01'
const LOCK_NOT_AVAILABLE = '55P03'
const UNIQUE_VIOLATION = '23505'

/** Neighbours that met each other wait for different lengths of time before they try again. */
const pause = (ms: number) => new Promise<void>((resume) => setTimeout(resume, ms))

const codeOf = (error: unknown) => (error as { code?: string } | null)?.code

/** Failures that another attempt may not meet: a conflict with a neighbour, or the same key arriving twice at once. */
const isPassing = (error: unknown) =>
  codeOf(error) === SERIALIZATION_FAILURE ||
  codeOf(error) === DEADLOCK ||
  (codeOf(error) === UNIQUE_VIOLATION && (error as { constraint?: string }).constraint === 'journal_key_once')

async function nameOfUnit(tx: Tx, unit: string) {
  const row = await tx
    .selectFrom('unit_version')
    .select(['name_zh as zh', 'name_en as en'])
    .where('unit_id', '=', unit)
    .limit(1)
    .executeTakeFirst()
  return row ?? unit
}

const bigintAsText = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)
