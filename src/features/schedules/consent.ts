import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Decision, decisionRefusals, decisionRule, isWaiting, readVersions } from './decide.ts'

/** The level above consents to the newest version of a county's schedule: from that day it counts. */
export const consentToSchedule = act({
  name: 'schedule.consent',
  title: { zh: '同意进度安排', en: 'Consent to a schedule' },
  purpose: {
    zh: '确认县的退出年度和节点可行，从当日起生效。',
    en: 'Finds the county’s year and milestones sound; from that day they count.',
  },
  duty: 'see-poor-counties-out',
  input: z.object(Decision),
  refusals: decisionRefusals,
  about: {
    kind: 'schedule',
    offered: isWaiting,
    input: (schedule: { unit: string; version: number }) => ({ unit: schedule.unit, version: schedule.version }),
  },
  over: (input) => input.unit,
  facts: (tx, { unit }) => readVersions(tx, unit),
  rule: (versions, { version }, refuse, by) => decisionRule(versions, version, refuse, by),
  async effect(tx, { unit, version }, _versions, by) {
    await tx
      .insertInto('schedule_decision')
      .values({ unit_id: unit, version, outcome: 'consent', reason: null, on_day: by.on, act_id: by.act })
      .execute()
    return { unit, version }
  },
  subject: () => 'schedule',
})
