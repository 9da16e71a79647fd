import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { asAct } from '#test/act.ts'
import { fund, paper } from '#test/fund-walk.ts'
import { projectWalk } from '#test/project-walk.ts'
import { head, Spending, treasurer } from '#test/spending.ts'
import { World } from '#test/world.ts'

type Side = { line: string; unit: string; year: number; kind: string; project?: string }
type Move = { kind: string; from: number; to: number; amount: string } & Record<string, unknown>

/** What the database itself holds against whoever comes past the rules. */
describe('The walls of the books', () => {
  let world: World
  let spending: Spending
  let liu: string
  before(async () => {
    world = await World.open()
    spending = await Spending.open(world)
    liu = world.unit('Liu County')
    await spending.commit('100000')
  })
  after(() => world.close())

  const side = (kind: string, more: Partial<Side> = {}): Side => ({
    line: spending.line,
    unit: liu,
    year: 2017,
    kind,
    ...more,
  })
  const posting = (accounts: readonly Side[], transfers: readonly Move[], day = '2017-05-01') =>
    asAct(world, async (client, act) => {
      await client.query('select fund_post($1, $2, $3, $4, null, $5, $6)', [
        act,
        liu,
        day,
        paper(),
        JSON.stringify(accounts),
        JSON.stringify(transfers),
      ])
      return act
    })
  const wall = (constraint: string) => (error: unknown) => {
    assert.equal((error as pg.DatabaseError).constraint, constraint, String(error))
    return true
  }
  const asApp = async (text: string, values: unknown[] = []) => {
    const client = new pg.Client(world.database.app)
    await client.connect()
    try {
      return await client.query(text, values)
    } finally {
      await client.end()
    }
  }
  const move = (kind: string, amount: string, more: object = {}): Move => ({ kind, from: 0, to: 1, amount, ...more })

  it('No account is overspent, by one fen neither', async () => {
    const accounts = [side('available'), side('committed', { project: spending.industry })]
    await assert.rejects(posting(accounts, [move('commit', '990000001')]), wall('fund_never_overspent'))
  })
  it('No account is overspent on the way, though it were made good in the same posting', async () => {
    const accounts = [side('available'), side('available', { unit: world.unit('Tong County') })]
    const there = move('allocate', '990000001')
    const back = { ...move('return', '100'), from: 1, to: 0 }
    await assert.rejects(posting(accounts, [there, back]), wall('fund_never_overspent'))
  })
  it('Nothing moves but as its kind may', async () => {
    const paid = side('paid', { project: spending.industry })
    const committed = side('committed', { project: spending.industry })
    const illegal: [string, Side, Side][] = [
      ['pay', side('available'), paid],
      ['release', committed, paid],
      ['commit', committed, side('committed', { project: spending.housing })],
      ['allocate', side('available'), side('available')],
      ['allocate', side('available'), side('available', { unit: world.unit('Tong County'), year: 2018 })],
      ['carry', side('available'), side('available', { year: 2019 })],
      ['take-over', side('available'), side('available', { unit: world.unit('Tong County'), year: 2018 })],
      ['take-over', side('available'), side('available', { year: 2018 })],
      ['take-over', committed, side('committed', { unit: world.unit('Tong County'), project: spending.housing })],
      ['take-over', committed, side('available', { unit: world.unit('Tong County') })],
      ['carry', side('available'), side('available', { unit: world.unit('Tong County'), year: 2018 })],
      ['fee', side('available'), side('fee', { unit: world.unit('Tong County') })],
      ['appropriate', side('available'), side('available', { year: 2018 })],
    ]
    for (const [kind, from, to] of illegal) {
      const payee = kind === 'pay' ? { payee: spending.payee } : {}
      const failed = await posting([from, to], [move(kind, '1', payee)]).catch((error: unknown) => error)
      const { constraint } = failed as pg.DatabaseError
      assert.ok(
        ['fund_moves_as_its_kind_may', 'fund_transfer_between_two'].includes(constraint ?? ''),
        `${kind}: ${String(failed)}`,
      )
    }
  })
  it('Nothing and less than nothing do not move', async () => {
    const accounts = [side('available'), side('committed', { project: spending.industry })]
    for (const amount of ['0', '-1'])
      await assert.rejects(posting(accounts, [move('commit', amount)]), { code: '23514' })
    await assert.rejects(posting(accounts, [move('commit', '9223372036854775808')]), { code: '22003' })
  })
  it('Only a project of the library that was assigned gets money, and none that was withdrawn', async () => {
    const accounts = [side('available'), side('committed', { project: world.unit('no project') })]
    await assert.rejects(posting(accounts, [move('commit', '1')]), { code: '23503' })
  })
  it('A reversal takes back exactly what it names, once, and no reversal', async () => {
    const accounts = [side('available'), side('committed', { project: spending.housing })]
    const act = await posting(accounts, [move('commit', '500')])
    const back = { ...move('reverse', '500'), from: 1, to: 0, reverses_act: act, reverses_n: 1 }
    await assert.rejects(posting(accounts, [{ ...back, amount: '499' }]), wall('fund_reversal_is_exact'))
    await assert.rejects(posting(accounts, [{ ...back, from: 0, to: 1 }]), wall('fund_reversal_is_exact'))
    await assert.rejects(posting(accounts, [{ ...back, reverses_n: 2 }]), wall('fund_reversal_is_exact'))
    await assert.rejects(posting(accounts, [move('reverse', '500')]), wall('fund_reversal_names_what_it_corrects'))
    const reversal = await posting(accounts, [back])
    await posting(accounts, [move('commit', '500')])
    await assert.rejects(posting(accounts, [back]), wall('fund_reversed_once'))
    const again = { ...move('reverse', '500'), reverses_act: reversal, reverses_n: 1 }
    await assert.rejects(posting(accounts, [again]), wall('fund_reversal_is_exact'))
  })
  it('The same external id comes in once', async () => {
    const accounts = [side('available'), side('committed', { project: spending.housing })]
    await posting(accounts, [move('commit', '1', { external: 'X-1' })])
    await assert.rejects(posting(accounts, [move('commit', '1', { external: 'X-1' })]), wall('fund_external_pkey'))
  })
  it('Money passes only from a unit that is closed to one that carries it on', async () => {
    const accounts = [side('available'), side('available', { unit: world.unit('Tong County') })]
    await assert.rejects(posting(accounts, [move('take-over', '1')]), wall('fund_taken_over_by_heirs'))
  })
  it('No entry goes in before a later one of its account', async () => {
    const accounts = [side('available'), side('committed', { project: spending.housing })]
    await posting(accounts, [move('commit', '1')], '2017-05-01')
    await assert.rejects(posting(accounts, [move('commit', '1')], '2017-04-30'), wall('fund_days_do_not_run_back'))
    await posting(accounts, [move('commit', '1')], '2017-05-01')
  })
  it('A project gets no fen more than it stands in the library with, by way of a reversal neither', async () => {
    const project = await projectWalk(world).to('assigned', 'Liu County', { draft: { code: 'S1', amount: '100' } })
    const accounts = [side('available'), side('committed', { project })]
    await assert.rejects(posting(accounts, [move('commit', '10001')]), wall('fund_within_the_scale'))
    await assert.rejects(
      posting(accounts, [move('commit', '9000'), move('commit', '1001')]),
      wall('fund_within_the_scale'),
    )
    const act = await posting(accounts, [move('commit', '9000')])
    const released = await posting(accounts, [{ ...move('release', '9000'), from: 1, to: 0 }])
    await posting(accounts, [move('commit', '10000')])
    const back = { ...move('reverse', '9000'), reverses_act: released, reverses_n: 1 }
    await assert.rejects(posting(accounts, [back]), wall('fund_within_the_scale'))
    assert.ok(act)
  })
  it('Fifty at once, each out of a line of its own, place no fen more with a project than its scale', async () => {
    const project = await projectWalk(world).to('assigned', 'Liu County', { draft: { code: 'S2', amount: '100' } })
    const lines = [spending.line, await spending.fresh(1), await spending.fresh(1), await spending.fresh(1)]
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, at) => {
        const line = lines[at % lines.length] ?? ''
        return posting([side('available', { line }), side('committed', { line, project })], [move('commit', '300')])
      }),
    )
    const failed = outcomes.filter((each) => each.status === 'rejected').map((each) => each.reason as unknown)
    for (const error of failed) wall('fund_within_the_scale')(error)
    assert.equal(failed.length, 17)
  })
  it('Books close only empty, and nothing is entered in closed ones', async () => {
    const closing = (unit: string) =>
      asAct(world, (client, act) =>
        client.query(
          `insert into fund_year_close (unit_id, year, on_day, act_id) values ($1, 2017, '2017-12-31', $2)`,
          [unit, act],
        ),
      )
    await assert.rejects(closing(liu), wall('fund_year_closes_empty'))
    await closing(world.unit('Song County'))
    const accounts = [side('available'), side('available', { unit: world.unit('Song County') })]
    await assert.rejects(posting(accounts, [move('allocate', '1')]), wall('fund_year_is_open'))
  })
  it('What was released from a project that was withdrawn does not come back to it', async () => {
    const walk = projectWalk(world)
    const project = await walk.to('assigned', 'Liu County', { draft: { code: 'W1' } })
    const accounts = [side('available'), side('committed', { project })]
    await posting(accounts, [move('commit', '5')])
    const act = await posting(accounts, [{ ...move('release', '5'), from: 1, to: 0 }])
    await walk.does('withdraw', 'Liu County', [project], '2017-05-02')
    await assert.rejects(posting(accounts, [move('commit', '5')]), wall('fund_project_stands'))
    const back = { ...move('reverse', '5'), reverses_act: act, reverses_n: 1 }
    await assert.rejects(posting(accounts, [back]), wall('fund_project_stands'))
  })

  it('No entry is rewritten, removed or written past the door, by the owner neither', async () => {
    const client = new pg.Client(world.database.owner)
    await client.connect()
    try {
      for (const table of ['fund_transfer', 'fund_posting', 'fund_line', 'fund_external', 'fund_year_close', 'payee']) {
        await assert.rejects(client.query(`delete from ${table}`), /./, `${table} was emptied`)
        await assert.rejects(client.query(`truncate ${table} cascade`), /./, `${table} was truncated`)
      }
      await assert.rejects(client.query('update fund_transfer set amount = amount + 1'))
      await assert.rejects(client.query(`update fund_posting set document = 'x'`))
      await assert.rejects(client.query('delete from fund_account'))
      await assert.rejects(client.query('update fund_account set balance = balance + 1'))
      await assert.rejects(
        client.query('update fund_account set unit_id = $1, version = version + 1', [world.unit('Tong County')]),
      )
      await assert.rejects(
        client.query(`insert into fund_transfer select gen_random_uuid(), 1, kind, from_account, to_account, amount, from_version + 1000,
          to_version + 1000, from_balance, to_balance, on_day, payee_id from fund_transfer where kind = 'commit' limit 1`),
        wall('fund_account_agrees'),
      )
    } finally {
      await client.end()
    }
  })
  it('The application writes no transfer, account, posting or flow of its own, and changes none', async () => {
    for (const table of [
      'fund_transfer',
      'fund_account',
      'fund_posting',
      'fund_flow',
      'fund_flow_month',
      'fund_external',
    ]) {
      await assert.rejects(asApp(`insert into ${table} default values`), { code: '42501' }, `${table}: insert`)
      await assert.rejects(asApp(`delete from ${table}`), { code: '42501' }, `${table}: delete`)
    }
    const columns = {
      fund_transfer: 'amount',
      fund_account: 'balance',
      fund_posting: 'document',
      fund_flow: 'amount',
      fund_flow_month: 'amount',
      fund_line: 'year',
    }
    for (const [table, column] of Object.entries(columns))
      await assert.rejects(asApp(`update ${table} set ${column} = ${column}`), { code: '42501' }, `${table}: update`)
  })
  it('Money that moves names an act that is journalled in the same transaction', async () => {
    const accounts = JSON.stringify([side('available'), side('committed', { project: spending.housing })])
    const transfers = JSON.stringify([move('commit', '1')])
    const unjournalled = asApp(`select fund_post(gen_random_uuid(), $1, '2017-05-01', 'x', null, $2, $3)`, [
      liu,
      accounts,
      transfers,
    ])
    await assert.rejects(unjournalled, { code: '23503' })
  })
  it('After all this the books are as they were', async () => {
    const reversing = { unit: liu, act: world.unit('nothing'), document: paper(), reason: '核对账目' }
    assert.deepEqual(await world.codes(fund('reverse'), reversing, { as: treasurer, on: '2017-06-01' }), [
      'unknown-posting',
    ])
    const back = { ...spending.held(), items: [{ project: spending.industry, amount: '100000' }], reason: '核对账目' }
    await world.done(fund('release'), back, { as: head, on: '2017-06-01' })
    const { rows } = await world.engine.database.pool.query(
      `select sum(balance)::bigint as sum from fund_account where line_id = $1`,
      [spending.line],
    )
    assert.deepEqual(rows, [{ sum: 0n }])
  })
})
