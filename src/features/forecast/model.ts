/** Signs that a county may be held up, beside its pace. Each is a share from nought to one. */
export const signs = ['late', 'slipped', 'idle', 'headcount'] as const
export type Sign = (typeof signs)[number]
export type Signs = Readonly<Record<Sign, number>>

/** By how much each sign moves the logarithm of the odds where it is full. */
export type Weights = Readonly<Record<Sign, number>>

/** One look at a county of a year that is over: its chance by pace alone, its signs then, and whether it made its year. */
export type Look = {
  readonly unit: string
  readonly area: string | null
  readonly year: number
  readonly on: number
  readonly pace: number
  readonly signs: Signs
  readonly made: boolean
}

const SURE = 0.01
export const clamp = (p: number): number => Math.min(1 - SURE, Math.max(SURE, p))
export const logit = (p: number): number => Math.log(clamp(p) / (1 - clamp(p)))
export const chance = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds))

const lift = (weights: Weights, of: Signs) => signs.reduce((sum, sign) => sum + weights[sign] * of[sign], 0)

/** The forecast: the pace's odds, moved by each sign. */
export const forecastOf = (pace: number, of: Signs, weights: Weights): number =>
  clamp(chance(logit(pace) + lift(weights, of)))

/** Eleven looks at a county in a year count as one county. */
const LOOKS_PER_COUNTY = 11
const SWEEPS = 25
/** What one county at even odds tells of a weight. */
const TOLD_BY_ONE = 0.25

/**
 * Fits the weights to what became of the counties: where the sum of the logarithms of the chances given to what really happened, less a
 * penalty for leaving the settings, is greatest. The settings count as much as `settingsCounties` counties that show the sign in full;
 * with no history the weights are the settings. No sign may raise the chance. Newton's steps, one weight after another: the sum has one
 * top, and the same history always leads to it.
 */
export function fitWeights(looks: readonly Look[], settings: Weights, settingsCounties: number): Weights {
  const telling = looks.filter((look) => signs.some((sign) => look.signs[sign] > 0))
  const weights: Record<Sign, number> = { ...settings }
  const hold = settingsCounties * TOLD_BY_ONE
  for (let sweep = 0; sweep < SWEEPS; sweep += 1)
    for (const sign of signs) {
      let slope = -hold * (weights[sign] - settings[sign])
      let bend = hold
      for (const look of telling) {
        const x = look.signs[sign]
        if (x === 0) continue
        const p = chance(logit(look.pace) + lift(weights, look.signs))
        slope += (x * ((look.made ? 1 : 0) - p)) / LOOKS_PER_COUNTY
        bend += (x * x * p * (1 - p)) / LOOKS_PER_COUNTY
      }
      if (bend > 0) weights[sign] = Math.min(0, weights[sign] + slope / bend)
    }
  return weights
}

/** How the forecast comes about, step by step, in points of a hundred: what is expected of anybody, the pace, each sign. */
export type Part = { readonly part: 'base' | 'pace' | Sign; readonly from: number; readonly to: number }

export function partsOf(base: number, pace: number, of: Signs, weights: Weights): readonly Part[] {
  const parts: Part[] = [
    { part: 'base', from: 0, to: clamp(base) },
    { part: 'pace', from: clamp(base), to: clamp(pace) },
  ]
  let odds = logit(pace)
  for (const sign of signs) {
    if (of[sign] === 0) continue
    const from = clamp(chance(odds))
    odds += weights[sign] * of[sign]
    parts.push({ part: sign, from, to: clamp(chance(odds)) })
  }
  return parts
}

export const grades = ['likely', 'open', 'unlikely'] as const
export type Grade = (typeof grades)[number]
const LIKELY_MIN = 75
const OPEN_MIN = 40
export const percentOf = (p: number): number => Math.round(100 * p)
/** A coarse word for a chance; the number stands beside it. */
export const gradeOf = (percent: number): Grade =>
  percent >= LIKELY_MIN ? 'likely' : percent >= OPEN_MIN ? 'open' : 'unlikely'
