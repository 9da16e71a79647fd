import { sql } from 'kysely'
import { z } from 'zod'
import { lineagesOf, withAbilities } from '#kernel/abilities.ts'
import { ask, type Reader } from '#kernel/ask.ts'
import type { Text } from '#kernel/words.ts'
import { type Day, UnitId, Year } from '#kernel/words.ts'
import { casesOn, subjectOf } from './books.ts'
import { toBasisPoints } from './proposal.ts'
import {
  type Stage,
  stageNames,
  stages,
  type State,
  standings,
  statesAt,
  type Step,
  type StepOutcome,
} from './state.ts'
import { owedBy, type Waiting, waitingFor } from './waiting.ts'

type Row = {
  unit: string
  zh: string
  en: string
  code: string | null
  year: number
  round: number
  state: State
  since: Day
  lastStep: Step
  lastOutcome: StepOutcome
  remarks: string | null
}

/** A case as the board shows it, and as acts about a case need it. */
export type BoardCase = Omit<Row, 'zh' | 'en'> & {
  readonly name: Text
  readonly above: readonly { readonly id: string; readonly name: Text }[]
  readonly root: string
  readonly stage: Stage
  readonly stateName: Text
  readonly isCommissioned: boolean
  /** The share of the year's exits that is evaluated from above, in basis points. */
  readonly share: number
  readonly waiting: Waiting | null
}

/** Every case of a year below a unit: at which step, since when, and who is waited for. */
export const exitBoard = ask({
  name: 'exit.board',
  title: { zh: '退出进展', en: 'The exits board' },
  purpose: {
    zh: '某年度退出的各县走到哪一步、停在谁那里、已等多久、何时到期。',
    en: 'The exits of a year below a unit: at which step each stands, who is waited for, since when and until when.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId,
    year: Year.optional(),
    stage: z.enum(stages).optional(),
    late: z.boolean().default(false),
    search: z.string().max(100).optional(),
    sort: z.enum(['code', 'since', 'due']).default('code'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, year = Number(reader.on.slice(0, 4)), stage, late, search, sort, offset, limit }) {
    const { on, db } = reader
    const below = sql`
      select c.unit_id as unit, v.name_zh as zh, v.name_en as en, v.code, c.exit_year as year, c.round, c.state, c.on_day as since,
             c.step as "lastStep", c.outcome as "lastOutcome", c.remarks,
             obligation_due(i.id, i.due_on, ${on}::date) as due
        from (${casesOn(on, year)}) c
        cross join lateral (select * from unit_version w where w.unit_id = c.unit_id and lower(w.valid_at) <= ${on}::date
                             order by lower(w.valid_at) desc limit 1) v
        left join (values ${owedBy}) o (state, obligation) on o.state = c.state
        left join obligation_item i on i.subject = ${subjectOf(year)} and i.unit_id = c.unit_id and i.obligation = o.obligation
              and i.opened_on <= ${on}::date and (i.met_on is null or i.met_on > ${on}::date)
              and (i.lapsed_on is null or i.lapsed_on > ${on}::date)
       where v.lineage @> array[${unit}]::uuid[]
         and (${search ?? null}::text is null or strpos(v.name_zh || lower(v.name_en) || coalesce(v.code, ''), lower(${search ?? null})) > 0)`
    const wanted = sql`
        from (${below}) b
       where (${stage === undefined} or b.state = any (${stage === undefined ? [] : statesAt(stage)}::text[]))
         and (not ${late} or b.due < ${on}::date)`
    const order = { code: sql`b.code nulls last`, since: sql`b.since, b.code`, due: sql`b.due nulls last, b.code` }[
      sort
    ]
    const [counts, { rows }] = await Promise.all([
      sql<{ state: State; n: number; late: number }>`
        select state, count(*)::int as n, (count(*) filter (where due < ${on}::date))::int as late from (${below}) b group by state`.execute(
        db,
      ),
      sql<Row & { total: number }>`select b.*, count(*) over ()::int as total ${wanted}
        order by ${order}, b.unit limit ${limit} offset ${offset}`.execute(db),
    ])
    const items = await withAbilities(reader, 'exit', await boardCases(reader, rows))
    return {
      year,
      total: rows[0]?.total ?? 0,
      stages: stages.map((each) => ({ stage: each, name: stageNames[each], ...countAt(each, counts.rows) })),
      items,
    }
  },
})

const countAt = (stage: Stage, rows: readonly { state: State; n: number; late: number }[]) => {
  const here = rows.filter((row) => standings[row.state].stage === stage)
  return { cases: here.reduce((sum, row) => sum + row.n, 0), late: here.reduce((sum, row) => sum + row.late, 0) }
}

/** Adds to each case its words, the law that applies to it, and who it waits for. */
export async function boardCases(reader: Reader, rows: readonly Row[]): Promise<readonly BoardCase[]> {
  const [lineages, waiting] = await Promise.all([
    lineagesOf(
      reader.db,
      rows.map((row) => row.unit),
      reader.on,
    ),
    waitingFor(reader, rows),
  ])
  return rows.map(({ unit, zh, en, code, year, round, state, since, lastStep, lastOutcome, remarks }, at) => {
    const lineage = lineages.get(unit) ?? []
    const valueOf = (id: string) =>
      reader.charter.getParameter(
        id,
        `${year}-12-31`,
        lineage.map((each) => each.code),
      ).value
    return {
      unit,
      code,
      year,
      round,
      state,
      since,
      lastStep,
      lastOutcome,
      remarks,
      name: { zh, en },
      above: lineage.slice(1, -1).map(({ id, name }) => ({ id, name })),
      root: lineage.at(-1)?.id ?? unit,
      stage: standings[state].stage,
      stateName: standings[state].name,
      isCommissioned: valueOf('exit_evaluation_by_province') === 1,
      share: toBasisPoints(valueOf('exit_evaluation_share')),
      waiting: waiting[at] ?? null,
    }
  })
}
