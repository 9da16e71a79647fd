import type { Charter } from '#kernel/charter.ts'
import { standings } from '#features/exits/index.ts'
import { dayText } from './days.ts'
import { type PaceStage, paceStages } from './pace.ts'
import type { Sign, Weights } from './model.ts'

/** What is owed while a county stands at a stage; before it proposes nothing is owed by a day. */
const owedAt: Readonly<Record<PaceStage, string | undefined>> = {
  propose: undefined,
  again: undefined,
  review: standings.proposed.awaits?.obligation,
  verify: standings.reviewed.awaits?.obligation,
  notice: standings.verified.awaits?.obligation,
  report: standings.noticed.awaits?.obligation,
  evaluate: standings.reported.awaits?.obligation,
  approve: standings.released.awaits?.obligation,
}

const DAYS_PER_WORKING_DAY = 7 / 5

/** For how many days the law lets each stage last, working days told as about so many days. */
export function lawDaysOf(charter: Charter, on: number): Readonly<Record<PaceStage, number>> {
  const day = dayText(on)
  const days = (stage: PaceStage): number => {
    const within = charter.obligationsOn(day).find((each) => each.id === owedAt[stage])?.within
    if (within === undefined || !charter.findParameter(within, day)) return 0
    const span = charter.getSpan(within, day)
    return span.unit === 'days' ? span.value : Math.ceil(span.value * DAYS_PER_WORKING_DAY)
  }
  return Object.fromEntries(paceStages.map((stage) => [stage, days(stage)])) as Record<PaceStage, number>
}

/** The stages that are ahead of a county that stands at one, that one first. */
export const stagesFrom = (stage: PaceStage): readonly PaceStage[] =>
  stage === 'again'
    ? ['again', ...paceStages.slice(2)]
    : paceStages.filter((each) => each !== 'again').slice(stage === 'propose' ? 0 : paceStages.indexOf(stage) - 1)

/** The charter's settings for a day: what the weights begin with, for how many counties they count, and the days of grace. */
export function settingsOf(charter: Charter, on: number) {
  const value = (id: string) => charter.getParameter(id, dayText(on)).value
  const weight = (sign: Sign) => Math.log(value(`forecast_${sign}_odds`) / 100)
  const weights: Weights = {
    late: weight('late'),
    slipped: weight('slipped'),
    idle: weight('idle'),
    headcount: weight('headcount'),
  }
  return { weights, counties: value('forecast_settings_counties'), grace: value('forecast_grace') }
}
