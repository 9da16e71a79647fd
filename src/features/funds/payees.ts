import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask } from '#kernel/ask.ts'
import { type Text, UnitId } from '#kernel/words.ts'

/** Whom a county pays. */
export const payeeKinds = {
  household: { zh: '农户', en: 'Household' },
  cooperative: { zh: '合作社', en: 'Cooperative' },
  company: { zh: '企业', en: 'Company' },
  institution: { zh: '单位', en: 'Institution' },
} as const satisfies Record<string, Text>
export type PayeeKind = keyof typeof payeeKinds
export const PayeeKind = z
  .enum(Object.keys(payeeKinds) as [PayeeKind, ...PayeeKind[]])
  .meta({ label: { zh: '收款人类别', en: 'Kind of payee' }, widget: 'choice', choices: payeeKinds })

export const PayeeId = z
  .uuid()
  .meta({ label: { zh: '收款人', en: 'Payee' }, widget: 'reference', finds: 'find.payees' })

/** What everybody may see of a payee: of a natural person the surname alone. */
export const shownOf = ({ kind, name }: { readonly kind: PayeeKind; readonly name: string }) =>
  kind === 'household' ? `${[...name][0] ?? ''}**` : name

type Row = { id: string; unit: string; kind: PayeeKind; shown: string; total: number }

/** A county's payees, people masked; who may see more looks by an act of its own. */
export const listPayees = ask({
  name: 'payee.list',
  title: { zh: '收款人', en: 'Payees' },
  purpose: { zh: '本县登记的收款人，农户姓名已隐去。', en: 'Whom a county pays; the names of people are masked.' },
  access: 'seated',
  input: z.object({
    unit: UnitId,
    kind: PayeeKind.optional(),
    search: z.string().max(100).optional(),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, kind, search, offset, limit }) {
    const { rows } = await sql<Row>`
      select p.id, p.unit_id as unit, p.kind, p.shown, count(*) over ()::int as total
        from payee p join journal j on j.id = p.act_id and j.done_on <= ${reader.on}::date
       where p.unit_id = ${unit} and (${kind ?? null}::text is null or p.kind = ${kind ?? null})
         and (${search ?? null}::text is null or strpos(lower(p.shown), lower(${search ?? null})) > 0)
       order by p.shown, p.id limit ${limit} offset ${offset}`.execute(reader.db)
    const items = rows.map(({ total: _total, ...row }) => ({ ...row, kindName: payeeKinds[row.kind] }))
    return { total: rows[0]?.total ?? 0, items: await withAbilities(reader, 'payee', items) }
  },
})
