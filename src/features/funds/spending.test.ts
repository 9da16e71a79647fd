import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { asAct } from '#test/act.ts'
import { fund, handing, paper, province, wan } from '#test/fund-walk.ts'
import { projectWalk } from '#test/project-walk.ts'
import { head, payeeAct, Spending, treasurer } from '#test/spending.ts'
import { type As, World } from '#test/world.ts'

const on = '2017-04-01'

describe('Liu County uses its money', () => {
  let world: World
  let spending: Spending
  before(async () => {
    world = await World.open()
    spending = await Spending.open(world)
  })
  after(() => world.close())

  const commits = (items: readonly { project: string; amount: string }[], more = {}) =>
    world.codes(fund('commit'), { ...spending.held(), items, ...more }, { as: head, on })

  describe('It commits money to projects', () => {
    it("Never more than it holds of the line: 'exceeds-holding'", async () => {
      const line = await spending.fresh(10)
      const items = [{ project: spending.industry, amount: '100001' }]
      assert.deepEqual(await world.codes(fund('commit'), { ...spending.held(line), items }, { as: head, on }), [
        'exceeds-holding',
      ])
    })
    it("Never more than the amount with which a project stands in the library: 'exceeds-scale'", async () => {
      assert.deepEqual(await commits([{ project: spending.industry, amount: '1000000.01' }]), ['exceeds-scale'])
      const twice = { project: spending.industry, amount: '500000.01' }
      assert.deepEqual(await commits([twice, twice]), ['exceeds-scale'])
    })
    it("Only to projects of the kind that the line is bound to: 'outside-earmark'", async () => {
      const line = await earmarked('housing')
      const items = [{ project: spending.industry, amount: '1' }]
      assert.deepEqual(await world.codes(fund('commit'), { ...spending.held(line), items }, { as: head, on }), [
        'outside-earmark',
      ])
      await spending.commit('1', { line, project: spending.housing, on })
    })
    it('Only in its own books: nobody of another county does it', async () => {
      const input = { ...spending.held(), items: [{ project: spending.industry, amount: '1' }] }
      const as: As = ['Tong County', 'county-head']
      await assert.rejects(world.perform(fund('commit'), input, { as, on }), /not yours/)
    })
    it('A line that was never appropriated, and a year in which the county holds nothing of it: told both ways', async () => {
      assert.ok(
        (await commits([{ project: spending.industry, amount: '1' }], { line: world.unit('no line') })).includes(
          'unknown-line',
        ),
      )
      assert.deepEqual(await commits([{ project: spending.industry, amount: '1' }], { year: 2016 }), ['wrong-year'])
    })
    it("A project that nobody knows: 'project-unknown'", async () => {
      assert.deepEqual(await commits([{ project: world.unit('nothing'), amount: '1' }]), ['project-unknown'])
    })
    it('Fifty commitments at once never exceed what the line holds', async () => {
      const line = await spending.fresh(1)
      const input = () => ({ ...spending.held(line), items: [{ project: spending.housing, amount: '1000' }] })
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, () => world.perform(fund('commit'), input(), { as: head, on })),
      )
      assert.equal(outcomes.filter(({ outcome }) => outcome === 'done').length, 10)
      assert.equal(await spending.balance('available', line), 0n)
    })
  })

  describe('It releases what a project does not need', () => {
    const releases = (project: string, amount: string) =>
      world.codes(
        fund('release'),
        { ...spending.held(), items: [{ project, amount }], reason: '项目结余' },
        { as: head, on },
      )

    it("What is committed and not paid comes back; more is refused: 'exceeds-commitment'", async () => {
      await spending.commit('300000')
      const item = { project: spending.industry, amount: '100000' }
      await world.done(fund('release'), { ...spending.held(), items: [item], reason: '项目结余' }, { as: head, on })
      assert.equal(await spending.balance('committed'), 20_000_000n)
      assert.deepEqual(await releases(spending.industry, '200000.01'), ['exceeds-commitment'])
    })
    it("Of a project to which nothing is committed nothing comes back: 'nothing-committed'", async () => {
      assert.deepEqual(await releases(spending.housing, '1'), ['nothing-committed'])
    })
    it('A project with money committed is withdrawn only after its release', async () => {
      const walk = projectWalk(world)
      const project = await walk.to('assigned', 'Liu County', { draft: { code: 'W1' } })
      const day = on
      await spending.commit('10', { project, on: day })
      await assert.rejects(walk.does('withdraw', 'Liu County', [project], day))
      const items = [{ project, amount: '10' }]
      await world.done(fund('release'), { ...spending.held(), items, reason: '不再实施' }, { as: head, on: day })
      await walk.does('withdraw', 'Liu County', [project], day)
    })
  })

  describe('It takes the cost of managing projects', () => {
    const fees = (line: string, amount: string) =>
      world.codes(fund('fee'), { ...spending.held(line), amount }, { as: treasurer, on })

    it("At most one percent of what it received on the line, in sum: 'fee-above-maximum'", async () => {
      const line = await spending.fresh(100)
      await world.done(fund('fee'), { ...spending.held(line), amount: '6000' }, { as: treasurer, on })
      assert.deepEqual(await fees(line, '4000.01'), ['fee-above-maximum'])
      await world.done(fund('fee'), { ...spending.held(line), amount: '4000' }, { as: treasurer, on })
      assert.equal(await spending.balance('fee', line), 1_000_000n)
    })
    it("Never more than is left: 'exceeds-holding', and none on a line that it does not hold: 'wrong-year', 'unknown-line'", async () => {
      const line = await spending.fresh(1)
      await spending.commit('10000', { line, project: spending.housing })
      assert.deepEqual(await fees(line, '1'), ['exceeds-holding'])
      assert.deepEqual(await fees(await spending.fresh(1, 'Tong County'), '1'), ['wrong-year'])
      assert.deepEqual(await fees(world.unit('no line'), '1'), ['unknown-line'])
    })
    it("Never again from a pool: 'fee-of-a-pool'", async () => {
      const { line } = await pools([{ line: await spending.fresh(1), amount: '500' }])
      assert.deepEqual(await fees(line, '1'), ['fee-of-a-pool'])
    })
  })

  const pooling = (from: readonly { line: string; amount: string }[], more = {}) => ({
    unit: world.unit('Liu County'),
    year: 2017,
    document: paper(),
    from,
    name: { zh: '整合资金', en: 'Pooled funds' },
    ...more,
  })
  const pools = (from: readonly { line: string; amount: string }[], more = {}) =>
    world.done(fund('pool'), pooling(from, more), { as: head, on })
  const poolCodes = (from: readonly { line: string; amount: string }[], more = {}, as = head) =>
    world.codes(fund('pool'), pooling(from, more), { as, on })

  describe('It pools lines as a poor county', () => {
    it('Earmarked lines too: the pool is free for any project, and the books keep where each yuan came from', async () => {
      const [bound, block] = [await earmarked('education'), await spending.fresh(5)]
      const { line, pooledFen } = await pools([
        { line: bound, amount: '3000' },
        { line: block, amount: '2000.50' },
      ])
      assert.equal(pooledFen, '500050')
      await spending.commit('4000', { line, project: spending.housing, on })
      await pools([{ line: block, amount: '9.50' }], { into: line, name: undefined })
      const { rows } = await world.engine.database.pool.query<{ from: string; amount: bigint }>(
        `select f.line_id as from, sum(t.amount)::bigint as amount from fund_transfer t join fund_account f on f.id = t.from_account
           join fund_account g on g.id = t.to_account where t.kind = 'pool' and g.line_id = $1 group by 1 order by 2`,
        [line],
      )
      assert.deepEqual(rows, [
        { from: block, amount: 201_000n },
        { from: bound, amount: 300_000n },
      ])
    })
    it("A county that is off the list does not pool: 'not-a-poor-county'", async () => {
      const line = await spending.fresh(1, 'Tong County')
      await asAct(world, (client) =>
        client.query('update unit_designation set valid_at = daterange(lower(valid_at), $2) where unit_id = $1', [
          world.unit('Tong County'),
          '2017-03-20',
        ]),
      )
      const input = pooling([{ line, amount: '1' }], { unit: world.unit('Tong County') })
      assert.deepEqual(await world.codes(fund('pool'), input, { as: ['Tong County', 'county-head'], on }), [
        'not-a-poor-county',
      ])
    })
    it("Each line once, only lines that are there, and no more than is held: 'line-twice', 'unknown-line', 'exceeds-holding'", async () => {
      const line = await spending.fresh(1)
      const one = { line, amount: '1' }
      assert.deepEqual(await poolCodes([one, one]), ['line-twice'])
      assert.deepEqual(await poolCodes([one, { line: world.unit('no line'), amount: '1' }]), ['unknown-line'])
      assert.deepEqual(await poolCodes([{ line, amount: '10000.01' }]), ['exceeds-holding'])
    })
    it("A pool is not pooled again: 'pool-of-a-pool'", async () => {
      const { line } = await pools([{ line: await spending.fresh(1), amount: '1' }])
      assert.deepEqual(await poolCodes([{ line, amount: '1' }]), ['pool-of-a-pool'])
    })
    it("Into a pool of its own, or a new one with a name: 'pool-unknown', 'pool-not-named', 'pool-named-already'", async () => {
      const one = [{ line: spending.line, amount: '1' }]
      assert.deepEqual(await poolCodes(one, { name: undefined, into: await spending.fresh(1) }), ['pool-unknown'])
      assert.deepEqual(await poolCodes(one, { name: undefined }), ['pool-not-named'])
      const document = paper()
      await pools(one, { document })
      assert.deepEqual(await poolCodes(one, { document }), ['pool-named-already'])
    })
  })

  describe('Whom it pays', () => {
    const unit = () => world.unit('Liu County')
    const one = (name: string, account: string, kind = 'company') => ({ kind, name, bank: '县农商行', account })
    const registers = (payees: readonly object[]) =>
      world.codes(payeeAct('register'), { unit: unit(), payees }, { as: treasurer, on })

    it('Of a household the surname is shown, of all others the name; who is known already keeps the id', async () => {
      const payees = [one('王小明', '1234 5678', 'household'), one('柳县路桥公司', '8765-4321')]
      const [household, company] = await spending.payees('Liu County', payees)
      assert.deepEqual(await spending.payees('Liu County', payees), [household, company])
      const { rows } = await world.engine.database.pool.query(
        'select id, shown from payee where id = any ($1) order by kind',
        [[household, company]],
      )
      assert.deepEqual(rows, [
        { id: company, shown: '柳县路桥公司' },
        { id: household, shown: '王**' },
      ])
      const told = await world.rehearse(payeeAct('register'), { unit: unit(), payees }, { as: treasurer, on })
      assert.deepEqual(
        told.advice.map((line) => line.code),
        ['payee-known'],
      )
    })
    it("Nobody stands twice in a list: 'payee-twice'", async () => {
      assert.deepEqual(await registers([one('甲公司', '111122'), one('甲公司', '111122')]), ['payee-twice'])
    })
    it("Who is known as a company is not registered as a cooperative: 'payee-known-otherwise'", async () => {
      await spending.payees('Liu County', [one('乙公司', '333344')])
      assert.deepEqual(await registers([one('乙公司', '333344', 'cooperative')]), ['payee-known-otherwise'])
    })
    it("Their names are revealed to the county that pays them alone: 'payee-unknown'", async () => {
      const seen = await world.done(payeeAct('reveal'), { unit: unit(), payee: spending.payee }, { as: treasurer, on })
      assert.equal(seen.name, '张三丰')
      const foreign = { unit: world.unit('Tong County'), payee: spending.payee }
      assert.deepEqual(
        await world.codes(payeeAct('reveal'), foreign, { as: ['Tong County', 'finance-director-county'], on }),
        ['payee-unknown'],
      )
      const above = world.perform(payeeAct('reveal'), { unit: unit(), payee: spending.payee }, { as: province, on })
      await assert.rejects(above, /not yours/)
    })
    const roles = [
      ['zeren_app', 'Liu County', true],
      ['zeren_app', 'Tong County', false],
      ['zeren_app', 'Qingshan Province', false],
      ['zeren_app', null, false],
      ['zeren_reader', 'Liu County', 'denied'],
      ['zeren_reader', null, 'denied'],
    ] as const
    for (const [role, of, sees] of roles)
      it(`${role} working for ${of ?? 'nobody'} ${sees === true ? 'sees' : 'does not see'} the accounts of Liu County's payees`, async () => {
        const client = new pg.Client(role === 'zeren_app' ? world.database.app : world.database.reader)
        await client.connect()
        try {
          if (of) await client.query(`select set_config('app.unit', $1, false)`, [world.unit(of)])
          const rows = client.query('select * from payee_private where unit_id = $1', [unit()])
          if (sees === 'denied') await assert.rejects(rows, /permission denied/)
          else assert.equal(((await rows).rowCount ?? 0) > 0, sees)
        } finally {
          await client.end()
        }
      })
    it('Nobody writes an account into the books of another unit', async () => {
      const client = new pg.Client(world.database.app)
      await client.connect()
      try {
        await client.query(`select set_config('app.unit', $1, false)`, [world.unit('Tong County')])
        const written = client.query(
          `insert into payee_private (payee_id, unit_id, name, bank, account, act_id) values ($1, $2, 'x', 'y', 'z', uuidv7())`,
          [spending.payee, unit()],
        )
        await assert.rejects(written, /row-level security/)
      } finally {
        await client.end()
      }
    })
  })

  describe('The walls stand also where no rule is asked', () => {
    const enter = (kind: string, from: object, to: object, more = {}, amount = '1') =>
      asAct(world, (client, act) =>
        client.query('select fund_post($1, $2, $3, $4, null, $5, $6)', [
          act,
          world.unit('Liu County'),
          on,
          paper(),
          JSON.stringify([from, to]),
          JSON.stringify([{ kind, from: 0, to: 1, amount, ...more }]),
        ]),
      )
    const account = (kind: string, project?: string) => ({
      line: spending.line,
      unit: world.unit('Liu County'),
      year: 2017,
      kind,
      project,
    })
    const wall = (constraint: string) => (error: { constraint?: string }) => error.constraint === constraint

    it('Nothing is paid beyond the commitment', async () => {
      const to = account('paid', spending.housing)
      await assert.rejects(
        enter('pay', account('committed', spending.housing), to, { payee: spending.payee }, '99999999900'),
        wall('fund_never_overspent'),
      )
    })
    it('Nothing goes to a project that is not assigned, or was withdrawn', async () => {
      const walk = projectWalk(world)
      const admitted = await walk.to('admitted', 'Liu County', { draft: { code: 'V1' } })
      await assert.rejects(enter('commit', account('available'), account('committed', admitted)), /foreign key/)
      const gone = await walk.to('assigned', 'Liu County', { draft: { code: 'V2' } })
      await walk.does('withdraw', 'Liu County', [gone], on)
      await assert.rejects(
        enter('commit', account('available'), account('committed', gone)),
        wall('fund_project_stands'),
      )
    })
    it('Nobody is paid whom the county has not registered', async () => {
      await spending.commit('5', { on })
      const [foreign] = await spending.payees('Yan County', [one('丙公司', '556677')])
      for (const payee of [foreign, world.unit('nobody')])
        await assert.rejects(
          enter('pay', account('committed', spending.industry), account('paid', spending.industry), { payee }),
          wall('fund_pays_its_own'),
        )
    })
    it('Whoever committed signs no payment', async () => {
      const signed = asAct(world, (client, act) =>
        client.query(
          `insert into fund_signature (project_id, line_id, role, person_id, on_day, act_id) values ($1, $2, 'pay', $3, $4, $5)`,
          [spending.industry, spending.line, world.person('Liu County', 'county-head'), on, act],
        ),
      )
      await assert.rejects(signed, wall('fund_four_eyes'))
    })
    it('What was told to the public, and who signed, is neither changed nor deleted', async () => {
      for (const table of ['fund_signature', 'fund_disclosure', 'negative_purpose'])
        for (const deed of [
          `update ${table} set ${table === 'negative_purpose' ? 'zh = zh' : 'act_id = act_id'}`,
          `delete from ${table}`,
        ])
          await assert.rejects(world.engine.database.pool.query(deed), /permission denied/)
    })
    const one = (name: string, number: string) => ({ kind: 'company', name, account: number })
  })

  /** A line of 10万 that is bound to a direction, all of it at the county. */
  async function earmarked(earmark: string): Promise<string> {
    const line = await world.done(
      fund('appropriate'),
      {
        unit: world.unit('The Centre'),
        name: { zh: '专项资金', en: 'Earmarked funds' },
        year: 2017,
        document: paper(),
        amount: wan(10),
        earmark,
        madeUp: true,
        shares: [{ unit: world.unit('Qingshan Province'), amount: wan(10) }],
      },
      { as: ['The Centre', 'minister-finance'], on: '2017-03-02' },
    )
    const shares = handing(world, 'Qingshan Province', line.line, { 'Liu County': wan(10) }, 2017)
    await world.done(fund('allocate'), shares, { as: province, on: '2017-03-02' })
    return line.line
  }
})
