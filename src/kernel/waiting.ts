import type { Reader } from './ask.ts'
import type { Day, Text } from './words.ts'

/** One thing that waits for somebody beyond what the charter's obligations already say: what, where, under whose duty, since and until when. */
export type Waiting = {
  /** What waits: `matter`, `request`, `report`, … */
  readonly kind: string
  /** The thing's own name, as obligations use it. */
  readonly subject: string
  readonly title: Text
  /** The unit that is waited for. */
  readonly unit: string
  /** The duty whose bearer over the unit is waited for; by name, that is whoever sits there. */
  readonly duty: string
  readonly since: Day
  readonly due: Day | null
  /** Where it opens in the app. */
  readonly record: string
}

/** What a slice has waiting in some units, or anywhere, as of the reader's day. */
export type WaitingFor = (reader: Reader, units: readonly string[] | 'all') => Promise<readonly Waiting[]>
