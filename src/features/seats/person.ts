import { sql } from 'kysely'
import { z } from 'zod'
import { ask, NotFound } from '#kernel/ask.ts'
import { type Day, PersonId, type Text } from '#kernel/words.ts'
import { delegationsOf } from './delegations.ts'

const LAST_ACTS_MAX = 50

type TermRow = {
  unit: string
  zh: string
  en: string
  tier: string
  post: string
  capacity: 'holder' | 'acting'
  from: Day
  to: Day | null
  act: string
  ended_by: string | null
}
type ActRow = {
  id: string
  act: string
  duty: string
  unit: string
  zh: string
  en: string
  on: Day
  outcome: string
  ground: string
  post: string
  as_principal: boolean
}

/** One official: the posts held, the duties delegated, what they did last. */
export const personShow = ask({
  name: 'person.show',
  title: { zh: '人员情况', en: 'One person' },
  purpose: {
    zh: '一名干部历次任职、当日有效的委托和最近办理的事项（包括他人受其委托办理的）。',
    en: 'An official’s posts over time, the delegations in force on the day, and what they did last, also through delegates.',
  },
  access: 'seated',
  input: z.object({ person: PersonId, acts: z.int().min(0).max(LAST_ACTS_MAX).default(20) }),
  async answer(reader, { person, acts }) {
    const { db, charter, on } = reader
    const known = await db
      .selectFrom('person')
      .select(['name_zh as zh', 'name_en as en', 'made_up'])
      .where('id', '=', person)
      .executeTakeFirst()
    if (!known) throw new NotFound({ zh: '没有这个人。', en: 'There is no such person.' })
    const [terms, last, delegations] = await Promise.all([
      sql<TermRow>`
        select a.unit_id as unit, v.name_zh as zh, v.name_en as en, v.tier, a.post, a.capacity, lower(a.valid_at) as from,
               case when upper(a.valid_at) <= ${on} then upper(a.valid_at) end as to, a.act_id as act,
               case when upper(a.valid_at) <= ${on} then a.ended_by end as ended_by
          from appointment a
          join lateral (select * from unit_version v where v.unit_id = a.unit_id and lower(v.valid_at) <= ${on}
            order by lower(v.valid_at) desc limit 1) v on true
         where a.person_id = ${person} and lower(a.valid_at) <= ${on} order by lower(a.valid_at) desc`.execute(db),
      sql<ActRow>`
        select j.id, j.act, j.duty, j.unit_id as unit, v.name_zh as zh, v.name_en as en, j.done_on as on, j.outcome, j.ground,
               j.seat_post as post, j.person_id <> ${person} as as_principal
          from journal j
          left join unit_version v on v.unit_id = j.unit_id and v.valid_at @> j.done_on
         where (j.person_id = ${person} or j.principal_id = ${person}) and j.done_on <= ${on}
         order by j.done_on desc, j.seq desc limit ${acts}`.execute(db),
      delegationsOf(reader, { person }),
    ])
    const titles = new Map(reader.acts.map((act) => [act.name, act.title]))
    const postName = (post: string): Text => charter.findPost(post)?.name ?? { zh: post, en: post }
    return {
      person: { id: person, name: { zh: known.zh, en: known.en }, madeUp: known.made_up },
      terms: terms.rows.map(({ zh, en, ...row }) => ({ ...row, unitName: { zh, en }, postName: postName(row.post) })),
      given: delegations.filter((each) => each.principal.id === person),
      received: delegations.filter((each) => each.delegate.id === person),
      acts: last.rows.map(({ zh, en, ...row }) => ({
        ...row,
        unitName: { zh: zh ?? '', en: en ?? '' },
        postName: postName(row.post),
        title: titles.get(row.act) ?? { zh: row.act, en: row.act },
        dutyTitle: charter.findDuty(row.duty, row.on)?.title ?? { zh: row.duty, en: row.duty },
      })),
    }
  },
})
