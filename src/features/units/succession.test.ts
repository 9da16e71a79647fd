import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { endAppointment, makeAppointment } from '#features/seats/index.ts'
import { readFigure } from '#kernel/figure.ts'
import { type As, idOf, type When, World } from '#test/world.ts'
import {
  designateUnits,
  establishUnit,
  figures,
  mergeUnits,
  renameUnit,
  splitUnit,
  unitShow,
  unitTable,
} from './index.ts'

const minister: As = ['The Centre', 'minister-civil-affairs']
const office: As = ['The Centre', 'office-director']
const on = '2016-06-01'
const deed = { as: minister, on } as const
const name = (zh: string, en: string) => ({ zh, en })
const [poorCounties, , counties] = figures

const count = (world: World, figure: (typeof figures)[number], day: string, map = day, unit = 'The Centre') =>
  readFigure(world.db, figure, { charter: world.charter, unit: world.unit(unit), on: day, map, year: 2016 }).then(
    (reading) => reading.counted,
  )

describe('unit.merge', () => {
  let world: World
  const id = (unit: string) => world.unit(unit)
  const founded = (over: object = {}) => ({
    under: id('Heyang City'),
    name: name('柳桐县', 'Liutong County'),
    code: '130650',
    ...over,
  })
  const codes = (input: object, when: When = deed) => world.codes(mergeUnits, input, when)
  before(async () => {
    world = await World.open()
    await world.done(
      designateUnits,
      { unit: id('The Centre'), units: [id('Liu County')] },
      { as: office, on: '2016-02-01' },
    )
  })
  after(() => world.close())

  it("Refuses a source that does not exist, or is listed twice: 'not-a-unit' 'listed-twice'", async () => {
    assert.deepEqual(
      await codes({ from: [idOf('nowhere'), id('Liu County'), id('Liu County')], into: id('Tong County') }),
      ['listed-twice', 'not-a-unit'],
    )
  })
  it("Refuses to merge a county into itself: 'target-among-sources'", async () => {
    assert.deepEqual(await codes({ from: [id('Liu County')], into: id('Liu County') }), ['target-among-sources'])
  })
  it("Refuses to merge a county into a city: 'tier-differs'", async () => {
    assert.deepEqual(await codes({ from: [id('Liu County')], into: id('Heyang City') }), ['tier-differs'])
  })
  it("Refuses a successor under a county: 'tier-not-below'", async () => {
    assert.deepEqual(
      await codes({ from: [id('Liu County')], into: idOf('new'), founded: founded({ under: id('Song County') }) }),
      ['tier-not-below'],
    )
  })
  it("Refuses a successor with the id, the code and the name of a neighbour: 'id-in-use' 'code-in-use' 'name-taken'", async () => {
    const input = {
      from: [id('Liu County')],
      into: id('Tong County'),
      founded: founded({ code: '130631', name: name('松县', 'Song County') }),
    }
    assert.deepEqual(await codes(input), ['code-in-use', 'id-in-use', 'name-taken'])
  })
  it("Refuses to close a county that was established, or staffed, only today: 'too-new'", async () => {
    const fresh = {
      unit: idOf('Fresh County'),
      under: id('Heyang City'),
      tier: 'county',
      name: name('新县', 'Fresh County'),
      code: '130660',
    }
    await world.done(establishUnit, fresh, deed)
    assert.deepEqual(await codes({ from: [fresh.unit], into: id('Tong County') }), ['too-new'])
    const clerk = {
      unit: fresh.unit,
      post: 'county-head',
      person: { id: idOf('clerk'), name: name('某', 'A clerk'), madeUp: true },
    }
    await world.done(makeAppointment, clerk, { as: ['Heyang City', 'party-secretary-city'], on: '2016-06-02' })
    assert.deepEqual(await codes({ from: [fresh.unit], into: id('Tong County') }, { as: minister, on: '2016-06-02' }), [
      'too-new',
    ])
  })
  it("Refuses a day before the latest change of a unit concerned: 'changed-later'", async () => {
    await world.done(renameUnit, { unit: id('Yan County'), name: name('岩区', 'Yan District') }, deed)
    assert.deepEqual(
      await codes({ from: [id('Yan County')], into: id('Tong County') }, { as: minister, on: '2016-05-01' }),
      ['changed-later'],
    )
  })
  it('Says before the button is pressed that people leave their seats, debts lapse and the designation passes', async () => {
    await world.done(
      endAppointment,
      { unit: id('Liu County'), post: 'finance-director-county', reason: 'Retired' },
      { as: ['Liu County', 'party-secretary-county'], on: '2016-05-02' },
    )
    const rehearsal = await world.rehearse(
      mergeUnits,
      { from: [id('Liu County'), id('Tong County')], into: idOf('Liutong'), founded: founded({ code: '130627' }) },
      deed,
    )
    assert.deepEqual(rehearsal.refusals, [])
    assert.deepEqual(
      rehearsal.advice.map((told) => told.code),
      ['seats-end', 'obligations-lapse', 'designation-passes'],
    )
  })
  it('A poor county and its neighbour become one: nobody sits in them any more, nothing is owed, and the new county is poor', async () => {
    const before = {
      poor: await count(world, poorCounties, '2016-05-31'),
      all: await count(world, counties, '2016-05-31'),
    }
    await world.done(
      mergeUnits,
      { from: [id('Liu County'), id('Tong County')], into: idOf('Liutong'), founded: founded({ code: '130627' }) },
      deed,
    )
    const { pool } = world.engine.database
    const left = await pool.query(
      `select (select count(*)::int from appointment where unit_id = any ($1) and valid_at @> $2::date) as seated,
              (select count(*)::int from appointment where unit_id = any ($1) and ended_by is null) as unexplained,
              (select count(*)::int from obligation_item where unit_id = any ($1) and met_on is null and lapsed_on is null) as owed`,
      [[id('Liu County'), id('Tong County')], on],
    )
    assert.deepEqual(left.rows[0], { seated: 0, unexplained: 0, owed: 0 })
    const shown = await world.ask(unitShow, { unit: idOf('Liutong') }, on)
    assert.deepEqual([shown.state, shown.predecessors.length, shown.code], ['poor', 2, '130627'])
    const gone = await world.ask(unitShow, { unit: id('Liu County') }, on)
    assert.deepEqual([gone.closedOn, gone.successors[0].name.en, gone.isOpen], [on, 'Liutong County', false])
    assert.equal((await world.ask(unitShow, { unit: id('Liu County') }, '2016-05-31')).isOpen, true)

    // The past looks the same on today's map, and today on the map of the past.
    assert.equal(await count(world, poorCounties, '2016-05-31', on), before.poor)
    assert.equal(await count(world, counties, '2016-05-31', on), before.all)
    assert.equal(await count(world, poorCounties, on, '2016-05-31'), 1)
    const table = await world.ask(unitTable, { state: 'poor' }, '2016-05-31', undefined, on)
    assert.deepEqual(
      table.units.map((unit: { name: { en: string } }) => unit.name.en),
      ['Liutong County'],
    )
  })
  it('A merged city hands its counties on', async () => {
    await world.done(
      mergeUnits,
      { from: [id('Nanping Prefecture')], into: id('Heyang City') },
      { as: minister, on: '2016-07-01' },
    )
    const { rows } = await world.engine.database.pool.query(
      `select lineage from unit_version where unit_id = $1 and valid_at @> date '2016-07-01'`,
      [id('Yan County')],
    )
    assert.deepEqual(rows[0].lineage, ['The Centre', 'Qingshan Province', 'Heyang City', 'Yan County'].map(id))
  })
})

describe('unit.split', () => {
  let world: World
  const id = (unit: string) => world.unit(unit)
  const part = (unit: string, share: number, over: object = {}) => ({
    unit: idOf(unit),
    share,
    founded: { under: id('Heyang City'), name: name(unit, unit), code: null, ...over },
  })
  const codes = (input: object, when: When = deed) => world.codes(splitUnit, input, when)
  before(async () => {
    world = await World.open()
    await world.done(
      designateUnits,
      { unit: id('The Centre'), units: [id('Liu County')] },
      { as: office, on: '2016-02-01' },
    )
  })
  after(() => world.close())

  it("Refuses shares of 0.5 and 0.4: 'shares-not-one'", async () => {
    assert.deepEqual(await codes({ unit: id('Liu County'), into: [part('East Liu', 0.5), part('West Liu', 0.4)] }), [
      'shares-not-one',
    ])
  })
  it("Refuses a part that is no unit, and is not founded either: 'not-a-unit'", async () => {
    assert.deepEqual(await codes({ unit: id('Liu County'), into: [{ unit: idOf('nowhere'), share: 1 }] }), [
      'not-a-unit',
    ])
  })
  it("Refuses a part that is the unit itself; what stays is its remainder: 'target-among-sources'", async () => {
    assert.deepEqual(
      await codes({ unit: id('Liu County'), into: [{ unit: id('Liu County'), share: 0.5 }, part('East Liu', 0.5)] }),
      ['target-among-sources'],
    )
  })
  it("Refuses a part listed twice: 'listed-twice'", async () => {
    assert.deepEqual(
      await codes({
        unit: id('Liu County'),
        into: [
          { unit: id('Tong County'), share: 0.5 },
          { unit: id('Tong County'), share: 0.5 },
        ],
      }),
      ['listed-twice'],
    )
  })
  it("Refuses to give a part of a county to a city: 'tier-differs'", async () => {
    assert.deepEqual(await codes({ unit: id('Liu County'), into: [{ unit: id('Heyang City'), share: 1 }] }), [
      'tier-differs',
    ])
  })
  it("Refuses a part under another county: 'tier-not-below'", async () => {
    assert.deepEqual(
      await codes({ unit: id('Liu County'), into: [part('East Liu', 1, { under: id('Song County') })] }),
      ['tier-not-below'],
    )
  })
  it("Refuses a part with the id, the code and the name of a neighbour: 'id-in-use' 'code-in-use' 'name-taken'", async () => {
    const input = {
      unit: id('Liu County'),
      into: [{ ...part('Tong County', 1, { code: '130631', name: name('松县', 'Song County') }) }],
    }
    assert.deepEqual(await codes(input), ['code-in-use', 'id-in-use', 'name-taken'])
  })
  it("Refuses to leave the counties of a divided city without a unit above: 'below-unassigned'", async () => {
    const input = { unit: id('Nanping Prefecture'), into: [part('North Ping', 1, { under: id('Xiling Province') })] }
    assert.deepEqual(await codes(input), ['below-unassigned'])
  })
  it("Refuses to hand on a county of another city: 'below-not-its-own'", async () => {
    const input = {
      unit: id('Nanping Prefecture'),
      into: [{ ...part('North Ping', 0.5, { under: id('Xiling Province') }), below: [id('Liu County')] }],
      remains: 0.5,
    }
    assert.deepEqual(await codes(input), ['below-not-its-own'])
  })
  it("Refuses to divide a county established only today: 'too-new'", async () => {
    await world.done(
      establishUnit,
      { unit: idOf('Fresh'), under: id('Heyang City'), tier: 'county', name: name('新县', 'Fresh County'), code: null },
      deed,
    )
    assert.deepEqual(await codes({ unit: idOf('Fresh'), into: [part('A Part', 0.5)], remains: 0.5 }), ['too-new'])
  })
  it("Refuses a day before the latest change of the county: 'changed-later'", async () => {
    await world.done(renameUnit, { unit: id('Song County'), name: name('松区', 'Song District') }, deed)
    assert.deepEqual(
      await codes(
        { unit: id('Song County'), into: [part('A Part', 0.5)], remains: 0.5 },
        { as: minister, on: '2016-05-01' },
      ),
      ['changed-later'],
    )
  })

  it('Part of a county becomes a district; the county goes on, and its people stay in their seats', async () => {
    await world.done(splitUnit, { unit: id('Tong County'), into: [part('New District', 0.3)], remains: 0.7 }, deed)
    assert.equal((await world.ask(unitShow, { unit: id('Tong County') }, on)).isOpen, true)
    const { rows } = await world.engine.database.pool.query(
      `select count(*)::int as n from appointment where unit_id = $1 and valid_at @> $2::date`,
      [id('Tong County'), on],
    )
    assert.equal(rows[0].n, 5)
    assert.equal(
      await count(world, counties, on, '2016-05-31', 'Heyang City'),
      await count(world, counties, on, on, 'Heyang City'),
    )
  })
  it('A poor county divided into two leaves two poor counties, and each counts by its share in the past', async () => {
    await world.done(splitUnit, { unit: id('Liu County'), into: [part('East Liu', 0.6), part('West Liu', 0.4)] }, deed)
    assert.equal(await count(world, poorCounties, on), 2)
    assert.equal(await count(world, poorCounties, '2016-05-31', on, 'East Liu'), 0.6)
    assert.equal(await count(world, poorCounties, '2016-05-31', on), 1)
    assert.equal(await count(world, poorCounties, on, '2016-05-31', 'Liu County'), 2)
  })
  it('A divided city hands each of its counties to the city named for it', async () => {
    const into = [{ ...part('North Ping', 1, { under: id('Xiling Province') }), below: [id('Yan County')] }]
    await world.done(splitUnit, { unit: id('Nanping Prefecture'), into }, deed)
    const { rows } = await world.engine.database.pool.query(
      `select parent_id from unit_version where unit_id = $1 and valid_at @> $2::date`,
      [id('Yan County'), on],
    )
    assert.equal(rows[0].parent_id, idOf('North Ping'))
  })
})

describe('The three-tier country', () => {
  it('Merges its districts under its own words', async () => {
    const world = await World.open('three-tiers')
    try {
      await world.done(
        designateUnits,
        { unit: world.unit('The Centre'), units: [world.unit('Birch District')] },
        { as: ['The Centre', 'high-commissioner'], on: '2016-02-01' },
      )
      await world.done(
        mergeUnits,
        { from: [world.unit('Birch District')], into: world.unit('Alder District') },
        { as: ['The Centre', 'high-commissioner'], on },
      )
      const shown = await world.ask(unitShow, { unit: world.unit('Alder District') }, on)
      assert.equal(shown.state, 'poor')
    } finally {
      await world.close()
    }
  })
})
