import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask } from '#kernel/ask.ts'
import { type Day, UnitId } from '#kernel/words.ts'

type Row = {
  readonly from: string
  readonly zh: string
  readonly en: string
  readonly closedOn: Day
  readonly held: bigint
  readonly projects: number
}

/** Closed units that one carries on and whose money or projects nobody has taken over yet. */
export const listForebears = ask({
  name: 'funds.forebears',
  title: { zh: '待接收的撤并单位', en: 'Closed units to be taken over' },
  purpose: {
    zh: '由本单位接续、账上还有资金或项目库里还有项目的已撤并单位。',
    en: 'Closed units that this one carries on, in whose books there still is money or in whose library there still are projects.',
  },
  access: 'seated',
  input: z.object({ unit: UnitId }),
  async answer(reader, { unit }) {
    const { rows } = await sql<Row>`
      select c.id as from, v.name_zh as zh, v.name_en as en, c.closed_on as "closedOn", m.held, p.projects
        from unit c
       cross join lateral (select coalesce(sum(a.balance), 0)::bigint as held from fund_account a
                            where a.unit_id = c.id and a.kind in ('available', 'committed')) m
       cross join lateral (select count(*)::int as projects from project_at(${reader.on}::date) q where q.unit_id = c.id) p
       cross join lateral (select w.name_zh, w.name_en from unit_version w where w.unit_id = c.id
                            order by lower(w.valid_at) desc limit 1) v
       where c.closed_on <= ${reader.on}::date and (m.held > 0 or p.projects > 0)
         and ${unit}::uuid in (select h.unit_id from unit_heirs_on(c.id, ${reader.on}::date) h)
       order by c.closed_on, c.id`.execute(reader.db)
    const things = rows.map(({ zh, en, held, ...row }) => ({
      ...row,
      unit,
      name: { zh, en },
      heldFen: held.toString(),
    }))
    return { items: await withAbilities(reader, 'forebear', things) }
  },
})
