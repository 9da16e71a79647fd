import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import type { Day } from '#kernel/words.ts'
import type { HandShown, PostingAnswer, TransferRow } from './answers.ts'
import type { TransferKind } from './ledger.ts'
import { accountsShown, fenText, namedUnit, payeesShown, transferKindNames } from './reading.ts'

type Head = {
  act: string
  unit: string
  zh: string
  en: string
  document: string
  note: string | null
  on: Day
  done: string
  duty: string
  seatUnit: string | null
  seatZh: string | null
  seatEn: string | null
  post: string | null
  person: string | null
  personZh: string | null
  personEn: string | null
  madeUp: boolean | null
  transfers: number
  amount: bigint
  /** Transfers that stand: neither corrections nor corrected. */
  open: number
  corrects: boolean
}

type Row = {
  n: number
  kind: TransferKind
  from: bigint
  to: bigint
  amount: bigint
  payee: string | null
  work: string | null
  milestone: number | null
  reversesAct: string | null
  reversesN: number | null
  reversedAct: string | null
  reversedN: number | null
  reversedOn: Day | null
}

/** One document of the books: what it moved, who entered it under which duty, and what was corrected since. */
export const showPosting = ask({
  name: 'posting.show',
  title: { zh: '一笔账', en: 'One document of the books' },
  purpose: {
    zh: '一份凭证的全部分录、由谁依何职责办理、收款人（按公开口径）和以后的更正。',
    en: 'All that a document moved, who entered it under which duty, payees as the public may see them, and later corrections.',
  },
  access: 'public',
  input: z.object({
    act: z.uuid(),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(100),
  }),
  async answer(reader, { act, offset, limit }): Promise<PostingAnswer> {
    const [head, transfers] = await Promise.all([headOf(reader, act), transfersOf(reader, act, offset, limit)])
    const posting = {
      act,
      unit: head.unit,
      unitName: { zh: head.zh, en: head.en },
      document: head.document,
      note: head.note,
      on: head.on,
      done: head.done,
      doneTitle: reader.acts.find((each) => each.name === head.done)?.title ?? { zh: head.done, en: head.done },
      duty: head.duty,
      by: handOf(reader, head),
      amountFen: fenText(head.amount),
      total: head.transfers,
      transfers,
      isReversal: head.corrects,
      isReversed: !head.corrects && head.open === 0,
    }
    const [[able], [payment], [payee]] = await Promise.all([
      withAbilities(reader, 'fund-posting', [posting]),
      withAbilities(reader, 'payment', head.done === 'funds.pay' ? [{ id: act, unit: head.unit }] : []),
      withAbilities(reader, 'payee', transfers.some((row) => row.payee) ? [{ id: '', unit: head.unit }] : []),
    ])
    return {
      ...able!,
      can: [...able!.can, ...(payment && !posting.isReversed ? payment.can : [])],
      /** Whoever asks may look up the names and accounts of its payees. */
      mayReveal: payee?.can.some((ability) => ability.act === 'payee.reveal' && ability.mine) ?? false,
    }
  },
})

async function headOf({ db, on }: Reader, act: string): Promise<Head> {
  const { rows } = await sql<Head>`
    select p.act_id as act, p.unit_id as unit, v.zh, v.en, p.document, p.note, p.on_day as "on", j.act as done, j.duty,
           j.seat_unit_id as "seatUnit", s.zh as "seatZh", s.en as "seatEn", j.seat_post as post, h.id as person,
           h.name_zh as "personZh", h.name_en as "personEn", h.made_up as "madeUp", t.transfers, t.amount, t.open, t.corrects
      from fund_posting p
      join journal j on j.id = p.act_id
      join ${namedUnit(sql`p.unit_id`, on)} v on true
      left join ${namedUnit(sql`j.seat_unit_id`, on)} s on true
      left join person h on h.id = coalesce(j.principal_id, j.person_id)
      join lateral (
        select count(*)::int as transfers, coalesce(sum(x.amount), 0)::bigint as amount,
               (count(*) filter (where x.kind <> 'reverse' and r.act_id is null))::int as open, bool_or(x.kind = 'reverse') as corrects
          from fund_transfer x
          left join fund_transfer r on r.reverses_act = x.act_id and r.reverses_n = x.n and r.on_day <= ${on}::date
         where x.act_id = p.act_id) t on true
     where p.act_id = ${act} and p.on_day <= ${on}::date`.execute(db)
  if (!rows[0]) throw new NotFound({ zh: '当日没有这笔账。', en: 'There was no such document that day.' })
  return rows[0]
}

const handOf = ({ charter }: Reader, head: Head): HandShown | null =>
  head.seatUnit === null || head.post === null
    ? null
    : {
        unit: head.seatUnit,
        unitName: { zh: head.seatZh ?? '', en: head.seatEn ?? '' },
        post: head.post,
        postName: charter.findPost(head.post)?.name ?? { zh: head.post, en: head.post },
        person: head.person
          ? {
              id: head.person,
              name: { zh: head.personZh ?? '', en: head.personEn ?? '' },
              madeUp: head.madeUp === true,
            }
          : null,
      }

async function transfersOf(
  reader: Reader,
  act: string,
  offset: number,
  limit: number,
): Promise<readonly TransferRow[]> {
  const { rows } = await sql<Row>`
    select t.n, t.kind, t.from_account as "from", t.to_account as "to", t.amount, t.payee_id as payee, t.work, t.milestone,
           t.reverses_act as "reversesAct", t.reverses_n as "reversesN", r.act_id as "reversedAct", r.n as "reversedN",
           r.on_day as "reversedOn"
      from fund_transfer t
      left join fund_transfer r on r.reverses_act = t.act_id and r.reverses_n = t.n and r.on_day <= ${reader.on}::date
     where t.act_id = ${act} order by t.n limit ${limit} offset ${offset}`.execute(reader.db)
  const [accounts, payees] = await Promise.all([
    accountsShown(
      reader,
      rows.flatMap((row) => [row.from, row.to]),
    ),
    payeesShown(
      reader.db,
      rows.map((row) => row.payee),
    ),
  ])
  return rows.map((row) => ({
    n: row.n,
    kind: row.kind,
    kindName: transferKindNames[row.kind],
    from: accounts.get(row.from)!,
    to: accounts.get(row.to)!,
    amountFen: fenText(row.amount),
    payee: row.payee === null ? null : (payees.get(row.payee) ?? null),
    work: row.work,
    milestone: row.milestone,
    reverses: row.reversesAct === null ? null : { act: row.reversesAct, n: row.reversesN! },
    reversedBy: row.reversedAct === null ? null : { act: row.reversedAct, n: row.reversedN!, on: row.reversedOn! },
  }))
}
