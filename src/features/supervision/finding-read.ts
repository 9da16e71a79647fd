import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { shippedChecks } from '#kernel/check.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import { standOf } from '#features/obligations/index.ts'
import { disciplineOutcomes } from './finding-hold.ts'
import { type FindingState, type FindingStep, type Severity, severityWords, stateWords } from './states.ts'

type Row = {
  id: string
  unit: string
  unitName: Text
  /** The unit in which it was found, where that is closed and another carries it on. */
  foundIn: Text | null
  inspector: string
  inspectorName: Text
  duty: string
  subject: string
  title: string
  facts: string
  severity: Severity
  due: Day
  on: Day
  act: string
  madeUp: boolean
  state: FindingState
  since: Day
  closedOn: Day | null
  rectifiedOn: Day | null
  inspection: string | null
  recurrenceOf: string | null
  handedOn: Day | null
  discipline: { outcome: keyof typeof disciplineOutcomes; words: string; on: Day; act: string } | null
  handover: { grounds: string; act: string } | null
}

const nameOn = (unit: RawBuilder<unknown>, on: Day) => sql`
  lateral (select json_build_object('zh', name_zh, 'en', name_en) as name, lineage from unit_version w
            where w.unit_id = ${unit} and lower(w.valid_at) <= ${on}::date order by lower(w.valid_at) desc limit 1)`

/** Every finding as it stood on a day: its newest step by then, and the day by which it was to be put right. */
export const findingsOn = (on: Day) => sql`
  select f.id, f.unit_id as unit, f.inspector_unit_id as inspector, f.duty, f.subject, f.title, f.facts, f.severity, s.due_on as due,
         f.on_day as on, f.act_id as act, s.state, s.on_day as since, case when s.state = 'closed' then s.on_day end as "closedOn",
         (select max(r.on_day) from finding_step r where r.finding_id = f.id and r.step = 'rectify' and r.on_day <= ${on}::date) as "rectifiedOn",
         f.inspection_id as inspection, f.recurrence_of as "recurrenceOf"
    from finding f
    join lateral (select * from finding_step s where s.finding_id = f.id and s.on_day <= ${on}::date order by s.ordinal desc limit 1) s on true
   where f.on_day <= ${on}::date`

/** Not closed, and not withdrawn. */
export const going = sql`f.state in ('open', 'explained', 'rectified', 'returned')`
/** Past its day and not put right; what waits to be verified is late with whoever verifies. */
export const overdueOn = (on: Day) => sql`f.state in ('open', 'explained', 'returned') and f.due < ${on}::date`

async function readFindings(reader: Reader, which: RawBuilder<unknown>, page = sql``) {
  const { db, on, charter } = reader
  const { rows } = await sql<Row & { total: number }>`
    select f.*, k.unit, case when k.unit <> f.unit then z.name end as "foundIn", i.unit as inspector, v.name as "unitName", w.name as "inspectorName", j.via = 'replay' as "madeUp", h.on_day as "handedOn",
           case when h.finding_id is not null then json_build_object('grounds', h.grounds, 'act', h.act_id) end as handover,
           case when c.finding_id is not null
                then json_build_object('outcome', c.outcome, 'words', c.words, 'on', c.on_day, 'act', c.act_id) end as discipline,
           count(*) over ()::int as total
      from (${findingsOn(on)}) f
      join journal j on j.id = f.act
     cross join unit_carrier_on(f.unit, ${on}::date) as k (unit)
     cross join unit_carrier_on(f.inspector, ${on}::date) as i (unit)
      join ${nameOn(sql`k.unit`, on)} v on true
      join ${nameOn(sql`f.unit`, on)} z on true
      join ${nameOn(sql`i.unit`, on)} w on true
      left join finding_handover h on h.finding_id = f.id and h.on_day <= ${on}::date
      left join finding_discipline c on c.finding_id = f.id and c.on_day <= ${on}::date
     where ${which} ${page}`.execute(db)
  const things = rows.map(({ total: _all, ...row }) => ({
    ...row,
    stateWords: stateWords[row.state],
    severityWords: severityWords[row.severity],
    dutyTitle: charter.findDuty(row.duty, on)?.title ?? { zh: row.duty, en: row.duty },
    stand:
      row.state === 'withdrawn'
        ? { light: 'none' as const, words: stateWords.withdrawn }
        : standOf(reader, row.due, row.state === 'closed' || row.state === 'rectified' ? row.rectifiedOn : null),
  }))
  return { total: rows[0]?.total ?? 0, findings: await withAbilities(reader, 'finding', things) }
}

/** The list of problems of an area, what is overdue first. */
export const listFindings = ask({
  name: 'finding.list',
  title: { zh: '问题清单', en: 'Findings' },
  purpose: {
    zh: '问题、责任单位、期限、是否销号；逾期的在前。',
    en: 'What was found, whose it is, by when, and whether it is closed; what is overdue comes first.',
  },
  access: 'seated',
  input: z.object({
    /** Owed, or found, by this unit or one below it. */
    unit: UnitId.optional(),
    state: z
      .enum(['going', 'overdue', 'open', 'explained', 'rectified', 'returned', 'closed', 'withdrawn', 'all'])
      .default('going'),
    search: z.string().trim().max(100).optional(),
    sort: z.enum(['due', 'newest', 'oldest', 'title']).default('due'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, state, search, sort, offset, limit }) {
    const overdue = overdueOn(reader.on)
    const inState = { all: sql`true`, going, overdue }[state as 'all'] ?? sql`f.state = ${state}`
    const order = {
      due: sql`(${overdue}) desc, (${going}) desc, f.due, f.id`,
      newest: sql`f.on desc, f.id desc`,
      oldest: sql`f.on, f.id`,
      title: sql`f.title, f.id`,
    }[sort]
    const seat = reader.actor?.kind === 'person' ? reader.actor.seat.unit : undefined
    const blank = seat === undefined ? [] : [{ unit: seat, inspector: seat, isOpen: true }]
    const found = await readFindings(
      reader,
      sql`${inState}
        ${unit ? sql`and (v.lineage @> array[${unit}]::uuid[] or i.unit = ${unit})` : sql``}
        ${search ? sql`and strpos(lower(f.title || ' ' || (v.name ->> 'zh') || ' ' || (v.name ->> 'en')), lower(${search})) > 0` : sql``}`,
      sql`order by ${order} limit ${limit} offset ${offset}`,
    )
    return {
      ...found,
      /** What the asker's own unit may begin. */
      can: (await withAbilities(reader, 'finding-to-be', blank)).flatMap((each) => each.can),
    }
  },
})

async function titleOf(db: Reader['db'], inspection: string | null): Promise<string | undefined> {
  if (inspection === null) return undefined
  const { rows } = await sql<{ title: string }>`select title from inspection where id = ${inspection}`.execute(db)
  return rows[0]?.title
}

type Step = {
  ordinal: number
  step: FindingStep
  state: FindingState
  on: Day
  note: string
  due: Day
  act: string
  unitName: Text
  person: { id: string; name: Text; madeUp: boolean }
  post: string | null
}

/** One finding with its whole way, and what it comes back from or came back as. */
export const showFinding = ask({
  name: 'finding.show',
  title: { zh: '一个问题', en: 'One finding' },
  purpose: {
    zh: '问题走过的每一步：谁、何时、说了什么；约谈、移交，以及反复出现的前后问题。',
    en: 'Every step of a finding: who, when, in which words; interviews, handing over, and the findings that it comes back from.',
  },
  access: 'seated',
  input: z.object({ id: z.uuid() }),
  async answer(reader, { id }) {
    const { db, on, charter } = reader
    const { findings } = await readFindings(reader, sql`f.id = ${id}`)
    const [finding] = findings
    if (!finding) throw new NotFound({ zh: '当日没有这个问题', en: 'There was no such finding on that day' })
    const [{ rows: steps }, { rows: interviews }, { rows: chain }, title] = await Promise.all([
      sql<Step>`
        select s.ordinal, s.step, s.state, s.on_day as on, s.note, s.due_on as due, s.act_id as act, v.name as "unitName", j.seat_post as post,
               json_build_object('id', p.id, 'name', json_build_object('zh', p.name_zh, 'en', p.name_en), 'madeUp', p.made_up) as person
          from finding_step s join journal j on j.id = s.act_id join person p on p.id = s.person_id
          join ${nameOn(sql`s.unit_id`, on)} v on true
         where s.finding_id = ${id} and s.on_day <= ${on}::date order by s.ordinal`.execute(db),
      sql<{ n: number; on: Day; words: string; act: string; post: string; person: Step['person'] }>`
        select i.n, i.on_day as on, i.words, i.act_id as act, i.post,
               json_build_object('id', p.id, 'name', json_build_object('zh', p.name_zh, 'en', p.name_en), 'madeUp', p.made_up) as person
          from finding_interview i join person p on p.id = i.person_id
         where i.finding_id = ${id} and i.on_day <= ${on}::date order by i.n`.execute(db),
      sql<{ id: string; title: string; on: Day; closedOn: Day | null; unitName: Text; direction: 'before' | 'after' }>`
        with recursive before as (
          select recurrence_of as id from finding where id = ${id}
          union select f.recurrence_of from before b join finding f on f.id = b.id where b.id is not null
        ), after as (
          select id from finding where recurrence_of = ${id}
          union select f.id from after a join finding f on f.recurrence_of = a.id
        )
        select f.id, f.title, f.on_day as on, v.name as "unitName",
               (select s.on_day from finding_step s where s.finding_id = f.id and s.state = 'closed' and s.on_day <= ${on}::date) as "closedOn",
               case when f.id in (select id from before) then 'before' else 'after' end as direction
          from finding f join ${nameOn(sql`f.unit_id`, on)} v on true
         where (f.id in (select id from before) or f.id in (select id from after)) and f.on_day <= ${on}::date
         order by f.on_day`.execute(db),
      titleOf(db, finding.inspection),
    ])
    const postName = (post: string | null) => (post === null ? null : (charter.findPost(post)?.name ?? null))
    return {
      ...finding,
      /** The check by whose row it was found, by its name. */
      checkTitle: shippedChecks().find((check) => check.id === finding.subject)?.title ?? null,
      inspectionTitle: title ?? null,
      outcomeWords: finding.discipline && disciplineOutcomes[finding.discipline.outcome],
      way: steps.map(({ post, ...step }) => ({ ...step, postName: postName(post) })),
      interviews: interviews.map(({ post, ...each }) => ({ ...each, postName: postName(post) })),
      recurrences: chain,
    }
  },
})
