import { sql } from 'kysely'
import { z } from 'zod'
import { ask, type Reader } from '#kernel/ask.ts'
import { UnitId, Year } from '#kernel/words.ts'
import { type ProjectKind, projectKinds } from '#features/projects/index.ts'
import type { FlowAnswer, FlowLink, FlowNode, UnitShown } from './answers.ts'
import { areaOf, fenText, getUnit, namedUnit, summed, type UnitRow, unitShown } from './reading.ts'

type Own = UnitRow & {
  path: string[]
  moved: bigint
  appropriated: bigint
  carried: bigint
  idle: bigint
  fee: bigint
}
type Spent = { unit: string; kind: ProjectKind; amount: bigint }

/** One place on the picture: a unit with all that is drawn as part of it. */
type Place = {
  readonly shown: UnitShown
  /** What came to it from the place above. */
  moved: bigint
  appropriated: bigint
  carried: bigint
  idle: bigint
  fee: bigint
  /** Books of others are drawn as part of it, so that what is drawn does not stand in its own books alone. */
  isMerged: boolean
  readonly kinds: Map<ProjectKind, bigint>
  readonly below: Map<string, Place>
}

/** Two steps down from the unit are drawn by themselves: from the centre, provinces and their cities; what is deeper counts to them. */
const STEPS = 2

/** Where a year's money went: from whom to whom, and to what kinds of project. */
export const fundsFlow = ask({
  name: 'funds.flow',
  title: { zh: '资金流向', en: 'Where the money went' },
  purpose: {
    zh: '某年度资金从来源经各级到各类项目的流向和金额，每一条都可打开到分录。',
    en: 'A year’s money from its source through the levels to kinds of project; each stream opens to its entries.',
  },
  access: 'public',
  input: z.object({
    unit: UnitId,
    year: Year.optional(),
    /** So many units directly below are drawn by themselves, the largest ones. */
    top: z.int().min(3).max(40).default(12),
    /** And so many below each of those; as many, unless said otherwise. */
    deep: z.int().min(1).max(40).optional(),
  }),
  async answer(reader, { unit, year = Number(reader.on.slice(0, 4)), top, deep = top }): Promise<FlowAnswer> {
    const [about, own, spent] = await Promise.all([
      getUnit(reader, unit),
      ownFlows(reader, unit, year),
      spentByKind(reader, unit, year),
    ])
    return { ...about, year, ...drawn(placesOf(about, own, spent), year, [top, deep]) }
  },
})

/** What each unit of an area got and did in its own books. */
async function ownFlows({ db, on }: Reader, unit: string, year: number): Promise<readonly Own[]> {
  const { rows } = await sql<Own>`
    with area as materialized (${areaOf(unit, on)}),
    sums as (
      select f.unit_id, (${summed('received')} - ${summed('appropriated')}) as moved, ${summed('appropriated')} as appropriated,
             ${summed('carried')} as carried, ${summed('idle')} as idle, ${summed('fee')} as fee
        from area join fund_flow f on f.unit_id = area.unit_id and f.year = ${year} and f.on_day <= ${on}::date
       group by f.unit_id),
    drawn as (
      select distinct u.id from area join sums on sums.unit_id = area.unit_id
       cross join unnest(area.lineage[array_position(area.lineage, ${unit}::uuid):]) as u (id))
    select d.id as unit, v.*, w.path, coalesce(s.moved, 0)::bigint as moved, coalesce(s.appropriated, 0) as appropriated,
           coalesce(s.carried, 0) as carried, coalesce(s.idle, 0) as idle, coalesce(s.fee, 0) as fee
      from drawn d
      join ${namedUnit(sql`d.id`, on)} v on true
      join (select unit_id, lineage[array_position(lineage, ${unit}::uuid) + 1:]::text[] as path from area) w on w.unit_id = d.id
      left join sums s on s.unit_id = d.id`.execute(db)
  return rows
}

/** What stands committed to or paid for projects of each kind, unit by unit. A payment moves within its project and changes nothing here. */
async function spentByKind({ db, on }: Reader, unit: string, year: number): Promise<readonly Spent[]> {
  const { rows } = await sql<Spent>`
    with held as materialized (
      select a.id, a.unit_id, a.project_id from (${areaOf(unit, on)}) area
        join fund_account a on a.unit_id = area.unit_id and a.year = ${year} and a.kind in ('committed', 'paid')),
    moved as (
      select held.unit_id, held.project_id, t.amount from held join fund_transfer t on t.to_account = held.id
       where t.on_day <= ${on}::date and t.kind <> 'pay'
      union all
      select held.unit_id, held.project_id, -t.amount from held join fund_transfer t on t.from_account = held.id
       where t.on_day <= ${on}::date and t.kind <> 'pay'),
    projects as (select unit_id, project_id, sum(amount)::bigint as amount from moved group by 1, 2)
    select p.unit_id as unit, v.kind, sum(p.amount)::bigint as amount
      from projects p
      join lateral (select x.kind from project_version x where x.project_id = p.project_id
                     order by (x.on_day <= ${on}::date) desc, x.version desc limit 1) v on true
     where p.amount <> 0 group by 1, 2`.execute(db)
  return rows
}

const placeOf = (shown: UnitShown): Place => ({
  shown,
  moved: 0n,
  appropriated: 0n,
  carried: 0n,
  idle: 0n,
  fee: 0n,
  isMerged: false,
  kinds: new Map(),
  below: new Map(),
})

function placesOf(about: UnitShown, own: readonly Own[], spent: readonly Spent[]): Place {
  const root = placeOf(about)
  const shown = new Map(own.map((row) => [row.unit, unitShown(row)]))
  const drawnAs = new Map<string, Place>([[about.unit, root]])
  for (const row of own.toSorted((a, b) => a.path.length - b.path.length)) {
    let place = root
    for (const [step, id] of row.path.entries()) {
      // What came to a place deep below came through all places above it.
      if (step < STEPS) {
        const next = place.below.get(id) ?? placeOf(shown.get(id) ?? about)
        place.below.set(id, next)
        place = next
      }
    }
    drawnAs.set(row.unit, place)
    addTo(root, row)
  }
  for (const { unit, kind, amount } of spent) {
    const place = drawnAs.get(unit)
    place?.kinds.set(kind, (place.kinds.get(kind) ?? 0n) + amount)
  }
  return root
}

/** Adds what a unit has in its own books to the place that it is drawn as, and what came to it to all places on its way. */
function addTo(root: Place, row: Own) {
  let place = root
  const way = row.path.slice(0, STEPS)
  for (const id of way) {
    place = place.below.get(id)!
    place.moved += row.moved
  }
  root.moved += row.moved
  if (place.shown.unit !== row.unit) place.isMerged = true
  place.appropriated += row.appropriated
  place.carried += row.carried
  place.idle += row.idle
  place.fee += row.fee
}

/** A place's smaller ones together, where there are more than can be drawn. */
function crowned(places: readonly Place[], top: number): readonly { place: Place; members: number }[] {
  const sorted = places.toSorted((a, b) => Number(volume(b) - volume(a)) || (a.shown.unit < b.shown.unit ? -1 : 1))
  // One alone is not put together with itself.
  const drawn = sorted.length === top + 1 ? top + 1 : top
  const large = sorted.slice(0, drawn).map((place) => ({ place, members: 1 }))
  const small = sorted.slice(drawn)
  const [first] = small
  if (!first) return large
  const rest = placeOf({
    ...first.shown,
    unit: '',
    code: null,
    name: { zh: `其余 ${small.length} 个`, en: `${small.length} others` },
  })
  for (const each of small) merge(rest, each)
  return [...large, { place: rest, members: small.length }]
}

const volume = (place: Place): bigint => {
  let sum = place.moved + place.appropriated
  for (const below of place.below.values()) sum += below.appropriated
  return sum
}

function merge(into: Place, from: Place) {
  into.isMerged = true
  into.moved += from.moved
  into.appropriated += from.appropriated
  into.carried += from.carried
  into.idle += from.idle
  into.fee += from.fee
  for (const [kind, amount] of from.kinds) into.kinds.set(kind, (into.kinds.get(kind) ?? 0n) + amount)
  for (const below of from.below.values()) {
    // What lies below the small ones is drawn as part of them: it does not leave them.
    merge(into, { ...below, moved: 0n })
  }
}

type Picture = { readonly nodes: Map<string, FlowNode>; readonly links: FlowLink[] }

const kindColumn = STEPS + 2

function drawn(root: Place, year: number, tops: readonly number[]): Pick<FlowAnswer, 'nodes' | 'links'> {
  const picture: Picture = { nodes: new Map(), links: [] }
  draw(picture, root, 'unit:', 1, year, tops, root.shown.unit)
  const flowing = new Set(picture.links.flatMap((link) => [link.from, link.to]))
  const amounts = new Map<string, bigint>()
  const incoming = new Map<string, bigint>()
  for (const link of picture.links) {
    amounts.set(link.from, (amounts.get(link.from) ?? 0n) + BigInt(link.amountFen))
    incoming.set(link.to, (incoming.get(link.to) ?? 0n) + BigInt(link.amountFen))
  }
  const nodes = [...picture.nodes.values()]
    .filter((node) => flowing.has(node.id))
    .map((node) => ({ ...node, amountFen: fenText(larger(amounts.get(node.id), incoming.get(node.id))) }))
  return { nodes, links: picture.links }
}

const larger = (a = 0n, b = 0n) => (a > b ? a : b)

function draw(
  picture: Picture,
  place: Place,
  prefix: string,
  column: number,
  year: number,
  tops: readonly number[],
  within: string,
) {
  const unit = place.shown.unit || null
  const id = unit ? `unit:${unit}` : `${prefix}rest`
  const at = (which: string, figure: string) => addressOf(place, unit ?? within, year, which, figure)
  addNode(picture, { id, what: unit ? 'unit' : 'rest', name: place.shown.name, column, unit, projectKind: null })
  const from = (source: string, name: FlowNode['name'], amount: bigint, address: string) => {
    addNode(picture, { id: source, what: 'source', name, column: 0, unit: null, projectKind: null })
    link(picture, source, id, amount, address)
  }
  from(
    'source:appropriated',
    { zh: '财政安排', en: 'Appropriated' },
    place.appropriated,
    at('flow=appropriate', 'funds.appropriated'),
  )
  from('source:carried', { zh: '上年结转', en: 'Carried over' }, place.carried, at('flow=carry', 'funds.carried-in'))
  if (column === 1) from('source:above', { zh: '上级下达', en: 'From above' }, place.moved, '&flow=allocate')
  for (const [kind, amount] of place.kinds) {
    addNode(picture, {
      id: `kind:${kind}`,
      what: 'kind',
      name: projectKinds[kind],
      column: kindColumn,
      unit: null,
      projectKind: kind,
    })
    link(picture, id, `kind:${kind}`, amount, at(`kind=committed&projectKind=${kind}`, 'funds.committed'))
  }
  addNode(picture, {
    id: 'held',
    what: 'held',
    name: { zh: '尚未安排', en: 'Not disposed of' },
    column: kindColumn,
    unit: null,
    projectKind: null,
  })
  link(picture, id, 'held', place.idle, at('kind=available', 'funds.idle'))
  addNode(picture, {
    id: 'fee',
    what: 'fee',
    name: { zh: '项目管理费', en: 'Management fee' },
    column: kindColumn,
    unit: null,
    projectKind: null,
  })
  link(picture, id, 'fee', place.fee, at('kind=fee', 'funds.execution'))
  for (const { place: below } of crowned([...place.below.values()], tops[column - 1] ?? 0)) {
    const to = below.shown.unit ? `unit:${below.shown.unit}` : `${id}:rest`
    draw(picture, below, `${id}:`, column + 1, year, tops, unit ?? within)
    link(
      picture,
      id,
      to,
      below.moved,
      `/funds/entries?unit=${below.shown.unit || (unit ?? within)}&year=${year}&flow=allocate`,
    )
  }
}

/** Where a stream opens: to the entries of the unit whose books it stands in, or to the records of all that it is drawn from. */
function addressOf({ isMerged }: Place, unit: string, year: number, which: string, figure: string): string {
  if (!isMerged) return `/funds/entries?unit=${unit}&year=${year}&${which}`
  return figure === 'funds.execution'
    ? `/funds/execution?unit=${unit}&year=${year}`
    : `/figures/${figure}?unit=${unit}&year=${year}`
}

const addNode = ({ nodes }: Picture, node: Omit<FlowNode, 'amountFen'>) => {
  if (!nodes.has(node.id)) nodes.set(node.id, { ...node, amountFen: '0' })
}

const link = ({ links }: Picture, from: string, to: string, amount: bigint, address: string) => {
  if (amount > 0n) links.push({ from, to, amountFen: fenText(amount), address })
}
