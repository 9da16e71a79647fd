import type { ColumnType } from 'kysely'
import type { ProjectKind } from './kinds.ts'
import type { State, Step, StepOutcome } from './state.ts'

type Json = ColumnType<Record<string, unknown>, string, never>
type Derived<T> = ColumnType<T, never, never>
export type Level = 'village' | 'township' | 'county'

declare module '#kernel/db.ts' {
  interface DB {
    project: { id: string; unit_id: string; code: string; act_id: string }
    project_version: {
      project_id: string
      version: number
      name: string
      kind: ProjectKind
      nature: 'new' | 'extension' | 'continuation' | null
      place: string | null
      starts_on: string | null
      ends_on: string | null
      responsible: string | null
      task: string | null
      amount_fen: bigint | null
      financing: string | null
      households: number | null
      persons: number | null
      target: string | null
      mechanism: string | null
      proposed_by: string
      township_opinion: string | null
      major_project_id: string | null
      on_day: string
      act_id: string
      is_complete: Derived<boolean>
    }
    project_step: {
      project_id: string
      ordinal: number
      step: Step
      outcome: StepOutcome
      state: State
      on_day: string
      remarks: string | null
      evidence: Json
      person_id: string | null
      act_id: string
      previous: Derived<number | null>
      from_state: State
      from_day: string | null
    }
    project_admission: {
      project_id: string
      version: number
      is_complete: ColumnType<boolean, boolean | undefined, never>
      on_day: string
      act_id: string
    }
    project_assignment: { project_id: string; unit_id: string; on_day: string; act_id: string }
    project_withdrawal: { project_id: string; on_day: string; act_id: string }
    project_notice: {
      project_id: string
      ordinal: number
      level: Level
      from_day: string
      until_day: string
      span_value: number
      span_unit: 'days' | 'working_days'
      act_id: string
    }
    project_task: {
      project_id: string
      assigner_id: string
      document: string
      tasks: string
      indicator: string
      on_day: string
      act_id: string
    }
    project_milestone: {
      project_id: string
      n: number
      name: string
      due_on: string
      share_bp: number
      on_day: string
      act_id: string
    }
    milestone_report: {
      project_id: string
      ordinal: number
      n: number
      done_bp: number
      evidence: string
      reason: string | null
      on_day: string
      act_id: string
    }
    project_acceptance: {
      project_id: string
      ordinal: number
      outcome: 'pass' | 'return'
      findings: string
      on_day: string
      act_id: string
    }
    project_home: {
      project_id: string
      on_day: string
      unit_id: string
      from_unit_id: string
      document: string
      act_id: string
    }
    project_handover: { project_id: string; receiver: string; upkeep: string; on_day: string; act_id: string }
  }
}
