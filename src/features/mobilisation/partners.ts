import { sql } from 'kysely'
import type { By, RefusalText } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import type { Day } from '#kernel/words.ts'
import { matchDuty } from './fields.ts'
import type {} from './tables.ts'

export type PartnerFacts = {
  readonly id: string
  readonly unit: string
  readonly kind: 'assistant' | 'enterprise' | 'organisation'
  readonly post: string | null
  readonly seatUnit: string | null
  readonly name: string | null
  readonly since: Day
  readonly until: Day | null
  readonly admittedOn: Day | null
}

/** A partner of a county, whatever became of it. */
export async function findPartner(tx: Tx, id: string, unit: string): Promise<PartnerFacts | undefined> {
  const { rows } = await sql<PartnerFacts>`
    select p.id, p.unit_id as unit, p.kind, p.post, p.seat_unit_id as "seatUnit", p.name, lower(p.valid_at) as since, upper(p.valid_at) as until,
           a.on_day as "admittedOn"
      from partner p left join partner_admission a on a.partner_id = p.id
     where p.id = ${id} and p.unit_id = ${unit}`.execute(tx)
  return rows[0]
}

/** The seat that acts, where a central body assists a county: no other seat's assistance is its own. */
export async function findAssistance(tx: Tx, unit: string, { actor }: By): Promise<PartnerFacts | undefined> {
  if (actor.kind !== 'person') return undefined
  const { rows } = await sql<PartnerFacts>`
    select p.id, p.unit_id as unit, p.kind, p.post, p.seat_unit_id as "seatUnit", p.name, lower(p.valid_at) as since, upper(p.valid_at) as until,
           null as "admittedOn"
      from partner p
     where p.unit_id = ${unit} and p.kind = 'assistant' and p.seat_unit_id = ${actor.seat.unit} and p.post = ${actor.seat.post}
     order by lower(p.valid_at) desc limit 1`.execute(tx)
  return rows[0]
}

/** Whether a unit itself matches help: what is offered to it is answered there, and nowhere above. */
export const receivesHelp = ({ charter, on, lineage }: By, tier = lineage[0].tier): boolean =>
  charter.findDuty(matchDuty, on)?.held_by[tier] !== undefined

export const nobodyMatches = {
  'nobody-matches': {
    zh: '{unit}自己不对接帮扶。',
    en: '{unit} does not match help itself.',
    topic: { zh: '对象单位对接帮扶', en: 'the unit matches help itself' },
    remedy: { zh: '选择一个县。', en: 'Choose one of the units below that do.' },
    cites: 'duty:match-help',
  },
} as const satisfies Record<string, RefusalText>

export const noSuchPartner = {
  'no-such-partner': { zh: '{unit}没有这个帮扶方。', en: '{unit} has no such partner.' },
} as const satisfies Record<string, RefusalText>
