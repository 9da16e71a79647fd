import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, type Reader } from '#kernel/ask.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import { standOf } from '#features/obligations/index.ts'
import { orderBy, sortOf, versionOn } from './names.ts'
import { type ByKind, type HelpKind, helpKindWords, type PledgeState, pledgeStateWords } from './states.ts'

type Row = {
  id: string
  code: string
  unit: string
  unitName: Text
  need: string | null
  matchedNeed: string | null
  needTitle: string | null
  kind: HelpKind
  quantity: number
  matched: number | null
  measure: string | null
  what: string
  note: string | null
  by: Day
  byKind: ByKind
  byUnit: string | null
  byUnitName: Text | null
  partnerName: string | null
  isAdmitted: boolean
  post: string | null
  state: PledgeState
  since: Day
  on: Day
  act: string
  madeUp: boolean
}

/** Every pledge as it stood on a day. */
const pledgesOn = (on: Day) => sql`
  select p.id, upper(right(replace(p.id::text, '-', ''), 8)) as code, p.unit_id as unit,
         json_build_object('zh', v.name_zh, 'en', v.name_en) as "unitName", v.lineage, p.need_id as need, o.need_id as "matchedNeed",
         n.title as "needTitle", p.kind, p.quantity::float8 as quantity, o.quantity::float8 as matched, p.measure, p.what, s.note,
         p.deliver_by as by, p.by_kind as "byKind", p.by_unit_id as "byUnit", u.name as "byUnitName", r.name as "partnerName",
         a.on_day is not null as "isAdmitted", r.post, o.state, o.since, p.on_day as "on", o.act_id as act, j.via = 'replay' as "madeUp"
    from pledge_on(${on}::date) o
    join pledge p on p.id = o.pledge_id
    join pledge_step s on s.pledge_id = o.pledge_id and s.ordinal = o.ordinal
    join journal j on j.id = p.act_id
    join ${versionOn(sql.ref('p.unit_id'), on)} v on true
    left join lateral (select json_build_object('zh', e.name_zh, 'en', e.name_en) as name from unit_version e
                        where e.unit_id = p.by_unit_id and lower(e.valid_at) <= ${on}::date order by lower(e.valid_at) desc limit 1) u on true
    left join need n on n.id = coalesce(o.need_id, p.need_id)
    left join partner r on r.id = p.partner_id
    left join partner_admission a on a.partner_id = p.partner_id and a.on_day <= ${on}::date`

const anyone: Text = { zh: '社会公众', en: 'one of the public' }

/** Pledges with who made them. What the public wrote, and what was written to it, is only for those with a seat. */
export async function readPledges(reader: Reader, which: RawBuilder<unknown>, page = sql``) {
  const { rows } = await sql<Row>`select * from (${pledgesOn(reader.on)}) p where ${which} ${page}`.execute(reader.db)
  const isSeated = reader.actor?.kind === 'person'
  const things = rows.map(({ byUnitName, partnerName, isAdmitted, post, what, note, ...row }) => {
    const body = post === null ? undefined : bodyOf(reader, post)
    const named = partnerName !== null && isAdmitted ? { zh: partnerName, en: partnerName } : undefined
    const light = row.state === 'matched' || row.state === 'disputed' ? standOf(reader, row.by, null) : null
    return {
      ...row,
      pledger: byUnitName ?? body ?? named ?? anyone,
      what: isSeated ? what : null,
      note: isSeated ? note : null,
      kindWords: helpKindWords[row.kind],
      stateWords: pledgeStateWords[row.state],
      late: light?.light === 'red' ? light.words : null,
    }
  })
  return withAbilities(reader, 'pledge', things)
}

/** The body that a post belongs to. */
export function bodyOf({ charter }: Reader, post: string): Text | undefined {
  const body = charter.findPost(post)?.body
  return charter.text.bodies.find((each) => each.id === body)?.name
}

const pledgeColumns = {
  code: 'code',
  county: 'unitName.en',
  kind: 'kind',
  quantity: 'quantity',
  state: 'state',
  due: 'by',
  made: 'on',
} as const

/** The pledges to an area. */
export const listPledges = ask({
  name: 'pledge.list',
  title: { zh: '认捐', en: 'Pledges' },
  purpose: {
    zh: '向各县认捐的帮扶，谁认捐、走到了哪一步。公众看不到认捐人的文字说明，任何人都看不到个人姓名。',
    en: 'Help pledged to counties, by whom, and how far it has come. What was written is shown to seats only, and no person is ever named.',
  },
  access: 'public',
  input: z.object({
    unit: UnitId.optional(),
    state: z
      .enum(['going', 'made', 'matched', 'declined', 'delivered', 'disputed', 'confirmed', 'withdrawn', 'all'])
      .default('all'),
    by: z.enum(['pair', 'assistant', 'partner', 'person', 'all']).default('all'),
    search: z.string().trim().max(100).optional(),
    sort: sortOf(pledgeColumns).default('-made'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, state, by, search, sort, offset, limit }) {
    const which = sql`true
      ${state === 'all' ? sql`` : state === 'going' ? sql`and state in ('made', 'matched', 'delivered', 'disputed')` : sql`and state = ${state}`}
      ${by === 'all' ? sql`` : sql`and "byKind" = ${by}`} ${unit ? sql`and lineage @> array[${unit}]::uuid[]` : sql``}
      ${search ? sql`and strpos(lower(concat_ws(' ', code, "needTitle", "unitName" ->> 'zh', "unitName" ->> 'en', "byUnitName" ->> 'zh', "byUnitName" ->> 'en', case when "isAdmitted" then "partnerName" end)), lower(${search})) > 0` : sql``}`
    const [total, pledges] = await Promise.all([
      sql<{ n: number }>`select count(*)::int as n from (${pledgesOn(reader.on)}) p where ${which}`.execute(reader.db),
      readPledges(reader, which, sql`order by ${orderBy(pledgeColumns, sort)} limit ${limit} offset ${offset}`),
    ])
    return { total: total.rows[0]?.n ?? 0, pledges }
  },
})
