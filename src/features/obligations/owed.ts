import { sql } from 'kysely'
import { z } from 'zod'
import type { By, Line, RefusalText, Refuse } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { findLineage, type UnitFacts } from '#kernel/standing.ts'
import type { Day, Text } from '#kernel/words.ts'
import { bearerOf, type LadderStep, superiorOf, takerOf } from './ladder.ts'

export const ItemId = z
  .uuid()
  .meta({ label: { zh: '应办事项', en: 'What is owed' }, widget: 'reference', finds: 'find.obligations' })

/** One thing that is owed, as an act about it finds it. */
export type Owed = {
  readonly id: string
  readonly obligation: string
  readonly title: Text
  readonly subject: string
  readonly unit: UnitFacts
  readonly bearer: UnitFacts
  readonly superior: UnitFacts
  readonly superiorOfSuperior: UnitFacts
  readonly openedOn: Day
  readonly firstDueOn: Day
  /** By when it is owed now, after all that it was put off. */
  readonly dueOn: Day
  readonly isSettled: boolean
  readonly settledOn: Day | null
  readonly taken: readonly { readonly step: LadderStep; readonly on: Day }[]
  readonly extensions: number
  readonly answers: number
}

type Row = {
  obligation: string
  duty: string
  unit: string
  subject: string
  opened_on: Day
  first_due_on: Day
  due_on: Day
  settled_on: Day | null
  taken: Owed['taken'] | null
  extensions: number
  answers: number
}

/** Reads an item with its ladder so far; undefined if there is none, or none of it was owed by the day of the deed. */
export async function findOwed(tx: Tx, id: string, by: By): Promise<Owed | undefined> {
  const { rows } = await sql<Row>`
    select i.obligation, i.duty, i.unit_id as unit, i.subject, i.opened_on, i.due_on as first_due_on,
           obligation_due(i.id, i.due_on, 'infinity') as due_on, coalesce(i.met_on, i.lapsed_on) as settled_on,
           (select json_agg(json_build_object('step', s.step, 'on', s.on_day)) from obligation_step s where s.item_id = i.id) as taken,
           (select count(*)::int from obligation_extension x where x.item_id = i.id) as extensions,
           (select count(*)::int from obligation_answer a where a.item_id = i.id) as answers
      from obligation_item i where i.id = ${id} and i.opened_on <= ${by.on}::date`.execute(tx)
  const [row] = rows
  const lineage = row && (await findLineage(tx, row.unit, by.on))
  if (!row || !lineage) return undefined
  const { charter } = by
  const bearer = bearerOf(charter, row.duty, lineage, by.on)
  return {
    id,
    obligation: row.obligation,
    title: charter.text.obligations.find((each) => each.id === row.obligation)?.title ?? {
      zh: row.obligation,
      en: row.obligation,
    },
    subject: row.subject,
    unit: lineage[0],
    bearer,
    superior: superiorOf(charter, lineage, bearer),
    superiorOfSuperior: takerOf(charter, { by: 'superior-of-superior' }, lineage, bearer) ?? bearer,
    openedOn: row.opened_on,
    firstDueOn: row.first_due_on,
    dueOn: row.due_on,
    isSettled: row.settled_on !== null,
    settledOn: row.settled_on,
    taken: row.taken ?? [],
    extensions: row.extensions,
    answers: row.answers,
  }
}

export const owedRefusals = {
  'no-such-item': {
    zh: '没有这项应办事项。',
    en: 'There is no such obligation.',
    remedy: { zh: '从应办事项列表中选择。', en: 'Choose it from the list of what is owed.' },
  },
  'no-longer-owed': {
    zh: '“{title}”已于{day}办结或失去对象。',
    en: '«{title}» was met or lost its object on {day}.',
    topic: { zh: '仍应办理', en: 'it is still owed' },
    notJudgedWith: ['no-such-item'],
    remedy: { zh: '无须再办。', en: 'Nothing more is to be done about it.' },
  },
} as const satisfies Record<string, RefusalText>

/** What every act about an item asks first. */
export const isOwed = (
  owed: Owed | undefined,
  refuse: Refuse<keyof typeof owedRefusals>,
): Line<keyof typeof owedRefusals>[] => [
  owed !== undefined || refuse('no-such-item'),
  !owed?.isSettled || refuse('no-longer-owed', { title: owed.title, day: owed.settledOn }),
]
