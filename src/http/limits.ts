/** How often one seat, or one address without a seat, may ask, so that nobody keeps others from being served. */
export type Limits = {
  readonly requestsPerMinute: number
  readonly publicActsPerMinute: number
  readonly signInsPerMinute: number
}

/** Guessing a password is slow; changing seats in a demonstration is not guessing. */
export const limitsOf = (mode: 'demonstration' | 'production'): Limits => ({
  requestsPerMinute: 120_000,
  publicActsPerMinute: 60,
  signInsPerMinute: mode === 'production' ? 10 : 1_200,
})
