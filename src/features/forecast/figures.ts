import { sql } from 'kysely'
import { figure, type FigureScope } from '#kernel/figure.ts'
import { poorCounty, schedulesOn } from '#features/schedules/index.ts'
import { stageOf } from './books.ts'
import { dayNumber, dayText, lastDayOf } from './days.ts'
import { settingsOf } from './law.ts'
import { MOST, USUAL_AREA_MIN, USUAL_COUNTRY_MIN } from './usual.ts'

const stageRows = sql.join(Object.entries(stageOf).map(([state, stage]) => sql`(${state}::text, ${stage}::text)`))
/** Which stage each is left for. */
const following = sql`(values ('propose', 'review'), ('again', 'review'), ('review', 'verify'), ('verify', 'notice'), ('notice', 'report'),
  ('report', 'evaluate'), ('evaluate', 'approve')) f (stage, next)`

/**
 * The counties that are past the last good day of their next step, in one statement; `forecast.list` finds the same ones by its own
 * way, and a test holds that both agree.
 */
function behind({ charter, on, year }: FigureScope) {
  const { grace } = settingsOf(charter, dayNumber(on))
  const deadlineOf = (each: number) => dayText(lastDayOf(each) + grace)
  const asOf = [on, deadlineOf(year)].toSorted()[0] ?? on
  return sql`
    with entered as (
      select * from (
        select s.*, g.stage, lag(g.stage) over (partition by s.unit_id, s.exit_year order by s.ordinal) as before,
               min(s.on_day) filter (where g.stage = 'out')
                 over (partition by s.unit_id, s.exit_year order by s.ordinal rows between current row and unbounded following) as out_on
          from exit_step s join (values ${stageRows}) g (state, stage) on g.state = s.state
         where s.on_day <= ${on}::date) e
       where stage is distinct from before
    ), gone as (
      select e.stage, v.lineage[2] as area, e.out_on - e.on_day as days
        from entered e left join unit_version v on v.unit_id = e.unit_id and (v.valid_at @> ${on}::date) is true
       where e.stage <> 'out' and e.exit_year < ${year} and make_date(e.exit_year, 12, 31) + ${grace}::int < ${on}::date
    ), usual as (
      select stage, area, grouping(area) as of_country, count(*) as counties,
             percentile_disc(${MOST}::float8) within group (order by days) as most
        from gone where days is not null group by grouping sets ((stage, area), (stage))
    ), due as (
      select c.unit_id, c.exit_year, c.act_id, v.lineage[2] as area, make_date(c.exit_year, 12, 31) + ${grace}::int as deadline,
             case when n.stage is null or n.stage = 'out' then 'propose' else n.stage end as stage, n.act_id as step_id
        from (${schedulesOn(asOf)}) c
        join unit_designation d on d.unit_id = c.unit_id and d.kind = ${poorCounty} and (d.valid_at @> ${on}::date) is true
        join unit_version v on v.unit_id = c.unit_id and (v.valid_at @> ${on}::date) is true
        left join (select distinct on (unit_id) unit_id, stage, act_id from entered order by unit_id, exit_year desc, ordinal desc) n
          on n.unit_id = c.unit_id
       where c.exit_year <= ${year}
    ), last_good as (
      select due.*, case when due.deadline < ${on}::date or f.next is null then due.deadline
                         else due.deadline - coalesce(a.most, k.most) end as by_day
        from due
        left join ${following} on f.stage = due.stage
        left join usual a on a.stage = f.next and a.area = due.area and a.of_country = 0 and a.counties >= ${USUAL_AREA_MIN}
        left join usual k on k.stage = f.next and k.of_country = 1 and k.counties >= ${USUAL_COUNTRY_MIN})
    select unit_id, 1 as value, '/forecast/' || unit_id || '/' || exit_year as record, exit_year || '年退出' as label_zh,
           'exit in ' || exit_year as label_en, by_day as since, coalesce(step_id, act_id) as act_id
      from last_good where by_day < ${on}::date`
}

export const forecastBehind = figure({
  name: 'forecast.behind',
  title: { zh: '有误期风险的县', en: 'Counties at risk of missing their year' },
  definition: {
    zh: '进度安排在该年度（或更早）退出、当日仍是贫困县、下一步已过最迟办理日的县。最迟办理日按以往走完程序的县倒推：其后各步，五个县中有四个不超过这么多天。',
    en: 'Counties scheduled for the year or an earlier one, still poor on the day, whose next step is past its last good day: counted back from the year’s end by the days that four in five counties needed at most for the steps after it.',
  },
  measure: { zh: '县', en: 'counties' },
  kind: 'sum',
  duty: 'see-poor-counties-out',
  better: 'less',
  yearly: true,
  records: behind,
})
