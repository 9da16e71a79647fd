import type { ColumnType } from 'kysely'
import type { ProjectKind } from '#features/projects/index.ts'

type Fen = ColumnType<bigint, bigint | string, bigint | string>

declare module '#kernel/db.ts' {
  interface DB {
    fund_line: {
      id: string
      unit_id: string
      source: 'central' | 'provincial' | 'pool'
      year: number
      name_zh: string
      name_en: string
      earmark: ProjectKind | null
      document: string
      made_up: boolean
      on_day: string
      act_id: string
    }
    fund_account: {
      id: bigint
      line_id: string
      unit_id: string
      year: number
      kind: 'source' | 'available' | 'committed' | 'paid' | 'fee'
      project_id: string | null
      version: number
      balance: Fen
      last_on: string | null
    }
    fund_year_close: { unit_id: string; year: number; on_day: string; act_id: string }
    fund_posting: { act_id: string; unit_id: string; document: string; note: string | null; on_day: string }
    fund_announcement: {
      act_id: string
      unit_id: string
      year: number
      document: string
      replaces: string | null
      on_day: string
    }
    fund_announced_share: { act_id: string; unit_id: string; amount: Fen }
  }
}
