import { sql } from 'kysely'
import { z } from 'zod'
import { act, type By } from '#kernel/act.ts'
import { addDays } from '#kernel/calendar.ts'
import type { Recurring } from '#kernel/charter.ts'
import type { Tx } from '#kernel/db.ts'
import { openItems } from '#kernel/obligations.ts'
import { type Day, UnitId, Year } from '#kernel/words.ts'

const MONTHS = 12

/** A month as an item's subject names it: `2018-09`. */
export const monthOf = (year: number, month: number) => `${year}-${String(month).padStart(2, '0')}`

/** What a period is called as a subject, when it begins, and by when what recurs in it is owed. */
export function periodOf({ year, month }: { readonly year: number; readonly month?: number | undefined }) {
  const subject = month === undefined ? String(year) : monthOf(year, month)
  const next = month === MONTHS ? monthOf(year + 1, 1) : monthOf(year, (month ?? 0) + 1)
  return {
    subject,
    from: month === undefined ? `${year}-01-01` : `${subject}-01`,
    dueOf: ({ every, on }: Recurring): Day => (every === 'year' ? `${year}-${on}` : `${next}-${on}`),
  }
}

type Unit = {
  readonly id: string
  readonly tier: string
  readonly isPoor: boolean
  readonly codes: readonly (string | null)[]
}

/**
 * Opens what the charter asks for every year, or every month: one item for each unit of the programme whose seats owe it.
 * The mechanism's clock does it when the year or the month begins; doing it again opens only what was never opened.
 */
export const openCalendar = act({
  name: 'calendar.open',
  title: { zh: '开列定期应办事项', en: 'Open what recurs' },
  purpose: {
    zh: '按章程把当年或当月的定期义务落到每个单位和日期上。',
    en: 'Turns what the charter asks for every year or month into dated items, one for each unit that owes them.',
  },
  duty: 'make-overall-plans',
  automatic: true,
  input: z.object({
    unit: UnitId.meta({ label: { zh: '最高一级单位', en: 'Root unit' } }),
    year: Year,
    month: z
      .int()
      .min(1)
      .max(MONTHS)
      .optional()
      .meta({ label: { zh: '月份', en: 'Month' } }),
  }),
  refusals: {
    'year-not-begun': {
      zh: '{year}年尚未开始。',
      en: 'The year {year} has not begun.',
      topic: { zh: '年度已开始', en: 'the year has begun' },
      remedy: { zh: '年度开始后再开列。', en: 'Open it when the year begins.' },
    },
    'month-not-begun': {
      zh: '{month}月尚未开始。',
      en: 'The month {month} has not begun.',
      topic: { zh: '月份已开始', en: 'the month has begun' },
      remedy: { zh: '月份开始后再开列。', en: 'Open it when the month begins.' },
    },
  },
  over: (input) => input.unit,
  facts: async (tx, _input, by) => ({ programme: await readProgramme(tx, by.on) }),
  rule: (_facts, { year, month }, refuse, by) => [
    String(year) <= by.on.slice(0, 4) || refuse('year-not-begun', { year }),
    month === undefined ||
      String(year) > by.on.slice(0, 4) ||
      monthOf(year, month) <= by.on.slice(0, 7) ||
      refuse('month-not-begun', { month: monthOf(year, month) }),
  ],
  async effect(tx, input, { programme }, by) {
    const { subject, dueOf } = periodOf(input)
    const every = input.month === undefined ? 'year' : 'month'
    let opened = 0
    for (const obligation of by.charter.obligationsOn(by.on)) {
      const { recurring } = obligation
      if (recurring?.every !== every) continue
      const due = dueOf(recurring)
      // A programme that begins in autumn does not owe what was due in spring.
      if (due < by.on) continue
      const tiers = Object.keys(by.charter.findDuty(obligation.duty, by.on)?.held_by ?? {})
      const owing = programme.filter((unit) => tiers.includes(unit.tier) && isFor(recurring, unit, by))
      const units = await neverOpened(tx, obligation.id, subject, owing)
      await openItems(tx, by, obligation, units, subject, due)
      opened += units.length
    }
    return { opened }
  },
})

/** Whether a unit is one of those for whom it recurs: as long as it is poor, where the charter says so; where a parameter speaks of it. */
const isFor = ({ applies, where }: Recurring, unit: Unit, by: By) =>
  (applies === undefined || unit.isPoor) &&
  (where === undefined || by.charter.findParameter(where, by.on, unit.codes) !== undefined)

/** The programme's units on a day: those that were designated once, and all above them, with their codes up to the root. */
async function readProgramme(tx: Tx, on: Day): Promise<readonly Unit[]> {
  const { rows } = await sql<Unit>`
    with listed as (
      select w.lineage, bool_or((d.valid_at @> ${on}::date) is true) as is_poor
        from unit_designation d join unit_version w on w.unit_id = d.unit_id and (w.valid_at @> ${on}::date) is true
       where lower(d.valid_at) <= ${on}::date
       group by w.lineage),
    programme as (select unit_id, bool_or(is_poor) as is_poor from listed, unnest(lineage) as unit_id group by unit_id)
    select v.unit_id as id, v.tier, p.is_poor as "isPoor",
           array(select a.code from unnest(v.lineage) with ordinality as above (unit_id, place)
                   join unit_version a on a.unit_id = above.unit_id and (a.valid_at @> ${on}::date) is true
                  order by above.place desc) as codes
      from programme p join unit_version v on v.unit_id = p.unit_id and (v.valid_at @> ${on}::date) is true`.execute(tx)
  return rows
}

/** Of those who owe it, the units for which it was never opened; what was met or lost its object is not opened again. */
async function neverOpened(tx: Tx, obligation: string, subject: string, owing: readonly Unit[]) {
  const { rows } = await sql<{ unit: string }>`
    select unit_id as unit from obligation_item
     where unit_id = any (${owing.map((unit) => unit.id)}::uuid[]) and obligation = ${obligation} and subject = ${subject}`.execute(
    tx,
  )
  const known = new Set(rows.map((row) => row.unit))
  return owing.map((unit) => unit.id).filter((id) => !known.has(id))
}

/** The years and months whose items are opened on a day: those that have begun and may still be met in time. */
export function periodsOn(on: Day): readonly { readonly year: number; readonly month?: number }[] {
  const [year = 0, month = 0] = on.split('-').map(Number)
  const before = addDays(`${on.slice(0, 7)}-01`, -1)
  return [{ year }, { year: Number(before.slice(0, 4)), month: Number(before.slice(5, 7)) }, { year, month }]
}
