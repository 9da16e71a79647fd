import { addDays, addWorkingDays } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Day } from '#kernel/words.ts'
import type { Country, Place } from './country.ts'
import { doer, need } from './founding.ts'
import { happens, oneOf, whole } from './seed.ts'
import type { Step } from './step.ts'

type County = Country['counties'][number]

const historyLastDay: Day = '2020-12-31'
const MATTER_SHARE = 0.22
const RELAYED_SHARE = 0.4
const RETURNED_SHARE = 0.15
const REOPENED_SHARE = 0.12
/** Some are raised so late that they are still waiting when history ends. */
const LATE_SHARE = 0.14
const ASKED_MAX = 2

/** Shown first by a demonstration: it has a matter and requests of its own. */
const example = '130630'

/** What is raised, asked and answered between the levels. All of it is made up, and its titles say so. */
export function coordinationSteps(country: Country, charter: Charter): readonly Step[] {
  const unstable = new Set(country.changes.flatMap((change) => [change.unitKey]))
  const counties = country.counties.filter((county) => !unstable.has(county.key))
  return [
    ...counties
      .filter((county) => county.code === example || happens(`matter ${county.key}`, MATTER_SHARE))
      .flatMap((county) => matterSteps(country, charter, county)),
    ...country.provinces.flatMap((province) =>
      [2018, 2019, 2020].flatMap((year) =>
        requestSteps(
          charter,
          province,
          counties.filter((county) => country.provinceOf(county).key === province.key),
          year,
        ),
      ),
    ),
  ]
}

type About = { readonly title: string; readonly asked: string; readonly duty: string }
const matters: readonly [About, ...About[]] = [
  { title: '跨县产业道路衔接', asked: '请协调相邻县同步建设断头路段。', duty: 'coordinate-cross-county-projects' },
  { title: '易地搬迁安置点用地指标', asked: '请协调解决安置点用地指标缺口。', duty: 'take-overall-responsibility' },
  { title: '扶贫车间用电增容', asked: '请协调供电部门增容改造。', duty: 'land-projects' },
  { title: '专项资金下达迟缓', asked: '请协调加快专项资金下达，以免误了农时。', duty: 'use-funds-well' },
  { title: '医疗报销跨市结算', asked: '请协调打通跨市就医直接结算。', duty: 'link-and-coordinate' },
  { title: '驻村干部力量不足', asked: '请协调增派驻村工作力量。', duty: 'coordinate-labour' },
]

/** A county raises a matter; the level above settles it or passes it on; the county closes it, reopens it, or still waits. */
function matterSteps(country: Country, charter: Charter, county: County): readonly Step[] {
  const { key } = county
  const above = country.aboveOf(county)
  const province = country.provinceOf(county)
  const after = (day: Day, what: string, min: number, max: number) =>
    addWorkingDays(day, whole(`matter ${what} ${key}`, min, max), charter.calendar)
  const isLate = county.code === example || happens(`matter late ${key}`, LATE_SHARE)
  const first: Day = isLate ? '2020-11-20' : `${whole(`matter year ${key}`, 2017, 2019)}-03-01`
  const raisedOn = after(first, 'raised', 0, isLate ? 20 : 180)
  const about = oneOf(`matter about ${key}`, matters)
  const { title, asked } = about
  const concerns = charter.findDuty(about.duty, raisedOn) ? about.duty : 'land-projects'
  const name = `matter ${key}`
  const step = (on: Day, turn: number, what: string, act: string, by: Place, input: object): Step => ({
    on,
    turn,
    key: `${name} ${what}`,
    act: need(act),
    by: doer(charter, need(act), by, on),
    input: (got) => ({ unit: by.id, matter: got(name).matter, ...input }),
  })
  const raised: Step = {
    on: raisedOn,
    turn: 40,
    key: name,
    act: need('matter.raise'),
    by: doer(charter, need('matter.raise'), county, raisedOn),
    input: {
      unit: county.id,
      title: `${title}（演示）`,
      asked,
      concerns,
      evidence: '情况说明由演示生成，不是事实。',
      wished: addDays(raisedOn, 45),
    },
  }
  const steps = [raised]
  let on = raisedOn
  const next = (what: string, min: number, max: number) => (on = after(on, what, min, max))
  if (happens(`matter returned ${key}`, RETURNED_SHARE)) {
    const reason = { ground: 'incomplete', reason: '请补充涉及的村数和资金数（演示）。' }
    steps.push(step(next('returned', 2, 12), 41, 'returned', 'matter.return', above, reason))
    steps.push(
      step(next('answered', 2, 9), 42, 'answered', 'matter.answer', county, { note: '已补充，见附件（演示）。' }),
    )
  }
  let handler = above
  if (above.key !== province.key && happens(`matter relayed ${key}`, RELAYED_SHARE)) {
    const note = { to: 'above', note: '超出本级权限，请省里协调（演示）。' }
    steps.push(step(next('relayed', 3, 14), 43, 'relayed', 'matter.relay', above, note))
    handler = province
  }
  const settled = (what: string) =>
    step(next(what, 4, 18), 44, what, 'matter.settle', handler, {
      decision: '同意，由有关方面按分工落实（演示）。',
      assignments: [{ unit: county.id, task: '提供实施条件并按期办结（演示）。', due: addDays(on, 60) }],
    })
  steps.push(settled('settled'))
  const done = assignmentDone(charter, county, name, after(on, 'carried out', 10, 38))
  if (happens(`matter reopened ${key}`, REOPENED_SHARE)) {
    steps.push(
      step(next('reopened', 2, 15), 45, 'reopened', 'matter.reopen', county, { reason: '问题尚未解决（演示）。' }),
    )
    steps.push(settled('settled again'))
  }
  steps.push(step(next('closed', 3, 16), 46, 'closed', 'matter.close', county, { note: '已解决（演示）。' }))
  return [...steps, done].filter((each) => each.on <= historyLastDay)
}

const assignmentDone = (charter: Charter, county: County, name: string, on: Day): Step => ({
  on,
  turn: 47,
  key: `${name} carried out`,
  act: need('assignment.complete'),
  by: doer(charter, need('assignment.complete'), county, on),
  input: (got) => ({
    unit: county.id,
    assignment: got(`${name} settled`).assignments[0].id,
    result: '已按分工办结（演示）。',
  }),
})

type Asked = {
  readonly title: string
  readonly fields: readonly { readonly kind: 'whole' | 'amount' | 'text'; readonly title: string }[]
}
const requests: readonly [Asked, ...Asked[]] = [
  {
    title: '劳务输出情况补充统计',
    fields: [
      { kind: 'whole', title: '组织输出的贫困劳动力人数' },
      { kind: 'text', title: '输出中的主要困难' },
    ],
  },
  {
    title: '产业扶贫带动情况',
    fields: [
      { kind: 'whole', title: '带动贫困户数' },
      { kind: 'amount', title: '企业投入金额' },
      { kind: 'text', title: '主要做法' },
    ],
  },
  {
    title: '饮水安全排查',
    fields: [
      { kind: 'whole', title: '饮水不安全户数' },
      { kind: 'text', title: '整改安排' },
    ],
  },
]

/** A province asks some of its counties for what the charter does not ask; most answer in time. */
function requestSteps(charter: Charter, province: Place, counties: readonly County[], year: number): readonly Step[] {
  const key = `request ${province.key} ${year}`
  const after = (day: Day, what: string, min: number, max: number) =>
    addWorkingDays(day, whole(`${key} ${what}`, min, max), charter.calendar)
  const on = after(year === 2020 ? '2020-11-25' : `${year}-03-05`, 'asked', 0, year === 2020 ? 14 : 120)
  const asked = counties
    .toSorted((a, b) => whole(`${key} ${a.key}`, 0, 9999) - whole(`${key} ${b.key}`, 0, 9999))
    .filter((county, at) => at < ASKED_MAX || county.code === example)
  if (asked.length === 0) return []
  const { title, fields } = oneOf(key, requests)
  const act = need('report.request')
  const due = after(on, 'due', 8, 18)
  const request: Step = {
    on,
    turn: 48,
    key,
    act,
    by: doer(charter, act, province, on),
    input: {
      unit: province.id,
      title: `${title}（演示）`,
      reason: '研究下一步安排，需要补充情况（演示）。',
      receivers: asked.map((county) => county.id),
      due,
      fields: [{ kind: 'figure', figure: 'letters.signed' }, ...fields],
    },
  }
  const answers = asked.flatMap((county): Step[] => {
    const answeredOn = addWorkingDays(on, whole(`${key} answer ${county.key}`, 2, 20), charter.calendar)
    const answer = need('request.answer')
    // The example still has its own form to fill in when history ends.
    if (answeredOn > historyLastDay || (county.code === example && year === 2020)) return []
    return [
      {
        on: answeredOn,
        turn: 49,
        key: `${key} answer ${county.key}`,
        act: answer,
        by: doer(charter, answer, county, answeredOn),
        input: (got) => ({
          unit: county.id,
          request: got(key).request,
          entered: fields.map((field, at) => ({ n: at + 2, value: typed(`${key} ${county.key} ${at}`, field.kind) })),
        }),
      },
    ]
  })
  return [request, ...answers]
}

const typed = (seed: string, kind: 'whole' | 'amount' | 'text'): string =>
  kind === 'text' ? '已逐村核实，正在落实（演示）。' : String(whole(seed, 20, 4000) * (kind === 'amount' ? 10_000 : 1))
