declare module '#kernel/db.ts' {
  interface DB {
    tenure_exception: {
      act_id: string
      unit_id: string
      post: string
      person_id: string
      granted_on: string
      reason: string
      used_by: string | null
    }
  }
}
export {}
