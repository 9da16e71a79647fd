import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Failure, send } from '#web/api.ts'
import { Problem, useGo, useSay } from '#web/parts/index.ts'
import { upload } from '#web/upload.ts'
import { FileErrors, type FileError } from './FileErrors.tsx'

const words = {
  title: { zh: '用自己的村名单设计', en: 'Design one with your own list of villages' },
  sub: {
    zh: '.xlsx 或 .csv，每村一行：县代码、村、层、户数，以及各县的农村人口、剩余贫困人口、已脱贫人口（写在该县任一行）。选择文件只作检查。',
    en: 'An .xlsx or .csv with a row for each village: County code, Village, Stratum, Households; and each county’s Rural population, Still poor, Exited in any of its rows. Choosing it only looks at it.',
  },
  name: { zh: '评估名称', en: 'Title' },
  year: { zh: '年度', en: 'Year' },
  file: { zh: '村名单文件', en: 'File of villages' },
  read: {
    zh: '{counties} 个县、{villages} 个村；{errors} 处错误。',
    en: '{counties} counties, {villages} villages; {errors} things are wrong.',
  },
  working: { zh: '请稍候…', en: 'One moment…' },
  design: { zh: '设计评估', en: 'Design it' },
}

type Checked = {
  readonly counties: readonly object[]
  readonly villages: number
  readonly errors: readonly FileError[]
}

/** A frame from a file: looked at, told what is wrong by row and column, and designed by the act once it is right. */
export function FrameFile({ unit, year, precision }: { unit: string; year: number; precision: object }) {
  const { say, count } = useSay()
  const id = useId()
  const go = useGo()
  const client = useQueryClient()
  const [isWorking, setWorking] = useState(false)
  const [checked, setChecked] = useState<Checked>()
  const [error, setError] = useState<unknown>()
  const [title, setTitle] = useState('')
  const [typedYear, setYear] = useState(String(year))
  const run = async (work: () => Promise<void>) => {
    setWorking(true)
    setError(undefined)
    try {
      await work()
    } catch (failure) {
      setError(failure)
    } finally {
      setWorking(false)
    }
  }
  const check = (file: File) =>
    run(async () => {
      setChecked(undefined)
      setChecked(await upload<Checked>('/api/imports/frame', file, () => undefined))
    })
  const design = (counties: readonly object[]) =>
    run(async () => {
      const made = await send<{ result: { evaluation: string } }>('POST', '/api/acts/evaluation.design', {
        body: { unit, year: Number(typedYear), title, counties, ...precision },
        headers: { 'idempotency-key': crypto.randomUUID() },
      })
      await client.invalidateQueries()
      go(`/evaluations/${made.result.evaluation}`)
    })
  return (
    <details>
      <summary>{say(words.title)}</summary>
      <p className="sub small" id={`${id}-about`}>
        {say(words.sub)}
      </p>
      <div className="sample-fields">
        <div>
          <label htmlFor={`${id}-title`}>{say(words.name)}</label>
          <input id={`${id}-title`} className="field" value={title} onChange={({ target }) => setTitle(target.value)} />
        </div>
        <div>
          <label htmlFor={`${id}-year`}>{say(words.year)}</label>
          <input
            id={`${id}-year`}
            className="field"
            inputMode="numeric"
            value={typedYear}
            onChange={({ target }) => setYear(target.value)}
          />
        </div>
        <div>
          <label htmlFor={`${id}-file`}>{say(words.file)}</label>
          <input
            id={`${id}-file`}
            type="file"
            accept=".xlsx,.csv"
            disabled={isWorking}
            aria-describedby={`${id}-about`}
            onChange={({ target }) => {
              const file = target.files?.[0]
              // Emptied, so that the same file can be chosen again once it was put right.
              if (file) void check(file).finally(() => (target.value = ''))
            }}
          />
        </div>
      </div>
      <div aria-live="polite">
        {isWorking && <p>{say(words.working)}</p>}
        {checked && (
          <p className={`why ${checked.errors.length > 0 ? 'warn' : 'ok'}`}>
            {say(words.read, {
              counties: count(checked.counties.length),
              villages: count(checked.villages),
              errors: count(checked.errors.length),
            })}
          </p>
        )}
      </div>
      {error !== undefined && <Problem error={error instanceof Failure ? error : new Failure({ status: 0 })} />}
      {checked && <FileErrors errors={checked.errors} />}
      {checked && checked.errors.length === 0 && checked.counties.length > 0 && (
        <button
          type="button"
          className="btn primary"
          disabled={isWorking || title.trim().length < 2}
          onClick={() => void design(checked.counties)}
        >
          {say(words.design)}
        </button>
      )}
    </details>
  )
}
