import { sql } from 'kysely'
import { messageOf, type MailSays, queueMail } from '#features/inbox/index.ts'
import type { Reader } from '#kernel/ask.ts'
import type { Database } from '#kernel/db.ts'
import { v7 as uuidv7 } from '#kernel/uuid.ts'
import { waiting } from '#src/waiting.ts'
import type { MailServer, Offered } from './mail-server.ts'

/** What carries mail: where the outbox lies, who takes it, and how patient it is. */
export type Post = {
  readonly database: Database
  readonly server: MailServer
  /** How many messages are under way at once; after a crash so many at most are offered twice. */
  readonly connections: number
  /** Where people find the program; without it, messages hold no address. */
  readonly url?: string | undefined
  /** How long a message may be under way before another worker takes it for lost. */
  readonly leaseMs?: number
  /** How long a message waits after each time that a server told it to come back; after the last, it has failed. */
  readonly pausesMs?: readonly number[]
  /** How long a worker waits when the server cannot be spoken with, and at most. */
  readonly awayMs?: readonly [first: number, most: number]
}

const MINUTE_MS = 60_000
const LEASE_MS = 5 * MINUTE_MS
const PAUSES_MS = [1, 5, 15, 60, 120, 240, 480, 720, 720, 720, 720].map((minutes) => minutes * MINUTE_MS)
const AWAY_MS = [1_000, 5 * MINUTE_MS] as const
const EVERY_MS = 30_000

/** Puts what happened since into the outbox. Doing it again, or twice at once, adds nothing twice. */
export const fillOutbox = (database: Database, reader: Reader): Promise<number> =>
  database.db.transaction().execute((tx) => queueMail({ ...reader, db: tx }, tx, () => waiting))

type Claimed = {
  readonly id: string
  readonly says: MailSays
  readonly queued_at: Date
  readonly tries: number
  readonly language: 'zh' | 'en' | null
  readonly address: string | null
  readonly code: string | null
}

/** Takes one message that waits, for a while of its own, and hears where it goes; others step over it. */
async function claim({ database, leaseMs = LEASE_MS }: Post, worker: string): Promise<Claimed | undefined> {
  const { rows } = await sql<Claimed>`
    select id, says, queued_at, tries, language, address, code from mail_claim(${worker}, ${leaseMs})`.execute(
    database.db,
  )
  return rows[0]
}

/** Messages that a worker took and left lying wait again: it was killed, and nobody knows whether the server has them. */
async function takeBack({ database }: Post): Promise<number> {
  const result = await sql`
    update mail set state = 'deferred', worker = null, lease_until = null
     where id in (select id from mail where state = 'sending' and lease_until < now() for update skip locked)`.execute(
    database.db,
  )
  return Number(result.numAffectedRows ?? 0)
}

/** Writes down what became of a message; only whoever still holds it may. */
async function settle(
  post: Post,
  worker: string,
  mail: Claimed,
  { how, said }: Offered | { how: 'dropped'; said: string },
) {
  const pauses = post.pausesMs ?? PAUSES_MS
  const counts = how === 'later' || how === 'uncertain'
  const pause = counts ? pauses[mail.tries] : 0
  const state =
    how === 'taken'
      ? 'sent'
      : how === 'dropped'
        ? 'dropped'
        : how === 'never' || (counts && pause === undefined)
          ? 'failed'
          : 'deferred'
  await sql`
    update mail set state = ${state}, said = ${said}, worker = null, lease_until = null, tries = tries + ${counts ? 1 : 0},
           not_before = now() + ${pause ?? 0} * interval '1 millisecond',
           settled_at = case when ${state} = 'deferred' then null else now() end
     where id = ${mail.id} and state = 'sending' and worker = ${worker}`.execute(post.database.db)
}

/** Offers one message that waits; false if there is none. Says whether the server could be spoken with. */
async function carryOne(post: Post, worker: string): Promise<'none' | 'spoken' | 'away'> {
  const mail = await claim(post, worker)
  if (!mail) return 'none'
  if (mail.address === null) {
    await settle(post, worker, mail, { how: 'dropped', said: 'no address any more' })
    return 'spoken'
  }
  const { subject, text } = messageOf(mail.says, { language: mail.language, url: post.url, code: mail.code ?? '' })
  const offered = await post.server.offer({ id: mail.id, to: mail.address, subject, text, date: mail.queued_at })
  await settle(post, worker, mail, offered)
  return offered.how === 'away' || offered.how === 'uncertain' ? 'away' : 'spoken'
}

/** Sends what waits, a few at once, until nothing waits or it is told to stop. A server that is away is asked again after growing pauses. */
export async function carryMail(post: Post, stop: AbortSignal): Promise<number> {
  const [first, most] = post.awayMs ?? AWAY_MS
  let carried = 0
  await takeBack(post)
  const carry = async () => {
    const worker = uuidv7()
    for (let away = 0; !stop.aborted;) {
      const came = await carryOne(post, worker)
      if (came === 'none') return
      if (came === 'spoken') carried += 1
      away = came === 'away' ? away + 1 : 0
      if (away > 0) await pauseFor(Math.min(most, first * 2 ** (away - 1)), stop)
    }
  }
  await Promise.all(Array.from({ length: post.connections }, carry))
  return carried
}

const pauseFor = (ms: number, stop: AbortSignal) =>
  new Promise<void>((resume) => {
    const done = () => {
      clearTimeout(timer)
      stop.removeEventListener('abort', done)
      resume()
    }
    const timer = setTimeout(done, ms)
    stop.addEventListener('abort', done, { once: true })
  })

/** Carries mail for as long as the program runs: looks what is new, sends what waits, and again. Resolves when it has stopped. */
export function keepMail(
  post: Post,
  readerNow: () => Promise<Reader | undefined>,
  onFailure: (error: unknown) => void,
): () => Promise<void> {
  const stop = new AbortController()
  const keep = async () => {
    while (!stop.signal.aborted) {
      try {
        const reader = await readerNow()
        if (reader) await fillOutbox(post.database, reader)
        await carryMail(post, stop.signal)
      } catch (error) {
        onFailure(error)
      }
      await pauseFor(EVERY_MS, stop.signal)
    }
  }
  const kept = keep()
  return async () => {
    stop.abort()
    await kept
    post.server.close()
  }
}
