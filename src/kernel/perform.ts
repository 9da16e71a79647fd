import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { PoolClient } from 'pg'
import { v7 as uuidv7 } from './uuid.ts'
import type { Actor, AnyAct, By, Line, Refusal } from './act.ts'
import { dayOf } from './calendar.ts'
import { canonical } from './canonical.ts'
import type { Charter } from './charter.ts'
import { builderOn, type Database, type Tx, type Via } from './db.ts'
import { MASK, masked, parseInput } from './input.ts'
import { settleObligations } from './obligations.ts'
import { kernelRefusals, NotYourDuty, type Outcome, type Rehearsal, tell } from './outcome.ts'
import { answerable, findBearer, findLineage, findStanding, type Lineage, type Standing } from './standing.ts'
import { Busy, Turns } from './turns.ts'

const TURN_TIMEOUT_MS = 10_000
const RETRY_PAUSE_MS_MAX = 40

/** What acts run on: the database, the law, and the queue of turns. */
export type Engine = { readonly database: Database; readonly charter: Charter; readonly turns: Turns }

export const engine = (database: Database, charter: Charter): Engine => ({
  database,
  charter,
  turns: new Turns(TURN_TIMEOUT_MS),
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
  const digest = createHash('sha256').update(`${act.name}\n${canonical(raw)}`).digest()
  const deadline = performance.now() + TURN_TIMEOUT_MS
  for (let attempt = 1; ; attempt++) {
    const over = await act.over(input, { db: on.database.db, charter: on.charter, on: dayOf(deed.at) })
    const units = [...new Set<string>([over, ...(act.turns?.(input) ?? [])])].toSorted()
    try {
      return await on.turns.take(units, () => inTurn(on, units, (session) => attemptOnce(on, act, raw, input, digest, over, deed, session)))
    } catch (error) {
      if (error instanceof Unjournalled) return error.outcome
      if (error instanceof Busy || codeOf(error) === LOCK_NOT_AVAILABLE)
        return refusedUnjournalled('unit-busy', { unit: await nameOfUnit(on.database.db, over) })
      if (!isPassing(error) || performance.now() > deadline) throw error
      await pause(Math.min(RETRY_PAUSE_MS_MAX, 2 ** attempt) * ((digest[attempt % digest.length] ?? 0) / 255))
    }
  }
}

/** Says what would be refused, and changes nothing. */
export async function rehearse(on: Engine, act: AnyAct, raw: unknown, deed: Omit<Deed, 'key' | 'via'>): Promise<Rehearsal> {
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
        const topics = Object.entries(act.refusals as Record<string, { topic?: { zh: string; en: string } }>)
        return {
          refusals: refusals.map((refusal) => tell(act.refusals, refusal)),
          advice: advice.map((line) => tell(act.advice ?? {}, line)),
          fine: topics.flatMap(([code, { topic }]) => (topic && !told.has(code) ? [topic] : [])),
        }
      } catch (error) {
        if (error instanceof Unjournalled && error.outcome.outcome === 'refused')
          return { refusals: error.outcome.refusals, advice: [], fine: [] }
        throw error
      }
    })
}

type Session = { readonly client: PoolClient; readonly tx: Tx }

async function attemptOnce(
  on: Engine,
  act: AnyAct,
  raw: unknown,
  input: unknown,
  digest: Buffer,
  over: string,
  deed: Deed,
  { client, tx }: Session,
): Promise<Outcome> {
  const earlier = await findEarlier(tx, deed)
  if (earlier)
    return earlier.input_digest.equals(digest)
      ? ({ id: earlier.id, outcome: earlier.outcome, ...earlier.detail } as Outcome)
      : refusedUnjournalled('key-reused', {})

  const id = uuidv7()
  const begun = client.query('begin isolation level serializable')
  try {
    const [{ by, standing }] = await Promise.all([admit(tx, on.charter, act, over, id, deed), begun])
    await actForUnit(tx, act, by)
    const { facts, refusals } = await ruling(tx, act, input, by)
    if (refusals.length === 0) {
      const result: unknown = await act.effect(tx, input, facts, by)
      await settleObligations(tx, act, input, result, by)
      const kept = act.confidential ? MASK : (result ?? null)
      await journal(tx, act, raw, digest, deed, by, standing, 'done', { result: kept })
      await commit(client)
      return { id, outcome: 'done', result: result ?? null }
    }
    const told = refusals.map((refusal) => tell(act.refusals, refusal))
    await journal(tx, act, raw, digest, deed, by, standing, 'refused', { refusals: told })
    await commit(client)
    return { id, outcome: 'refused', refusals: told }
  } catch (error) {
    await begun.then(() => client.query('rollback')).catch(() => undefined)
    throw error
  }
}

async function commit(client: PoolClient) {
  const { command } = await client.query('commit')
  if (command !== 'COMMIT') throw new Error('The transaction had failed before it was committed.')
}

/** Tells row-level security for which unit's duty this transaction works: the one where the duty was found to lie. */
async function actForUnit(tx: Tx, act: AnyAct, by: By) {
  if (act.rowSecurity) await sql`select set_config('app.unit', ${by.bearer.id}, true)`.execute(tx)
}

/** Whether this person, in this seat, on this day, may do the act over the unit: the charter decides. */
async function admit(tx: Tx, charter: Charter, act: AnyAct, over: string, id: string, { actor, at }: Omit<Deed, 'key' | 'via'>) {
  const day = dayOf(at)
  const version = charter.versionOn(day)
  if (!version) throw new Unjournalled('no-charter-in-force', { day })
  const duty = charter.findDuty(act.duty, day)
  if (!duty) throw new Unjournalled('duty-not-in-force', { day, version: version.id, duty: act.duty })
  const lineage = (await findLineage(tx, over, day)) ?? (act.founding ? rootToBe(charter, over) : undefined)
  if (!lineage) throw new Unjournalled('unit-unknown', { day, unit: over })
  const bearer = findBearer(charter, duty, lineage)
  const standing = await findStanding(tx, { charter, duty, lineage, bearer, actor, day, automatic: act.automatic === true })
  if (!standing)
    throw new NotYourDuty({ id: duty.id, title: duty.title }, lineage[0], await answerable(tx, charter, duty, lineage, day))
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

const rootToBe = (charter: Charter, id: string): Lineage => [
  { id, tier: charter.tiers[0]?.id ?? '', code: null, name: charter.text.title },
]

async function ruling(tx: Tx, act: AnyAct, input: unknown, by: By) {
  const facts: unknown = await act.facts(tx, input, by)
  const say = (weight: Refusal['weight']) => (code: string, about: Readonly<Record<string, unknown>> = {}): Refusal => ({
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

async function journal(
  tx: Tx,
  act: AnyAct,
  raw: unknown,
  digest: Buffer,
  deed: Deed,
  by: By,
  standing: Standing,
  outcome: Outcome['outcome'],
  detail: object,
) {
  const person = deed.actor.kind === 'person' ? deed.actor : undefined
  await tx
    .insertInto('journal')
    .values({
      id: by.act,
      act: act.name,
      duty: act.duty,
      charter_version: by.charter.versionOn(by.on)?.id ?? '',
      actor_kind: deed.actor.kind,
      person_id: person?.person ?? null,
      seat_unit_id: person?.seat.unit ?? null,
      seat_post: person?.seat.post ?? null,
      ground: standing.ground,
      principal_id: standing.principal?.id ?? null,
      delegation_id: standing.ground === 'delegation' ? (person?.delegation ?? null) : null,
      unit_id: by.lineage[0].id,
      done_at: deed.at,
      done_on: by.on,
      actor: actorKey(deed.actor),
      idempotency_key: deed.key,
      input_digest: digest,
      input: JSON.stringify(masked(act.input, raw)),
      outcome,
      detail: JSON.stringify(detail, bigintAsText),
      via: deed.via,
    })
    .execute()
}

/** Whose keys these are: a key means something only for the one who chose it. */
const actorKey = (actor: Actor) =>
  actor.kind === 'person' ? actor.person : actor.kind === 'public' ? `public ${actor.from}` : 'mechanism'

const findEarlier = (tx: Tx, { actor, key }: Deed) =>
  tx
    .selectFrom('journal')
    .select(['id', 'outcome', 'detail', 'input_digest'])
    .where('actor', '=', actorKey(actor))
    .where('idempotency_key', '=', key)
    .executeTakeFirst()

/** Takes the units' locks across processes, in one order and before the transaction begins, on one connection held throughout. */
async function inTurn<T>(on: Engine, units: readonly string[], work: (session: Session) => Promise<T>): Promise<T> {
  const client = await on.database.pool.connect()
  const tx = builderOn(client, on.database.pool)
  let isBroken = false
  try {
    await sql`select pg_advisory_lock(h) from (select hashtextextended(u, 0) as h from unnest(${units}::text[]) u order by 1) as locks`.execute(tx)
    try {
      return await work({ client, tx })
    } finally {
      await client.query('select pg_advisory_unlock_all()')
    }
  } catch (error) {
    isBroken = codeOf(error) === undefined && !(error instanceof NotYourDuty) && !(error instanceof Unjournalled)
    throw error
  } finally {
    client.release(isBroken)
  }
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
  const row = await tx.selectFrom('unit_version').select(['name_zh as zh', 'name_en as en']).where('unit_id', '=', unit).limit(1).executeTakeFirst()
  return row ?? unit
}

const bigintAsText = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)
