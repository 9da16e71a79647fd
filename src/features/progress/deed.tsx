import { useQuery, useQueryClient, keepPreviousData } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Rehearsal } from '#kernel/outcome.ts'
import { Failure, send } from '#web/api.ts'
import { Answers, Problem, useSay } from '#web/parts/index.ts'

type Input = Readonly<Record<string, unknown>>
type State = { readonly isRunning: boolean; readonly result?: unknown; readonly failure?: Failure }

/** Does an act from within a page; what never arrived can be sent again under the same key, and is done once. */
export function useDeed(name: string) {
  const client = useQueryClient()
  const [key, setKey] = useState<{ for: string; key: string }>()
  const [state, setState] = useState<State>({ isRunning: false })
  const run = async (input: Input): Promise<unknown> => {
    const content = JSON.stringify(input)
    const used = key?.for === content ? key : { for: content, key: crypto.randomUUID() }
    setKey(used)
    setState({ isRunning: true })
    try {
      const { result } = await send<{ result: unknown }>('POST', `/api/acts/${name}`, {
        body: input,
        headers: { 'idempotency-key': used.key },
      })
      setState({ isRunning: false, result })
      await client.invalidateQueries()
      return result
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      if (error.status !== 0 && error.status < 500) setKey(undefined)
      setState({ isRunning: false, failure: error })
      if (error.status === 401) await client.invalidateQueries({ queryKey: ['session'] })
      return undefined
    }
  }
  return { ...state, run }
}

const TYPING_MS = 350

/** What would be refused if the act were done with what stands there now; asked a moment after the last keystroke. */
export function useRehearsal(name: string | null, input: Input, isAsked: boolean) {
  const body = JSON.stringify(input)
  const [settled, settle] = useState(body)
  useEffect(() => {
    const timer = setTimeout(() => settle(body), TYPING_MS)
    return () => clearTimeout(timer)
  }, [body])
  const { data, error } = useQuery<Rehearsal, Failure>({
    queryKey: ['rehearsal', name, settled],
    queryFn: ({ signal }) =>
      send<Rehearsal>('POST', `/api/acts/${name}?dry-run`, { body: JSON.parse(settled), signal }),
    enabled: isAsked && name !== null,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
  return { told: data, failure: error, isChecked: settled === body && data !== undefined }
}

const words = {
  refused: { zh: '会被退回：', en: 'Would be refused: ' },
  advice: { zh: '可以办，但你应知道：', en: 'Allowed, but you should know: ' },
  fine: { zh: '可以办理。', en: 'It can be done.' },
  whose: { zh: '由谁负责：', en: 'Who answers for it: ' },
  checking: { zh: '正在核对…', en: 'Checking…' },
}

/** The dry run in words. */
export function Rehearsed({ rehearsal }: { rehearsal: ReturnType<typeof useRehearsal> }) {
  const { say } = useSay()
  const { told, failure } = rehearsal
  if (failure?.status === 403 && failure.problem.answerable)
    return (
      <div className="why note">
        {say(words.whose)}
        <Answers who={failure.problem.answerable} />
      </div>
    )
  return (
    <div aria-live="polite">
      {failure ? (
        <Problem error={failure} />
      ) : told === undefined ? (
        <p className="sub">{say(words.checking)}</p>
      ) : (
        <>
          {told.refusals.map((reason) => (
            <div key={reason.code} className="why no">
              <b>
                {say(words.refused)}
                {say(reason.sentence)}
              </b>
              {reason.remedy && <div>{say(reason.remedy)}</div>}
            </div>
          ))}
          {told.advice.map((reason) => (
            <div key={reason.code} className="why warn">
              {say(words.advice)}
              {say(reason.sentence)}
            </div>
          ))}
          {told.refusals.length === 0 && <div className="why ok">{say(words.fine)}</div>}
        </>
      )}
    </div>
  )
}
