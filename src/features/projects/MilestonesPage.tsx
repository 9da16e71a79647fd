import {
  Answer,
  AsOf,
  Card,
  Choice,
  DataTable,
  DayText,
  FigureTile,
  Go,
  Light,
  Page,
  Share,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSetSearch,
} from '#web/parts/index.ts'
import { useWithin, Within, words } from './major-words.tsx'

const LIMIT = 50
const DAYS_AHEAD = 30
const kinds = ['slipped', 'due', 'open'] as const
const own = {
  sub: {
    zh: '节点一滞后，县、市、省当日都看得到。',
    en: 'The day that a milestone slips, county, city and province all see it.',
  },
  slipped: { zh: '已滞后', en: 'Slipped' },
  due: { zh: '{days} 天内到期', en: 'Due within {days} days' },
  open: { zh: '全部未完成', en: 'All that is open' },
  which: { zh: '看哪些', en: 'Which' },
  milestone: { zh: '节点', en: 'Milestone' },
  planned: { zh: '计划完成', en: 'Planned' },
  done: { zh: '已完成', en: 'Done' },
  none: { zh: '没有这样的节点。', en: 'There is no such milestone.' },
} as const

/** Milestones that slipped or fall due, of the projects at and below a unit. */
export default function MilestonesPage() {
  const { say } = useSay()
  const unit = useWithin()
  return (
    <Page title={say(words.milestones)} sub={say(own.sub)} aside={<AsOf />}>
      <div className="stack">
        <Within unit={unit} page="milestones" />
        {unit && (
          <>
            <div className="grid tiles">
              <FigureTile name="projects.milestones-slipped" unit={unit} />
              <FigureTile name="projects.started" unit={unit} />
            </div>
            <Milestones unit={unit} />
          </>
        )}
      </div>
    </Page>
  )
}

function Milestones({ unit }: { unit: string }) {
  const { say, percent } = useSay()
  const state = useListState()
  const setSearch = useSetSearch()
  const asked = useSearch()['which']
  const which = kinds.find((each) => each === asked) ?? 'slipped'
  const list = useAsk('milestone.list', {
    unit,
    which,
    days: DAYS_AHEAD,
    ...(state.find && { text: state.find }),
    sort: ({ slip: 'slip', '-slip': 'slip', code: 'code' } as const)[state.sort] ?? 'due',
    offset: state.offset,
    limit: LIMIT,
  })
  return (
    <Card>
      <Answer of={list} lines={8}>
        {({ items, total }) => (
          <DataTable
            caption={say(words.milestones)}
            rows={items}
            total={total}
            state={state}
            limit={LIMIT}
            csv="milestones"
            rowKey={(each) => `${each.project} ${each.n}`}
            empty={say(own.none)}
            tools={
              <Choice
                label={say(own.which)}
                value={which}
                options={kinds.map((value) => ({ value, label: say(own[value], { days: DAYS_AHEAD }) }))}
                onChoose={(value) => setSearch({ which: value === 'slipped' ? undefined : value, offset: undefined })}
              />
            }
            columns={[
              {
                key: 'milestone',
                title: say(own.milestone),
                head: true,
                cell: (each) => (
                  <span>
                    {each.n}. {each.milestone}
                    <span className="sub small" style={{ display: 'block' }}>
                      <Go to={`/projects/${each.project}`}>{`${each.code} ${each.name}`}</Go>
                    </span>
                  </span>
                ),
              },
              {
                key: 'code',
                title: say(words.county),
                value: (each) => say(each.unitName),
                cell: (each) => <Go to={`/units/${each.unit}`}>{say(each.unitName)}</Go>,
              },
              {
                key: 'due',
                title: say(own.planned),
                value: (each) => each.due,
                cell: (each) => <DayText day={each.due} />,
              },
              {
                key: 'slip',
                title: say(words.stand),
                value: (each) => each.slipDays,
                cell: (each) => <Light light={each.light}>{say(each.words)}</Light>,
              },
              {
                key: 'done',
                title: say(own.done),
                cell: (each) => {
                  const share = each.doneBp / 10_000
                  return (
                    <span className="row" style={{ gap: 6 }}>
                      <Share share={share} light="none" label={`${say(own.done)} ${percent(share)}`} />
                      <span className="num">{percent(share, 0)}</span>
                    </span>
                  )
                },
              },
            ]}
          />
        )}
      </Answer>
    </Card>
  )
}
