import type { FindingState, FindingStep } from './states.ts'

type Act = { readonly act_id: string }
type Dated = Act & { readonly on_day: string }

/** What the slice adds to the database's shape. */
declare module '#kernel/db.ts' {
  interface DB {
    inspection_draw: Dated & { inspection_id: string; beacon: string }
    inspection_sealed: Dated & {
      inspection_id: string
      unit_id: string
      commitment: string
      draw_on: string
      opens_on: string
      seed: string
    }
    inspection_opening: Dated & {
      inspection_id: string
      unit_id: string
      commitment: string
      draw_on: string
      opens_on: string
      seed: string
    }
    inspection_cancelled: Dated & { inspection_id: string; reason: string }
    finding: Dated & {
      id: string
      inspector_unit_id: string
      unit_id: string
      duty: string
      subject: string
      title: string
      facts: string
      severity: Severity
      due_on: string
      inspection_id: string | null
      check_row_id: string | null
      recurrence_of: string | null
      recurred_in: string | null
    }
    finding_step: Dated & {
      finding_id: string
      ordinal: number
      step: FindingStep
      state: FindingState
      unit_id: string
      person_id: string
      note: string
      due_on: string
      responsible_unit_id: string
      from_state: FindingState | 'none'
      from_day: string | null
      from_person: string | null
    }
    finding_handover: Dated & { finding_id: string; unit_id: string; grounds: string }
    finding_discipline: Dated & { finding_id: string; handed_on: string; outcome: string; words: string }
  }
}

type Severity = 'info' | 'warning' | 'severe' | 'critical'
