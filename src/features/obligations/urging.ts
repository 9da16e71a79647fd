import { sql } from 'kysely'
import { z } from 'zod'
import { ask } from '#kernel/ask.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import { ladderOf } from './ladder.ts'

const ANSWERS_MAX = 60

type Below = { unit: string; zh: string; en: string; tier: string; step: string; items: number; answered: number }
type Answered = {
  item: string
  obligation: string
  unit: string
  zh: string
  en: string
  explanation: string
  promised: Day
  on: Day
  step: string
  isBroken: boolean
}

/** For a superior: what is late below, by unit and by how far the ladder has come, and what those who were urged have answered. */
export const showUrging = ask({
  name: 'obligation.urging',
  title: { zh: '督办', en: 'Urging' },
  purpose: {
    zh: '本级以下逾期的事项按单位和步骤汇总，以及被督办单位的答复。',
    en: 'What is late below a unit, by unit and step, and what those who were urged have answered.',
  },
  access: 'seated',
  input: z.object({ unit: UnitId }),
  async answer(reader, { unit }) {
    const { on, charter, db } = reader
    const ladder = ladderOf(charter)
    const order = ladder.map((each) => each.step)
    const late = sql`
      select i.id, i.obligation, v.lineage,
             coalesce((select s.step from obligation_step s where s.item_id = i.id and s.on_day <= ${on}::date
                        order by array_position(${order}::text[], s.step) desc limit 1), 'none') as step
        from obligation_item i join unit_version v on v.unit_id = i.unit_id and (v.valid_at @> ${on}::date) is true
       where v.lineage @> array[${unit}]::uuid[] and i.opened_on <= ${on}::date and i.due_on < ${on}::date
         and (i.met_on is null or i.met_on > ${on}::date) and (i.lapsed_on is null or i.lapsed_on > ${on}::date)
         and obligation_due(i.id, i.due_on, ${on}::date) < ${on}::date`
    const [below, answers] = await Promise.all([
      sql<Below>`
        with late as (${late}),
             placed as (select late.*, coalesce(lineage[array_position(lineage, ${unit}::uuid) + 1], ${unit}::uuid) as child,
                               exists (select from obligation_answer a where a.item_id = late.id and a.on_day <= ${on}::date) as is_answered
                          from late)
        select p.child as unit, c.name_zh as zh, c.name_en as en, c.tier, p.step, count(*)::int as items,
               count(*) filter (where p.is_answered)::int as answered
          from placed p join unit_version c on c.unit_id = p.child and (c.valid_at @> ${on}::date) is true
         group by 1, 2, 3, 4, 5`.execute(db),
      sql<Answered>`
        with late as (${late})
        select a.item_id as item, late.obligation, v.unit_id as unit, v.name_zh as zh, v.name_en as en, a.explanation,
               a.promised_on as promised, a.on_day as on, late.step, a.promised_on < ${on}::date as "isBroken"
          from late
          join lateral (select * from obligation_answer x where x.item_id = late.id and x.on_day <= ${on}::date
                         order by x.ordinal desc limit 1) a on true
          join unit_version v on v.unit_id = late.lineage[array_length(late.lineage, 1)] and (v.valid_at @> ${on}::date) is true
         order by a.on_day desc, a.item_id limit ${ANSWERS_MAX}`.execute(db),
    ])
    const title = (id: string): Text =>
      charter.text.obligations.find((each) => each.id === id)?.title ?? { zh: id, en: id }
    return {
      unit,
      steps: ladder.map(({ step, title: words, after_working_days, by }) => ({
        step,
        title: words,
        afterWorkingDays: after_working_days,
        by,
      })),
      units: unitsOf(below.rows, unit),
      answers: answers.rows.map(({ zh, en, ...row }) => ({
        ...row,
        name: { zh, en } satisfies Text,
        title: title(row.obligation),
        stepTitle: ladder.find((each) => each.step === row.step)?.title ?? { zh: row.step, en: row.step },
      })),
    }
  },
})

/** One line for each unit directly below (and for the unit's own), the most late first. */
function unitsOf(rows: readonly Below[], own: string) {
  const lines = new Map<
    string,
    {
      unit: string
      name: Text
      tier: string
      isOwn: boolean
      late: number
      answered: number
      steps: Record<string, number>
    }
  >()
  for (const { unit, zh, en, tier, step, items, answered } of rows) {
    const line = lines.get(unit) ?? {
      unit,
      name: { zh, en },
      tier,
      isOwn: unit === own,
      late: 0,
      answered: 0,
      steps: {},
    }
    line.late += items
    line.answered += answered
    line.steps[step] = items
    lines.set(unit, line)
  }
  return [...lines.values()].toSorted((a, b) => b.late - a.late)
}
