import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask } from '#kernel/ask.ts'
import { UnitId } from '#kernel/words.ts'
import { ProjectKind, projectKinds } from './kinds.ts'
import { projectThings, type Row, unitsBelow, withWork } from './rows.ts'
import { type State, standings, states } from './state.ts'

const orders: Readonly<Record<'code' | 'name' | 'amount' | 'since' | 'due', RawBuilder<unknown>>> = {
  code: sql`b."unitCode" nulls last, b.code`,
  name: sql`b.name`,
  amount: sql`b.amount_fen nulls first`,
  since: sql`b.since`,
  due: sql`least(b.due, b."nextDue") nulls last`,
}
const backwards: typeof orders = {
  code: sql`b."unitCode" desc nulls last, b.code desc`,
  name: sql`b.name desc`,
  amount: sql`b.amount_fen desc nulls last`,
  since: sql`b.since desc`,
  due: sql`least(b.due, b."nextDue") desc nulls last`,
}

/** The projects below a unit on a day: where each stands, who is waited for, what is late. */
export const listProjects = ask({
  name: 'project.list',
  title: { zh: '项目库', en: 'The project library' },
  purpose: {
    zh: '某单位及其以下的项目：走到哪一步、停在谁那里、节点是否滞后；可按状态、类别、文字、逾期筛选。',
    en: 'Projects at and below a unit: where each stands, who is waited for, which milestones slipped; by state, kind, text and lateness.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId,
    state: z.enum(states).optional(),
    kind: ProjectKind.optional(),
    text: z.string().max(100).optional(),
    late: z.boolean().default(false),
    sort: z.enum(['code', 'name', 'amount', 'since', 'due']).default('code'),
    descending: z.boolean().default(false),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, state, kind, text, late, sort, descending, offset, limit }) {
    const { on, db } = reader
    const wanted = text === undefined || text.trim() === '' ? null : text.trim().toLowerCase()
    const all = sql`
      select p.project_id as id, p.code, p.unit_id as unit, u.name_zh as zh, u.name_en as en, u.code as "unitCode", p.name, p.kind,
             p.version, p.state, p.step, p.since, p.remarks, p.amount_fen, p.amount_fen::text as "amountFen"
        from (${unitsBelow(unit, on)}) u
        join project_on(${on}::date) p on p.unit_id = u.unit_id
       where (${kind ?? null}::text is null or p.kind = ${kind ?? null})
         and (${wanted}::text is null or strpos(lower(p.code || ' ' || p.name || ' ' || u.name_zh || ' ' || u.name_en), ${wanted}) > 0)`
    const chosen = sql`select * from (${all}) c where (${state ?? null}::text is null or c.state = ${state ?? null})`
    const order = sql`${(descending ? backwards : orders)[sort]}, b.id`
    const cut = sql`limit ${limit} offset ${offset}`
    // What is owed and done is looked up for a page only, unless it decides what is on the page.
    const page =
      late || sort === 'due'
        ? sql`select b.*, count(*) over ()::int as total from (${withWork(chosen, on)}) b
               where not ${late} or b.due < ${on}::date or b.slipped > 0 order by ${order} ${cut}`
        : withWork(sql`select b.*, count(*) over ()::int as total from (${chosen}) b order by ${order} ${cut}`, on)
    const [counts, { rows }] = await Promise.all([
      sql<{ state: State; n: number; amountFen: string }>`
        select state, count(*)::int as n, coalesce(sum(amount_fen), 0)::text as "amountFen" from (${all}) b group by state`.execute(
        db,
      ),
      sql<
        Row & { total: number; unitCode: unknown; amount_fen: unknown }
      >`select b.* from (${page}) b order by ${order}`.execute(db),
    ])
    const things = await projectThings(
      reader,
      rows.map(({ total: _total, unitCode: _code, amount_fen: _amount, ...row }) => row),
    )
    const inState = counts.rows.filter((row) => state === undefined || row.state === state)
    // Where nothing is proposed yet, there still is one act to begin with.
    const nothing = { id: unit, unit, assigner: unit, state: 'none' as State, code: '', draft: {} }
    const [beginning] = await withAbilities(reader, 'project', [nothing])
    return {
      can: (beginning?.can ?? []).filter((each) => each.act === 'project.propose'),
      kinds: Object.entries(projectKinds).map(([id, name]) => ({ id, name })),
      total: rows[0]?.total ?? (late ? 0 : inState.reduce((sum, row) => sum + row.n, 0)),
      /** Of all projects that the kind and the text leave, in the state asked for. */
      amountFen: inState.reduce((sum, row) => sum + BigInt(row.amountFen), 0n).toString(),
      states: states.map((each) => {
        const found = counts.rows.find((row) => row.state === each)
        return { state: each, name: standings[each].name, projects: found?.n ?? 0, amountFen: found?.amountFen ?? '0' }
      }),
      items: await withAbilities(reader, 'project', things),
    }
  },
})
