import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import type pg from 'pg'
import { readChecks, runCheck } from '#kernel/check.ts'
import { addDays } from '#kernel/calendar.ts'
import { asAct } from '#test/act.ts'
import { appropriated, city, fund, handing, paper, province, wan } from '#test/fund-walk.ts'
import { projectWalk } from '#test/project-walk.ts'
import { head, Spending, treasurer } from '#test/spending.ts'
import { World } from '#test/world.ts'

const checks = readChecks(path.join(import.meta.dirname, '../../../checks'))

describe('The checks on how money is used find what was planted, and nothing else', () => {
  let world: World
  let spending: Spending
  before(async () => {
    world = await World.open()
    spending = await Spending.open(world)
  })
  after(() => world.close())

  const finds = (id: string, on: string) => {
    const check = checks.find((each) => each.id === id)
    assert.ok(check, `There is no check «${id}».`)
    return runCheck(world.db, check, on, world.charter)
  }
  const found = async (id: string, on: string) =>
    (await finds(id, on)).map(({ unit, record, since }) => [
      nameOf(unit),
      record.split('?')[0]?.split('/').slice(0, 3).join('/'),
      since,
    ])
  const nameOf = (unit: string) =>
    ['Liu County', 'Tong County', 'Heyang City', 'Qingshan Province', 'The Centre'].find(
      (name) => world.unit(name) === unit,
    )

  type Planted = { kind: string; from: object; to: object; amount: string } & Record<string, unknown>
  /** Enters something that no act would let through, in the name of somebody. */
  const enter = (on: string, transfers: readonly Planted[], person?: string) =>
    asAct(world, async (client, planted) => {
      const act = person ? await journalled(client, planted, person) : planted
      // Past the database's own walls: a check has to find what came about before them, or in spite of them.
      await client.query('set local session_replication_role = replica')
      const accounts = transfers.flatMap((each) => [each.from, each.to])
      const rows = transfers.map(({ from: _from, to: _to, ...rest }, at) => ({ ...rest, from: at * 2, to: at * 2 + 1 }))
      await client.query('select fund_post($1, $2, $3, $4, null, $5, $6)', [
        act,
        world.unit('Liu County'),
        on,
        paper(),
        JSON.stringify(accounts),
        JSON.stringify(rows),
      ])
    })
  const account = (line: string, kind: string, project?: string) => ({
    line,
    unit: world.unit('Liu County'),
    year: 2017,
    kind,
    project,
  })

  it('Money that nobody committed for more than a hundred and eighty days is idle, as much as came that long ago', async () => {
    const came = '2017-03-02'
    assert.deepEqual(await found('money-idle', addDays(came, 180)), [])
    const [idle, ...others] = await finds('money-idle', addDays(came, 181))
    assert.deepEqual(others, [])
    assert.equal(nameOf(idle?.unit ?? ''), 'Liu County')
    assert.equal(idle?.since, came)
    assert.match(idle?.label.zh ?? '', /1000万元闲置181天/)
    await spending.commit('990000', { on: addDays(came, 182) })
    const [rest] = await finds('money-idle', addDays(came, 182))
    assert.match(rest?.label.zh ?? '', /901万元闲置182天/)
  })

  it('More than eight percent of the year not spent at its end is told from its last day until the next year ends', async () => {
    assert.deepEqual(await finds('unspent-share-too-large', '2017-12-30'), [])
    const [first, ...others] = await finds('unspent-share-too-large', '2017-12-31')
    assert.deepEqual(others, [])
    assert.equal(nameOf(first?.unit ?? ''), 'Liu County')
    assert.match(first?.label.zh ?? '', /100%/)
    assert.equal((await finds('unspent-share-too-large', '2018-12-30')).length, 1)
    assert.deepEqual(await finds('unspent-share-too-large', '2018-12-31'), [])
  })

  it('A project of which a fifth is paid before any of its work is reported is paid ahead; ten percent is not', async () => {
    await spending.pay([{ amount: '100000', work: '预付款' }], { on: '2017-09-10' })
    const [unspent] = await finds('unspent-share-too-large', '2017-12-31')
    assert.match(unspent?.label.zh ?? '', /未支出990万元，占99%/)
    assert.match(unspent?.label.en ?? '', /: 9900000 yuan not spent, 99%/)
    assert.deepEqual(await found('payment-ahead-of-progress', '2017-09-10'), [])
    await spending.pay([{ amount: '100000', work: '进度款' }], { on: '2017-09-11' })
    assert.deepEqual(await found('payment-ahead-of-progress', '2017-09-11'), [
      ['Liu County', `/projects/${spending.industry}`, '2017-09-11'],
    ])
    assert.deepEqual(await found('payment-ahead-of-progress', '2017-09-10'), [])
    const walk = projectWalk(world)
    await walk.does('start', 'Liu County', [spending.industry], '2017-09-12')
    await walk.does('report', 'Liu County', [spending.industry], '2017-09-13')
    assert.deepEqual(await found('payment-ahead-of-progress', '2017-09-13'), [])
  })

  it('The same payee paid the same of the same project within twenty days may have been paid twice; a month later not', async () => {
    assert.deepEqual(await finds('payee-paid-twice', '2017-10-20'), [])
    await spending.pay([{ amount: '321', work: '务工补助' }], { on: '2017-10-01' })
    await spending.pay([{ amount: '321', work: '务工补助' }], { on: '2017-10-31' })
    await spending.pay([{ amount: '321', work: '种苗' }], { on: '2017-11-01' })
    assert.deepEqual(await finds('payee-paid-twice', '2017-11-01'), [])
    await spending.pay([{ amount: '321', work: '种苗' }], { on: '2017-11-20' })
    assert.deepEqual(await found('payee-paid-twice', '2017-11-20'), [['Liu County', '/funds/postings', '2017-11-20']])
  })

  it('The same work of a project paid to a firm by two documents is told; wages of households by the month are not', async () => {
    const [firm] = await spending.payees('Liu County', [
      { kind: 'company', name: '柳县路桥公司', account: '900100200' },
    ])
    assert.deepEqual(await finds('work-paid-twice', '2017-11-21'), [])
    await spending.pay([{ payee: firm, amount: '500', work: '一号桥', milestone: 1 }], { on: '2017-11-21' })
    await spending.pay([{ payee: firm, amount: '500', work: '一号桥', milestone: 2 }], { on: '2017-11-21' })
    assert.deepEqual(await finds('work-paid-twice', '2017-11-21'), [])
    await spending.pay([{ payee: firm, amount: '700', work: '一号桥', milestone: 2 }], { on: '2017-12-22' })
    const [twice, ...others] = await finds('work-paid-twice', '2017-12-22')
    assert.deepEqual(others, [])
    assert.match(twice?.label.en ?? '', /«一号桥»: 1200 yuan by 2 documents/)
  })

  it('A city that has not passed money on by its day is late, and stays on the list of the year once it has', async () => {
    const line = await appropriated(world, wan(7), { 'Qingshan Province': wan(7) }, '2017-05-02')
    await world.done(fund('allocate'), handing(world, 'Qingshan Province', line, { 'Heyang City': wan(7) }, 2017), {
      as: province,
      on: '2017-05-03',
    })
    assert.deepEqual(await finds('money-passed-on-late', '2017-06-02'), [])
    const late = [['Heyang City', '/funds/lines', '2017-06-02']]
    assert.deepEqual(await found('money-passed-on-late', '2017-06-03'), late)
    await world.done(fund('pass-on'), handing(world, 'Heyang City', line, { 'Tong County': wan(7) }, 2017), {
      as: city,
      on: '2017-06-10',
    })
    assert.deepEqual(await found('money-passed-on-late', '2017-06-11'), late)
    assert.match((await finds('money-passed-on-late', '2017-06-11'))[0]?.label.zh ?? '', /2017-06-10才下达完/)
    assert.deepEqual(await finds('money-passed-on-late', '2018-01-01'), [])
  })

  it('A payment whose text hints at a purpose that the money is never for is told until it is put right', async () => {
    assert.deepEqual(await finds('payment-on-negative-list', '2017-12-23'), [])
    await spending.pay([{ amount: '10', work: '购置车辆' }], { on: '2017-12-23' })
    const [hint, ...others] = await finds('payment-on-negative-list', '2017-12-23')
    assert.deepEqual(others, [])
    assert.match(hint?.label.zh ?? '', /购置车辆.*交通工具/)
    const act = hint?.record.split('/')[3]?.split('?')[0]
    const reversal = { unit: world.unit('Liu County'), act, document: paper(), reason: '用途不符，追回' }
    await world.done(fund('reverse'), reversal, { as: treasurer, on: '2017-12-24' })
    assert.deepEqual(await finds('payment-on-negative-list', '2017-12-24'), [])
    assert.equal((await finds('payment-on-negative-list', '2017-12-23')).length, 1)
  })

  it('A fee above one percent of what was received is told to the fen', async () => {
    const line = await spending.fresh(1)
    const fee = (amount: string) => ({
      kind: 'fee',
      from: account(line, 'available'),
      to: account(line, 'fee'),
      amount,
    })
    await enter('2017-12-25', [fee('10000')])
    assert.deepEqual(await finds('fee-above-maximum', '2017-12-25'), [])
    await enter('2017-12-26', [fee('1')])
    assert.deepEqual(await found('fee-above-maximum', '2017-12-26'), [['Liu County', '/funds/lines', '2017-12-26']])
  })

  it('Money that nobody was told of within twenty working days is told of here', async () => {
    const of = async (day: string) =>
      (await finds('money-undisclosed', day))
        .filter((each) => each.record.includes(spending.line))
        .map((each) => nameOf(each.unit) ?? each.unit)
        .toSorted((a, b) => a.localeCompare(b))
    assert.deepEqual(await of('2017-03-30'), [])
    assert.deepEqual(await of('2017-03-31'), ['Liu County', 'Qingshan Province', 'The Centre'])
    await world.done(
      fund('disclose'),
      { unit: world.unit('Liu County'), line: spending.line },
      { as: head, on: '2017-12-27' },
    )
    assert.deepEqual(await of('2017-12-27'), ['Qingshan Province', 'The Centre'])
  })

  it('A project to which more goes than it is to cost is told', async () => {
    assert.deepEqual(await finds('project-beyond-scale', '2017-12-28'), [])
    const [from, to] = [account(spending.line, 'available'), account(spending.line, 'committed', spending.housing)]
    await enter('2017-12-28', [{ kind: 'commit', from, to, amount: '100000000' }])
    assert.deepEqual(await finds('project-beyond-scale', '2017-12-28'), [])
    await enter('2017-12-29', [{ kind: 'commit', from, to, amount: '1' }])
    assert.deepEqual(await found('project-beyond-scale', '2017-12-29'), [
      ['Liu County', `/projects/${spending.housing}`, '2017-12-29'],
    ])
  })

  it('A payment by whoever committed the money is found in the journal itself', async () => {
    assert.deepEqual(await finds('paid-by-who-committed', '2017-12-30'), [])
    const [from, to] = [
      account(spending.line, 'committed', spending.industry),
      account(spending.line, 'paid', spending.industry),
    ]
    const pays = { kind: 'pay', from, to, amount: '100', payee: spending.payee }
    await enter('2017-12-30', [pays], world.person('Liu County', 'finance-director-county'))
    assert.deepEqual(await finds('paid-by-who-committed', '2017-12-30'), [])
    await enter('2017-12-30', [pays], world.person('Liu County', 'county-head'))
    assert.deepEqual(await found('paid-by-who-committed', '2017-12-30'), [
      ['Liu County', '/funds/postings', '2017-12-30'],
    ])
  })

  it('A threshold is that of the nearest unit above that has its own, else the general one', async () => {
    const given = JSON.stringify({ limit: { '': 5, 130000: 7, 130630: 9 } })
    const of = async (unit: string) => {
      const { rows } = await world.engine.database.pool.query<{ value: number }>(
        'select check_parameter($1, $2, $3, $4) as value',
        [given, 'limit', world.unit(unit), '2017-06-01'],
      )
      return rows[0]?.value
    }
    assert.deepEqual(await Promise.all(['Ye County', 'Liu County', 'Tong County'].map(of)), [5, 7, 9])
  })
})

/** A journal entry of a person, beside the planted one. */
async function journalled(client: pg.Client, planted: string, person: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `insert into journal (id, act, duty, charter_version, actor_kind, ground, person_id, unit_id, done_at, done_on, actor, idempotency_key,
                          input_digest, input, outcome, detail, via)
     select uuidv7(), act, duty, charter_version, 'mechanism', ground, $2, unit_id, done_at, done_on, actor, uuidv7()::text,
            input_digest, input, outcome, detail, via
       from journal where id = $1
     returning id`,
    [planted, person],
  )
  return rows[0]?.id ?? ''
}
