import { type RawBuilder, sql } from 'kysely'
import type { Charter } from '#kernel/charter.ts'
import type { Day, Text } from '#kernel/words.ts'

/** A parameter in general (under no code) and by the codes of units that have their own, as `check_parameter` reads it. */
function given(charter: Charter, parameter: string, on: Day): string {
  const codes = Object.keys(charter.text.parameters.find((each) => each.id === parameter)?.by_unit ?? {})
  const values = ['', ...codes].map((code) => [code, charter.findParameter(parameter, on, [code])?.value])
  return JSON.stringify({
    [parameter]: Object.fromEntries(values.filter(([, value]) => value !== undefined)) as object,
  })
}

/** A charter's parameter for the unit of a row; one that is the same for everybody is not looked up row by row. */
export const parameterOf = (charter: Charter, parameter: string, on: Day, unit: string): RawBuilder<number> =>
  Object.keys(charter.text.parameters.find((each) => each.id === parameter)?.by_unit ?? {}).length === 0
    ? sql`${charter.findParameter(parameter, on)?.value ?? null}::numeric`
    : sql`check_parameter(${given(charter, parameter, on)}::jsonb, ${parameter}, ${sql.ref(unit)}, ${on}::date)`

/** How a village stands: whether it needs a team, has one, and whether the team is what it needs. */
export const villageStates = {
  'no-team': { zh: '没有工作队', en: 'No team' },
  short: { zh: '人数不足', en: 'Below the minimum' },
  uncovered: { zh: '需求未满足', en: 'Needs not covered' },
  covered: { zh: '需求已满足', en: 'Needs covered' },
  'none-needed': { zh: '不需要', en: 'No team needed' },
} as const satisfies Record<string, Text>
export type VillageState = keyof typeof villageStates

/**
 * Every village of a day with its team, its people, what it stated that it needs, what of it is missing, and its helpers.
 * `within` says of which units, as a condition upon `v`.
 */
export const villagesOn = (charter: Charter, on: Day, within: RawBuilder<unknown>) => sql`
  select x.*,
         case when x.team is null and x.needed = 0 then 'none-needed' when x.team is null then 'no-team'
              when x.people < x.min then 'short' when x.people < x.needed or x.missing > 0 then 'uncovered' else 'covered' end as state
    from (
      select v.id, v.unit_id as unit, v.name_zh as zh, v.name_en as en, v.township_zh as t_zh, v.township_en as t_en, v.made_up as "madeUp",
             v.east_m as "eastM", v.north_m as "northM", v.act_id, v.on_day as registered, s.n as statement, s.on_day as stated,
             coalesce(s.people, 0) as needed, coalesce(s.households, 0) as households, coalesce(s.weight, 5) as weight,
             t.team_id as team, t.since, t.act_id as team_act, coalesce(t.people, 0) as people, coalesce(t.leaders, 0) as leaders,
             coalesce(t.first_secretaries, 0) as "firstSecretaries", coalesce(h.n, 0)::int as helped,
             coalesce((select sum(greatest(0, n.people - (
                                select count(*) from team_member m
                                 where m.team_id = t.team_id and (m.valid_at @> ${on}::date) is true
                                   and n.skill = any ((select k.skills from worker_version k where k.worker_id = m.worker_id and k.on_day <= ${on}::date
                                                        order by k.n desc limit 1)::text[]))))
                         from village_need n where n.village_id = v.id and n.n = s.n), 0)::int as missing,
             ${parameterOf(charter, 'team_people_min', on, 'v.unit_id')}::int as min
        from village v
        left join lateral (select x.* from village_statement x where x.village_id = v.id and x.on_day <= ${on}::date
                            order by x.n desc limit 1) s on true
        left join lateral (
          select t.id as team_id, lower(t.valid_at) as since, t.act_id, c.people, c.leaders, c.first_secretaries
            from team t
            cross join lateral (
              select count(*)::int as people, (count(*) filter (where m.role = 'leader'))::int as leaders,
                     (count(*) filter (where m.first_secretary))::int as first_secretaries
                from team_member m where m.team_id = t.id and (m.valid_at @> ${on}::date) is true) c
           where t.village_id = v.id and (t.valid_at @> ${on}::date) is true) t on true
        left join lateral (select count(*) as n from helper h where h.village_id = v.id and (h.valid_at @> ${on}::date) is true) h on true
       where v.on_day <= ${on}::date and ${within}) x`

/** The villages at and below a unit, as its county lies on the day asked for. */
export const atOrBelow = (unit: string, on: Day, column = 'v.unit_id') =>
  sql`${sql.ref(column)} in (select u.unit_id from unit_version u where u.lineage @> array[${unit}]::uuid[] and u.valid_at @> ${on}::date)`
