import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask } from '#kernel/ask.ts'
import { type Day, type Text } from '#kernel/words.ts'

type Run = {
  readonly check: string
  readonly n: number
  readonly on: Day
  readonly total: number
  readonly fresh: number
  readonly gone: number
  readonly act: string
}

/** When each check was kept last, what it found then, and what changed by that run. */
export const checkRuns = ask({
  name: 'check.runs',
  title: { zh: '核查的运行情况', en: 'When checks ran' },
  purpose: {
    zh: '每条核查最近一次何时运行、查出多少（其中在本人职务所在单位范围内多少）、新增多少、消除多少。',
    en: 'When each check ran last, how much it found, how much of it in the area of the asker’s seat, what was new, and what had gone.',
  },
  access: 'seated',
  input: z.object({}),
  async answer({ db, on, actor }) {
    const seat = actor?.kind === 'person' ? actor.seat.unit : null
    const { rows } = await sql<Run & { here: number }>`
      select r.*, (select coalesce(sum(u.total), 0)::int from check_run_unit u
                     join unit_version v on v.unit_id = u.unit_id and (v.valid_at @> r.on) is true
                    where u.check_id = r.check and u.n = r.n and v.lineage @> array[${seat}]::uuid[]) as here
        from (select distinct on (check_id) check_id as check, n, on_day as on, total, fresh, gone, act_id as act
                from check_run where on_day <= ${on}::date order by check_id, n desc) r`.execute(db)
    return { runs: rows }
  },
})

type Kept = {
  readonly id: string
  readonly unit: string
  readonly unitName: Text
  readonly record: string
  readonly label: Text
  readonly since: Day | null
  readonly foundOn: Day
  readonly goneOn: Day | null
  readonly duty: string
  readonly finding: string | null
}

/** One check over time: its runs, what the last one found new or not any more, and what became a finding. */
export const checkHistory = ask({
  name: 'check.history',
  title: { zh: '一条核查的历次结果', en: 'One check over time' },
  purpose: {
    zh: '历次运行的数量，最近一次新增和消除的情形，以及各单位的数量。',
    en: 'The count of each run, what was new and what had gone at the last one, and how many each unit had.',
  },
  access: 'seated',
  input: z.object({
    check: z.string().min(2).max(80),
    /** What of the rows: those that stand, those that the last run found first, or those that it found no more. */
    show: z.enum(['standing', 'fresh', 'gone']).default('standing'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { check, show, offset, limit }) {
    const { db, on } = reader
    const { rows: runs } = await sql<Run>`
      select check_id as check, n, on_day as on, total, fresh, gone, act_id as act from check_run
       where check_id = ${check} and on_day <= ${on}::date order by n desc limit 60`.execute(db)
    const last = runs[0]?.n ?? 0
    const which = {
      standing: sql`r.n <= ${last} and (g.n is null or g.n > ${last})`,
      fresh: sql`r.n = ${last}`,
      gone: sql`g.n = ${last}`,
    }[show]
    const { rows } = await sql<Kept & { total: number }>`
      select r.id, r.unit_id as unit, json_build_object('zh', v.name_zh, 'en', v.name_en) as "unitName", r.record,
             json_build_object('zh', r.label_zh, 'en', r.label_en) as label, r.since, first.on_day as "foundOn", later.on_day as "goneOn",
             first.duty, f.id as finding, count(*) over ()::int as total
        from check_row r
        join check_run first on first.check_id = r.check_id and first.n = r.n
        left join check_row_gone g on g.row_id = r.id
        left join check_run later on later.check_id = g.check_id and later.n = g.n
        left join lateral (select f.id from finding f where f.check_row_id = r.id and f.on_day <= ${on}::date order by f.on_day desc limit 1) f on true
        join lateral (select name_zh, name_en from unit_version w where w.unit_id = r.unit_id and lower(w.valid_at) <= ${on}::date
                       order by lower(w.valid_at) desc limit 1) v on true
       where r.check_id = ${check} and ${which}
       order by r.since nulls last, r.unit_id, r.record, r.k limit ${limit} offset ${offset}`.execute(db)
    const { rows: units } = await sql<{ unit: string; name: Text; total: number }>`
      select u.unit_id as unit, json_build_object('zh', v.name_zh, 'en', v.name_en) as name, u.total
        from check_run_unit u
        join lateral (select name_zh, name_en from unit_version w where w.unit_id = u.unit_id and lower(w.valid_at) <= ${on}::date
                       order by lower(w.valid_at) desc limit 1) v on true
       where u.check_id = ${check} and u.n = ${last} order by u.total desc, u.unit_id limit 20`.execute(db)
    const { rows: roots } = await sql<{ id: string }>`
      select unit_id as id from unit_version where parent_id is null and (valid_at @> ${on}::date) is true`.execute(db)
    const seat = reader.actor?.kind === 'person' ? reader.actor.seat.unit : undefined
    const offered = rows.map(({ total: _all, ...row }) => ({
      ...row,
      row: row.id,
      responsible: row.unit,
      title: row.label.zh.slice(0, 200),
      inspector: seat ?? row.unit,
      isOpen:
        !row.record.startsWith('/findings/') &&
        row.goneOn === null &&
        row.finding === null &&
        seat !== undefined &&
        seat !== row.unit,
    }))
    const [root] = await withAbilities(
      reader,
      'check',
      roots.map(({ id }) => ({ unit: id, id: check })),
    )
    return {
      runs,
      total: rows[0]?.total ?? 0,
      rows: await withAbilities(reader, 'finding-to-be', offered),
      units,
      can: root?.can ?? [],
    }
  },
})
