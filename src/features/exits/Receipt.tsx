import { useState } from 'react'
import { Answer, Card, DayText, Light, useAsk, useSay } from '#web/parts/index.ts'
import { words } from './words.tsx'

const own = {
  title: { zh: '查询异议答复', en: 'What became of my objection' },
  label: { zh: '回执编号', en: 'Receipt' },
  ask: { zh: '查询', en: 'Look it up' },
  wrong: { zh: '编号由十个字母或数字组成。', en: 'A receipt has ten letters or digits.' },
}
const shape = /^[0-9A-Za-z]{5}-?[0-9A-Za-z]{5}$/

/** With the receipt, whoever objected sees what was answered. */
export function Receipt() {
  const { say } = useSay()
  const [typed, setTyped] = useState('')
  const [receipt, setReceipt] = useState<string>()
  const isRight = shape.test(typed.trim())
  return (
    <Card title={say(own.title)}>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault()
          if (isRight) setReceipt(typed.trim())
        }}
      >
        <label className="row" style={{ gap: 6 }}>
          {say(own.label)}
          <input
            className="field mono"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            placeholder="XXXXX-XXXXX"
            aria-invalid={typed !== '' && !isRight}
          />
        </label>
        <button type="submit" className="btn" disabled={!isRight}>
          {say(own.ask)}
        </button>
        {typed !== '' && !isRight && <span className="sub small">{say(own.wrong)}</span>}
      </form>
      {receipt && (
        <div style={{ marginTop: 12 }}>
          <Found receipt={receipt} />
        </div>
      )}
    </Card>
  )
}

function Found({ receipt }: { receipt: string }) {
  const { say } = useSay()
  const objection = useAsk('objection.show', { receipt })
  return (
    <Answer of={objection} lines={2}>
      {(found) => (
        <>
          <p>“{found.statement}”</p>
          <p>
            <DayText day={found.on} /> ·{' '}
            {found.outcome ? (
              <Light light={found.outcome === 'upheld' ? 'yellow' : 'none'}>{say(words[found.outcome])}</Light>
            ) : (
              <Light light="none">{say(words.unanswered)}</Light>
            )}
          </p>
          {found.reason && <p>“{found.reason}”</p>}
        </>
      )}
    </Answer>
  )
}
