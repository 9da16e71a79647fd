import { addWorkingDays } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Day } from '#kernel/words.ts'
import type { Country, Place } from './country.ts'
import { doer, need } from './founding.ts'
import { whole } from './seed.ts'
import type { Step } from './step.ts'

const devisedOn: Day = '2016-04-12'

/** Two major projects, made up: one that counties’ projects belong to, and one that none of them names, so that its gap shows. */
const majors = {
  roads: {
    name: { zh: '贫困地区农村道路工程（演示）', en: 'Rural roads (demonstration)' },
    kind: 'infrastructure',
    measure: { zh: '受益贫困人口', en: 'poor people served' },
    document: '演示〔2016〕重大工程1号',
    personsMax: 12_000,
  },
  resettlement: {
    name: { zh: '易地扶贫搬迁工程（演示）', en: 'Resettlement (demonstration)' },
    kind: 'relocation',
    measure: { zh: '搬迁贫困人口', en: 'poor people resettled' },
    document: '演示〔2016〕重大工程2号',
    personsMax: 9_000,
  },
} as const
export type Major = keyof typeof majors

export const majorKey = (major: Major) => `major-project.devise ${major}`

const partOf = (major: Major, county: Place) => whole(`${major} ${county.key}`, 600, majors[major].personsMax)

/** The centre devises them with every province's share, and each province divides its own among its poor counties. */
export function majorSteps(country: Country, charter: Charter): readonly Step[] {
  const { root, provinces } = country
  const countiesOf = (province: Place) =>
    country.counties.filter((county) => country.provinceOf(county).key === province.key)
  const shareOf = (major: Major, province: Place) =>
    countiesOf(province).reduce((sum, county) => sum + partOf(major, county), 0)
  return (Object.keys(majors) as Major[]).flatMap((major) => {
    const { personsMax: _, ...told } = majors[major]
    const shares = provinces.map((province) => ({ unit: province.id, quantity: shareOf(major, province) }))
    const devise = need('major-project.devise')
    const divide = need('major-project.divide')
    return [
      {
        on: devisedOn,
        turn: 13,
        key: majorKey(major),
        act: devise,
        by: doer(charter, devise, root, devisedOn),
        input: {
          unit: root.id,
          ...told,
          from: 2016,
          to: 2020,
          counts: 'persons',
          status: 'made-up',
          quantity: shares.reduce((sum, { quantity }) => sum + quantity, 0),
          shares,
        },
      },
      ...provinces.map((province): Step => {
        const on = addWorkingDays(devisedOn, whole(`divide ${major} ${province.key}`, 8, 34), charter.calendar)
        return {
          on,
          turn: 13,
          key: `major-project.divide ${major} ${province.key}`,
          act: divide,
          by: doer(charter, divide, province, on),
          input: (got) => ({
            unit: province.id,
            major: got(majorKey(major)).major,
            shares: countiesOf(province).map((county) => ({ unit: county.id, quantity: partOf(major, county) })),
          }),
        }
      }),
    ]
  })
}
