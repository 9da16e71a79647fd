import { queryString } from '#web/api.ts'
import { Abilities, AsOf, Card, DayText, FigureTile, Go, Page, useAsk, useSay, useSession } from '#web/parts/index.ts'
import { FlowCard } from './FlowPicture.tsx'
import { LinesCard } from './LinesCard.tsx'
import { BooksChoice, Exports, Fen, Trail, useBooks } from './money-parts.tsx'
import { words } from './money-words.tsx'
import './money.css'

/** What a unit's tiles count: who spends has nothing to pass on, who passes on carries little over. */
const tiles = {
  spends: ['funds.received', 'funds.execution-rate', 'funds.committed', 'funds.idle'],
  passes: ['funds.received', 'funds.passed-on', 'funds.execution-rate', 'funds.idle'],
  begins: ['funds.appropriated', 'funds.committed', 'funds.execution-rate', 'funds.idle'],
} as const
const lesser = {
  spends: ['funds.paid', 'funds.commitment-rate', 'funds.carried-in', 'funds.returned'],
  passes: ['funds.committed', 'funds.paid', 'funds.passed-on-late', 'funds.returned'],
  begins: ['funds.paid', 'funds.passed-on', 'funds.passed-on-late', 'funds.returned'],
} as const

/** A unit's money of a year: how far it has come, its lines, and where it went. */
export default function FundsPage() {
  const { say } = useSay()
  const books = useBooks()
  const { unit, year } = books
  const shown = useAsk('unit.show', unit === undefined ? {} : { unit }, { enabled: unit !== undefined })
  const about = shown.data
  const role = about?.isRoot ? 'begins' : about?.isCounty ? 'spends' : 'passes'
  const within = queryString({ unit, year })
  return (
    <Page
      title={about ? say(words.titleOf, { unit: say(about.name), year }) : say(words.title)}
      sub={about && about.above.length > 0 ? <Trail above={about.above} page="/funds" year={year} /> : say(words.sub)}
      aside={
        <>
          {unit && <Exports {...books} unit={unit} />}
          <AsOf />
        </>
      }
    >
      <div className="stack">
        <div className="row">
          <Choice {...books} />
          <span className="push row">
            <Go to={`/funds/execution${within}`}>{say(words.execution)}</Go>
            {unit && <Go to={`/funds/county/${unit}?year=${year}`}>{say(words.cash)}</Go>}
            <Go to={`/funds/formula${within}`}>{say(words.formula)}</Go>
            <Go to={`/disclosures${within}`}>{say(words.disclosures)}</Go>
          </span>
        </div>
        {about && unit && (
          <>
            {books.isDemonstration && <p className="why note">{say(words.modelled)}</p>}
            <div className="grid tiles">
              {tiles[role].map((name) => (
                <FigureTile key={name} name={name} unit={unit} year={year} />
              ))}
            </div>
            <Forebears unit={unit} />
            <LinesCard unit={unit} year={year} spends={role === 'spends'} />
            <FlowCard unit={unit} year={year} />
            <div className="grid tiles">
              {lesser[role].map((name) => (
                <FigureTile key={name} name={name} unit={unit} year={year} />
              ))}
            </div>
          </>
        )}
      </div>
    </Page>
  )
}

function Choice({ unit, year, thisYear }: ReturnType<typeof useBooks>) {
  const lines = useAsk('funds.lines', { ...(unit && { unit }), year, limit: 1 }, { enabled: unit !== undefined })
  return <BooksChoice unit={unit} year={year} years={[thisYear, ...(lines.data?.years ?? [])]} />
}

/** Closed units whose money or projects wait for this one; nothing where there are none. */
function Forebears({ unit }: { unit: string }) {
  const { say } = useSay()
  const isSeated = useSession()?.actor !== null
  const { data } = useAsk('funds.forebears', { unit }, { enabled: isSeated })
  if (!data || data.items.length === 0) return null
  return (
    <Card title={say(words.forebears)}>
      <ul className="dues">
        {data.items.map((each) => (
          <li key={each.from}>
            <Go to={`/units/${each.from}`}>{say(each.name)}</Go>{' '}
            <span className="sub">
              {say(words.closedOn)} <DayText day={each.closedOn} />
            </span>{' '}
            {each.heldFen !== '0' && (
              <>
                {say(words.stillHeld)} <Fen fen={each.heldFen} />{' '}
              </>
            )}
            {each.projects > 0 && <span>{say(words.stillInLibrary, { count: each.projects })}</span>}{' '}
            <Abilities can={each.can} tight />
          </li>
        ))}
      </ul>
    </Card>
  )
}
