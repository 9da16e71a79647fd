import { type RawBuilder, sql } from 'kysely'
import { figure, type FigureScope } from '#kernel/figure.ts'
import type { Day } from '#kernel/words.ts'
import { linesOn } from './major-read.ts'

const nameOf = (on: Day, major: RawBuilder<unknown>) => sql`
  lateral (select w.name_zh, w.name_en, w.counts from major_project_version w where w.major_project_id = ${major} and w.on_day <= ${on}::date
            order by w.version desc limit 1)`

const shares = ({ on }: FigureScope, which: RawBuilder<unknown>) => sql`
  select s.unit_id, 1 as value, '/projects/major/' || s.major_project_id as record, m.name_zh || ' ' || s.quantity as label_zh,
         m.name_en || ' ' || s.quantity as label_en, coalesce(s.divided_on, s.shared_on) as since,
         coalesce(s.division_act_id, s.share_act_id) as act_id
    from major_share_on(${on}::date) s cross join ${nameOf(on, sql`s.major_project_id`)} m
   where not exists (select from unit_designation d where d.unit_id = s.unit_id and lower(d.valid_at) <= ${on}::date) and ${which}`

export const majorSharesDivided = figure({
  name: 'major-projects.divided',
  title: { zh: '重大工程项目分解率', en: 'Shares of major projects divided' },
  definition: {
    zh: '当日有效的重大工程项目份额（每个项目每个承担单位为一份）中，已按现有份额分解到县的比例。',
    en: 'Of the shares of major projects that hold on the day (one for each project and unit that bears it), those divided among counties as they now stand.',
  },
  measure: { zh: '%', en: '%' },
  kind: 'ratio',
  duty: 'assign-projects',
  better: 'more',
  records: (scope) => shares(scope, sql`s.ordinal is not null`),
  of: (scope) => shares(scope, sql`true`),
})

const parts = ({ on }: FigureScope, value: RawBuilder<unknown>) => sql`
  select l.unit as unit_id, ${value} as value, '/projects/major/' || l.major as record,
         m.name_zh || ' ' || l.covered || ' / ' || l.part as label_zh, m.name_en || ' ' || l.covered || ' / ' || l.part as label_en,
         l.since, l.act_id
    from (${linesOn(on)}) l cross join ${nameOf(on, sql`l.major`)} m
   where l.part > 0 and m.counts <> 'nothing'`

export const majorPartsCovered = figure({
  name: 'major-projects.covered',
  title: { zh: '重大工程项目覆盖率', en: 'Major projects covered by the library' },
  definition: {
    zh: '分解到县的重大工程项目份额（每个项目每县为一份，量不同也等权）中，由该县已入库、未撤销的项目按计量内容覆盖的部分，每份至多算满。',
    en: 'Of the parts that counties took of major projects (each counts as one, whatever its size), how much is covered by what their projects in the library count; none more than fully. Those that cannot be read from the library are left out.',
  },
  measure: { zh: '%', en: '%' },
  kind: 'ratio',
  duty: 'land-projects',
  better: 'more',
  records: (scope) => parts(scope, sql`least(1, l.covered::numeric / l.part)`),
  of: (scope) => parts(scope, sql`1`),
})

export const projectsCrossCounty = figure({
  name: 'projects.cross-county',
  title: { zh: '跨县项目', en: 'Cross-county projects' },
  definition: {
    zh: '当日有效、由上级协调的跨县项目，计入牵头县。',
    en: 'Cross-county projects that stand on the day, counted at the county that leads.',
  },
  measure: { zh: '个', en: 'projects' },
  kind: 'sum',
  duty: 'coordinate-cross-county-projects',
  better: 'neither',
  records: ({ on }) => sql`
    select c.lead_unit_id as unit_id, 1 as value,
           '/projects/' || (select cp.project_id from coordination_project cp join project p on p.id = cp.project_id
                             where cp.coordination_id = c.id and p.unit_id = c.lead_unit_id order by p.code limit 1) as record,
           c.name as label_zh, c.name as label_en, c.on_day as since, c.act_id
      from coordination c
     where c.on_day <= ${on}::date
       and not exists (select from coordination_end e where e.coordination_id = c.id and e.on_day <= ${on}::date)`,
})

const counties = ({ on, year }: FigureScope, doesUpdate: boolean) => sql`
  select distinct d.unit_id, 1 as value, '/projects?unit=' || d.unit_id as record, ${year}::text || '年' as label_zh, ${year}::text as label_en,
         l.on_day as since, l.act_id
    from unit_designation d
    left join library_update l on l.unit_id = d.unit_id and l.year = ${year} and l.on_day <= ${on}::date
   where lower(d.valid_at) <= ${on}::date ${doesUpdate ? sql`and l.on_day is not null` : sql``}`

export const librariesUpdated = figure({
  name: 'projects.libraries-updated',
  title: { zh: '项目库动态调整率', en: 'Libraries updated' },
  definition: {
    zh: '列入名单的贫困县中，截至当日已完成该年度第四季度动态调整的比例。',
    en: 'Of the poor counties on the list, those that had made the update of the year’s fourth quarter by the day.',
  },
  measure: { zh: '%', en: '%' },
  kind: 'ratio',
  duty: 'keep-project-library',
  better: 'more',
  yearly: true,
  records: (scope) => counties(scope, true),
  of: (scope) => counties(scope, false),
})
