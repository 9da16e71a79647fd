import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Reason } from '#kernel/words.ts'
import { standingOf } from './heir.ts'
import { decide, mayBeScrutinised, scrutinyFacts, scrutinyInput, scrutinyRefusals } from './scrutiny.ts'

/** The level above sends a report back: with a reason, and with remarks on the fields to be put right; the others stand. */
export const returnReport = act({
  name: 'progress.return',
  title: { zh: '退回报告', en: 'Return a report' },
  purpose: {
    zh: '说明理由退回下级签报的报告；对有关栏目逐栏提出意见的，只改这些栏目，其余保持不变；没有逐栏意见的，整份退回。',
    en: 'Sends a report back with a reason. Where fields are remarked on, only those are put right and the rest stands; without remarks, the whole report comes back.',
  },
  duty: 'scrutinise-progress',
  input: z.object({ ...scrutinyInput, reason: Reason }),
  refusals: scrutinyRefusals,
  then: [
    {
      zh: '写报告的单位在限期内逐条答复，报送新的一版。',
      en: 'Whoever wrote it answers each remark in time and sends a new version.',
    },
    { zh: '没有意见的栏目保持签报时的值。', en: 'Fields without a remark keep the value that was signed.' },
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
  effect: (tx, input, facts, by) => decide(tx, facts, input, { step: 'return', reason: input.reason }, by),
  subject: ({ report }) => report,
})
