import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import type { Day } from '#kernel/words.ts'
import type { ProjectKind } from '#features/projects/index.ts'
import type { ProjectMoneyAnswer } from './answers.ts'
import { fenText, namedUnit, payeesShown, postingAddress } from './reading.ts'
import type { AccountNumber, Slice } from './trace.ts'
import { readCourse } from './trace-read.ts'
import { originsOf, originsShown } from './trace-show.ts'

type Head = {
  project: string
  unit: string
  zh: string
  en: string
  code: string
  name: string
  kind: ProjectKind
  planned: bigint | null
}
type LineRow = { line: string; zh: string; en: string; document: string; year: number; owed: bigint; paid: bigint }
type PaymentRow = {
  act: string
  n: number
  on: Day
  document: string
  amount: bigint
  payee: string
  work: string | null
  milestone: number | null
  reversedAct: string | null
  reversedN: number | null
}

/** A project's money: what is committed and paid of which line, each payment, and the documents that it all comes from. */
export const showProjectMoney = ask({
  name: 'project.money',
  title: { zh: '项目资金', en: 'A project’s money' },
  purpose: {
    zh: '项目安排和支付了多少、来自哪些资金、每一笔支付对应的工作和进度，以及资金最初的安排文件。',
    en: 'What is committed to a project and paid, from which lines, each payment beside its milestone, and the documents that it comes from.',
  },
  access: 'seated',
  input: z.object({ project: z.uuid() }),
  async answer(reader, { project }): Promise<ProjectMoneyAnswer> {
    const [head, lines, payments] = await Promise.all([
      headOf(reader, project),
      linesOf(reader, project),
      paymentsOf(reader, project),
    ])
    const total = (pick: (line: LineRow) => bigint) => fenText(lines.reduce((sum, line) => sum + pick(line), 0n))
    const payees = await payeesShown(
      reader.db,
      payments.map((row) => row.payee),
    )
    // Acts that spend are offered while something is committed and not paid.
    const offered = lines.map(({ line, year, owed }) => ({ unit: head.unit, line, year, committedFen: fenText(owed) }))
    const can = await withAbilities(reader, 'fund-commitment', offered)
    return {
      project,
      unit: head.unit,
      unitName: { zh: head.zh, en: head.en },
      code: head.code,
      name: { zh: head.name, en: head.name },
      kind: head.kind,
      plannedFen: head.planned === null ? null : fenText(head.planned),
      committedFen: total((line) => line.owed + line.paid),
      paidFen: total((line) => line.paid),
      owedFen: total((line) => line.owed),
      lines: lines.map(({ line, zh, en, document, year, owed, paid }, at) => ({
        unit: head.unit,
        line,
        title: { zh, en },
        document,
        year,
        committedFen: fenText(owed + paid),
        paidFen: fenText(paid),
        owedFen: fenText(owed),
        can: can[at]?.can ?? [],
      })),
      payments: payments.map((row) => ({
        act: row.act,
        n: row.n,
        on: row.on,
        address: postingAddress(row.act, row.n),
        document: row.document,
        amountFen: fenText(row.amount),
        payee: payees.get(row.payee)!,
        work: row.work,
        milestone: row.milestone,
        reversedBy: row.reversedAct === null ? null : { act: row.reversedAct, n: row.reversedN! },
      })),
      milestones: paidByMilestone(payments),
      origins: await originsOfPayments(reader, project),
    }
  },
})

async function headOf({ db, on }: Reader, project: string): Promise<Head> {
  const { rows } = await sql<Head>`
    select p.id as project, p.unit_id as unit, u.zh, u.en, p.code, v.name, v.kind, v.amount_fen as planned
      from project_at(${on}::date) p
      join ${namedUnit(sql`p.unit_id`, on)} u on true
      join lateral (select * from project_version x where x.project_id = p.id and x.on_day <= ${on}::date order by x.version desc limit 1) v on true
     where p.id = ${project}`.execute(db)
  if (!rows[0]) throw new NotFound({ zh: '当日没有这个项目。', en: 'There was no such project that day.' })
  return rows[0]
}

/** What is owed and paid of each line, in the books of each year; what was carried to a later year's books stands there. */
async function linesOf({ db, on }: Reader, project: string): Promise<readonly LineRow[]> {
  const { rows } = await sql<LineRow>`
    select * from (
      select a.line_id as line, l.name_zh as zh, l.name_en as en, l.document, a.year,
             coalesce(sum(e.amount) filter (where a.kind = 'committed'), 0)::bigint as owed,
             coalesce(sum(e.amount) filter (where a.kind = 'paid'), 0)::bigint as paid
        from fund_account a
        join fund_line l on l.id = a.line_id
        join fund_entry e on e.account_id = a.id and e.on_day <= ${on}::date
       where a.project_id = ${project}
       group by 1, 2, 3, 4, 5) sums
     where owed <> 0 or paid <> 0 order by year, document`.execute(db)
  return rows
}

async function paymentsOf({ db, on }: Reader, project: string): Promise<readonly PaymentRow[]> {
  const { rows } = await sql<PaymentRow>`
    select t.act_id as act, t.n, t.on_day as "on", p.document, t.amount, t.payee_id as payee, t.work, t.milestone,
           r.act_id as "reversedAct", r.n as "reversedN"
      from fund_account a
      join fund_transfer t on t.to_account = a.id and t.kind = 'pay' and t.on_day <= ${on}::date
      join fund_posting p on p.act_id = t.act_id
      left join fund_transfer r on r.reverses_act = t.act_id and r.reverses_n = t.n and r.on_day <= ${on}::date
     where a.project_id = ${project} and a.kind = 'paid'
     order by t.on_day, t.act_id, t.n`.execute(db)
  return rows
}

function paidByMilestone(payments: readonly PaymentRow[]): ProjectMoneyAnswer['milestones'] {
  const stands = payments.filter((row) => row.milestone !== null && row.reversedAct === null)
  return [...Map.groupBy(stands, (row) => row.milestone!)]
    .map(([milestone, rows]) => ({
      milestone,
      paidFen: fenText(rows.reduce((sum, row) => sum + row.amount, 0n)),
      lastOn: rows.at(-1)!.on,
    }))
    .toSorted((a, b) => a.milestone - b.milestone)
}

/** The appropriations that all which was paid comes from. */
async function originsOfPayments(reader: Reader, project: string): Promise<ProjectMoneyAnswer['origins']> {
  const { rows } = await sql<{ id: AccountNumber }>`
    select id::float8 as id from fund_account where project_id = ${project} and kind = 'committed'`.execute(reader.db)
  if (rows.length === 0) return []
  const own = rows.map((row) => row.id)
  const traced = await readCourse(reader, own, 'up')
  const begin = traced.transfers
    .filter((moved) => moved.kind === 'pay' && own.includes(moved.from))
    .map((moved): Slice => ({ moved, at: 0n, amount: moved.amount }))
  return originsShown(reader, traced, originsOf(traced, begin, 'up'))
}
