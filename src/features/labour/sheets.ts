import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import type { Day, Text } from '#kernel/words.ts'

type Span = { readonly from: Day; readonly to: Day | null }
export type OwnSheet = {
  readonly worker: string
  readonly team: string
  readonly name: Text
  /** When they served in the team, and when leave was granted. */
  readonly served: readonly Span[]
  readonly leave: readonly Span[]
  /** How many sheets there are for the month, and the act that entered the one that stands. */
  readonly n: number
  readonly entry: string | null
}

type Key = { readonly worker: string; readonly team: string }
export const sheetKey = ({ worker, team }: Key) => `${team}/${worker}`

/** What is known of some people's month: their service, their leave, and what was entered before. */
export async function readSheets(
  tx: Tx,
  unit: string,
  month: string,
  keys: readonly Key[],
): Promise<ReadonlyMap<string, OwnSheet>> {
  const { rows } = await sql<Omit<OwnSheet, 'name'> & { zh: string; en: string }>`
    select x.worker, x.team, p.name_zh as zh, p.name_en as en,
           (select json_agg(json_build_object('from', lower(m.valid_at), 'to', upper(m.valid_at)))
              from team_member m where m.worker_id = x.worker and m.team_id = x.team) as served,
           coalesce((select json_agg(json_build_object('from', l.from_day, 'to', l.to_day + 1))
              from leave l join leave_decision d on d.leave_id = l.id and d.outcome = 'granted'
             where l.worker_id = x.worker), '[]') as leave,
           coalesce(s.n, 0)::int as n, s.act_id as entry
      from unnest(${keys.map((each) => each.worker)}::uuid[], ${keys.map((each) => each.team)}::uuid[]) as x (worker, team)
      join team t on t.id = x.team and t.unit_id = ${unit}
      join person p on p.id = x.worker
      left join lateral (select a.n, a.act_id from attendance a
                          where a.worker_id = x.worker and a.team_id = x.team and a.month = ${`${month}-01`}::date
                          order by a.n desc limit 1) s on true
     where exists (select from team_member m where m.worker_id = x.worker and m.team_id = x.team)`.execute(tx)
  return new Map(rows.map(({ zh, en, ...row }) => [sheetKey(row), { ...row, name: { zh, en } }]))
}

/** How many of those who served in a county's teams in a month have no sheet for it. */
export async function sheetsMissing(db: Db | Tx, unit: string, month: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n
      from (select distinct m.worker_id, m.team_id from team t join team_member m on m.team_id = t.id
             where t.unit_id = ${unit}
               and (m.valid_at && daterange(${`${month}-01`}::date, (${`${month}-01`}::date + interval '1 month')::date)) is true) s
     where not exists (select from attendance a where a.worker_id = s.worker_id and a.team_id = s.team_id
                          and a.month = ${`${month}-01`}::date)`.execute(db)
  return rows[0]?.n ?? 0
}
