import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { ask, type Reader } from '#kernel/ask.ts'
import { withAbilities } from '#kernel/abilities.ts'
import { UnitId } from '#kernel/words.ts'
import { described, itemColumns, type Row } from './describe.ts'
import { ladderOf } from './ladder.ts'
import { steps } from './take.ts'

export const states = ['open', 'late', 'met', 'all'] as const
type State = (typeof states)[number]

/** What a list may be ordered by: its columns' names; anything else gives the order of the days. */
const orders: Readonly<Record<string, RawBuilder<unknown>>> = {
  unit: sql`v.lineage`,
  owes: sql`v.lineage`,
  superior: sql`v.lineage`,
  matter: sql`i.obligation`,
}

/** What is owed below a unit on a day: who owes it, since when, by when, and how it stands. */
export const listObligations = ask({
  name: 'obligation.list',
  title: { zh: '应办事项', en: 'What is owed' },
  purpose: {
    zh: '某单位及其以下当日应办、逾期和已办结的事项，由谁负责、依据何条、催办到哪一步。',
    en: 'Items owed at and below a unit on a day, open, late or met; who answers, on what ground, and how far the ladder has come.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId,
    state: z.enum(states).default('open'),
    obligation: z.string().optional(),
    /** The step that the ladder has reached; `none` where none was taken. */
    step: z.enum([...steps, 'none']).optional(),
    text: z.string().trim().max(100).default(''),
    sort: z
      .string()
      .regex(/^-?[a-z]{0,20}$/)
      .default('due'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, input) {
    const { sort, offset, limit } = input
    const from = found(reader, input)
    const key = sort.replace('-', '')
    const by = key === 'reached' ? reachedOn(reader) : (orders[key] ?? sql`due_on`)
    const [total, { rows }] = await Promise.all([
      sql<{ n: number }>`select count(*)::int as n ${from}`.execute(reader.db),
      sql<Row>`select ${itemColumns(reader.on)} ${from}
        order by ${by} ${sort.startsWith('-') ? sql`desc` : sql`asc`} nulls first, due_on, i.id limit ${limit} offset ${offset}`.execute(
        reader.db,
      ),
    ])
    return {
      total: total.rows[0]?.n ?? 0,
      steps: ladderOf(reader.charter).map(({ step, title }) => ({ step, title })),
      items: await withAbilities(reader, 'obligation', await described(reader, rows)),
    }
  },
})

type Wanted = {
  readonly unit: string
  readonly state: State
  readonly obligation?: string | undefined
  readonly step?: string | undefined
  readonly text: string
}

/** Items as they were owed on a day, at and below a unit. */
export function found(reader: Reader, { unit, state, obligation, step, text }: Wanted) {
  const { on, charter } = reader
  const isOpen = sql`(i.met_on is null or i.met_on > ${on}::date)`
  const which = {
    open: isOpen,
    late: sql`${isOpen} and i.due_on < ${on}::date and obligation_due(i.id, i.due_on, ${on}::date) < ${on}::date`,
    met: sql`i.met_on <= ${on}::date`,
    all: sql`true`,
  }[state]
  const named = charter.text.obligations
    .filter(({ title }) => text !== '' && `${title.zh} ${title.en}`.toLowerCase().includes(text.toLowerCase()))
    .map(({ id }) => id)
  const like = `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  return sql`
      from obligation_item i join unit_version v on v.unit_id = i.unit_id and (v.valid_at @> ${on}::date) is true
     where v.lineage @> array[${unit}]::uuid[] and i.opened_on <= ${on}::date
       and (i.lapsed_on is null or i.lapsed_on > ${on}::date) and ${which}
       and (${obligation ?? null}::text is null or i.obligation = ${obligation ?? null})
       and ${step === undefined ? sql`true` : stepIs(reader, step)}
       and ${text === '' ? sql`true` : sql`(i.obligation = any (${named}::text[]) or v.name_zh ilike ${like} or v.name_en ilike ${like})`}`
}

/** How far the ladder of an item had come on a day, as its place; null where no step was taken. */
const reachedOn = ({ on, charter }: Reader) => sql`
  (select max(array_position(${ladderOf(charter).map((each) => each.step)}::text[], s.step)) from obligation_step s
    where s.item_id = i.id and s.on_day <= ${on}::date)`

const stepIs = (reader: Reader, step: string) =>
  step === 'none'
    ? sql`${reachedOn(reader)} is null`
    : sql`${reachedOn(reader)} = ${ladderOf(reader.charter).findIndex((each) => each.step === step) + 1}`
