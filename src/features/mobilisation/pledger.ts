import type { z } from 'zod'
import type { By, Line, Refuse } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { UnitId } from '#kernel/words.ts'
import { Phrase, PledgeId } from './fields.ts'
import { isPhraseOf } from './phrase.ts'
import { findPledge, type PledgeFacts } from './pledges.ts'
import type { ByKind } from './states.ts'

const County = UnitId.meta({ label: { zh: '哪个县', en: 'Which county' } })

/** How each of those who pledge names a pledge of theirs. */
export const byPublic = { unit: County, pledge: PledgeId, phrase: Phrase }
export const byAssistant = { unit: County, pledge: PledgeId }
export const byPair = {
  unit: UnitId.meta({ label: { zh: '东部单位', en: 'Eastern unit' } }),
  county: County,
  pledge: PledgeId,
}

/** A pledge that one of the public, or a partner, speaks of, and whether their phrase is right. */
export async function findByPublic(tx: Tx, input: z.output<z.ZodObject<typeof byPublic>>) {
  const found = await findPledge(tx, input.pledge, input.unit)
  const isRight = found !== undefined && (await isPhraseOf(tx, found.partner ?? found.id, input.phrase))
  return { found, isOwn: found !== undefined && isOf(found, 'person', 'partner'), isRight }
}

export async function findByAssistant(tx: Tx, input: z.output<z.ZodObject<typeof byAssistant>>, { actor }: By) {
  const found = await findPledge(tx, input.pledge, input.unit)
  const isSeat = actor.kind === 'person' && found?.seatUnit === actor.seat.unit && found.post === actor.seat.post
  return { found, isOwn: found !== undefined && isOf(found, 'assistant') && isSeat }
}

export async function findByPair(tx: Tx, input: z.output<z.ZodObject<typeof byPair>>) {
  const found = await findPledge(tx, input.pledge, input.county)
  return { found, isOwn: found !== undefined && isOf(found, 'pair') && found.byUnit === input.unit }
}

const isOf = (pledge: PledgeFacts, ...kinds: readonly ByKind[]) => kinds.includes(pledge.byKind)

type Code = 'not-its-pledge'
export const isOwnPledge = (isOwn: boolean, refuse: Refuse<Code>): Line<Code> => isOwn || refuse('not-its-pledge')
