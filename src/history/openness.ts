import { addWorkingDays } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Day } from '#kernel/words.ts'
import type { Country, Place } from './country.ts'
import { doer, need } from './founding.ts'
import { allocatedOn, appropriatedOn, lineKey } from './money.ts'
import { happens, oneOf, whole } from './seed.ts'
import type { Step } from './step.ts'

/** As far as history follows money into projects; what counties owed of later years stays undone in it, and so is late. */
const years = [2017, 2018] as const
/** The centre and the provinces owed it of 2016's money already. */
const allocationYears = [2016, ...years] as const
const NEVER = 0.01
const LATE = 0.06
/** The limit is twenty working days (see the charter); whoever is late is so by up to four weeks. */
const DAYS = { least: 3, most: 18, mostLate: 40 } as const

const needs = [
  '产业配套冷库（演示）',
  '村组道路维修（演示）',
  '安全饮水管网延伸（演示）',
  '致富带头人培训（演示）',
] as const
const kinds = ['industry', 'infrastructure', 'water', 'education'] as const

/** Provinces publish who got how much, counties what came and for which projects, and each library is updated in its season. All of it is made up. */
export function opennessSteps(country: Country, charter: Charter): readonly Step[] {
  const allocations = allocationYears.flatMap((year) => [
    ...told(charter, 'funds.publish-allocation', country.root, year, appropriatedOn(charter, year)),
    ...country.provinces.flatMap((province) =>
      told(charter, 'funds.publish-allocation', province, year, allocatedOn(charter, province, year)),
    ),
  ])
  return [
    ...allocations,
    ...years.flatMap((year) =>
      country.counties.flatMap((county) => [
        ...told(charter, 'funds.disclose', county, year, allocatedOn(charter, country.provinceOf(county), year)),
        ...updated(charter, county, year),
      ]),
    ),
  ]
}

function told(charter: Charter, name: string, place: Place, year: number, from: Day): Step[] {
  const key = `${name} ${place.key} ${year}`
  if (happens(`never ${key}`, NEVER)) return []
  const act = need(name)
  const [least, most] = happens(`late ${key}`, LATE) ? [DAYS.most + 4, DAYS.mostLate] : [DAYS.least, DAYS.most]
  const on = addWorkingDays(from, whole(key, least, most), charter.calendar)
  return [
    {
      on,
      turn: 24,
      key,
      act,
      by: doer(charter, act, place, on),
      input: (got) => ({ unit: place.id, line: got(lineKey(year)).line }),
    },
  ]
}

function updated(charter: Charter, county: Place, year: number): Step[] {
  const key = `library.update ${county.key} ${year}`
  if (happens(`never ${key}`, NEVER)) return []
  const act = need('library.update')
  const on = addWorkingDays(`${year}-10-20`, whole(key, 1, 46), charter.calendar)
  const at = needs.indexOf(oneOf(key, needs))
  return [
    {
      on,
      turn: 24,
      key,
      act,
      by: doer(charter, act, county, on),
      input: { unit: county.id, needs: [{ kind: kinds[at] ?? 'industry', need: needs[at] }] },
    },
  ]
}
