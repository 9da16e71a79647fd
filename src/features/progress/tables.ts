import type { ColumnType } from 'kysely'
import type { State, Step } from './state.ts'

type Generated<T> = ColumnType<T, never, never>

declare module '#kernel/db.ts' {
  interface DB {
    report: { id: string; unit_id: string; kind: string; period: string; act_id: string }
    report_definition: {
      digest: string
      figure: string
      definition: ColumnType<Definition, string, never>
      act_id: string
    }
    report_step: {
      report_id: string
      ordinal: number
      step: Step
      state: State
      version: number
      reason: string | null
      on_day: string
      person_id: string
      act_id: string
      previous: Generated<number | null>
      from_state: State
      from_day: string | null
      from_version: number
      from_person: string | null
    }
    report_field: {
      report_id: string
      version: number
      field: string
      source: Source
      since_version: number
      value: number | null
      text: string | null
      as_of: string | null
      definition: string | null
      from_day: string | null
      answer: string | null
      act_id: string
    }
    report_remark: { report_id: string; ordinal: number; field: string; remark: string; act_id: string }
  }
}

/** Who knew what a field holds: the system, from a figure or from the journal, or the author who entered it. */
export type Source = 'figure' | 'acts' | 'entered'

/** What a figure meant when it was signed. */
export type Definition = {
  readonly title: { readonly zh: string; readonly en: string }
  readonly definition: { readonly zh: string; readonly en: string }
  readonly measure: { readonly zh: string; readonly en: string }
  readonly kind: 'sum' | 'ratio'
  readonly money: boolean
}
