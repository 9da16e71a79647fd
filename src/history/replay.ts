import type { Charter } from '#kernel/charter.ts'
import type { Engine } from '#kernel/perform.ts'
import type { Day } from '#kernel/words.ts'
import { assessmentSteps } from './assessment.ts'
import { calendarSteps } from './calendar.ts'
import { changeSteps } from './changes.ts'
import { complaintSteps } from './complaints.ts'
import { coordinationSteps } from './coordination.ts'
import { type Country, readCountry } from './country.ts'
import { exitSteps } from './exits.ts'
import { foundingSteps } from './founding.ts'
import { goalSteps } from './goals.ts'
import { ladderSteps } from './ladder.ts'
import { labourLifeSteps } from './labour-life.ts'
import { labourSteps } from './labour.ts'
import { letterSteps } from './letters.ts'
import { opennessSteps } from './openness.ts'
import { mobilisationSteps, pairingSteps } from './mobilisation.ts'
import { peopleSteps } from './people.ts'
import { moneySteps } from './money.ts'
import { policySteps } from './policies.ts'
import { progressSteps } from './progress.ts'
import { majorSteps } from './majors.ts'
import { projectSteps } from './projects.ts'
import type { LaneOf } from './lanes.ts'
import { type Progress, type Ran, runSteps } from './run.ts'
import { samplingSteps } from './sampling.ts'
import { scheduleSteps } from './schedules.ts'
import { spendingSteps } from './spending.ts'
import type { Step } from './step.ts'
import { supervisionSteps } from './supervision.ts'

export { placeId } from './country.ts'

/** The last day of history: every county is out. */
export const historyEnd: Day = '2020-12-31'

const parts = [
  foundingSteps,
  calendarSteps,
  changeSteps,
  peopleSteps,
  policySteps,
  goalSteps,
  letterSteps,
  scheduleSteps,
  exitSteps,
  moneySteps,
  ladderSteps,
  pairingSteps,
  majorSteps,
  projectSteps,
  spendingSteps,
  labourSteps,
  labourLifeSteps,
  progressSteps,
  opennessSteps,
  coordinationSteps,
  samplingSteps,
  assessmentSteps,
  supervisionSteps,
  mobilisationSteps,
  complaintSteps,
]

/** All that history does, of every slice; the order of the parts doesn't matter, their days do. */
export const planHistory = (charter: Charter, country: Country = readCountry()): readonly Step[] =>
  parts.flatMap((part) => part(country, charter))

/** Every step belongs to the province that its unit lies in, or else its doer's; those of the root belong to nobody alone. */
function lanesOf(country: Country): LaneOf {
  const lanes = new Map(
    country.places.flatMap((place) =>
      place.tier === country.root.tier ? [] : [[place.id, country.provinceOf(place).key]],
    ),
  )
  return ({ input, by, of }) => {
    if (of !== undefined) return lanes.get(of)
    const over = typeof input === 'function' ? undefined : lanes.get(String(input['unit']))
    return over ?? (typeof by === 'string' ? undefined : lanes.get(by.unit))
  }
}

/**
 * Replays the campaign from June 2015 to a day, through `perform` and with the historical clock.
 * Facts are the country, its changes, the documents and each county's year of exit; names, days and numbers between are made up from a seed.
 */
export async function replay(options: {
  readonly engine: Engine
  readonly until?: Day
  /** Where the programme runs; in the whole country, unless said otherwise. */
  readonly country?: Country
  readonly onProgress?: (progress: Progress) => void
}): Promise<Ran> {
  const { engine, until = historyEnd, country = readCountry(), onProgress } = options
  const plan = planHistory(engine.charter, country)
  const ran = await runSteps(engine, plan, lanesOf(country), until, onProgress)
  await engine.database.pool.query('select 1')
  return ran
}
