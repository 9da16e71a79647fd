import { sql } from 'kysely'
import type { Database } from '#kernel/db.ts'

const YEARS = { first: 2013, last: 2020 }
const LINES_A_YEAR = 6
const PAYMENTS = 9
const mark = '测〔'

/** One statement after another, each a set; ids follow from names, so that every run makes the same book. */
const steps = [
  `create or replace function pg_temp.b_id(name text) returns uuid language sql immutable as
     $$ select overlay(overlay(md5(name) placing '8' from 13) placing '8' from 17)::uuid $$`,
  `create temp table b_line as
     select pg_temp.b_id('bench line ' || y || ' ' || l) as id, y as year, l, (select unit_id from unit_version where parent_id is null limit 1) as root
       from generate_series(${YEARS.first}, ${YEARS.last}) y, generate_series(1, ${LINES_A_YEAR}) l`,
  `create temp table b_county as
     select v.unit_id as county, v.lineage[2] as province, (row_number() over (order by v.unit_id))::int as i
       from unit_version v
      where v.valid_at @> date '2019-12-31' and array_length(v.lineage, 1) > 2
        and exists (select from unit_designation d where d.unit_id = v.unit_id)`,
  `create temp table b_share as
     select l.id as line, l.year, l.l, l.root, c.*, 100000000::bigint + (c.i * 7919 + l.l * 104729 + l.year) % 50000000 as share from b_line l cross join b_county c`,
  `insert into fund_line (id, unit_id, source, year, name_zh, name_en, document, made_up, on_day, act_id)
     select id, root, 'central', year, '测试资金' || l, 'Bench line ' || l, '${mark}' || year || '〕' || l || '号', true, make_date(year, 3, 1),
            pg_temp.b_id('bench act appropriate ' || id) from b_line`,
  `create temp table b_project as
     select pg_temp.b_id('bench project ' || c.county || y || ' ' || k) as id, c.county, y as year, k
       from b_county c, generate_series(${YEARS.first}, ${YEARS.last}) y, generate_series(1, 4) k`,
  `insert into project (id, unit_id, code, act_id) select id, county, 'B' || year || '-' || k, id from b_project`,
  `insert into project_version (project_id, version, name, kind, proposed_by, on_day, act_id)
     select id, 1, '测试项目', (array['industry', 'infrastructure', 'housing', 'water'])[k], '村', make_date(year, 1, 2), id from b_project`,
  `insert into project_assignment (project_id, unit_id, on_day, act_id) select id, county, make_date(year, 2, 1), id from b_project`,
  `insert into payee (id, unit_id, kind, shown, act_id)
     select pg_temp.b_id('bench payee ' || c.county || k), c.county, 'household', '张**', c.county from b_county c, generate_series(1, 40) k`,
  `create temp table b_moved as
     select 1 as phase, 'appropriate' as kind, line, year, 'source' as f_kind, root as f_unit, null::uuid as f_project, 'available' as t_kind, root as t_unit,
            null::uuid as t_project, sum(share)::bigint as amount, make_date(year, 3, 1) as on_day, 'appropriate ' || line as paper, root as over_unit,
            null::uuid as payee, 1 as k
       from b_share group by line, year, root
     union all
     select 2, 'allocate', line, year, 'available', root, null, 'available', province, null, sum(share)::bigint, make_date(year, 3, 15),
            'down ' || line, root, null, (row_number() over (partition by line order by province))::int
       from b_share group by line, year, root, province
     union all
     select 3, 'allocate', line, year, 'available', province, null, 'available', county, null, share, make_date(year, 4, 1) + i % 20,
            'share ' || line || province || i % 20, province, null, i from b_share
     union all
     select 4, 'commit', s.line, s.year, 'available', s.county, null, 'committed', s.county, p.id, s.share * 45 / 100, make_date(s.year, 5, 1) + s.i % 25,
            'commit ' || s.line || s.county, s.county, null, p.k
       from b_share s join b_project p on p.county = s.county and p.year = s.year and p.k in (1 + s.l % 2, 3 + s.l % 2)
     union all
     select 5, 'fee', line, year, 'available', county, null, 'fee', county, null, share / 200, make_date(year, 5, 28), 'fee ' || line || county, county, null, 1
       from b_share
     union all
     select 6, 'pay', s.line, s.year, 'committed', s.county, p.id, 'paid', s.county, p.id, s.share * 8 / 100, make_date(s.year, 6, 1) + n * 18 + s.i % 15,
            'pay ' || s.line || s.county || n, s.county, pg_temp.b_id('bench payee ' || s.county || (1 + (s.i + n * 7 + s.l) % 40)), n
       from b_share s cross join generate_series(1, ${PAYMENTS}) n
       join b_project p on p.county = s.county and p.year = s.year and p.k = case when n <= 5 then 1 else 3 end + s.l % 2`,
  `create temp table b_row as
     select m.*, pg_temp.b_id('bench act ' || paper) as act, (row_number() over (partition by paper order by k))::int as n,
            row_number() over (order by on_day, phase, paper, k) as seq from b_moved m`,
  `create temp table b_side as
     select seq, 0 as side, line, f_unit as unit, year, f_kind as kind, f_project as project, -amount as delta from b_row
     union all select seq, 1, line, t_unit, year, t_kind, t_project, amount from b_row`,
  `insert into fund_account (line_id, unit_id, year, kind, project_id, version, balance)
     select line, unit, year, kind, project, count(*), sum(delta) from b_side group by line, unit, year, kind, project order by line, unit, kind, project`,
  `create temp table b_run as
     select s.seq, s.side, a.id as account, row_number() over w as version, (sum(s.delta) over w)::bigint as balance
       from b_side s join fund_account a on a.line_id = s.line and a.unit_id = s.unit and a.year = s.year and a.kind = s.kind
        and a.project_id is not distinct from s.project
     window w as (partition by a.id order by s.seq)`,
  `insert into fund_transfer (act_id, n, kind, from_account, to_account, amount, from_version, to_version, from_balance, to_balance, on_day, payee_id)
     select r.act, r.n, r.kind, f.account, t.account, r.amount, f.version, t.version, f.balance, t.balance, r.on_day, r.payee
       from b_row r join b_run f on f.seq = r.seq and f.side = 0 join b_run t on t.seq = r.seq and t.side = 1 order by r.seq`,
  `insert into fund_posting (act_id, unit_id, document, on_day)
     select act, min(over_unit::text)::uuid, '${mark}账〕' || left(act::text, 8), min(on_day) from b_row group by act`,
  `insert into fund_flow (year, unit_id, line_id, flow, on_day, amount)
     select year, f_unit, line, kind || ' out', on_day, sum(amount) from b_row group by 1, 2, 3, 4, 5
     union all select year, t_unit, line, kind || ' in', on_day, sum(amount) from b_row group by 1, 2, 3, 4, 5`,
]

/**
 * A big book in the replayed country: eight years, six lines a year, every poor county, half a million transfers and so a million
 * entries. Set by set as the owner, past the triggers but not past the checks and unique keys; then held against itself. Kept between runs.
 */
export async function bigBook(owner: Database): Promise<{ readonly transfers: number }> {
  const client = await owner.pool.connect()
  try {
    const made = await client.query('select from fund_line where document like $1 limit 1', [`${mark}%`])
    if (made.rowCount === 0) {
      await client.query('begin')
      await client.query(
        "set local session_replication_role = replica; set local statement_timeout = 0; set local work_mem = '256MB'",
      )
      for (const step of steps) await client.query(step)
      await client.query('commit')
      for (const table of ['b_line', 'b_county', 'b_share', 'b_project', 'b_moved', 'b_row', 'b_side', 'b_run'])
        await client.query(`drop table if exists ${table}`)
      await client.query('set statement_timeout = 0')
      await client.query('vacuum analyze')
    }
    const { rows } = await client.query<{ transfers: bigint; apart: bigint }>(
      `select (select count(*) from fund_transfer) as transfers,
              (select count(*) from fund_account a
                where a.balance <> (select coalesce(sum(e.amount), 0) from fund_entry e where e.account_id = a.id)) as apart`,
    )
    if (rows[0]?.apart !== 0n) throw new Error(`${rows[0]?.apart} accounts do not agree with their entries.`)
    return { transfers: Number(rows[0].transfers) }
  } finally {
    client.release()
  }
}

/** What the books take on disk with all their indexes, for each transfer. */
export async function bytesPerTransfer({ db }: Database): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    select sum(pg_total_relation_size(c))::float8 / (select count(*) from fund_transfer) as bytes
      from unnest(array['fund_transfer', 'fund_posting', 'fund_flow', 'fund_account', 'fund_line', 'fund_external']::regclass[]) c`.execute(
    db,
  )
  return rows[0]?.bytes ?? Number.NaN
}
