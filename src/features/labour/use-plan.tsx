import { useEffect, useState } from 'react'
import { Failure, queryString, send } from '#web/api.ts'
import type { AnswerOf } from '#web/ask.ts'

const PATIENCE_MS = 700

type PlanAnswer = AnswerOf<'deployment.plan'>
type Found = { readonly asked: string; readonly plan?: PlanAnswer; readonly error?: Failure }

/** Asks for a plan again and again until there is one, and tells how far it is meanwhile. A plan that fails is not asked for by itself. */
export function usePlan(input: Readonly<Record<string, unknown>> | undefined, attempt: number) {
  const query = input && queryString({ ...input, wait_s: 1 })
  const asked = query === undefined ? '' : `${query} ${attempt}`
  const [found, setFound] = useState<Found>({ asked: '' })
  useEffect(() => {
    if (query === undefined) return undefined
    const gone = new AbortController()
    const ask = async (): Promise<void> => {
      try {
        const plan = await send<PlanAnswer>('GET', `/api/asks/deployment.plan${query}`, { signal: gone.signal })
        if (gone.signal.aborted) return
        setFound({ asked, plan })
        if (plan.state !== 'computing' && plan.state !== 'occupied') return
        await new Promise((resume) => setTimeout(resume, PATIENCE_MS))
        if (!gone.signal.aborted) await ask()
      } catch (error) {
        if (gone.signal.aborted) return
        if (!(error instanceof Failure)) throw error
        setFound({ asked, error })
      }
    }
    void ask()
    return () => gone.abort()
  }, [asked, query])
  // What was found before stays to be looked at while something else is computed.
  return { plan: found.plan, error: found.error, isCurrent: found.asked === asked }
}

export const cancelPlan = (unit: string) =>
  send<{ cancelled: boolean }>('DELETE', `/api/plans/deployment${queryString({ unit })}`)
