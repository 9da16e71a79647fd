/** What an independent reader finds in a text for hledger, ledger or beancount: it knows nothing of how the text was made. */
export type Counted = {
  readonly transactions: number
  /** Each account's postings added up. */
  readonly counted: ReadonlyMap<string, bigint>
  /** What the text says that each account holds at its end. */
  readonly asserted: ReadonlyMap<string, bigint>
  /** Transactions whose postings do not add up to nothing, by their first line. */
  readonly unbalanced: readonly string[]
  /** Accounts that are posted to and were not declared before. */
  readonly undeclared: readonly string[]
}

const fen = (text: string) => {
  const [, sign = '', whole = '', part = ''] = /^(-?)(\d+)\.(\d\d)$/.exec(text) ?? []
  if (whole === '') throw new Error(`«${text}» is no amount.`)
  return BigInt(`${sign}${whole}${part}`)
}

export function readText(text: string): Counted {
  const counted = new Map<string, bigint>()
  const asserted = new Map<string, bigint>()
  const declared = new Set<string>()
  const undeclared: string[] = []
  const unbalanced: string[] = []
  let transactions = 0
  let first = ''
  let sum = 0n
  let moves = 0
  const end = () => {
    if (sum !== 0n) unbalanced.push(first)
    if (moves > 0) transactions++
    sum = 0n
    moves = 0
  }
  for (const line of `${text}\n`.split('\n')) {
    const declaration = /^account (\S+)|^\d{4}-\d\d-\d\d open (\S+) CNY$/.exec(line)
    const posting = /^ +(\S+) {2}(-?[\d.]+) CNY(?: = (-?[\d.]+) CNY)?$/.exec(line)
    const balance = /^\d{4}-\d\d-\d\d balance (\S+) {2}(-?[\d.]+) ~ 0\.00 CNY$/.exec(line)
    if (declaration) {
      declared.add(declaration[1] ?? declaration[2] ?? '')
    } else if (balance) {
      asserted.set(balance[1] ?? '', fen(balance[2] ?? ''))
    } else if (posting) {
      const [, account = '', amount = '', held] = posting
      if (!declared.has(account)) undeclared.push(account)
      if (held !== undefined) asserted.set(account, fen(held))
      counted.set(account, (counted.get(account) ?? 0n) + fen(amount))
      sum += fen(amount)
      if (held === undefined) moves++
    } else if (/^\d{4}-/.test(line)) {
      end()
      first = line
    } else if (line === '') {
      end()
    }
  }
  return { transactions, counted: sorted(counted), asserted: sorted(asserted), unbalanced, undeclared }
}

const sorted = (sums: Map<string, bigint>) => new Map([...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)))
