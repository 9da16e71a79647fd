import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask } from '#kernel/ask.ts'
import type { Light } from '#kernel/link.ts'
import { type Text, UnitId } from '#kernel/words.ts'
import { atOrBelow, type VillageState, villageStates, villagesOn } from './standing.ts'

export type VillageRow = {
  readonly id: string
  readonly unit: string
  readonly madeUp: boolean
  readonly needed: number
  readonly households: number
  readonly weight: number
  readonly team: string | null
  readonly people: number
  readonly leaders: number
  readonly firstSecretaries: number
  readonly helped: number
  readonly missing: number
  readonly min: number
  readonly state: VillageState
}
type Row = VillageRow & {
  zh: string
  en: string
  t_zh: string
  t_en: string
  u_zh: string
  u_en: string
  total: number
}

const orders: Readonly<Record<'name' | 'people' | 'needed' | 'missing' | 'households', RawBuilder<unknown>>> = {
  name: sql`v.u_code nulls last, v.t_zh, v.zh`,
  people: sql`v.people`,
  needed: sql`v.needed`,
  missing: sql`v.missing + greatest(0, v.needed - v.people)`,
  households: sql`v.households`,
}
const backwards: typeof orders = {
  name: sql`v.u_code desc nulls last, v.t_zh desc, v.zh desc`,
  people: sql`v.people desc`,
  needed: sql`v.needed desc`,
  missing: sql`v.missing + greatest(0, v.needed - v.people) desc`,
  households: sql`v.households desc`,
}

/** The villages at and below a unit on a day: with a team or without, with the people that they need or not. */
export const listVillages = ask({
  name: 'village.list',
  title: { zh: '驻村力量', en: 'Labour in the villages' },
  purpose: {
    zh: '某单位及其以下各村：有没有工作队、几个人、需求是否满足、有多少户有帮扶责任人。',
    en: 'The villages at and below a unit: which have a team, how many people, whether their needs are covered, how many households have a helper.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId,
    state: z.enum(Object.keys(villageStates) as [VillageState, ...VillageState[]]).optional(),
    text: z.string().max(100).optional(),
    sort: z.enum(['name', 'people', 'needed', 'missing', 'households']).default('name'),
    descending: z.boolean().default(false),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, state, text, sort, descending, offset, limit }) {
    const { charter, on, db } = reader
    const wanted = text === undefined || text.trim() === '' ? null : text.trim().toLowerCase()
    const all = sql`
      select v.*, u.name_zh as u_zh, u.name_en as u_en, u.code as u_code
        from (${villagesOn(charter, on, atOrBelow(unit, on))}) v
        join unit_version u on u.unit_id = v.unit and u.valid_at @> ${on}::date
       where ${wanted}::text is null
          or strpos(lower(concat_ws(' ', v.zh, v.en, v.t_zh, v.t_en, u.name_zh, u.name_en)), ${wanted}) > 0`
    const [counts, { rows }] = await Promise.all([
      sql<{ state: VillageState; n: number }>`select state, count(*)::int as n from (${all}) v group by state`.execute(
        db,
      ),
      sql<Row>`
        select v.*, count(*) over ()::int as total from (${all}) v
         where ${state ?? null}::text is null or v.state = ${state ?? null}
         order by ${(descending ? backwards : orders)[sort]}, v.id limit ${limit} offset ${offset}`.execute(db),
    ])
    const [county] = await withAbilities(reader, 'labour', [{ unit }])
    return {
      total: rows[0]?.total ?? 0,
      can: county?.can ?? [],
      states: Object.entries(villageStates).map(([id, name]) => ({
        state: id as VillageState,
        name,
        villages: counts.rows.find((row) => row.state === id)?.n ?? 0,
      })),
      items: await withAbilities(reader, 'village', rows.map(shown)),
    }
  },
})

const shown = ({ zh, en, t_zh, t_en, u_zh, u_en, total: _total, ...row }: Row) => ({
  id: row.id,
  unit: row.unit,
  name: { zh, en } satisfies Text,
  township: { zh: t_zh, en: t_en } satisfies Text,
  unitName: { zh: u_zh, en: u_en } satisfies Text,
  madeUp: row.madeUp,
  needed: row.needed,
  households: row.households,
  weight: row.weight,
  team: row.team,
  people: row.people,
  min: row.min,
  firstSecretaries: row.firstSecretaries,
  helped: row.helped,
  missing: row.missing,
  state: row.state,
  stateName: villageStates[row.state],
  light: lightOf(row.state),
})

/** A colour beside the words of a state. */
export const lightOf = (state: VillageState): Light =>
  state === 'covered' ? 'green' : state === 'uncovered' ? 'yellow' : state === 'none-needed' ? 'none' : 'red'
