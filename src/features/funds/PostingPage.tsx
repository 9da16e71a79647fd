import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  DataTable,
  DayText,
  Go,
  Light,
  Page,
  PersonName,
  useAsk,
  useListState,
  useNames,
  useParams,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import { AccountName, Way, Yuan, yuanWord } from './BookParts.tsx'
import { words } from './book-words.tsx'
import { BankFile, RevealPayee } from './deed.tsx'
import './books.css'

const LIMIT = 50

type Posting = AnswerOf<'posting.show'>
type Transfer = Posting['transfers'][number]

/** One document of the books: who entered it under which duty, all that it moved, and where that money came from and went. */
export default function PostingPage() {
  const { say } = useSay()
  const { act = '' } = useParams()
  const list = useListState()
  const posting = useAsk('posting.show', { act, offset: list.offset, limit: LIMIT })
  const data = posting.data
  return (
    <Page
      title={data ? say(words.posting, { document: data.document }) : say(words.aPosting)}
      mark={data && <Standing posting={data} />}
      sub={
        data && (
          <p>
            <Go to={`/funds/county/${data.unit}`}>{say(data.unitName)}</Go> · <DayText day={data.on} /> ·{' '}
            <Yuan fen={data.amountFen} /> {say(yuanWord)}
          </p>
        )
      }
      aside={<AsOf />}
    >
      <Answer of={posting} lines={10}>
        {(shown) => (
          <div className="stack">
            <div className="grid cols-wide">
              <Card title={say(words.who)}>
                <Head posting={shown} />
              </Card>
              <Card title={say(words.follow)}>
                <Followed posting={shown} />
              </Card>
            </div>
            <Card
              title={say(words.transfers)}
              aside={<span className="sub small">{say(words.count, { count: shown.total })}</span>}
            >
              <Transfers posting={shown} list={list} />
            </Card>
          </div>
        )}
      </Answer>
    </Page>
  )
}

function Standing({ posting }: { posting: Posting }) {
  const { say } = useSay()
  if (posting.isReversed) return <Light light="yellow">{say(words.reversed)}</Light>
  return (
    <Light light={posting.isReversal ? 'none' : 'green'}>
      {say(posting.isReversal ? words.reversal : words.stands)}
    </Light>
  )
}

function Head({ posting }: { posting: Posting }) {
  const { say } = useSay()
  const names = useNames()
  const duties: Readonly<Record<string, { zh: string; en: string }>> | undefined = names?.duties
  const { by, duty } = posting
  const isSeated = Boolean(useSession()?.actor)
  const payment = posting.can.find((ability) => ability.act === 'payment-file.make')
  return (
    <>
      <dl className="facts">
        <dt>{say(words.act)}</dt>
        <dd>
          {say(posting.doneTitle)}
          {isSeated && (
            <>
              {' '}
              · <Go to={`/journal/${posting.act}`}>{say(words.journal)}</Go>
            </>
          )}
        </dd>
        <dt>{say(words.who)}</dt>
        <dd>
          {by ? (
            <>
              {say(by.unitName)} {say(by.postName)} {by.person && <PersonName person={by.person} />}
            </>
          ) : (
            say(words.system)
          )}
        </dd>
        <dt>{say(words.under)}</dt>
        <dd>
          <Go to={`/charter?duty=${duty}`}>{duties?.[duty] ? say(duties[duty]) : duty}</Go>
        </dd>
        <dt>{say(words.inBooksOf)}</dt>
        <dd>
          <Go to={`/funds/county/${posting.unit}`}>{say(posting.unitName)}</Go>
        </dd>
        {posting.note && (
          <>
            <dt>{say(words.note)}</dt>
            <dd>{posting.note}</dd>
          </>
        )}
      </dl>
      <div style={{ marginTop: 12 }}>
        <Abilities can={posting.can.filter((ability) => ability !== payment)} others />
      </div>
      {payment?.mine && <BankFile unit={posting.unit} payment={posting.act} />}
    </>
  )
}

/** The way of one transfer of the document: the one that the address names, else the first. */
function Followed({ posting }: { posting: Posting }) {
  const { say } = useSay()
  const search = useSearch()
  const n = Number(search['n'] ?? posting.transfers[0]?.n ?? 1)
  const isAppropriation = posting.transfers.every((transfer) => transfer.kind === 'appropriate')
  return (
    <div className="stack" style={{ gap: 8 }}>
      {posting.total > 1 && <p className="sub small">{say(words.followed, { n })}</p>}
      {!isAppropriation && <Way key={`up ${n}`} act={posting.act} n={n} direction="up" />}
      <Way key={`down ${n}`} act={posting.act} n={n} direction="down" />
    </div>
  )
}

function Transfers({ posting, list }: { posting: Posting; list: ReturnType<typeof useListState> }) {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const hasPayees = posting.transfers.some((transfer) => transfer.payee)
  return (
    <DataTable
      caption={say(words.transfers)}
      rows={posting.transfers}
      total={posting.total}
      state={list}
      limit={LIMIT}
      searchable={false}
      rowKey={(transfer) => String(transfer.n)}
      columns={[
        {
          key: 'n',
          title: say(words.number),
          cell: (transfer) => (
            <span id={`n${transfer.n}`} className={String(transfer.n) === search['n'] ? 'asked' : ''}>
              {transfer.n}
            </span>
          ),
        },
        { key: 'what', title: say(words.what), head: true, cell: (transfer) => <What transfer={transfer} /> },
        { key: 'from', title: say(words.from), cell: (transfer) => <AccountName account={transfer.from} /> },
        {
          key: 'to',
          title: say(words.to),
          cell: (transfer) => <AccountName account={transfer.to} beside={transfer.from} />,
        },
        ...(hasPayees
          ? [
              {
                key: 'payee',
                title: say(words.payee),
                cell: (transfer: Transfer) => <Payee posting={posting} transfer={transfer} />,
              },
            ]
          : []),
        {
          key: 'amount',
          title: say(words.amount),
          align: 'right',
          cell: (transfer) => <Yuan fen={transfer.amountFen} />,
        },
        ...(posting.total > 1
          ? [
              {
                key: 'follow',
                title: '',
                cell: (transfer: Transfer) => (
                  <button
                    type="button"
                    className="btn tight no-print"
                    onClick={() => setSearch({ n: transfer.n }, true)}
                  >
                    {say(words.follow)} <span className="visually-hidden">{transfer.n}</span>
                  </button>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}

function What({ transfer }: { transfer: Transfer }) {
  const { say } = useSay()
  const { kindName, work, milestone, reverses, reversedBy } = transfer
  return (
    <span>
      {say(kindName)}
      {(work ?? milestone) !== null && (
        <span className="sub small" style={{ display: 'block' }}>
          {[work, milestone === null ? null : say(words.milestone, { n: milestone })].filter(Boolean).join(' · ')}
        </span>
      )}
      {reverses && (
        <span style={{ display: 'block' }}>
          <Go to={`/funds/postings/${reverses.act}?n=${reverses.n}`}>{say(words.corrects, { n: reverses.n })}</Go>
        </span>
      )}
      {reversedBy && (
        <span style={{ display: 'block' }}>
          <Light light="yellow">
            <Go to={`/funds/postings/${reversedBy.act}?n=${reversedBy.n}`}>
              {say(words.correctedBy, { day: reversedBy.on })}
            </Go>
          </Light>
        </span>
      )}
    </span>
  )
}

function Payee({ posting, transfer: { payee } }: { posting: Posting; transfer: Transfer }) {
  const { say } = useSay()
  if (!payee) return '—'
  return (
    <span>
      {payee.shown} <span className="sub small">{say(payee.kindName)}</span>{' '}
      {posting.mayReveal && <RevealPayee unit={posting.unit} payee={payee.id} />}
    </span>
  )
}
