import type { ProjectKind } from './kinds.ts'

/** What major projects, coordination and the library's yearly update add to the database's shape. */
declare module '#kernel/db.ts' {
  interface DB {
    major_project: { id: string; unit_id: string; act_id: string }
    major_project_version: {
      major_project_id: string
      version: number
      name_zh: string
      name_en: string
      kind: ProjectKind
      from_year: number
      to_year: number
      measure_zh: string
      measure_en: string
      counts: 'persons' | 'households' | 'projects' | 'nothing'
      quantity: number
      document_number: string
      status: 'V' | 'P' | 'K' | 'made-up'
      source: string | null
      reason: string | null
      on_day: string
      act_id: string
    }
    coordination: {
      id: string
      unit_id: string
      lead_unit_id: string
      name: string
      matters: string
      until_day: string
      on_day: string
      act_id: string
    }
    coordination_end: { coordination_id: string; reason: string; on_day: string; act_id: string }
    library_update: { unit_id: string; year: number; on_day: string; act_id: string }
  }
}
