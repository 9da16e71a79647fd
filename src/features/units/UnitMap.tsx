import type { AnswerOf } from '#web/ask.ts'
import { Answer, Empty, Go, Light, Share, useAsk, useSay, useSearch } from '#web/parts/index.ts'
import { StateLight, stateWords } from './words.tsx'
import './units.css'

type Tile = AnswerOf<'unit.programme'>['tiers'][number]['units'][number]

const words = {
  sum: { zh: '{of}县 · 已退出{out} · 尚有{poor}', en: '{of} listed · {out} out · {poor} still poor' },
  none: { zh: '当日这里没有列入名单的县。', en: 'No county here was listed by this day.' },
  direct: { zh: '直辖', en: 'Directly under it' },
  legend: { zh: '每一格是一个县', en: 'Each tile is a county' },
  all: { zh: '全部退出', en: 'all out' },
  some: { zh: '部分退出', en: 'some out' },
  notYet: { zh: '尚无退出', en: 'none out yet' },
}

/** The programme as tiles: provinces of the whole country, or, within one, each county by name under its city. */
export function UnitMap({ unit }: { unit: string | undefined }) {
  const { say } = useSay()
  const programme = useAsk('unit.programme', { ...(unit && { unit }) })
  return (
    <Answer of={programme} lines={10}>
      {({ top, tiers }) => {
        const all = tiers.flatMap((tier) => tier.units)
        const counties = all.filter((tile) => tile.state !== 'none')
        const groups = all.filter((tile) => tile.parent === top && tile.state === 'none')
        const loose = counties.filter((tile) => tile.parent === top || tile.unit === top)
        if (counties.length === 0) return <Empty>{say(words.none)}</Empty>
        const parents = new Map(all.map((tile) => [tile.unit, tile.parent]))
        const within = (group: Tile) => counties.filter((county) => isWithin(county.unit, group.unit, parents))
        return (
          <>
            <Legend />
            <div className={unit ? 'stack' : 'unit-map'}>
              {groups.map((group) =>
                unit ? (
                  <Group key={group.unit} name={say(group.name)} to={`/units/${group.unit}`} counties={within(group)} />
                ) : (
                  <Province key={group.unit} group={group} counties={within(group)} />
                ),
              )}
              {loose.length > 0 && <Group name={say(words.direct)} counties={loose} />}
            </div>
          </>
        )
      }}
    </Answer>
  )
}

function isWithin(unit: string, group: string, parents: ReadonlyMap<string, string>): boolean {
  for (let at: string | undefined = unit; at; at = parents.get(at)) if (at === group) return true
  return false
}

const Legend = () => {
  const { say } = useSay()
  return (
    <p className="row small sub">
      {say(words.legend)}
      {(['poor', 'out'] as const).map((state) => (
        <span key={state} className="row" style={{ gap: 4 }}>
          <span className={`unit-dot ${state}`} aria-hidden /> {say(stateWords[state])}
        </span>
      ))}
    </p>
  )
}

/** One province of the national map: its counties as small squares, said in words below. */
function Province({ group, counties }: { group: Tile; counties: readonly Tile[] }) {
  const { say, count } = useSay()
  const { on, map } = useSearch()
  const out = counties.filter((county) => county.state === 'out').length
  const said = out === counties.length ? words.all : out === 0 ? words.notYet : words.some
  const query = new URLSearchParams({ view: 'map', unit: group.unit, ...(on && { on }), ...(map && { map }) })
  return (
    <Go to={`/units?${query.toString()}`} className="unit-province">
      <span className="row">
        <b>{say(group.name)}</b>
        <span className="push">
          <Light light={out === counties.length ? 'green' : out === 0 ? 'yellow' : 'none'}>{say(said)}</Light>
        </span>
      </span>
      <span className="unit-dots" aria-hidden>
        {counties.map((county) => (
          <span
            key={county.unit}
            className={`unit-dot ${county.state}`}
            title={`${say(county.name)} · ${say(stateWords[county.state])}`}
          />
        ))}
      </span>
      <span className="small sub num">
        {say(words.sum, { of: count(counties.length), out: count(out), poor: count(counties.length - out) })}
      </span>
    </Go>
  )
}

/** One city with its counties by name. */
function Group({ name, to, counties }: { name: string; to?: string; counties: readonly Tile[] }) {
  const { say, day, count } = useSay()
  const out = counties.filter((county) => county.state === 'out').length
  const sum = say(words.sum, { of: count(counties.length), out: count(out), poor: count(counties.length - out) })
  return (
    <section>
      <h3 className="row">
        {to ? <Go to={to}>{name}</Go> : name}
        <span className="small sub num">{sum}</span>
        <span style={{ width: 90 }}>
          <Share share={counties.length === 0 ? 0 : out / counties.length} label={sum} />
        </span>
      </h3>
      <ul className="unit-tiles">
        {counties.map((county) => (
          <li key={county.unit}>
            <Go
              to={`/units/${county.unit}`}
              className={`unit-tile ${county.state}`}
              title={county.since ? day(county.since) : undefined}
            >
              <b>{say(county.name)}</b>
              <StateLight state={county.state} />
            </Go>
          </li>
        ))}
      </ul>
    </section>
  )
}
