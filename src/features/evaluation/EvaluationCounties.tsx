import { Card, DataTable, Go, Share, UnitLink, actPath, useSay, useSession } from '#web/parts/index.ts'
import { percent, words } from './evaluation-words.tsx'
import { type Estimate, type Evaluation, Interval, shared, Verdict } from './sample-page-words.tsx'

type County = Evaluation['frame'][number]

/** Every county: how far its answers have come and, once closed, each metric against the limit that applies to it. */
export function Counties({ of }: { of: Evaluation }) {
  const { say, count, language } = useSay()
  const session = useSession()
  const isClosed = of.closedOn !== null
  return (
    <Card title={say(words.answers)}>
      <DataTable
        caption={say(words.answers)}
        rows={of.frame}
        rowKey={(row) => String(row.n)}
        csv="evaluation-counties"
        columns={[
          {
            key: 'county',
            title: say(shared.county),
            head: true,
            value: (row: County) => say(row.name),
            cell: (row: County) => <UnitLink unit={{ id: row.unit, name: row.name }} />,
          },
          {
            key: 'progress',
            title: say(words.progress),
            value: (row: County) => row.interviewed,
            cell: (row: County) =>
              of.drawnOn && !row.isDrawn ? (
                <span className="sub">{say(words.notDrawn)}</span>
              ) : (
                <>
                  <span className="num">
                    {count(row.interviewed)} / {count(row.isDrawn ? row.sought : row.villagesDrawn * of.perVillage)}
                  </span>{' '}
                  {row.isDrawn && (
                    <Share share={row.interviewed / Math.max(1, row.sought)} label={say(words.progress)} />
                  )}
                  {row.interviewed > 0 && (
                    <div className="sub small">
                      {say(words.missing, { away: row.notFound, refused: row.refused, half: row.halfFilled })}
                    </div>
                  )}
                </>
              ),
          },
          ...(isClosed
            ? (['headcount', 'wrongExit', 'miss', 'approval'] as const).map((metric) => ({
                key: metric,
                title: say(of.metrics[metric]),
                value: (row: County) => row.estimates.find((each) => each.metric === metric)?.value ?? null,
                cell: (row: County) => {
                  const each = row.estimates.find((estimate) => estimate.metric === metric)
                  return each ? (
                    <>
                      <Interval of={each} />
                      <div>
                        <Verdict of={each.verdict} /> <Limit of={each} />
                      </div>
                    </>
                  ) : (
                    '—'
                  )
                },
              }))
            : []),
          ...(of.drawnOn
            ? [
                {
                  key: 'papers',
                  title: say(words.papers),
                  cell: (row: County) =>
                    row.isDrawn && (
                      <span className="row sample-papers">
                        <a
                          className="btn tight"
                          href={`/api/evaluations/${of.id}/questionnaires/${row.n}.html?lang=${language}`}
                          target="_blank"
                          rel="noreferrer"
                        >
                          {say(words.print)}
                        </a>
                        <a
                          className="btn tight"
                          href={`/api/evaluations/${of.id}/answers/${row.n}.xlsx?lang=${language}`}
                          download
                        >
                          {say(words.sheet)}
                        </a>
                        {isClosed && row.estimates.length === 4 && !of.madeUp && (
                          <Go className="btn tight" to={takeOver(of, row, session?.root === of.unit)}>
                            {say(words.over)}
                          </Go>
                        )}
                      </span>
                    ),
                },
              ]
            : []),
        ]}
      />
      {isClosed && <p className="sub small">{say(words.verdictWhy)}</p>}
    </Card>
  )
}

/** The form of the exit's own evaluation, with what was estimated filled in; whoever does it still decides. */
function takeOver(of: Evaluation, county: County, isRoot: boolean): string {
  const values = Object.fromEntries(
    county.estimates.map((each) => [each.metric, Math.round(each.value * 10_000) / 100]),
  )
  return actPath(isRoot ? 'exit.evaluate' : 'evaluation.commission', { unit: county.unit, year: of.year, ...values })
}

function Limit({ of }: { of: Estimate }) {
  const { say } = useSay()
  if (of.limit_bp === null) return null
  return (
    <span className="sub small" style={{ whiteSpace: 'nowrap' }}>
      {say(of.sense === 'below' ? words.below : words.least, { limit: percent(of.limit_bp) })}
    </span>
  )
}
