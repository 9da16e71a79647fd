import { addWorkingDays } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Country } from './country.ts'
import { exitYears, readNationalSeries } from './facts.ts'
import { doer, need } from './founding.ts'
import { whole } from './seed.ts'
import type { Step } from './step.ts'

const setOn = '2015-12-07'
const derived = '演示：按实际退出年度反推；分省分年计划未见公布'

/**
 * The centre's goals and their division. That all 832 counties and all rural poor leave poverty by 2020 is a fact; how many
 * counties each province was to bring out in which year is not published anywhere, and is derived from what happened.
 */
export function goalSteps(country: Country, charter: Charter): readonly Step[] {
  const act = need('goal.set')
  const { root } = country
  const by = doer(charter, act, root, setOn)
  const national = exitYears.flatMap((year, at): Step[] => {
    const counties = country.counties.filter((county) => county.poor.exitYear === year)
    const shares = country.provinces.flatMap((province) => {
      const target = counties.filter((county) => country.provinceOf(county).key === province.key).length
      return target > 0 ? [{ unit: province.id, target }] : []
    })
    const goal = { unit: root.id, year, status: 'made-up', source: derived }
    return [
      {
        on: setOn,
        turn: 40 + at,
        key: `goal counties ${year}`,
        act,
        by,
        input: { ...goal, indicator: 'counties-out', target: counties.length, shares },
      },
      { on: setOn, turn: 50 + at, key: `goal persons ${year}`, act, by, input: personsGoal(root.id, year) },
    ]
  })
  return [...national, ...country.provinces.map((province) => decomposeStep(country, charter, province))]
}

/** People to be lifted out in a year: what the national series fell by; a goal of our making from a published result. */
function personsGoal(unit: string, year: number) {
  const series = readNationalSeries()
  const poor = (of: number) => series.find((each) => each.year === of)?.poorTenThousands ?? 0
  const target = (poor(year - 1) - poor(year)) * 10_000
  return {
    unit,
    year,
    indicator: 'persons-lifted',
    target,
    status: 'made-up',
    source: '演示：按全国农村贫困人口逐年减少数；分省数未见公布',
  }
}

function decomposeStep(country: Country, charter: Charter, province: Country['provinces'][number]): Step {
  const act = need('goal.decompose')
  const on = addWorkingDays(setOn, whole(`decompose ${province.key}`, 5, 22), charter.calendar)
  const counties = country.counties.filter((county) => country.provinceOf(county).key === province.key)
  const years = exitYears.flatMap((year) => {
    const shares = counties
      .filter((county) => county.poor.exitYear === year)
      .map((county) => ({ unit: county.id, target: 1 }))
    return shares.length > 0 ? [{ year, shares }] : []
  })
  const input = { unit: province.id, indicator: 'counties-out', years, status: 'made-up', source: derived }
  return { on, turn: 9, key: `decompose ${province.key}`, act, by: doer(charter, act, province, on), input }
}
