import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { ask, type Reader } from '#kernel/ask.ts'
import { figure, type FigureScope } from '#kernel/figure.ts'
import { type Day, type Text, UnitId, Year } from '#kernel/words.ts'
import { minutesOf, plainTitle } from './fields.ts'

type Scope = Pick<FigureScope, 'charter' | 'on' | 'year'>

/**
 * Every field that people typed in a year, up to a day, and for whom: an answer to a request, or a part of a report of the charter
 * that the system did not know. One row each: `unit_id, on_day, asker (a unit, or null for the charter), field, minutes, record, label, act_id`.
 */
export const typedOn = ({ charter, on, year }: Scope): RawBuilder<unknown> => sql`
  select x.unit_id, a.on_day, r.unit_id as asker, f.title as field, x.minutes, '/requests/' || r.id as record, r.title as label, x.act_id,
         a.minutes_measured as measured, f.n = (select min(g.n) from report_request_field g where g.request_id = r.id and g.kind <> 'figure') as is_first
    from request_answer a
    join request_answer_value x on x.request_id = a.request_id and x.unit_id = a.unit_id and x.version = a.version and x.is_typed
    join report_request r on r.id = a.request_id
    join report_request_field f on f.request_id = x.request_id and f.n = x.n
   where a.on_day between make_date(${year}, 1, 1) and least(make_date(${year}, 12, 31), ${on}::date)
  union all
  select p.unit_id, s.on_day, null::uuid, y.field, case when y.text is not null then ${minutesOf(charter, 'text', on)}::numeric
         else ${minutesOf(charter, 'whole', on)}::numeric end, '/reports/' || p.id, p.kind || ' ' || p.period, y.act_id, null::int, false
    from report_step s
    join report_field y on y.report_id = s.report_id and y.version = s.version and y.since_version = y.version and y.source = 'entered'
    join report p on p.id = s.report_id
   where s.step = 'send' and s.on_day between make_date(${year}, 1, 1) and least(make_date(${year}, 12, 31), ${on}::date)`

/** The records of both figures: one for each field, saying who wanted it. */
const records = (scope: Scope, value: RawBuilder<unknown>) => sql`
  select t.unit_id, ${value} as value, t.record,
         t.label || ' · ' || t.field || '（' || coalesce(v.name_zh, '章程') || '）' as label_zh,
         t.label || ' · ' || t.field || ' (' || coalesce(v.name_en, 'the charter') || ')' as label_en, t.on_day as since, t.act_id
    from (${typedOn(scope)}) t
    left join unit_version v on v.unit_id = t.asker and (v.valid_at @> t.on_day) is true`

export const burdenFields = figure({
  name: 'burden.fields',
  title: { zh: '填报项数', en: 'Fields typed' },
  definition: {
    zh: '当年到当日由人填写的项数：答复章程以外的要求，以及章程规定的报告中系统不知道的部分；系统填的不计。每条记录写明是谁要的。',
    en: 'Fields that people typed in the year up to the day: answers to requests, and what the charter’s reports could not know; what the system fills in does not count. Each record says who wanted it.',
  },
  measure: { zh: '项', en: 'fields' },
  kind: 'sum',
  duty: 'request-reports',
  better: 'less',
  yearly: true,
  records: (scope) => records(scope, sql`1`),
  totals: (scope) => sql`select t.unit_id, count(*) as value from (${typedOn(scope)}) t group by t.unit_id`,
})

export const burdenMinutes = figure({
  name: 'burden.minutes',
  title: { zh: '填报用时', en: 'Minutes of typing' },
  definition: {
    zh: '当年到当日填报项数按章程的设定折算的分钟数：文字每项、数字每项各一个设定值，无文件依据。',
    en: 'The fields typed in the year up to the day, in minutes by the charter’s setting for words and for numbers; no document gives these settings.',
  },
  measure: { zh: '分钟', en: 'minutes' },
  kind: 'sum',
  duty: 'request-reports',
  better: 'less',
  yearly: true,
  records: (scope) => records(scope, sql`t.minutes`),
  totals: (scope) => sql`select t.unit_id, sum(t.minutes) as value from (${typedOn(scope)}) t group by t.unit_id`,
})

type Row = {
  unit: string
  name: Text
  month: string
  asker: string | null
  askerName: Text | null
  fields: number
  minutes: number
  measured: number | null
}

const charterName: Text = { zh: '章程规定的报告', en: 'reports of the charter' }

/** Burden by unit, month and whoever wanted it; who asks most; what was asked twice. */
export const burdenTable = ask({
  name: 'burden.table',
  title: { zh: '填报负担', en: 'Burden of reporting' },
  purpose: {
    zh: '各单位每月替谁填了多少项、用了多少分钟；谁要得最多，什么被重复要。',
    en: 'How many fields and minutes each unit spent each month, and for whom; who asks most, and what was asked twice.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId,
    year: Year.optional(),
    /** Only what this unit wanted; `charter` for the charter's own reports. */
    asker: z.union([UnitId, z.literal('charter')]).optional(),
    search: z.string().trim().max(100).optional(),
    sort: z.enum(['month', 'unit', 'fields', 'minutes']).default('month'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, year = Number(reader.on.slice(0, 4)), asker, search, sort, offset, limit }) {
    const { charter, on, db } = reader
    const { rows } = await sql<Row>`
      select t.unit_id as unit, json_build_object('zh', v.name_zh, 'en', v.name_en) as name, to_char(t.on_day, 'YYYY-MM') as month, t.asker,
             case when q.unit_id is not null then json_build_object('zh', q.name_zh, 'en', q.name_en) end as "askerName",
             count(*)::int as fields, sum(t.minutes)::float8 as minutes, sum(t.measured) filter (where t.is_first)::int as measured
        from (${typedOn({ charter, on, year })}) t
        join unit_version v on v.unit_id = t.unit_id and (v.valid_at @> ${on}::date) is true and v.lineage @> array[${unit}]::uuid[]
        left join lateral (select w.unit_id, w.name_zh, w.name_en from unit_version w where w.unit_id = t.asker and lower(w.valid_at) <= ${on}::date
                            order by lower(w.valid_at) desc limit 1) q on true
       group by t.unit_id, v.name_zh, v.name_en, month, t.asker, q.unit_id, q.name_zh, q.name_en`.execute(db)
    const named = rows.map((row) => ({ ...row, askerName: row.askerName ?? charterName }))
    const wanted = search?.toLowerCase()
    const found = named.filter(
      (row) =>
        (asker === undefined || (row.asker ?? 'charter') === asker) &&
        (!wanted ||
          `${row.name.zh} ${row.name.en} ${row.askerName.zh} ${row.askerName.en}`.toLowerCase().includes(wanted)),
    )
    const order = {
      month: (a: Line, b: Line) => (a.month < b.month ? 1 : a.month > b.month ? -1 : b.minutes - a.minutes),
      unit: (a: Line, b: Line) => (a.name.zh < b.name.zh ? -1 : 1),
      fields: (a: Line, b: Line) => b.fields - a.fields,
      minutes: (a: Line, b: Line) => b.minutes - a.minutes,
    }[sort]
    return {
      year,
      total: found.length,
      fields: sum(found, 'fields'),
      minutes: sum(found, 'minutes'),
      rows: found.toSorted(order).slice(offset, offset + limit),
      askers: grouped(named, (row) => row.asker ?? 'charter').toSorted((a, b) => b.minutes - a.minutes),
      months: grouped(found, (row) => row.month).toSorted((a, b) => (a.key < b.key ? -1 : 1)),
      twice: await askedTwice(reader, unit, year),
      settings: {
        text: minutesOf(charter, 'text', on),
        number: minutesOf(charter, 'whole', on),
      },
    }
  },
})

type Line = Omit<Row, 'askerName'> & { askerName: Text }
const sum = (rows: readonly Line[], what: 'fields' | 'minutes') => rows.reduce((all, row) => all + row[what], 0)

const grouped = (rows: readonly Line[], keyOf: (row: Line) => string) =>
  [...Map.groupBy(rows, keyOf)].map(([key, all]) => ({
    key,
    name: all[0]?.askerName ?? charterName,
    fields: sum(all, 'fields'),
    minutes: sum(all, 'minutes'),
    units: new Set(all.map((row) => row.unit)).size,
  }))

const TWICE_MAX = 50

/** Questions that the same unit was asked more than once in a year, whoever asked. */
async function askedTwice({ db, on }: Reader, unit: string, year: number) {
  const { rows } = await sql<{
    title: string
    unit: string
    name: Text
    requests: readonly { id: string; title: string; on: Day; by: Text }[]
  }>`
    select min(f.title) as title, p.unit_id as unit, json_build_object('zh', min(v.name_zh), 'en', min(v.name_en)) as name,
           json_agg(json_build_object('id', r.id, 'title', r.title, 'on', r.on_day, 'by', json_build_object('zh', q.name_zh, 'en', q.name_en))
                    order by r.on_day) as requests
      from report_request_receiver p
      join report_request r on r.id = p.request_id
      join report_request_field f on f.request_id = r.id and f.kind <> 'figure'
      join unit_version v on v.unit_id = p.unit_id and (v.valid_at @> ${on}::date) is true and v.lineage @> array[${unit}]::uuid[]
      join unit_version q on q.unit_id = r.unit_id and (q.valid_at @> r.on_day) is true
     where p.year = ${year} and p.on_day <= ${on}::date and p.given_back_on is null
     group by p.unit_id, lower(f.title) having count(distinct r.id) > 1
     order by count(distinct r.id) desc, min(f.title), p.unit_id limit ${TWICE_MAX}`.execute(db)
  return rows.map((row) => ({ ...row, key: `${row.unit} ${plainTitle(row.title)}` }))
}
