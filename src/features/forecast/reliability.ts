/** One forecast that was made, and what became of it. `base` is what one would have said knowing only the share of earlier years. */
export type Tried = {
  readonly unit: string
  readonly area: string | null
  readonly year: number
  readonly on: number
  readonly p: number
  readonly base: number
  readonly made: boolean
}

/** A class of forecasts: what was said on average, and the share that came true. */
export type Class = {
  readonly from: number
  readonly to: number
  readonly forecasts: number
  readonly said: number | null
  readonly came: number | null
}

/** How good some forecasts were. Brier: the mean square of what was said less what came; nought is perfect, a coin scores 0.25. */
export type Score = {
  readonly forecasts: number
  readonly counties: number
  readonly made: number
  readonly missed: number
  readonly said: number | null
  readonly came: number | null
  readonly brier: number | null
  /** Of whoever always says the share of the earlier years. */
  readonly brierBase: number | null
  /** Of whoever had known the share of these very counties beforehand: what is hardest to beat. */
  readonly brierHindsight: number | null
  /** Whether both kinds of outcome are there often enough to tell anything. */
  readonly tells: boolean
}

const CLASSES = 10
/** With fewer counties that made it, or that missed, the data can't tell. */
const COUNTIES_MIN = 5

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length

/** What was said in each tenth, beside what came true of it. */
export const reliability = (tried: readonly Tried[]): readonly Class[] =>
  Array.from({ length: CLASSES }, (_, at) => {
    const isLast = at === CLASSES - 1
    const here = tried.filter(({ p }) => Math.floor(p * CLASSES) === at || (isLast && p === 1))
    return {
      from: (100 / CLASSES) * at,
      to: (100 / CLASSES) * (at + 1),
      forecasts: here.length,
      said: mean(here.map(({ p }) => p)),
      came: mean(here.map(({ made }) => Number(made))),
    }
  })

export function scoreOf(tried: readonly Tried[]): Score {
  const counties = Map.groupBy(tried, ({ unit, year }) => `${unit} ${year}`)
  const made = [...counties.values()].filter(([first]) => first?.made).length
  const came = mean(tried.map((each) => Number(each.made)))
  const brier = (said: (each: Tried) => number) => mean(tried.map((each) => (said(each) - Number(each.made)) ** 2))
  const missed = counties.size - made
  return {
    forecasts: tried.length,
    counties: counties.size,
    made,
    missed,
    said: mean(tried.map(({ p }) => p)),
    came,
    brier: brier(({ p }) => p),
    brierBase: brier(({ base }) => base),
    brierHindsight: came === null ? null : brier(() => came),
    tells: made >= COUNTIES_MIN && missed >= COUNTIES_MIN,
  }
}
