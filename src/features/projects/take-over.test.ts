import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { asAct } from '#test/act.ts'
import { fund, paper, wan } from '#test/fund-walk.ts'
import { actOf, projectWalk, type ProjectWalk } from '#test/project-walk.ts'
import { Spending } from '#test/spending.ts'
import { type As, idOf, World } from '#test/world.ts'
import { mergeUnits, splitUnit } from '#features/units/index.ts'
import { readFigure } from '#kernel/figure.ts'
import type pg from 'pg'
import { figures, findProjects } from './index.ts'
import { listProjects } from './list.ts'

const minister: As = ['The Centre', 'minister-civil-affairs']
const tong: As = ['Tong County', 'county-head']
const treasurer: As = ['Tong County', 'finance-director-county']
const takeOver = actOf('take-over')
const merged = '2017-06-01'
const on = '2017-06-05'

describe('Liu County is merged into Tong County, which takes over its projects', () => {
  let world: World
  let spending: Spending
  let walk: ProjectWalk
  let admitted: string
  const taking = (more: object = {}) => ({
    unit: world.unit('Tong County'),
    from: world.unit('Liu County'),
    document: paper(),
    ...more,
  })
  const codes = (input: object, as: As = tong, day = on) => world.codes(takeOver, input, { as, on: day })
  const homeOn = async (project: string, day: string) => (await findProjects(world.db, [project], day))[0]?.unit
  const inLibrary = async (unit: string, day: string, map = day) => {
    const figure = figures.find((each) => each.name === 'projects.in-library')
    assert.ok(figure, figures.map((each) => each.name).join())
    const scope = { charter: world.charter, unit: world.unit(unit), on: day, map, year: 2017 }
    return (await readFigure(world.db, figure, scope)).counted
  }

  before(async () => {
    world = await World.open()
    spending = await Spending.open(world)
    walk = projectWalk(world)
    admitted = await walk.to('admitted', 'Liu County', { draft: { code: 'A3' } })
    await walk.does('start', 'Liu County', [spending.industry], '2017-03-01')
    await spending.commit(wan(50))
    await spending.pay([{ amount: wan(20), payee: spending.payee }])
  })
  after(() => world.close())

  it("A county that stands keeps its library: 'not-closed'", async () => {
    assert.deepEqual(await codes(taking()), ['not-closed'])
  })
  it("Only who carries it on takes over its projects: 'not-its-heir'", async () => {
    const input = { from: [world.unit('Liu County')], into: world.unit('Tong County') }
    await world.done(mergeUnits, input, { as: minister, on: merged })
    assert.deepEqual(await codes(taking({ unit: world.unit('Song County') }), ['Song County', 'county-head']), [
      'not-its-heir',
    ])
  })
  it("Only projects of that library: 'not-in-its-library'", async () => {
    assert.deepEqual(await codes(taking({ projects: [idOf('nowhere')] })), ['not-in-its-library'])
  })
  it('They stand in the successor’s library from that day, and in the old one before it', async () => {
    const earlier = await inLibrary('Heyang City', '2017-05-31')
    assert.equal((await world.done(takeOver, taking(), { as: tong, on })).taken, 3)
    assert.equal(await homeOn(spending.industry, '2017-06-04'), world.unit('Liu County'))
    assert.equal(await homeOn(spending.industry, on), world.unit('Tong County'))
    assert.equal(await inLibrary('Liu County', '2017-05-31'), earlier)
    assert.equal(await inLibrary('Tong County', on), earlier)
    assert.equal(await inLibrary('Heyang City', on), earlier)
    assert.equal(await inLibrary('Tong County', '2017-05-31', on), earlier)
    const { items } = await world.ask(listProjects, { unit: world.unit('Tong County') }, on)
    assert.equal(items.length, 3)
  })
  it("Once it is done none is left: 'nothing-to-take-over'", async () => {
    assert.deepEqual(await codes(taking()), ['nothing-to-take-over'])
  })
  it('The successor owes what its predecessor owed: to start what was assigned', async () => {
    const owed = await world.db
      .selectFrom('obligation_item')
      .select(['unit_id', 'subject'])
      .where('obligation', '=', 'start-project')
      .where('opened_on', '=', on)
      .execute()
    assert.deepEqual(owed, [{ unit_id: world.unit('Tong County'), subject: spending.housing }])
  })
  it('They are assigned, started, reported, given money and paid there', async () => {
    await walk.does('assign', 'Tong County', [admitted], '2017-06-06', {}, ['Qingshan Province', 'governor'])
    await walk.does('start', 'Tong County', [admitted], '2017-06-07')
    await walk.does('report', 'Tong County', [spending.industry], '2017-06-08')
    await world.done(
      fund('take-over'),
      { unit: world.unit('Tong County'), from: world.unit('Liu County'), document: paper() },
      { as: treasurer, on: '2017-06-08' },
    )
    const held = () => ({ unit: world.unit('Tong County'), line: spending.line, year: 2017, document: paper() })
    const items = [
      { project: spending.industry, amount: wan(50) },
      { project: admitted, amount: wan(1) },
    ]
    await world.done(fund('commit'), { ...held(), items }, { as: tong, on: '2017-06-09' })
    const [payee] = await spending.payees(
      'Tong County',
      [{ kind: 'household', name: '张三丰', account: '6217000000000000001' }],
      '2017-06-09',
    )
    const payments = [{ project: spending.industry, payee, amount: wan(80) }]
    await world.done(fund('pay'), { ...held(), payments }, { as: treasurer, on: '2017-06-10' })
    const more = [{ project: spending.industry, amount: '0.01' }]
    assert.deepEqual(await world.codes(fund('commit'), { ...held(), items: more }, { as: tong, on: '2017-06-10' }), [
      'exceeds-scale',
    ])
  })
  it('The database lets no project pass to anybody else, nor back', async () => {
    const passing = asAct(world, (client, act) =>
      client.query(
        `insert into project_home (project_id, on_day, unit_id, from_unit_id, document, act_id) values ($1, '2017-07-01', $2, $3, 'x', $4)`,
        [admitted, world.unit('Song County'), world.unit('Tong County'), act],
      ),
    )
    await assert.rejects(passing, (error: pg.DatabaseError) => error.constraint === 'project_home_follows')
  })
})

describe('Liu County is divided between two counties', () => {
  let world: World
  before(async () => {
    world = await World.open()
  })
  after(() => world.close())

  it("Each names the projects that lie in it: 'projects-not-named'; and money follows them, to the fen", async () => {
    const spending = await Spending.open(world)
    await spending.commit('100')
    const into = ['Tong County', 'Song County'].map((name, at) => ({ unit: world.unit(name), share: at ? 0.3 : 0.7 }))
    await world.done(splitUnit, { unit: world.unit('Liu County'), into }, { as: minister, on: merged })
    const taking = { from: world.unit('Liu County'), unit: world.unit('Tong County'), document: paper() }
    assert.deepEqual(await world.codes(takeOver, taking, { as: tong, on }), ['projects-not-named'])
    const song = { ...taking, unit: world.unit('Song County'), projects: [spending.industry] }
    await world.done(takeOver, song, { as: ['Song County', 'county-head'], on })
    assert.deepEqual(await world.codes(takeOver, { ...taking, projects: [spending.industry] }, { as: tong, on }), [
      'not-in-its-library',
    ])
    const done = await world.done(fund('take-over'), { ...taking, document: paper() }, { as: treasurer, on })
    assert.deepEqual(done.heirs, [
      { unit: world.unit('Tong County'), amountFen: '699993000' },
      { unit: world.unit('Song County'), amountFen: '300007000' },
    ])
  })
})
