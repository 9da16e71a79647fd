import { momentOf } from '#kernel/calendar.ts'
import type { Actor } from '#kernel/act.ts'
import { type Engine, perform } from '#kernel/perform.ts'
import { type Day, isText } from '#kernel/words.ts'
import { sql } from 'kysely'
import { Lane, type LaneOf, Queue, runLanes } from './lanes.ts'
import type { Seats, Step } from './step.ts'

/** Enough to keep two processors busy; more would meet each other on the few pages of young tables, and be tried again. */
const AT_ONCE = 4

const PROGRESS_EVERY = 25

export type Progress = { readonly done: number; readonly total: number; readonly on: Day }
export type Ran = { readonly steps: number; readonly performed: number; readonly seconds: number }

/**
 * Performs the steps of history, each through `perform` with the historical clock. The steps of one lane (of a province and all that
 * lies in it) go in the order of their days and turns; what concerns the whole country waits for all that came before it, and
 * all that comes after it waits. Between two such steps the provinces don't wait for each other.
 * What was performed before is not done again, so a replay that was cut off goes on where it stopped.
 */
export async function runSteps(
  on: Engine,
  plan: readonly Step[],
  laneOf: LaneOf,
  until: Day,
  onProgress: (progress: Progress) => void = () => {},
): Promise<Ran> {
  const begun = performance.now()
  const results = await earlierResults(on)
  const sitters = new Sitters(on)
  await sitters.load()
  const isDue = (step: Step) => step.on <= until
  const queue = new Queue(plan.filter(isDue))
  let performed = 0
  let done = 0
  let total = queue.size
  let reached = ''
  const run = async (step: Step) => {
    if (!results.has(step.key)) {
      results.set(step.key, await runStep(on, step, sitters, results))
      performed += 1
    }
    const following = (step.then?.(results.get(step.key)) ?? []).filter(isDue)
    queue.add(following)
    done += 1
    total += following.length
    if (step.on > reached) reached = step.on
    if (done % PROGRESS_EVERY === 0 || done === total) onProgress({ done, total, on: reached })
  }
  while (queue.size > 0) {
    const { lanes, common } = queue.take(laneOf)
    await runLanes(lanes, AT_ONCE, run)
    await runLanes([new Lane(common)], AT_ONCE, run)
  }
  return { steps: done, performed, seconds: (performance.now() - begun) / 1000 }
}

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
