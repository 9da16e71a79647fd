import { addDays } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Day } from '#kernel/words.ts'
import type { Country } from './country.ts'
import { need } from './founding.ts'
import type { Step } from './step.ts'

/** The first Friday on which the charter knows its ladder's duty, and the last of history. */
const firstRun: Day = '2015-12-04'
const lastRun: Day = '2020-12-25'
const DAYS_BETWEEN = 28
/** After all that happened on the day. */
const turn = 90

type Taken = { readonly waiting: readonly string[] }

/**
 * What was late in the past was followed up too, in few acts: on every fourth Friday, not daily, so that a step stands up to four weeks after its day, and one act
 * for each step over the whole country, not one for each unit on whose behalf it was taken (each row still names that unit). The first act
 * of a Friday looks; a step that nothing waits for is not performed.
 */
export function ladderSteps({ root }: Country, charter: Charter): readonly Step[] {
  const [first, ...others] = charter.text.escalation.map(({ step }) => step)
  if (first === undefined) return []
  const act = need('ladder.take')
  const taking = (step: string, on: Day, at: number): Step => ({
    on,
    turn: turn + at,
    key: `ladder ${step} ${root.id} ${on}`,
    act,
    by: 'mechanism',
    input: { unit: root.id, step, whole: true },
  })
  const runs: Step[] = []
  for (let on = firstRun; on <= lastRun; on = addDays(on, DAYS_BETWEEN)) {
    const day = on
    runs.push({
      ...taking(first, day, 0),
      then: (result: Taken) =>
        others.flatMap((step, at) => (result.waiting.includes(step) ? [taking(step, day, at + 1)] : [])),
    })
  }
  return runs
}
