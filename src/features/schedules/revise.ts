import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Reason, UnitId, Year } from '#kernel/words.ts'
import { Milestones } from './books.ts'
import { readScheduleFacts, sharedRefusals, sharedRule } from './rules.ts'

/** A county revises its schedule with a reason. What was consented to before counts until the new version is. */
export const reviseSchedule = act({
  name: 'schedule.revise',
  title: { zh: '调整进度安排', en: 'Revise the schedule' },
  purpose: {
    zh: '说明理由，提出新一版进度安排；上一级同意之前，原已同意的版本仍然有效。',
    en: 'Puts up a new version with a reason; until the level above consents, what was consented to before still counts.',
  },
  duty: 'set-schedule',
  input: z.object({
    unit: UnitId,
    exitYear: Year.meta({ label: { zh: '退出年度', en: 'Year of exit' }, widget: 'year' }),
    milestones: Milestones,
    reason: Reason,
  }),
  refusals: {
    ...sharedRefusals,
    'nothing-to-revise': {
      zh: '{unit}还没有进度安排可以调整。',
      en: '{unit} has no schedule to revise yet.',
      topic: { zh: '已有进度安排', en: 'a schedule exists' },
      remedy: { zh: '先制定进度安排。', en: 'Set it first.' },
    },
  },
  about: {
    kind: 'schedule',
    offered: (schedule: { version: number | null; poor: boolean }) => schedule.poor && schedule.version !== null,
    input: (schedule: { unit: string; exitYear: number; milestones: unknown }) => ({
      unit: schedule.unit,
      exitYear: schedule.exitYear,
      milestones: schedule.milestones,
    }),
  },
  over: (input) => input.unit,
  facts: (tx, { unit }, by) => readScheduleFacts(tx, unit, by),
  rule: (facts, input, refuse, by) => [
    ...sharedRule(facts, input, refuse, by),
    facts.versions.length > 0 || refuse('nothing-to-revise', { unit: by.lineage[0].name }),
  ],
  async effect(tx, { unit, exitYear, milestones, reason }, { versions }, by) {
    const version = (versions[0]?.version ?? 0) + 1
    await tx
      .insertInto('schedule_version')
      .values({
        unit_id: unit,
        version,
        exit_year: exitYear,
        milestones: JSON.stringify(milestones),
        reason,
        on_day: by.on,
        act_id: by.act,
      })
      .execute()
    return { unit, version }
  },
  subject: () => 'schedule',
})
