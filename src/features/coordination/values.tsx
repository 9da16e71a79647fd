import type { AnswerOf } from '#web/ask.ts'
import { useSay, Written } from '#web/parts/index.ts'

type Shown = AnswerOf<'request.show'>['fields'][number]['shown']

/** How a value of a request is written: amounts as amounts, shares as shares, words in their own language. */
export function useValueText() {
  const { count, amount, percent } = useSay()
  return (shown: Shown, value: string | null) => {
    if (value === null) return '—'
    if (shown === 'text') return <Written>{value}</Written>
    if (shown === 'share') return percent(Number(value))
    return shown === 'amount' ? amount(Math.round(Number(value) * 100)) : count(Number(value))
  }
}
