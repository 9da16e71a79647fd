import { addDays, addWorkingDays, isWorkingDay } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Day } from '#kernel/words.ts'
import type { Country, Place } from './country.ts'
import { appointerAt, need, official } from './founding.ts'
import { happens, share, whole } from './seed.ts'
import type { Step } from './step.ts'

const firstDay = '2016-06-13'
const lastDay = '2020-11-30'
const SHARE_THAT_MOVES_A_YEAR = 0.09
const EXCEPTIONS_AMONG = 0.004

/**
 * Officials come and go: those who are not bound to stay move now and then, and their seats are vacant for some days.
 * The secretary and head of a poor county stay until its exit, but for a few whom the province excepted with a reason.
 */
export function peopleSteps(country: Country, charter: Charter): readonly Step[] {
  const places = [...country.provinces, ...country.cities, ...country.counties]
  return places.flatMap((place) =>
    charter.postsOf(place.tier).flatMap((post) => {
      if (post.tenure_bound) return exceptionSteps(country, charter, place, post.id)
      const isAlwaysFilled = charter.tier(place.tier).principals.includes(post.id) && place.tier === 'province'
      return [2016, 2017, 2018, 2019, 2020].flatMap((year, at) =>
        happens(`moves ${place.key} ${post.id} ${year}`, SHARE_THAT_MOVES_A_YEAR)
          ? successionSteps(
              country,
              charter,
              place,
              post.id,
              dayIn(charter, `${place.key} ${post.id}`, year),
              at + 2,
              isAlwaysFilled,
            )
          : [],
      )
    }),
  )
}

function dayIn(charter: Charter, name: string, year: number): Day {
  const from = year === 2016 ? firstDay : `${year}-01-08`
  const to = year === 2020 ? lastDay : `${year}-12-10`
  const span = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
  const day = addDays(from, Math.floor(span * share(`day ${name} ${year}`)))
  return isWorkingDay(day, charter.calendar) ? day : addWorkingDays(day, 1, charter.calendar)
}

function successionSteps(
  country: Country,
  charter: Charter,
  place: Place,
  post: string,
  on: Day,
  term: number,
  isAlwaysFilled: boolean,
): Step[] {
  const isPrincipal = charter.tier(place.tier).principals.includes(post)
  const by = appointerAt(country, charter, isPrincipal ? country.aboveOf(place) : place)
  const vacantDays = isAlwaysFilled ? 0 : whole(`vacant ${place.key} ${post} ${term}`, 1, 24)
  const input = { unit: place.id, post }
  return [
    {
      on,
      turn: 20,
      key: `end ${place.key} ${post} ${term}`,
      act: need('appointment.end'),
      by,
      input: { ...input, reason: '工作调动' },
    },
    {
      on: addWorkingDays(on, vacantDays, charter.calendar),
      turn: 21,
      key: `appoint ${place.key} ${post} ${term}`,
      act: need('appointment.make'),
      by,
      input: { ...input, person: official(place, post, term) },
    },
  ]
}

/** 不脱贫不调整、不摘帽不调离: the exception needs a reason and the province's approval, and then the seat is filled the same day. */
function exceptionSteps(country: Country, charter: Charter, place: Place, post: string): Step[] {
  const county = country.counties.find((each) => each.key === place.key)
  if (!county || county.poor.exitYear < 2018 || !happens(`exception ${place.key} ${post}`, EXCEPTIONS_AMONG)) return []
  const on = dayIn(charter, `exception ${place.key} ${post}`, 2017)
  const province = country.provinceOf(place)
  const except: Step = {
    on,
    turn: 19,
    key: `except ${place.key} ${post}`,
    act: need('appointment.except'),
    by: { unit: province.id, posts: ['party-secretary-province', 'governor'] },
    input: { unit: place.id, post, reason: '因健康原因不能继续任职，经研究同意调整。' },
  }
  return [except, ...successionSteps(country, charter, place, post, on, 2, true)]
}
