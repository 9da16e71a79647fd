import { addWorkingDays } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import { type Day, yuanOf } from '#kernel/words.ts'
import type { Country, Place } from './country.ts'
import { doer, need } from './founding.ts'
import { majorKey } from './majors.ts'
import { countyShares } from './money.ts'
import { happens, oneOf, whole } from './seed.ts'
import type { Doer, Step } from './step.ts'

/** The years whose money pays for the projects that history follows; later money reaches the counties and is not followed further. */
export const projectYears = [2016, 2017, 2018] as const

/** What the projects of a county are, made up from a seed: one that earns, one that is built. */
const works = {
  industry: ['食用菌大棚', '中药材种植基地', '肉牛养殖小区', '茶叶加工车间', '光伏电站', '果蔬冷藏库'],
  infrastructure: ['通村公路硬化', '村组道路和桥涵', '农田灌溉渠系', '农村电网改造配套', '村内排水和照明'],
} as const
type Kind = keyof typeof works
const kinds = Object.keys(works) as Kind[]
const INDUSTRY_PERCENT = 60n

/** How a county's money of a year is divided between its two projects, to the fen. */
export function divided(fen: bigint): readonly [bigint, bigint] {
  const industry = (fen * INDUSTRY_PERCENT) / 100n
  return [industry, fen - industry]
}

const codeOf = (kind: Kind) => (kind === 'industry' ? 'XM2016-01' : 'XM2016-02')

export const projectKey = (county: Place) => `project.propose ${county.key}`
const firstDay: Day = '2016-10-12'
const assignedFrom: Day = '2016-12-14'

/** When a province assigns the projects of its counties. */
export const assignedOn = (charter: Charter, province: Place): Day =>
  addWorkingDays(assignedFrom, whole(`assign ${province.key}`, 0, 6), charter.calendar)

/** Every county's two projects on their way through the library to their hand-over. All of it is made up. */
export function projectSteps(country: Country, charter: Charter): readonly Step[] {
  return [
    ...country.counties.flatMap((county) => countySteps(country, charter, county)),
    ...country.provinces.map((province) => assignStep(country, charter, province)),
  ]
}

function countySteps(country: Country, charter: Charter, county: Place): Step[] {
  const { id, key } = county
  const after = (day: Day, what: string, min: number, max: number) =>
    addWorkingDays(day, whole(`project ${key} ${what}`, min, max), charter.calendar)
  const step = (on: Day, act: string, input: Step['input'], by?: Doer, again = ''): Step => ({
    on,
    turn: 15,
    key: `${act} ${key}${again}`,
    act: need(act),
    by: by ?? held(country, charter, act, county, on),
    input,
  })
  const both: Step['input'] = (got) => ({ unit: id, projects: idsOf(got(projectKey(county))) })
  const passed: Step['input'] = (got) => ({ unit: id, projects: idsOf(got(projectKey(county))), outcome: 'pass' })
  const seat = (...posts: string[]): Doer => ({ unit: id, posts })
  const proposed = after(firstDay, 'propose', 0, 8)
  const argued = after(proposed, 'argue', 3, 9)
  const noticed = after(argued, 'notice', 1, 3)
  const admitted = after(noticed, 'admit', 10, 13)
  const started = after('2016-12-30', 'start', 3, 38)
  const reported = milestones.map((_, at) => reportedOn(charter, county, at))
  const finished = reported.at(-1)!
  const accepted = after(finished, 'accept', 5, 18)
  const handedOver = after(accepted, 'hand over', 5, 30)
  return [
    step(
      proposed,
      'project.propose',
      (got) => ({
        unit: id,
        projects: kinds.map((kind) => draft(country, county, kind, got(majorKey('roads')).major)),
      }),
      seat('poverty-office-director-county', 'county-head'),
    ),
    step(argued, 'project.argue', passed),
    step(noticed, 'project.notice', both),
    step(admitted, 'project.admit', passed, seat('county-head', 'poverty-office-director-county')),
    step(started, 'project.start', (got) => ({
      unit: id,
      projects: idsOf(got(projectKey(county))).map((project) => ({ project, milestones: plan })),
    })),
    ...reported.map((on, at) =>
      step(
        on,
        'project.report',
        report(county, at + 1, milestones[at]!.name),
        seat('poverty-office-director-county', 'county-head'),
        ` ${at + 1}`,
      ),
    ),
    step(
      accepted,
      'project.accept',
      (got) => ({
        unit: id,
        projects: idsOf(got(projectKey(county))),
        outcome: 'pass',
        findings: '现场查验，工程量与计划一致，质量合格。',
      }),
      seat('sector-bureau-director-county', 'finance-director-county'),
    ),
    step(handedOver, 'project.hand-over', (got) => ({
      unit: id,
      projects: idsOf(got(projectKey(county))),
      to: '受益村村委会',
      upkeep: '由村集体管护，每年从收益中提取管护费。',
    })),
  ]
}

/** The seats of a county that may do an act; where only one may and it is vacant, the level above does it. */
function held(country: Country, charter: Charter, act: string, county: Place, on: Day): Doer {
  const own = doer(charter, need(act), county, on)
  const above = country.aboveOf(county)
  return typeof own === 'string'
    ? own
    : { ...own, above: { unit: above.id, posts: charter.tier(above.tier).principals } }
}

const milestones = [
  { name: '备料和基础工程完成', due: '2017-03-31', share: 30, from: '2017-03-10', fromLate: '2017-03-10' },
  { name: '主体工程过半', due: '2017-08-31', share: 30, from: '2017-07-24', fromLate: '2017-09-11' },
  { name: '主体工程建成', due: '2018-07-31', share: 30, from: '2018-06-25', fromLate: '2018-11-05' },
  { name: '收尾并发挥效益', due: '2018-12-20', share: 10, from: '2018-11-20', fromLate: '2019-01-07' },
] as const

const plan = milestones.map(({ name, due, share }) => ({ name, due, share }))

/** When a county reports a milestone done, the first of which is 0; some few counties are late with all but the first. */
export function reportedOn(charter: Charter, { key }: Place, milestone: number): Day {
  const { from, fromLate } = milestones[milestone]!
  const isLate = happens(`late ${key}`, 0.06)
  return addWorkingDays(isLate ? fromLate : from, whole(`project ${key} report ${milestone}`, 0, 15), charter.calendar)
}

const report =
  (county: Place, milestone: number, what: string): Step['input'] =>
  (got) => ({
    unit: county.id,
    reports: idsOf(got(projectKey(county))).map((project) => ({
      project,
      milestone,
      done: 100,
      evidence: `${what}：现场照片、验工单（演示）`,
    })),
  })

/** The ids of the two projects, in the order of `kinds`. */
export const idsOf = (result: { projects: readonly { id: string; code: string }[] }): readonly string[] =>
  result.projects.toSorted((a, b) => (a.code < b.code ? -1 : 1)).map((project) => project.id)

function draft(country: Country, county: Place, kind: Kind, roads: string) {
  const at = kinds.indexOf(kind)
  const province = country.provinceOf(county)
  const amount = projectYears.reduce(
    (sum, year) => sum + divided(countyShares(country, province, year).get(county.id) ?? 0n)[at]!,
    0n,
  )
  const name = oneOf(`work ${kind} ${county.key}`, works[kind])
  const households = whole(`households ${kind} ${county.key}`, 300, 2400)
  return {
    code: codeOf(kind),
    name: `${county.name.zh}${name}项目（演示）`,
    kind,
    nature: 'new',
    ...(kind === 'infrastructure' && name.includes('路') && { majorProject: roads }),
    place: `${county.name.zh}有关贫困村`,
    startsOn: '2017-01-10',
    endsOn: '2018-12-20',
    responsible: kind === 'industry' ? '县农业局' : '县交通局',
    task: `在贫困村实施${name}，分两年完成。`,
    amount: yuanOf(amount),
    financing: '中央财政专项扶贫资金（2016—2018年）',
    households,
    persons: households * 3 + whole(`persons ${kind} ${county.key}`, 0, 400),
    target:
      kind === 'industry' ? `带动${households}户贫困户户均年增收2500元以上` : `改善${households}户贫困户的生产生活条件`,
    mechanism: kind === 'industry' ? '以土地流转、务工和收益分红带动' : '优先使用贫困劳动力，群众参与监督',
    proposedBy: kind === 'industry' ? '县农业局' : '县交通局',
    townshipOpinion: '同意申报。',
  }
}

function assignStep(country: Country, charter: Charter, province: Place): Step {
  const act = need('project.assign')
  const on = assignedOn(charter, province)
  const counties = country.counties.filter((county) => country.provinceOf(county).key === province.key)
  return {
    on,
    turn: 16,
    key: `project.assign ${province.key}`,
    act,
    by: doer(charter, act, province, on),
    input: (got) => ({
      unit: province.id,
      document: `演示〔2016〕${province.name.zh}项目下达`,
      projects: counties.flatMap((county) =>
        idsOf(got(projectKey(county))).map((project) => ({
          unit: county.id,
          project,
          tasks: '按项目库内容组织实施，2018年底前建成。',
          indicator: '按期建成，带动贫困户达到绩效目标',
        })),
      ),
    }),
  }
}
