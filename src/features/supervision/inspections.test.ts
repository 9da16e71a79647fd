import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { commitmentOf } from '#features/evaluation/index.ts'
import { acts } from '#src/acts.ts'
import { asks } from '#src/asks.ts'
import { openDue } from '#src/jobs/checks.ts'
import { waiting } from '#src/waiting.ts'
import type { AnyAct } from '#kernel/act.ts'
import type { AnyAsk } from '#kernel/ask.ts'
import { openDb } from '#kernel/db.ts'
import { NotYourDuty } from '#kernel/outcome.ts'
import { asAct } from '#test/act.ts'
import { designate } from '#test/designate.ts'
import { World } from '#test/world.ts'
import { drawUnits, shareOut } from './inspection-facts.ts'

const named = (name: string): AnyAct => acts.find((each) => each.name === name) ?? assert.fail(name)
const question = (name: string): AnyAsk => asks.find((each) => each.name === name) ?? assert.fail(name)
const inspection = (verb: string) => named(`inspection.${verb}`)

const office = ['Qingshan Province', 'poverty-office-director-province'] as const
const city = ['Heyang City', 'poverty-office-director-city'] as const
const liu = ['Liu County', 'county-head'] as const
const seed = 'three herons stood in the Heyang reeds'
const beacon = '03 09 14 21 27 33'
const counties = ['Liu County', 'Tong County', 'Song County']

describe('An inspection by lot', () => {
  let world: World
  before(async () => {
    world = await World.open()
    await designate(world, [...counties, 'Ye County'])
  })
  after(() => world.close())

  const planning = (more: object = {}) => ({
    unit: world.unit('Qingshan Province'),
    title: '2017 年上半年暗访',
    from: '2017-03-10',
    until: '2017-06-30',
    topics: ['use-funds-well', 'rectify-findings'],
    count: 2,
    commitment: commitmentOf(seed),
    publicNumber: '双色球',
    drawOn: '2017-03-06',
    opensOn: '2017-03-10',
    ...more,
  })
  const plan = async (more: object = {}) =>
    (await world.done(inspection('plan'), planning(more), { as: office, on: '2017-03-01' })).inspection as string
  const at = (id: string, more: object = {}) => ({ unit: world.unit('Qingshan Province'), inspection: id, ...more })
  const draw = (id: string) =>
    world.done(inspection('draw'), at(id, { seed, beacon }), { as: office, on: '2017-03-06' })
  const show = (id: string, on: string, as: readonly [string, string] = liu) =>
    world.ask(question('inspection.show'), { id }, on, as)

  it('Left empty, the frame is the poor counties of the area; the same seed and number give the same list, and the list is read nowhere before its day: `sealed-until-its-day`', async () => {
    const id = await plan()
    assert.deepEqual(
      (await show(id, '2017-03-01')).frame.map((each: { unit: string }) => each.unit),
      counties.map(world.unit),
    )
    const { units } = await draw(id)
    assert.equal(units.length, 2)
    for (const as of [liu, city, office]) {
      const shown = await show(id, '2017-03-09', as)
      assert.deepEqual([shown.state, shown.seed, shown.isSameDrawnAgain], ['drawn', null, null])
      assert.ok(shown.frame.every((each: { drawn: boolean }) => !each.drawn))
    }
    const looked = await world.done(inspection('look'), at(id), { as: office, on: '2017-03-07' })
    assert.deepEqual(looked.units, units)
    await assert.rejects(world.perform(inspection('look'), at(id), { as: city, on: '2017-03-07' }), NotYourDuty)

    assert.deepEqual(await world.codes(inspection('open'), at(id), { as: office, on: '2017-03-09' }), [
      'sealed-until-its-day',
    ])
    const opened = await world.done(inspection('open'), at(id), { as: 'mechanism', on: '2017-03-10' })
    assert.deepEqual(opened.units, units)
    const shown = await show(id, '2017-03-10')
    assert.deepEqual([shown.seed, shown.beacon, shown.isSameDrawnAgain], [seed, beacon, true])
    assert.deepEqual((await show(id, '2017-03-09')).seed, null, 'as of the day before it is sealed still')
  })

  it('A sealed list is kept from the database’s other roles and units as well, and from the journal', async () => {
    const id = await plan()
    await draw(id)
    const app = openDb({ ...world.database.app })
    const seen = (unit: string) =>
      app.db.transaction().execute(async (tx) => {
        await sql`select set_config('app.unit', ${unit}, true)`.execute(tx)
        const { rows } = await sql`select seed from inspection_sealed where inspection_id = ${id}`.execute(tx)
        return rows.length
      })
    try {
      assert.deepEqual(
        [await seen(''), await seen(world.unit('Heyang City')), await seen(world.unit('The Centre'))],
        [0, 0, 0],
      )
      assert.equal(await seen(world.unit('Qingshan Province')), 1)
    } finally {
      await app.close()
    }
    const reader = await world.engine.database.pool.query<{ may: boolean }>(
      `select has_table_privilege('zeren_reader', 'inspection_sealed', 'select') as may`,
    )
    assert.equal(reader.rows[0]?.may, false)
    const kept = await world.engine.database.pool.query<{ text: string }>(
      `select input::text || detail::text as text from journal where act in ('inspection.draw', 'inspection.look')`,
    )
    assert.ok(kept.rows.length >= 2)
    for (const { text } of kept.rows) assert.ok(!text.includes(seed) && !text.includes(world.unit('Liu County')))
  })

  it('Neither a drawn day nor a seed can be bent in the tables', async () => {
    const id = await plan()
    const into = (table: string, told: string, day: string) =>
      asAct(world, (client, act) =>
        client.query(
          `insert into ${table} (inspection_id, unit_id, commitment, draw_on, opens_on, seed, on_day, act_id)
           select id, unit_id, commitment, draw_on, opens_on, $2, $3, $4 from inspection where id = $1`,
          [id, told, day, act],
        ),
      )
    await assert.rejects(into('inspection_sealed', seed, '2017-03-05'), /inspection_not_drawn_before_its_day/)
    await assert.rejects(into('inspection_sealed', 'another seed it is', '2017-03-06'), /what_was_committed/)
    await assert.rejects(into('inspection_opening', seed, '2017-03-09'), /not_opened_before_its_day/)
  })

  it('Nobody inspects their own unit, neither the planner nor one of its inspectors: `inspector-of-own-unit`', async () => {
    const units = [...counties, 'Heyang City'].map((name) => ({ unit: world.unit(name) }))
    const more = { units, inspectors: [world.person('Liu County', 'county-head')] }
    assert.deepEqual(await world.codes(inspection('plan'), planning(more), { as: office, on: '2017-03-01' }), [
      'inspector-of-own-unit',
    ])
    const own = { unit: world.unit('Heyang City'), units: [{ unit: world.unit('Heyang City') }], count: 1 }
    assert.deepEqual(await world.codes(inspection('plan'), planning(own), { as: city, on: '2017-03-01' }), [
      'inspector-of-own-unit',
    ])
    await assert.rejects(
      asAct(world, async (client, act) => {
        const id = await plan()
        await client.query(
          `insert into inspection_frame (inspection_id, n, unit_id, stratum, stratum_drawn, planner_unit_id, act_id)
           select id, 99, unit_id, 'all', 0, unit_id, $2 from inspection where id = $1`,
          [id, act],
        )
      }),
      /nobody_inspects_their_own_unit/,
    )
  })

  it('Its subjects are found by their names, duties and checks alike, and a duty by its own', async () => {
    const find = async (name: string, input: object) =>
      (await world.ask(question(name), input, '2017-03-01', office)).choices as { id: string; name: { zh: string } }[]
    const [idle] = await find('find.subjects', { text: '资金闲置' })
    assert.equal(idle?.id, 'money-idle')
    assert.deepEqual(await find('find.subjects', { text: 'walk the dog' }), [])
    assert.equal((await find('find.duties', { id: 'use-funds-well' }))[0]?.name.zh, '用好资金')
    assert.equal((await find('find.duties', { texts: ['用好资金'], limit: 200 }))[0]?.id, 'use-funds-well')
    const [first] = await find('find.duties', { unit: world.unit('Tong County') })
    assert.ok(world.charter.findDuty(first?.id ?? '', '2017-03-01')?.held_by['county'], 'the county’s own come first')
  })

  it('A plan that does not hold together says all of it at once: `unknown-topic`, `outside-the-area`, `draw-exceeds-frame`, `days-out-of-order`', async () => {
    const units = [{ unit: world.unit('Ye County') }]
    const more = { topics: ['walk-the-dog'], units, count: 2, drawOn: '2017-03-01' }
    assert.deepEqual(await world.codes(inspection('plan'), planning(more), { as: office, on: '2017-03-01' }), [
      'days-out-of-order',
      'draw-exceeds-frame',
      'outside-the-area',
      'unknown-topic',
    ])
  })

  it('A draw needs its day and its seed, a step its turn, and a plan its planner: `before-its-day`, `seed-not-committed`, `not-its-turn`, `unknown-inspection`', async () => {
    const id = await plan()
    const wrong = at(id, { seed: 'another seed it is', beacon })
    assert.deepEqual(await world.codes(inspection('draw'), wrong, { as: office, on: '2017-03-05' }), [
      'before-its-day',
      'seed-not-committed',
    ])
    assert.deepEqual(await world.codes(inspection('look'), at(id), { as: office, on: '2017-03-05' }), ['not-its-turn'])
    assert.deepEqual(await world.codes(inspection('open'), at(id), { as: office, on: '2017-03-20' }), ['not-its-turn'])
    const theirs = { ...at(id, { seed, beacon }), unit: world.unit('Heyang City') }
    assert.deepEqual(await world.codes(inspection('draw'), theirs, { as: city, on: '2017-03-06' }), [
      'unknown-inspection',
    ])
    await world.done(inspection('cancel'), at(id, { reason: '种子遗失，另行计划。' }), { as: office, on: '2017-03-07' })
    assert.deepEqual(
      await world.codes(inspection('draw'), at(id, { seed, beacon }), { as: office, on: '2017-03-07' }),
      ['not-its-turn'],
    )
  })

  it('A draw whose day has come waits for the planner, and a list that nobody opens the mechanism opens by night', async () => {
    const id = await plan({ count: 1 })
    const told = async (on: string) =>
      (await Promise.all(waiting.map((each) => each(world.reader(on), 'all'))))
        .flat()
        .filter((each) => each.subject === id)
        .map((each) => each.title.en)
    assert.deepEqual(await told('2017-03-05'), [])
    assert.deepEqual(await told('2017-03-06'), ['Draw the units: 2017 年上半年暗访'])
    await draw(id)
    assert.deepEqual(await told('2017-03-11'), ['Open the list: 2017 年上半年暗访'])
    const keeper = {
      engine: world.engine,
      acts,
      reads: world.db,
      today: () => '2017-03-11',
      findRoot: () => Promise.resolve({ id: world.unit('The Centre') }),
    }
    await openDue(keeper, '2017-03-11')
    assert.deepEqual(await told('2017-03-11'), [])
    const { inspections } = await world.ask(
      question('inspection.list'),
      { unit: world.unit('Liu County') },
      '2017-03-11',
      office,
    )
    assert.equal(inspections.find((each: { id: string }) => each.id === id).state, 'opened')
  })

  it('Every stratum gets its share, and what is drawn is a set of the frame of just that size', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (sizes, part) => {
          const all = sizes.reduce((sum, each) => sum + each, 0)
          const count = Math.max(1, Math.floor(all * part))
          const shared = shareOut(
            count,
            sizes.map((size, n) => [`s${n}`, size] as const),
          )
          let n = 0
          const frame = sizes.flatMap((size, s) =>
            Array.from({ length: size }, () => ({
              n: (n += 1),
              unit: '',
              stratum: `s${s}`,
              stratumDrawn: shared.get(`s${s}`) ?? 0,
            })),
          )
          const drawn = drawUnits(frame, seed, String(part))
          assert.equal(drawn.length, count)
          assert.equal(new Set(drawn).size, count)
        },
      ),
      { numRuns: 60, seed: 7 },
    )
  })
})
