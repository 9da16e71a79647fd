import type { LetterContent } from './compose.ts'

/** What the slice adds to the database's shape. */
declare module '#kernel/db.ts' {
  interface DB {
    letter: {
      id: string
      from_unit_id: string
      to_unit_id: string
      years: string
      offered_on: string
      serial: number
      number: string
      content: LetterContent
      code: string
      declined_on: string | null
      declined_by: string | null
      declined_post: string | null
      reason: string | null
      act_id: string
    }
    letter_seat: { letter_id: string; unit_id: string; post: string; act_id: string }
    letter_signature: {
      letter_id: string
      unit_id: string
      post: string
      person_id: string
      hand_id: string
      signed_on: string
      act_id: string
    }
  }
}
