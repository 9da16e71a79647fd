import { sql } from 'kysely'
import type { Tx } from '#kernel/db.ts'
import type { Day, Text } from '#kernel/words.ts'
import type { LetterContent } from './compose.ts'

export type LetterFacts = {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly number: Text
  readonly declinedOn: Day | null
  readonly seats: readonly SeatFacts[]
}
type SeatFacts = {
  readonly unit: string
  readonly post: string
  readonly person: string | null
  readonly hand: string | null
  readonly name: Text | null
  readonly signedOn: Day | null
}

/** A letter with its seats and signatures, as an act finds it. */
export async function findLetter(tx: Tx, id: string): Promise<LetterFacts | undefined> {
  const [letter, seats] = await Promise.all([
    tx
      .selectFrom('letter')
      .select(['from_unit_id', 'to_unit_id', 'content', 'declined_on'])
      .where('id', '=', id)
      .executeTakeFirst(),
    sql<Omit<SeatFacts, 'name'> & { zh: string | null; en: string | null }>`
      select t.unit_id as unit, t.post, g.person_id as person, g.hand_id as hand, g.signed_on as "signedOn", p.name_zh as zh, p.name_en as en
        from letter_seat t
        left join letter_signature g on g.letter_id = t.letter_id and g.unit_id = t.unit_id and g.post = t.post
        left join person p on p.id = g.person_id
       where t.letter_id = ${id}`.execute(tx),
  ])
  if (!letter) return undefined
  return {
    id,
    from: letter.from_unit_id,
    to: letter.to_unit_id,
    number: (letter.content satisfies LetterContent).number,
    declinedOn: letter.declined_on,
    seats: seats.rows.map(({ zh, en, ...seat }) => ({ ...seat, name: zh === null || en === null ? null : { zh, en } })),
  }
}

export const isSigned = (seats: readonly Pick<SeatFacts, 'signedOn'>[]) =>
  seats.length > 0 && seats.every((seat) => seat.signedOn !== null)

/** Whether a unit has received a letter that every principal of both sides had signed by a day. */
export async function isLetterComplete(tx: Tx, unit: string, on: Day): Promise<boolean> {
  const { rows } = await sql`
    select from letter l
     where l.to_unit_id = ${unit} and l.offered_on <= ${on}::date and (l.declined_on is null or l.declined_on > ${on}::date)
       and not exists (
         select from letter_seat t
           left join letter_signature g on g.letter_id = t.letter_id and g.unit_id = t.unit_id and g.post = t.post and g.signed_on <= ${on}::date
          where t.letter_id = l.id and g.letter_id is null)
     limit 1`.execute(tx)
  return rows.length > 0
}

/** Reasons that speak of the letter itself, and that several acts give. */
export const letterRefusals = {
  'letter-unknown': {
    zh: '没有这份责任书，或{unit}不是其中一方。',
    en: 'There is no such letter, or {unit} is no party to it.',
    topic: { zh: '本单位是责任书的一方', en: 'the unit is a party to the letter' },
  },
  'letter-declined': {
    zh: '责任书{number}已于{on}退回。',
    en: 'The letter {number} was declined on {on}.',
    topic: { zh: '责任书没有退回', en: 'the letter was not declined' },
    remedy: { zh: '由上级重新发出。', en: 'Let the unit above offer a new one.' },
  },
} as const
