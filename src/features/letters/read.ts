import { sql } from 'kysely'
import { standOf } from '#features/obligations/index.ts'
import type { Reader } from '#kernel/ask.ts'
import type { Light } from '#kernel/link.ts'
import type { Day, Text } from '#kernel/words.ts'
import type { LetterContent } from './compose.ts'

export type LetterState = 'open' | 'signed' | 'declined'

type Row = {
  id: string
  from: string
  to: string
  content: LetterContent
  code: string
  act: string
  offeredOn: Day
  seats: number
  signed: number
  completedOn: Day | null
  declinedOn: Day | null
  state: LetterState
  signerMadeUp: boolean
  due: Day | null
}

/** Every letter offered by a day, with how it stood then. */
export const lettersOn = (on: Day) => sql`
  select o.id, o.from_unit_id as from, o.to_unit_id as to, l.content, o.code, o.act_id as act, o.offered_on as "offeredOn", o.seats,
         o.signed, o.completed_on as "completedOn", o.declined_on as "declinedOn", o.state,
         exists (select from letter_signature g join person p on p.id = g.person_id
                  where g.letter_id = o.id and g.signed_on <= ${on}::date and p.made_up) as "signerMadeUp",
         (select max(obligation_due(i.id, i.due_on, ${on}::date)) from obligation_item i where i.unit_id in (o.from_unit_id, o.to_unit_id)
             and i.obligation = 'sign-letter' and i.subject = o.id::text) as due,
         t.tier as to_tier, t.lineage as to_lineage
    from letter_on(${on}::date) o
    join letter l on l.id = o.id
    join lateral (select w.tier, w.lineage from unit_version w where w.unit_id = o.to_unit_id and lower(w.valid_at) <= ${on}::date
                   order by lower(w.valid_at) desc limit 1) t on true`

/** How a letter stands on a day, in a light and in words. */
export function standOfLetter(
  reader: Reader,
  row: Pick<Row, 'state' | 'due' | 'signed' | 'seats'>,
): { light: Light; words: Text } {
  if (row.state === 'signed') return { light: 'green', words: { zh: '双方已签', en: 'signed by both sides' } }
  if (row.state === 'declined') return { light: 'red', words: { zh: '已退回', en: 'declined' } }
  const progress = { zh: `已签 ${row.signed}/${row.seats}`, en: `${row.signed} of ${row.seats} signed` }
  if (row.due === null) return { light: 'none', words: progress }
  const { light, words } = standOf(reader, row.due, null)
  return { light, words: { zh: `${progress.zh}，${words.zh}`, en: `${progress.en}, ${words.en}` } }
}

/** A letter as lists show it. An object of the kind `letter` lies with its receiver. */
export function letterLine(reader: Reader, { content, signerMadeUp, ...row }: Row) {
  const { number, from, to, firstYear, lastYear, targets } = content
  return {
    ...row,
    unit: row.to,
    number,
    fromUnit: from,
    toUnit: to,
    firstYear,
    lastYear,
    targets,
    madeUp: signerMadeUp || targets.some((target) => target.status === 'made-up'),
    ...standOfLetter(reader, row),
  }
}
export type LetterLine = ReturnType<typeof letterLine>

export async function readLetters(reader: Reader, which: ReturnType<typeof sql>, page = sql``): Promise<LetterLine[]> {
  const { rows } = await sql<Row>`
    select id, "from", "to", content, code, act, "offeredOn", seats, signed, "completedOn", "declinedOn", state, "signerMadeUp", due
      from (${lettersOn(reader.on)}) l where ${which} ${page}`.execute(reader.db)
  return rows.map((row) => letterLine(reader, row))
}

export type Signature = {
  readonly letter: string
  readonly unit: string
  readonly post: string
  readonly person: { readonly id: string; readonly name: Text; readonly madeUp: boolean } | null
  /** Who wrote it, where that was a delegate of the person who answers. */
  readonly hand: { readonly id: string; readonly name: Text; readonly madeUp: boolean } | null
  readonly signedOn: Day | null
  readonly act: string | null
}

/** The seats of some letters with the signatures that they bore on the day asked as of. */
export async function readSignatures(reader: Reader, letters: readonly string[]): Promise<readonly Signature[]> {
  const { rows } = await sql<{
    letter: string
    unit: string
    post: string
    person: string | null
    zh: string | null
    en: string | null
    made_up: boolean | null
    hand: string | null
    hand_zh: string | null
    hand_en: string | null
    hand_made_up: boolean | null
    signedOn: Day | null
    act: string | null
  }>`
    select t.letter_id as letter, t.unit_id as unit, t.post, p.id as person, p.name_zh as zh, p.name_en as en, p.made_up,
           h.id as hand, h.name_zh as hand_zh, h.name_en as hand_en, h.made_up as hand_made_up,
           g.signed_on as "signedOn", g.act_id as act
      from letter_seat t
      left join letter_signature g on g.letter_id = t.letter_id and g.unit_id = t.unit_id and g.post = t.post and g.signed_on <= ${reader.on}::date
      left join person p on p.id = g.person_id
      left join person h on h.id = g.hand_id and h.id <> g.person_id
     where t.letter_id = any (${letters}::uuid[])`.execute(reader.db)
  return rows.map(({ person, zh, en, made_up, hand, hand_zh, hand_en, hand_made_up, ...row }) => ({
    ...row,
    person: person === null ? null : { id: person, name: { zh: zh ?? '', en: en ?? '' }, madeUp: made_up === true },
    hand:
      hand === null
        ? null
        : { id: hand, name: { zh: hand_zh ?? '', en: hand_en ?? '' }, madeUp: hand_made_up === true },
  }))
}

/** The two sides of a letter, each with the seats that still wait, so that signing and declining travel with them. */
export function sidesOf(reader: Reader, letter: LetterLine, signatures: readonly Signature[]) {
  const seat = reader.actor?.kind === 'person' ? reader.actor.seat : undefined
  return [letter.from, letter.to].map((unit) => {
    const waiting = signatures
      .filter((each) => each.letter === letter.id && each.unit === unit && each.signedOn === null)
      .map((each) => each.post)
    const isOwnDone = seat?.unit === unit && !waiting.includes(seat.post)
    return {
      unit,
      letter: letter.id,
      side: unit === letter.from ? ('from' as const) : ('to' as const),
      waiting,
      mayBeSigned: letter.state === 'open' && waiting.length > 0 && !isOwnDone,
      mayBeDeclined: letter.state === 'open' && unit === letter.to,
    }
  })
}
