import { queryString } from '#web/api.ts'
import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  Answer,
  Card,
  DataTable,
  DayText,
  Go,
  Light,
  Share,
  useAsk,
  useListState,
  useSay,
  Written,
} from '#web/parts/index.ts'
import { Origins, Yuan } from './BookParts.tsx'
import { words } from './book-words.tsx'
import { Fen } from './money-parts.tsx'
import './books.css'

type Money = AnswerOf<'project.money'>
type Line = Money['lines'][number]
type Milestone = { readonly n: number; readonly name: string; readonly doneBp: number }

const LIMIT = 20

/** A project's money: committed and paid, of which lines, each payment beside its milestone, and the papers that it all comes from. */
export function ProjectMoney({ project, milestones = [] }: { project: string; milestones?: readonly Milestone[] }) {
  const { say } = useSay()
  const money = useAsk('project.money', { project })
  return (
    <Card title={say(words.projectMoney)}>
      <Answer of={money} lines={5}>
        {(data) => (
          <div className="stack" style={{ gap: 12 }}>
            <Sums money={data} />
            {data.lines.length === 0 ? (
              <p className="sub">{say(words.noMoney)}</p>
            ) : (
              <>
                <Lines money={data} />
                {milestones.length > 0 && <Beside money={data} milestones={milestones} />}
                <Payments money={data} />
                {data.origins.length > 0 && (
                  <div>
                    <h3>{say(words.origins)}</h3>
                    <Origins origins={data.origins} />
                  </div>
                )}
              </>
            )}
          </div>
        )}
      </Answer>
    </Card>
  )
}

function Sums({ money }: { money: Money }) {
  const { say } = useSay()
  const { unit, project, plannedFen, committedFen, paidFen, owedFen } = money
  const entries = (kind?: string) => `/funds/entries${queryString({ unit, project, kind })}`
  return (
    <dl className="amounts">
      {[
        { word: words.planned, fen: plannedFen, to: undefined },
        { word: words.committed, fen: committedFen, to: entries() },
        { word: words.paid, fen: paidFen, to: entries('paid') },
        { word: words.owed, fen: owedFen, to: entries('committed') },
      ].map(({ word, fen, to }) => (
        <div key={word.en}>
          <dt>{say(word)}</dt>
          <dd>{fen === null ? '—' : <Fen fen={fen} {...(to && { to })} />}</dd>
        </div>
      ))}
    </dl>
  )
}

function Lines({ money }: { money: Money }) {
  const { say } = useSay()
  return (
    <DataTable
      caption={say(words.lines)}
      rows={money.lines}
      searchable={false}
      state={useListState('lines')}
      rowKey={(line) => `${line.line} ${line.year}`}
      columns={[
        {
          key: 'line',
          title: say(words.lines),
          head: true,
          cell: (line) => (
            <span>
              <Go to={`/funds/lines/${line.line}${queryString({ unit: line.unit, year: line.year })}`}>
                {say(line.title)}
              </Go>
              <span className="sub small" style={{ display: 'block' }}>
                {line.document} · {say(words.yearOf, { year: line.year })}
              </span>
            </span>
          ),
        },
        ...(['committed', 'paid', 'owed'] as const).map((key) => ({
          key,
          title: say(words[key]),
          align: 'right' as const,
          cell: (line: Line) => <Fen fen={line[`${key}Fen`]} />,
        })),
        { key: 'can', title: '', cell: (line) => <Abilities can={line.can} tight /> },
      ]}
    />
  )
}

/** What was paid at each milestone, beside how far its work is. */
function Beside({ money, milestones }: { money: Money; milestones: readonly Milestone[] }) {
  const { say, percent } = useSay()
  const paid = new Map(money.milestones.map((each) => [each.milestone, each]))
  return (
    <DataTable
      caption={say(words.beside)}
      rows={milestones}
      searchable={false}
      state={useListState('beside')}
      rowKey={(milestone) => String(milestone.n)}
      columns={[
        {
          key: 'milestone',
          title: say(words.beside),
          head: true,
          cell: (milestone) => <Written>{`${milestone.n}. ${milestone.name}`}</Written>,
        },
        {
          key: 'work',
          title: say(words.workShare),
          cell: (milestone) => {
            const share = milestone.doneBp / 10_000
            return (
              <span className="row" style={{ gap: 6 }}>
                <Share share={share} light="none" label={`${say(words.workShare)} ${percent(share)}`} />
                <span className="num">{percent(share, 0)}</span>
              </span>
            )
          },
        },
        {
          key: 'paid',
          title: say(words.paid),
          align: 'right',
          cell: (milestone) => <Fen fen={paid.get(milestone.n)?.paidFen ?? '0'} />,
        },
        { key: 'on', title: say(words.day), cell: (milestone) => <DayText day={paid.get(milestone.n)?.lastOn} /> },
      ]}
    />
  )
}

function Payments({ money }: { money: Money }) {
  const { say } = useSay()
  return (
    <DataTable
      caption={say(words.payments)}
      rows={money.payments}
      state={useListState('pay')}
      limit={LIMIT}
      searchable={money.payments.length > LIMIT}
      rowKey={(payment) => `${payment.act} ${payment.n}`}
      empty={say(words.noPayments)}
      columns={[
        {
          key: 'on',
          title: say(words.day),
          value: (payment) => payment.on,
          cell: (payment) => <DayText day={payment.on} />,
        },
        {
          key: 'document',
          title: say(words.payments),
          head: true,
          value: (payment) => payment.document,
          cell: (payment) => (
            <span>
              <Go to={payment.address}>{payment.document}</Go>
              <span className="sub small" style={{ display: 'block' }}>
                {[payment.work, payment.milestone === null ? null : say(words.milestone, { n: payment.milestone })]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              {payment.reversedBy && (
                <Light light="yellow">
                  <Go to={`/funds/postings/${payment.reversedBy.act}?n=${payment.reversedBy.n}`}>
                    {say(words.corrected)}
                  </Go>
                </Light>
              )}
            </span>
          ),
        },
        {
          key: 'payee',
          title: say(words.payee),
          value: (payment) => payment.payee.shown,
          cell: (payment) => payment.payee.shown,
        },
        {
          key: 'amount',
          title: say(words.amount),
          align: 'right',
          value: (payment) => Number(payment.amountFen) / 100,
          cell: (payment) => <Yuan fen={payment.amountFen} />,
        },
      ]}
    />
  )
}
