import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answerable } from '#kernel/standing.ts'
import type { ActCard } from '#web/acts.ts'
import { Failure, queryString, send } from '#web/api.ts'
import type { Values } from '#web/form/values.ts'
import { Go, Page, useAsk, useSay } from '#web/parts/index.ts'
import type { Session } from '#web/session.ts'

const words = {
  next: { zh: '之后', en: 'What happens then' },
  done: { zh: '已办理', en: 'Done' },
  doneTitle: { zh: '已办理：{act}', en: 'Done: {act}' },
  doneSub: { zh: '已记入日志，编号 {id}。', en: 'It is in the journal under {id}.' },
  entry: { zh: '看这条记录', en: 'See the entry' },
  another: { zh: '再办一件', en: 'Do another' },
  home: { zh: '回到我的责任', en: 'To my responsibilities' },
}

/** Whether the act stands under the reader's duties, and else who answers for it where it is to be done. */
export function useWhose(
  act: ActCard,
  session: Session,
  unit: string | undefined,
): { isMine: boolean | undefined; answerable: Answerable | undefined } {
  const mine = useAsk('responsibilities.mine', {}, { enabled: session.actor !== null && !act.public })
  const isMine = act.public || mine.data?.can.some((line) => line.act === act.name)
  const duty = act.duty?.id
  const { data } = useQuery<{ answerable: Answerable }, Failure>({
    queryKey: ['answerable', duty, unit, session.today],
    queryFn: ({ signal }) => send('GET', `/api/answerable${queryString({ duty, unit })}`, { signal }),
    enabled: isMine === false && duty !== undefined && unit !== undefined,
    retry: false,
  })
  return { isMine, answerable: data?.answerable }
}

export function Then({ act }: { act: ActCard }) {
  const { say } = useSay()
  if (act.then.length === 0) return say(act.purpose)
  return (
    <ol>
      {act.then.map((step) => (
        <li key={step.en}>{say(step)}</li>
      ))}
    </ol>
  )
}

/** Sends the deed once: the same content goes under the same key, so that a lost answer can be asked for again. */
export function useDeed(act: ActCard, sent: Values, onDone: () => void) {
  const client = useQueryClient()
  const [key, setKey] = useState({ for: '', key: '' })
  const [state, setState] = useState<{ isRunning: boolean; done?: string; failure?: Failure }>({ isRunning: false })
  const run = async () => {
    const content = JSON.stringify(sent)
    const used = key.for === content ? key : { for: content, key: crypto.randomUUID() }
    setKey(used)
    setState({ isRunning: true })
    try {
      const outcome = await send<{ id: string }>('POST', `/api/acts/${act.name}`, {
        body: sent,
        headers: { 'idempotency-key': used.key },
      })
      onDone()
      setState({ isRunning: false, done: outcome.id })
      await client.invalidateQueries()
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      // A refusal is final for its key; what never arrived is tried again under the same one.
      if (error.status !== 0 && error.status < 500) setKey({ for: '', key: '' })
      setState({ isRunning: false, failure: error })
      if (error.status === 401) await client.invalidateQueries({ queryKey: ['session'] })
    }
  }
  return { state, run, reset: () => setState({ isRunning: false }) }
}

export function Done({ act, id, onAnother }: { act: ActCard; id: string; onAnother: () => void }) {
  const { say } = useSay()
  return (
    <Page title={say(words.doneTitle, { act: say(act.title) })} sub={say(words.doneSub, { id })}>
      <div className="why ok" role="status">
        <b>{say(words.done)}</b>
        {act.then.length > 0 && (
          <>
            {' '}
            — {say(words.next)}:
            <Then act={act} />
          </>
        )}
      </div>
      <div className="row">
        <Go to="/" className="btn primary">
          {say(words.home)}
        </Go>
        <Go to={`/journal/${id}`} className="btn">
          {say(words.entry)}
        </Go>
        <button type="button" className="btn" onClick={onAnother}>
          {say(words.another)}
        </button>
      </div>
    </Page>
  )
}
