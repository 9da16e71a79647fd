import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { readFigure, readFigureBelow, readFigureRecords } from '#kernel/figure.ts'
import { findLineage } from '#kernel/standing.ts'
import { appropriated, city, fund, handing, paper, province, wan } from '#test/fund-walk.ts'
import { Spending, treasurer } from '#test/spending.ts'
import { World } from '#test/world.ts'
import type { TraceNode } from './answers.ts'
import { linesPassedOnLate, moneyFigures } from './figures.ts'
import { fundLinks } from './links.ts'
import { heldSince } from './held.ts'
import { moneyAsks } from './reads.ts'

const asking = (name: (typeof moneyAsks)[number]['name']) => moneyAsks.find((each) => each.name === name)!
const sum = (values: readonly { amountFen: string }[]) => values.reduce((all, each) => all + BigInt(each.amountFen), 0n)

/** Every amount of a tree is what rests at its places: its children's amounts and its own rest. */
function addsUp(node: TraceNode) {
  const below = sum(node.children) + BigInt(node.more?.amountFen ?? '0')
  assert.equal(BigInt(node.amountFen), below + BigInt(node.restsFen), node.name.en)
  for (const child of node.children) addsUp(child)
}
const leaves = (node: TraceNode): readonly TraceNode[] =>
  node.children.length === 0 ? [node] : node.children.flatMap(leaves)

describe('Money is read as of any day', () => {
  let world: World
  let spending: Spending
  let pool: string
  let pooledFrom: readonly string[]
  let payment: string
  let corrected: string

  before(async () => {
    world = await World.open()
    spending = await Spending.open(world)
    const [first, second] = [await spending.fresh(30), await spending.fresh(20)]
    pooledFrom = [first, second]
    const from = [
      { line: first, amount: wan(30) },
      { line: second, amount: wan(5) },
    ]
    const name = { zh: '统筹整合资金', en: 'Pooled funds' }
    const pooling = { unit: world.unit('Liu County'), year: 2017, document: paper(), from, name }
    pool = (await world.done(fund('pool'), pooling, { as: ['Liu County', 'county-head'], on: '2017-03-05' })).line
    await spending.commit(wan(40), { project: spending.industry })
    await spending.commit(wan(32), { line: pool, project: spending.housing })
    await spending.pay([{ amount: '310000', project: spending.housing, milestone: 1, work: '基础' }], { line: pool })
    const paid = await world.perform(fund('pay'), spending.paying([{ amount: wan(10), work: '大棚' }]), {
      as: treasurer,
      on: '2017-04-02',
    })
    payment = paid.id
    const wrong = await world.perform(fund('pay'), spending.paying([{ amount: '777', work: '错' }]), {
      as: treasurer,
      on: '2017-04-03',
    })
    corrected = wrong.id
    const back = { unit: world.unit('Liu County'), act: corrected, document: paper(), reason: '重复支付，更正' }
    await world.done(fund('reverse'), back, { as: treasurer, on: '2017-04-20' })
    const giving = {
      ...spending.held(),
      to: world.unit('Qingshan Province'),
      amount: wan(100),
    }
    await world.done(fund('return'), giving, { as: treasurer, on: '2017-05-01' })
    const line = await appropriated(world, wan(80), { 'Qingshan Province': wan(80) }, '2017-05-02')
    const down = handing(world, 'Qingshan Province', line, { 'Heyang City': wan(50) }, 2017)
    await world.done(fund('allocate'), down, { as: province, on: '2017-05-10' })
    const further = handing(world, 'Heyang City', line, { 'Tong County': wan(20) }, 2017)
    await world.done(fund('pass-on'), further, { as: city, on: '2017-05-20' })
    const over = { unit: world.unit('Liu County'), year: 2017, document: paper() }
    await world.done(fund('carry-over'), over, { as: treasurer, on: '2018-01-05' })
  })
  after(() => world.close())

  const ask = (name: Parameters<typeof asking>[0], input: object, on = '2017-12-31') =>
    world.ask(asking(name), input, on, treasurer)
  const units = ['The Centre', 'Qingshan Province', 'Heyang City', 'Liu County', 'Tong County', 'Ye County']
  const days = ['2017-03-04', '2017-04-03', '2017-04-25', '2017-06-01', '2018-01-31']

  it('Every figure of money is the same from its sums and from its records, at every unit, day and year', async () => {
    for (const figure of moneyFigures)
      for (const on of days)
        for (const year of [2017, 2018]) {
          const {
            totals: _,
            totalsOf: __,
            ...fromRecords
          } = figure as typeof figure & { totals: unknown; totalsOf: unknown }
          const question = { charter: world.charter, unit: world.unit('The Centre'), on, map: on, year }
          const kept = await readFigureBelow(world.db, figure, question)
          const counted = await readFigureBelow(world.db, { ...fromRecords, name: `${figure.name}?` }, question)
          assert.deepEqual(kept, counted, `${figure.name} of ${year} on ${on}`)
        }
  })

  it('The records of a figure add up to it, and each opens at its document', async () => {
    const question = {
      charter: world.charter,
      unit: world.unit('Liu County'),
      on: '2017-12-31',
      map: '2017-12-31',
      year: 2017,
    }
    for (const figure of moneyFigures) {
      const { counted } = await readFigure(world.db, figure, question)
      const { records } = await readFigureRecords(world.db, figure, question, {
        offset: 0,
        limit: 200,
        side: 'counted',
      })
      assert.equal(
        records.reduce((all, record) => all + record.value, 0),
        counted,
        figure.name,
      )
      for (const { record, act } of records) assert.match(record, new RegExp(`^/funds/postings/${act}\\?n=\\d+$`))
    }
  })

  it('What came and was carried in is what is idle, committed and given as fees, at every unit and day', async () => {
    for (const name of units)
      for (const on of days)
        for (const year of [2017, 2018]) {
          const { sums } = await ask('funds.execution', { unit: world.unit(name), year }, on)
          const fen = (key: string) => BigInt(sums[key])
          assert.equal(
            fen('receivedFen') + fen('carriedFen'),
            fen('idleFen') + fen('committedFen') + fen('feeFen'),
            `${name} ${on} ${year}`,
          )
          assert.equal(fen('owedFen'), fen('committedFen') - fen('paidFen'))
        }
  })

  it('What the books say was held on a day is what their flows say', async () => {
    for (const name of units) {
      const { rows } = await sql<{ available: bigint; committed: bigint }>`
        select coalesce(sum(balance) filter (where kind = 'available'), 0)::bigint as available,
               coalesce(sum(balance) filter (where kind = 'committed'), 0)::bigint as committed
          from fund_account where unit_id = ${world.unit(name)} and year = 2018`.execute(world.db)
      const lines = await ask('funds.lines', { unit: world.unit(name), year: 2018 }, '2018-02-01')
      const all = (key: string) =>
        lines.items.reduce((sums: bigint, each: Record<string, string>) => sums + BigInt(each[key]!), 0n)
      assert.equal(all('availableFen'), rows[0]?.available, name)
      if (name === 'Liu County') assert.equal(all('owedFen'), rows[0]?.committed, name)
    }
  })

  it('A county’s lines tell what came, what is committed, paid and idle; and that a day before nothing had come', async () => {
    const input = { unit: world.unit('Liu County') }
    const lines = await ask('funds.lines', input)
    const row = lines.items.find((each: { line: string }) => each.line === spending.line)
    assert.deepEqual(
      [row.receivedFen, row.committedFen, row.paidFen, row.owedFen, row.returnedFen, row.availableFen],
      ['900000000', '40000000', '10000000', '30000000', '100000000', '860000000'],
    )
    assert.equal(row.light, 'red', 'idle for longer than the charter allows')
    assert.equal((await ask('funds.lines', input, '2017-03-01')).total, 0)
    assert.ok(row.can.some((each: { act: string }) => each.act === 'funds.commit'))
  })

  it('A line that a city still holds past its date counts as late at the city and the province, not before', async () => {
    const late = async (name: string, on: string) =>
      (
        await readFigure(world.db, linesPassedOnLate, {
          charter: world.charter,
          unit: world.unit(name),
          on,
          map: on,
          year: 2017,
        })
      ).value
    assert.deepEqual([await late('Heyang City', '2017-06-09'), await late('Heyang City', '2017-06-10')], [0, 1])
    assert.equal(await late('Tong County', '2017-12-31'), 0)
    assert.ok((await late('Qingshan Province', '2017-12-31'))! >= 2)
  })

  it('The ladder of a line tells each step with its days, and who still holds what past its date', async () => {
    const lines = await ask('funds.lines', { unit: world.unit('Heyang City') }, '2017-07-01')
    const { line } = lines.items[0]
    const { ladder, postings, below } = await ask('line.show', { line, unit: world.unit('Tong County') }, '2017-07-01')
    assert.deepEqual(
      ladder.map((rung: { name: { en: string }; passedHereFen: string; light: string }) => [
        rung.name.en,
        rung.passedHereFen,
        rung.light,
      ]),
      [
        ['The Centre', '80000000', 'none'],
        ['Qingshan Province', '50000000', 'red'],
        ['Heyang City', '20000000', 'red'],
        ['Tong County', '0', 'none'],
      ],
    )
    assert.equal(postings.total, 1)
    assert.deepEqual(below, [])
  })

  it('From a payment out of a pool one comes up to both documents, first in first out to the fen', async () => {
    const { rows } = await sql<{ act: string; n: number }>`
      select t.act_id as act, t.n from fund_transfer t join fund_account a on a.id = t.from_account
       where t.kind = 'pay' and a.line_id = ${pool}`.execute(world.db)
    const up = await ask('funds.trace', { direction: 'up', ...rows[0]! })
    addsUp(up.root)
    assert.equal(up.amountFen, '31000000')
    assert.deepEqual(
      new Map(up.origins.map((each: { line: string; amountFen: string }) => [each.line, each.amountFen])),
      new Map([
        [pooledFrom[0], '30000000'],
        [pooledFrom[1], '1000000'],
      ]),
    )
    const down = await ask('funds.trace', { line: pooledFrom[1]! })
    addsUp(down.root)
    const payees = leaves(down.root).filter((leaf) => leaf.what === 'payee')
    assert.equal(sum(payees), 1_000_000n, 'down finds what up found')
    assert.equal(down.amountFen, '20000000')
  })

  it('What was reversed is not followed, but was before its correction', async () => {
    const then = await ask('funds.trace', { direction: 'up', act: corrected, n: 1 }, '2017-04-10')
    assert.equal(then.isReversed, false)
    const now = await ask('funds.trace', { direction: 'up', act: corrected, n: 1 })
    assert.deepEqual([now.isReversed, now.amountFen, now.origins], [true, '0', []])
  })

  it('A carry-over is followed into the next year’s books', async () => {
    const down = await ask('funds.trace', { line: spending.line }, '2018-02-01')
    addsUp(down.root)
    assert.equal(down.amountFen, '1000000000')
    const later = await ask('funds.trace', { line: spending.line }, '2017-06-01')
    assert.equal(later.amountFen, down.amountFen)
  })

  it('A document shows its transfers, who entered it, and what was corrected since; the payee is masked', async () => {
    const shown = await ask('posting.show', { act: payment })
    assert.equal(shown.by.post, 'finance-director-county')
    assert.equal(shown.transfers[0].payee.shown.includes('三丰'), false)
    assert.deepEqual([shown.isReversal, shown.isReversed], [false, false])
    assert.equal((await ask('posting.show', { act: corrected })).isReversed, true)
    assert.equal((await ask('posting.show', { act: corrected }, '2017-04-10')).isReversed, false)
  })

  it('Entries are shown with the balance after each, and their accounts as they stood that day', async () => {
    const found = await ask(
      'account.entries',
      { unit: world.unit('Liu County'), line: pool, kind: 'available' },
      '2017-04-01',
    )
    assert.deepEqual(
      found.items.map((each: { amountFen: string; balanceFen: string }) => [each.amountFen, each.balanceFen]),
      [
        ['-32000000', '3000000'],
        ['5000000', '35000000'],
        ['30000000', '30000000'],
      ],
    )
    assert.deepEqual(
      found.accounts.map((each: { balanceFen: string }) => each.balanceFen),
      ['3000000'],
    )
  })

  it('Where the money went closes: what flows into a place flows out of it or is held there', async () => {
    for (const name of ['The Centre', 'Qingshan Province', 'Liu County']) {
      const { nodes, links } = await ask('funds.flow', { unit: world.unit(name), year: 2017 })
      for (const node of nodes.filter((each: { what: string }) => ['unit', 'rest'].includes(each.what))) {
        const flowing = (end: 'from' | 'to') =>
          sum(links.filter((link: Record<'from' | 'to', string>) => link[end] === node.id))
        assert.equal(flowing('to'), flowing('from'), `${name}: ${node.name.en}`)
      }
    }
  })

  it('A county’s cash closes month by month with what its books hold', async () => {
    const cash = await ask('funds.cash', { unit: world.unit('Liu County'), from: '2017-01-01' })
    const { rows } = await sql<{ held: bigint }>`
      select sum(balance)::bigint as held from fund_account
       where unit_id = ${world.unit('Liu County')} and kind in ('available', 'committed')`.execute(world.db)
    assert.equal(BigInt(cash.closingFen), rows[0]?.held)
    assert.equal(cash.months.length, 12)
    assert.equal(sum(cash.events), BigInt(cash.closingFen) - BigInt(cash.openingFen))
  })

  it('A project’s page tells its money line by line, beside its milestones, up to the documents', async () => {
    const money = await ask('project.money', { project: spending.housing })
    assert.deepEqual([money.committedFen, money.paidFen, money.owedFen], ['32000000', '31000000', '1000000'])
    assert.deepEqual(money.milestones, [{ milestone: 1, paidFen: '31000000', lastOn: '2017-04-01' }])
    assert.equal(sum(money.origins), 31_000_000n)
  })

  it('The chain of a county shows what was handed down last and how it stands', async () => {
    const lineage = await findLineage(world.db, world.unit('Tong County'), '2017-06-01')
    const links = await fundLinks(world.reader('2017-06-01'), lineage!)
    assert.deepEqual(
      links.map(({ upper, lower, on }) => [upper, lower, on]),
      [
        [world.unit('Heyang City'), world.unit('Tong County'), '2017-05-20'],
        [world.unit('Qingshan Province'), world.unit('Heyang City'), '2017-05-10'],
        [world.unit('The Centre'), world.unit('Qingshan Province'), '2017-05-02'],
      ],
    )
    assert.deepEqual(
      links.map((link) => link.light),
      ['none', 'none', 'red'],
    )
  })
})

describe('Money leaves in the order in which it came', () => {
  const inflows = [
    { on: '2017-01-10', amount: 100n },
    { on: '2017-02-10', amount: 50n },
  ]
  it('What is held is the newest, and is held since the day it came', () => {
    assert.equal(heldSince(inflows, 0n), '2017-01-10')
    assert.equal(heldSince(inflows, 100n), '2017-02-10')
    assert.equal(heldSince(inflows, 149n), '2017-02-10')
    assert.equal(heldSince(inflows, 150n), null)
  })
})
