import { addDays, addWorkingDays } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Day } from '#kernel/words.ts'
import type { Country, Place } from './country.ts'
import { need } from './founding.ts'
import {
  type County,
  example,
  formedOn,
  hasTeams,
  head,
  lastTermUntil,
  office,
  teamCount,
  teamsKey,
  termUntilOf,
  village,
  villageCount,
  villagesKey,
  workersKey,
} from './labour.ts'
import { happens, whole } from './seed.ts'
import type { Got, Seats, Step } from './step.ts'

const SHARE_WITH_RECALL = 0.04
const SHARE_WITH_LEAVE = 0.05
const SHARE_WITH_ATTENDANCE = 0.03
const SHARE_WITH_HELPERS = 0.08
const SHARE_SHORT_OF_PEOPLE = 0.04

const isTold = (county: Place, what: string, share: number) =>
  county.key === example || happens(`${what} ${county.key}`, share)
const hasRecall = (county: Place) => isTold(county, 'recall', SHARE_WITH_RECALL)
const hasLoss = (county: Place) => isTold(county, 'short of people', SHARE_SHORT_OF_PEOPLE)
const hasLeave = (county: Place) => isTold(county, 'leave', SHARE_WITH_LEAVE)

/** What happens in some counties once their teams are there; in those that stay as they are. */
export function labourLifeSteps(country: Country, charter: Charter): readonly Step[] {
  const unstable = new Set(
    country.changes.filter(({ kind }) => kind === 'merge' || kind === 'split').map((each) => each.unitKey),
  )
  return country.counties
    .filter(hasTeams(country))
    .flatMap((county) => (unstable.has(county.key) ? [] : lifeOf(county, charter)))
}

const lifeOf = (county: County, charter: Charter): readonly Step[] => [
  ...(hasRecall(county) ? recallOf(county, charter) : []),
  ...(hasLoss(county) ? lossOf(county, charter) : []),
  ...(hasLeave(county) ? leaveOf(county, charter) : []),
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

/** A term that begins on a day: to the campaign's end, or two years where that is longer. */
function termFrom(day: Day): Day {
  const twoYears = `${Number(day.slice(0, 4)) + 2}${day.slice(4)}`
  return twoYears > lastTermUntil ? twoYears : lastTermUntil
}

type Joining = { readonly on: Day; readonly what: string; readonly team: number; readonly who: number }

const joinStep = (county: County, { on, what, team, who }: Joining): Step => ({
  on,
  turn: 25,
  key: `team.change ${what} ${county.key}`,
  act: need('team.change'),
  by: office(county),
  input: (got) => ({
    unit: county.id,
    team: teamOf(got, county, team),
    join: [{ worker: workerOf(got, county, who), role: 'member', termUntil: termFrom(on) }],
  }),
})

const RECALLED = 4
const recalledOn = (county: County, charter: Charter): Day =>
  addWorkingDays('2018-03-05', whole(`recall on ${county.key}`, 0, 25), charter.calendar)
const replacedOn = (county: County, charter: Charter): Day =>
  addWorkingDays(recalledOn(county, charter), whole(`replaced ${county.key}`, 2, 8), charter.calendar)

/** A member of the second team is recalled, and one of those left at home comes instead. */
const recallOf = (county: County, charter: Charter): readonly Step[] => [
  {
    on: recalledOn(county, charter),
    turn: 25,
    key: `worker.recall ${county.key}`,
    act: need('worker.recall'),
    by: head(county),
    input: (got) => ({
      unit: county.id,
      worker: workerOf(got, county, RECALLED),
      reason: '走访入户不实，经批评仍无改进。',
    }),
  },
  joinStep(county, { on: replacedOn(county, charter), what: 'recall', team: 1, who: spare(county, 0) }),
]

const LOST = 8
const lostOn = (county: County, charter: Charter): Day =>
  addWorkingDays('2018-10-08', whole(`loss on ${county.key}`, 0, 5), charter.calendar)
const completedOn = (county: County, charter: Charter): Day =>
  addWorkingDays(lostOn(county, charter), whole(`completed ${county.key}`, 9, 18), charter.calendar)

/** The third team loses somebody, and waits some weeks for another. */
const lossOf = (county: County, charter: Charter): readonly Step[] => [
  {
    on: lostOn(county, charter),
    turn: 25,
    key: `team.change loss ${county.key}`,
    act: need('team.change'),
    by: office(county),
    input: (got) => ({
      unit: county.id,
      team: teamOf(got, county, 2),
      leave: [{ worker: workerOf(got, county, LOST), reason: '调任县直单位，另行选派。' }],
    }),
  },
  joinStep(county, { on: completedOn(county, charter), what: 'completed', team: 2, who: spare(county, 2) }),
]

const SHORT_LEAVE_DAYS = 2
const LONG_LEAVE_DAYS = 12
/** When leave is asked for, three days before it begins. */
const leaveDays = (county: County, charter: Charter): readonly [Day, Day] => [
  addWorkingDays('2018-06-01', whole(`short leave ${county.key}`, 0, 30), charter.calendar),
  addWorkingDays('2018-08-01', whole(`long leave ${county.key}`, 0, 20), charter.calendar),
]

/** A short leave is granted, a long one too, and another is decided on some days after it was asked for. */
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
  const decide = (act: 'leave.grant' | 'leave.refuse', what: string, on: Day, by: Seats, more = {}): Step => ({
    on,
    turn: 26,
    key: `${act} ${what} ${county.key}`,
    act: need(act),
    by,
    input: (got) => ({ unit: county.id, leave: got(`leave.ask ${what} ${county.key}`).leave, ...more }),
  })
  const [short, long] = leaveDays(county, charter)
  const after = (day: Day) => addWorkingDays(day, 1, charter.calendar)
  return [
    ask('short', 0, short, SHORT_LEAVE_DAYS, 'personal', '家中有事'),
    decide('leave.grant', 'short', after(short), head(county)),
    ask('long', 3, long, LONG_LEAVE_DAYS, 'sick', '住院治疗'),
    decide('leave.grant', 'long', after(long), head(county)),
    ask('late', 1, '2018-10-16', 5, 'family', '回家探亲'),
    decide('leave.refuse', 'late', '2018-10-19', head(county), { reason: '迎接考核期间，改期再请。' }),
  ]
}

const HELPED_HOUSEHOLDS = 24

/** The members of the first teams help some of the households of three villages. */
const helpersOf = (county: County, charter: Charter): Step => ({
  on: addWorkingDays(formedOn(county, charter), 20, charter.calendar),
  turn: 25,
  key: `helper.assign ${county.key}`,
  act: need('helper.assign'),
  by: office(county),
  input: (got) => ({
    unit: county.id,
    households: [0, 1, 2].flatMap((at) => {
      const id = (got(villagesKey(county)).villages as readonly string[])[at] ?? ''
      const count = Math.min(HELPED_HOUSEHOLDS, village(county, at).households)
      return Array.from({ length: count }, (_, n) => ({
        village: id,
        household: `H${String(n + 1).padStart(3, '0')}`,
        worker: workerOf(got, county, at * 3 + (n % 3)),
      }))
    }),
  }),
})

const monthsFrom = (first: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => {
    const [year = 0, month = 0] = first.split('-').map(Number)
    return new Date(Date.UTC(year, month - 1 + at, 1)).toISOString().slice(0, 7)
  })

/** Somebody of a team, and when they came and went, as far as history tells of it. */
type Service = { readonly at: number; readonly team: number; readonly from: Day; readonly until: Day }

function serviceOf(county: County, charter: Charter): readonly Service[] {
  const from = formedOn(county, charter)
  const firstTeams = county.key === example ? teamCount(county) : 2
  const founders = Array.from({ length: firstTeams * 3 }, (_, at) => ({
    at,
    team: Math.floor(at / 3),
    from,
    until:
      at === RECALLED && hasRecall(county)
        ? recalledOn(county, charter)
        : at === LOST && hasLoss(county)
          ? lostOn(county, charter)
          : '9999',
  }))
  return [
    ...founders,
    ...(hasRecall(county) ? [{ at: spare(county, 0), team: 1, from: replacedOn(county, charter), until: '9999' }] : []),
    ...(hasLoss(county) && firstTeams > 2
      ? [{ at: spare(county, 2), team: 2, from: completedOn(county, charter), until: '9999' }]
      : []),
  ]
}

/** The county shown first tells every month, as its parameter asks; some others told a few months of their first two teams. */
function attendanceOf(county: County, charter: Charter): readonly Step[] {
  const months = county.key === example ? monthsFrom('2018-05', 31) : monthsFrom('2018-06', 4)
  return months.map((month) => {
    const end = addDays(`${monthsFrom(month, 2)[1]}-01`, 0)
    const told = serviceOf(county, charter).filter((each) => each.from < end && each.until > `${month}-01`)
    return {
      on: addDays(end, 3),
      turn: 25,
      key: `attendance.record ${month} ${county.key}`,
      act: need('attendance.record'),
      by: office(county),
      input: (got: Got) => ({
        unit: county.id,
        month,
        sheets: told.map((each) => ({
          team: teamOf(got, county, each.team),
          worker: workerOf(got, county, each.at),
          marks: marksOf(county, charter, each, month),
        })),
      }),
    }
  })
}

/** Twenty days and more in the village, days off now and then; leave that was granted; nothing before joining and after leaving. */
function marksOf(county: County, charter: Charter, { at, from, until }: Service, month: string): string {
  const days = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate()
  const [short, long] = hasLeave(county) ? leaveDays(county, charter) : []
  const isWithin = (day: Day, asked: Day | undefined, length: number) =>
    asked !== undefined && addDays(asked, 3) <= day && day <= addDays(asked, 2 + length)
  return Array.from({ length: days }, (_, n) => {
    const day = `${month}-${String(n + 1).padStart(2, '0')}`
    const name = `${county.key} ${at} ${day}`
    if (day < from || day >= until) return '-'
    if ((at === 0 && isWithin(day, short, SHORT_LEAVE_DAYS)) || (at === 3 && isWithin(day, long, LONG_LEAVE_DAYS)))
      return 'l'
    if (happens(name, 0.2)) return '-'
    return happens(`${name} duty`, 0.06) ? 'd' : happens(`${name} absent`, 0.01) ? 'a' : 'p'
  }).join('')
}

/** Where terms end after two years, one of the first team goes home and another comes; the rest are over their time. */
function reliefOf(county: County, charter: Charter): readonly Step[] {
  const on = addWorkingDays(termUntilOf(county, charter), whole(`relief ${county.key}`, 1, 15), charter.calendar)
  return [
    {
      on,
      turn: 25,
      key: `worker.relieve ${county.key}`,
      act: need('worker.relieve'),
      by: office(county),
      input: (got) => ({ unit: county.id, workers: [workerOf(got, county, 2)] }),
    },
    joinStep(county, {
      on: addWorkingDays(on, 3, charter.calendar),
      what: 'relief',
      team: 0,
      who: spare(county, 1),
    }),
  ]
}
