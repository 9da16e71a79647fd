import type { Text } from '#kernel/words.ts'
import { Go, useSay } from '#web/parts/index.ts'

type Shaped = {
  readonly id: string
  readonly source: 'figure' | 'acts' | 'entered'
  readonly shape: 'money' | 'share' | 'count' | 'text'
  readonly measure: Text | null
}

/** How a field's value is written: fen as an amount, a share as a percentage, a number with what it counts. */
export function useValueText() {
  const { count, percent, amount, measure: measured } = useSay()
  return ({ shape, measure }: Pick<Shaped, 'shape' | 'measure'>, value: number | null): string => {
    if (value === null) return '—'
    if (shape === 'money') return amount(value)
    if (shape === 'share') return percent(value)
    return measure ? `${count(value)} ${measured(value, measure)}` : count(value)
  }
}

type Opening = {
  readonly unit: string
  readonly period: string
  readonly asOf: string | null
  readonly from: string | null
}

/** Where the records behind a value open: as of the day that it is of. */
function addressOf({ id, source }: Shaped, acts: readonly string[], { unit, period, asOf, from }: Opening) {
  if (source === 'figure') return `/figures/${id}?unit=${unit}&on=${asOf ?? ''}&year=${period.slice(0, 4)}`
  if (source !== 'acts') return undefined
  const act = acts.length === 1 ? `&act=${acts[0]}` : ''
  return `/journal?unit=${unit}&from=${from ?? ''}&to=${asOf ?? ''}&outcome=done${act}`
}

/** A value that opens to what it counts. */
export function Value({
  field,
  value,
  opening,
}: {
  field: Shaped & { readonly acts: readonly string[] }
  value: number | null
  opening: Opening
}) {
  const text = useValueText()(field, value)
  const to = addressOf(field, field.acts, opening)
  return to === undefined ? <span className="num">{text}</span> : <Go to={to}>{<span className="num">{text}</span>}</Go>
}

const words = {
  known: { zh: '系统写成', en: 'written by the system' },
  typed: { zh: '本单位填写', en: 'added by the author' },
}

/** Who knew it. */
export function SourceMark({ source }: { source: Shaped['source'] }) {
  const { say } = useSay()
  return <span className="faint small">{say(source === 'entered' ? words.typed : words.known)}</span>
}
