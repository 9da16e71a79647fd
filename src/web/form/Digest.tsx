import { type InputHTMLAttributes, useState } from 'react'
import { useSay } from '../language.ts'

const words = {
  make: { zh: '由种子算出摘要', en: 'Compute it from the seed' },
  seed: { zh: '种子（不会提交，请自行保存）', en: 'The seed (it is not sent: keep it yourself)' },
  random: { zh: '随机生成一个', en: 'Make one by chance' },
  kept: {
    zh: '请把种子抄存在安全处：抽取日要用它，丢失即无法抽取。',
    en: 'Write the seed down and keep it safe: it is needed on the day of the draw, and without it nothing can be drawn.',
  },
}

const SEED_BYTES = 16

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
const sha256 = async (text: string) =>
  hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))

/**
 * The digest of a secret. Whoever has it types or pastes it; else it is computed here, in the browser, from a seed that goes nowhere.
 * A browser that computes no digests (a page that did not come over a safe connection) leaves only the field.
 */
export function DigestInput({
  shared,
  value,
  onChange,
}: {
  readonly shared: InputHTMLAttributes<HTMLInputElement>
  readonly value: string
  readonly onChange: (digest: string | undefined) => void
}) {
  const { say } = useSay()
  const [seed, setSeed] = useState('')
  const take = (text: string) => {
    setSeed(text)
    if (text.trim() === '') onChange(undefined)
    else void sha256(text.trim()).then(onChange)
  }
  return (
    <>
      <input
        {...shared}
        className="field mono"
        value={value}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
      {globalThis.isSecureContext && (
        <details>
          <summary className="sub small">{say(words.make)}</summary>
          <div className="stack" style={{ gap: 6, padding: '6px 0' }}>
            <label>
              <span className="sub small">{say(words.seed)}</span>
              <input
                className="field mono"
                value={seed}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => take(event.target.value)}
              />
            </label>
            <div className="row">
              <button
                type="button"
                className="btn tight"
                onClick={() => take(hex(crypto.getRandomValues(new Uint8Array(SEED_BYTES))))}
              >
                {say(words.random)}
              </button>
              {seed.trim() !== '' && <span className="sub small">{say(words.kept)}</span>}
            </div>
          </div>
        </details>
      )}
    </>
  )
}
