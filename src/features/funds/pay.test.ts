import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { asAct } from '#test/act.ts'
import { fund, paper } from '#test/fund-walk.ts'
import { projectWalk } from '#test/project-walk.ts'
import { head, payeeAct, Spending, treasurer } from '#test/spending.ts'
import { World } from '#test/world.ts'

describe('Liu County pays for its projects', () => {
  let world: World
  let spending: Spending
  before(async () => {
    world = await World.open()
    spending = await Spending.open(world)
    await spending.commit('500000')
  })
  after(() => world.close())

  const codes = (payments: readonly Record<string, unknown>[], as = treasurer, on = '2017-04-01') =>
    world.codes(fund('pay'), spending.paying(payments), { as, on })
  const advice = async (payments: readonly Record<string, unknown>[], more = {}) =>
    (await world.rehearse(fund('pay'), { ...spending.paying(payments), ...more }, { as: treasurer, on: '2017-04-01' }))
      .advice

  it('A payment within the commitment moves the money to the payee, and the books say for which work', async () => {
    const result = await spending.pay([{ amount: '1250.50', work: '大棚钢架', milestone: 1 }])
    assert.deepEqual(result, { paid: 1, already: 0, paidFen: '125050' })
    assert.equal(await spending.balance('paid'), 125_050n)
    assert.equal(await spending.balance('committed'), 49_874_950n)
  })

  it("Whoever committed the money does not pay it: 'own-commitment'", async () => {
    assert.deepEqual(await codes([{ amount: '1' }], head), ['own-commitment'])
  })

  it("More than is committed is refused, also as the sum of a list: 'exceeds-commitment'", async () => {
    assert.deepEqual(await codes([{ amount: '250000' }, { amount: '250000' }]), ['exceeds-commitment'])
    assert.deepEqual(await codes([{ project: spending.housing, amount: '1' }]), ['exceeds-commitment'])
    assert.deepEqual(await codes([{ amount: '9999999999999.99' }]), ['exceeds-commitment'])
  })

  it("A payee of another county is refused, and one that nobody knows: 'payee-unknown'", async () => {
    const [foreign] = await spending.payees('Tong County', [
      { kind: 'company', name: '桐县建筑公司', account: '100200300' },
    ])
    assert.deepEqual(await codes([{ payee: foreign, amount: '1' }]), ['payee-unknown'])
    assert.deepEqual(await codes([{ payee: world.unit('nobody'), amount: '1' }]), ['payee-unknown'])
  })

  it("Projects that get no money: 'project-unknown', 'project-elsewhere', 'project-not-assigned', 'project-withdrawn'", async () => {
    const walk = projectWalk(world)
    const foreign = await walk.to('assigned', 'Tong County', { draft: { code: 'T1' } })
    const admitted = await walk.to('admitted', 'Liu County', { draft: { code: 'A3' } })
    const withdrawn = await walk.to('assigned', 'Liu County', { draft: { code: 'A4' } })
    await walk.does('withdraw', 'Liu County', [withdrawn], '2017-03-20')
    const refused = async (project: string) =>
      (await codes([{ project, amount: '1' }])).filter((code) => code !== 'exceeds-commitment')
    assert.deepEqual(await refused(world.unit('no project')), ['project-unknown'])
    assert.deepEqual(await refused(foreign), ['project-elsewhere'])
    assert.deepEqual(await refused(admitted), ['project-not-assigned'])
    assert.deepEqual(await refused(withdrawn), ['project-withdrawn'])
    const items = [foreign, admitted, withdrawn].map((project) => ({ project, amount: '1' }))
    assert.deepEqual(await world.codes(fund('commit'), { ...spending.held(), items }, { as: head, on: '2017-04-01' }), [
      'project-elsewhere',
      'project-not-assigned',
      'project-withdrawn',
    ])
  })

  it("Money of next year is not paid before its year: 'year-not-begun', 'wrong-year'", async () => {
    const input = { ...spending.paying([{ amount: '1' }]), year: 2018 }
    const refused = await world.codes(fund('pay'), input, { as: treasurer, on: '2017-04-01' })
    assert.deepEqual(refused, ['exceeds-commitment', 'wrong-year', 'year-not-begun'])
  })

  it("A line that nobody appropriated: 'unknown-line'", async () => {
    const input = { ...spending.paying([{ amount: '1' }]), line: world.unit('no line') }
    const refused = await world.codes(fund('pay'), input, { as: treasurer, on: '2017-04-01' })
    assert.ok(refused.includes('unknown-line'))
  })

  it("A year whose books are closed takes no more: 'year-closed'", async () => {
    await asAct(world, (client, act) =>
      client.query('insert into fund_year_close (unit_id, year, on_day, act_id) values ($1, 2015, $2, $3)', [
        world.unit('Liu County'),
        '2016-12-31',
        act,
      ]),
    )
    const when = { as: treasurer, on: '2017-04-01' } as const
    const unit = world.unit('Liu County')
    const held = { ...spending.held(), year: 2015 }
    const items = [{ project: spending.industry, amount: '1' }]
    for (const refused of [
      await world.codes(fund('pay'), { ...spending.paying([{ amount: '1' }]), year: 2015 }, when),
      await world.codes(fund('commit'), { ...held, items }, when),
      await world.codes(fund('release'), { ...held, items, reason: '项目结余' }, when),
      await world.codes(fund('fee'), { ...held, amount: '1' }, when),
      await world.codes(
        fund('pool'),
        { unit, year: 2015, document: paper(), from: [{ line: spending.line, amount: '1' }] },
        when,
      ),
    ])
      assert.ok(refused.includes('year-closed'), refused.join())
  })

  for (const amount of ['-5', '0', '0.00', '1.005', '12e3', '99999999999999', '一百', ' 1', '01'])
    it(`An amount of «${amount}» is malformed, and nothing is done`, async () => {
      await assert.rejects(codes([{ amount: '1' }, { amount }]), /payments\.1\.amount/)
      await assert.rejects(
        world.codes(
          fund('commit'),
          { ...spending.held(), items: [{ project: spending.industry, amount }] },
          { as: head, on: '2017-04-01' },
        ),
        /items\.0\.amount/,
      )
    })

  it('A payment that came in once is told as paid already when it comes again; with more beside it, only the rest is paid', async () => {
    const before = await spending.balance('paid')
    assert.equal((await spending.pay([{ amount: '100', externalId: 'E1' }])).paid, 1)
    assert.deepEqual(await spending.pay([{ amount: '100', externalId: 'E1' }]), { paid: 0, already: 1, paidFen: '0' })
    const both = [
      { amount: '100', externalId: 'E1' },
      { amount: '30', externalId: 'E2' },
    ]
    assert.deepEqual(
      (await advice(both)).map((line) => line.code),
      ['paid-already'],
    )
    assert.deepEqual(await spending.pay(both), { paid: 1, already: 1, paidFen: '3000' })
    assert.equal((await spending.balance('paid')) - before, 13_000n)
  })

  it("The same id with another content is refused: 'external-id-otherwise'", async () => {
    await spending.pay([{ amount: '100', externalId: 'E3' }])
    assert.deepEqual(await codes([{ amount: '101', externalId: 'E3' }]), ['external-id-otherwise'])
    assert.deepEqual(await codes([{ amount: '100', externalId: 'E3', work: '大棚' }]), ['external-id-otherwise'])
  })

  it("An id that stands twice in one list is refused: 'external-id-twice'", async () => {
    assert.deepEqual(
      await codes([
        { amount: '1', externalId: 'E4' },
        { amount: '1', externalId: 'E4' },
      ]),
      ['external-id-twice'],
    )
  })

  it('What looks like the same payment twice, and what speaks of a purpose that the money is never for, is told and not refused', async () => {
    const told = await advice(
      [{ amount: '5', work: '公务用车维修' }, { amount: '5', work: '公务用车维修' }, { amount: '6' }],
      {
        note: '偿还债务',
      },
    )
    assert.deepEqual(told.map((line) => line.code).toSorted(), ['looks-twice', 'negative-list', 'negative-list'])
    const spoken = told.find((line) => line.sentence.en.includes('vehicles'))
    assert.ok(spoken?.sentence.zh.includes('第1、2笔'), JSON.stringify(spoken))
    assert.ok(told.some((line) => line.sentence.en.includes('the document or its note')))
  })

  it('A payroll of ten thousand households is one act', async () => {
    const many = Array.from({ length: 10_000 }, (_, at) => at)
    const people = many.map((at) => ({
      kind: 'household',
      name: `李${at}`,
      account: `62170000${String(at).padStart(8, '0')}`,
    }))
    const payees = await spending.payees('Liu County', people)
    assert.equal(new Set(payees).size, 10_000)
    const payments = payees.map((payee, at) => ({
      payee,
      amount: `${10 + (at % 7)}.25`,
      externalId: `P${at}`,
      work: '务工补助',
    }))
    const before = await spending.balance('paid')
    const input = spending.paying(payments)
    const from = performance.now()
    const result = await world.done(fund('pay'), input, { as: treasurer, on: '2017-05-01' })
    const took = performance.now() - from
    assert.equal(result.paid, 10_000)
    assert.equal((await spending.balance('paid')) - before, BigInt(result.paidFen))
    assert.ok(took < 5_000, `${took} ms`)
    assert.deepEqual(
      await world.done(fund('pay'), { ...input, document: paper() }, { as: treasurer, on: '2017-05-02' }),
      {
        paid: 0,
        already: 10_000,
        paidFen: '0',
      },
    )
  })

  it('Of fifty payments at once against one commitment no more go through than it holds', async () => {
    const line = await spending.fresh(10)
    await spending.commit('1000', { line })
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () =>
        world.perform(fund('pay'), spending.paying([{ amount: '100' }], line), { as: treasurer, on: '2017-06-01' }),
      ),
    )
    assert.equal(outcomes.filter(({ outcome }) => outcome === 'done').length, 10)
    assert.equal(await spending.balance('paid', line), 100_000n)
    assert.equal(await spending.balance('committed', line), 0n)
    for (const each of outcomes)
      if (each.outcome === 'refused')
        assert.deepEqual(
          each.refusals.map((told) => told.code),
          ['exceeds-commitment'],
        )
  })

  it('The journal keeps who was registered only as a mask, in a list too', async () => {
    await spending.payees('Liu County', [{ kind: 'household', name: '欧阳小明', account: '6228480012345678' }])
    const { rows } = await world.engine.database.pool.query<{ input: string }>(
      `select input::text from journal where act = 'payee.register' order by seq desc limit 1`,
    )
    assert.doesNotMatch(rows[0]?.input ?? '', /欧阳|6228480012345678|农商行/)
    assert.match(rows[0]?.input ?? '', /household/)
    await world.done(
      payeeAct('reveal'),
      { unit: world.unit('Liu County'), payee: spending.payee },
      { as: treasurer, on: '2017-06-01' },
    )
    const looked = await world.engine.database.pool.query<{ detail: string }>(
      `select detail::text from journal where act = 'payee.reveal' order by seq desc limit 1`,
    )
    assert.doesNotMatch(looked.rows[0]?.detail ?? '', /张三丰/)
  })
})
