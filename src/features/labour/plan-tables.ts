declare module '#kernel/db.ts' {
  interface DB {
    deployment: {
      id: string
      unit_id: string
      on_day: string
      outcome: 'decided' | 'rejected'
      facts_digest: string
      wishes: string
      before: string
      after: string
      reason: string
      person_id: string
      act_id: string
    }
    deployment_row: {
      deployment_id: string
      n: number
      team_id: string | null
      worker_id: string | null
      from_village_id: string | null
      to_village_id: string | null
      accepted: boolean
      act_id: string
    }
  }
}

export {}
