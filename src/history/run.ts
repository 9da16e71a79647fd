import { momentOf } from '#kernel/calendar.ts'
import type { Actor } from '#kernel/act.ts'
import { type Engine, perform } from '#kernel/perform.ts'
import { type Day, isText } from '#kernel/words.ts'
import { sql } from 'kysely'
import type { Seats, Step } from './step.ts'

/** Enough to keep two processors busy; more would meet each other on the few pages of young tables, and be tried again. */
const AT_ONCE = 3

export type Progress = { readonly done: number; readonly total: number; readonly on: Day }
export type Ran = { readonly steps: number; readonly performed: number; readonly seconds: number }

/**
 * Performs the steps of history in the order of their days, each through `perform` with the historical clock.
 * What was performed before is not done again, so a replay that was cut off goes on where it stopped.
 */
export async function runSteps(
  on: Engine,
  plan: readonly Step[],
  until: Day,
  onProgress: (progress: Progress) => void = () => {},
): Promise<Ran> {
  const begun = performance.now()
  const results = await earlierResults(on)
  const sitters = new Sitters(on)
  await sitters.load()
  const queue = new Queue(plan.filter((step) => step.on <= until))
  let performed = 0
  for (let batch = queue.next(); batch; batch = queue.next()) {
    const waiting = batch.filter((step) => !results.has(step.key))
    const worker = async () => {
      for (let step = waiting.shift(); step; step = waiting.shift()) {
        results.set(step.key, await runStep(on, step, sitters, results))
        performed += 1
      }
    }
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, worker))
    queue.add(batch.flatMap((step) => step.then?.(results.get(step.key)) ?? []).filter((step) => step.on <= until))
    onProgress({ done: queue.taken, total: queue.size, on: batch[0].on })
  }
  return { steps: queue.size, performed, seconds: (performance.now() - begun) / 1000 }
}

/** Steps in the order of their days and turns; those of one day and turn come out together. */
class Queue {
  #ordered: Step[]
  taken = 0
  constructor(steps: readonly Step[]) {
    this.#ordered = steps.toSorted(earlierFirst)
  }

  get size() {
    return this.taken + this.#ordered.length
  }

  add(steps: readonly Step[]) {
    if (steps.length > 0) this.#ordered = [...this.#ordered, ...steps].toSorted(earlierFirst)
  }

  next(): readonly [Step, ...Step[]] | undefined {
    const [first] = this.#ordered
    if (!first) return undefined
    let to = 1
    while (this.#ordered[to]?.on === first.on && this.#ordered[to]?.turn === first.turn) to += 1
    const [, ...others] = this.#ordered.slice(0, to)
    this.#ordered = this.#ordered.slice(to)
    this.taken += to
    return [first, ...others]
  }
}

const earlierFirst = (a: Step, b: Step) => (a.on === b.on ? a.turn - b.turn : a.on < b.on ? -1 : 1)

async function runStep(
  on: Engine,
  step: Step,
  sitters: Sitters,
  results: ReadonlyMap<string, unknown>,
): Promise<unknown> {
  const got = (key: string) => {
    if (!results.has(key)) throw new Error(`The step «${step.key}» needs «${key}», which has not been performed.`)
    return results.get(key)
  }
  const input = typeof step.input === 'function' ? step.input(got) : step.input
  const actor = sitters.actor(step)
  const outcome = await perform(on, step.act, input, { actor, key: step.key, at: momentOf(step.on), via: 'replay' })
  if (outcome.outcome === 'refused')
    throw new Error(
      `History stops at «${step.key}» on ${step.on}: ${step.act.name} was refused: ${outcome.refusals.map((told) => told.sentence.en).join(' ')}`,
    )
  sitters.learn(step, input)
  return outcome.result
}

async function earlierResults(on: Engine): Promise<Map<string, unknown>> {
  const { rows } = await sql<{ key: string; result: unknown }>`
    select idempotency_key as key, detail->'result' as result from journal where via = 'replay' and outcome = 'done'`.execute(
    on.database.db,
  )
  return new Map(rows.map((row) => [row.key, row.result]))
}

/** Who sits where, as history appoints and dismisses. */
class Sitters {
  readonly #on: Engine
  readonly #at = new Map<string, string>()
  constructor(on: Engine) {
    this.#on = on
  }

  async load() {
    const rows = await this.#on.database.db
      .selectFrom('appointment')
      .select(['unit_id', 'post', 'person_id'])
      .where(sql<boolean>`upper_inf(valid_at)`)
      .execute()
    for (const row of rows) this.#at.set(`${row.unit_id}/${row.post}`, row.person_id)
  }

  actor({ by, key }: Step): Actor {
    if (by === 'mechanism') return { kind: 'mechanism' }
    if (by === 'public') return { kind: 'public', from: key }
    for (let seats: Seats | undefined = by; seats; seats = seats.above) {
      const { unit, posts } = seats
      const post = posts.find((each) => this.#at.has(`${unit}/${each}`))
      const person = this.#at.get(`${unit}/${post}`)
      if (post !== undefined && person !== undefined) return { kind: 'person', person, seat: { unit, post } }
    }
    throw new Error(`The step «${key}» is to be done by ${by.posts.join(' or ')} of ${by.unit}, and nobody sits there.`)
  }

  learn({ act }: Step, input: Readonly<Record<string, unknown>>) {
    const person = input['person'] as { id: string; name: unknown } | undefined
    const seat = `${String(input['unit'])}/${String(input['post'])}`
    if (act.name === 'appointment.end') this.#at.delete(seat)
    else if (person && isText(person.name)) this.#at.set(seat, person.id)
  }
}
