import type { Text } from '#kernel/words.ts'
import { Light, useSay } from '#web/parts/index.ts'
import type { State } from './state.ts'

/** How a unit stands with regard to poverty, in words. */
export const stateWords: Readonly<Record<State, Text>> = {
  poor: { zh: '贫困县', en: 'poor county' },
  out: { zh: '已退出', en: 'out of poverty' },
  none: { zh: '非贫困县', en: 'never listed' },
}
export const stateLights = { poor: 'yellow', out: 'green', none: 'none' } as const

export function StateLight({ state, since }: { state: State; since?: string | null }) {
  const { say, day } = useSay()
  return (
    <Light light={stateLights[state]}>
      {say(stateWords[state])}
      {since && ` · ${day(since)}`}
    </Light>
  )
}
