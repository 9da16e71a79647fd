import { addWorkingDays } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Country } from './country.ts'
import { doer, need } from './founding.ts'
import { happens, whole } from './seed.ts'
import type { Step } from './step.ts'

const firstDay = '2016-05-09'

/** Each poor county sets its schedule by the year in which it really left; milestones and days are made up. */
export function scheduleSteps(country: Country, charter: Charter): readonly Step[] {
  return country.counties.flatMap((county) => {
    const { key, id } = county
    const city = country.aboveOf(county)
    const on = addWorkingDays(firstDay, whole(`schedule ${key}`, 0, 20), charter.calendar)
    const decided = addWorkingDays(on, whole(`consent ${key}`, 2, 9), charter.calendar)
    const set = need('schedule.set')
    const consent = need('schedule.consent')
    const input = { unit: id, exitYear: county.poor.exitYear, milestones: milestones(county.poor.exitYear) }
    const own = doer(charter, set, county, on)
    const above = doer(charter, consent, city, decided)
    const steps: Step[] = [{ on, turn: 9, key: `schedule ${key}`, act: set, by: own, input }]
    if (!happens(`schedule returned ${key}`, 0.05))
      return [
        ...steps,
        { on: decided, turn: 9, key: `consent ${key}`, act: consent, by: above, input: { unit: id, version: 1 } },
      ]
    const revised = addWorkingDays(decided, whole(`revise ${key}`, 3, 8), charter.calendar)
    const agreed = addWorkingDays(revised, whole(`agree ${key}`, 2, 8), charter.calendar)
    return [
      ...steps,
      {
        on: decided,
        turn: 9,
        key: `return ${key}`,
        act: need('schedule.return'),
        by: above,
        input: { unit: id, version: 1, reason: '年度节点不够具体，请细化后重报。' },
      },
      {
        on: revised,
        turn: 9,
        key: `revise ${key}`,
        act: need('schedule.revise'),
        by: own,
        input: { ...input, reason: '按市级意见细化年度节点。' },
      },
      { on: agreed, turn: 9, key: `consent ${key}`, act: consent, by: above, input: { unit: id, version: 2 } },
    ]
  })
}

const milestones = (exitYear: number) => [
  { on: '2016-12-20', title: { zh: '帮扶责任人到户', en: 'A helper for every household' } },
  ...(exitYear > 2016
    ? [
        {
          on: `${exitYear - 1}-12-20`,
          title: { zh: '贫困村基础设施达标', en: 'Infrastructure of poor villages up to standard' },
        },
      ]
    : []
  ).filter((milestone) => milestone.on > '2016-12-20'),
  ...(exitYear > 2016 ? [{ on: `${exitYear}-05-31`, title: { zh: '县级自查', en: 'The county’s own check' } }] : []),
  ...(exitYear > 2016
    ? [{ on: `${exitYear}-12-10`, title: { zh: '贫困发生率降至标准以下', en: 'Headcount below the limit' } }]
    : []),
]
