type Provenance = 'V' | 'P' | 'K' | 'made-up'

/** What the slice adds to the database's shape. */
declare module '#kernel/db.ts' {
  interface DB {
    policy: {
      id: string
      kind: PolicyKind
      unit_id: string
      number: string | null
      title_zh: string
      title_en: string
      summary_zh: string
      summary_en: string
      source: string | null
      status: Provenance
      localises: string | null
      issued_on: string
      act_id: string
    }
    policy_receiver: { policy_id: string; unit_id: string; act_id: string }
    policy_receipt: {
      policy_id: string
      unit_id: string
      acknowledged_on: string
      person_id: string | null
      act_id: string
    }
    policy_division: { id: string; policy_id: string; version: number; divided_on: string; act_id: string }
    policy_supersession: {
      policy_id: string
      by_policy_id: string
      reason: string
      superseded_on: string
      act_id: string
    }
  }
}

export type PolicyKind = 'principle' | 'strategy' | 'measure' | 'localisation'
