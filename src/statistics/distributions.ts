/** Quantiles of the distributions that intervals are made of. Pure; tested against printed tables. */

const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const

function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const shifted = x - 1
  const t = shifted + LANCZOS.length - 0.5
  const sum = LANCZOS.reduce((total, each, at) => total + each / (shifted + at + 1), 0.99999999999980993)
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum)
}

const TINY = 1e-300
const STEPS_MAX = 500
const away = (value: number) => (Math.abs(value) < TINY ? TINY : value)

/** The continued fraction of the incomplete beta function, by Lentz's method. */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m <= STEPS_MAX; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    value *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    value *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return value
}

/** The share of a beta distribution that lies below `x`: the regularised incomplete beta function. Shapes need not be whole. */
export function betaBelow(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b
}

const HALVINGS = 100

/** Where a rising function on [0, 1] reaches a value. */
function solve(rising: (x: number) => number, value: number): number {
  let low = 0
  let high = 1
  for (let at = 0; at < HALVINGS; at++) {
    const middle = (low + high) / 2
    if (rising(middle) < value) low = middle
    else high = middle
  }
  return (low + high) / 2
}

export const betaQuantile = (share: number, a: number, b: number): number => solve((x) => betaBelow(x, a, b), share)

/** Student's t: the value that a share of the distribution lies below, for a share of at least a half. */
export function tQuantile(share: number, df: number): number {
  if (share < 0.5) return -tQuantile(1 - share, df)
  // With x = df / (df + t²), the two tails together are I_x(df / 2, 1 / 2).
  const x = solve((each) => betaBelow(each, df / 2, 0.5), 2 * (1 - share))
  return Math.sqrt((df * (1 - x)) / x)
}
