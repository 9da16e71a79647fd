import { useState } from 'react'
import { Failure, send } from '#web/api.ts'

type State<Result> = { readonly isRunning: boolean; readonly result?: Result; readonly failure?: Failure }

/** Does a confidential act from within a page: what it gives is shown there and kept nowhere. Each look is an act of its own. */
export function useDeed<Result>(name: string) {
  const [state, setState] = useState<State<Result>>({ isRunning: false })
  const run = async (input: Readonly<Record<string, unknown>>) => {
    setState({ isRunning: true })
    try {
      const headers = { 'idempotency-key': crypto.randomUUID() }
      const { result } = await send<{ result: Result }>('POST', `/api/acts/${name}`, { body: input, headers })
      setState({ isRunning: false, result })
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      setState({ isRunning: false, failure: error })
    }
  }
  return { ...state, run }
}
