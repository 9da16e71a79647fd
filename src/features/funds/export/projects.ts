import { sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Day } from '#kernel/words.ts'
import { cursor, type Scope, unitsWithin } from './scope.ts'

/** Money of a project on a day under a document: what natural persons got stands as one sum, without their names. */
export type ProjectMoney = {
  readonly day: Day
  readonly act: string
  readonly what: 'commitment' | 'payment'
  readonly document: string
  readonly line: string
  readonly payeeKind: 'household' | 'cooperative' | 'company' | 'institution' | null
  readonly payee: string | null
  /** In fen; below zero where it was released or reversed. */
  readonly amount: bigint
}

/** A project that was assigned, as it stood on the day, with its money up to it. */
export type FundedProject = {
  readonly id: string
  readonly code: string
  readonly unit: string
  readonly assigner: string
  readonly assignedOn: Day
  readonly name: string
  readonly kind: string
  readonly nature: string | null
  readonly place: string | null
  readonly startsOn: Day | null
  readonly endsOn: Day | null
  readonly task: string | null
  readonly target: string | null
  readonly budget: bigint | null
  readonly state: string
  readonly updatedOn: Day
  readonly startedOn: Day | null
  readonly acceptedOn: Day | null
  readonly money: readonly ProjectMoney[]
}

type Row = Omit<FundedProject, 'money'> & { money: (Omit<ProjectMoney, 'amount'> & { amount: string })[] | null }

/** Every assigned project within the scope, one after the other. */
export async function* readProjects(db: Db, scope: Scope): AsyncGenerator<FundedProject> {
  const { on, year } = scope
  const rows = cursor<Row>(
    db,
    'projects',
    sql`
    select p.id, p.code, p.unit_id as unit, g.unit_id as assigner, g.on_day as "assignedOn", v.name, v.kind, v.nature, v.place,
           v.starts_on as "startsOn", v.ends_on as "endsOn", v.task, v.target, v.amount_fen as budget,
           coalesce(s.state, 'assigned') as state, greatest(coalesce(s.on_day, g.on_day), v.on_day) as "updatedOn",
           (select min(on_day) from project_step where project_id = p.id and step = 'start' and on_day <= ${on}) as "startedOn",
           (select max(on_day) from project_step where project_id = p.id and step = 'accept' and outcome = 'pass' and on_day <= ${on})
             as "acceptedOn",
           m.money
      from project_at(${on}) p
      join project_assignment g on g.project_id = p.id and g.on_day <= ${on}
      join lateral (select * from project_version where project_id = p.id and on_day <= ${on} order by version desc limit 1) v on true
      left join lateral (select state, on_day from project_step where project_id = p.id and on_day <= ${on}
                          order by ordinal desc limit 1) s on true
      left join lateral (
        select jsonb_agg(jsonb_build_object('day', x.day, 'act', x.act, 'what', x.what, 'document', x.document, 'line', x.line,
                 'payeeKind', x.payee_kind, 'payee', x.payee, 'amount', x.amount::text) order by x.day, x.act, x.what, x.payee) as money
          from (select e.on_day as day, e.act_id as act, case a.kind when 'paid' then 'payment' else 'commitment' end as what,
                       d.document, a.line_id as line, y.kind as payee_kind, case when y.kind <> 'household' then y.shown end as payee,
                       sum(e.amount) as amount
                  from fund_account a
                  join fund_entry e on e.account_id = a.id
                  join fund_posting d on d.act_id = e.act_id
                  left join fund_transfer r on r.act_id = e.reverses_act and r.n = e.reverses_n
                  left join payee y on y.id = coalesce(e.payee_id, r.payee_id) and a.kind = 'paid'
                 where a.project_id = p.id and e.on_day <= ${on} and (${year ?? null}::int is null or a.year = ${year ?? null}::int)
                   and (a.kind = 'paid' or coalesce(r.kind, e.kind) in ('commit', 'release'))
                 group by 1, 2, 3, 4, 5, 6, 7
                having sum(e.amount) <> 0) x) m on true
     where ${unitsWithin(scope, sql`p.unit_id`)}
     order by p.unit_id, p.code`,
  )
  for await (const { money, ...row } of rows)
    yield { ...row, money: (money ?? []).map((each) => ({ ...each, amount: BigInt(each.amount) })) }
}
