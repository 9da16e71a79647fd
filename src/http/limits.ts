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

/**
 * Whom an address without a seat is counted as: itself, or, where a household has more addresses than it could use, the network that was
 * given to it.
 */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address
  const [head = '', tail] = address.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const filled = [
    ...before,
    ...Array.from({ length: tail === undefined ? 0 : 8 - before.length - after.length }, () => '0'),
    ...after,
  ]
  return `${filled
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':')}::/64`
}
