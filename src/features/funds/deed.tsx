import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Failure, send } from '#web/api.ts'
import { Problem, useSay } from '#web/parts/index.ts'
import { words } from './book-words.tsx'
import { exactYuan } from './BookParts.tsx'

type State<Result> = { readonly isRunning: boolean; readonly result?: Result; readonly failure?: Failure }

/** Does a confidential act from within a page: its result is shown or saved at once, and kept nowhere. */
function useConfidential<Result>(name: string) {
  const client = useQueryClient()
  const [state, setState] = useState<State<Result>>({ isRunning: false })
  const run = async (input: Readonly<Record<string, unknown>>): Promise<Result | undefined> => {
    setState({ isRunning: true })
    try {
      const { result } = await send<{ result: Result }>('POST', `/api/acts/${name}`, {
        body: input,
        headers: { 'idempotency-key': crypto.randomUUID() },
      })
      setState({ isRunning: false, result })
      return result
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      setState({ isRunning: false, failure: error })
      if (error.status === 401) await client.invalidateQueries({ queryKey: ['session'] })
      return undefined
    }
  }
  return { ...state, run }
}

/** Shows a payee's name, bank and account, on this screen and nowhere else. */
export function RevealPayee({ unit, payee }: { unit: string; payee: string }) {
  const { say } = useSay()
  const deed = useConfidential<{ name: string; bank: string; account: string }>('payee.reveal')
  if (deed.result)
    return (
      <span role="status" className="small">
        {deed.result.name} · {deed.result.bank} · <span className="mono">{deed.result.account}</span>
      </span>
    )
  return (
    <span>
      <button
        type="button"
        className="btn tight no-print"
        title={say(words.revealWhy)}
        disabled={deed.isRunning}
        onClick={() => void deed.run({ unit, payee })}
      >
        {say(words.reveal)}
      </button>
      {deed.failure && <Problem error={deed.failure} />}
    </span>
  )
}

type PaymentFile = { name: string; type: string; count: number; totalFen: string; base64: string }

/** Makes the file for the bank and gives it to whoever asked. */
export function BankFile({ unit, payment }: { unit: string; payment: string }) {
  const { say, count } = useSay()
  const deed = useConfidential<PaymentFile>('payment-file.make')
  const make = async (format: 'csv' | 'xlsx') => {
    const file = await deed.run({ unit, payment, format })
    if (file) save(file)
  }
  return (
    <div className="no-print" style={{ marginTop: 14 }}>
      <div className="row">
        <b>{say(words.bankFile)}</b>
        {(['xlsx', 'csv'] as const).map((format) => (
          <button
            key={format}
            type="button"
            className="btn tight"
            disabled={deed.isRunning}
            onClick={() => void make(format)}
          >
            {say(words[format])}
          </button>
        ))}
      </div>
      <p className="sub small">{say(words.bankFileWhy)}</p>
      {deed.result && (
        <p role="status" className="small">
          {say(words.made, {
            name: deed.result.name,
            count: count(deed.result.count),
            amount: exactYuan(deed.result.totalFen),
          })}
        </p>
      )}
      {deed.failure && <Problem error={deed.failure} />}
    </div>
  )
}

function save({ name, type, base64 }: PaymentFile) {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.codePointAt(0) ?? 0)
  const address = URL.createObjectURL(new Blob([bytes], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
