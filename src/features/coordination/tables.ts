import type { FieldKind } from './fields.ts'
import type { MatterState, MatterStep } from './states.ts'

type Act = { readonly act_id: string }

/** What the slice adds to the database's shape. */
declare module '#kernel/db.ts' {
  interface DB {
    report_request: Act & {
      id: string
      unit_id: string
      post: string
      title: string
      reason: string
      due_on: string
      on_day: string
    }
    report_request_field: Act & {
      request_id: string
      n: number
      title: string
      kind: FieldKind
      figure: string | null
    }
    report_request_receiver: Act & {
      request_id: string
      unit_id: string
      on_day: string
      year: number
      slot: number
      budget: number
      given_back_on: string | null
      given_back_by: string | null
    }
    report_request_withdrawal: Act & { request_id: string; reason: string; gives_back: boolean; on_day: string }
    request_answer: Act & {
      request_id: string
      unit_id: string
      version: number
      reason: string | null
      minutes_measured: number | null
      on_day: string
      person_id: string | null
    }
    request_answer_value: Act & {
      request_id: string
      unit_id: string
      version: number
      n: number
      text_value: string | null
      number_value: number | string | null
      of_value: number | string | null
      is_typed: boolean
      minutes: number
    }
    matter: Act & {
      id: string
      unit_id: string
      kind: 'raised' | 'joint'
      title: string
      asked: string
      concerns: string
      evidence: string | null
      wished_on: string | null
      on_day: string
    }
    matter_party: Act & { matter_id: string; unit_id: string }
    matter_step: Act & {
      matter_id: string
      ordinal: number
      step: MatterStep
      state: MatterState
      owner_unit_id: string | null
      owner_post: string | null
      note: string | null
      on_day: string
      person_id: string | null
      from_state: MatterState | 'none'
      from_day: string | null
    }
    matter_contribution: Act & {
      id: string
      matter_id: string
      unit_id: string
      statement: string
      on_day: string
      person_id: string | null
    }
    matter_assignment: Act & {
      id: string
      matter_id: string
      n: number
      unit_id: string
      task: string
      due_on: string
      on_day: string
    }
    matter_assignment_done: Act & { assignment_id: string; result: string; on_day: string; person_id: string | null }
  }
}
