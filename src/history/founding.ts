import { makeAppointment } from '#features/seats/index.ts'
import { foundProgramme, importUnits } from '#features/units/index.ts'
import { findAct } from '#src/acts.ts'
import type { AnyAct } from '#kernel/act.ts'
import type { Charter } from '#kernel/charter.ts'
import { addWorkingDays } from '#kernel/calendar.ts'
import type { Day } from '#kernel/words.ts'
import type { Country, Place } from './country.ts'
import { stableUuid } from './facts.ts'
import { madeUpPerson } from './names.ts'
import { historySeed } from './seed.ts'
import type { Doer, Seats, Step } from './step.ts'

/** The day of the instruction with which the mechanism begins (status K). */
export const foundingDay = '2015-06-18'

const firstPost = 'office-director'

/** The seats that appoint at a unit; while they are vacant, the level above does it for them. */
export function appointerAt(country: Country, charter: Charter, place: Place): Seats {
  const posts = charter.findDuty('appoint-officials', foundingDay)?.held_by[place.tier] ?? []
  if (place.parentKey === null) return { unit: place.id, posts }
  const above = country.parentOf(place)
  return { unit: place.id, posts, above: { unit: above.id, posts: charter.tier(above.tier).principals } }
}

/** The seats of a unit that may do an act on a day, the answerable one first; where a tier is missing, its taker's principals. */
export function doer(charter: Charter, act: AnyAct, place: Place, on: Day): Doer {
  const held = charter.findDuty(act.duty, on)?.held_by[place.tier]
  return { unit: place.id, posts: held ?? charter.tier(place.tier).principals }
}

/** The person that history seats in a post; `term` counts up when somebody follows. Made up, and marked so. */
export function official(place: Place, post: string, term = 1) {
  const seed = `${historySeed}/${place.key}/${post}/${term}`
  return { id: stableUuid(`person ${seed}`), name: madeUpPerson(seed), madeUp: true }
}

/** The country is taken over, the first charter adopted, the poor counties listed, and every seat filled. */
export function foundingSteps(country: Country, charter: Charter): readonly Step[] {
  const { root } = country
  const at = (turn: number, rest: Omit<Step, 'on' | 'turn'>): Step => ({ on: foundingDay, turn, ...rest })
  const first = { unit: root.id, posts: [firstPost] }
  return [
    at(0, {
      key: 'found',
      act: foundProgramme,
      by: 'mechanism',
      input: { unit: root.id, name: root.name, post: firstPost, person: official(root, firstPost) },
    }),
    at(1, {
      key: 'adopt 2015-06',
      act: need('charter.adopt'),
      by: first,
      input: { unit: root.id, version: '2015-06' },
    }),
    at(2, { key: 'divisions', act: importUnits, by: first, input: { under: root.id, units: divisions(country) } }),
    at(3, {
      key: 'designate',
      act: need('unit.designate'),
      by: first,
      input: { unit: root.id, units: country.counties.map((county) => county.id) },
    }),
    ...seatingSteps(country, charter),
  ]
}

export function need(name: string) {
  const act = findAct(name)
  if (!act) throw new Error(`History needs the act «${name}».`)
  return act
}

const divisions = ({ places, parentOf }: Country) =>
  places
    .filter((place) => place.parentKey !== null)
    .map((place) => ({
      id: place.id,
      parent: parentOf(place).id,
      tier: place.tier,
      name: place.name,
      code: place.code,
    }))

/** Principals are appointed by the level above, the others by their own unit's; a tier a day, from the top down. */
function seatingSteps(country: Country, charter: Charter): Step[] {
  const tiers = [[country.root], country.provinces, country.cities, country.counties] as const
  return tiers.flatMap((places, depth) => {
    const on = addWorkingDays(foundingDay, depth, charter.calendar)
    return places.flatMap((place) => {
      const { principals } = charter.tier(place.tier)
      return charter.postsOf(place.tier).flatMap(({ id: post }): Step[] => {
        if (depth === 0 && post === firstPost) return []
        const isPrincipal = principals.includes(post)
        const by =
          depth === 0
            ? { unit: place.id, posts: [firstPost] }
            : appointerAt(country, charter, isPrincipal ? country.parentOf(place) : place)
        const input = { unit: place.id, post, person: official(place, post) }
        return [
          {
            on,
            turn: isPrincipal || depth === 0 ? 4 : 5,
            key: `appoint ${place.key} ${post} 1`,
            act: makeAppointment,
            by,
            input,
          },
        ]
      })
    })
  })
}
