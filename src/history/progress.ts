import { addDays, addWorkingDays, isWorkingDay } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Day } from '#kernel/words.ts'
import type { Country, Place } from './country.ts'
import { doer, need } from './founding.ts'
import { happens, oneOf, whole } from './seed.ts'
import type { Doer, Step } from './step.ts'

type County = Country['counties'][number]

/** The day by which a month is reported, the share that is late, and the share that comes back. */
const DUE = 5
const LATE_SHARE = 0.04
const RETURNED_SHARE = 0.05

const lastMonth = '2020-11'
const everywhereFrom = '2020-03'
const someFrom = '2018-01'
const PARAMETER = 'county_report_monthly'

/** On the demonstration's day, two neighbours of the county shown first owe a report for more than a week: there is something to urge. */
const lateOnTheDay = ['130624', '130627']
const monthLate = '2018-09'
const sentAfter: Day = '2018-10-26'

/**
 * Counties report their months, cities look through them, provinces report their years. That they did so, when, and what they wrote
 * beside the figures is made up; the figures are those of the replayed country.
 */
export function progressSteps(country: Country, charter: Charter): readonly Step[] {
  return [
    ...country.counties.flatMap((county) =>
      monthsOf(country, charter, county).flatMap((month) => monthSteps(country, charter, county, month)),
    ),
    ...country.provinces.flatMap((province) => yearSteps(country, charter, province)),
  ]
}

/** The months that a county reports: from when the charter asks it of that place, until the January after its year of exit. */
function monthsOf(country: Country, charter: Charter, county: County): readonly string[] {
  const province = country.provinceOf(county)
  const isEarly = charter.findParameter(PARAMETER, `${someFrom}-01`, [county.code, province.code]) !== undefined
  const from = isEarly ? someFrom : everywhereFrom
  const until = county.poor.exitYear < 2020 ? `${county.poor.exitYear + 1}-01` : lastMonth
  const months = [2017, 2018, 2019, 2020].flatMap((year) =>
    Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`),
  )
  return months.filter((month) => month >= from && month <= until)
}

const lastDayOf = (month: string): Day => {
  const [year = 0, of = 0] = month.split('-').map(Number)
  return addDays(of === 12 ? `${year + 1}-01-01` : `${year}-${String(of + 1).padStart(2, '0')}-01`, -1)
}

function monthSteps(country: Country, charter: Charter, county: County, month: string): readonly Step[] {
  const key = `${county.key} ${month}`
  const above = country.aboveOf(county)
  const report = need('progress.report')
  const isAwaited = month === monthLate && lateOnTheDay.includes(county.code ?? '')
  const sentOn = isAwaited ? sentAfter : sentDay(charter, key, lastDayOf(month))
  const input = { unit: county.id, kind: 'county-monthly', period: month }
  const seen = (from: Day, what: string, min: number, max: number) =>
    addWorkingDays(from, whole(`report ${what} ${key}`, min, max), charter.calendar)
  const step = (on: Day, turn: number, name: string, act: string, by: Doer, given: object): Step => ({
    on,
    turn,
    key: `${name} ${key}`,
    act: need(act),
    by,
    input: (got) => ({ unit: county.id, report: got(`report ${key}`).report, ...given }),
  })
  const author = doer(charter, report, county, sentOn)
  const reviewer = (on: Day) => scrutineer(country, charter, above, on)
  const sent: Step = {
    on: sentOn,
    turn: 30,
    key: `report ${key}`,
    act: report,
    by: author,
    input: { ...input, entered: words(county, month) },
  }
  if (!happens(`report returned ${key}`, RETURNED_SHARE)) {
    const isSlow = happens(`report slowly ${key}`, LATE_SHARE)
    const passed = isSlow ? seen(sentOn, 'slowly', 8, 14) : seen(sentOn, 'passed', 1, 7)
    return [sent, step(passed, 31, 'report passed', 'progress.scrutinise', reviewer(passed), { version: 1 })]
  }
  const returned = seen(sentOn, 'returned', 1, 4)
  const answered = seen(returned, 'answered', 1, 6)
  const passed = seen(answered, 'passed', 1, 5)
  const { field, remark, answer, value } = oneOf(`report remark ${key}`, remarks)
  return [
    sent,
    step(returned, 31, 'report returned', 'progress.return', reviewer(returned), {
      version: 1,
      reason: '个别栏目需要核实，其余无意见（演示）。',
      remarks: [{ field, remark }],
    }),
    {
      ...sent,
      on: answered,
      turn: 32,
      key: `report answered ${key}`,
      input: { ...input, entered: value ? [{ field, value }] : [], answers: [{ field, answer }] },
    },
    step(passed, 33, 'report passed', 'progress.scrutinise', reviewer(passed), { version: 2 }),
  ]
}

/** A working day up to the day on which it is due, else that day itself; a few come later. */
function sentDay(charter: Charter, key: string, end: Day): Day {
  const isLate = happens(`report late ${key}`, LATE_SHARE)
  if (isLate) return addWorkingDays(addDays(end, DUE), whole(`report days late ${key}`, 1, 9), charter.calendar)
  const days = Array.from({ length: DUE }, (_, at) => addDays(end, at + 1)).filter((day) =>
    isWorkingDay(day, charter.calendar),
  )
  return days[whole(`report day ${key}`, 0, Math.max(0, days.length - 1))] ?? addDays(end, DUE)
}

/** Whoever looks through it: the city, or the province where there is none; while all seats are vacant, the level above. */
function scrutineer(country: Country, charter: Charter, above: Place, on: Day): Doer {
  const own = doer(charter, need('progress.scrutinise'), above, on)
  if (typeof own === 'string' || above.tier === 'province') return own
  const province = country.provinceOf(above)
  return { ...own, above: { unit: province.id, posts: charter.tier(province.tier).principals } }
}

const works = [
  '召开推进会，逐项调度未开工和进度滞后的项目',
  '组织驻村工作队走访脱贫不稳定户',
  '核对项目台账和资金支付凭证',
  '集中办理医保、低保和危房改造手续',
  '开展劳务对接，组织外出务工',
] as const
const problems = ['无', '个别项目用地手续办理较慢', '部分村技术人员不足', '雨季影响施工进度'] as const
const plans = ['继续推进在建项目', '组织村级自查', '加快资金支付', '准备年度考核材料'] as const

/** What stands beside the figures, made up from the seed and marked as such. */
const words = (county: County, month: string) => {
  const name = `${county.key} ${month}`
  return [
    { field: 'main-work', value: `${oneOf(`work ${name}`, works)}（演示）。` },
    { field: 'problems', value: oneOf(`problem ${name}`, problems) },
    { field: 'next-month', value: `${oneOf(`next ${name}`, plans)}（演示）。` },
    { field: 'village-visits', value: String(whole(`visits ${name}`, 2, 16)) },
    ...(happens(`donated ${name}`, 0.3)
      ? [{ field: 'donations', value: `${whole(`donation ${name}`, 1, 80)}0000` }]
      : []),
  ]
}

const remarks: readonly [Remark, ...Remark[]] = [
  {
    field: 'problems',
    remark: '请写明具体项目和需要市里协调的事项（演示）。',
    answer: '已补充。',
    value: '一个项目用地手续未批，需市里协调（演示）',
  },
  { field: 'village-visits', remark: '次数与工作日志不符，请核对（演示）。', answer: '已按日志核对更正。', value: '6' },
  { field: 'funds.paid', remark: '支付数与上月相比变化较大，请核实（演示）。', answer: '已与凭证核对，数字无误。' },
  { field: 'projects.milestones-slipped', remark: '请说明滞后原因（演示）。', answer: '因雨季停工，已调整工期。' },
]
type Remark = { readonly field: string; readonly remark: string; readonly answer: string; readonly value?: string }

/** Each year's report of a province that still had poor counties when the year began: the last exits of a year are approved in the next. */
function yearSteps(country: Country, charter: Charter, province: Place): readonly Step[] {
  const counties = country.counties.filter((county) => country.provinceOf(county).key === province.key)
  return [2016, 2017, 2018, 2019, 2020]
    .filter((year) => counties.some((county) => county.poor.exitYear >= year - 1))
    .map((year): Step => {
      const act = need('progress.report-year')
      const key = `yearly ${province.key} ${year}`
      const on = addWorkingDays(`${year}-12-14`, whole(key, 1, 11), charter.calendar)
      return {
        on,
        turn: 35,
        key,
        act,
        by: doer(charter, act, province, on),
        input: {
          unit: province.id,
          kind: 'province-yearly',
          period: String(year),
          entered: [
            { field: 'summary', value: `${province.name.zh}${year}年按责任书推进各项工作（演示）。` },
            { field: 'problems', value: oneOf(`problem ${key}`, problems) },
            { field: 'next-year', value: `${oneOf(`next ${key}`, plans)}（演示）。` },
          ],
        },
      }
    })
}
