import type { Reader } from './ask.ts'
import type { Lineage } from './standing.ts'
import type { Day, Text } from './words.ts'

/** How a thing stands against its date; never a colour alone, always with words. */
export type Light = 'green' | 'yellow' | 'red' | 'none'

/** One thing handed down from a unit to the one below it on a chain of responsibility, or answered upward. */
export type Link = {
  readonly upper: string
  readonly lower: string
  readonly direction: 'down' | 'up'
  readonly label: Text
  readonly on: Day | null
  readonly light: Light
  readonly words: Text
  /** Where it opens in the app. */
  readonly record: string
}

/** What a slice contributes to the chain of a unit: reads only what lies between the units of the lineage. */
export type Links = (reader: Reader, lineage: Lineage) => Promise<readonly Link[]>
