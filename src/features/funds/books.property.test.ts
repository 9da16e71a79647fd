import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { yuanOf } from '#kernel/words.ts'
import { appropriated, centre, city, fund, handing, left, paper, province, wan } from '#test/fund-walk.ts'
import { head, Spending, treasurer } from '#test/spending.ts'
import { type As, World } from '#test/world.ts'

/** Everything that must be true of the books at any time, each with the rows that break it. */
const invariants: Readonly<Record<string, string>> = {
  'a line is in balance': `
    select line_id, sum(balance) from fund_account group by line_id having sum(balance) <> 0`,
  'nobody is overspent': `
    select id from fund_account where case when kind = 'source' then balance > 0 else balance < 0 end`,
  'an account holds the sum of its entries, and what its last entry says': `
    select a.id, a.balance, s.sum, s.last from fund_account a
      left join (select account_id, sum(amount) as sum, (array_agg(balance order by version desc))[1] as last from fund_entry group by 1) s
        on s.account_id = a.id
     where (a.balance, a.balance) is distinct from (coalesce(s.sum, 0), coalesce(s.last, 0))`,
  'entries are numbered without a gap': `
    select a.id from fund_account a
      left join (select account_id, count(*) as rows, min(version) as first, max(version) as last from fund_entry group by 1) e on e.account_id = a.id
     where (a.version, coalesce(e.rows, 0), coalesce(e.first, 1)) is distinct from (coalesce(e.last, 0), a.version, 1)`,
  'each entry goes on from the one before': `
    select * from (select account_id, version, balance - amount as began, lag(balance, 1, 0::bigint) over (partition by account_id order by version) as ended
                     from fund_entry) e where began <> ended`,
  'flows are the sums of the transfers of a day': `
    with moved as (
      select t.*, coalesce(r.kind, t.kind) as said, r.kind is not null as is_reversal
        from fund_transfer t left join fund_transfer r on r.act_id = t.reverses_act and r.n = t.reverses_n
    ), sides as (
      select a.year, a.unit_id, a.line_id, m.said || case when m.said in ('carry', 'take-over') and a.kind = 'committed' then ' committed' else '' end
               || case when m.is_reversal then ' in' else ' out' end as flow, m.on_day,
             case when m.is_reversal then -m.amount else m.amount end as amount
        from moved m join fund_account a on a.id = m.from_account
      union all
      select a.year, a.unit_id, a.line_id, m.said || case when m.said in ('carry', 'take-over') and a.kind = 'committed' then ' committed' else '' end
               || case when m.is_reversal then ' out' else ' in' end, m.on_day,
             case when m.is_reversal then -m.amount else m.amount end
        from moved m join fund_account a on a.id = m.to_account
    ), told as (select year, unit_id, line_id, flow, on_day, sum(amount) as amount from sides group by 1, 2, 3, 4, 5)
    select * from told full join fund_flow f using (year, unit_id, line_id, flow, on_day) where told.amount is distinct from f.amount`,
  'flows by month are the sums of those by day': `
    select * from (select unit_id, year, flow, date_trunc('month', on_day)::date as month, sum(amount) as amount from fund_flow group by 1, 2, 3, 4) told
      full join fund_flow_month m using (unit_id, year, flow, month) where told.amount is distinct from m.amount`,
  'nothing is reversed twice or for another amount': `
    select t.act_id from fund_transfer t join fund_transfer r on r.act_id = t.reverses_act and r.n = t.reverses_n
     where (t.amount, t.from_account, t.to_account) is distinct from (r.amount, r.to_account, r.from_account) or r.kind = 'reverse'`,
  'closed books are empty': `
    select a.id from fund_account a join fund_year_close c on c.unit_id = a.unit_id and c.year = a.year
     where a.kind in ('available', 'committed') and a.balance <> 0`,
}

async function hold(world: World) {
  for (const [what, text] of Object.entries(invariants)) {
    const { rows } = await world.engine.database.pool.query(text)
    assert.deepEqual(rows, [], `broken: ${what}`)
  }
}

const seats: Readonly<Record<string, As>> = {
  'The Centre': centre,
  'Qingshan Province': province,
  'Haidao Province': ['Haidao Province', 'governor'],
  'Heyang City': city,
  'Liu County': treasurer,
  'Tong County': ['Tong County', 'finance-director-county'],
  'Ye County': ['Ye County', 'finance-director-county'],
}
const units = Object.keys(seats)
/** Who may hand down, by which act. */
const handers = {
  'The Centre': 'hand-down',
  'Qingshan Province': 'allocate',
  'Haidao Province': 'allocate',
  'Heyang City': 'pass-on',
}
const below: Readonly<Record<string, readonly string[]>> = {
  'The Centre': ['Qingshan Province', 'Haidao Province'],
  'Qingshan Province': ['Heyang City', 'Liu County', 'Tong County'],
  'Haidao Province': ['Ye County'],
  'Heyang City': ['Liu County', 'Tong County', 'Ye County'],
}

const above: Readonly<Record<string, readonly string[]>> = {
  'Qingshan Province': ['The Centre', 'Heyang City'],
  'Haidao Province': ['The Centre', 'The Centre'],
  'Heyang City': ['Qingshan Province', 'Haidao Province'],
  'Liu County': ['Qingshan Province', 'Heyang City'],
  'Tong County': ['Qingshan Province', 'Heyang City'],
  'Ye County': ['Haidao Province', 'The Centre'],
}

const amount = fc.oneof(
  fc.bigInt({ min: 1n, max: 300n }),
  fc.bigInt({ min: 1n, max: 40_000_000n }),
  fc.constant(10_000_000n),
)
const pick = fc.nat(1_000_000)
const handings = fc.record({
  what: fc.constant('hand' as const),
  pick,
  amount,
  giver: fc.constantFrom(...Object.keys(handers)),
})
const returning = fc.record({
  what: fc.constant('return' as const),
  pick,
  amount,
  unit: fc.constantFrom(...units.slice(1)),
})
const simple = (...what: readonly string[]) => fc.record({ what: fc.constantFrom(...what), pick, amount })
const ending = fc.record({
  what: fc.constantFrom('carry' as const, 'close' as const),
  pick,
  amount,
  unit: fc.constantFrom(...units),
})
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 2, arbitrary: simple('appropriate') },
  { weight: 9, arbitrary: handings },
  { weight: 5, arbitrary: returning },
  { weight: 2, arbitrary: simple('reverse') },
  { weight: 4, arbitrary: simple('commit', 'release', 'pay') },
)
/** A year as it goes: whatever happens in it, and what happens at its end. */
const year = fc
  .tuple(
    fc.array(deed, { minLength: 60, maxLength: 90 }),
    fc.array(fc.oneof(deed, ending), { minLength: 5, maxLength: 15 }),
  )
  .map(([during, end]) => [...during, ...end])
type Deed = { what: string; pick: number; amount: bigint; giver?: string; unit?: string }
const on = '2017-12-31'

/** Does random acts, with whatever lines and postings there are. */
class Random {
  readonly #world: World
  readonly #spending: Spending
  readonly #lines: { line: string; year: number }[]
  readonly done = new Map<string, number>()

  constructor(world: World, spending: Spending) {
    this.#world = world
    this.#spending = spending
    this.#lines = [{ line: spending.line, year: 2017 }]
  }

  async does(asked: Deed) {
    const [act, input, as] = await this.#call(asked)
    if (!act || !as) return
    const outcome = await this.#world.perform(act, input, { as, on })
    if (outcome.outcome === 'refused') return
    this.done.set(asked.what, (this.done.get(asked.what) ?? 0) + 1)
    if (asked.what === 'appropriate')
      this.#lines.push({ line: (outcome.result as { line: string }).line, year: asked.pick % 5 === 0 ? 2018 : 2017 })
  }

  async #call({ what, pick: n, amount: fen, giver = '', unit = '' }: Deed) {
    const world = this.#world
    // Mostly one of the newest lines in its own year, and for the county mostly the first.
    const at =
      ['commit', 'release', 'pay'].includes(what) && n % 4 > 0 ? 0 : Math.max(0, this.#lines.length - 1 - (n % 3))
    const { line = '', year: own = 2017 } = this.#lines[at] ?? {}
    const year = n % 11 === 0 ? 4035 - own : own
    const yuan = yuanOf(fen)
    const books = { unit: world.unit(unit), line, year, document: paper() }
    const project = n % 2 ? this.#spending.industry : this.#spending.housing
    const county = { ...books, unit: world.unit('Liu County') }
    if (what === 'appropriate') {
      const opening = {
        unit: world.unit('The Centre'),
        name: { zh: '随机', en: 'Random' },
        year: n % 5 === 0 ? 2018 : 2017,
        document: paper(),
        amount: yuanOf(fen * 20n),
      }
      const shares = [{ unit: world.unit('Qingshan Province'), amount: yuanOf(fen * 10n + 1n) }]
      return [fund('appropriate'), { ...opening, ...(n % 2 && { shares }) }, centre] as const
    }
    if (what === 'hand') {
      const to = below[giver] ?? []
      const shares = Object.fromEntries(to.filter((_, at) => n & (1 << at)).map((name) => [name, yuan]))
      if (Object.keys(shares).length === 0) return []
      return [
        fund(handers[giver as keyof typeof handers]),
        handing(world, giver, line, shares, year),
        seats[giver],
      ] as const
    }
    if (what === 'return')
      return [
        fund('return'),
        { ...books, to: world.unit(above[unit]?.[n % 2] ?? ''), amount: yuan },
        seats[unit],
      ] as const
    if (what === 'commit') return [fund('commit'), { ...county, items: [{ project, amount: yuan }] }, head] as const
    if (what === 'release')
      return [fund('release'), { ...county, items: [{ project, amount: yuan }], reason: '项目调整' }, head] as const
    if (what === 'pay')
      return [
        fund('pay'),
        { ...county, payments: [{ project, payee: this.#spending.payee, amount: yuan }] },
        treasurer,
      ] as const
    const ends = { unit: world.unit(unit), year: 2017 }
    if (what === 'carry') return [fund('carry-over'), { ...ends, document: paper() }, seats[unit]] as const
    if (what === 'close') return [fund('close-year'), ends, seats[unit]] as const
    return this.#reversing(n)
  }

  async #reversing(n: number) {
    const { rows } = await this.#world.engine.database.pool.query<{ act_id: string; unit_id: string }>(
      'select act_id, unit_id from fund_posting order by act_id desc limit 12',
    )
    const posting = rows[n % rows.length]
    const unit = units.find((name) => this.#world.unit(name) === posting?.unit_id) ?? ''
    const input = { unit: posting?.unit_id, act: posting?.act_id, document: paper(), reason: '记账有误' }
    return [fund('reverse'), { ...input, ...(n % 3 === 0 && { transfers: [1] }) }, seats[unit]] as const
  }
}

describe('The books, whatever happens', () => {
  let world: World
  let spending: Spending
  before(async () => {
    world = await World.open()
    spending = await Spending.open(world)
  })
  after(() => world.close())

  it('Any sequence of acts keeps every book in balance and every entry in its place', async () => {
    const done = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(year, async (deeds) => {
        const random = new Random(world, spending)
        for (const each of deeds) await random.does(each)
        for (const [what, times] of random.done) done.set(what, (done.get(what) ?? 0) + times)
        await hold(world)
      }),
      { seed: 832, numRuns: 5, endOnFailure: true },
    )
    for (const what of ['appropriate', 'hand', 'return', 'reverse', 'commit', 'release', 'pay', 'carry'])
      assert.ok((done.get(what) ?? 0) > 0, `${what} was never done: ${JSON.stringify([...done])}`)
  })
})

describe('Fifty at once', () => {
  let world: World
  let spending: Spending
  before(async () => {
    world = await World.open()
    spending = await Spending.open(world)
  })
  after(() => world.close())
  const fifty = Array.from({ length: 50 }, (_, at) => at)
  const count = async (acts: readonly ReturnType<World['perform']>[]) => {
    const outcomes = await Promise.all(acts)
    for (const each of outcomes)
      if (each.outcome === 'refused') assert.doesNotMatch(JSON.stringify(each.refusals), /unit-busy/)
    return outcomes.filter((each) => each.outcome === 'done').length
  }

  it('Fifty allocations of three out of a hundred: thirty-three are done, and one is left', async () => {
    const line = await appropriated(world, wan(100), { 'Qingshan Province': wan(100) }, '2017-03-02')
    const counties = ['Liu County', 'Tong County', 'Song County', 'Heyang City']
    const asks = fifty.map((at) =>
      handing(world, 'Qingshan Province', line, { [counties[at % 4] ?? '']: wan(3) }, 2017),
    )
    assert.equal(
      await count(asks.map((input) => world.perform(fund('allocate'), input, { as: province, on: '2017-03-03' }))),
      33,
    )
    assert.equal(await left(world, line, 'Qingshan Province', 2017), 1_000_000n)
    const held = await Promise.all(counties.map((name) => left(world, line, name, 2017)))
    assert.equal(
      held.reduce((sum, each) => sum + each, 0n),
      99_000_000n,
    )
    await hold(world)
  })
  it('Fifty who take the same entry back: one does', async () => {
    const line = await appropriated(world, wan(1), { 'Qingshan Province': wan(1) }, '2017-03-02')
    const shares = handing(world, 'Qingshan Province', line, { 'Song County': wan(1) }, 2017)
    const outcome = await world.perform(fund('allocate'), shares, { as: province, on: '2017-03-03' })
    const input = { unit: world.unit('Qingshan Province'), act: outcome.id, reason: '记账有误' }
    const acts = fifty.map(() =>
      world.perform(fund('reverse'), { ...input, document: paper() }, { as: province, on: '2017-03-04' }),
    )
    assert.equal(await count(acts), 1)
    assert.equal(await left(world, line, 'Qingshan Province', 2017), 1_000_000n)
    await hold(world)
  })
  it('A province allocates, takes back and gets returned what its county commits meanwhile: nothing is lost', async () => {
    const line = await spending.fresh(50)
    const { rows } = await world.engine.database.pool.query<{ act_id: string }>(
      `select t.act_id from fund_transfer t join fund_account a on a.id = t.to_account where a.line_id = $1 and a.unit_id = $2`,
      [line, world.unit('Liu County')],
    )
    const when = '2017-03-10'
    const acts = fifty.map((at) => {
      const held = { ...spending.held(line), document: paper() }
      if (at % 5 === 0)
        return world.perform(
          fund('reverse'),
          { unit: world.unit('Qingshan Province'), act: rows[0]?.act_id, document: paper(), reason: '记账有误' },
          { as: province, on: when },
        )
      if (at % 5 < 3)
        return world.perform(
          fund('commit'),
          { ...held, items: [{ project: spending.industry, amount: wan(2) }] },
          { as: head, on: when },
        )
      const back = { ...held, to: world.unit('Qingshan Province'), amount: wan(3) }
      return world.perform(fund('return'), back, { as: treasurer, on: when })
    })
    assert.ok((await count(acts)) > 0)
    await hold(world)
  })
  it('Fifty post at once while the year is closed: what was in the books first stands, nothing comes after', async () => {
    const as: As = ['Ye County', 'finance-director-county']
    const line = await appropriated(world, wan(50), { 'Haidao Province': wan(50) }, '2017-03-02')
    const giving = fifty.map(() =>
      world.perform(fund('allocate'), handing(world, 'Haidao Province', line, { 'Ye County': wan(1) }, 2017), {
        as: ['Haidao Province', 'governor'],
        on: '2017-12-31',
      }),
    )
    const closing = world.perform(
      fund('close-year'),
      { unit: world.unit('Ye County'), year: 2017 },
      { as, on: '2017-12-31' },
    )
    const [closed, given] = await Promise.all([closing, count(giving)])
    assert.equal(given, closed.outcome === 'done' ? 0 : 50)
    await hold(world)
  })
})
