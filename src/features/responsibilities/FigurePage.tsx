import { queryString } from '#web/api.ts'
import {
  Answer,
  Answers,
  AsOf,
  Card,
  Drop,
  Go,
  Page,
  UnitPicker,
  useFigure,
  useCountedText,
  useFigureText,
  useParams,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import { typedIn } from '#web/text.ts'
import { Below, Course } from './FigureParts.tsx'
import { Records } from './FigureRecords.tsx'

const words = {
  counted: { zh: '计数口径', en: 'What is counted' },
  answers: { zh: '应负责', en: 'Answers' },
  unit: { zh: '单位', en: 'Unit' },
  year: { zh: '年度', en: 'Year' },
  map: { zh: '按哪天的区划', en: 'On the map of' },
  mapWhy: {
    zh: '把数字归到那一天的区划；合计不变。',
    en: 'Restates the numbers to the units of that day; sums stay the same.',
  },
  sameDay: { zh: '与截至日相同', en: 'the same day' },
  value: { zh: '数值', en: 'Value' },
  csv: { zh: '下载 CSV', en: 'Download CSV' },
  all: { zh: '全部指标', en: 'All figures' },
  show: { zh: '确定', en: 'Show' },
}

export default function FigurePage() {
  const { say, language, measure } = useSay()
  const { name = '' } = useParams()
  const { unit, year, on, map } = useSearch()
  const setSearch = useSetSearch()
  const session = useSession()
  const figure = useFigure(name, { unit, year })
  const text = useFigureText()
  const counted = useCountedText()
  const data = figure.data
  const shownUnit = unit ?? session?.actor?.unit.id ?? session?.root
  return (
    <Page
      title={data ? say(data.figure.title) : name}
      mark={
        data && (
          <b className="num" style={{ fontSize: '1.57rem' }}>
            {text(data.figure, data.reading.value)}
          </b>
        )
      }
      sub={<Go to="/figures">{say(words.all)}</Go>}
      aside={
        <>
          <span style={{ width: 220 }}>
            <UnitPicker label={say(words.unit)} value={shownUnit} onChoose={(id) => setSearch({ unit: id })} />
          </span>
          {data?.figure.yearly && <YearChoice />}
          <MapDay />
          <AsOf />
          <a
            className="btn tight"
            href={`/api/figures/${name}.csv${queryString({ unit: shownUnit, year, on, map, lang: language })}`}
            download
          >
            {say(words.csv)}
          </a>
        </>
      }
    >
      <Answer of={figure} lines={10}>
        {(answer) => (
          <div className="stack">
            <Card>
              <dl className="facts">
                <dt>{say(words.counted)}</dt>
                <dd>{say(answer.figure.definition)}</dd>
                <dt>{say(words.value)}</dt>
                <dd className="num">
                  <b>{text(answer.figure, answer.reading.value)}</b>{' '}
                  {answer.figure.kind === 'ratio'
                    ? `= ${counted(answer.figure, answer.reading.counted)} / ${counted(answer.figure, answer.reading.of ?? 0)}`
                    : !answer.figure.money && measure(answer.reading.value, answer.figure.measure)}
                </dd>
                <dt>{say(words.answers)}</dt>
                <dd>
                  <Answers who={answer.answerable} duty={answer.figure.duty} />
                </dd>
              </dl>
            </Card>
            <div className={`grid ${answer.below.length > 0 ? 'cols-2' : ''}`}>
              {answer.below.length > 0 && <Below answer={answer} />}
              <Course name={name} figure={answer.figure} />
            </div>
            {session?.actor && <Records name={name} figure={answer.figure} />}
          </div>
        )}
      </Answer>
    </Page>
  )
}

const FIRST_YEAR = 2014

function YearChoice() {
  const { say } = useSay()
  const { year } = useSearch()
  const setSearch = useSetSearch()
  const last = Number((useSession()?.today ?? '2020').slice(0, 4))
  return (
    <select
      className="field"
      aria-label={say(words.year)}
      value={year ?? String(last)}
      onChange={(event) => setSearch({ year: event.target.value })}
    >
      {Array.from({ length: last - FIRST_YEAR + 3 }, (_, at) => FIRST_YEAR + at).map((each) => (
        <option key={each}>{each}</option>
      ))}
    </select>
  )
}

function MapDay() {
  const { say, day } = useSay()
  const { map, on } = useSearch()
  const setSearch = useSetSearch()
  const today = useSession()?.today ?? ''
  return (
    <Drop label={`${say(words.map)} ${map ? day(map) : say(words.sameDay)}`}>
      {(close) => (
        <form
          className="stack"
          style={{ gap: 10 }}
          onSubmit={(event) => {
            event.preventDefault()
            const chosen = typedIn(event.currentTarget, 'map')
            setSearch({ map: chosen === (on ?? today) ? undefined : chosen })
            close()
          }}
        >
          <label>
            <span className="sub">{say(words.mapWhy)}</span>
            <input type="date" name="map" className="field" required max={today} defaultValue={map ?? on ?? today} />
          </label>
          <button type="submit" className="btn primary">
            {say(words.show)}
          </button>
        </form>
      )}
    </Drop>
  )
}
