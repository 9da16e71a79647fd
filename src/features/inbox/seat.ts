import type { By, RefusalText } from '#kernel/act.ts'
import type { Seat } from '#kernel/standing.ts'

/** The person who acts, and in which seat: what is about oneself is done by nobody else. */
export function selfOf({ actor }: By): { readonly person: string; readonly seat: Seat } {
  if (actor.kind !== 'person') throw new Error('Only a person in a seat does this.')
  return actor
}

export const isOwnSeat = (by: By, { unit, post }: Seat): boolean => {
  const { seat } = selfOf(by)
  return seat.unit === unit && seat.post === post
}

export const notYourSeat = {
  'not-your-seat': {
    zh: '只能处理自己职务的{what}。',
    en: 'You may only do this for the seat that you sit in: {what}.',
    topic: { zh: '本人的职务', en: 'the seat is your own' },
    remedy: { zh: '换到该职务后再办。', en: 'Take that seat, then do it.' },
  },
} as const satisfies Record<string, RefusalText>
