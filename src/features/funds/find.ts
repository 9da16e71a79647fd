import { sql } from 'kysely'
import { ask } from '#kernel/ask.ts'
import { type ChoiceAnswer, ChoiceInput } from '#kernel/choices.ts'
import type { Day, Text } from '#kernel/words.ts'
import type { TransferKind } from './ledger.ts'
import { inWords } from './money.ts'
import { type PayeeKind, payeeKinds } from './payees.ts'
import { transferKindNames } from './reading.ts'

type LineRow = { id: string; document: string; zh: string; en: string; year: number; left: bigint }

/** Lines of money to choose from: those in a unit's books, else all. */
export const findLines = ask({
  name: 'find.fund-lines',
  title: { zh: '查找资金', en: 'Find lines of money' },
  purpose: {
    zh: '按文号或名称查找某单位账上的资金，供填表选择。',
    en: 'The lines in a unit’s books by document or name, to choose from in forms.',
  },
  access: 'public',
  input: ChoiceInput,
  async answer({ db, on }, { unit = null, id = null, text, texts, limit }): Promise<ChoiceAnswer> {
    const { rows } = await sql<LineRow>`
      select l.id, l.document, l.name_zh as zh, l.name_en as en, l.year, coalesce(held.available, 0)::bigint as left
        from fund_line l
        left join lateral (
          select sum(a.balance) filter (where a.kind = 'available') as available, count(*) as accounts
            from fund_account a where a.line_id = l.id and a.unit_id = ${unit}::uuid) held on true
       where l.on_day <= ${on}::date and (${id}::uuid is null or l.id = ${id}::uuid)
         and (${id}::uuid is not null or ${unit}::uuid is null or held.accounts > 0 or l.unit_id = ${unit}::uuid)
         and (${texts.length} = 0 or l.document = any (${texts}::text[]) or l.name_zh = any (${texts}::text[])
              or l.name_en = any (${texts}::text[]) or l.id::text = any (${texts}::text[]))
         and (${text} = '' or strpos(lower(l.document || ' ' || l.name_zh || ' ' || l.name_en), lower(${text})) > 0)
       order by l.year desc, l.document, l.id limit ${limit}`.execute(db)
    return {
      choices: rows.map(({ zh, en, left, ...row }) => ({
        id: row.id,
        key: row.document,
        name: { zh: `${row.document} ${zh}`, en: `${row.document} ${en}` },
        about:
          unit === null
            ? { zh: `${row.year}年`, en: `${row.year}` }
            : { zh: `${row.year}年 · 可用${inWords(left).zh}`, en: `${row.year} · ${inWords(left).en} available` },
      })),
    }
  },
})

type PayeeRow = { id: string; kind: PayeeKind; shown: string }

/** A county's payees to choose from, as everybody may see them. */
export const findPayees = ask({
  name: 'find.payees',
  title: { zh: '查找收款人', en: 'Find payees' },
  purpose: {
    zh: '按公开口径的名称或编号查找某单位登记的收款人，供填表选择。',
    en: 'A unit’s payees by their shown name or id, to choose from in forms.',
  },
  access: 'seated',
  input: ChoiceInput,
  async answer({ db, on }, { unit = null, id = null, text, texts, limit }): Promise<ChoiceAnswer> {
    const { rows } = await sql<PayeeRow>`
      select p.id, p.kind, p.shown from payee p join journal j on j.id = p.act_id and j.done_on <= ${on}::date
       where (${id}::uuid is null or p.id = ${id}::uuid) and (${unit}::uuid is null or p.unit_id = ${unit}::uuid)
         and (${texts.length} = 0 or p.shown = any (${texts}::text[]) or p.id::text = any (${texts}::text[]))
         and (${text} = '' or strpos(lower(p.shown), lower(${text})) > 0 or p.id::text = lower(${text}))
       order by p.shown, p.id limit ${limit}`.execute(db)
    return {
      choices: rows.map((row) => ({
        id: row.id,
        key: row.shown,
        name: { zh: row.shown, en: row.shown },
        about: {
          zh: `${payeeKinds[row.kind].zh} · ${row.id.slice(0, 8)}`,
          en: `${payeeKinds[row.kind].en} · ${row.id.slice(0, 8)}`,
        },
      })),
    }
  },
})

type PostingRow = { id: string; document: string; on: Day; kinds: TransferKind[]; amount: bigint; transfers: number }

/** Documents in a unit's books, to choose from. */
export const findPostings = ask({
  name: 'find.postings',
  title: { zh: '查找凭证', en: 'Find documents of the books' },
  purpose: {
    zh: '按文号查找某单位账上的凭证，供填表选择。',
    en: 'Documents in a unit’s books by number, to choose from in forms.',
  },
  access: 'public',
  input: ChoiceInput,
  async answer({ db, on }, { unit = null, id = null, text, texts, limit }): Promise<ChoiceAnswer> {
    const { rows } = await sql<PostingRow>`
      select p.act_id as id, p.document, p.on_day as "on", t.kinds, t.amount, t.transfers
        from (select * from fund_posting p
               where p.on_day <= ${on}::date and (${id}::uuid is null or p.act_id = ${id}::uuid)
                 and (${unit}::uuid is null or p.unit_id = ${unit}::uuid)
                 and (${texts.length} = 0 or p.document = any (${texts}::text[]) or p.act_id::text = any (${texts}::text[]))
                 and (${text} = '' or strpos(lower(p.document), lower(${text})) > 0)
               order by p.on_day desc, p.act_id desc limit ${limit}) p
        cross join lateral (
          select array_agg(distinct t.kind) as kinds, sum(t.amount)::bigint as amount, count(*)::int as transfers
            from fund_transfer t where t.act_id = p.act_id) t
       order by p.on_day desc, p.act_id desc`.execute(db)
    return {
      choices: rows.map(({ on: day, ...row }) => ({ ...said({ ...row, on: day }), id: row.id, key: row.document })),
    }
  },
})

function said({ document, on, kinds, amount, transfers }: PostingRow): { name: Text; about: Text } {
  const kindsSaid = (language: keyof Text) => kinds.map((kind) => transferKindNames[kind][language])
  return {
    name: {
      zh: `${document} · ${kindsSaid('zh').join('、')} ${inWords(amount).zh}`,
      en: `${document} · ${kindsSaid('en').join(', ')} ${inWords(amount).en}`,
    },
    about: {
      zh: `${on} · ${transfers} 笔`,
      en: `${on} · ${transfers} transfer${transfers === 1 ? '' : 's'}`,
    },
  }
}
