import type { AnswerOf } from '#web/ask.ts'
import {
  Answer,
  AsOf,
  Choice,
  Page,
  Status,
  UnitPicker,
  useAsk,
  useSay,
  useSearch,
  useSetSearch,
} from '#web/parts/index.ts'
import { Parameters } from './Parameters.tsx'
import { Duties } from './Duties.tsx'

type Matrix = AnswerOf<'charter.matrix'>

const words = {
  title: { zh: '章程：责任矩阵', en: 'The charter: who owes what' },
  sub: {
    zh: '每项职责的原文、条款、出处，由哪一级哪个职务承担，据此可办什么。',
    en: 'Every duty with its clause, article and source; the posts that hold it at each tier, and what is done under it.',
  },
  version: { zh: '版本', en: 'Version' },
  from: { zh: '{day} 起施行，{duties} 项职责', en: 'in force from {day}, {duties} duties' },
  forUnit: { zh: '看某单位由谁负责', en: 'Who answers for a unit' },
  matrix: { zh: '职责', en: 'Duties' },
  parameters: { zh: '参数', en: 'Numbers' },
  view: { zh: '看什么', en: 'What to look at' },
}

/** The law as a matrix: duties by tier, with their acts and holders; and its numbers. */
export default function CharterPage() {
  const { say } = useSay()
  const { version, unit, view = 'duties' } = useSearch()
  const setSearch = useSetSearch()
  const matrix = useAsk('charter.matrix', { ...(version && { version }), ...(unit && { unit }) })
  return (
    <Page title={say(words.title)} sub={say(words.sub)} aside={<AsOf />}>
      <Answer of={matrix} lines={10}>
        {(data) => (
          <div className="stack">
            <div className="row">
              <Choice
                label={say(words.view)}
                value={view}
                options={[
                  { value: 'duties', label: say(words.matrix) },
                  { value: 'numbers', label: say(words.parameters) },
                ]}
                onChoose={(value) => setSearch({ view: value === 'duties' ? undefined : value })}
              />
              <Choice
                label={say(words.version)}
                value={data.version}
                options={data.versions.map((each) => ({ value: each.id, label: each.id }))}
                onChoose={(value) => setSearch({ version: value })}
              />
              <Version matrix={data} />
              <span className="push" style={{ minWidth: 240 }}>
                <UnitPicker label={say(words.forUnit)} value={unit} onChoose={(id) => setSearch({ unit: id })} />
              </span>
            </div>
            {view === 'numbers' ? <Parameters /> : <Duties matrix={data} />}
          </div>
        )}
      </Answer>
    </Page>
  )
}

function Version({ matrix }: { matrix: Matrix }) {
  const { say, day } = useSay()
  const shown = matrix.versions.find((each) => each.id === matrix.version)
  if (!shown) return null
  return (
    <span className="sub">
      {say(shown.title)} · {say(words.from, { day: day(shown.from), duties: shown.duties })}{' '}
      <Status status={shown.status} />
    </span>
  )
}
