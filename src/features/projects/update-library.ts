import { sql } from 'kysely'
import { z } from 'zod'
import { act, type By } from '#kernel/act.ts'
import { isDesignated } from '#kernel/programme.ts'
import { type Day, Fen, Reason, UnitId } from '#kernel/words.ts'
import type {} from './major-tables.ts'
import { ProjectId } from './batch.ts'
import { ProjectKind } from './kinds.ts'

const NEEDS_MAX = 500
const ENTRIES_MAX = 2000
const MONTHS_PER_YEAR = 12
/** The obligation that the update meets; from its due day the time in which it may be made is counted back. */
export const updateObligation = 'update-library'

/** Once a year, in its last quarter, a poor county says what the next year needs and which entries cannot go ahead. */
export const updateLibrary = act({
  name: 'library.update',
  title: { zh: '项目库动态调整', en: 'Update the project library' },
  purpose: {
    zh: '每年第四季度，县摸清下年度需求，并列明库内不能实施的项目及原因。',
    en: 'In the fourth quarter of each year the county states the needs surveyed for the next, and which entries cannot go ahead and why.',
  },
  duty: 'keep-project-library',
  parameters: ['library_update_months'],
  input: z.object({
    unit: UnitId.meta({ label: { zh: '县', en: 'County' } }),
    needs: z
      .array(
        z.strictObject({
          kind: ProjectKind,
          need: z
            .string()
            .trim()
            .min(2)
            .max(500)
            .meta({ label: { zh: '需求', en: 'Need' }, widget: 'prose' }),
          amount: Fen.optional(),
        }),
      )
      .min(1)
      .max(NEEDS_MAX)
      .meta({ label: { zh: '下年度需求', en: 'Needs of the next year' } }),
    unready: z
      .array(
        z.strictObject({
          project: ProjectId.meta({
            label: { zh: '库内项目', en: 'Entry' },
            widget: 'reference',
            finds: 'find.projects',
          }),
          reason: Reason,
        }),
      )
      .max(ENTRIES_MAX)
      .default([])
      .meta({ label: { zh: '不能实施的项目', en: 'Entries that cannot go ahead' } }),
  }),
  refusals: {
    'not-a-poor-county': {
      zh: '{unit}未列入贫困县名单。',
      en: '{unit} is not on the list of poor counties.',
      topic: { zh: '列入贫困县名单', en: 'the county is on the list' },
    },
    'not-the-season': {
      zh: '{year}年的动态调整在{from}至{due}进行。',
      en: 'The update of {year} is made from {from} to {due}.',
      topic: { zh: '在规定的季度内', en: 'it is the season for it' },
      remedy: { zh: '到期再办。', en: 'Come back then.' },
      cites: 'parameter:library_update_months',
    },
    'updated-already': {
      zh: '{year}年的动态调整已于{on}完成。',
      en: 'The update of {year} was made on {on}.',
      topic: { zh: '当年尚未调整', en: 'this year’s is not made yet' },
      cites: 'obligation:update-library',
    },
    'not-an-entry': {
      zh: '有{count}个项目不在本县项目库内。',
      en: '{count} of the projects are no entries of this county’s library.',
      topic: { zh: '都是库内项目', en: 'every project named is an entry' },
      remedy: {
        zh: '只列本县已入库、未撤回、未完成的项目。',
        en: 'Name only entries that were admitted, and are neither withdrawn nor done.',
      },
    },
    'entry-twice': {
      zh: '同一项目列了两次。',
      en: 'A project is named twice.',
      topic: { zh: '项目不重复', en: 'each entry once' },
    },
  },
  then: [
    {
      zh: '不能实施的项目逐个说明理由撤回，退出项目库。',
      en: 'Entries that cannot go ahead are withdrawn one by one, and leave the library.',
    },
  ],
  about: {
    kind: 'library',
    offered: (library: { mayUpdate: boolean }) => library.mayUpdate,
    input: (library: { unit: string }) => ({ unit: library.unit }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, unready }, by) {
    const year = Number(by.on.slice(0, 4))
    const named = [...new Set(unready.map((each) => each.project))]
    const [isPoor, last, { rows }] = await Promise.all([
      isDesignated(tx, unit, by.on),
      tx
        .selectFrom('library_update')
        .select('on_day')
        .where('unit_id', '=', unit)
        .where('year', '=', year)
        .executeTakeFirst(),
      sql<{ entries: number }>`
        select count(*)::int as entries from project_at('infinity') p join project_admission a on a.project_id = p.id
          join lateral (select state from project_step s where s.project_id = p.id order by s.ordinal desc limit 1) s
               on s.state in ('admitted', 'assigned', 'started')
         where p.id = any (${named}::uuid[]) and p.unit_id = ${unit}`.execute(tx),
    ])
    return { isPoor, last: last?.on_day, strangers: named.length - (rows[0]?.entries ?? 0) }
  },
  rule({ isPoor, last, strangers }, { unready }, refuse, by) {
    const { from, due } = seasonOf(by)
    const year = by.on.slice(0, 4)
    return [
      isPoor || refuse('not-a-poor-county', { unit: by.lineage[0].name }),
      (from <= by.on && by.on <= due) || refuse('not-the-season', { year, from, due }),
      last === undefined || refuse('updated-already', { year, on: last }),
      strangers === 0 || refuse('not-an-entry', { count: strangers }),
      new Set(unready.map((each) => each.project)).size === unready.length || refuse('entry-twice'),
    ]
  },
  async effect(tx, { unit, needs, unready }, _facts, by) {
    const year = Number(by.on.slice(0, 4))
    await tx.insertInto('library_update').values({ unit_id: unit, year, on_day: by.on, act_id: by.act }).execute()
    await sql`insert into library_need (unit_id, year, n, kind, need, amount_fen, act_id)
      select ${unit}, ${year}, n, kind, need, amount, ${by.act}
        from unnest(${needs.map((each) => each.kind)}::text[], ${needs.map((each) => each.need)}::text[],
                    ${needs.map((each) => each.amount?.toString() ?? null)}::bigint[]) with ordinality as s (kind, need, amount, n)`.execute(
      tx,
    )
    await sql`insert into library_unready (unit_id, year, project_id, reason, act_id)
      select ${unit}, ${year}, project, reason, ${by.act}
        from unnest(${unready.map((each) => each.project)}::uuid[], ${unready.map((each) => each.reason)}::text[]) as s (project, reason)`.execute(
      tx,
    )
    return { year, needs: needs.length, unready: unready.length }
  },
  subject: (_input, result) => String(result.year),
})

/** From when to when this year's update is made: so many months, the last of them the one in which it is due. */
export function seasonOf({ charter, on, parameter }: Pick<By, 'charter' | 'on' | 'parameter'>): {
  from: Day
  due: Day
} {
  const obligation = charter.text.obligations.find((each) => each.id === updateObligation)
  const dueOn = obligation?.recurring?.on ?? `${MONTHS_PER_YEAR}-31`
  const first = Number(dueOn.slice(0, 2)) - parameter('library_update_months').value + 1
  return {
    from: `${on.slice(0, 4)}-${String(Math.max(1, first)).padStart(2, '0')}-01`,
    due: `${on.slice(0, 4)}-${dueOn}`,
  }
}
