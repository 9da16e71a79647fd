import {
  Abilities,
  actPath,
  AsOf,
  FigureTile,
  Go,
  Page,
  UnitPicker,
  useAsk,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import { shared } from './help-parts.tsx'
import { NeedTable, PledgeTable } from './HelpTables.tsx'
import { CampaignTable, PartnerTable } from './PartnerTables.tsx'

const views = ['needs', 'pledges', 'partners', 'campaigns'] as const

const words = {
  title: { zh: '社会动员', en: 'Mobilising the public' },
  sub: {
    zh: '县、村公布需要什么，任何人可以认捐；对接、兑现、核实，每一步有日期和责任人。',
    en: 'Counties and villages say what they need, and anyone may pledge it; matched, delivered and confirmed, each step with its day and who answers for it.',
  },
  books: {
    zh: '这里的资金不进入财政扶贫资金账。',
    en: 'Money given here does not enter the books of public funds.',
  },
  pairings: { zh: '东西部协作结对表', en: 'Pairs of east and west' },
  anyNeed: { zh: '认捐（由县里对接）', en: 'Pledge, for the county to match' },
  views: { zh: '看什么', en: 'What to look at' },
}

/** Needs, pledges, partners and campaigns of an area, open to anyone. */
export default function MobilisationPage() {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const session = useSession()
  const unit = search['unit'] ?? session?.actor?.unit.id ?? session?.root
  const view = views.find((each) => each === search['view']) ?? 'needs'
  const begin = useAsk('need.list', { ...(unit && { unit }), limit: 1 }, { enabled: unit !== undefined })
  const within = unit === undefined ? {} : { unit }
  return (
    <Page
      title={say(words.title)}
      sub={
        <span className="linked">
          {say(words.sub)} {say(words.books)} <Go to="/pairings">{say(words.pairings)}</Go>
        </span>
      }
      aside={<AsOf />}
    >
      <div className="stack">
        <div className="row">
          <span style={{ flex: '0 1 280px', minWidth: 0 }}>
            <UnitPicker
              label={say(shared.within)}
              value={unit}
              onChoose={(id) => setSearch({ unit: id, offset: undefined })}
            />
          </span>
          {begin.data && <Abilities can={begin.data.can} />}
          {unit !== undefined && begin.data?.can.some((ability) => ability.act === 'partner.join') && (
            <Go to={actPath('pledge.make', { unit })} className="btn">
              {say(words.anyNeed)}
            </Go>
          )}
        </div>
        <div className="grid tiles">
          <FigureTile name="needs.open" {...within} />
          <FigureTile name="pledges.confirmed-money" {...within} />
          <FigureTile name="needs.met-share" {...within} />
        </div>
        <nav className="views" aria-label={say(words.views)}>
          {views.map((each) => (
            <Go
              key={each}
              to={`/mobilisation?${new URLSearchParams({ ...within, view: each, ...(search['on'] && { on: search['on'] }) }).toString()}`}
              className={`btn ${each === view ? 'primary' : ''}`}
              aria-current={each === view ? 'page' : undefined}
            >
              {say(shared[each])}
            </Go>
          ))}
        </nav>
        {view === 'needs' && <NeedTable unit={unit} />}
        {view === 'pledges' && <PledgeTable unit={unit} />}
        {view === 'partners' && <PartnerTable unit={unit} />}
        {view === 'campaigns' && <CampaignTable unit={unit} />}
      </div>
    </Page>
  )
}
