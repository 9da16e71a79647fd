import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { appropriated, centre, city, fund, handing, paper, province, wan } from '#test/fund-walk.ts'
import { Spending, treasurer } from '#test/spending.ts'
import { type As, World } from '#test/world.ts'
import { listDisclosures, showDisclosure } from './disclosures.ts'
import { listNegative } from './negative-list.ts'
import { listPayees } from './payees.ts'

const on = '2017-03-15'

describe('What the public is told of money', () => {
  let world: World
  let spending: Spending
  before(async () => {
    world = await World.open()
    spending = await Spending.open(world)
  })
  after(() => world.close())

  const input = (unit: string, line = spending.line) => ({ unit: world.unit(unit), line })
  const owed = async (unit: string, obligation: string, line = spending.line) =>
    world.db
      .selectFrom('obligation_item')
      .select(['due_on', 'met_on'])
      .where('unit_id', '=', world.unit(unit))
      .where('obligation', '=', obligation)
      .where('subject', '=', `fund/${line}/2017`)
      .execute()

  it('A county tells what it received and for which projects, within twenty working days, and meets what it owes', async () => {
    await spending.commit('300000')
    await spending.pay([{ amount: '1000' }])
    assert.deepEqual(await owed('Liu County', 'disclose-funds'), [{ due_on: '2017-03-30', met_on: null }])
    const { disclosure } = await world.done(fund('disclose'), input('Liu County'), { as: treasurer, on })
    assert.deepEqual(await owed('Liu County', 'disclose-funds'), [{ due_on: '2017-03-30', met_on: on }])
    const told = await world.ask(showDisclosure, { id: disclosure }, on, 'public')
    assert.equal(told.kind, 'received')
    assert.equal(told.content.totalFen, '1000000000')
    assert.equal(told.content.committedFen, '30000000')
    assert.equal(told.content.paidFen, '100000')
    assert.deepEqual(
      told.content.sources.map((each: { unit: { en: string }; amountFen: string; on: string }) => [
        each.unit.en,
        each.amountFen,
        each.on,
      ]),
      [['Qingshan Province', '1000000000', '2017-03-02']],
    )
    const [project] = told.content.projects
    assert.equal(project.code, 'A1')
    for (const field of [
      'place',
      'task',
      'startsOn',
      'endsOn',
      'responsible',
      'target',
      'households',
      'amountFen',
      'committedFen',
    ])
      assert.ok(project[field], field)
  })

  it('Each level tells who got how much, and meets what it owes', async () => {
    const line = await appropriated(world, wan(100), { 'Qingshan Province': wan(100) }, '2017-03-02')
    const shares = handing(world, 'Qingshan Province', line, { 'Heyang City': wan(60), 'Song County': wan(40) }, 2017)
    await world.done(fund('allocate'), shares, { as: province, on: '2017-03-03' })
    await world.done(fund('pass-on'), handing(world, 'Heyang City', line, { 'Tong County': wan(60) }, 2017), {
      as: city,
      on: '2017-03-06',
    })
    const levels: [string, As, [string, string][]][] = [
      ['The Centre', centre, [['Qingshan Province', '100000000']]],
      [
        'Qingshan Province',
        province,
        [
          ['Heyang City', '60000000'],
          ['Song County', '40000000'],
        ],
      ],
      ['Heyang City', city, [['Tong County', '60000000']]],
    ]
    for (const [unit, as, expected] of levels) {
      assert.equal((await owed(unit, 'publish-allocation', line))[0]?.met_on, null, unit)
      const { disclosure } = await world.done(fund('publish-allocation'), input(unit, line), { as, on })
      const { content } = await world.ask(showDisclosure, { id: disclosure }, on, 'public')
      assert.equal(content.totalFen, unit === 'Heyang City' ? '60000000' : '100000000')
      assert.deepEqual(
        content.shares.map((share: { name: { en: string }; amountFen: string }) => [share.name.en, share.amountFen]),
        expected,
      )
      assert.equal((await owed(unit, 'publish-allocation', line))[0]?.met_on, on, unit)
    }
    for (const county of ['Tong County', 'Song County'])
      assert.equal((await owed(county, 'disclose-funds', line)).length, 1)
    for (const above of ['Heyang City', 'Qingshan Province'])
      assert.deepEqual(await owed(above, 'disclose-funds', line), [])
  })

  it('A later announcement stands beside the first, which stays word for word as it was', async () => {
    const before = await world.ask(
      listDisclosures,
      { unit: world.unit('Liu County'), line: spending.line },
      on,
      'public',
    )
    assert.equal(before.total, 1)
    const [first] = before.items
    await spending.commit('5000', { project: spending.housing, on: '2017-04-02' })
    const { disclosure } = await world.done(
      fund('disclose'),
      { ...input('Liu County'), note: '新增一个项目' },
      { as: treasurer, on: '2017-04-03' },
    )
    const list = (more: object, day = '2017-04-03') =>
      world.ask(listDisclosures, { unit: world.unit('Liu County'), line: spending.line, ...more }, day, 'public')
    const ids = async (more: object, day?: string) =>
      (await list(more, day)).items.map((each: { id: string }) => each.id)
    assert.deepEqual(await ids({}), [disclosure])
    assert.deepEqual(await ids({ all: true }), [disclosure, first.id])
    assert.deepEqual(await ids({}, on), [first.id])
    assert.deepEqual(await ids({ search: 'no such' }), [])
    assert.deepEqual(await ids({ kind: 'allocation' }), [])
    const old = await world.ask(showDisclosure, { id: first.id }, '2017-04-03', 'public')
    assert.equal(old.isNewest, false)
    assert.equal(old.content.projects.length, 1)
    assert.deepEqual(old.others, [{ id: disclosure, on: '2017-04-03', address: `/disclosures/${disclosure}` }])
    await assert.rejects(world.ask(showDisclosure, { id: disclosure }, on, 'public'), /no such announcement/)
  })

  it("Who received nothing has nothing to tell: 'nothing-received', 'unknown-line'", async () => {
    const as: As = ['Yan County', 'finance-director-county']
    assert.deepEqual(await world.codes(fund('disclose'), input('Yan County'), { as, on }), ['nothing-received'])
    assert.deepEqual(await world.codes(fund('disclose'), input('Yan County', world.unit('no line')), { as, on }), [
      'unknown-line',
    ])
  })

  it("Who handed nothing down has nothing to publish: 'nothing-allocated'", async () => {
    assert.deepEqual(await world.codes(fund('publish-allocation'), input('Heyang City'), { as: city, on }), [
      'nothing-allocated',
    ])
  })

  it("A city publishes its own allocations, not those of a county: 'not-own-books'", async () => {
    const refused = await world.codes(fund('publish-allocation'), input('Tong County'), { as: city, on })
    assert.deepEqual(refused, ['not-own-books', 'nothing-allocated'])
  })

  it('An announcement of money that has no project yet is advised to come again', async () => {
    const line = await spending.fresh(3)
    const told = await world.rehearse(fund('disclose'), input('Liu County', line), { as: treasurer, on })
    assert.deepEqual(
      told.advice.map((each) => each.code),
      ['no-project-yet'],
    )
  })

  it('A pool tells from which lines it was filled', async () => {
    const from = [{ line: await spending.fresh(1), amount: '700' }]
    const pool = {
      unit: world.unit('Liu County'),
      year: 2017,
      document: paper(),
      from,
      name: { zh: '整合资金', en: 'Pool' },
    }
    const { line } = await world.done(fund('pool'), pool, { as: treasurer, on })
    const { disclosure } = await world.done(fund('disclose'), input('Liu County', line), { as: treasurer, on })
    const { content } = await world.ask(showDisclosure, { id: disclosure }, on, 'public')
    assert.deepEqual(content.sources[0].line, { zh: '中央财政专项扶贫资金', en: 'Central special funds' })
    assert.equal(content.totalFen, '70000')
  })

  it('The negative list is open to everybody, with what is the rule’s and what is a setting', async () => {
    const { items } = await world.ask(listNegative, {}, on, 'public')
    assert.equal(items.length, 9)
    for (const item of items) {
      assert.equal(item.status, 'K')
      assert.equal(item.wordsStatus, 'made-up')
    }
  })

  it('A county’s payees are listed masked, to those who hold a seat', async () => {
    const answer = await world.ask(listPayees, { unit: world.unit('Liu County') }, '2017-05-01', treasurer)
    assert.deepEqual(
      answer.items.map((each: { shown: string }) => each.shown),
      ['张**'],
    )
    assert.deepEqual(
      answer.items[0].can.map((each: { act: string; mine: boolean }) => [each.act, each.mine]),
      [['payee.reveal', true]],
    )
    assert.equal(listPayees.access, 'seated')
    assert.equal((await world.ask(listPayees, { unit: world.unit('Liu County') }, '2017-03-01', treasurer)).total, 0)
  })

  it('The role that questions run on reads what was published', async () => {
    const client = new pg.Client(world.database.reader)
    await client.connect()
    try {
      assert.ok(((await client.query('select * from fund_disclosure')).rowCount ?? 0) > 0)
      await assert.rejects(client.query('insert into fund_disclosure default values'), /permission denied/)
    } finally {
      await client.end()
    }
  })
})
