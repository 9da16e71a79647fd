import { addWorkingDays } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Day } from '#kernel/words.ts'
import type { Country, Place } from './country.ts'
import { doer, need } from './founding.ts'
import { whole } from './seed.ts'
import type { Step } from './step.ts'

/** The first working day on which each tier is offered its letters; the days are made up. */
const seasons = { province: '2016-01-18', prefecture: '2016-02-22', county: '2016-03-21' } as const
const period = { firstYear: 2016, lastYear: 2020 } as const

/**
 * Letters of responsibility go down: from the centre to the provinces, to the cities, to the 832 counties, each signed by both
 * principals of both sides.
 */
export function letterSteps(country: Country, charter: Charter): readonly Step[] {
  const letters = [
    ...country.provinces.map((to) => ({ from: country.root, to, after: seasons.province })),
    ...country.cities.map((to) => ({ from: country.parentOf(to), to, after: seasons.prefecture })),
    ...country.counties.map((to) => ({ from: country.aboveOf(to), to, after: seasons.county })),
  ]
  return letters.flatMap((letter) => letterOf(charter, letter))
}

function letterOf(charter: Charter, { from, to, after }: { from: Place; to: Place; after: Day }): Step[] {
  const offer = need('letter.offer')
  const sign = need('letter.sign')
  const key = `letter ${to.key}`
  const on = addWorkingDays(after, whole(key, 0, 9), charter.calendar)
  const signed = (place: Place, post: string, days: number): Step => ({
    on: addWorkingDays(on, days, charter.calendar),
    turn: place.id === from.id ? 12 : 13,
    key: `${key} signed by ${place.key} ${post}`,
    act: sign,
    by: { unit: place.id, posts: [post] },
    input: (got) => ({ unit: place.id, letter: got(key).letter }),
  })
  const days = whole(`${key} days`, 1, 8)
  return [
    {
      on,
      turn: 11,
      key,
      act: offer,
      by: doer(charter, offer, from, on),
      input: { unit: from.id, to: to.id, ...period },
    },
    ...charter.tier(from.tier).principals.map((post, at) => signed(from, post, 1 + at)),
    ...charter.tier(to.tier).principals.map((post, at) => signed(to, post, days + at)),
  ]
}
