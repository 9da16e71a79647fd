import { addDays, addWorkingDays } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Day, Text } from '#kernel/words.ts'
import type { Country, Place } from './country.ts'
import { need } from './founding.ts'
import { madeUpPerson } from './names.ts'
import { happens, historySeed, oneOf, whole } from './seed.ts'
import type { Got, Seats, Step } from './step.ts'

type County = Country['counties'][number]

/** The teams of 2017 stay to the campaign's end in most counties; in some their first term ends after two years. */
const lastTermUntil: Day = '2020-12-31'
const SHARE_WITH_SHORT_TERMS = 0.03
const SHARE_WITH_RECALL = 0.04
const SHARE_WITH_LEAVE = 0.05
const SHARE_WITH_ATTENDANCE = 0.03
const SHARE_WITH_HELPERS = 0.08
const SHARE_SHORT_OF_PEOPLE = 0.04
const SPARE_PEOPLE = 4

/** Shown first by a demonstration: its teams have everything that there is to see. */
const example = '130630'

/**
 * Villages, people and teams of every county: five to eight villages in each. Which villages there are, who serves in them and when is
 * made up; how many teams the campaign really sent is not claimed. What follows is told of some counties only.
 */
export function labourSteps(country: Country, charter: Charter): readonly Step[] {
  const unstable = new Set(
    country.changes.filter(({ kind }) => kind === 'merge' || kind === 'split').map((each) => each.unitKey),
  )
  return country.counties.flatMap((county) => [
    ...foundingOf(county, charter),
    ...(unstable.has(county.key) ? [] : lifeOf(county, charter)),
  ])
}

const villagesKey = (county: Place) => `village.register ${county.key}`
const workersKey = (county: Place) => `worker.register ${county.key}`
const teamsKey = (county: Place) => `team.form ${county.key}`

const office = (county: Place): Seats => ({
  unit: county.id,
  posts: ['poverty-office-director-county', 'party-secretary-county'],
})
const head = (county: Place): Seats => ({ unit: county.id, posts: ['county-head', 'party-secretary-county'] })

const villageCount = (county: Place) => whole(`villages ${county.key}`, 5, 8)
const teamCount = (county: Place) => villageCount(county) - (happens(`a village without ${county.key}`, 0.1) ? 1 : 0)
const registeredOn = (county: Place, charter: Charter): Day =>
  addWorkingDays('2017-02-06', whole(`villages on ${county.key}`, 0, 30), charter.calendar)
const formedOn = (county: Place, charter: Charter): Day =>
  addWorkingDays(registeredOn(county, charter), whole(`teams on ${county.key}`, 8, 25), charter.calendar)
const termUntilOf = (county: Place, charter: Charter): Day => {
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

function village(county: Place, at: number) {
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

const isTold = (county: Place, what: string, share: number) =>
  county.key === example || happens(`${what} ${county.key}`, share)

/** What happens in some counties once their teams are there. */
const lifeOf = (county: County, charter: Charter): readonly Step[] => [
  ...(isTold(county, 'recall', SHARE_WITH_RECALL) ? recallOf(county, charter) : []),
  ...(isTold(county, 'short of people', SHARE_SHORT_OF_PEOPLE) ? lossOf(county, charter) : []),
  ...(isTold(county, 'leave', SHARE_WITH_LEAVE) ? leaveOf(county, charter) : []),
  ...(isTold(county, 'helpers', SHARE_WITH_HELPERS) ? [helpersOf(county, charter)] : []),
  ...(termUntilOf(county, charter) < lastTermUntil
    ? reliefOf(county, charter)
    : isTold(county, 'attendance', SHARE_WITH_ATTENDANCE)
      ? attendanceOf(county, charter)
      : []),
]

const workerOf = (got: Got, county: Place, at: number) =>
  (got(workersKey(county)).workers as readonly string[])[at] ?? ''
const teamOf = (got: Got, county: Place, at: number) =>
  (got(teamsKey(county)).teams as readonly { team: string }[])[at]?.team ?? ''
const spare = (county: Place, at: number) => villageCount(county) * 3 + at

/** A member of the second team is recalled, and one of those left at home comes instead. */
function recallOf(county: County, charter: Charter): readonly Step[] {
  const on = addWorkingDays('2018-03-05', whole(`recall on ${county.key}`, 0, 180), charter.calendar)
  const joined = addWorkingDays(on, whole(`replaced ${county.key}`, 2, 12), charter.calendar)
  const until = later(lastTermUntil, `${Number(joined.slice(0, 4)) + 2}${joined.slice(4)}`)
  return [
    {
      on,
      turn: 25,
      key: `worker.recall ${county.key}`,
      act: need('worker.recall'),
      by: head(county),
      input: (got) => ({ unit: county.id, worker: workerOf(got, county, 4), reason: '走访入户不实，经批评仍无改进。' }),
    },
    {
      on: joined,
      turn: 25,
      key: `team.change recall ${county.key}`,
      act: need('team.change'),
      by: office(county),
      input: (got) => ({
        unit: county.id,
        team: teamOf(got, county, 1),
        join: [{ worker: workerOf(got, county, spare(county, 0)), role: 'member', termUntil: until }],
      }),
    },
  ]
}

const later = (one: Day, other: Day) => (one > other ? one : other)

const lostOn = (county: County, charter: Charter): Day =>
  addWorkingDays('2020-11-02', whole(`loss on ${county.key}`, 0, 30), charter.calendar)

/** The third team loses somebody near the end, and waits for another. */
function lossOf(county: County, charter: Charter): readonly Step[] {
  return [
    {
      on: lostOn(county, charter),
      turn: 25,
      key: `team.change loss ${county.key}`,
      act: need('team.change'),
      by: office(county),
      input: (got) => ({
        unit: county.id,
        team: teamOf(got, county, 2),
        leave: [{ worker: workerOf(got, county, 8), reason: '调任县直单位，另行选派。' }],
      }),
    },
  ]
}

const SHORT_LEAVE_DAYS = 2
const LONG_LEAVE_DAYS = 12
/** When leave is asked for, three days before it begins. */
const leaveDays = (county: County, charter: Charter): readonly [Day, Day] => [
  addWorkingDays('2020-06-01', whole(`short leave ${county.key}`, 0, 40), charter.calendar),
  addWorkingDays('2020-09-01', whole(`long leave ${county.key}`, 0, 30), charter.calendar),
]

/** A short leave is granted, a long one too, and one waits. */
function leaveOf(county: County, charter: Charter): readonly Step[] {
  const ask = (what: string, at: number, on: Day, days: number, kind: string, reason: string): Step => ({
    on,
    turn: 25,
    key: `leave.ask ${what} ${county.key}`,
    act: need('leave.ask'),
    by: office(county),
    input: (got) => ({
      unit: county.id,
      worker: workerOf(got, county, at),
      kind,
      from: addDays(on, 3),
      to: addDays(on, 2 + days),
      reason,
    }),
  })
  const grant = (what: string, on: Day): Step => ({
    on,
    turn: 26,
    key: `leave.grant ${what} ${county.key}`,
    act: need('leave.grant'),
    by: head(county),
    input: (got) => ({ unit: county.id, leave: got(`leave.ask ${what} ${county.key}`).leave }),
  })
  const [short, long] = leaveDays(county, charter)
  return [
    ask('short', 0, short, SHORT_LEAVE_DAYS, 'personal', '家中有事'),
    grant('short', addWorkingDays(short, 1, charter.calendar)),
    ask('long', 3, long, LONG_LEAVE_DAYS, 'sick', '住院治疗'),
    grant('long', addWorkingDays(long, 1, charter.calendar)),
    ask('open', 1, '2020-12-29', 5, 'family', '回家探亲'),
  ]
}

/** Spare people and the members help the households of the first villages. */
function helpersOf(county: County, charter: Charter): Step {
  const on = addWorkingDays(formedOn(county, charter), 20, charter.calendar)
  return {
    on,
    turn: 25,
    key: `helper.assign ${county.key}`,
    act: need('helper.assign'),
    by: office(county),
    input: (got) => ({
      unit: county.id,
      households: [0, 1, 2].flatMap((at) => {
        const id = (got(villagesKey(county)).villages as readonly string[])[at] ?? ''
        const count = Math.min(24, village(county, at).households)
        return Array.from({ length: count }, (_, n) => ({
          village: id,
          household: `H${String(n + 1).padStart(3, '0')}`,
          worker: workerOf(got, county, at * 3 + (n % 3)),
        }))
      }),
    }),
  }
}

const attendanceMonths = ['2020-07', '2020-08', '2020-09', '2020-10', '2020-11'] as const

/** Months of 2020, a few days after each month's end: everybody in the county shown first, else the first two teams. */
function attendanceOf(county: County, charter: Charter): readonly Step[] {
  const all = Array.from({ length: teamCount(county) * 3 }, (_, at) => at)
  const isRecalled = isTold(county, 'recall', SHARE_WITH_RECALL)
  const told = (county.key === example ? all : all.slice(0, 6)).filter((at) => !(isRecalled && at === 4))
  return attendanceMonths.map((month) => ({
    on: `${month.slice(0, 5)}${String(Number(month.slice(5)) + 1).padStart(2, '0')}-04`,
    turn: 25,
    key: `attendance.record ${month} ${county.key}`,
    act: need('attendance.record'),
    by: office(county),
    input: (got) => ({
      unit: county.id,
      month,
      sheets: [
        ...told.map((at) => ({ at, team: Math.floor(at / 3) })),
        ...(isRecalled ? [{ at: spare(county, 0), team: 1 }] : []),
      ].map(({ at, team }) => ({
        team: teamOf(got, county, team),
        worker: workerOf(got, county, at),
        marks: marksOf(county, charter, at, month),
      })),
    }),
  }))
}

/** Twenty days and more in the village, days off now and then; leave that was granted, and nothing once somebody has left. */
function marksOf(county: County, charter: Charter, at: number, month: string): string {
  const days = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate()
  const [short, long] = isTold(county, 'leave', SHARE_WITH_LEAVE) ? leaveDays(county, charter) : []
  const isWithin = (day: Day, asked: Day | undefined, length: number) =>
    asked !== undefined && addDays(asked, 3) <= day && day <= addDays(asked, 2 + length)
  const left = at === 8 && isTold(county, 'short of people', SHARE_SHORT_OF_PEOPLE) ? lostOn(county, charter) : '9999'
  return Array.from({ length: days }, (_, n) => {
    const day = `${month}-${String(n + 1).padStart(2, '0')}`
    const name = `${county.key} ${at} ${day}`
    if (day >= left) return '-'
    if ((at === 0 && isWithin(day, short, SHORT_LEAVE_DAYS)) || (at === 3 && isWithin(day, long, LONG_LEAVE_DAYS)))
      return 'l'
    return happens(name, 0.2) ? '-' : happens(`${name} duty`, 0.06) ? 'd' : happens(`${name} absent`, 0.01) ? 'a' : 'p'
  }).join('')
}

/** Where terms end after two years, one of the first team goes home and another comes; the rest are over their time. */
function reliefOf(county: County, charter: Charter): readonly Step[] {
  const on = addWorkingDays(termUntilOf(county, charter), whole(`relief ${county.key}`, 1, 15), charter.calendar)
  const joined = addWorkingDays(on, 3, charter.calendar)
  return [
    {
      on,
      turn: 25,
      key: `worker.relieve ${county.key}`,
      act: need('worker.relieve'),
      by: office(county),
      input: (got) => ({ unit: county.id, workers: [workerOf(got, county, 2)] }),
    },
    {
      on: joined,
      turn: 25,
      key: `team.change relief ${county.key}`,
      act: need('team.change'),
      by: office(county),
      input: (got) => ({
        unit: county.id,
        team: teamOf(got, county, 0),
        join: [
          {
            worker: workerOf(got, county, spare(county, 1)),
            role: 'member',
            termUntil: `${Number(joined.slice(0, 4)) + 2}${joined.slice(4)}`,
          },
        ],
      }),
    },
  ]
}
