import { addWorkingDays } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import { type Day, yuanOf } from '#kernel/words.ts'
import { shareByFormula } from '#features/funds/index.ts'
import type { Country, Place } from './country.ts'
import { readCentralFunds, readNationalSeries } from './facts.ts'
import { formula, modelledValues, weighed } from './formula.ts'
import { doer, need } from './founding.ts'
import { whole } from './seed.ts'
import type { Step } from './step.ts'

/** The years whose money history hands down; that of the years before the mechanism stays where it was appropriated. */
export const moneyYears = [2016, 2017, 2018, 2019, 2020] as const

/** The day on which money of the years before is entered, when the duty to appropriate comes into force. */
const enteredOn: Day = '2015-12-08'

export const lineKey = (year: number) => `line ${year}`
/** When the centre appropriates a year's money. */
export const appropriatedOn = (charter: Charter, year: number): Day =>
  year <= 2015 ? enteredOn : addWorkingDays(`${year}-02-25`, whole(`appropriate ${year}`, 1, 8), charter.calendar)

const paper = (year: number) => ({
  name: { zh: `中央财政专项扶贫资金（${year}年）`, en: `Central special funds for poverty relief, ${year}` },
  document: `${year}年中央财政专项扶贫资金（文号未核实）`,
})

/**
 * The centre's money from year to year and its way down. What the centre appropriated is a fact; what each province and county got is
 * published nowhere as a whole, and is modelled by a formula over made-up factors: the papers that hand it down say so.
 */
export function moneySteps(country: Country, charter: Charter): readonly Step[] {
  const { root } = country
  const early = readCentralFunds().filter(({ year }) => year < moneyYears[0])
  const act = need('funds.appropriate')
  const opened = early.map(({ year, fen }, at): Step => {
    const input = { unit: root.id, year, ...paper(year), amount: yuanOf(fen) }
    return { on: enteredOn, turn: 20 + at, key: lineKey(year), act, by: doer(charter, act, root, enteredOn), input }
  })
  return [
    ...opened,
    ...announceSteps(country, charter),
    ...moneyYears.flatMap((year) => yearSteps(country, charter, year)),
  ]
}

/** The two advance announcements whose totals are known: 55.394 billion yuan for 2017, 113.6 billion for 2020. */
function announceSteps(country: Country, charter: Charter): Step[] {
  const act = need('funds.announce')
  const { root } = country
  const known = [
    { on: '2016-10-31', year: 2017, fen: 5_539_400_000_000n },
    { on: '2019-11-15', year: 2020, fen: 11_360_000_000_000n },
  ] as const
  return known.map(({ on, year, fen }) => ({
    on,
    turn: 20,
    key: `announce ${year}`,
    act,
    by: doer(charter, act, root, on),
    input: {
      unit: root.id,
      year,
      document: `提前下达${year}年资金（文号未核实，分省数为演示模型）`,
      shares: asShares(provinceShares(country, year, fen)),
    },
  }))
}

type Shares = ReadonlyMap<string, bigint>
const asShares = (shares: Shares) =>
  [...shares].filter(([, fen]) => fen > 0n).map(([unit, fen]) => ({ unit, amount: yuanOf(fen) }))

const poorPersons = (year: number) =>
  (readNationalSeries().find((each) => each.year === year - 1)?.poorTenThousands ?? 0) * 10_000

/** The values of the factors for the provinces, modelled, with the numbers of counties that are facts. */
const provinceValues = (country: Country, year: number) =>
  modelledValues(
    'provinces',
    year,
    country.provinces,
    (province) => countiesOf(country, province).length,
    poorPersons(year),
  )

/** The values for a province's poor counties. */
const countyValues = (country: Country, province: Place, year: number) =>
  modelledValues(province.key, year, countiesOf(country, province), () => 1)

const provinceShares = (country: Country, year: number, fen: bigint): Shares =>
  shareByFormula(formula, fen, country.provinces.map(asReceiver), provinceValues(country, year))

const asReceiver = ({ id, code }: Place) => ({ id, key: code ?? '~' })

const countiesOf = (country: Country, province: Place) =>
  country.counties.filter((county) => country.provinceOf(county).key === province.key)

const known = new Map<string, Shares>()

/** What each county of a province got of a year's money, by the model. */
export function countyShares(country: Country, province: Place, year: number): Shares {
  const key = `${province.key} ${year}`
  let shares = known.get(key)
  if (!shares) {
    const total = readCentralFunds().find((each) => each.year === year)?.fen ?? 0n
    const own = provinceShares(country, year, total).get(province.id) ?? 0n
    shares = shareByFormula(
      formula,
      own,
      countiesOf(country, province).map(asReceiver),
      countyValues(country, province, year),
    )
    known.set(key, shares)
  }
  return shares
}

/** When a province passes a year's money on to its counties: within the thirty days, but for some. */
export const allocatedOn = (charter: Charter, province: Place, year: number): Day =>
  addWorkingDays(appropriatedOn(charter, year), whole(`allocate ${province.key} ${year}`, 6, 21), charter.calendar)

function yearSteps(country: Country, charter: Charter, year: number): Step[] {
  const { root, provinces } = country
  const total = readCentralFunds().find((each) => each.year === year)?.fen ?? 0n
  const on = appropriatedOn(charter, year)
  const appropriate = need('funds.appropriate')
  return [
    ...formulaSteps(charter, root, year, addWorkingDays(on, -3, charter.calendar), provinceValues(country, year)),
    {
      on,
      turn: 20,
      key: lineKey(year),
      act: appropriate,
      by: doer(charter, appropriate, root, on),
      input: {
        unit: root.id,
        year,
        ...paper(year),
        amount: yuanOf(total),
        shares: asShares(provinceShares(country, year, total)),
      },
    },
    ...provinces.flatMap((province) => provinceSteps(country, charter, province, year)),
  ]
}

function provinceSteps(country: Country, charter: Charter, province: Place, year: number): Step[] {
  const act = need('funds.allocate')
  const on = allocatedOn(charter, province, year)
  return [
    ...formulaSteps(
      charter,
      province,
      year,
      addWorkingDays(on, -2, charter.calendar),
      countyValues(country, province, year),
    ),
    {
      on,
      turn: 20,
      key: `allocate ${province.key} ${year}`,
      act,
      by: doer(charter, act, province, on),
      input: (got) => ({
        unit: province.id,
        line: got(lineKey(year)).line,
        year,
        document: `演示〔${year}〕${province.name.zh}切块下达`,
        shares: asShares(countyShares(country, province, year)),
        formula: got(`formula ${province.key} ${year}`).formula,
      }),
    },
  ]
}

/** A unit enters the year's factors and adopts the formula; both are marked as made up. */
function formulaSteps(
  charter: Charter,
  place: Place,
  year: number,
  on: Day,
  values: ReturnType<typeof modelledValues>,
): Step[] {
  const enter = need('factors.enter')
  const adopt = need('formula.adopt')
  return [
    {
      on,
      turn: 18,
      key: `factors ${place.key} ${year}`,
      act: enter,
      by: doer(charter, enter, place, on),
      input: { unit: place.id, year, source: '演示模型（虚构）', status: 'made-up', values },
    },
    {
      on,
      turn: 19,
      key: `formula ${place.key} ${year}`,
      act: adopt,
      by: doer(charter, adopt, place, on),
      input: {
        unit: place.id,
        year,
        title: `${year}年因素法（演示，权重由使用者设定，并非官方）`,
        factors: weighed.map(([factor, weightBp]) => ({ factor, percent: weightBp / 100 })),
      },
    },
  ]
}
