import type { ColumnType } from 'kysely'

type Dated = ColumnType<string, string, string>
type Generated<T> = ColumnType<T, never, never>

declare module '#kernel/db.ts' {
  interface DB {
    labour_skill: { id: string; zh: string; en: string; status: 'V' | 'P' | 'K' | 'made-up' }
    village: {
      id: string
      unit_id: string
      township_zh: string
      township_en: string
      name_zh: string
      name_en: string
      east_m: number | null
      north_m: number | null
      made_up: boolean
      on_day: string
      act_id: string
    }
    village_statement: {
      village_id: string
      n: number
      on_day: string
      people: number
      households: number
      weight: number
      act_id: string
    }
    village_need: { village_id: string; n: number; skill: string; people: number; act_id: string }
    worker: { id: string; unit_id: string; on_day: string; act_id: string }
    worker_version: {
      worker_id: string
      n: number
      on_day: string
      employer_zh: string
      employer_en: string
      home_unit_id: string | null
      home_township_zh: string | null
      home_allowed: boolean
      skills: string[]
      east_m: number | null
      north_m: number | null
      travel_km_max: number | null
      no_night: boolean
      available: boolean
      act_id: string
    }
    worker_private: { worker_id: string; unit_id: string; id_number: string; phone: string; act_id: string }
    team: {
      id: string
      unit_id: string
      village_id: string
      valid_at: Dated
      act_id: string
      ended_by: string | null
      ended_note: string | null
    }
    team_member: {
      team_id: string
      worker_id: string
      role: 'leader' | 'member'
      first_secretary: boolean
      term_until: string
      valid_at: Dated
      act_id: string
      ended_by: string | null
      ended_why: 'recalled' | 'relieved' | 'changed' | 'dissolved' | null
      ended_note: string | null
    }
    helper: {
      village_id: string
      unit_id: string
      household: string
      worker_id: string
      valid_at: Dated
      act_id: string
      ended_by: string | null
    }
    leave: {
      id: string
      worker_id: string
      team_id: string
      kind: 'personal' | 'sick' | 'family' | 'annual' | 'duty'
      from_day: string
      to_day: string
      days: Generated<number>
      reason: string
      person_id: string
      on_day: string
      act_id: string
    }
    leave_decision: {
      leave_id: string
      asker_id: string
      outcome: 'granted' | 'refused'
      remarks: string | null
      person_id: string
      on_day: string
      act_id: string
    }
    attendance: {
      worker_id: string
      team_id: string
      month: string
      n: number
      marks: string
      present: Generated<number>
      counted: Generated<number>
      on_day: string
      corrects: string | null
      act_id: string
    }
  }
}
