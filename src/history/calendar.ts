import type { Charter } from '#kernel/charter.ts'
import { addWorkingDays } from '#kernel/calendar.ts'
import type { Country } from './country.ts'
import { doer, foundingDay, need } from './founding.ts'
import { happens, whole } from './seed.ts'
import type { Step } from './step.ts'

const years = [2016, 2017, 2018, 2019, 2020] as const

/** The later versions of the charter are adopted, what recurs every year and month is opened, and the provinces adopt their annual plans. */
export function calendarSteps(country: Country, charter: Charter): readonly Step[] {
  const { root } = country
  const adopted = charter.text.versions
    .filter((version) => version.from > foundingDay)
    .map((version): Step => {
      const act = need('charter.adopt')
      const input = { unit: root.id, version: version.id }
      return {
        on: version.from,
        turn: 1,
        key: `adopt ${version.id}`,
        act,
        by: doer(charter, act, root, version.from),
        input,
      }
    })
  const opened = years.map((year): Step => {
    const input = { unit: root.id, year }
    return { on: `${year}-01-01`, turn: 1, key: `calendar ${year}`, act: need('calendar.open'), by: 'mechanism', input }
  })
  const months = years.flatMap((year) =>
    Array.from({ length: 12 }, (_, at): Step => {
      const key = `calendar ${year}-${String(at + 1).padStart(2, '0')}`
      const input = { unit: root.id, year, month: at + 1 }
      return { on: `${key.slice(-7)}-01`, turn: 2, key, act: need('calendar.open'), by: 'mechanism', input }
    }),
  )
  return [
    ...adopted,
    ...opened,
    ...months.filter(({ on }) => charter.obligationsOn(on).some(({ recurring }) => recurring?.every === 'month')),
    ...years.flatMap((year) => country.provinces.map((province) => planStep(charter, province, year))),
  ]
}

function planStep(charter: Charter, province: Country['provinces'][number], year: number): Step {
  const act = need('plan.adopt')
  const key = `plan ${province.key} ${year}`
  const isLate = happens(`late ${key}`, 0.06)
  const on = addWorkingDays(
    isLate ? `${year}-03-31` : `${year}-02-20`,
    whole(key, 1, isLate ? 12 : 20),
    charter.calendar,
  )
  const title = {
    zh: `${province.name.zh}${year}年脱贫攻坚年度计划`,
    en: `Annual plan of ${province.name.en} for ${year}`,
  }
  const text = {
    zh: `${year}年度脱贫攻坚计划：按责任书确定的年度目标，落实资金、项目和帮扶力量。`,
    en: `Plan for ${year}: funds, projects and helpers for the year’s goals as the letters of responsibility set them.`,
  }
  return {
    on,
    turn: 7,
    key,
    act,
    by: doer(charter, act, province, on),
    input: { unit: province.id, kind: 'annual', year, title, text, status: 'made-up' },
  }
}
