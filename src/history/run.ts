import { momentOf } from '#kernel/calendar.ts'
import type { Actor } from '#kernel/act.ts'
import { type Engine, perform } from '#kernel/perform.ts'
import { type Day, isText } from '#kernel/words.ts'
import { sql } from 'kysely'
import type { Step } from './step.ts'

const AT_ONCE = 8

export type Progress = { readonly done: number; readonly total: number; readonly on: Day }
export type Ran = { readonly steps: number; readonly performed: number; readonly seconds: number }

/**
 * Performs the steps of history in the order of their days, each through `perform` with the historical clock.
 * What was performed before is not done again, so a replay that was cut off goes on where it stopped.
 */
export async function runSteps(on: Engine, steps: readonly Step[], onProgress: (progress: Progress) => void = () => {}): Promise<Ran> {
  const begun = performance.now()
  const results = await earlierResults(on)
  const waiting = steps.filter((step) => !results.has(step.key))
  const sitters = new Sitters(on)
  await sitters.load()
  let performed = 0
  for (const batch of batches(waiting)) {
    const queue = [...batch]
    const worker = async () => {
      for (let step = queue.shift(); step; step = queue.shift()) {
        results.set(step.key, await runStep(on, step, sitters, results))
        performed += 1
      }
    }
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, queue.length) }, worker))
    const last = batch.at(-1)
    if (last) onProgress({ done: steps.length - waiting.length + performed, total: steps.length, on: last.on })
  }
  return { steps: steps.length, performed, seconds: (performance.now() - begun) / 1000 }
}

async function runStep(on: Engine, step: Step, sitters: Sitters, results: ReadonlyMap<string, unknown>): Promise<unknown> {
  const got = (key: string) => {
    if (!results.has(key)) throw new Error(`The step «${step.key}» needs «${key}», which has not been performed.`)
    return results.get(key)
  }
  const input = typeof step.input === 'function' ? step.input(got) : step.input
  const actor = sitters.actor(step)
  const outcome = await perform(on, step.act, input, { actor, key: step.key, at: momentOf(step.on), via: 'replay' })
  if (outcome.outcome === 'refused')
    throw new Error(`History stops at «${step.key}» on ${step.on}: ${step.act.name} was refused: ${outcome.refusals.map((told) => told.sentence.en).join(' ')}`)
  sitters.learn(step, input)
  return outcome.result
}

/** Steps of one day and turn go at once; the next batch waits for all of them. */
function* batches(steps: readonly Step[]): Generator<readonly Step[]> {
  const ordered = steps.toSorted((a, b) => (a.on === b.on ? a.turn - b.turn : a.on < b.on ? -1 : 1))
  for (let from = 0; from < ordered.length; ) {
    const first = ordered[from]
    let to = from
    while (ordered[to]?.on === first?.on && ordered[to]?.turn === first?.turn) to += 1
    yield ordered.slice(from, to)
    from = to
  }
}

async function earlierResults(on: Engine): Promise<Map<string, unknown>> {
  const { rows } = await sql<{ key: string; result: unknown }>`
    select idempotency_key as key, detail->'result' as result from journal where via = 'replay' and outcome = 'done'`.execute(on.database.db)
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

  actor({ seat, key }: Step): Actor {
    if (seat === 'mechanism') return { kind: 'mechanism' }
    if (seat === 'public') return { kind: 'public', from: key }
    const person = this.#at.get(`${seat.unit}/${seat.post}`)
    if (!person) throw new Error(`The step «${key}» is to be done by ${seat.post} of ${seat.unit}, a vacant seat.`)
    return { kind: 'person', person, seat }
  }

  learn({ act }: Step, input: Readonly<Record<string, unknown>>) {
    const person = input['person'] as { id: string; name: unknown } | undefined
    const seat = `${String(input['unit'])}/${String(input['post'])}`
    if (act.name === 'appointment.end') this.#at.delete(seat)
    else if (person && isText(person.name)) this.#at.set(seat, person.id)
  }
}
