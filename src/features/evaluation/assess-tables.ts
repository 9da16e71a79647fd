import type { ColumnType } from 'kysely'

type Json<T> = ColumnType<T, string, never>

/** What the system knew of an indicator, and by what: enough to count it again, and to tell whether it means the same today. */
export type Basis =
  | {
      readonly kind: 'figure'
      readonly figure: string
      readonly of?: string
      /** A digest of what the figure says of itself and of the query that counts it. */
      readonly definition: string
      readonly asOf: string
      readonly counted: number
      readonly whole: number
    }
  | {
      readonly kind: 'sample'
      readonly sampling: string
      readonly title: string
      readonly metric: string
      readonly low: number
      readonly high: number
      /** The digest of all that the estimate stands on. */
      readonly inputs: string
      readonly madeUp: boolean
      readonly asOf: string
    }

/** An indicator's weight in basis points, and at which values, in hundredths, it gives nothing and all. */
export type Scale = { readonly weight: number; readonly zero: number; readonly full: number }
export type Scales = Readonly<Record<string, Scale>>

declare module '#kernel/db.ts' {
  interface DB {
    assessment_weights: {
      id: string
      unit_id: string
      scheme: string
      year: number
      version: number
      title: string
      scales: Json<Scales>
      made_up: boolean
      note: string | null
      on_day: string
      act_id: string
    }
    assessment: {
      id: string
      unit_id: string
      of_unit_id: string
      scheme: string
      year: number
      on_day: string
      act_id: string
    }
    assessment_step: {
      assessment_id: string
      ordinal: number
      step: string
      state: string
      reason: string | null
      on_day: string
      person_id: string
      act_id: string
      from_state: string
      from_day: string | null
    }
    assessment_value: {
      assessment_id: string
      ordinal: number
      indicator: string
      value: number | null
      system_value: number | null
      basis: Json<Basis | null> | null
      evidence: string | null
      act_id: string
    }
    assessment_veto: { assessment_id: string; ordinal: number; veto: string; evidence: string; act_id: string }
    assessment_signature: {
      assessment_id: string
      version: number
      ordinal: number
      weights_id: string | null
      points: Json<Readonly<Record<string, number>>>
      score: number | null
      grade: string | null
      evidence: string
      digest: string
      on_day: string
      act_id: string
    }
    assessment_consequence: {
      assessment_id: string
      version: number
      consequence: string
      words: string
      on_day: string
      act_id: string
    }
  }
}
