import { sql } from 'kysely'
import type { Link, Links } from '#kernel/link.ts'
import type { Day } from '#kernel/words.ts'
import { dueOf, heldStand, holdingsOf } from './held.ts'
import { inWords } from './money.ts'

type Last = { upper: string; lower: string; line: string; zh: string; en: string; on: Day; amount: bigint; act: string }

/** What money each rung of a chain handed to the next last, and what that one still has to pass on. */
export const fundLinks: Links = async (reader, lineage) => {
  const year = Number(reader.on.slice(0, 4))
  const ids = lineage.map((unit) => unit.id)
  const [{ rows }, holdings] = await Promise.all([
    sql<Last>`
      select distinct on (b.unit_id) a.unit_id as upper, b.unit_id as lower, a.line_id as line, n.name_zh as zh, n.name_en as en, t.on_day as "on", t.amount,
             t.act_id as act
        from fund_account b
        join fund_transfer t on t.to_account = b.id and t.kind = 'allocate' and t.on_day <= ${reader.on}::date
        join fund_account a on a.id = t.from_account
        join fund_line n on n.id = a.line_id
       where b.unit_id = any (${ids}::uuid[]) and b.kind = 'available' and b.year = ${year} and a.unit_id = any (${ids}::uuid[])
         and not exists (select from fund_transfer r where r.reverses_act = t.act_id and r.reverses_n = t.n and r.on_day <= ${reader.on}::date)
       order by b.unit_id, t.on_day desc, t.act_id desc, t.n desc`.execute(reader.db),
    holdingsOf(reader, ids, year),
  ])
  return lineage.flatMap((unit, at): Link[] => {
    const last = rows.find((row) => row.lower === unit.id)
    if (!last) return []
    const codes = lineage.slice(at).map((each) => each.code)
    const dues = holdings
      .filter((each) => each.unit === unit.id)
      .map(({ since }) => ({ since, due: dueOf(reader, unit.tier, codes, since) }))
      .toSorted((a, b) => ((a.due ?? '9999') < (b.due ?? '9999') ? -1 : 1))
    const amount = inWords(last.amount)
    const { light, words } = heldStand(reader, unit.tier, dues[0] ?? null)
    return [
      {
        upper: last.upper,
        lower: last.lower,
        direction: 'down',
        label: { zh: `${last.zh} ${amount.zh}`, en: `${last.en}: ${amount.en}` },
        on: last.on,
        light,
        words,
        record: `/funds/lines/${last.line}?unit=${unit.id}`,
      },
    ]
  })
}
