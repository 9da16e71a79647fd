import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, type Reader } from '#kernel/ask.ts'
import { UnitId } from '#kernel/words.ts'
import { type LetterLine, lettersOn, readLetters, readSignatures, sidesOf } from './read.ts'

/** Letters with what may be done about each of their sides, joined into one list of abilities. */
export async function withSides(reader: Reader, letters: readonly LetterLine[]) {
  const signatures = await readSignatures(
    reader,
    letters.map((letter) => letter.id),
  )
  const sides = await withAbilities(
    reader,
    'letter-side',
    letters.flatMap((letter) => sidesOf(reader, letter, signatures)),
  )
  return letters.map((letter) => {
    const own = sides.filter((side) => side.letter === letter.id)
    return { ...letter, sides: own, can: own.flatMap((side) => side.can) }
  })
}

/** Letters of responsibility, searched, filtered, sorted, page by page. */
export const listLetters = ask({
  name: 'letter.list',
  title: { zh: '责任书', en: 'Letters of responsibility' },
  purpose: {
    zh: '某单位发出、收到的，或其以下的责任书，当日签到哪一步，等谁签。',
    en: 'Letters offered or received by a unit or anywhere below it; how far each was signed on the day, and who is awaited.',
  },
  access: 'seated',
  input: z.object({
    /** Letters to which this unit is a party, or that were received below it. */
    unit: UnitId.optional(),
    /** Only those that this unit itself offered or received. */
    party: UnitId.optional(),
    /** The tier of the receiver. */
    tier: z.string().max(60).optional(),
    state: z.enum(['open', 'signed', 'declined', 'all']).default('all'),
    /** Open ones that wait for a signature of this unit. */
    waitingFor: UnitId.optional(),
    search: z.string().trim().max(200).optional(),
    sort: z.enum(['newest', 'oldest', 'number']).default('newest'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, party, tier, state, waitingFor, search, sort, offset, limit }) {
    const like = search && `%${search.replaceAll(/[%_\\]/g, '\\$&')}%`
    const which = sql`true
      ${unit ? sql`and ("from" = ${unit} or to_lineage @> array[${unit}]::uuid[])` : sql``}
      ${party ? sql`and ${party}::uuid in ("from", "to")` : sql``}
      ${tier ? sql`and to_tier = ${tier}` : sql``}
      ${state === 'all' ? sql`` : sql`and state = ${state}`}
      ${
        waitingFor
          ? sql`and state = 'open' and exists (
              select from letter_seat t where t.letter_id = l.id and t.unit_id = ${waitingFor} and not exists (
                select from letter_signature g where g.letter_id = t.letter_id and g.unit_id = t.unit_id and g.post = t.post
                   and g.signed_on <= ${reader.on}::date))`
          : sql``
      }
      ${
        like
          ? sql`and concat_ws(' ', code, content->'number'->>'zh', content->'number'->>'en', content->'from'->'name'->>'zh',
              content->'from'->'name'->>'en', content->'to'->'name'->>'zh', content->'to'->'name'->>'en') ilike ${like}`
          : sql``
      }`
    const order = {
      newest: sql`"offeredOn" desc, id desc`,
      oldest: sql`"offeredOn", id`,
      number: sql`content->'number'->>'zh', id`,
    }[sort]
    const [total, letters] = await Promise.all([
      sql<{ n: number }>`select count(*)::int as n from (${lettersOn(reader.on)}) l where ${which}`.execute(reader.db),
      readLetters(reader, which, sql`order by ${order} limit ${limit} offset ${offset}`),
    ])
    return { total: total.rows[0]?.n ?? 0, letters: await withSides(reader, letters) }
  },
})
