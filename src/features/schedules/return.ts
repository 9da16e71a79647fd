import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Reason } from '#kernel/words.ts'
import { Decision, decisionRefusals, decisionRule, isWaiting, readVersions } from './decide.ts'

/** The level above returns the newest version of a county's schedule, and says why. The county revises it. */
export const returnSchedule = act({
  name: 'schedule.return',
  title: { zh: '退回进度安排', en: 'Return a schedule' },
  purpose: { zh: '说明理由，退回县里调整。', en: 'Returns it to the county with a reason, to be revised.' },
  duty: 'see-poor-counties-out',
  input: z.object({ ...Decision, reason: Reason }),
  refusals: decisionRefusals,
  about: {
    kind: 'schedule',
    offered: isWaiting,
    input: (schedule: { unit: string; version: number }) => ({ unit: schedule.unit, version: schedule.version }),
  },
  over: (input) => input.unit,
  facts: (tx, { unit }) => readVersions(tx, unit),
  rule: (versions, { version }, refuse, by) => decisionRule(versions, version, refuse, by),
  async effect(tx, { unit, version, reason }, _versions, by) {
    await tx
      .insertInto('schedule_decision')
      .values({ unit_id: unit, version, outcome: 'return', reason, on_day: by.on, act_id: by.act })
      .execute()
    return { unit, version }
  },
  subject: () => 'schedule',
})
