import { useLayoutEffect, useRef, useState } from 'react'
import { useSay } from '../language.ts'
import { amountProblem, fenOfAmount, grouped, inCapitals, plainAmount } from './money.ts'

type Props = {
  readonly id: string
  readonly value: string
  readonly onChange: (amount: string) => void
  readonly required: boolean
  readonly describedBy: string | undefined
  readonly isWrong: boolean
  /** In a row of many: only what is wrong is said beneath. */
  readonly isShort?: boolean
}

/** An amount in yuan: its thousands apart once it is left, said in words beneath, so that a wrong number of zeros is seen. */
export function MoneyInput({ id, value, onChange, required, describedBy, isWrong, isShort = false }: Props) {
  const { say, language, amount } = useSay()
  const [isTyping, setTyping] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  // What is typed on entering the field replaces the amount, as in any field: taking the thousands' marks out would undo the selection.
  useLayoutEffect(() => {
    if (isTyping) input.current?.select()
  }, [isTyping])
  const problem = amountProblem(value)
  const fen = value === '' || problem ? undefined : fenOfAmount(value)
  const said = `${id}-said`
  return (
    <>
      <span className="with-unit">
        <input
          ref={input}
          id={id}
          className="field right num"
          inputMode="decimal"
          autoComplete="off"
          required={required}
          aria-describedby={
            [describedBy, (problem ?? fen) !== undefined && said].filter(Boolean).join(' ') || undefined
          }
          aria-invalid={isWrong || problem !== undefined}
          value={isTyping ? value : grouped(value)}
          onFocus={() => setTyping(true)}
          onBlur={() => setTyping(false)}
          onChange={(event) => onChange(plainAmount(event.target.value))}
        />{' '}
        {!isShort && say({ zh: '元', en: 'yuan' })}
      </span>
      {problem && !isWrong && (
        <div className="wrong" id={said}>
          {say(problem)}
        </div>
      )}
      {fen !== undefined && !isShort && (
        <div className="sub small" id={said}>
          {language === 'zh' && `${inCapitals(fen)} · `}
          {amount(Number(fen))}
        </div>
      )}
    </>
  )
}
