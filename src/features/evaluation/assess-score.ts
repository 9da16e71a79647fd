import { canonical } from '#kernel/canonical.ts'
import type { AssessmentScheme } from '#kernel/charter-assessments.ts'
import { sha256 } from '#src/statistics/index.ts'
import type { Basis, Scale, Scales } from './assess-tables.ts'

/** All that a score stands on, as it was when it was signed. Numbers are hundredths of the indicator's own measure. */
export type Evidence = {
  readonly assessment: string
  readonly unit: string
  readonly of: string
  readonly scheme: string
  readonly year: number
  readonly on: string
  readonly version: number
  readonly weights: { readonly id: string; readonly version: number; readonly scales: Scales } | null
  readonly indicators: readonly {
    readonly id: string
    readonly reported: number | null
    readonly value: number | null
    readonly system: number | null
    readonly basis: Basis | null
    readonly evidence: string | null
  }[]
  readonly vetoes: readonly { readonly id: string; readonly atMost: string; readonly evidence: string }[]
  /** From the best downward, each from so many hundredths of a point on. */
  readonly grades: readonly { readonly id: string; readonly from: number }[]
}

export type Scored = {
  readonly points: Readonly<Record<string, number>>
  /** In hundredths of a point, of a hundred points; null where there are no weights. */
  readonly score: number | null
  /** What the points alone would give. */
  readonly gradeByPoints: string | null
  readonly grade: string | null
}

/**
 * The points of one indicator in hundredths: nothing at `zero`, all of its weight at `full`, in proportion between, rounded half up. So a
 * weight of 20 % gives at most 2,000 hundredths, which is 20 points. `full` may lie below `zero`, where less is better.
 */
export function pointsOf(value: number, { weight, zero, full }: Scale): number {
  const span = Math.abs(full - zero)
  const done = Math.min(span, Math.max(0, (value - zero) * Math.sign(full - zero)))
  return Math.floor((2 * weight * done + span) / (2 * span))
}

/** Points, score and grade, from the evidence alone: whoever holds it computes the same. The score is the sum of the rounded points. */
export function scoreOf({ weights, indicators, vetoes, grades }: Evidence): Scored {
  if (!weights) return { points: {}, score: null, gradeByPoints: null, grade: null }
  const points = Object.fromEntries(
    indicators.flatMap(({ id, value }) => {
      const scale = weights.scales[id]
      return scale === undefined || value === null ? [] : [[id, pointsOf(value, scale)] as const]
    }),
  )
  const score = Object.values(points).reduce((sum, each) => sum + each, 0)
  const place = grades.findIndex((grade) => score >= grade.from)
  const places = vetoes.map((veto) => grades.findIndex((grade) => grade.id === veto.atMost))
  return {
    points,
    score,
    gradeByPoints: grades[place]?.id ?? null,
    grade: grades[Math.max(place, ...places)]?.id ?? null,
  }
}

export const gradesOf = (scheme: AssessmentScheme): Evidence['grades'] =>
  scheme.grades.map((grade) => ({ id: grade.id, from: Math.round(grade.from_points * 100) }))

/** The evidence as it is kept: the same content gives the same text, and the text its digest. */
export function kept(evidence: Evidence): { readonly text: string; readonly digest: string } {
  const text = canonical(evidence)
  return { text, digest: sha256(text) }
}

/** A place in a ranking: how many stand at it, and of how many. */
export type Place = { readonly rank: number; readonly tied: number; readonly of: number }

/** Ranks by a number, the greatest first. Who has the same has the same rank, and the next rank is so much further on. */
export function ranked(values: ReadonlyMap<string, number>): ReadonlyMap<string, Place> {
  const all = [...values.values()]
  return new Map(
    [...values].map(([key, value]) => [
      key,
      {
        rank: 1 + all.filter((other) => other > value).length,
        tied: all.filter((other) => other === value).length,
        of: all.length,
      },
    ]),
  )
}
