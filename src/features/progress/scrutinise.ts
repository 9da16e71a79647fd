import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { standingOf } from './heir.ts'
import { decide, mayBeScrutinised, scrutinyFacts, scrutinyInput, scrutinyRefusals } from './scrutiny.ts'

/** The level above has looked through a report field by field and passes it; what it remarks stays beside the fields. */
export const scrutiniseReport = act({
  name: 'progress.scrutinise',
  title: { zh: '审核通过报告', en: 'Pass a report' },
  purpose: {
    zh: '逐栏看过下级签报的报告后通过，可在有关栏目旁留下意见；通过后即送再上一级。',
    en: 'Passes what the level below sent, having looked through it field by field; remarks may stay beside fields. It then goes on to the level above.',
  },
  duty: 'scrutinise-progress',
  input: z.object(scrutinyInput),
  refusals: scrutinyRefusals,
  then: [
    { zh: '报告即送达再上一级，不再改动。', en: 'The report is with the level above that, and is changed no more.' },
    { zh: '留下的意见写报告的单位看得到。', en: 'Whoever wrote it sees the remarks.' },
  ],
  about: {
    kind: 'report',
    offered: (report: { state: string; scrutinised: boolean }) => report.state === 'sent' && report.scrutinised,
    input: ({ unit, id, version }: { unit: string; id: string; version: number }) => ({ unit, report: id, version }),
  },
  over: ({ unit }, { db, on }) => standingOf(db, unit, on),
  turns: ({ unit }) => [unit],
  facts: scrutinyFacts,
  rule: (facts, input, refuse, by) => mayBeScrutinised(facts, input, refuse, by),
  effect: (tx, input, facts, by) => decide(tx, facts, input, { step: 'pass', reason: null }, by),
  subject: ({ report }) => report,
})
