import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { fund, handing, left, paper, province, wan } from '#test/fund-walk.ts'
import { projectWalk } from '#test/project-walk.ts'
import { head, Spending, treasurer } from '#test/spending.ts'
import { type As, World } from '#test/world.ts'

const giveBack = fund('return')
const reverse = fund('reverse')
const carry = fund('carry-over')
const close = fund('close-year')
const nowhere = '00000000-0000-4000-8000-000000000000'
const cityBooks: As = ['Heyang City', 'mayor']

describe('What went wrong or was not needed goes back', () => {
  let world: World
  let spending: Spending
  before(async () => {
    world = await World.open()
    spending = await Spending.open(world)
  })
  after(() => world.close())

  const returning = (line: string, amount: string, to = 'Qingshan Province', more: object = {}) => ({
    unit: world.unit('Liu County'),
    line,
    year: 2017,
    to: world.unit(to),
    amount,
    document: paper(),
    ...more,
  })
  const reversing = (unit: string, act: string, more: object = {}) => ({
    unit: world.unit(unit),
    act,
    document: paper(),
    reason: '下达数额有误',
    ...more,
  })
  const doneAct = async (...[act, input, when]: Parameters<World['perform']>) => {
    const outcome = await world.perform(act, input, when)
    assert.equal(outcome.outcome, 'done', JSON.stringify(outcome))
    return outcome.id
  }
  const owed = (unit: string, line: string) =>
    world.db
      .selectFrom('obligation_item')
      .select(['obligation', 'opened_on', 'met_on', 'lapsed_on'])
      .where('unit_id', '=', world.unit(unit))
      .where('obligation', 'like', 'pass-funds-%')
      .where('subject', '=', `fund/${line}/2017`)
      .where('obligation', 'in', ['pass-funds-down', 'pass-funds-on'])
      .orderBy('opened_on')
      .execute()
  const on = '2017-05-02'

  it('A county returns what it does not need to the province that gave it, no fen more', async () => {
    const line = await spending.fresh(100)
    await world.done(giveBack, returning(line, '250000.50'), { as: treasurer, on })
    assert.equal(await left(world, line, 'Liu County', 2017), 74_999_950n)
    assert.equal(await left(world, line, 'Qingshan Province', 2017), 25_000_050n)
  })
  it('Committed money is not returned: `exceeds-left`', async () => {
    const line = await spending.fresh(100)
    await spending.commit('400000', { line })
    const [told] = await world.refused(giveBack, returning(line, '600000.01'), { as: treasurer, on })
    assert.equal(told?.code, 'exceeds-left')
    assert.match(told.sentence.en, /600,000 yuan .* is uncommitted .* 600,000\.01 yuan was asked/)
  })
  it('Money is not returned to somebody who never gave it; who did is named: `not-from-there`', async () => {
    const line = await spending.fresh(100)
    const [told] = await world.refused(giveBack, returning(line, '1', 'Heyang City'), { as: treasurer, on })
    assert.equal(told?.code, 'not-from-there')
    assert.match(told.sentence.en, /it came from Qingshan Province/)
  })
  it('No more goes back than came: `exceeds-received`', async () => {
    const line = await spending.fresh(100, 'Heyang City')
    const share = handing(world, 'Heyang City', line, { 'Liu County': wan(60) }, 2017)
    await world.done(fund('pass-on'), share, { as: cityBooks, on })
    // A second way for the same line: the city returns what it kept, and the province gives it to the county itself.
    const back = { ...returning(line, wan(40)), unit: world.unit('Heyang City') }
    await world.done(giveBack, back, { as: cityBooks, on })
    const direct = handing(world, 'Qingshan Province', line, { 'Liu County': wan(40) }, 2017)
    await world.done(fund('allocate'), direct, { as: province, on })
    assert.deepEqual(await world.codes(giveBack, returning(line, '600000.01', 'Heyang City'), { as: treasurer, on }), [
      'exceeds-received',
    ])
    await world.done(giveBack, returning(line, wan(60), 'Heyang City'), { as: treasurer, on })
    assert.deepEqual(await world.codes(giveBack, returning(line, '1', 'Heyang City'), { as: treasurer, on }), [
      'not-from-there',
    ])
  })
  it('A city that gives everything back has nothing left to pass on', async () => {
    const line = await spending.fresh(10, 'Heyang City')
    const back = { ...returning(line, wan(10)), unit: world.unit('Heyang City') }
    await world.done(giveBack, back, { as: cityBooks, on })
    assert.equal((await owed('Heyang City', line))[0]?.lapsed_on, on)
  })

  it('An allocation that was wrong is taken back, and the province owes to hand the money down again', async () => {
    const line = await spending.fresh(10, 'Heyang City')
    const { rows } = await world.engine.database.pool.query<{ act_id: string }>(
      `select t.act_id from fund_transfer t join fund_account a on a.id = t.to_account where a.line_id = $1 and a.unit_id = $2`,
      [line, world.unit('Heyang City')],
    )
    const result = await world.done(reverse, reversing('Qingshan Province', rows[0]?.act_id ?? ''), {
      as: province,
      on,
    })
    assert.equal(result.amountFen, '10000000')
    assert.equal(await left(world, line, 'Heyang City', 2017), 0n)
    assert.equal(await left(world, line, 'Qingshan Province', 2017), 10_000_000n)
    assert.equal((await owed('Heyang City', line))[0]?.lapsed_on, on)
    const provinces = await owed('Qingshan Province', line)
    assert.deepEqual(
      provinces.map((item) => [item.obligation, item.opened_on, item.met_on]),
      [
        ['pass-funds-down', '2017-03-02', '2017-03-02'],
        ['pass-funds-down', on, null],
      ],
    )
  })
  it('One line of a posting is taken back; the others stand', async () => {
    const line = await spending.fresh(10, 'Heyang City')
    const shares = handing(world, 'Heyang City', line, { 'Liu County': wan(4), 'Tong County': wan(6) }, 2017)
    const act = await doneAct(fund('pass-on'), shares, { as: cityBooks, on })
    await world.done(reverse, reversing('Heyang City', act, { transfers: [2] }), { as: cityBooks, on })
    assert.equal(await left(world, line, 'Liu County', 2017), 4_000_000n)
    assert.equal(await left(world, line, 'Tong County', 2017), 0n)
  })
  it('A whole appropriation with its shares is taken back to nothing', async () => {
    const input = {
      unit: world.unit('The Centre'),
      name: { zh: '误拨', en: 'By mistake' },
      year: 2017,
      document: paper(),
      amount: wan(5),
      shares: [{ unit: world.unit('Haidao Province'), amount: wan(3) }],
    }
    const as: As = ['The Centre', 'minister-finance']
    const act = await doneAct(fund('appropriate'), input, { as, on })
    await world.done(reverse, reversing('The Centre', act), { as, on })
    const { rows } = await world.engine.database.pool.query(
      `select a.balance from fund_account a join fund_line l on l.id = a.line_id where l.act_id = $1 and a.balance <> 0`,
      [act],
    )
    assert.deepEqual(rows, [])
  })
  it('What is reversed stays reversed, and a reversal is not reversed: `reversed-before`, `is-a-reversal`', async () => {
    const line = await spending.fresh(10, 'Heyang City')
    const shares = handing(world, 'Heyang City', line, { 'Liu County': wan(4) }, 2017)
    const act = await doneAct(fund('pass-on'), shares, { as: cityBooks, on })
    const back = await doneAct(reverse, reversing('Heyang City', act), { as: cityBooks, on })
    assert.deepEqual(await world.codes(reverse, reversing('Heyang City', act), { as: cityBooks, on }), [
      'reversed-before',
    ])
    assert.deepEqual(await world.codes(reverse, reversing('Heyang City', back), { as: cityBooks, on }), [
      'is-a-reversal',
    ])
  })
  it('Money that the county has committed since is not taken back; what is left is told: `disposed-of`', async () => {
    const line = await spending.fresh(10)
    await spending.commit('40000', { line })
    const { rows } = await world.engine.database.pool.query<{ act_id: string }>(
      `select t.act_id from fund_transfer t join fund_account a on a.id = t.to_account
        where a.line_id = $1 and a.unit_id = $2 and t.kind = 'allocate'`,
      [line, world.unit('Liu County')],
    )
    const [told] = await world.refused(reverse, reversing('Qingshan Province', rows[0]?.act_id ?? ''), {
      as: province,
      on,
    })
    assert.equal(told?.code, 'disposed-of')
    assert.match(told.sentence.en, /Liu County has 60,000 yuan of .* left, and 100,000 yuan would be taken back/)
  })
  it('Somebody else’s entry is not yours to reverse: `not-own-posting`', async () => {
    const line = await spending.fresh(10, 'Heyang City')
    const shares = handing(world, 'Heyang City', line, { 'Liu County': wan(4) }, 2017)
    const act = await doneAct(fund('pass-on'), shares, { as: cityBooks, on })
    assert.deepEqual(await world.codes(reverse, reversing('Liu County', act), { as: treasurer, on }), [
      'not-own-posting',
    ])
  })
  it('An entry or a line of it that is not there: `unknown-posting`, `unknown-transfer`', async () => {
    assert.deepEqual(await world.codes(reverse, reversing('Liu County', nowhere), { as: treasurer, on }), [
      'unknown-posting',
    ])
    const line = await spending.fresh(10)
    const act = await doneAct(
      fund('commit'),
      { ...spending.held(line), items: [{ project: spending.industry, amount: '1' }] },
      { as: head, on },
    )
    const asked = reversing('Liu County', act, { transfers: [1, 2] })
    assert.deepEqual(await world.codes(reverse, asked, { as: treasurer, on }), ['unknown-transfer'])
    assert.deepEqual(await world.codes(reverse, reversing('Liu County', act), { as: treasurer, on: '2017-05-01' }), [
      'unknown-posting',
    ])
  })
  it('A payment that came back from the bank is taken back to the project’s commitment', async () => {
    const line = await spending.fresh(10)
    await spending.commit('50000', { line })
    const act = await doneAct(fund('pay'), spending.paying([{ amount: '10000' }, { amount: '20000' }], line), {
      as: treasurer,
      on,
    })
    await world.done(reverse, reversing('Liu County', act, { transfers: [2] }), { as: treasurer, on })
    assert.equal(await spending.balance('paid', line), 1_000_000n)
    assert.equal(await spending.balance('committed', line), 4_000_000n)
  })
  it('What was released from a project that was withdrawn since does not go back to it: `project-withdrawn`', async () => {
    const walk = projectWalk(world)
    const project = await walk.to('assigned', 'Liu County', { draft: { code: 'W1' } })
    const line = await spending.fresh(10)
    await world.done(fund('commit'), { ...spending.held(line), items: [{ project, amount: '5000' }] }, { as: head, on })
    const input = { ...spending.held(line), items: [{ project, amount: '5000' }], reason: '项目不再实施' }
    const act = await doneAct(fund('release'), input, { as: head, on })
    await walk.does('withdraw', 'Liu County', [project], on)
    assert.deepEqual(await world.codes(reverse, reversing('Liu County', act), { as: treasurer, on }), [
      'project-withdrawn',
    ])
  })
  it('Returns and corrections by a unit that does not keep the books are refused: `not-own-books`', async () => {
    const line = await spending.fresh(10)
    const foreign = { ...handing(world, 'Liu County', line, { 'Tong County': '1' }, 2017) }
    assert.ok((await world.codes(fund('pass-on'), foreign, { as: cityBooks, on })).includes('not-own-books'))
  })
  it('A line and a year in which there is nothing to return: `unknown-line`, `wrong-year`', async () => {
    assert.deepEqual(await world.codes(giveBack, returning(nowhere, '1'), { as: treasurer, on }), ['unknown-line'])
    const line = await spending.fresh(10)
    const asked = returning(line, '1', 'Qingshan Province', { year: 2016 })
    assert.deepEqual(await world.codes(giveBack, asked, { as: treasurer, on }), ['wrong-year'])
  })
})

describe('A year ends', () => {
  let world: World
  let spending: Spending
  before(async () => {
    world = await World.open()
    spending = await Spending.open(world)
    await spending.commit('400000.25')
  })
  after(() => world.close())

  const books = (unit = 'Liu County', year = 2017) => ({ unit: world.unit(unit), year })
  const carrying = (more: object = {}) => ({ ...books(), document: paper(), ...more })
  const end = '2017-12-31'

  it('A year that is not over is neither carried over nor closed: `year-not-over`', async () => {
    assert.deepEqual(await world.codes(carry, carrying(), { as: treasurer, on: '2017-12-30' }), ['year-not-over'])
    assert.deepEqual(
      await world.codes(close, books('Tong County'), {
        as: ['Tong County', 'finance-director-county'],
        on: '2017-12-30',
      }),
      ['year-not-over'],
    )
  })
  it('Books with money in them do not close; which lines and how much is told: `books-not-empty`', async () => {
    const [told] = await world.refused(close, books(), { as: treasurer, on: end })
    assert.equal(told?.code, 'books-not-empty')
    assert.match(
      told.sentence.en,
      /10,000,000 yuan is left .*: «Central special funds» 9,599,999\.75 yuan uncommitted and 400,000\.25 yuan committed/,
    )
    assert.match(told.sentence.zh, /还有1000万元/)
  })
  it('A line that nobody opened is not carried over: `unknown-line`', async () => {
    assert.deepEqual(await world.codes(carry, carrying({ lines: [nowhere] }), { as: treasurer, on: end }), [
      'unknown-line',
    ])
  })
  it('What is uncommitted and what is committed go into next year’s books; then the year closes', async () => {
    const result = await world.done(carry, carrying({ lines: [spending.line] }), { as: treasurer, on: end })
    assert.deepEqual(result, { year: 2018, carried: 2, amountFen: '1000000000' })
    assert.equal(await left(world, spending.line, 'Liu County', 2017), 0n)
    assert.equal(await left(world, spending.line, 'Liu County', 2018), 959_999_975n)
    await world.done(close, books(), { as: treasurer, on: end })
  })
  it('With nothing left there is nothing to carry over: `nothing-to-carry`', async () => {
    const asked = { ...books('Tong County'), document: paper() }
    assert.deepEqual(await world.codes(carry, asked, { as: ['Tong County', 'finance-director-county'], on: end }), [
      'nothing-to-carry',
    ])
  })
  it('Closed books are closed: `closed-already`', async () => {
    assert.deepEqual(await world.codes(close, books(), { as: treasurer, on: '2018-01-05' }), ['closed-already'])
  })
  it('Nothing is entered in a closed year, by whichever act: `year-closed`', async () => {
    const on = '2018-01-05'
    const line = await spending.fresh(10, 'Tong County', '2017-12-20')
    const { rows } = await world.engine.database.pool.query<{ act_id: string }>(
      `select act_id from fund_transfer t join fund_account a on a.id = t.to_account
        where a.line_id = $1 and a.unit_id = $2 and t.kind = 'allocate'`,
      [spending.line, world.unit('Liu County')],
    )
    const more = await spending.fresh(5, 'Heyang City', '2017-12-20')
    const sharing = handing(world, 'Heyang City', more, { 'Liu County': wan(1) }, 2017)
    const appropriate = {
      unit: world.unit('The Centre'),
      name: { zh: '补记', en: 'Late' },
      year: 2017,
      document: paper(),
      amount: wan(1),
    }
    const centre: As = ['The Centre', 'minister-finance']
    const reversing = {
      unit: world.unit('Qingshan Province'),
      act: rows[0]?.act_id,
      document: paper(),
      reason: '有误更正',
    }
    const giving = { ...carrying(), line: spending.line, to: world.unit('Qingshan Province'), amount: '1' }
    assert.deepEqual(await world.codes(fund('pass-on'), sharing, { as: cityBooks, on }), ['year-closed'])
    assert.ok((await world.codes(carry, carrying(), { as: treasurer, on })).includes('year-closed'))
    assert.ok((await world.codes(giveBack, giving, { as: treasurer, on })).includes('year-closed'))
    assert.ok((await world.codes(reverse, reversing, { as: province, on })).includes('year-closed'))
    await world.done(close, books('The Centre'), { as: centre, on })
    assert.ok((await world.codes(fund('appropriate'), appropriate, { as: centre, on })).includes('year-closed'))
    assert.equal(await left(world, line, 'Tong County', 2017), 10_000_000n)
  })
  it('What is returned to a unit that has closed the year goes into its open one, and the giver is told so', async () => {
    const on = '2018-01-06'
    const giver: As = ['Qingshan Province', 'finance-director-province']
    await world.done(close, books('Qingshan Province'), { as: giver, on })
    const { rows } = await world.engine.database.pool.query<{ line_id: string }>(
      `select line_id from fund_account where unit_id = $1 and year = 2017 and kind = 'available' and balance > 0 limit 1`,
      [world.unit('Tong County')],
    )
    const line = rows[0]?.line_id ?? ''
    const input = { ...books('Tong County'), line, to: world.unit('Qingshan Province'), amount: '1', document: paper() }
    const as: As = ['Tong County', 'finance-director-county']
    const { advice } = await world.rehearse(giveBack, input, { as, on })
    assert.deepEqual(
      advice.map((told) => told.code),
      ['enters-later-year'],
    )
    await world.done(giveBack, input, { as, on })
    assert.equal(await left(world, line, 'Qingshan Province', 2018), 100n)
  })
  it('A later year is not closed over an earlier one with money in it: `earlier-year-open`', async () => {
    const as: As = ['Tong County', 'finance-director-county']
    assert.deepEqual(await world.codes(close, books('Tong County', 2018), { as, on: '2018-12-31' }), [
      'earlier-year-open',
    ])
  })
  it('Nobody closes another unit’s books: `not-own-books`', async () => {
    await assert.rejects(world.perform(close, books('Tong County'), { as: treasurer, on: '2018-12-31' }))
  })
})
