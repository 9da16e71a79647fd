import { useState } from 'react'
import type { AnswerOf } from '#web/ask.ts'
import { Card, Problem, useSay } from '#web/parts/index.ts'
import { Rehearsed, useDeed, useRehearsal } from './deed.tsx'

const words = {
  title: { zh: '审核', en: 'Scrutiny' },
  how: {
    zh: '逐栏看，可以在任何一栏旁提意见。都没有问题就通过；有问题的写明理由退回，只有提了意见的栏目要重报。',
    en: 'Read it field by field and remark on any. Pass it if all is well; else return it with a reason: only the fields that were remarked on come again.',
  },
  marked: { zh: '已对 {n} 栏提出意见', en: '{n} fields remarked on' },
  pass: { zh: '全部通过', en: 'Pass it all' },
  passWith: { zh: '通过，附 {n} 条意见', en: 'Pass it with {n} remarks' },
  reason: { zh: '退回理由（必填）', en: 'Reason of the return (needed)' },
  back: { zh: '退回有意见的 {n} 栏', en: 'Return what was remarked on ({n})' },
  whole: { zh: '整份退回', en: 'Return the whole report' },
  clear: { zh: '去掉意见', en: 'Take the remarks away' },
}

/** Remarks that are being written, by field. */
export type Marks = {
  readonly of: Readonly<Record<string, string>>
  readonly put: (field: string, remark: string) => void
  readonly clear: () => void
}

export function useMarks(report: string): Marks {
  const [kept, keep] = useState<{ report: string; of: Readonly<Record<string, string>> }>({ report, of: {} })
  const of = kept.report === report ? kept.of : {}
  return {
    of,
    put: (field, remark) => keep({ report, of: { ...of, [field]: remark } }),
    clear: () => keep({ report, of: {} }),
  }
}

const REASON_MIN = 4

/** Passing, or returning with a reason, what stands beside it. */
export function Scrutiny({ report, marks }: { report: AnswerOf<'report.show'>; marks: Marks }) {
  const { say } = useSay()
  const [reason, setReason] = useState('')
  const remarks = Object.entries(marks.of)
    .filter(([, remark]) => remark.trim().length >= 2)
    .map(([field, remark]) => ({ field, remark }))
  const input = { unit: report.unit.id, report: report.id, version: report.version, remarks }
  const rehearsal = useRehearsal('progress.scrutinise', input, true)
  const pass = useDeed('progress.scrutinise')
  const back = useDeed('progress.return')
  const isRunning = pass.isRunning || back.isRunning
  const mayNot = isRunning || rehearsal.told === undefined || rehearsal.told.refusals.length > 0
  const n = remarks.length
  return (
    <Card title={say(words.title)}>
      <p className="sub">{say(words.how)}</p>
      <Rehearsed rehearsal={rehearsal} />
      {n > 0 && (
        <p>
          {say(words.marked, { n })}{' '}
          <button type="button" className="btn plain tight" onClick={marks.clear}>
            {say(words.clear)}
          </button>
        </p>
      )}
      <p>
        <button type="button" className="btn primary" disabled={mayNot} onClick={() => void pass.run(input)}>
          {n === 0 ? say(words.pass) : say(words.passWith, { n })}
        </button>
      </p>
      <label>
        <span className="label">{say(words.reason)}</span>
        <textarea
          className="field"
          style={{ width: '100%' }}
          rows={3}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <p style={{ marginTop: 8 }}>
        <button
          type="button"
          className="btn"
          disabled={mayNot || reason.trim().length < REASON_MIN}
          onClick={() => void back.run({ ...input, reason })}
        >
          {n === 0 ? say(words.whole) : say(words.back, { n })}
        </button>
      </p>
      {(pass.failure ?? back.failure) && <Problem error={(pass.failure ?? back.failure)!} />}
    </Card>
  )
}
