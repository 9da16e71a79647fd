import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId, Year } from '#kernel/words.ts'
import { Milestones } from './books.ts'
import { readScheduleFacts, sharedRefusals, sharedRule } from './rules.ts'

/** A poor county sets its schedule. It counts once the level above consents; it is changed by `schedule.revise`. */
export const setSchedule = act({
  name: 'schedule.set',
  title: { zh: '制定进度安排', en: 'Set the schedule' },
  purpose: {
    zh: '贫困县结合实际确定退出年度和各节点，报上一级审核同意后生效。',
    en: 'A poor county sets its year of exit and its milestones; they count once the level above consents.',
  },
  duty: 'set-schedule',
  input: z.object({
    unit: UnitId,
    exitYear: Year.meta({ label: { zh: '退出年度', en: 'Year of exit' }, widget: 'year' }),
    milestones: Milestones,
  }),
  refusals: {
    ...sharedRefusals,
    'already-set': {
      zh: '{on}已经报过进度安排（第{version}版）。',
      en: 'A schedule was set on {on} (version {version}).',
      topic: { zh: '尚未制定', en: 'not set yet' },
      remedy: { zh: '用“调整进度安排”并说明理由。', en: 'Revise it, with a reason.' },
    },
  },
  then: [
    {
      zh: '上一级在限期内同意，或说明理由退回。',
      en: 'The level above consents in time, or returns it with a reason.',
    },
    { zh: '同意后生效；按此年度申请退出。', en: 'Once consented to it counts: the county proposes its exit by it.' },
  ],
  about: {
    kind: 'schedule',
    offered: (schedule: { version: number | null; poor: boolean }) => schedule.poor && schedule.version === null,
    input: (schedule: { unit: string }) => ({ unit: schedule.unit }),
  },
  over: (input) => input.unit,
  facts: (tx, { unit }, by) => readScheduleFacts(tx, unit, by),
  rule(facts, input, refuse, by) {
    const [newest] = facts.versions
    return [
      ...sharedRule(facts, input, refuse, by),
      newest === undefined || refuse('already-set', { on: newest.on, version: newest.version }),
    ]
  },
  async effect(tx, { unit, exitYear, milestones }, _facts, by) {
    await tx
      .insertInto('schedule_version')
      .values({
        unit_id: unit,
        version: 1,
        exit_year: exitYear,
        milestones: JSON.stringify(milestones),
        reason: null,
        on_day: by.on,
        act_id: by.act,
      })
      .execute()
    return { unit, version: 1 }
  },
  subject: () => 'schedule',
})
