import type { ColumnType } from 'kysely'

type Frozen<T> = ColumnType<T, T, never>

declare module '#kernel/db.ts' {
  interface DB {
    sampling: {
      id: string
      unit_id: string
      year: number
      title: string
      expected_bp: number
      half_width_bp: number
      confidence_bp: number
      alike_bp: number
      per_village: number
      reserve: number
      frame_digest: string
      made_up: boolean
      on_day: string
      act_id: string
    }
    sampling_seed: {
      sampling_id: string
      commitment: string
      draw_on: string
      public_number: string
      on_day: string
      act_id: string
    }
    sampling_draw: {
      sampling_id: string
      commitment: string
      draw_on: string
      seed: Frozen<string>
      beacon: string
      sample_digest: string
      counties: number
      villages: number
      households: number
      on_day: string
      act_id: string
    }
    sampling_close: { sampling_id: string; inputs_digest: string; on_day: string; act_id: string }
  }
}
