import { standings } from '#features/exits/index.ts'
import type { Forecaster, Lesson, Position } from './forecaster.ts'
import { stagesFrom } from './law.ts'
import type { PaceStage } from './pace.ts'
import { type Usual, usualOf } from './usual.ts'

/** A step that has to be done still, under which duty, and by which day, so that four in five counties were out in time from there. */
export type Next = {
  readonly stage: PaceStage
  readonly duty: string
  readonly by: number
  /** Whose usual times the day stands on; `law`: too few counties have gone this way, and the law's time limits stand in; `year`: the year’s end itself. */
  readonly basis: Usual['basis'] | 'law' | 'year'
  /** What the stage usually takes: half of the counties needed no more days. */
  readonly half: number | null
}

/** Under which duty each stage is left. */
export const dutyAt: Readonly<Record<PaceStage, string>> = {
  propose: standings.none.awaits?.duty ?? '',
  again: standings.returned.awaits?.duty ?? '',
  review: standings.proposed.awaits?.duty ?? '',
  verify: standings.reviewed.awaits?.duty ?? '',
  notice: standings.verified.awaits?.duty ?? '',
  report: standings.noticed.awaits?.duty ?? '',
  evaluate: standings.reported.awaits?.duty ?? '',
  approve: standings.released.awaits?.duty ?? '',
}

type At = { readonly area: string | null; readonly deadline: number; readonly position: Position }

/** Every step ahead of a county with its last good day, counted back from the deadline. */
export function nextSteps(forecaster: Forecaster, lesson: Lesson, at: At): readonly Next[] {
  const ahead = stagesFrom(at.position.stage)
  const law = forecaster.lawDays(forecaster.books.on)
  let earliest = -Infinity
  return ahead.map((stage, index) => {
    const rest = ahead.slice(index + 1)
    const [following] = rest
    const usual = following && usualOf(lesson.stays, following, 'total', at.area)
    const days = usual?.most ?? rest.reduce((sum, each) => sum + law[each], 0)
    // Where the times of an area and of the country meet, a later step never has the earlier day.
    earliest = Math.max(earliest, at.deadline - days)
    const stay = stage === 'propose' ? undefined : usualOf(lesson.stays, stage, 'stay', at.area)
    return {
      stage,
      duty: dutyAt[stage],
      by: earliest,
      basis: following ? (usual?.basis ?? 'law') : 'year',
      half: stay?.half ?? null,
    }
  })
}
