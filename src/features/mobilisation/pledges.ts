import { sql } from 'kysely'
import type { By, Line, RefusalText, Refuse } from '#kernel/act.ts'
import { send, type Tx } from '#kernel/db.ts'
import type { Day } from '#kernel/words.ts'
import { type NeedFacts, takeNeed, findNeed } from './needs.ts'
import {
  type ByKind,
  type HelpKind,
  pledgeMoves,
  type PledgeState,
  pledgeStateWords,
  type PledgeStep,
} from './states.ts'
import type {} from './tables.ts'

/** A pledge as it stands now. */
export type PledgeFacts = {
  readonly id: string
  readonly unit: string
  readonly need: string | null
  readonly kind: HelpKind
  readonly quantity: bigint
  readonly measure: string | null
  readonly deliverBy: Day
  readonly byKind: ByKind
  readonly byUnit: string | null
  readonly partner: string | null
  readonly seatUnit: string | null
  readonly post: string | null
  readonly ordinal: number
  readonly state: PledgeState
  readonly day: Day
  readonly who: string
  readonly matchedNeed: string | null
  readonly matched: bigint | null
}

/** A pledge to a county, whatever became of it. */
export async function findPledge(tx: Tx, id: string, county: string): Promise<PledgeFacts | undefined> {
  const { rows } = await sql<PledgeFacts>`
    select p.id, p.unit_id as unit, p.need_id as need, p.kind, p.quantity, p.measure, p.deliver_by as "deliverBy", p.by_kind as "byKind",
           p.by_unit_id as "byUnit", p.partner_id as partner, r.seat_unit_id as "seatUnit", r.post, s.ordinal, s.state, s.on_day as day, s.who,
           m.need_id as "matchedNeed", m.quantity as matched
      from pledge p
      join lateral (select * from pledge_step s where s.pledge_id = p.id order by s.ordinal desc limit 1) s on true
      left join pledge_step m on m.pledge_id = p.id and m.step = 'match'
      left join partner r on r.id = p.partner_id
     where p.id = ${id} and p.unit_id = ${county}`.execute(tx)
  return rows[0]
}

type Match = { readonly need: string; readonly quantity: bigint }

/** A further step of a pledge. Where two move it at once, the later one's snapshot does not know the other's step: it looks again. */
export function addPledgeStep(
  tx: Tx,
  by: By,
  pledge: PledgeFacts,
  step: PledgeStep,
  note: string | null,
  match?: Match,
) {
  const to = pledgeMoves[pledge.state][step]
  if (!to) throw new Error(`A pledge that is ${pledge.state} was not refused the step ${step}.`)
  send(
    tx,
    tx
      .insertInto('pledge_step')
      .values({
        pledge_id: pledge.id,
        ordinal: pledge.ordinal + 1,
        step,
        state: to,
        need_id: match?.need ?? null,
        quantity: match?.quantity ?? null,
        note,
        on_day: by.on,
        person_id: personOf(by),
        from_state: pledge.state,
        from_day: pledge.day,
        from_who: pledge.who,
        act_id: by.act,
      })
      .onConflict((conflict) => conflict.columns(['pledge_id', 'ordinal']).doNothing())
      .compile(),
  )
}

export const personOf = ({ actor }: By): string | null => (actor.kind === 'person' ? actor.person : null)

/** What was matched and is withdrawn is free again. */
export async function withdrawPledge(tx: Tx, by: By, pledge: PledgeFacts, reason: string) {
  addPledgeStep(tx, by, pledge, 'withdraw', reason)
  const need = await findNeed(tx, pledge.matchedNeed, pledge.unit)
  if (need && pledge.matched !== null) takeNeed(tx, by, need, pledge, -pledge.matched)
}

/** How much of a need is still to be had. */
export const leftOf = ({ quantity, matched }: NeedFacts): bigint => quantity - matched

export const pledgeRefusals = {
  'no-such-pledge': { zh: '没有这项认捐。', en: 'There is no such pledge.' },
  'pledge-not-at-this-step': {
    zh: '这项认捐{state}，不能这样办理。',
    en: 'The pledge is {state}; this cannot be done with it now.',
    topic: { zh: '认捐处在这一步', en: 'the pledge is at this step' },
  },
} as const satisfies Record<string, RefusalText>

export const notItsPledge = {
  'not-its-pledge': {
    zh: '这项认捐不是由此作出的。',
    en: 'The pledge was not made from here.',
    topic: { zh: '是自己的认捐', en: 'the pledge is the pledger’s own' },
  },
} as const satisfies Record<string, RefusalText>

type AtStep = 'pledge-not-at-this-step'
export const atPledgeStep = (found: PledgeFacts, step: PledgeStep, refuse: Refuse<AtStep>): Line<AtStep> =>
  pledgeMoves[found.state][step] !== undefined ||
  refuse('pledge-not-at-this-step', { state: pledgeStateWords[found.state] })

/** A pledge as the screen has it. */
export type ShownPledge = {
  readonly id: string
  readonly unit: string
  readonly state: PledgeState
  readonly byKind: ByKind
  readonly byUnit: string | null
}

/** What an act on a pledge says of itself on the screen, by whom the pledge was made. */
export const pledgeAbout = (step: PledgeStep, ...kinds: readonly ByKind[]) =>
  ({
    kind: 'pledge',
    offered: ({ state, byKind }: ShownPledge) =>
      pledgeMoves[state][step] !== undefined && (kinds.length === 0 || kinds.includes(byKind)),
    input: ({ unit, id, byUnit }: ShownPledge) =>
      kinds.includes('pair') ? { unit: byUnit ?? unit, county: unit, pledge: id } : { unit, pledge: id },
    over: ({ unit, byUnit }: ShownPledge) => (kinds.includes('pair') ? (byUnit ?? unit) : unit),
  }) as const
