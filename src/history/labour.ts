import { addWorkingDays } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Day, Text } from '#kernel/words.ts'
import type { Country, Place } from './country.ts'
import { need } from './founding.ts'
import { madeUpPerson } from './names.ts'
import { happens, historySeed, oneOf, whole } from './seed.ts'
import type { Got, Seats, Step } from './step.ts'

export type County = Country['counties'][number]

/** The teams of 2017 stay to the campaign's end in most counties; in some their first term ends after two years. */
export const lastTermUntil: Day = '2020-12-31'
const SHARE_WITH_SHORT_TERMS = 0.03
const SPARE_PEOPLE = 4

/** Shown first by a demonstration: its teams have everything that there is to see. */
export const example = '130630'

/**
 * Villages, people and teams of some counties: four or five villages in each, eight in the first that is shown. Which villages there are, who serves in them and when is
 * made up; how many teams the campaign really sent is not claimed. What follows is told of some counties only (`labour-life.ts`).
 */
export const labourSteps = (country: Country, charter: Charter): readonly Step[] =>
  country.counties.filter(hasTeams(country)).flatMap((county) => foundingOf(county, charter))

const SHARE_TOLD = 0.3

/** Teams are told of in all counties around the one shown first, and in some of all others. */
export const hasTeams =
  (country: Country) =>
  (county: County): boolean => {
    const shownFirst = country.counties.find(({ code }) => code === example)
    return (
      (shownFirst && country.provinceOf(county).key === country.provinceOf(shownFirst).key) ||
      happens(`teams ${county.key}`, SHARE_TOLD)
    )
  }

export const villagesKey = (county: Place) => `village.register ${county.key}`
export const workersKey = (county: Place) => `worker.register ${county.key}`
export const teamsKey = (county: Place) => `team.form ${county.key}`

export const office = (county: Place): Seats => ({
  unit: county.id,
  posts: ['poverty-office-director-county', 'party-secretary-county'],
})
export const head = (county: Place): Seats => ({ unit: county.id, posts: ['county-head', 'party-secretary-county'] })

export const villageCount = (county: Place) => (county.key === example ? 8 : whole(`villages ${county.key}`, 4, 5))
export const teamCount = (county: Place) =>
  villageCount(county) - (happens(`a village without ${county.key}`, 0.1) ? 1 : 0)
const registeredOn = (county: Place, charter: Charter): Day =>
  addWorkingDays('2017-02-06', whole(`villages on ${county.key}`, 0, 30), charter.calendar)
export const formedOn = (county: Place, charter: Charter): Day =>
  addWorkingDays(registeredOn(county, charter), whole(`teams on ${county.key}`, 8, 25), charter.calendar)
export const termUntilOf = (county: Place, charter: Charter): Day => {
  const formed = formedOn(county, charter)
  const isShort = county.key !== example && happens(`short terms ${county.key}`, SHARE_WITH_SHORT_TERMS)
  return isShort ? `${Number(formed.slice(0, 4)) + 2}${formed.slice(4)}` : lastTermUntil
}

/** Villages with their needs, people to send, and teams: three acts for each county. */
function foundingOf(county: County, charter: Charter): readonly Step[] {
  const registered = registeredOn(county, charter)
  const count = villageCount(county)
  const by = office(county)
  const unit = county.id
  return [
    {
      on: registered,
      turn: 25,
      key: villagesKey(county),
      act: need('village.register'),
      by,
      input: { unit, villages: Array.from({ length: count }, (_, at) => village(county, at)) },
    },
    {
      on: registered,
      turn: 26,
      key: workersKey(county),
      act: need('worker.register'),
      by,
      input: { unit, workers: Array.from({ length: count * 3 + SPARE_PEOPLE }, (_, at) => person(county, at)) },
    },
    {
      on: formedOn(county, charter),
      turn: 25,
      key: teamsKey(county),
      act: need('team.form'),
      by,
      input: (got) => teamsOf(county, charter, got),
    },
  ]
}

/** Every village but one in some counties has a team of three; the first of them leads and is first secretary. */
function teamsOf(county: County, charter: Charter, got: Got) {
  const villages = got(villagesKey(county)).villages as readonly string[]
  const workers = got(workersKey(county)).workers as readonly string[]
  const sent = villages.slice(villages.length - teamCount(county))
  return {
    unit: county.id,
    teams: sent.map((each) => ({ village: each, termUntil: termUntilOf(county, charter) })),
    members: sent.flatMap((each, at) =>
      [0, 1, 2].map((place) => ({
        village: each,
        worker: workers[at * 3 + place] ?? '',
        role: place === 0 ? 'leader' : 'member',
        firstSecretary: place === 0,
      })),
    ),
  }
}

const townships = [
  { zh: '河口乡', en: 'Hekou Township' },
  { zh: '大坪镇', en: 'Daping Town' },
  { zh: '石门乡', en: 'Shimen Township' },
] as const
const first = '青石大新上下东西南北高双'
const firstEn = ['Qing', 'Shi', 'Da', 'Xin', 'Shang', 'Xia', 'Dong', 'Xi', 'Nan', 'Bei', 'Gao', 'Shuang']
const second = '岭沟湾坪泉桥坡塘'
const secondEn = ['ling', 'gou', 'wan', 'ping', 'quan', 'qiao', 'po', 'tang']
type Some<T> = readonly [T, ...T[]]
const wanted: Some<string> = [
  'agriculture',
  'party-building',
  'construction',
  'animal-husbandry',
  'finance',
  'education',
  'health',
]
const others: Some<string> = ['e-commerce', 'law', 'water']
const METRES_MAX = 42_000

export function village(county: Place, at: number) {
  const name = `${county.key} village ${at}`
  const township = townships[at % townships.length] ?? townships[0]
  // Different for each of a county's villages: the first sign moves on with each.
  const one = (whole(county.key, 0, first.length - 1) + at) % first.length
  const two = whole(`${name} name`, 0, second.length - 1)
  return {
    townshipZh: township.zh,
    townshipEn: township.en,
    nameZh: `${first[one]}${second[two]}村`,
    nameEn: `${firstEn[one]}${secondEn[two]} Village`,
    eastM: whole(`${name} east`, -METRES_MAX, METRES_MAX),
    northM: whole(`${name} north`, -METRES_MAX, METRES_MAX),
    people: happens(`${name} four`, 0.15) ? 4 : 3,
    households: whole(`${name} households`, 18, 90),
    skills: [oneOf(`${name} skill`, wanted), ...(happens(`${name} two skills`, 0.4) ? ['party-building'] : [])].join(
      ',',
    ),
    madeUp: true,
  }
}

const employers: Some<Text> = [
  { zh: '县农业局', en: 'County agriculture bureau' },
  { zh: '县交通运输局', en: 'County transport bureau' },
  { zh: '县教育局', en: 'County education bureau' },
  { zh: '县财政局', en: 'County finance bureau' },
  { zh: '市属高校', en: 'A university of the city' },
  { zh: '县卫生局', en: 'County health bureau' },
  { zh: '县组织部', en: 'County organisation department' },
]

function person(county: Place, at: number) {
  const name = `${county.key} person ${at}`
  const { zh, en } = madeUpPerson(`${historySeed}/worker/${name}`)
  const employer = oneOf(`${name} employer`, employers)
  const isLocal = happens(`${name} local`, 0.3)
  const skills = [
    oneOf(`${name} skill`, wanted),
    ...(happens(`${name} party`, 0.3) ? ['party-building'] : []),
    ...(happens(`${name} other`, 0.2) ? [oneOf(`${name} other skill`, others)] : []),
  ]
  return {
    nameZh: zh,
    nameEn: en,
    idNumber: `000000${whole(`${name} born`, 1965, 1992)}0101${String(at).padStart(3, '0')}X`,
    phone: `100${String(whole(`${name} phone`, 0, 99_999_999)).padStart(8, '0')}`,
    employerZh: employer.zh,
    employerEn: employer.en,
    skills: skills.join(','),
    eastM: whole(`${name} east`, -8_000, 8_000),
    northM: whole(`${name} north`, -8_000, 8_000),
    ...(happens(`${name} near`, 0.15) && { travelKmMax: whole(`${name} km`, 25, 45) }),
    noNight: happens(`${name} night`, 0.06),
    ...(isLocal && { homeUnit: county.id, homeTownship: '城关镇' }),
    madeUp: true,
  }
}
