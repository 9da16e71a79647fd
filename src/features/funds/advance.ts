import { sql } from 'kysely'
import { z } from 'zod'
import type { By, RefusalText, Refuse } from '#kernel/act.ts'
import { send, type Tx } from '#kernel/db.ts'
import { DocumentNumber, UnitId, Year } from '#kernel/words.ts'
import { bookRefusals, isOwnBooks } from './handing.ts'
import { Paper } from './lines.ts'
import { inWords, totalOf } from './money.ts'
import { readReceivers, type Receiver, receiverLines, receiverRefusals, Shares } from './receivers.ts'

/** What an announcement takes: by whom, for which year, under which paper, who will get how much, and which one it replaces. */
export const announcingInput = {
  unit: UnitId.meta({ label: { zh: '下达单位', en: 'Who announces' }, widget: 'unit' }),
  year: Year,
  ...Paper,
  shares: Shares,
  replaces: DocumentNumber.optional().meta({
    label: { zh: '替换原文号', en: 'Replaces' },
    hint: { zh: '更正已下达的预告时填写', en: 'To correct an earlier announcement' },
  }),
}

export const announcingRefusals = {
  ...receiverRefusals,
  'not-own-books': bookRefusals['not-own-books'],
  'not-next-year': {
    zh: '提前下达的是下一年度（{next}年）的资金，不是{year}年。',
    en: 'Money of the next year, {next}, is announced in advance; not that of {year}.',
    topic: { zh: '是下一年度的资金', en: 'it is next year’s money' },
    remedy: { zh: '当年的资金直接下达。', en: 'Money of the year itself is handed down.' },
    cites: 'parameter:advance_notice_share_min',
  },
  'announced-already': {
    zh: '{document}已于{on}提前下达{year}年资金。',
    en: '{document} announced money of {year} on {on} already.',
    topic: { zh: '没有重复下达', en: 'it was not announced before' },
    remedy: {
      zh: '更正用新文号，并注明替换原文号。',
      en: 'Correct it under a new number that names the one it replaces.',
    },
  },
  'nothing-to-replace': {
    zh: '没有{year}年的{replaces}可以替换。',
    en: 'There is no announcement {replaces} for {year} to replace.',
    topic: { zh: '所替换的预告存在', en: 'what it replaces exists' },
    remedy: { zh: '核对原文号。', en: 'Check the number.' },
  },
  'replaced-before': {
    zh: '{replaces}已被{by}替换。',
    en: '{replaces} was replaced by {by} already.',
    topic: { zh: '所替换的预告仍有效', en: 'what it replaces still stands' },
    remedy: { zh: '替换最近的一份。', en: 'Replace the latest one.' },
  },
} as const satisfies Record<string, RefusalText>

export const announcingAdvice = {
  'below-announced-share': {
    zh: '提前下达共{announced}，不足当年已下达{handed}的{min}%。',
    en: '{announced} is announced in all, which is less than {min} % of the {handed} handed down this year.',
    topic: { zh: '达到提前下达比例', en: 'enough is announced in advance' },
    cites: 'parameter:advance_notice_share_min',
  },
} as const satisfies Record<string, RefusalText>

const input = z.object(announcingInput)
type Announcing = z.output<typeof input>
type Announced = {
  readonly document: string
  readonly replaces: string | null
  readonly on: string
  readonly amount: bigint
}
type Facts = { readonly receivers: readonly Receiver[]; readonly papers: readonly Announced[]; readonly handed: bigint }

export async function readAnnouncing(tx: Tx, { unit, year, shares }: Announcing, by: By): Promise<Facts> {
  const to = shares.map((share) => share.unit)
  const [receivers, papers, handed] = await Promise.all([
    readReceivers(tx, to, by.on),
    sql<Announced>`
      select a.document, a.replaces, a.on_day as "on",
             (select sum(s.amount)::bigint from fund_announced_share s where s.act_id = a.act_id) as amount
        from fund_announcement a where a.unit_id = ${unit} and a.year = ${year} order by a.act_id`.execute(tx),
    sql<{ amount: bigint }>`
      select coalesce(sum(amount), 0)::bigint as amount from fund_flow
       where year = ${year - 1} and unit_id = ${unit} and flow = 'allocate out'`.execute(tx),
  ])
  return { receivers, papers: papers.rows, handed: handed.rows[0]?.amount ?? 0n }
}

export function announcingRule(
  { receivers, papers, handed }: Facts,
  { year, document, shares, replaces }: Announcing,
  refuse: Refuse<keyof typeof announcingRefusals>,
  by: By,
  advise: Refuse<keyof typeof announcingAdvice>,
) {
  const next = Number(by.on.slice(0, 4)) + 1
  const same = papers.find((paper) => paper.document === document)
  const replaced = papers.find((paper) => paper.document === replaces)
  const replacing = papers.find((paper) => replaces !== undefined && paper.replaces === replaces)
  const gone = new Set([replaces, ...papers.map((paper) => paper.replaces)])
  const standing = papers.filter((paper) => !gone.has(paper.document))
  const announced = totalOf([...standing, ...shares].map((each) => each.amount))
  const min = by.parameter('advance_notice_share_min').value
  return [
    isOwnBooks(refuse, by),
    year === next || refuse('not-next-year', { year, next }),
    same === undefined || refuse('announced-already', { document, on: same.on, year }),
    replaces === undefined || replaced !== undefined || refuse('nothing-to-replace', { replaces, year }),
    replacing === undefined || refuse('replaced-before', { replaces, by: replacing.document }),
    ...receiverLines(receivers, shares, refuse, by),
    announced * 10_000n >= handed * BigInt(Math.round(min * 100)) ||
      advise('below-announced-share', { announced: inWords(announced), handed: inWords(handed), min }),
  ]
}

export async function announce(tx: Tx, { unit, year, document, shares, replaces }: Announcing, by: By) {
  const row = { act_id: by.act, unit_id: unit, year, document, replaces: replaces ?? null, on_day: by.on }
  send(tx, tx.insertInto('fund_announcement').values(row).compile())
  send(
    tx,
    sql`insert into fund_announced_share (act_id, unit_id, amount)
        select ${by.act}, (s->>'unit')::uuid, (s->>'amount')::bigint
          from jsonb_array_elements(${JSON.stringify(shares.map((share) => ({ ...share, amount: share.amount.toString() })))}::jsonb) s`.compile(
      tx,
    ),
  )
  return { unit, year, document, amountFen: totalOf(shares.map((share) => share.amount)).toString() }
}
