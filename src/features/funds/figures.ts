import { type RawBuilder, sql } from 'kysely'
import { figure, type FigureScope } from '#kernel/figure.ts'
import type { Text } from '#kernel/words.ts'
import { transferKindNames, type Measure, measures } from './reading.ts'

/**
 * Sums of a measure by unit, from what is kept by month and, for the month of the day itself, by day: only the flows that it is made of are read.
 */
const totalsOf = (measure: Measure) => {
  const { plus, minus }: { plus: readonly string[]; minus: readonly string[] } = measures[measure]
  const side = (flows: readonly string[], sign: RawBuilder<unknown>) =>
    flows.map(
      (flow) =>
        ({ on, year }: FigureScope) =>
          sql`
        select f.unit_id, ${sign}f.amount as value from fund_flow_month f
         where f.year = ${year} and f.flow = ${flow} and f.month < date_trunc('month', ${on}::date)::date
        union all
        select f.unit_id, ${sign}f.amount from fund_flow f
         where f.year = ${year} and f.flow = ${flow} and f.on_day between date_trunc('month', ${on}::date)::date and ${on}::date`,
    )
  const parts = [...side(plus, sql``), ...side(minus, sql`-`)]
  return (scope: FigureScope) =>
    sql.join(
      parts.map((part) => part(scope)),
      sql` union all `,
    )
}

const labelled = (language: keyof Text) =>
  sql`case t.kind ${sql.join(
    Object.entries(transferKindNames).map(([kind, name]) => sql`when ${kind} then ${name[language]}`),
    sql` `,
  )} end || ' ' || p.document`

/** The transfers that a measure is made of, each at the account on whose side it counts; a reversal counts below zero. */
const recordsOf = (measure: Measure) => {
  const { plus, minus }: { plus: readonly string[]; minus: readonly string[] } = measures[measure]
  const side =
    (own: 'from' | 'to') =>
    ({ on, year }: FigureScope) =>
      sql`
    select a.unit_id, case when flow.name = any (${plus}::text[]) then 1 else -1 end * case when r.kind is null then t.amount else -t.amount end as value,
           '/funds/postings/' || t.act_id || '?n=' || t.n as record, ${labelled('zh')} as label_zh, ${labelled('en')} as label_en,
           t.on_day as since, t.act_id
      from fund_account a
      join fund_transfer t on t.${sql.ref(`${own}_account`)} = a.id and t.on_day <= ${on}::date
      join fund_posting p on p.act_id = t.act_id
      left join fund_transfer r on r.act_id = t.reverses_act and r.n = t.reverses_n
      cross join lateral (
        select coalesce(r.kind, t.kind)
            || case when coalesce(r.kind, t.kind) in ('carry', 'take-over') and a.kind = 'committed' then ' committed' else '' end
            || case when ${own === 'from'} = (r.kind is null) then ' out' else ' in' end as name) flow
     where a.year = ${year} and flow.name = any (${[...plus, ...minus]}::text[])`
  return (scope: FigureScope) => sql`${side('from')(scope)} union all ${side('to')(scope)}`
}

/** What there was to spend: received, and carried in from the year before. */
const joined =
  (...parts: readonly ((scope: FigureScope) => RawBuilder<unknown>)[]) =>
  (scope: FigureScope) =>
    sql.join(
      parts.map((part) => part(scope)),
      sql` union all `,
    )

const money = { measure: { zh: '元', en: 'yuan' }, kind: 'sum', yearly: true, money: true } as const
const of = (measure: Measure) => ({ records: recordsOf(measure), totals: totalsOf(measure) })

export const fundsAppropriated = figure({
  name: 'funds.appropriated',
  title: { zh: '安排资金', en: 'Appropriated' },
  definition: {
    zh: '本年度账上，由本单位及下级各单位自己安排（拨入账目）的资金，扣除已更正的。',
    en: 'What the unit and those below it appropriated in the year’s books, less what was reversed.',
  },
  ...money,
  duty: 'appropriate-funds',
  better: 'neither',
  ...of('appropriated'),
})

export const fundsReceived = figure({
  name: 'funds.received',
  title: { zh: '到位资金', en: 'Received' },
  definition: {
    zh: '本年度账上进入本地区的资金：本地区安排的和上级下达的，扣除再下达出去和退回上级的；本地区内部的下达不重复计算。',
    en: 'What came into the area in the year’s books: appropriated there or passed down to it, less what left it again; passing on within the area is not counted twice.',
  },
  ...money,
  duty: 'secure-funds',
  better: 'more',
  ...of('received'),
})

export const fundsPassedOn = figure({
  name: 'funds.passed-on',
  title: { zh: '下达资金', en: 'Passed down' },
  definition: {
    zh: '本年度账上，本单位及下级各单位向其下级下达的资金；逐级下达每一级各计一次。',
    en: 'What the unit and those below it passed down in the year’s books; money that goes down in several steps counts at each.',
  },
  ...money,
  duty: 'allocate-funds',
  better: 'more',
  ...of('passed'),
})

export const fundsCommitted = figure({
  name: 'funds.committed',
  title: { zh: '安排到项目', en: 'Committed' },
  definition: {
    zh: '本年度账上安排到项目的资金（含已支付和上年结转的已安排资金），扣除收回和结转到下年的。',
    en: 'What stands committed to projects in the year’s books, paid or not, carried in from the year before included; less what was released or carried on.',
  },
  ...money,
  duty: 'use-funds-well',
  better: 'more',
  ...of('committed'),
})

export const fundsPaid = figure({
  name: 'funds.paid',
  title: { zh: '支付资金', en: 'Paid' },
  definition: {
    zh: '本年度账上已支付给收款人的资金，扣除已更正的。',
    en: 'What was paid to payees in the year’s books, less what was reversed.',
  },
  ...money,
  duty: 'use-funds-well',
  better: 'more',
  ...of('paid'),
})

export const fundsReturned = figure({
  name: 'funds.returned',
  title: { zh: '退回资金', en: 'Returned' },
  definition: {
    zh: '本年度账上，本单位及下级各单位退回上级的资金；逐级退回每一级各计一次。',
    en: 'What the unit and those below it returned upward in the year’s books; several steps count at each.',
  },
  ...money,
  duty: 'keep-fund-books',
  better: 'less',
  ...of('returned'),
})

export const fundsCarried = figure({
  name: 'funds.carried-in',
  title: { zh: '上年结转', en: 'Carried in' },
  definition: {
    zh: '从上年度账目结转到本年度账目的资金，已安排未支付的和可用的都在内。',
    en: 'What was carried into the year’s books from those of the year before, committed or not.',
  },
  ...money,
  duty: 'keep-fund-books',
  better: 'less',
  ...of('carriedIn'),
})

export const fundsIdle = figure({
  name: 'funds.idle',
  title: { zh: '尚未安排的资金', en: 'Not disposed of' },
  definition: {
    zh: '本年度账上既未下达出去也未安排到项目、仍在各单位账上可用的资金。',
    en: 'What lies available in the year’s books of the area: neither passed out of it nor committed.',
  },
  ...money,
  duty: 'use-funds-well',
  better: 'less',
  ...of('idle'),
})

const whole = {
  of: joined(recordsOf('received'), recordsOf('carriedIn')),
  totalsOf: joined(totalsOf('received'), totalsOf('carriedIn')),
}

export const fundsExecutionRate = figure({
  name: 'funds.execution-rate',
  title: { zh: '支付进度', en: 'Execution rate' },
  definition: {
    zh: '已支付占到位资金与上年结转之和的比例。',
    en: 'Paid in proportion to what was received and carried in.',
  },
  ...money,
  kind: 'ratio',
  duty: 'use-funds-well',
  better: 'more',
  ...of('paid'),
  ...whole,
})

export const fundsCommitmentRate = figure({
  name: 'funds.commitment-rate',
  title: { zh: '安排进度', en: 'Commitment rate' },
  definition: {
    zh: '已安排到项目的资金占到位资金与上年结转之和的比例。',
    en: 'Committed in proportion to what was received and carried in.',
  },
  ...money,
  kind: 'ratio',
  duty: 'use-funds-well',
  better: 'more',
  ...of('committed'),
  ...whole,
})

/** Obligations to pass a line on speak of it as `fund/{line}/{year}`. */
export const linesPassedOnLate = figure({
  name: 'funds.passed-on-late',
  title: { zh: '超期下达的资金', en: 'Lines passed on late' },
  definition: {
    zh: '本年度的各项资金中，超过下达期限才下达、或当日已超期仍未全部下达的（每单位每项计一次）。',
    en: 'Lines of the year’s money that a unit passed on after their date, or that are past it and not all passed on; each unit and line once.',
  },
  measure: { zh: '项', en: 'lines' },
  kind: 'sum',
  duty: 'allocate-funds',
  better: 'less',
  yearly: true,
  records: ({ on, year }) => sql`
    select distinct on (i.unit_id, l.id) i.unit_id, 1 as value, '/funds/lines/' || l.id || '?unit=' || i.unit_id as record,
           l.name_zh || ' ' || l.document as label_zh, l.name_en || ' ' || l.document as label_en, i.due_on as since, i.opened_by as act_id
      from fund_line l
      join obligation_item i on i.subject = 'fund/' || l.id || '/' || l.year and i.obligation in ('pass-funds-down', 'pass-funds-on')
     where l.year = ${year} and i.opened_on <= ${on}::date and i.due_on < ${on}::date
       and (i.met_on is null or i.met_on > i.due_on) and (i.lapsed_on is null or i.lapsed_on > ${on}::date)
     order by i.unit_id, l.id, i.due_on`,
})

export const moneyFigures = [
  fundsAppropriated,
  fundsReceived,
  fundsPassedOn,
  fundsCommitted,
  fundsPaid,
  fundsReturned,
  fundsCarried,
  fundsIdle,
  fundsExecutionRate,
  fundsCommitmentRate,
] as const
