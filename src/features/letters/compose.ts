import { type Goal, indicatorOf } from '#features/goals/index.ts'
import type { Charter, Status } from '#kernel/charter.ts'
import type { UnitFacts } from '#kernel/standing.ts'
import type { Day, Text } from '#kernel/words.ts'

/** What a letter says, word for word: frozen when it is offered, and what its code is made of. */
export type LetterContent = {
  readonly id: string
  readonly number: Text
  readonly from: UnitFacts
  readonly to: UnitFacts
  readonly firstYear: number
  readonly lastYear: number
  readonly offeredOn: Day
  /** The charter's version under which it was offered. */
  readonly charter: string
  readonly targets: readonly {
    readonly indicator: string
    readonly title: Text
    readonly measure: Text
    readonly relation: '=' | '≥'
    readonly year: number
    readonly target: number
    readonly status: Status
  }[]
  /** The duties of the receiver's tier under the charter. */
  readonly duties: readonly { readonly id: string; readonly title: Text; readonly quote: Text }[]
  /** Who must sign for it to be complete: every principal of both sides. */
  readonly seats: readonly { readonly unit: string; readonly post: string; readonly name: Text }[]
}

/** Letters are counted by the unit that offers them, anew each year. */
export const letterNumber = (from: UnitFacts, year: string, serial: number): Text => ({
  zh: `${from.name.zh}责〔${year}〕${serial}号`,
  en: `${from.name.en} Letter No. ${serial} of ${year}`,
})

type Parts = {
  readonly id: string
  readonly from: UnitFacts
  readonly to: UnitFacts
  readonly firstYear: number
  readonly lastYear: number
  readonly goals: readonly Goal[]
  readonly serial: number
  readonly on: Day
}

/** Composes a letter from what is known: nobody types a target, a duty or a signatory. */
export function composeLetter(
  charter: Charter,
  { id, from, to, firstYear, lastYear, goals, serial, on }: Parts,
): LetterContent {
  return {
    id,
    number: letterNumber(from, on.slice(0, 4), serial),
    from,
    to,
    firstYear,
    lastYear,
    offeredOn: on,
    charter: charter.versionOn(on)?.id ?? '',
    targets: goals.map((goal) => {
      const { title, measure, relation } = indicatorOf(goal.indicator)
      return {
        indicator: goal.indicator,
        title,
        measure,
        relation,
        year: goal.year,
        target: goal.target,
        status: goal.status,
      }
    }),
    duties: dutiesOf(charter, to, on),
    seats: [from, to].flatMap((unit) =>
      charter.tier(unit.tier).principals.map((post) => ({ unit: unit.id, post, name: charter.post(post).name })),
    ),
  }
}

/** The duties that a tier's principals answer for by the text that gives that tier its place in the mechanism. */
function dutiesOf(charter: Charter, unit: UnitFacts, on: Day): LetterContent['duties'] {
  const { principals } = charter.tier(unit.tier)
  const own = charter
    .dutiesOn(on)
    .filter((duty) => !duty.joint && principals.includes(duty.held_by[unit.tier]?.[0] ?? ''))
  return own.filter((duty) => duty.source === own[0]?.source).map(({ id, title, quote }) => ({ id, title, quote }))
}
