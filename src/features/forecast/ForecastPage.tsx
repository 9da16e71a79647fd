import type { AnswerOf } from '#web/ask.ts'
import {
  Answer,
  AsOf,
  Card,
  DayText,
  Go,
  Light,
  Page,
  Share,
  UnitLink,
  useAsk,
  useParams,
  useSay,
} from '#web/parts/index.ts'
import { Chance, DemonstrationMark, lightOf, signed, words } from './page-words.tsx'

type Shown = AnswerOf<'forecast.show'>

/** One county's chance of making its year: how it comes about, what is still to be done, how far to believe it. */
export default function ForecastPage() {
  const { say } = useSay()
  const { unit = '', year = '' } = useParams()
  const forecast = useAsk('forecast.show', { unit, year: Number(year) })
  const { data } = forecast
  return (
    <Page
      title={data ? say(words.countyTitle, { county: say(data.name), year }) : say(words.title)}
      mark={<DemonstrationMark />}
      sub={
        data ? (
          <>
            {data.above.map((each) => (
              <span key={each.id}>
                <UnitLink unit={each} /> ·{' '}
              </span>
            ))}
            <Go to={`/exits/${unit}/${year}`}>{say(words.exit)}</Go> · <Go to={`/chain/${unit}`}>{say(words.chain)}</Go>{' '}
            · <Go to={`/forecast?year=${year}`}>{say(words.allForecasts)}</Go>
          </>
        ) : (
          forecast.error && <Go to="/forecast">{say(words.allForecasts)}</Go>
        )
      }
      aside={<AsOf />}
    >
      <Answer of={forecast} lines={10}>
        {(shown) => (
          <div className="stack">
            <Summary shown={shown} />
            {shown.parts.length > 0 && <Why shown={shown} />}
            {shown.steps.length > 0 && <Steps shown={shown} />}
          </div>
        )}
      </Answer>
    </Page>
  )
}

function Summary({ shown }: { shown: Shown }) {
  const { say, day } = useSay()
  const { alike } = shown
  return (
    <Card>
      <p style={{ fontSize: '1.4rem', margin: '0 0 6px' }}>
        <Chance of={shown} />
      </p>
      {shown.status === 'open' && (
        <>
          <p>{say(words.daysLeft, { days: shown.daysLeft, deadline: day(shown.deadline) })}</p>
          <p className="sub">
            {alike ? say(words.alike, alike) : say(words.notAlike)} <Go to="/forecast#error">{say(words.howFar)}</Go>
          </p>
        </>
      )}
      {shown.approvedOn && <DayText day={shown.approvedOn} />}
    </Card>
  )
}

/** From what is expected of anybody, by the pace and each sign, to the chance: every part with its words and records. */
function Why({ shown }: { shown: Shown }) {
  const { say, percent } = useSay()
  return (
    <Card title={say(words.why)}>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={say(words.why)}>
        <table className="stacking">
          <thead>
            <tr>
              <th scope="col">{say(words.part)}</th>
              <th scope="col" className="right" style={{ whiteSpace: 'nowrap' }}>
                {say(words.how)}
              </th>
              <th scope="col">{say(words.so)}</th>
            </tr>
          </thead>
          <tbody>
            {shown.parts.map((part) => (
              <tr key={part.part}>
                <th scope="row" data-label="" style={{ whiteSpace: 'normal' }}>
                  <div>
                    {say(part.name)}
                    <span className="sub small" style={{ display: 'block', fontWeight: 400 }}>
                      {say(part.words)}{' '}
                      {part.odds && say(part.odds.setting === part.odds.fitted ? words.oddsSet : words.odds, part.odds)}{' '}
                      <Go to={part.record}>{say(part.part === 'base' ? words.howFar : words.records)}</Go>
                      {part.records.map((record) => (
                        <span key={record.to} style={{ display: 'block' }}>
                          <DayText day={record.since} /> · <Go to={record.to}>{say(record.label)}</Go>
                        </span>
                      ))}
                    </span>
                  </div>
                </th>
                <td className="right num" data-label={say(words.how)}>
                  {part.part === 'base' ? '' : signed(part.points)}
                </td>
                <td data-label={say(words.so)}>
                  <span className="num">{percent(part.to / 100, 0)}</span>{' '}
                  <Share
                    share={part.to / 100}
                    light={lightOf('open', shown.grade)}
                    label={`${say(part.name)} ${percent(part.to / 100, 0)}`}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

const bases = {
  area: words.basisArea,
  country: words.basisCountry,
  law: words.basisLaw,
  year: words.basisYear,
} as const

/** What is still to be done, by whom, and by which day at the last. */
function Steps({ shown }: { shown: Shown }) {
  const { say } = useSay()
  return (
    <Card title={say(words.steps)}>
      <p className="sub small">{say(words.lastMeans)}</p>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={say(words.steps)}>
        <table className="stacking">
          <thead>
            <tr>
              {[words.step, words.who, words.last, words.usual].map((word) => (
                <th key={word.en} scope="col">
                  {say(word)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.steps.map((step) => (
              <tr key={step.stage}>
                <th scope="row" data-label="">
                  {say(step.name)}
                </th>
                <td data-label={say(words.who)}>
                  {[step.unit?.name, step.postName].flatMap((each) => (each ? [say(each)] : [])).join(' · ')}
                </td>
                <td data-label={say(words.last)}>
                  {step.isPast ? (
                    <Light light="red">
                      <DayText day={step.by} />
                    </Light>
                  ) : (
                    <DayText day={step.by} />
                  )}{' '}
                  <span className="sub small">{say(bases[step.basis])}</span>
                </td>
                <td data-label={say(words.usual)} className="num">
                  {step.half === null ? '—' : say(words.days, { days: step.half })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}
