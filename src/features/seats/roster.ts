import { sql } from 'kysely'
import { z } from 'zod'
import { lineagesOf, withAbilities } from '#kernel/abilities.ts'
import { ask, type Reader } from '#kernel/ask.ts'
import {
  type Lineage,
  type Person,
  type Seat,
  type Sitting,
  sittings,
  type UnitFacts,
  whoAnswers,
} from '#kernel/standing.ts'
import { type Day, PostId, type Text, UnitId } from '#kernel/words.ts'
import { rootOf, searched, typed } from '#features/units/index.ts'
import { allSeats } from './all-seats.ts'
import { delegationsOf } from './delegations.ts'
import { appointedAt } from './make.ts'
import { bindsOn } from './tenure.ts'

const PAGE_MAX = 200

type Row = {
  unit: string
  unit_zh: string
  unit_en: string
  tier: string
  code: string | null
  post: string
  post_zh: string
  post_en: string
  body_zh: string
  body_en: string
  is_principal: boolean
  person: string | null
  person_zh: string
  person_en: string
  made_up: boolean
  capacity: 'holder' | 'acting' | null
  since: Day | null
  is_poor: boolean
  is_excepted: boolean
}

export type SeatRow = {
  readonly unit: string
  readonly unitName: Text
  readonly tier: string
  readonly code: string | null
  readonly post: string
  readonly postName: Text
  readonly bodyName: Text
  readonly isPrincipal: boolean
  readonly person: Person | null
  readonly capacity: 'holder' | 'acting' | null
  /** Since when the holder sits, or since when nobody does. */
  readonly since: Day | null
  /** The holder stays until the unit's exit, unless an exception was granted. */
  readonly isBound: boolean
  readonly isExcepted: boolean
}

export type SeatQuestion = {
  readonly unit?: string | undefined
  readonly below?: string | undefined
  readonly filled?: 'vacant' | 'acting' | 'holder' | 'anybody' | undefined
  readonly tier?: string | undefined
  readonly post?: string | undefined
  readonly search: string
  readonly sort: string
  readonly offset: number
  readonly limit: number
}

const filters = {
  vacant: sql`s.person_id is null`,
  acting: sql`s.capacity = 'acting'`,
  holder: sql`s.capacity = 'holder'`,
  anybody: sql`s.person_id is not null`,
} as const
const sorts = {
  unit: [sql`s.parent_id is not null`, sql`s.code`, sql`s.unit_id`, sql`s.place`],
  post: [sql`s.place`, sql`s.code`],
  person: [sql`s.person_en`, sql`s.code`],
  since: [sql`s.since`, sql`s.code`, sql`s.place`],
} as const
type SortKey = keyof typeof sorts
const sortKeys = Object.keys(sorts) as SortKey[]
const Sort = z.enum([...sortKeys, ...sortKeys.map((key) => `-${key}` as const)]).default('unit')

/** The order that was asked for; a minus before it turns it round, and what is missing stays last. */
const inOrder = (asked: string) => {
  const way = asked.startsWith('-') ? sql`desc` : sql`asc`
  return sql.join(sorts[asked.replace('-', '') as SortKey].map((term) => sql`${term} ${way} nulls last`))
}

/** A page of seats, and how many there are. */
export async function readSeats(
  { db, charter, on }: Reader,
  asked: SeatQuestion,
): Promise<{ total: number; seats: SeatRow[] }> {
  const key = typed(asked.search)
  const any = `%${key}%`
  const within = { ...(asked.unit && { unit: asked.unit }), ...(asked.below && { below: asked.below }) }
  const found = sql`from (${allSeats(charter, on, within)}) s
    where ${asked.filled === undefined ? sql`true` : filters[asked.filled]}
      and ${asked.tier === undefined ? sql`true` : sql`s.tier = ${asked.tier}`}
      and ${asked.post === undefined ? sql`true` : sql`s.post = ${asked.post}`}
      and ${
        key === ''
          ? sql`true`
          : sql`(s.unit_zh || s.post_zh like ${any} or s.person_zh like ${any} or s.code = ${key} or ${searched('s.unit_en')} like ${any}
                 or ${searched('s.person_en')} like ${any} or ${searched('s.post_en')} like ${any})`
      }`
  const [counted, page] = await Promise.all([
    sql<{ total: number }>`select count(*)::int as total ${found}`.execute(db),
    sql<Row>`
      select s.unit_id as unit, s.unit_zh, s.unit_en, s.tier, s.code, s.post, s.post_zh, s.post_en, s.body_zh, s.body_en, s.is_principal,
             s.person_id as person, s.person_zh, s.person_en, s.made_up, s.capacity, s.since,
             exists (select from unit_designation d
               where d.unit_id = s.unit_id and d.kind = 'poor-county' and (d.valid_at @> ${on}::date) is true) as is_poor,
             exists (select from tenure_exception e where e.unit_id = s.unit_id and e.post = s.post and e.person_id = s.person_id
               and e.granted_on between s.since and ${on}) as is_excepted
        ${found} order by ${inOrder(asked.sort)} limit ${asked.limit} offset ${asked.offset}`.execute(db),
  ])
  return {
    total: counted.rows[0]?.total ?? 0,
    seats: page.rows.map((row) => ({
      unit: row.unit,
      unitName: { zh: row.unit_zh, en: row.unit_en },
      tier: row.tier,
      code: row.code,
      post: row.post,
      postName: { zh: row.post_zh, en: row.post_en },
      bodyName: { zh: row.body_zh, en: row.body_en },
      isPrincipal: row.is_principal,
      person:
        row.person === null
          ? null
          : { id: row.person, name: { zh: row.person_zh, en: row.person_en }, madeUp: row.made_up },
      capacity: row.capacity,
      since: row.since,
      isBound: row.is_poor && row.capacity === 'holder' && bindsOn(charter, row.post, on),
      isExcepted: row.is_excepted,
    })),
  }
}

/** Where the duties of a vacant seat lie meanwhile, and which they are. */
type Route = {
  readonly seat: Seat
  readonly unit: UnitFacts
  readonly postName: Text
  readonly person: Person
  readonly duties: { id: string; title: Text }[]
}

function routesOf({ charter, on }: Reader, seat: SeatRow, lineage: Lineage, seated: readonly Sitting[]): Route[] {
  const routes = new Map<string, Route>()
  for (const duty of charter.dutiesOn(on)) {
    if (duty.held_by[seat.tier]?.[0] !== seat.post) continue
    const answer = whoAnswers(charter, duty, lineage, seated)
    if (answer.kind !== 'vacancy' || answer.seat.unit !== seat.unit || !answer.routedTo) continue
    const { routedTo } = answer
    const key = `${routedTo.seat.unit}/${routedTo.seat.post}`
    const route = routes.get(key) ?? { ...routedTo, postName: charter.post(routedTo.seat.post).name, duties: [] }
    route.duties.push({ id: duty.id, title: duty.title })
    routes.set(key, route)
  }
  return [...routes.values()]
}

/** The seats of a unit, or of the whole programme below one: who sits there, what is vacant and who stands in. */
export const seatRoster = ask({
  name: 'seat.roster',
  title: { zh: '职务与空缺', en: 'Seats and vacancies' },
  purpose: {
    zh: '一个单位或其下全部单位的职务：由谁担任、自何时起、任期是否冻结、委托了什么；空缺的由谁承接职责。',
    en: 'The seats of a unit, or of all units below one: who sits there since when, whether the term is frozen, what is delegated, and who stands in where nobody sits.',
  },
  access: 'public',
  input: z.object({
    unit: UnitId.optional(),
    below: z.boolean().default(false),
    filled: z.enum(['vacant', 'acting', 'holder', 'anybody']).optional(),
    tier: z.string().optional(),
    post: PostId.optional(),
    search: z.string().trim().max(60).default(''),
    sort: Sort,
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(PAGE_MAX).default(50),
  }),
  async answer(reader, { unit, below, ...rest }) {
    const { db, charter, on, actor } = reader
    const isWhole = below || unit === undefined
    const { total, seats } = await readSeats(
      reader,
      isWhole ? { ...rest, below: unit ?? (await rootOf({ ...reader, map: on })) } : { ...rest, unit },
    )
    const lineages = await lineagesOf(
      db,
      seats.map((seat) => seat.unit),
      on,
    )
    const vacant = seats.filter((seat) => seat.person === null)
    const above = vacant.flatMap((seat) => lineages.get(seat.unit)?.map((each) => each.id) ?? [])
    const [seated, delegations] = await Promise.all([
      above.length === 0 ? [] : sittings(db, [...new Set(above)], on),
      delegationsOf(reader, { seats }),
    ])
    const things = seats.map((seat) => {
      const lineage = lineages.get(seat.unit) as Lineage
      return {
        ...seat,
        appointedAt: appointedAt(charter, lineage, seat.post),
        isMine:
          actor?.kind === 'person' &&
          actor.delegation === undefined &&
          actor.seat.unit === seat.unit &&
          actor.seat.post === seat.post,
        routes: seat.person === null ? routesOf(reader, seat, lineage, seated) : [],
        delegations: delegations.filter((each) => each.unit === seat.unit && each.post === seat.post),
      }
    })
    return { total, seats: await withAbilities(reader, 'seat', things) }
  },
})

/** Seats to sign in as, for the demonstration: whoever sits there answers for what the visitor does. */
export const seatChoose = ask({
  name: 'seat.choose',
  title: { zh: '选择身份', en: 'Choose a seat' },
  purpose: {
    zh: '演示中按单位、层级、职务查找有人任职的职务，以其身份登录。',
    en: 'For the demonstration: finds the seats in which somebody sits, by unit, tier and post, to sign in as.',
  },
  access: 'public',
  input: z.object({
    unit: UnitId.optional(),
    tier: z.string().optional(),
    post: PostId.optional(),
    search: z.string().trim().max(60).default(''),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(PAGE_MAX).default(20),
  }),
  async answer(reader, asked) {
    const { total, seats } = await readSeats(reader, { ...asked, filled: 'anybody', sort: 'unit' })
    const lineages = await lineagesOf(
      reader.db,
      seats.map((seat) => seat.unit),
      reader.on,
    )
    return { total, seats: seats.map((seat) => ({ ...seat, above: (lineages.get(seat.unit) ?? []).slice(1) })) }
  },
})
