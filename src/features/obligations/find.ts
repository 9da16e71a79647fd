import { sql } from 'kysely'
import { ask, type Reader } from '#kernel/ask.ts'
import { type ChoiceAnswer, ChoiceInput } from '#kernel/choices.ts'
import type { Day } from '#kernel/words.ts'
import { found } from './list.ts'

/** Finds what is owed at and below a unit, for a form that speaks of one such thing. */
export const findObligations = ask({
  name: 'find.obligations',
  title: { zh: '查找应办事项', en: 'Find what is owed' },
  purpose: {
    zh: '按单位或事项名称查找尚未办结的事项，期限早的在前。',
    en: 'Finds what is still owed by the name of the unit or of the matter, the earliest first.',
  },
  access: 'seated',
  input: ChoiceInput,
  async answer(reader, { unit, text, id, texts, limit }): Promise<ChoiceAnswer> {
    const root = unit ?? (reader.actor?.kind === 'person' ? reader.actor.seat.unit : undefined)
    if (root === undefined) return { choices: [] }
    const which = sql`${found(reader, { unit: root, state: 'open', text })} and (${id ?? null}::uuid is null or i.id = ${id ?? null})
      and (${texts.length} = 0 or i.id::text = any (${texts}::text[]))`
    const { rows } = await sql<{ id: string; obligation: string; zh: string; en: string; subject: string; due: Day }>`
      select i.id, i.obligation, v.name_zh as zh, v.name_en as en, i.subject, obligation_due(i.id, i.due_on, ${reader.on}::date) as due
      ${which} order by due, i.id limit ${limit}`.execute(reader.db)
    return { choices: rows.map((row) => choiceOf(reader, row)) }
  },
})

function choiceOf(
  { charter }: Reader,
  row: { id: string; obligation: string; zh: string; en: string; due: Day },
): ChoiceAnswer['choices'][number] {
  const title = charter.text.obligations.find((each) => each.id === row.obligation)?.title
  return {
    id: row.id,
    key: row.id.slice(-8),
    name: { zh: `${row.zh} · ${title?.zh ?? row.obligation}`, en: `${row.en} · ${title?.en ?? row.obligation}` },
    about: { zh: `${row.due} 到期`, en: `due ${row.due}` },
  }
}
