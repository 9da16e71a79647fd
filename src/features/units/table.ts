import { sql } from 'kysely'
import { z } from 'zod'
import { ask } from '#kernel/ask.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import { searched, typed } from './find.ts'
import { type State, statesOnMap } from './state.ts'
import { placeOnMap, rootOf } from './tree.ts'

const PAGE_MAX = 200
const TILES_MAX = 5000

const sorts = {
  code: [sql`v.code`, sql`v.name_en`],
  name: [sql`v.name_en`],
  above: [sql`above.code`, sql`v.code`],
  state: [sql`array_position(array['poor', 'out', 'none'], coalesce(s.state, 'none'))`, sql`v.code`],
  since: [sql`s.since`, sql`v.code`],
} as const
type Sort = keyof typeof sorts
const sortKeys = Object.keys(sorts) as Sort[]

/** The order that was asked for; a minus before it turns it round, and what is missing stays last. */
const inOrder = (asked: string) => {
  const isDown = asked.startsWith('-')
  const [first, ...others] = sorts[asked.replace('-', '') as Sort]
  return sql.join([
    sql`${first} ${isDown ? sql`desc` : sql`asc`} nulls last`,
    ...others.map((term) => sql`${term} nulls last`),
    sql`v.unit_id`,
  ])
}

/** All units below one, on the reader's map, with the state that they were in on the reader's day. */
export const unitTable = ask({
  name: 'unit.table',
  title: { zh: '单位名单', en: 'Table of units' },
  purpose: {
    zh: '一个单位之下的全部单位及其状态，可按层级、状态筛选，可检索、排序、分页。',
    en: 'All units below one with their state: filtered by tier and state, searched, sorted, a page at a time.',
  },
  access: 'public',
  input: z.object({
    unit: UnitId.optional(),
    tier: z.string().optional(),
    state: z.enum(['poor', 'out', 'none', 'programme']).optional(),
    search: z.string().trim().max(60).default(''),
    sort: z.enum([...sortKeys, ...sortKeys.map((key) => `-${key}` as const)]).default('code'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(PAGE_MAX).default(50),
  }),
  async answer(reader, { unit, tier, state, search, sort, offset, limit }) {
    const { db, on, map } = reader
    const [top] = await placeOnMap(reader, unit ?? (await rootOf(reader)))
    const key = typed(search)
    const within = sql`
      from unit_version v
      left join (${statesOnMap(on, map)}) s on s.unit_id = v.unit_id
      left join unit_version above on above.unit_id = v.parent_id and (above.valid_at @> ${map}::date) is true
     where v.lineage @> array[${top.id}]::uuid[] and v.unit_id <> ${top.id} and (v.valid_at @> ${map}::date) is true
       and ${tier === undefined ? sql`true` : sql`v.tier = ${tier}`}
       and ${state === undefined ? sql`true` : state === 'programme' ? sql`s.state is not null` : sql`coalesce(s.state, 'none') = ${state}`}
       and ${key === '' ? sql`true` : sql`(v.name_zh like ${`%${key}%`} or ${searched('v.name_en')} like ${`%${key}%`} or v.code like ${`${key}%`})`}`
    const [counted, page] = await Promise.all([
      sql<{ total: number }>`select count(*)::int as total ${within}`.execute(db),
      sql<{
        unit: string
        zh: string
        en: string
        tier: string
        code: string | null
        above: string
        above_zh: string
        above_en: string
        state: State
        since: Day | null
      }>`
        select v.unit_id as unit, v.name_zh as zh, v.name_en as en, v.tier, v.code, v.parent_id as above,
               above.name_zh as above_zh, above.name_en as above_en, coalesce(s.state, 'none') as state, s.since
          ${within} order by ${inOrder(sort)} limit ${limit} offset ${offset}`.execute(db),
    ])
    return {
      total: counted.rows[0]?.total ?? 0,
      units: page.rows.map(({ zh, en, above, above_zh, above_en, ...row }) => ({
        ...row,
        name: { zh, en },
        above: { unit: above, name: { zh: above_zh, en: above_en } },
      })),
    }
  },
})

type Tile = {
  readonly unit: string
  readonly name: Text
  readonly tier: string
  readonly parent: string
  readonly state: State
  readonly since: Day | null
}

/** Every poor county, once poor or still, with all between it and the unit asked for: what a map of tiles draws. */
export const unitProgramme = ask({
  name: 'unit.programme',
  title: { zh: '项目范围', en: 'Units of the programme' },
  purpose: {
    zh: '当日属于项目的全部单位，按层级列出：现在或曾经的贫困县，以及其各级上级。',
    en: 'All units of the programme on the day, by tier: counties that are or were poor, and every unit above them.',
  },
  access: 'public',
  input: z.object({ unit: UnitId.optional() }),
  async answer(reader, { unit }) {
    const { db, charter, on, map } = reader
    const [top] = await placeOnMap(reader, unit ?? (await rootOf(reader)))
    const { rows } = await sql<Omit<Tile, 'name'> & Text>`
      with state as materialized (${statesOnMap(on, map)}),
      member as (
        select ${top.id}::uuid as unit_id
        union
        select unnest(v.lineage) from state join unit_version v on v.unit_id = state.unit_id and (v.valid_at @> ${map}::date) is true)
      select v.unit_id as unit, v.name_zh as zh, v.name_en as en, v.tier, v.parent_id as parent,
             coalesce(state.state, 'none') as state, state.since
        from member
        join unit_version v on v.unit_id = member.unit_id and (v.valid_at @> ${map}::date) is true and v.lineage @> array[${top.id}]::uuid[]
        left join state on state.unit_id = v.unit_id
       order by v.code nulls last, v.name_en limit ${TILES_MAX}`.execute(db)
    const tiles = rows.map(({ zh, en, ...row }): Tile => ({ ...row, name: { zh, en } }))
    return {
      top: top.id,
      total: tiles.length,
      tiers: charter.tiers.map(({ id, name }) => ({ tier: id, name, units: tiles.filter((tile) => tile.tier === id) })),
    }
  },
})
