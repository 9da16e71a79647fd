import { Answer, Light, MadeUp, useAsk, useSay, useSearch, useSetSearch } from '#web/parts/index.ts'

const words = {
  title: { zh: '验证责任书', en: 'Verify a letter' },
  code: { zh: '验证码', en: 'Code' },
  verify: { zh: '验证', en: 'Verify' },
  hint: { zh: '任何人都可以凭纸面上的验证码查证真伪。', en: 'Anyone can check a paper by the code printed on it.' },
  genuine: { zh: '真实', en: 'genuine' },
  tampered: { zh: '内容与验证码不符', en: 'the content does not match its code' },
  unknown: { zh: '没有这份责任书', en: 'there is no such letter' },
  parties: {
    zh: '{from}与{to}，{firstYear}–{lastYear} 年，已签 {signed}/{seats}',
    en: '{from} and {to}, {firstYear}–{lastYear}; {signed} of {seats} signed',
  },
}

/** Whether a letter on paper is true, for anyone. */
export function Verify() {
  const { say } = useSay()
  const { code } = useSearch()
  const setSearch = useSetSearch()
  return (
    <section className="card tile" aria-label={say(words.title)}>
      <span className="title">{say(words.title)}</span>
      <form
        style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto', gap: 6 }}
        onSubmit={(event) => {
          event.preventDefault()
          const typed = new FormData(event.currentTarget).get('code')
          setSearch({ code: typeof typed === 'string' ? typed.trim() : undefined })
        }}
      >
        <input
          name="code"
          className="field"
          style={{ minWidth: 0, width: '100%' }}
          aria-label={say(words.code)}
          placeholder="XXXX-XXXX-XXXX"
          defaultValue={code}
          maxLength={40}
        />
        <button type="submit" className="btn">
          {say(words.verify)}
        </button>
      </form>
      {code ? <Outcome code={code} /> : <span className="said">{say(words.hint)}</span>}
    </section>
  )
}

function Outcome({ code }: { code: string }) {
  const { say } = useSay()
  const answer = useAsk('letter.verify', { code })
  return (
    <div aria-live="polite">
      <Answer of={answer} lines={1}>
        {(found) =>
          found.isFound ? (
            <>
              <Light light={found.isGenuine ? 'green' : 'red'}>
                {say(found.isGenuine ? words.genuine : words.tampered)}
              </Light>{' '}
              <strong>{say(found.number)}</strong> {found.madeUp && <MadeUp />}
              <span className="said">
                {say(words.parties, {
                  from: say(found.from),
                  to: say(found.to),
                  firstYear: found.firstYear,
                  lastYear: found.lastYear,
                  signed: found.signed,
                  seats: found.seats,
                })}
              </span>
            </>
          ) : (
            <Light light="red">{say(words.unknown)}</Light>
          )
        }
      </Answer>
    </div>
  )
}
