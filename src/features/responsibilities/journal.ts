import { sql } from 'kysely'
import { z } from 'zod'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import type { Told } from '#kernel/outcome.ts'
import { Day, DutyId, PersonId, type Text, UnitId } from '#kernel/words.ts'
import { ground, postWords } from './held.ts'

type Row = {
  id: string
  seq: bigint
  act: string
  duty: string
  charter_version: string
  actor_kind: 'person' | 'public' | 'mechanism'
  ground: string
  person_id: string | null
  person_zh: string | null
  person_en: string | null
  person_made_up: boolean | null
  principal_id: string | null
  principal_zh: string | null
  principal_en: string | null
  principal_made_up: boolean | null
  seat_unit_id: string | null
  seat_post: string | null
  seat_zh: string | null
  seat_en: string | null
  unit_id: string
  unit_zh: string | null
  unit_en: string | null
  done_at: Date
  done_on: Day
  recorded_at: Date
  outcome: 'done' | 'refused'
  detail: { readonly result?: unknown; readonly refusals?: readonly Told[] }
  via: string
}

/** A unit's name as it was on the day of the entry. */
const nameThen = (unit: string, day: string) =>
  sql.raw(
    `left join lateral (select name_zh, name_en from unit_version w where w.unit_id = ${unit} and lower(w.valid_at) <= ${day} order by lower(w.valid_at) desc limit 1)`,
  )

const entries = sql`
  select j.id, j.seq, j.act, j.duty, j.charter_version, j.actor_kind, j.ground, j.person_id, j.principal_id, j.seat_unit_id, j.seat_post,
         j.unit_id, j.done_at, j.done_on, j.recorded_at, j.outcome, j.detail, j.via,
         p.name_zh as person_zh, p.name_en as person_en, p.made_up as person_made_up,
         q.name_zh as principal_zh, q.name_en as principal_en, q.made_up as principal_made_up,
         s.name_zh as seat_zh, s.name_en as seat_en, u.name_zh as unit_zh, u.name_en as unit_en
    from journal j
    left join person p on p.id = j.person_id
    left join person q on q.id = j.principal_id
    ${nameThen('j.seat_unit_id', 'j.done_on')} s on true
    ${nameThen('j.unit_id', 'j.done_on')} u on true`

const personOf = (id: string | null, zh: string | null, en: string | null, madeUp: boolean | null) =>
  id === null ? null : { id, name: { zh: zh ?? '—', en: en ?? '—' } satisfies Text, madeUp: madeUp ?? false }

function told({ acts, charter }: Reader, row: Row) {
  const duty = charter.of(row.charter_version).duties.find((each) => each.id === row.duty)
  return {
    id: row.id,
    cursor: row.seq.toString(),
    act: row.act,
    title: acts.find((act) => act.name === row.act)?.title ?? { zh: row.act, en: row.act },
    duty: { id: row.duty, title: duty?.title ?? { zh: row.duty, en: row.duty } },
    version: row.charter_version,
    kind: row.actor_kind,
    ground: row.ground,
    person: personOf(row.person_id, row.person_zh, row.person_en, row.person_made_up),
    principal: personOf(row.principal_id, row.principal_zh, row.principal_en, row.principal_made_up),
    seat:
      row.seat_unit_id === null
        ? null
        : {
            unit: { id: row.seat_unit_id, name: { zh: row.seat_zh ?? '—', en: row.seat_en ?? '—' } },
            post: postWords(charter, row.seat_post ?? ''),
          },
    unit: { id: row.unit_id, name: { zh: row.unit_zh ?? '—', en: row.unit_en ?? '—' } },
    doneOn: row.done_on,
    doneAt: row.done_at.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
    outcome: row.outcome,
    refusals: row.detail.refusals ?? [],
    via: row.via,
  }
}

/** Who did what: by unit, person, duty, act and days, the newest first. */
export const searchJournal = ask({
  name: 'journal.search',
  title: { zh: '日志', en: 'The journal' },
  purpose: {
    zh: '按单位（含下级）、人员、职责、事项、日期查办理记录；办理时间与记录时间并列，办成与未予办理都在。',
    en: 'Entries by unit (and below), person, duty, act and days; when it was done and when it was recorded; done and refused.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId.optional(),
    below: z.boolean().default(true),
    by: UnitId.optional().meta({ label: { zh: '经办单位', en: 'Acting unit' } }),
    person: PersonId.optional(),
    duty: DutyId.optional(),
    act: z.string().max(80).optional(),
    from: Day.optional(),
    to: Day.optional(),
    outcome: z.enum(['done', 'refused', 'all']).default('all'),
    after: z
      .string()
      .regex(/^\d{1,19}$/)
      .optional()
      .meta({ label: { zh: '从此条之前', en: 'Older than this entry' } }),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, below, by, person, duty, act, from, to, outcome, after, limit }) {
    const last = to !== undefined && to < reader.on ? to : reader.on
    const conditions = [
      sql`j.done_on <= ${last}::date`,
      ...(from === undefined ? [] : [sql`j.done_on >= ${from}::date`]),
      ...(unit === undefined ? [] : [below ? atOrBelow(unit) : sql`j.unit_id = ${unit}`]),
      ...(by === undefined ? [] : [sql`j.seat_unit_id = ${by}`]),
      ...(person === undefined ? [] : [sql`(j.person_id = ${person} or j.principal_id = ${person})`]),
      ...(duty === undefined ? [] : [sql`j.duty = ${duty}`]),
      ...(act === undefined ? [] : [sql`j.act = ${act}`]),
      ...(outcome === 'all' ? [] : [sql`j.outcome = ${outcome}`]),
      ...(after === undefined ? [] : [sql`j.seq < ${after}::bigint`]),
    ]
    const { rows } =
      await sql<Row>`${entries} where ${sql.join(conditions, sql` and `)} order by j.seq desc limit ${limit + 1}`.execute(
        reader.db,
      )
    const shown = rows.slice(0, limit)
    return {
      entries: shown.map((row) => told(reader, row)),
      next: rows.length > limit ? (shown.at(-1)?.seq.toString() ?? null) : null,
    }
  },
})

/** Entries over a unit and all that ever lay below it. */
const atOrBelow = (unit: string) =>
  sql`j.unit_id in (select w.unit_id from unit_version w where w.lineage @> array[${unit}]::uuid[])`

/** One entry with all that it holds, and the obligations that it opened and met. */
export const showEntry = ask({
  name: 'journal.show',
  title: { zh: '一条办理记录', en: 'One entry of the journal' },
  purpose: {
    zh: '谁以什么职务、依哪一条、对哪个单位、填了什么、结果如何；由此产生和办结的事项。',
    en: 'Who, in which seat, under which clause, over which unit, with what input and outcome; what it obliged others to and what it met.',
  },
  access: 'seated',
  input: z.object({ id: z.uuid() }),
  async answer(reader, { id }) {
    const { db, charter, on } = reader
    const { rows } = await sql<Row>`${entries} where j.id = ${id} and j.done_on <= ${on}::date`.execute(db)
    const [row] = rows
    if (!row) throw new NotFound({ zh: '没有这条记录。', en: 'There is no such entry.' })
    const duty = charter.of(row.charter_version).duties.find((each) => each.id === row.duty)
    const [kept, items] = await Promise.all([
      db.selectFrom('journal').select(['input']).where('id', '=', id).executeTakeFirst(),
      sql<{
        id: string
        obligation: string
        unit_id: string
        zh: string
        en: string
        due_on: Day
        how: 'opened' | 'met' | 'lapsed'
      }>`
        select i.id, i.obligation, i.unit_id, v.name_zh as zh, v.name_en as en, i.due_on,
               case when i.opened_by = ${id} then 'opened' when i.met_by = ${id} then 'met' else 'lapsed' end as how
          from obligation_item i
          join lateral (select name_zh, name_en from unit_version w where w.unit_id = i.unit_id order by lower(w.valid_at) desc limit 1) v on true
         where i.opened_by = ${id} or i.met_by = ${id} or i.lapsed_by = ${id} order by i.due_on limit 200`.execute(db),
    ])
    return {
      ...told(reader, row),
      clause: duty ? { quote: duty.quote, ...ground(charter, duty) } : null,
      input: kept?.input ?? {},
      result: row.detail.result ?? null,
      obligations: items.rows.map(({ zh, en, unit_id, ...item }) => ({
        ...item,
        unit: { id: unit_id, name: { zh, en } },
        title: charter.text.obligations.find((each) => each.id === item.obligation)?.title ?? {
          zh: item.obligation,
          en: item.obligation,
        },
      })),
    }
  },
})
