import type { Charter, Duty } from '#kernel/charter.ts'
import type { Seat, Sitting, UnitFacts } from '#kernel/standing.ts'
import type { Day, Text } from '#kernel/words.ts'

export type PostWords = { readonly id: string; readonly name: Text }

export const postWords = (charter: Charter, post: string): PostWords => ({
  id: post,
  name: charter.findPost(post)?.name ?? { zh: post, en: post },
})

/** Where a duty is written: its article, the document, and how sure we are of it. */
export function ground(charter: Charter, duty: Pick<Duty, 'source' | 'article' | 'status'>) {
  const source = charter.text.sources.find((each) => each.id === duty.source)
  return { source: source?.title ?? { zh: duty.source, en: duty.source }, article: duty.article, status: duty.status }
}

/** A duty that a seat holds; one that it took over names the missing tier. */
export type Held = { readonly duty: Duty; readonly answers: boolean; readonly takenOverFrom?: string }

/**
 * The duties that a post of a tier holds on a day, the tier's own before those that it shares. `missing` are the tiers without a unit somewhere below,
 * whose duties go where the charter says.
 */
export function heldBy(
  charter: Charter,
  seat: Seat,
  tier: string,
  missing: ReadonlySet<string>,
  day: Day,
): readonly Held[] {
  const own = charter.dutiesOn(day).flatMap((duty): Held[] => {
    const posts = duty.held_by[tier] ?? []
    return posts.includes(seat.post) ? [{ duty, answers: posts[0] === seat.post }] : []
  })
  own.sort((a, b) => Number(a.duty.joint) - Number(b.duty.joint))
  const isPrincipal = charter.tier(tier).principals.includes(seat.post)
  if (!isPrincipal) return own
  const known = new Set(own.map(({ duty }) => duty.id))
  const over = charter.tiers.filter((each) => missing.has(each.id) && takerOf(charter, each.id, missing) === tier)
  const taken = over.flatMap(({ id }) =>
    charter
      .dutiesOn(day)
      .filter((duty) => id in duty.held_by && duty.held_by[tier] === undefined && !known.has(duty.id))
      .map((duty): Held => ({ duty, answers: charter.tier(tier).principals[0] === seat.post, takenOverFrom: id })),
  )
  return [...own, ...taken]
}

/** The tier that has a missing tier's duties. */
function takerOf(charter: Charter, tier: string, missing: ReadonlySet<string>): string | undefined {
  const taker = charter.tier(tier).taken_over_by
  return taker !== undefined && missing.has(taker) ? takerOf(charter, taker, missing) : taker
}

/** Who sits in the principal seats of a unit: by name, or the vacancy. */
export const principalsOf = (charter: Charter, unit: UnitFacts, seated: readonly Sitting[]) =>
  charter.tier(unit.tier).principals.map((post) => {
    const sitting = seated.find((each) => each.unit === unit.id && each.post === post)
    return {
      post: postWords(charter, post),
      isTenureBound: charter.post(post).tenure_bound,
      person: sitting?.person ?? null,
      capacity: sitting?.capacity ?? null,
      since: sitting?.since ?? null,
    }
  })
