import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import type { Day, Text } from '#kernel/words.ts'
import { standOf } from '#features/obligations/index.ts'
import { readMatters } from './matter-list.ts'
import { type MatterState, type MatterStep, stateWords } from './states.ts'

/** One matter with its whole way. */
export const showMatter = ask({
  name: 'matter.show',
  title: { zh: '协调事项详情', en: 'One matter' },
  purpose: {
    zh: '一个事项走过的每一步：谁、何时、办成什么，现在在谁手里；各方意见和分工。',
    en: 'Every step of a matter: who, when, what came of it and with whom it is now; what the units said, and who does what by when.',
  },
  access: 'seated',
  input: z.object({ id: z.uuid() }),
  async answer(reader, { id }) {
    const [line] = await readMatters(reader, sql`id = ${id}`)
    if (!line) throw new NotFound({ zh: '没有这个事项，或当日尚未提出。', en: 'There is no such matter on that day.' })
    const [text, steps, parties, assignments] = await Promise.all([
      reader.db.selectFrom('matter').select(['asked', 'evidence']).where('id', '=', id).executeTakeFirstOrThrow(),
      readSteps(reader, id),
      readParties(reader, id, line.state),
      readAssignments(reader, id),
    ])
    return { ...line, ...text, way: steps, parties, assignments }
  },
})

type StepRow = {
  ordinal: number
  step: MatterStep
  state: MatterState
  on: Day
  note: string | null
  act: string
  person: { name: Text; madeUp: boolean } | null
  post: string | null
  seat: Text | null
  owner: Text | null
  ownerPost: string | null
}

async function readSteps({ db, on, charter }: Reader, id: string) {
  const { rows } = await sql<StepRow>`
    select s.ordinal, s.step, s.state, s.on_day as "on", s.note, s.act_id as act, s.owner_post as "ownerPost", j.seat_post as post,
           case when p.id is not null then json_build_object('name', json_build_object('zh', p.name_zh, 'en', p.name_en), 'madeUp', p.made_up) end as person,
           (select json_build_object('zh', v.name_zh, 'en', v.name_en) from unit_version v
             where v.unit_id = j.seat_unit_id and (v.valid_at @> s.on_day) is true) as seat,
           (select json_build_object('zh', v.name_zh, 'en', v.name_en) from unit_version v
             where v.unit_id = s.owner_unit_id and (v.valid_at @> s.on_day) is true) as owner
      from matter_step s
      join journal j on j.id = s.act_id
      left join person p on p.id = s.person_id
     where s.matter_id = ${id} and s.on_day <= ${on}::date
     order by s.ordinal`.execute(db)
  const postName = (post: string | null) => (post === null ? null : (charter.findPost(post)?.name ?? null))
  return rows.map(({ post, ownerPost, ...row }) => ({
    ...row,
    stateWords: stateWords[row.state],
    postName: postName(post),
    ownerPostName: postName(ownerPost),
  }))
}

type PartyRow = {
  unit: string
  name: Text
  statements:
    | readonly { statement: string; on: Day; act: string; person: { name: Text; madeUp: boolean } | null }[]
    | null
}

async function readParties(reader: Reader, matter: string, state: MatterState) {
  const { rows } = await sql<PartyRow>`
    select y.unit_id as unit, json_build_object('zh', v.name_zh, 'en', v.name_en) as name,
           (select json_agg(json_build_object('statement', c.statement, 'on', c.on_day, 'act', c.act_id,
                    'person', case when p.id is not null then json_build_object('name', json_build_object('zh', p.name_zh, 'en', p.name_en), 'madeUp', p.made_up) end) order by c.on_day, c.id)
              from matter_contribution c left join person p on p.id = c.person_id
             where c.matter_id = y.matter_id and c.unit_id = y.unit_id and c.on_day <= ${reader.on}::date) as statements
      from matter_party y
      join lateral (select name_zh, name_en from unit_version w where w.unit_id = y.unit_id and lower(w.valid_at) <= ${reader.on}::date
                     order by lower(w.valid_at) desc limit 1) v on true
     where y.matter_id = ${matter} order by v.name_en`.execute(reader.db)
  const things = rows.map((row) => ({ ...row, statements: row.statements ?? [], matter, state }))
  return withAbilities(reader, 'matter-party', things)
}

type AssignmentRow = {
  id: string
  n: number
  unit: string
  name: Text
  task: string
  due: Day
  on: Day
  result: string | null
  doneOn: Day | null
  act: string | null
}

async function readAssignments(reader: Reader, matter: string) {
  const { rows } = await sql<AssignmentRow>`
    select a.id, a.n, a.unit_id as unit, json_build_object('zh', v.name_zh, 'en', v.name_en) as name, a.task, a.due_on as due,
           a.on_day as "on", d.result, d.on_day as "doneOn", d.act_id as act
      from matter_assignment a
      left join matter_assignment_done d on d.assignment_id = a.id and d.on_day <= ${reader.on}::date
      join lateral (select name_zh, name_en from unit_version w where w.unit_id = a.unit_id and lower(w.valid_at) <= ${reader.on}::date
                     order by lower(w.valid_at) desc limit 1) v on true
     where a.matter_id = ${matter} and a.on_day <= ${reader.on}::date order by a.n`.execute(reader.db)
  const things = rows.map((row) => ({ ...row, ...standOf(reader, row.due, row.doneOn) }))
  return withAbilities(reader, 'assignment', things)
}
