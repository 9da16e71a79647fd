import { sql } from 'kysely'
import { ask } from '#kernel/ask.ts'
import { type ChoiceAnswer, ChoiceInput } from '#kernel/choices.ts'
import { type ProjectKind, projectKinds } from './kinds.ts'
import { type MajorRow, majorsOn, placeOf } from './major-read.ts'
import { type State, standings } from './state.ts'

/** Major projects to choose from, for the fields of forms; every county may serve any of them. */
export const findMajorChoices = ask({
  name: 'find.major-projects',
  title: { zh: '查找重大工程项目', en: 'Find major projects' },
  purpose: {
    zh: '按名称或文号查找重大工程项目，供填表选择。',
    en: 'Major projects by name or document number, to choose from in forms.',
  },
  access: 'public',
  input: ChoiceInput,
  async answer({ db, on }, { id = null, text, texts, limit }): Promise<ChoiceAnswer> {
    const { rows } = await sql<MajorRow>`
      select * from (${majorsOn(on)}) m
       where (${id}::uuid is null or m.id = ${id}::uuid)
         and (${texts.length} = 0 or m.name_zh = any (${texts}::text[]) or m.name_en = any (${texts}::text[]) or m.id::text = any (${texts}::text[]))
         and (${text} = '' or strpos(lower(m.name_zh || ' ' || m.name_en || ' ' || m.document), lower(${text})) > 0)
       order by m."on" desc, m.name_zh, m.id limit ${limit}`.execute(db)
    return {
      choices: rows.map((row) => ({
        id: row.id,
        key: row.name_zh,
        name: { zh: row.name_zh, en: row.name_en },
        about: {
          zh: `${projectKinds[row.kind].zh} · ${row.from}–${row.to} · ${row.document}`,
          en: `${projectKinds[row.kind].en} · ${row.from}–${row.to} · ${row.document}`,
        },
      })),
    }
  },
})

type Row = {
  id: string
  code: string
  name: string
  kind: ProjectKind
  state: State
  zh: string
  en: string
}

/** Projects of a county and of those beside it, to choose from where several counties join theirs. */
export const findAreaProjects = ask({
  name: 'find.area-projects',
  title: { zh: '查找本区域的项目', en: 'Find projects of an area' },
  purpose: {
    zh: '按编号或名称查找某县及同一上级各县的项目，供协调跨县项目时选择。',
    en: 'Projects of a county and of its neighbours under the same unit, by code or name, to join across counties.',
  },
  access: 'seated',
  input: ChoiceInput,
  async answer({ db, on }, { unit = null, id = null, text, texts, limit }): Promise<ChoiceAnswer> {
    const { rows } = await sql<Row>`
      select p.project_id as id, p.code, p.name, p.kind, p.state, v.name_zh as zh, v.name_en as en
        from project_on(${on}::date) p cross join ${placeOf('p.unit_id', on)} v
       where (${id}::uuid is null or p.project_id = ${id}::uuid)
         and (${unit}::uuid is null
              or v.lineage @> (select array[w.parent_id] from unit_version w where w.unit_id = ${unit}::uuid and w.valid_at @> ${on}::date))
         and (${texts.length} = 0 or p.code = any (${texts}::text[]) or p.name = any (${texts}::text[]) or p.project_id::text = any (${texts}::text[]))
         and (${text} = '' or strpos(lower(p.code || ' ' || p.name || ' ' || v.name_zh || ' ' || v.name_en), lower(${text})) > 0)
       order by v.code nulls last, p.code, p.project_id limit ${limit}`.execute(db)
    return {
      choices: rows.map(({ id: project, code, name, kind, state, zh, en }) => ({
        id: project,
        key: code,
        name: { zh: `${code} ${name}`, en: `${code} ${name}` },
        about: {
          zh: `${zh} · ${projectKinds[kind].zh} · ${standings[state].name.zh}`,
          en: `${en} · ${projectKinds[kind].en} · ${standings[state].name.en}`,
        },
      })),
    }
  },
})
