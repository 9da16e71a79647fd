import type { ColumnType } from 'kysely'
import type { ByKind, HelpKind, PledgeState, PledgeStep } from './states.ts'

type Act = { readonly act_id: string }
type Ended = {
  readonly valid_at: ColumnType<string, string, string>
  ended_by: string | null
  end_reason: string | null
}

/** What pairing, needs and pledges add to the database's shape. */
declare module '#kernel/db.ts' {
  interface DB {
    pairing: Act & Ended & { id: string; east_unit_id: string; west_unit_id: string; status: string; source: string }
    partner: Act &
      Ended & {
        id: string
        unit_id: string
        kind: 'assistant' | 'enterprise' | 'organisation'
        seat_unit_id: string | null
        post: string | null
        name: string | null
        about: string
        status: string
      }
    partner_admission: Act & { partner_id: string; on_day: string }
    campaign: Act & {
      id: string
      unit_id: string
      title: string
      purpose: string
      from_day: string
      until_day: string
      on_day: string
    }
    need: Act & {
      id: string
      unit_id: string
      village_id: string | null
      campaign_id: string | null
      title: string
      why: string
      kind: HelpKind
      quantity: bigint
      measure: string | null
      wanted_by: string
      on_day: string
    }
    need_closing: Act & { need_id: string; reason: string; on_day: string }
    pledge: Act & {
      id: string
      unit_id: string
      need_id: string | null
      campaign_id: string | null
      kind: HelpKind
      quantity: bigint
      measure: string | null
      what: string
      deliver_by: string
      by_kind: ByKind
      by_unit_id: string | null
      pairing_id: string | null
      partner_id: string | null
      on_day: string
    }
    pledge_phrase: Act & { subject_id: string; digest: string }
    pledge_step: Act & {
      pledge_id: string
      ordinal: number
      step: PledgeStep
      state: PledgeState
      need_id: string | null
      quantity: bigint | null
      note: string | null
      on_day: string
      person_id: string | null
      from_state: PledgeState | 'none'
      from_day: string | null
      from_who: string | null
    }
    need_taking: Act & {
      need_id: string
      ordinal: number
      pledge_id: string
      pledged: bigint
      change: bigint
      before_it: bigint
      after_it: bigint
      needed: bigint
      on_day: string
    }
  }
}
