import { useState } from 'react'
import {
  Answer,
  AsOf,
  Drop,
  Go,
  Light,
  Page,
  UnitPicker,
  useAsk,
  useGo,
  useParams,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import { Ladder } from './Ladder.tsx'

const words = {
  title: { zh: '{unit}的责任链', en: 'The chain of {unit}' },
  plain: { zh: '责任链', en: 'The chain' },
  sub: {
    zh: '左边是交下来的，右边是答上去的。点任何一处，看记录、经手人和条文。',
    en: 'On the left what was handed down, on the right what was answered up. Everything opens to its record, its people and its article.',
  },
  other: { zh: '另一个单位', en: 'Another unit' },
  find: { zh: '找单位', en: 'Find a unit' },
  compare: { zh: '对比', en: 'Compare' },
  compareWith: { zh: '与哪一天对比', en: 'Compare with the day' },
  comparing: {
    zh: '与 {day} 对比；有变化处加蓝框，并列出当时的情形。',
    en: 'Compared with {day}: what differs is framed in blue, with how it was then.',
  },
  stop: { zh: '不再对比', en: 'Stop comparing' },
}

/** The column from the centre to a unit; one look says where it is stuck. Without a unit: the reader's own. */
export default function ChainPage() {
  const { say } = useSay()
  const session = useSession()
  const go = useGo()
  const { unit = session?.actor?.unit.id ?? session?.root } = useParams()
  const { versus, on } = useSearch()
  const chain = useAsk('chain.of', unit ? { unit } : {}, { enabled: unit !== undefined })
  const then = useAsk('chain.of', unit ? { unit } : {}, {
    enabled: unit !== undefined && versus !== undefined,
    on: versus,
  })
  const data = chain.data
  return (
    <Page
      title={data ? say(words.title, { unit: say(data.unit.name) }) : say(words.plain)}
      mark={
        data && (
          <Light light={data.stuck.light}>
            {data.stuck.record ? (
              <Go to={data.stuck.record} style={{ color: 'inherit' }}>
                {say(data.stuck.words)}
              </Go>
            ) : (
              say(data.stuck.words)
            )}
          </Light>
        )
      }
      sub={versus ? say(words.comparing, { day: versus }) : say(words.sub)}
      aside={
        <>
          <Drop label={say(words.other)}>
            {(close) => (
              <UnitPicker
                label={say(words.find)}
                value={undefined}
                onChoose={(id) => {
                  close()
                  go(`/chain/${id}${on ? `?on=${on}` : ''}`)
                }}
              />
            )}
          </Drop>
          <AsOf />
          <Compare />
        </>
      }
    >
      <Answer of={chain} lines={10}>
        {(answer) => <Ladder chain={answer} then={versus ? then.data : undefined} />}
      </Answer>
    </Page>
  )
}

function Compare() {
  const { say, day } = useSay()
  const { versus } = useSearch()
  const setSearch = useSetSearch()
  const today = useSession()?.today
  const [chosen, choose] = useState('')
  return (
    <Drop label={versus ? `${say(words.compare)} ${day(versus)}` : `${say(words.compare)}…`}>
      {(close) => (
        <form
          className="stack"
          style={{ gap: 10 }}
          onSubmit={(event) => {
            event.preventDefault()
            setSearch({ versus: chosen })
            close()
          }}
        >
          <label>
            {say(words.compareWith)}
            <input
              type="date"
              className="field"
              required
              max={today}
              onChange={(event) => choose(event.target.value)}
            />
          </label>
          <div className="row">
            <button type="submit" className="btn primary">
              {say(words.compare)}
            </button>
            {versus && (
              <button type="button" className="btn" onClick={() => setSearch({ versus: undefined })}>
                {say(words.stop)}
              </button>
            )}
          </div>
        </form>
      )}
    </Drop>
  )
}
