import type { AnswerOf } from '#web/ask.ts'
import {
  Answer,
  AsOf,
  Clause,
  FigureTile,
  Page,
  Status,
  useAsk,
  useFigures,
  useSay,
  useSession,
} from '#web/parts/index.ts'
import { ChainCard, DueCard, LatelyCard, LateBelow } from './DueCards.tsx'
import { CanCard, DutiesCard } from './DutyCards.tsx'
import { words } from './home-words.tsx'
import SignInPage from './SignInPage.tsx'

type Mine = AnswerOf<'responsibilities.mine'>

/** The home page: what I answer for, what is due, what is late below me, what I may do now. */
export default function HomePage() {
  const session = useSession()
  if (session && !session.actor) return <SignInPage />
  return <Mine />
}

function Mine() {
  const { say } = useSay()
  const mine = useAsk('responsibilities.mine')
  return mine.data ? (
    <Home data={mine.data} />
  ) : (
    <Page title={say(words.title)} aside={<AsOf />}>
      <Answer of={mine} lines={8}>
        {() => null}
      </Answer>
    </Page>
  )
}

function Home({ data }: { data: Mine }) {
  const { say, list, day, count } = useSay()
  const [unit, ...above] = data.lineage
  const listed = data.designations[0]
  const where = [unit, ...above].map((each) => say(each.name)).join(' · ')
  const reach = data.below.map((tier) =>
    say(words.below, { units: count(tier.units), tier: say(tier.name), designated: count(tier.designated) }),
  )
  return (
    <Page
      title={say(words.title)}
      aside={<AsOf />}
      sub={
        <>
          {where} {listed && <>　{say(words.listed, { since: day(listed.since) })}</>}
          {reach.length > 0 && <>　{list(reach.slice(-1))}</>}
        </>
      }
    >
      {data.clause && (
        <Clause
          cite={
            <>
              {say(data.clause.source)}
              {data.clause.article && ` · ${say(words.article, { article: data.clause.article })}`}
              {data.version && ` · ${say(words.version, { version: data.version.id })}`} · {say(data.clause.title)}{' '}
              <Status status={data.clause.status} />
            </>
          }
        >
          {say(data.clause.quote)}
        </Clause>
      )}
      <Tiles duties={data.duties.map((duty) => duty.id)} unit={data.unit.id} />
      <div className="grid cols-wide">
        <div className="stack">
          <DueCard data={data} />
          {data.lateBelow.total > 0 && <LateBelow data={data} />}
          <ChainCard unit={data.unit.id} />
          <LatelyCard unit={data.unit.id} />
        </div>
        <div className="stack">
          <DutiesCard data={data} />
          <CanCard data={data} />
        </div>
      </div>
    </Page>
  )
}

const TILES_MAX = 9

/** The figures that this seat answers for first, then others, up to a row of them. */
function Tiles({ duties, unit }: { duties: readonly string[]; unit: string }) {
  const { data } = useFigures()
  const rank = (duty: string) => (duties.includes(duty) ? 0 : 1)
  const chosen = (data ?? []).toSorted((a, b) => rank(a.duty) - rank(b.duty)).slice(0, TILES_MAX)
  if (chosen.length === 0) return null
  return (
    <div className="grid tiles-row">
      {chosen.map((figure) => (
        <FigureTile key={figure.name} name={figure.name} unit={unit} hidesEmpty />
      ))}
    </div>
  )
}
