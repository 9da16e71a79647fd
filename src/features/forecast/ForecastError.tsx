import type { AnswerOf } from '#web/ask.ts'
import {
  Answer,
  Card,
  Choice,
  DataTable,
  Light,
  Share,
  useAsk,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import { words } from './page-words.tsx'

type Calibration = AnswerOf<'forecast.calibration'>
type Group = Calibration['byArea'][number]

const groupings = ['byArea', 'byYear', 'byMonth'] as const

/** How far forecasts can be believed: what was said beside what came true, and whether that beats knowing the bare share. */
export function ForecastError() {
  const { say } = useSay()
  const isDemonstration = useSession()?.mode === 'demonstration'
  const calibration = useAsk('forecast.calibration', {})
  return (
    <div className="stack" id="error">
      <Card title={say(words.error)}>
        <p>{say(words.errorHow)}</p>
        {isDemonstration && (
          <p>
            <Light light="yellow">{say(words.madeUpDays)}</Light>
          </p>
        )}
        <Answer of={calibration} lines={6}>
          {(data) =>
            data.whole.forecasts === 0 ? (
              <p className="sub">{say(words.noYears)}</p>
            ) : (
              <>
                <p className="sub">{data.outcomes.map((each) => say(words.outcome, each)).join(' · ')}</p>
                <Classes data={data} />
              </>
            )
          }
        </Answer>
      </Card>
      {calibration.data && calibration.data.whole.forecasts > 0 && <Groups data={calibration.data} />}
      {calibration.data && <Signs data={calibration.data} />}
    </div>
  )
}

function Classes({ data }: { data: Calibration }) {
  const { say, percent, count } = useSay()
  const bar = (share: number | null, word: string, light: 'none' | 'green') =>
    share === null ? (
      <span className="faint">—</span>
    ) : (
      <>
        <span className="num">{percent(share, 0)}</span>{' '}
        <Share share={share} light={light} label={`${word} ${percent(share, 0)}`} />
      </>
    )
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={say(words.error)}>
      <table className="stacking">
        <thead>
          <tr>
            <th scope="col">{say(words.class)}</th>
            <th scope="col" className="right">
              {say(words.forecasts)}
            </th>
            <th scope="col">{say(words.said)}</th>
            <th scope="col">{say(words.came)}</th>
          </tr>
        </thead>
        <tbody>
          {data.classes
            .filter((each) => each.forecasts > 0)
            .map((each) => (
              <tr key={each.from}>
                <th scope="row" data-label="" className="num">
                  {each.from}–{each.to}&nbsp;%
                </th>
                <td className="right num" data-label={say(words.forecasts)}>
                  {count(each.forecasts)}
                </td>
                <td data-label={say(words.said)}>{bar(each.said, say(words.said), 'none')}</td>
                <td data-label={say(words.came)}>{bar(each.came, say(words.came), 'green')}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  )
}

const score = (value: number | null) => (value === null ? '—' : value.toFixed(3))

function Groups({ data }: { data: Calibration }) {
  const { say, percent, count } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const by = groupings.find((each) => each === search['by']) ?? 'byArea'
  const whole: Group = { id: 'whole', name: words.all, score: data.whole }
  return (
    <Card title={say(words.brier)}>
      <p className="sub small">{say(words.brierMeans)}</p>
      <DataTable
        caption={say(words.brier)}
        rows={[whole, ...data[by]]}
        rowKey={(each) => each.id}
        name="brier"
        csv="forecast-brier"
        searchable={false}
        tools={
          <Choice
            label={say(words.group)}
            value={by}
            options={groupings.map((value) => ({ value, label: say(words[value]) }))}
            onChoose={(value) => setSearch({ by: value })}
          />
        }
        columns={[
          {
            key: 'group',
            title: say(words.group),
            head: true,
            cell: (each) => say(each.name),
            value: (each) => each.id,
          },
          {
            key: 'counties',
            title: say(words.outcomes),
            align: 'right',
            value: (each) => each.score.counties,
            cell: (each) => `${count(each.score.counties)} (${count(each.score.missed)})`,
          },
          {
            key: 'said',
            title: say(words.said),
            align: 'right',
            value: (each) => each.score.said,
            cell: (each) => (each.score.said === null ? '—' : percent(each.score.said, 0)),
          },
          {
            key: 'came',
            title: say(words.came),
            align: 'right',
            value: (each) => each.score.came,
            cell: (each) => (each.score.came === null ? '—' : percent(each.score.came, 0)),
          },
          {
            key: 'brier',
            title: say(words.brier),
            align: 'right',
            value: (each) => each.score.brier,
            cell: (each) => score(each.score.brier),
          },
          {
            key: 'base',
            title: say(words.brierBase),
            align: 'right',
            value: (each) => each.score.brierBase,
            cell: (each) => score(each.score.brierBase),
          },
          {
            key: 'hindsight',
            title: say(words.brierHindsight),
            align: 'right',
            value: (each) => each.score.brierHindsight,
            cell: (each) => score(each.score.brierHindsight),
          },
          { key: 'tells', title: '', cell: (each) => <Tells of={each} /> },
        ]}
      />
    </Card>
  )
}

function Tells({ of }: { of: Group }) {
  const { say } = useSay()
  if (!of.score.tells) return <Light light="none">{say(words.cantTell)}</Light>
  const isBetter = (of.score.brier ?? 1) < (of.score.brierBase ?? 0)
  return <Light light={isBetter ? 'green' : 'red'}>{say(isBetter ? words.better : words.worse)}</Light>
}

function Signs({ data }: { data: Calibration }) {
  const { say, count } = useSay()
  return (
    <Card title={say(words.signs)}>
      <p className="sub small">{say(words.signsMean)}</p>
      <DataTable
        caption={say(words.signs)}
        rows={data.signs}
        rowKey={(each) => each.sign}
        name="signs"
        columns={[
          { key: 'sign', title: say(words.sign), head: true, cell: (each) => say(each.name) },
          { key: 'setting', title: say(words.setting), align: 'right', cell: (each) => `${each.setting}\u00a0%` },
          { key: 'fitted', title: say(words.fitted), align: 'right', cell: (each) => `${each.fitted}\u00a0%` },
          {
            key: 'seen',
            title: say(words.seen),
            align: 'right',
            cell: (each) => say(words.seenIn, { counties: count(each.counties), looks: count(each.looks) }),
          },
        ]}
      />
    </Card>
  )
}
