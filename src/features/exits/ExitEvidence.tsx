import { Card, DayText, Go, Light, useAsk, useSay, useSearch, useSession } from '#web/parts/index.ts'
import { daysBetween } from '#web/formats.ts'
import { download } from '#web/parts/table.ts'
import type { ExitShown } from './ExitPage.tsx'
import { basisPoints, DemonstrationMark, metricWords, rateOf, words } from './words.tsx'

/** The county's own count against the limit. */
export function Basis({ exit }: { exit: ExitShown }) {
  const { say, count } = useSay()
  const [attested, ...corrected] = exit.attestations
  const { headcountMax_bp, villagesOutMin_bp } = exit.limits
  if (!attested) return <Card title={say(words.basis)}>{say(words.notAttested)}</Card>
  const isWithin = attested.poorPersons * 10_000 <= headcountMax_bp * attested.ruralPersons
  const enough = villagesOutMin_bp === null || attested.villagesOut * 10_000 >= villagesOutMin_bp * attested.villages
  return (
    <Card title={say(words.basis)} aside={<Go to={`/journal/${attested.act}`}>{say(words.entry)}</Go>}>
      <dl className="facts">
        <dt>{say(words.rate)}</dt>
        <dd>
          <b className="num">{rateOf(attested.poorPersons, attested.ruralPersons)}</b> <DemonstrationMark />{' '}
          <Light light={isWithin ? 'green' : 'red'}>
            {say(words.limitMax, { limit: basisPoints(headcountMax_bp) })}
          </Light>
          <span className="sub small" style={{ display: 'block' }}>
            {say(words.ofRural, { poor: count(attested.poorPersons), rural: count(attested.ruralPersons) })}
          </span>
        </dd>
        <dt>{say(words.villages)}</dt>
        <dd>
          <span className="num">
            {attested.villagesOut} / {attested.villages}
          </span>{' '}
          {villagesOutMin_bp !== null && (
            <Light light={enough ? 'green' : 'red'}>
              {say(words.atLeast, { limit: basisPoints(villagesOutMin_bp) })}
            </Light>
          )}
        </dd>
        <dt>{say(words.asOf)}</dt>
        <dd>
          <DayText day={attested.asOf} />{' '}
          {corrected.length > 0 && (
            <span className="sub small">{say(words.corrected, { count: corrected.length })}</span>
          )}
        </dd>
      </dl>
    </Card>
  )
}

type Result = { metric: string; value_bp: number; limit_bp: number; sense: 'below' | 'at-least'; passes: boolean }

/** The last evaluation's four metrics against their limits; before it, the limits alone. */
export function Metrics({ exit }: { exit: ExitShown }) {
  const { say } = useSay()
  const last = exit.steps.flatMap((step) => step.rows).findLast((row) => Array.isArray(row.evidence['results']))
  const results = (last?.evidence['results'] as Result[] | undefined) ?? []
  const asked = (metric: string, limit_bp: number) =>
    say(metric === 'approval' ? words.atLeast : words.below, { limit: basisPoints(limit_bp) })
  return (
    <Card
      title={say(words.metrics)}
      aside={
        last && (
          <>
            <DemonstrationMark /> <DayText day={last.on} />
          </>
        )
      }
    >
      <table>
        <thead>
          <tr>
            <th scope="col">{say(words.metric)}</th>
            <th scope="col" className="right">
              {say(words.value)}
            </th>
            <th scope="col">{say(words.asked)}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(exit.limits.metrics).map(([metric, limit_bp]) => {
            const result = results.find((each) => each.metric === metric)
            return (
              <tr key={metric}>
                <th scope="row">{metricWords[metric] ? say(metricWords[metric]) : metric}</th>
                <td className="right num">{result ? basisPoints(result.value_bp) : '—'}</td>
                <td>
                  {asked(metric, result?.limit_bp ?? limit_bp)}{' '}
                  {result && (
                    <Light light={result.passes ? 'green' : 'red'}>
                      {say(result.passes ? words.passes : words.fails)}
                    </Light>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Card>
  )
}

/** Each round's notice with its clock. */
export function Notices({ exit }: { exit: ExitShown }) {
  const { say, day } = useSay()
  const search = useSearch()
  const session = useSession()
  const today = search['on'] ?? session?.today ?? ''
  if (exit.notices.length === 0) return null
  return (
    <Card title={say(words.notice)}>
      {exit.notices.map((notice) => (
        <p key={notice.round}>
          {say(words.fromUntil, { from: day(notice.from), until: day(notice.until) })}{' '}
          {notice.isOpen ? (
            <Light light="yellow">{say(words.stands, { days: daysBetween(today, notice.until) })}</Light>
          ) : (
            <Light light="none">{say(words.ended)}</Light>
          )}{' '}
          <Go to={notice.address} className="entry">
            {say(words.openNotice)}
          </Go>
        </p>
      ))}
    </Card>
  )
}

type SealedShown = NonNullable<ExitShown['sealed']>

/** The digest of the sealed evidence, and its text to compute it again. */
export function Sealed({ exit, sealed }: { exit: ExitShown; sealed: SealedShown }) {
  const { say, count } = useSay()
  const evidence = useAsk('exit.evidence', { unit: exit.unit, year: exit.year })
  return (
    <Card title={say(words.sealed)} aside={<DayText day={sealed.on} />}>
      <p className="small">{say(words.sealedWhy)}</p>
      <p className="mono" style={{ overflowWrap: 'anywhere' }}>
        SHA-256 {sealed.sha256}
      </p>
      <button
        type="button"
        className="btn tight"
        disabled={!evidence.data}
        onClick={() =>
          evidence.data &&
          download(`exit-${exit.code ?? exit.unit}-${exit.year}.json`, evidence.data.evidence, 'application/json')
        }
      >
        {say(words.download)}
      </button>{' '}
      <span className="sub small">{say(words.letters, { count: count(sealed.length) })}</span>
    </Card>
  )
}
