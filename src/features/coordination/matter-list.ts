import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, type Reader } from '#kernel/ask.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import { type MatterState, stateWords } from './states.ts'
import { waitsFor } from './who.ts'

type Row = {
  id: string
  unit: string
  unit_zh: string
  unit_en: string
  kind: 'raised' | 'joint'
  title: string
  concerns: string
  wished: Day | null
  raisedOn: Day
  act: string
  madeUp: boolean
  state: MatterState
  ownerUnit: string | null
  ownerPost: string | null
  since: Day
  due: Day | null
  steps: number
}

/** The obligation under which each state is waited for. */
const awaited = sql`case s.state when 'open' then 'handle-matter' when 'returned' then 'complete-matter' when 'settled' then 'answer-settlement' end`

/** Every matter as it stood on a day, with who had it then and until when. */
export const mattersOn = (on: Day) => sql`
  select m.id, m.unit_id as unit, v.name_zh as unit_zh, v.name_en as unit_en, v.lineage, m.kind, m.title, m.concerns,
         m.wished_on as wished, m.on_day as "raisedOn", m.act_id as act, j.via = 'replay' as "madeUp", s.state, s.owner_unit_id as "ownerUnit",
         s.owner_post as "ownerPost", s.on_day as since, s.ordinal as steps,
         (select i.due_on from obligation_item i where i.subject = m.id::text and i.unit_id = s.owner_unit_id
             and i.obligation = ${awaited} and i.opened_on <= ${on}::date
           order by i.opened_on desc, i.id desc limit 1) as due
    from matter m
    join journal j on j.id = m.act_id
    join lateral (select * from matter_step s where s.matter_id = m.id and s.on_day <= ${on}::date order by s.ordinal desc limit 1) s on true
    join lateral (
      select name_zh, name_en, lineage from unit_version w where w.unit_id = m.unit_id and lower(w.valid_at) <= ${on}::date
       order by lower(w.valid_at) desc limit 1) v on true
   where m.on_day <= ${on}::date`

/** Matters with their words, who they wait for by name, and what may be done about them. */
export async function readMatters(reader: Reader, which: RawBuilder<unknown>, page = sql``) {
  const { rows } = await sql<Row>`select * from (${mattersOn(reader.on)}) m where ${which} ${page}`.execute(reader.db)
  const waiting = rows.filter((row) => row.ownerUnit !== null)
  const waits = await waitsFor(
    reader,
    waiting.map(({ state, ownerUnit, ownerPost, since, due }) => ({
      duty: state === 'open' ? 'handle-matters' : 'raise-matters',
      unit: ownerUnit ?? '',
      post: ownerPost ?? undefined,
      since,
      due,
    })),
  )
  const who = new Map(waiting.map((row, at) => [row.id, waits[at] ?? null]))
  const things = rows.map(({ unit_zh, unit_en, ownerUnit, ownerPost, ...row }) => ({
    ...row,
    unitName: { zh: unit_zh, en: unit_en } satisfies Text,
    stateWords: stateWords[row.state],
    dutyTitle: reader.charter.findDuty(row.concerns, reader.on)?.title ?? { zh: row.concerns, en: row.concerns },
    owner: ownerUnit !== null && ownerPost !== null ? { unit: ownerUnit, post: ownerPost } : null,
    waits: who.get(row.id) ?? null,
  }))
  return withAbilities(reader, 'matter', things)
}

/** The matters of an area, searched, sorted, page by page. */
export const listMatters = ask({
  name: 'matter.list',
  title: { zh: '协调事项', en: 'Matters' },
  purpose: {
    zh: '提请协调和跨单位协调的事项：谁提出、在谁手里、到哪一天。',
    en: 'Matters raised upward and matters among units: who raised them, with whom they are, until when.',
  },
  access: 'seated',
  input: z.object({
    /** Raised at or below this unit, or with it now. */
    unit: UnitId.optional(),
    state: z.enum(['going', 'open', 'returned', 'settled', 'closed', 'withdrawn', 'all']).default('going'),
    /** Only what is with this very unit now. */
    here: z.boolean().default(false),
    search: z.string().trim().max(100).optional(),
    sort: z.enum(['newest', 'oldest', 'due', 'title']).default('newest'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, state, here, search, sort, offset, limit }) {
    const which = sql`true
      ${state === 'all' ? sql`` : state === 'going' ? sql`and state in ('open', 'returned', 'settled')` : sql`and state = ${state}`}
      ${unit ? sql`and (${here ? sql`"ownerUnit" = ${unit}` : sql`lineage @> array[${unit}]::uuid[] or "ownerUnit" = ${unit}`})` : sql``}
      ${search ? sql`and strpos(lower(title || ' ' || unit_zh || ' ' || unit_en), lower(${search})) > 0` : sql``}`
    const order = {
      newest: sql`"raisedOn" desc, id desc`,
      oldest: sql`"raisedOn", id`,
      due: sql`due nulls last, id`,
      title: sql`title, id`,
    }[sort]
    const [total, matters] = await Promise.all([
      sql<{ n: number }>`select count(*)::int as n from (${mattersOn(reader.on)}) m where ${which}`.execute(reader.db),
      readMatters(reader, which, sql`order by ${order} limit ${limit} offset ${offset}`),
    ])
    const desk = reader.actor?.kind === 'person' ? [{ unit: reader.actor.seat.unit }] : []
    return {
      total: total.rows[0]?.n ?? 0,
      matters,
      /** What the asker's own unit may begin. */
      can: (await withAbilities(reader, 'matter-desk', desk)).flatMap((each) => each.can),
    }
  },
})
