import {
  AsOf,
  Card,
  Choice,
  FigureTile,
  Go,
  Page,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
  useAsk,
  Answer,
} from '#web/parts/index.ts'
import { UnitMap } from './UnitMap.tsx'
import { UnitTable } from './UnitTable.tsx'
import { UnitTree } from './UnitTree.tsx'

const words = {
  title: { zh: '单位', en: 'Units' },
  sub: {
    zh: '行政区划与贫困县，截至所选的一天；名称、代码、隶属关系按当日的区划。',
    en: 'Administrative divisions and poor counties as of the day chosen; names, codes and parents are those of that day.',
  },
  view: { zh: '看法', en: 'View' },
  tree: { zh: '树', en: 'Tree' },
  table: { zh: '名单', en: 'Table' },
  map: { zh: '地图', en: 'Map' },
  mapOf: { zh: '按这一天的区划', en: 'On the map of' },
  mapWhy: {
    zh: '把所选日的情形放到另一天的区划上看；合计不变。',
    en: 'Shows how things stood on another day’s map; sums stay the same.',
  },
  whole: { zh: '全国', en: 'The whole country' },
}

const views = ['map', 'tree', 'table'] as const
type View = (typeof views)[number]

/** All units, as a map of tiles, a tree and a table: of any day, on any day's map. */
export default function UnitsPage() {
  const { say } = useSay()
  const { view = 'map', unit } = useSearch()
  const setSearch = useSetSearch()
  const root = useSession()?.root
  const top = unit ?? root
  const chosen: View = views.find((each) => each === view) ?? 'map'
  return (
    <Page title={say(words.title)} sub={say(words.sub)} aside={<AsOf />}>
      <div className="stack">
        <div className="grid cols-3">
          <FigureTile name="units.poor-counties" unit={top} />
          <FigureTile name="units.counties-out" unit={top} />
          <FigureTile name="units.counties" unit={top} />
        </div>
        <Card>
          <div className="row" style={{ marginBottom: 12 }}>
            <Choice
              label={say(words.view)}
              value={chosen}
              options={views.map((value) => ({ value, label: say(words[value]) }))}
              onChoose={(value) => setSearch({ view: value, offset: undefined, find: undefined, sort: undefined })}
            />
            <Path unit={unit} />
            <span className="push">
              <MapDay />
            </span>
          </div>
          {chosen === 'map' && <UnitMap unit={unit} />}
          {chosen === 'tree' && <UnitTree unit={unit} />}
          {chosen === 'table' && <UnitTable unit={unit} />}
        </Card>
      </div>
    </Page>
  )
}

/** Where on the map one is, each step a way back up. */
function Path({ unit }: { unit: string | undefined }) {
  const { say } = useSay()
  const { view } = useSearch()
  const tree = useAsk('unit.tree', { ...(unit && { unit }) })
  if (!unit) return <span className="sub">{say(words.whole)}</span>
  return (
    <Answer of={tree} lines={1}>
      {({ lineage }) => (
        <nav className="row" aria-label={say(words.whole)} style={{ gap: 6 }}>
          {lineage.toReversed().map((each, at) => (
            <span key={each.id}>
              {at > 0 && <span className="faint">› </span>}
              {each.id === unit ? (
                <Go to={`/units/${each.id}`}>{say(each.name)}</Go>
              ) : (
                <Go to={`/units?view=${view ?? 'map'}${at === 0 ? '' : `&unit=${each.id}`}`}>
                  {at === 0 ? say(words.whole) : say(each.name)}
                </Go>
              )}
            </span>
          ))}
        </nav>
      )}
    </Answer>
  )
}

/** The day whose map is drawn, where it is not the day looked at. */
function MapDay() {
  const { say } = useSay()
  const { map } = useSearch()
  const setSearch = useSetSearch()
  return (
    <label className="row small sub" title={say(words.mapWhy)} style={{ gap: 6 }}>
      {say(words.mapOf)}
      <input
        type="date"
        className="field"
        value={map ?? ''}
        onChange={(event) => setSearch({ map: event.target.value === '' ? undefined : event.target.value })}
      />
    </label>
  )
}
