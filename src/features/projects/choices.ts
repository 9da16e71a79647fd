import { sql } from 'kysely'
import { ask } from '#kernel/ask.ts'
import { type ChoiceAnswer, ChoiceInput } from '#kernel/choices.ts'
import { yuanOf } from '#kernel/words.ts'
import { type ProjectKind, projectKinds } from './kinds.ts'
import { unitsBelow } from './rows.ts'
import { type State, standings } from './state.ts'

type Row = { id: string; code: string; name: string; kind: ProjectKind; state: State; amount: bigint | null }

/** Projects to choose from, for the fields of forms. */
export const findProjectChoices = ask({
  name: 'find.projects',
  title: { zh: '查找项目', en: 'Find projects' },
  purpose: {
    zh: '按项目编号或名称查找某单位及其以下的项目，供填表选择。',
    en: 'Projects at and below a unit by code or name, to choose from in forms.',
  },
  access: 'seated',
  input: ChoiceInput,
  async answer({ db, on }, { unit = null, id = null, text, texts, limit }): Promise<ChoiceAnswer> {
    // Whoever assigns projects chooses among those of many counties.
    const within = unit === null ? sql`true` : sql`p.unit_id in (select u.unit_id from (${unitsBelow(unit, on)}) u)`
    const { rows } = await sql<Row>`
      select p.id, p.code, v.name, v.kind, s.state, v.amount_fen as amount
        from project_at(${on}::date) p
        cross join lateral (select x.name, x.kind, x.amount_fen from project_version x
                             where x.project_id = p.id and x.on_day <= ${on}::date order by x.version desc limit 1) v
        cross join lateral (select x.state from project_step x
                             where x.project_id = p.id and x.on_day <= ${on}::date order by x.ordinal desc limit 1) s
       where (${id}::uuid is null or p.id = ${id}::uuid) and ${within}
         and (${texts.length} = 0 or p.code = any (${texts}::text[]) or v.name = any (${texts}::text[]) or p.id::text = any (${texts}::text[]))
         and (${text} = '' or strpos(lower(p.code || ' ' || v.name), lower(${text})) > 0)
       order by (s.state in ('assigned', 'started')) desc, p.code, p.id limit ${limit}`.execute(db)
    return {
      choices: rows.map((row) => {
        const amount = row.amount === null ? '' : ` · ${yuanOf(row.amount)}`
        return {
          id: row.id,
          key: row.code,
          name: { zh: `${row.code} ${row.name}`, en: `${row.code} ${row.name}` },
          about: {
            zh: `${projectKinds[row.kind].zh} · ${standings[row.state].name.zh}${amount && `${amount}元`}`,
            en: `${projectKinds[row.kind].en} · ${standings[row.state].name.en}${amount && `${amount} yuan`}`,
          },
        }
      }),
    }
  },
})
