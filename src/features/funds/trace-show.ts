import { sql } from 'kysely'
import { z } from 'zod'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { type Day, said, type Text, UnitId } from '#kernel/words.ts'
import type { Origin, TraceAnswer, TraceNode } from './answers.ts'
import { FundLineId } from './lines.ts'
import {
  fenText,
  namedUnit,
  payeesShown,
  postingAddress,
  transferKindNames,
  type UnitRow,
  unitShown,
} from './reading.ts'
import { type AccountNumber, ends, type Slice } from './trace.ts'
import { readCourse, type Traced, type TracedTransfer } from './trace-read.ts'
import { type Grown, grow, placesOf, prune, type Pruned } from './trace-tree.ts'

/** Follows money: from a line down to those who were paid, from a transfer either way, up to the appropriation and its document. */
export const traceFunds = ask({
  name: 'funds.trace',
  title: { zh: '资金追踪', en: 'Follow the money' },
  purpose: {
    zh: '从一项资金向下追到收款人，或从一笔支付向上追到安排文件；多笔资金汇合时按先进先出，精确到分；已更正的不计。',
    en: 'From a line down to payees, or from a payment up to the appropriation and its document; where money meets, first in is first out, to the fen; what was reversed is left out.',
  },
  access: 'public',
  input: z
    .object({
      direction: z.enum(['down', 'up']).default('down'),
      line: FundLineId.optional(),
      /** For a line: only what came to this unit. */
      unit: UnitId.optional(),
      act: z.uuid().optional(),
      n: z.int().min(1).optional(),
      /** So many children of each place are shown, the largest ones. */
      top: z.int().min(1).max(200).default(40),
    })
    .refine(({ line, act, n }) => (line === undefined) !== (act === undefined || n === undefined), {
      ...said('或给资金，或给账目及其笔次', 'either line, or act and n'),
      path: ['line'],
    }),
  async answer(reader, { direction, line, unit, act, n, top }): Promise<TraceAnswer> {
    const beginning = line === undefined ? await atTransfer(reader, act!, n!) : await atLine(reader, line, unit)
    const start = direction === 'down' && beginning.of === 'line' ? beginning.down : beginning.accounts[direction]
    const traced = await readCourse(reader, start, direction)
    const begin = beginning.among(traced).map((moved): Slice => ({ moved, at: 0n, amount: moved.amount }))
    const tree = prune(grow(traced, begin, direction), top)
    const origins = await originsShown(reader, traced, originsOf(traced, begin, direction))
    return {
      direction,
      amountFen: fenText(tree.place.amount),
      isReversed: begin.length === 0,
      root: await shown(reader, tree, beginning.root),
      origins,
    }
  },
})

type Root = Pick<TraceNode, 'what' | 'name' | 'line' | 'document' | 'on' | 'address'>
type Beginning = {
  readonly of: 'line' | 'transfer'
  readonly root: Root
  readonly accounts: Readonly<Record<'up' | 'down', readonly AccountNumber[]>>
  readonly down: readonly AccountNumber[]
  /** The transfers with which the trace begins, among those that were read. */
  among(traced: Traced): readonly TracedTransfer[]
}

type LineRow = { zh: string; en: string; document: string; on: Day; owner: string; source: string }

/** A line's beginning: its appropriations, or what was pooled into it; at a unit, what came to that unit from others. */
async function atLine(reader: Reader, line: string, unit: string | undefined): Promise<Beginning> {
  const { db, on } = reader
  const { rows } = await sql<LineRow>`
    select name_zh as zh, name_en as en, document, on_day as "on", unit_id as owner, source
      from fund_line where id = ${line} and on_day <= ${on}::date`.execute(db)
  const [known] = rows
  if (!known) throw new NotFound({ zh: '当日没有这项资金。', en: 'There was no such line that day.' })
  const holder = unit ?? known.owner
  const held = await sql<{ id: AccountNumber }>`
    select id::float8 as id from fund_account where line_id = ${line} and unit_id = ${holder} and kind = 'available'`.execute(
    db,
  )
  const own = held.rows.map((row) => row.id)
  return {
    of: 'line',
    root: {
      what: 'line',
      name: { zh: known.zh, en: known.en },
      line,
      document: known.document,
      on: known.on,
      address: `/funds/lines/${line}`,
    },
    accounts: { up: own, down: own },
    down: own,
    among: ({ transfers }) =>
      transfers.filter(({ to, kind }) => own.includes(to) && ['appropriate', 'allocate', 'pool'].includes(kind)),
  }
}

type TransferRow = {
  from: AccountNumber
  to: AccountNumber
  kind: TracedTransfer['kind']
  document: string
  on: Day
  line: string
}

async function atTransfer({ db, on }: Reader, act: string, n: number): Promise<Beginning> {
  const { rows } = await sql<TransferRow>`
    select t.from_account::float8 as "from", t.to_account::float8 as "to", t.kind, p.document, t.on_day as "on", a.line_id as line
      from fund_transfer t join fund_posting p on p.act_id = t.act_id join fund_account a on a.id = t.to_account
     where t.act_id = ${act} and t.n = ${n} and t.on_day <= ${on}::date`.execute(db)
  const [known] = rows
  if (!known) throw new NotFound({ zh: '当日没有这笔账。', en: 'There was no such transfer that day.' })
  return {
    of: 'transfer',
    root: {
      what: 'document',
      name: transferKindNames[known.kind],
      line: known.line,
      document: known.document,
      on: known.on,
      address: postingAddress(act, n),
    },
    accounts: { up: [known.from], down: [known.to] },
    down: [known.to],
    among: (traced) => {
      const transfer = traced.find(act, n)
      return transfer ? [transfer] : []
    },
  }
}

/** The appropriations at the upper end of a way, with what each gives. */
export function originsOf(
  { course, accounts }: Traced,
  begin: readonly Slice[],
  direction: 'up' | 'down',
): ReadonlyMap<TracedTransfer, bigint> {
  const found = new Map<TracedTransfer, bigint>()
  const add = (moved: TracedTransfer, amount: bigint) => {
    if (accounts.get(moved.from)?.kind === 'source') found.set(moved, (found.get(moved) ?? 0n) + amount)
  }
  if (direction === 'down') for (const { moved, amount } of begin) add(moved as TracedTransfer, amount)
  else for (const { slice, rests } of ends(course, begin, 'up')) add(slice.moved as TracedTransfer, rests)
  return found
}

type OriginRow = UnitRow & { line: string; titleZh: string; titleEn: string; document: string; year: number }

export async function originsShown(
  { db, on }: Reader,
  { accounts }: Traced,
  origins: ReadonlyMap<TracedTransfer, bigint>,
): Promise<readonly Origin[]> {
  const lines = [...new Set([...origins.keys()].flatMap((moved) => accounts.get(moved.from)?.line ?? []))]
  const { rows } = await sql<OriginRow>`
    select l.id as line, l.name_zh as "titleZh", l.name_en as "titleEn", l.document, l.year, l.unit_id as unit, v.*
      from fund_line l join ${namedUnit(sql`l.unit_id`, on)} v on true where l.id = any (${lines}::uuid[])`.execute(db)
  const known = new Map(rows.map((row) => [row.line, row]))
  return [...origins]
    .toSorted(([a], [b]) => (a.on === b.on ? a.n - b.n : a.on < b.on ? -1 : 1))
    .map(([moved, amount]) => {
      const row = known.get(accounts.get(moved.from)!.line)!
      return {
        line: row.line,
        title: { zh: row.titleZh, en: row.titleEn },
        document: row.document,
        year: row.year,
        owner: unitShown(row),
        act: moved.act,
        n: moved.n,
        on: moved.on,
        amountFen: fenText(amount),
        address: postingAddress(moved.act, moved.n),
      }
    })
}

type Names = {
  readonly units: ReadonlyMap<string, Text>
  readonly lines: ReadonlyMap<string, { title: Text; document: string; source: string }>
  readonly projects: ReadonlyMap<string, Text>
  readonly payees: ReadonlyMap<string, Text>
}

async function shown(reader: Reader, tree: Pruned, root: Root): Promise<TraceNode> {
  const names = await namesOf(reader, placesOf(tree))
  const node = (pruned: Pruned, id: string): TraceNode => {
    const { place, children, more } = pruned
    return {
      id,
      ...(place.parent === null ? { ...root, unit: null, year: null, project: null } : placeShown(place, names)),
      amountFen: fenText(place.amount),
      restsFen: fenText(place.rests),
      children: children.map((child, at) => node(child, `${id}.${at}`)),
      more: more && { count: more.count, amountFen: fenText(more.amount) },
    }
  }
  return node(tree, '0')
}

async function namesOf({ db, on }: Reader, places: readonly Grown[]): Promise<Names> {
  const accounts = places.flatMap((place) => place.account ?? [])
  const ids = (pick: (account: (typeof accounts)[number]) => string | null) => [
    ...new Set(accounts.flatMap((account) => pick(account) ?? [])),
  ]
  const [units, lines, projects, payees] = await Promise.all([
    sql<UnitRow>`select u.id as unit, v.* from unnest(${ids((each) => each.unit)}::uuid[]) as u (id)
                  join ${namedUnit(sql`u.id`, on)} v on true`.execute(db),
    sql<{ id: string; zh: string; en: string; document: string; source: string }>`
      select id, name_zh as zh, name_en as en, document, source from fund_line
       where id = any (${ids((each) => each.line)}::uuid[])`.execute(db),
    sql<{ id: string; name: string }>`
      select p.id, p.code || ' ' || v.name as name from project p
        join lateral (select x.name from project_version x where x.project_id = p.id
                       order by (x.on_day <= ${on}::date) desc, x.version desc limit 1) v on true
       where p.id = any (${ids((each) => each.project)}::uuid[])`.execute(db),
    payeesShown(
      db,
      places.map((place) => place.transfer?.payee ?? null),
    ),
  ])
  return {
    units: new Map(units.rows.map((row) => [row.unit, { zh: row.zh, en: row.en }])),
    lines: new Map(lines.rows.map(({ id, zh, en, document, source }) => [id, { title: { zh, en }, document, source }])),
    projects: new Map(projects.rows.map((row) => [row.id, { zh: row.name, en: row.name }])),
    payees: new Map([...payees].map(([id, payee]) => [id, { zh: payee.shown, en: payee.shown }])),
  }
}

const whats = { source: 'appropriation', available: 'holder', committed: 'project', paid: 'payee', fee: 'fee' } as const

function placeShown({ account, transfer }: Grown, names: Names) {
  const { kind, unit, line, year, project } = account!
  const { act, n, payee, on } = transfer!
  const known = names.lines.get(line)
  const unitName = names.units.get(unit) ?? { zh: '—', en: '—' }
  const isPool = kind === 'available' && known?.source === 'pool'
  const name: Text | undefined = {
    source: known && { zh: `${known.document} ${known.title.zh}`, en: `${known.document} ${known.title.en}` },
    available: isPool ? { zh: `${unitName.zh} ${known.title.zh}`, en: `${unitName.en}, ${known.title.en}` } : unitName,
    committed: names.projects.get(project ?? ''),
    paid: names.payees.get(payee ?? ''),
    fee: { zh: `${unitName.zh} 项目管理费`, en: `${unitName.en}, management fee` },
  }[kind]
  return {
    what: isPool ? ('pool' as const) : whats[kind],
    name: name ?? { zh: '—', en: '—' },
    unit,
    line,
    year,
    project,
    document: known?.document ?? null,
    on,
    address: addressOf(),
  }
  function addressOf(): string {
    if (kind === 'source' || kind === 'paid') return postingAddress(act, n)
    if (kind === 'committed') return `/projects/${project}`
    return `/funds/entries?unit=${unit}&line=${line}&kind=${kind}`
  }
}
