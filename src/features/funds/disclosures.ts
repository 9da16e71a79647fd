import { sql } from 'kysely'
import { z } from 'zod'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { type Day, UnitId, Year } from '#kernel/words.ts'
import type { AllocationContent, ReceivedContent } from './disclosing.ts'
import { FundLineId } from './lines.ts'

type Row = {
  id: string
  unit: string
  zh: string
  en: string
  aboveZh: string | null
  aboveEn: string | null
  line: string
  lineZh: string
  lineEn: string
  document: string
  year: number
  kind: 'received' | 'allocation'
  totalFen: string
  note: string | null
  on: Day
  act: string
  /** Whether a later announcement of the same stands beside it. */
  isNewest: boolean
}

/** Announcements by a day; the heaviest part, the content, only where one is shown. */
const disclosuresOn = (on: Day) => sql`
  select d.id, d.unit_id as unit, v.name_zh as zh, v.name_en as en, w.name_zh as "aboveZh", w.name_en as "aboveEn", v.lineage,
         d.line_id as line, l.name_zh as "lineZh", l.name_en as "lineEn", l.document, d.year, d.kind, d.content ->> 'totalFen' as "totalFen",
         d.note, d.on_day as "on", d.act_id as act,
         not exists (select from fund_disclosure x join journal xj on xj.id = x.act_id
                      where x.unit_id = d.unit_id and x.line_id = d.line_id and x.year = d.year and x.kind = d.kind
                        and x.on_day <= ${on}::date and xj.seq > j.seq) as "isNewest", j.seq
    from fund_disclosure d
    join journal j on j.id = d.act_id
    join fund_line l on l.id = d.line_id
   cross join lateral (select * from unit_version w where w.unit_id = d.unit_id and lower(w.valid_at) <= ${on}::date
                        order by lower(w.valid_at) desc limit 1) v
    left join unit_version w on w.unit_id = v.parent_id and (w.valid_at @> ${on}::date) is true
   where d.on_day <= ${on}::date`

const shown = ({ zh, en, aboveZh, aboveEn, lineZh, lineEn, ...row }: Row) => ({
  ...row,
  name: { zh, en },
  above: aboveZh === null || aboveEn === null ? null : { zh: aboveZh, en: aboveEn },
  lineName: { zh: lineZh, en: lineEn },
  address: `/disclosures/${row.id}`,
})

/** What was told to the public, the newest first; what was told before stays open beside it. */
export const listDisclosures = ask({
  name: 'disclosure.list',
  title: { zh: '资金项目公开', en: 'Funds and projects made public' },
  purpose: {
    zh: '各级公开的资金总量、来源、分配和项目；长期公开。',
    en: 'What each level told the public about money and projects; open for good.',
  },
  access: 'public',
  input: z.object({
    unit: UnitId.optional(),
    line: FundLineId.optional(),
    year: Year.optional(),
    kind: z.enum(['received', 'allocation', 'all']).default('all'),
    all: z.boolean().default(false),
    search: z.string().max(100).optional(),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit = null, line = null, year = null, kind, all, search = null, offset, limit }) {
    const { rows } = await sql<Row & { total: number }>`
      select d.*, count(*) over ()::int as total from (${disclosuresOn(reader.on)}) d
       where (${unit}::uuid is null or d.lineage @> array[${unit}]::uuid[]) and (${line}::uuid is null or d.line = ${line})
         and (${year}::int is null or d.year = ${year}) and (${kind} = 'all' or d.kind = ${kind}) and (${all} or d."isNewest")
         and (${search}::text is null or strpos(lower(concat(d.zh, d.en, d."lineZh", d."lineEn", d.document)), lower(${search})) > 0)
       order by d."on" desc, d.seq desc limit ${limit} offset ${offset}`.execute(reader.db)
    return { total: rows[0]?.total ?? 0, items: rows.map(({ total: _total, ...row }) => shown(bare(row))) }
  },
})

const bare = (row: Row & { lineage?: unknown; seq?: unknown }): Row => {
  const { lineage: _lineage, seq: _seq, ...rest } = row
  return rest
}

/** One announcement at its permanent address, word for word as it was made. */
export const showDisclosure = ask({
  name: 'disclosure.show',
  title: { zh: '一份资金项目公开', en: 'One announcement of funds and projects' },
  purpose: {
    zh: '总量、来源、用途、分配；项目的名称、地点、内容、期限、责任单位、金额和绩效目标。',
    en: 'Total, source, use and allocation; each project’s place, content, term, who is responsible, amount and target.',
  },
  access: 'public',
  input: z.object({ id: z.uuid() }),
  async answer(reader: Reader, { id }) {
    const [found, content, others] = await Promise.all([
      sql<Row>`select d.* from (${disclosuresOn(reader.on)}) d where d.id = ${id}`.execute(reader.db),
      sql<{
        content: ReceivedContent | AllocationContent
      }>`select content from fund_disclosure where id = ${id}`.execute(reader.db),
      sql<{ id: string; on: Day }>`
        select o.id, o.on_day as "on" from fund_disclosure d
          join fund_disclosure o on o.unit_id = d.unit_id and o.line_id = d.line_id and o.year = d.year and o.kind = d.kind and o.id <> d.id
          join journal j on j.id = o.act_id
         where d.id = ${id} and o.on_day <= ${reader.on}::date order by j.seq`.execute(reader.db),
    ])
    const [row] = found.rows
    if (!row) throw new NotFound({ zh: '没有这份公开信息。', en: 'There is no such announcement.' })
    const { kind, ...rest } = shown(bare(row))
    const told =
      kind === 'received'
        ? { kind, content: content.rows[0]?.content as ReceivedContent }
        : { kind, content: content.rows[0]?.content as AllocationContent }
    return { ...rest, ...told, others: others.rows.map((each) => ({ ...each, address: `/disclosures/${each.id}` })) }
  },
})
