import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { answerable, findLineage } from '#kernel/standing.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import { standOf } from '#features/obligations/index.ts'
import { ComplaintId } from './complaint-books.ts'
import {
  type ComplaintKind,
  complaintKinds,
  type ComplaintOutcome,
  complaintOutcomes,
  type ComplaintState,
  complaintStates,
  complaintTargets,
  type ComplaintWay,
  complaintWay,
} from './complaint-words.ts'

type Row = {
  id: string
  unit: string
  zh: string
  en: string
  about: string
  aboutZh: string
  aboutEn: string
  kind: ComplaintKind
  against: 'work' | 'leaders'
  on: Day
  state: ComplaintState
  outcome: ComplaintOutcome | null
  since: Day
  steps: number
  due: Day | null
  madeUp: boolean
}

/** Every complaint as it stood on a day: who handled it then, and until when. What was said is not among it. */
export const complaintsOn = (on: Day) => sql`
  select c.id, h.unit_id as unit, h.name_zh as zh, h.name_en as en, h.lineage, c.unit_id as about, a.name_zh as "aboutZh",
         a.name_en as "aboutEn", c.kind, c.against, c.on_day as "on", c.act_id as act, s.state, s.outcome, s.on_day as since,
         s.ordinal as steps, j.via = 'replay' as "madeUp",
         (select obligation_due(i.id, i.due_on, ${on}::date) from obligation_item i
           where i.subject = c.id::text and i.unit_id = h.unit_id and i.obligation = 'answer-complaint'
             and i.opened_on <= ${on}::date and (i.met_on is null or i.met_on > ${on}::date)
             and (i.lapsed_on is null or i.lapsed_on > ${on}::date)) as due
    from complaint c
    join journal j on j.id = c.act_id
   cross join lateral (select * from complaint_step s where s.complaint_id = c.id and s.on_day <= ${on}::date
                        order by s.ordinal desc limit 1) s
    join unit u on u.id = s.handler_unit_id
   cross join lateral (select * from unit_version v
                        where v.unit_id = case when u.closed_on <= ${on}::date then unit_carrier_on(u.id, ${on}::date) else u.id end
                          and lower(v.valid_at) <= ${on}::date
                        order by lower(v.valid_at) desc limit 1) h
   cross join lateral (select * from unit_version v where v.unit_id = c.unit_id and lower(v.valid_at) <= ${on}::date
                        order by lower(v.valid_at) desc limit 1) a
   where c.on_day <= ${on}::date`

const shown = (reader: Reader, { zh, en, aboutZh, aboutEn, ...row }: Row) => {
  const isAnswered = row.state === 'answered'
  const { light, words } =
    isAnswered || row.due === null
      ? { light: isAnswered ? ('green' as const) : ('none' as const), words: complaintStates[row.state] }
      : standOf(reader, row.due, null)
  return {
    ...row,
    name: { zh, en } satisfies Text,
    aboutName: { zh: aboutZh, en: aboutEn } satisfies Text,
    kindName: complaintKinds[row.kind],
    againstName: complaintTargets[row.against],
    stateName: complaintStates[row.state],
    outcomeName: row.outcome && complaintOutcomes[row.outcome],
    light,
    words,
  }
}

const COLUMNS = sql`id, unit, zh, en, about, "aboutZh", "aboutEn", kind, against, "on", state, outcome, since, steps, due, "madeUp"`

/** The unit of whoever asks: they see what is handled there and below, and nothing of what is handled about them above. */
const seatUnit = ({ actor }: Reader) => (actor?.kind === 'person' ? actor.seat.unit : null)

const orders = { due: sql`due nulls last`, newest: sql`"on" desc`, unit: sql`zh` } as const

export const listComplaints = ask({
  name: 'complaint.list',
  title: { zh: '投诉举报办理', en: 'Complaints to handle' },
  purpose: {
    zh: '本单位及下级办理的投诉举报：由谁办、到哪一天、办到哪一步；内容不在其中。',
    en: 'What this unit and those below it handle: whose it is, until when, where it stands; never what was said.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId.optional(),
    state: z.enum(['open', 'late', 'answered', 'all']).default('open'),
    search: z.string().trim().max(60).optional(),
    sort: z.enum(['due', 'newest', 'unit']).default('due'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, state, search, sort, offset, limit }) {
    const seat = seatUnit(reader)
    const wanted = {
      open: sql`state = 'open'`,
      late: sql`state = 'open' and due < ${reader.on}::date`,
      answered: sql`state = 'answered'`,
      all: sql`true`,
    }[state]
    const { rows } = await sql<Row & { total: number }>`
      select ${COLUMNS}, count(*) over ()::int as total from (${complaintsOn(reader.on)}) c
       where c.lineage @> array[${seat}]::uuid[] and c.lineage @> array[${unit ?? seat}]::uuid[] and ${wanted}
         and (${search ?? null}::text is null
              or strpos(lower(concat(zh, en, "aboutZh", "aboutEn")), lower(${search ?? null})) > 0)
       order by ${orders[sort]}, id limit ${limit} offset ${offset}`.execute(reader.db)
    return {
      total: rows[0]?.total ?? 0,
      complaints: rows.map(({ total: _total, ...row }) => shown(reader, row)),
    }
  },
})

export const showComplaint = ask({
  name: 'complaint.show',
  title: { zh: '一件投诉举报', en: 'One complaint' },
  purpose: {
    zh: '一件投诉举报的办理经过和期限；内容须由办理单位另行阅看，阅看会记入日志。',
    en: 'The way of one complaint and until when it is answered; what was said is read apart by the unit that handles it, and that it was read is journalled.',
  },
  access: 'seated',
  input: z.object({ id: ComplaintId }),
  async answer(reader, { id }) {
    const { rows } = await sql<Row>`
      select ${COLUMNS} from (${complaintsOn(reader.on)}) c
       where c.id = ${id} and c.lineage @> array[${seatUnit(reader)}]::uuid[]`.execute(reader.db)
    if (!rows[0]) throw new NotFound({ zh: '没有这件投诉举报。', en: 'There is no such complaint.' })
    const [complaint] = await withAbilities(reader, 'complaint', [shown(reader, rows[0])])
    const way = await sql<{ ordinal: number; step: ComplaintWay; on: Day; act: string; zh: string; en: string }>`
      select s.ordinal, s.step, s.on_day as "on", s.act_id as act, v.name_zh as zh, v.name_en as en
        from complaint_way(${id}, ${reader.on}::date) s
       cross join lateral (select * from unit_version v where v.unit_id = s.handler_unit_id and lower(v.valid_at) <= ${reader.on}::date
                            order by lower(v.valid_at) desc limit 1) v
       order by s.ordinal, s.step = 'carry'`.execute(reader.db)
    return {
      ...complaint!,
      post: await postOf(reader, rows[0].unit),
      way: way.rows.map(({ zh, en, ...step }) => ({
        ...step,
        stepName: complaintWay[step.step],
        handlerName: { zh, en },
      })),
    }
  },
})

/** The post that owes the answer. */
export async function postOf({ db, charter, on }: Reader, unit: string): Promise<Text | null> {
  const duty = charter.findDuty('answer-complaints', on)
  const lineage = await findLineage(db as never, unit, on)
  const whose = duty && lineage && (await answerable(db as never, charter, duty, lineage, on))
  return whose && 'seat' in whose ? (charter.findPost(whose.seat.post)?.name ?? null) : null
}
