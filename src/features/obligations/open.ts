import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { openItems } from '#kernel/obligations.ts'
import { UnitId, Year } from '#kernel/words.ts'

/**
 * Opens what the charter asks for every year: one item for each unit of the programme whose seats owe it.
 * The mechanism's clock does it when a year begins; doing it again opens only what is missing.
 */
export const openCalendar = act({
  name: 'calendar.open',
  title: { zh: '开列年度应办事项', en: 'Open a year’s obligations' },
  purpose: {
    zh: '按章程把当年的定期义务落到每个单位和日期上。',
    en: 'Turns the charter’s recurring obligations into dated items, one for each unit that owes them.',
  },
  duty: 'make-overall-plans',
  automatic: true,
  input: z.object({ unit: UnitId.meta({ label: { zh: '最高一级单位', en: 'Root unit' } }), year: Year }),
  refusals: {
    'year-not-begun': {
      zh: '{year}年尚未开始。',
      en: 'The year {year} has not begun.',
      topic: { zh: '年度已开始', en: 'the year has begun' },
      remedy: { zh: '年度开始后再开列。', en: 'Open it when the year begins.' },
    },
  },
  over: (input) => input.unit,
  async facts(tx, _input, by) {
    const { rows } = await sql<{ id: string; tier: string }>`
      select v.unit_id as id, v.tier from unit_version v
       where (v.valid_at @> ${by.on}::date) is true
         and v.unit_id in (select unnest(w.lineage) from unit_designation d join unit_version w on w.unit_id = d.unit_id
                            and (w.valid_at @> ${by.on}::date) is true)`.execute(tx)
    return { programme: rows }
  },
  rule: (_facts, { year }, refuse, by) => [String(year) <= by.on.slice(0, 4) || refuse('year-not-begun', { year })],
  async effect(tx, { year }, { programme }, by) {
    let opened = 0
    for (const obligation of by.charter.obligationsOn(by.on)) {
      if (obligation.recurring?.every !== 'year') continue
      const tiers = Object.keys(by.charter.findDuty(obligation.duty, by.on)?.held_by ?? {})
      const units = programme.filter((unit) => tiers.includes(unit.tier)).map((unit) => unit.id)
      const due = `${year}-${obligation.recurring.on}`
      // A programme that begins in autumn does not owe what was due in spring.
      if (due < by.on) continue
      await openItems(tx, by, obligation, units, String(year), due)
      opened += units.length
    }
    return { opened }
  },
})
