import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import { countyTiers } from './designate.ts'
import type { State } from './state.ts'

type VersionRow = {
  from: Day
  to: Day | null
  tier: string
  zh: string
  en: string
  code: string | null
  parent: string | null
  parent_zh: string | null
  parent_en: string | null
  act: string
}

/** How a unit has stood, as far as was known on the day: the latest state first. */
async function historyOf({ db, on }: Reader, unit: string) {
  const { rows } = await sql<VersionRow>`
    select lower(v.valid_at) as from, upper(v.valid_at) as to, v.tier, v.name_zh as zh, v.name_en as en, v.code, v.parent_id as parent,
           p.name_zh as parent_zh, p.name_en as parent_en, v.act_id as act
      from unit_version v
      left join unit_version p on p.unit_id = v.parent_id and p.valid_at @> lower(v.valid_at)
     where v.unit_id = ${unit} and lower(v.valid_at) <= ${on} order by lower(v.valid_at) desc`.execute(db)
  return rows.map(({ zh, en, parent, parent_zh, parent_en, ...row }) => ({
    ...row,
    to: row.to !== null && row.to <= on ? row.to : null,
    name: { zh, en },
    parent: parent === null ? null : { unit: parent, name: { zh: parent_zh ?? '', en: parent_en ?? '' } },
  }))
}

type Kin = {
  readonly direction: 'from' | 'to'
  readonly unit: string
  readonly name: Text
  readonly on: Day
  readonly share: number
  readonly act: string
}

/** What a unit was made of, and what became of it or of parts of it. */
async function kinOf({ db, on }: Reader, unit: string): Promise<Kin[]> {
  const { rows } = await sql<Omit<Kin, 'name'> & Text>`
    select case when s.to_unit_id = ${unit} then 'from' else 'to' end as direction, k.unit_id as unit, k.name_zh as zh, k.name_en as en,
           s.on_day as on, s.share::float8 as share, s.act_id as act
      from unit_succession s
      join lateral (select v.* from unit_version v
        where v.unit_id = case when s.to_unit_id = ${unit} then s.from_unit_id else s.to_unit_id end
        order by abs(lower(v.valid_at) - s.on_day) limit 1) k on true
     where (s.to_unit_id = ${unit} or s.from_unit_id = ${unit}) and s.on_day <= ${on}
     order by s.on_day, k.code nulls last`.execute(db)
  return rows.map(({ zh, en, ...row }) => ({ ...row, name: { zh, en } }))
}

/** Everything that the register knows of one unit on a day. */
export const unitShow = ask({
  name: 'unit.show',
  title: { zh: '单位情况', en: 'One unit' },
  purpose: {
    zh: '一个单位当日的情况：名称、代码、层级、上级和贫困县状态，历次变更，由何而来、归向何处，以及可以办理的事项。',
    en: 'One unit on the day: name, code, tier, what stands above, its state, every change, what it came from and went to, and what may be done.',
  },
  access: 'public',
  input: z.object({ unit: UnitId }),
  async answer(reader, { unit }) {
    const { db, charter, on } = reader
    const [history, kin, states, dates] = await Promise.all([
      historyOf(reader, unit),
      kinOf(reader, unit),
      sql<{
        is_poor: boolean
        since: Day
        act_id: string
      }>`select is_poor, since, act_id from poor_county_on(${on}) where unit_id = ${unit}`.execute(db),
      db.selectFrom('unit').select(['established_on', 'closed_on']).where('id', '=', unit).executeTakeFirst(),
    ])
    const now = history[0]
    if (!now || !dates) throw new NotFound({ zh: `${on}还没有这个单位。`, en: `There was no such unit on ${on}.` })
    const closedOn = dates.closed_on !== null && dates.closed_on <= on ? dates.closed_on : null
    const { rows: above } = await sql<{ unit: string; tier: string; code: string | null } & Text>`
      select a.unit_id as unit, a.tier, a.code, a.name_zh as zh, a.name_en as en from unit_version v
        join unit_version a on a.unit_id = any (v.lineage) and a.unit_id <> v.unit_id and a.valid_at @> lower(v.valid_at)
       where v.unit_id = ${unit} and lower(v.valid_at) = ${now.from} order by array_position(v.lineage, a.unit_id)`.execute(
      db,
    )
    const found = states.rows[0]
    const state: State = found === undefined ? 'none' : found.is_poor ? 'poor' : 'out'
    const thing = {
      unit,
      name: now.name,
      tier: now.tier,
      tierName: charter.tier(now.tier).name,
      role: charter.tier(now.tier).role,
      code: now.code,
      above: above.map(({ zh, en, ...row }) => ({ ...row, name: { zh, en } })),
      state,
      stateSince: found?.since ?? null,
      stateAct: found?.act_id ?? null,
      establishedOn: dates.established_on,
      closedOn,
      isOpen: closedOn === null,
      isRoot: now.parent === null,
      isCounty: countyTiers(charter).includes(now.tier),
      isLowest: charter.tiers.at(-1)?.id === now.tier,
      history,
      predecessors: kin.filter((each) => each.direction === 'from'),
      successors: kin.filter((each) => each.direction === 'to'),
    }
    const [shown] = await withAbilities(reader, 'unit', [thing])
    return shown ?? { ...thing, can: [] }
  },
})
