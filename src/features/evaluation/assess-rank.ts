import { type Place, ranked } from './assess-score.ts'

/** A signed score with what it was scored by: two years compare plainly only where the weights are the same. */
export type ScoreOf = {
  readonly of: string
  readonly unit: string
  readonly score: number | null
  /** A digest of nothing but the scales: which weights it was scored by, whatever they were called. */
  readonly scales: string | null
}

export type Standing = {
  readonly level: Place | null
  readonly before: number | null
  readonly improvement: number | null
  readonly improved: Place | null
  /** Why there is no rank, or what one should know of it. */
  readonly note: 'not-scored' | 'no-score-before' | 'other-weights' | null
}

/**
 * Who stands where by the score, and by how much it rose on last year's; each among those whom the same unit assesses. A score that was
 * reached under other weights is compared, and said to be.
 */
export function standingsOf(now: readonly ScoreOf[], last: readonly ScoreOf[]): ReadonlyMap<string, Standing> {
  const lastOf = new Map(last.map((each) => [each.of, each]))
  const standings = new Map<string, Standing>()
  for (const together of Map.groupBy(now, (each) => each.unit).values()) {
    const scores = new Map<string, number>()
    const rises = new Map<string, number>()
    for (const { of, score } of together) {
      if (score === null) continue
      scores.set(of, score)
      const before = lastOf.get(of)?.score ?? null
      if (before !== null) rises.set(of, score - before)
    }
    const [levels, improved] = [ranked(scores), ranked(rises)]
    for (const { of, score, scales } of together) {
      const before = lastOf.get(of)
      standings.set(of, {
        level: levels.get(of) ?? null,
        before: before?.score ?? null,
        improvement: rises.get(of) ?? null,
        improved: improved.get(of) ?? null,
        note:
          score === null
            ? 'not-scored'
            : (before?.score ?? null) === null
              ? 'no-score-before'
              : before?.scales === scales
                ? null
                : 'other-weights',
      })
    }
  }
  return standings
}
