import type { Text } from '#kernel/words.ts'

/** Where a report stands. A version that was returned is answered by the next one. */
export type State = 'none' | 'sent' | 'passed' | 'returned'
export type Step = 'send' | 'pass' | 'return'

/** Every move there is: step, from, to. The database holds the same list. */
export const moves: readonly (readonly [Step, State, State])[] = [
  ['send', 'none', 'sent'],
  ['send', 'returned', 'sent'],
  ['pass', 'sent', 'passed'],
  ['return', 'sent', 'returned'],
]

export const stateNames: Readonly<Record<State, Text>> = {
  none: { zh: '尚未报送', en: 'not sent yet' },
  sent: { zh: '已报送，待审核', en: 'sent, waits for scrutiny' },
  passed: { zh: '审核通过', en: 'passed' },
  returned: { zh: '退回补正', en: 'returned' },
}

/** A report that nobody scrutinises has arrived once it was sent. */
export const received: Text = { zh: '已报送', en: 'sent and received' }

export const stepNames: Readonly<Record<Step, Text>> = {
  send: { zh: '报送', en: 'Sent' },
  pass: { zh: '审核通过', en: 'Passed' },
  return: { zh: '退回', en: 'Returned' },
}
