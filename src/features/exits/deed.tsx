import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Failure, send } from '#web/api.ts'

type State<Result> = { readonly isRunning: boolean; readonly result?: Result; readonly failure?: Failure }

/** Does an act from within a page, where its result is shown at once and kept nowhere: a receipt, a name. */
export function useDeed<Result>(name: string) {
  const client = useQueryClient()
  const [key, setKey] = useState<{ for: string; key: string }>()
  const [state, setState] = useState<State<Result>>({ isRunning: false })
  const run = async (input: Readonly<Record<string, unknown>>) => {
    const content = JSON.stringify(input)
    // The same content goes under the same key: what never arrived can be sent again, and is done once.
    const used = key?.for === content ? key : { for: content, key: crypto.randomUUID() }
    setKey(used)
    setState({ isRunning: true })
    try {
      const outcome = await send<{ result: Result }>('POST', `/api/acts/${name}`, {
        body: input,
        headers: { 'idempotency-key': used.key },
      })
      setState({ isRunning: false, result: outcome.result })
      await client.invalidateQueries()
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      if (error.status !== 0 && error.status < 500) setKey(undefined)
      setState({ isRunning: false, failure: error })
      if (error.status === 401) await client.invalidateQueries({ queryKey: ['session'] })
    }
  }
  return { ...state, run }
}
