import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Failure, queryString, send } from '#web/api.ts'
import { Card, Problem, useSay } from '#web/parts/index.ts'
import { upload } from '#web/upload.ts'
import { FileErrors, type FileError } from './FileErrors.tsx'
import type { Evaluation } from './sample-page-words.tsx'

const words = {
  title: { zh: '导入答卷', en: 'Import answers' },
  sub: {
    zh: '选择文件即检查，不改变任何内容；确认后录入。同一文件导入两次不会改变什么。',
    en: 'Choosing a file only looks at it; the answers are entered once you confirm. The same file twice changes nothing.',
  },
  choose: { zh: '选择 .xlsx 或 .csv 文件', en: 'Choose an .xlsx or .csv file' },
  sending: { zh: '正在检查…', en: 'Looking at it…' },
  read: {
    zh: '{answers} 份答卷可以录入，其中 {half} 份没有填完；{blank} 行空白；{errors} 处错误。',
    en: '{answers} answers can be entered, {half} of them half filled in; {blank} rows are blank; {errors} things are wrong.',
  },
  reason: { zh: '更正理由（改动已录入的答卷时填写）', en: 'Reason (where an answer entered before is changed)' },
  enter: { zh: '录入这些答卷', en: 'Enter these answers' },
  entering: { zh: '正在录入…', en: 'Entering…' },
  done: {
    zh: '新录入 {added}，更正 {corrected}，未变 {unchanged}。',
    en: '{added} entered, {corrected} corrected, {unchanged} unchanged.',
  },
}

type Checked = {
  readonly answers: readonly object[]
  readonly errors: readonly FileError[]
  readonly blank: number
  readonly halfFilled: number
}
type Done = { readonly added: number; readonly corrected: number; readonly unchanged: number }

/** Answers from a file: looked at, told what is wrong by row and column, and entered by the act once confirmed. */
export function AnswerFile({ of }: { of: Evaluation }) {
  const { say, count } = useSay()
  const client = useQueryClient()
  const id = useId()
  const [going, setGoing] = useState<'checking' | 'entering'>()
  const [error, setError] = useState<unknown>()
  const [checked, setChecked] = useState<Checked>()
  const [done, setDone] = useState<Done>()
  const [reason, setReason] = useState('')
  const mine = of.can.some((ability) => ability.act === 'evaluation.answers' && ability.mine)
  if (!mine) return null
  const run = async (what: typeof going, work: () => Promise<void>) => {
    setGoing(what)
    setError(undefined)
    setDone(undefined)
    try {
      await work()
    } catch (failure) {
      setError(failure)
    } finally {
      setGoing(undefined)
    }
  }
  const check = (file: File) =>
    run('checking', async () => {
      setChecked(undefined)
      setChecked(
        await upload<Checked>(`/api/imports/answers${queryString({ evaluation: of.id })}`, file, () => undefined),
      )
    })
  const enter = (answers: readonly object[]) =>
    run('entering', async () => {
      const sent = await send<{ result: Done }>('POST', '/api/acts/evaluation.answers', {
        body: { unit: of.unit, evaluation: of.id, answers, ...(reason && { reason }) },
        headers: { 'idempotency-key': crypto.randomUUID() },
      })
      setDone(sent.result)
      setChecked(undefined)
      await client.invalidateQueries()
    })
  return (
    <Card title={say(words.title)}>
      <p className="sub" id={`${id}-about`}>
        {say(words.sub)}
      </p>
      <div className="row">
        <label htmlFor={`${id}-file`}>{say(words.choose)}</label>
        <input
          id={`${id}-file`}
          type="file"
          accept=".xlsx,.csv"
          disabled={going !== undefined}
          aria-describedby={`${id}-about`}
          onChange={({ target }) => {
            const file = target.files?.[0]
            // Emptied, so that the same file can be chosen again once it was put right.
            if (file) void check(file).finally(() => (target.value = ''))
          }}
        />
      </div>
      <div aria-live="polite">
        {going && <p>{say(going === 'checking' ? words.sending : words.entering)}</p>}
        {done && (
          <p className="why ok">
            {say(words.done, {
              added: count(done.added),
              corrected: count(done.corrected),
              unchanged: count(done.unchanged),
            })}
          </p>
        )}
        {checked && (
          <p className={`why ${checked.errors.length > 0 ? 'warn' : 'ok'}`}>
            {say(words.read, {
              answers: count(checked.answers.length),
              half: count(checked.halfFilled),
              blank: count(checked.blank),
              errors: count(checked.errors.length),
            })}
          </p>
        )}
      </div>
      {error !== undefined && <Problem error={error instanceof Failure ? error : new Failure({ status: 0 })} />}
      {checked && <FileErrors errors={checked.errors} />}
      {checked && checked.answers.length > 0 && checked.errors.length === 0 && (
        <div className="row">
          <label htmlFor={`${id}-reason`}>{say(words.reason)}</label>
          <input
            id={`${id}-reason`}
            className="field"
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
          <button
            type="button"
            className="btn primary"
            disabled={going !== undefined}
            onClick={() => void enter(checked.answers)}
          >
            {say(words.enter)}
          </button>
        </div>
      )}
    </Card>
  )
}
