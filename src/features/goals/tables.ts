/** What the slice adds to the database's shape. */
declare module '#kernel/db.ts' {
  interface DB {
    goal_decision: {
      id: string
      unit_id: string
      indicator: string
      year: number
      version: number
      target: number | null
      status: 'V' | 'P' | 'K' | 'made-up'
      source: string | null
      decided_on: string
      act_id: string
    }
    goal_share: { decision_id: string; unit_id: string; target: number; act_id: string }
    plan: {
      id: string
      unit_id: string
      kind: 'annual' | 'rolling'
      year: number
      version: number
      title_zh: string
      title_en: string
      text_zh: string
      text_en: string
      status: 'V' | 'P' | 'K' | 'made-up'
      adopted_on: string
      act_id: string
    }
  }
}
