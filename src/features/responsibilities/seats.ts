import { sql } from 'kysely'
import { z } from 'zod'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { findLineage, sittings, type UnitFacts } from '#kernel/standing.ts'
import { type Text, UnitId } from '#kernel/words.ts'
import { readyToPropose } from './candidates.ts'
import { postWords } from './held.ts'
import { type Item, readItems } from './items.ts'

/** The seats of a unit with who sits there, and the units below: the way down to any seat. */
export const seatsOf = ask({
  name: 'find.seats',
  title: { zh: '某单位的职务', en: 'The seats of a unit' },
  purpose: {
    zh: '某单位的职务和在任者，以及下级单位；不指定单位时为最高一级。',
    en: 'A unit’s posts with their holders, and the units below it; the root where none is given.',
  },
  access: 'public',
  input: z.object({ unit: UnitId.optional() }),
  async answer(reader, { unit }) {
    const { db, on, charter } = reader
    const lineage = await findLineage(db, unit ?? (await rootOf(reader)), on)
    if (!lineage) throw new NotFound({ zh: `${on} 没有这个单位。`, en: `There was no such unit on ${on}.` })
    const [self] = lineage
    const [seated, below] = await Promise.all([sittings(db, [self.id], on), unitsBelow(reader, self.id)])
    return {
      unit: self,
      lineage,
      tier: { id: self.tier, name: charter.tier(self.tier).name },
      seats: charter.postsOf(self.tier).map((post) => {
        const sitting = seated.find((each) => each.post === post.id)
        return {
          post: postWords(charter, post.id),
          body: charter.body(post.body).name,
          isPrincipal: charter.tier(self.tier).principals.includes(post.id),
          person: sitting?.person ?? null,
          capacity: sitting?.capacity ?? null,
        }
      }),
      below,
    }
  },
})

async function rootOf({ db, on }: Reader): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select unit_id as id from unit_version where parent_id is null and (valid_at @> ${on}::date) is true limit 1`.execute(
    db,
  )
  if (!rows[0]) throw new NotFound({ zh: `${on} 还没有任何单位。`, en: `There was no unit yet on ${on}.` })
  return rows[0].id
}

async function unitsBelow(
  { db, on }: Reader,
  unit: string,
): Promise<readonly (UnitFacts & { readonly inProgramme: boolean })[]> {
  const { rows } = await sql<{
    id: string
    tier: string
    code: string | null
    zh: string
    en: string
    inProgramme: boolean
  }>`
    select v.unit_id as id, v.tier, v.code, v.name_zh as zh, v.name_en as en,
           exists (select from unit_designation d join unit_version w on w.unit_id = d.unit_id and (w.valid_at @> ${on}::date) is true
                    where w.lineage @> array[v.unit_id] and lower(d.valid_at) <= ${on}::date) as "inProgramme"
      from unit_version v where v.parent_id = ${unit} and (v.valid_at @> ${on}::date) is true
     order by v.code nulls last, v.name_en`.execute(db)
  return rows.map(({ zh, en, ...row }) => ({ ...row, name: { zh, en } }))
}

const OWED_MAX = 3000
const PER_TIER = 2
const READY_MAX = 2

type Suggestion = {
  readonly unit: UnitFacts
  readonly post: { readonly id: string; readonly name: Text }
  readonly tier: Text
  readonly why: Text
}

/** Seats where something waits to be done today, at every tier: where a visitor of the demonstration may begin. */
export const suggestedSeats = ask({
  name: 'find.suggestions',
  title: { zh: '可以从这里开始', en: 'Where to begin' },
  purpose: { zh: '当日有事待办的职务，每级若干。', en: 'Seats at every tier with something to do on the day.' },
  access: 'public',
  input: z.object({}),
  async answer(reader) {
    const [items, ready] = await Promise.all([
      readItems(reader, sql`true`, OWED_MAX),
      readyToPropose(reader, await rootOf(reader), READY_MAX),
    ])
    const bySeat = Map.groupBy(
      items.filter((item) => item.owes),
      (item) => item.owes?.unit.id,
    )
    const busy = [...bySeat.values()].map((owed) => suggestion(reader, owed)).filter((each) => each !== undefined)
    const proposers: readonly Suggestion[] = ready.flatMap(({ seat, unit, words }) =>
      seat ? [{ unit, post: seat, tier: reader.charter.tier(unit.tier).name, why: words }] : [],
    )
    return {
      seats: reader.charter.tiers.flatMap((tier) => [
        ...proposers.filter((each) => each.unit.tier === tier.id),
        ...busy
          .filter((each) => each.unit.tier === tier.id)
          .toSorted((a, b) => b.weight - a.weight)
          .slice(0, PER_TIER)
          .map(({ unit, post, tier: name, why }): Suggestion => ({ unit, post, tier: name, why })),
      ]),
    }
  },
})

/** Many kinds of work make a seat worth a visit, more than much of one kind. */
function suggestion({ charter }: Reader, owed: readonly Item[]): (Suggestion & { weight: number }) | undefined {
  const [first] = owed
  const post = first?.owes?.posts[0]
  if (!first?.owes || !post) return undefined
  const kinds = Map.groupBy(owed, (item) => item.obligation)
  const told = [...kinds.values()].toSorted((a, b) => b.length - a.length).slice(0, 3)
  const late = owed.filter((item) => item.light === 'red').length
  const words = (language: keyof Text) =>
    told.map((items) => `${items[0]?.title[language]} × ${items.length}`).join(language === 'zh' ? '、' : ', ')
  return {
    unit: first.owes.unit,
    post,
    tier: charter.tier(first.owes.unit.tier).name,
    why: {
      zh: `${words('zh')}${late > 0 ? `，其中逾期 ${late}` : ''}`,
      en: `${words('en')}${late > 0 ? `; ${late} late` : ''}`,
    },
    weight: kinds.size * 100 + Math.min(owed.length, 99),
  }
}
