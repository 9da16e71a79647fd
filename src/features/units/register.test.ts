import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { AnyAsk } from '#kernel/ask.ts'
import { engine, perform } from '#kernel/perform.ts'
import type { NotYourDuty } from '#kernel/outcome.ts'
import { momentOf } from '#kernel/calendar.ts'
import { openDb } from '#kernel/db.ts'
import { testDatabase } from '#test/pg.ts'
import { type As, campaign, foundingDay, idOf, World } from '#test/world.ts'
import {
  asks,
  designateUnits,
  establishUnit,
  foundProgramme,
  importUnits,
  moveUnit,
  recodeUnit,
  renameUnit,
} from './index.ts'

const minister: As = ['The Centre', 'minister-civil-affairs']
const office: As = ['The Centre', 'office-director']
const later = { as: minister, on: '2016-03-01' } as const
const question = (which: (typeof asks)[number]['name']) => asks.find((ask) => ask.name === which) as AnyAsk
const name = (zh: string, en: string) => ({ zh, en })

describe('programme.found', () => {
  const founding = (post: string) => ({
    unit: idOf('The Centre'),
    name: name('中央', 'The Centre'),
    post,
    person: { id: idOf('first'), name: name('某人', 'Somebody'), madeUp: true },
  })

  it("A programme that was founded is not founded again: 'already-founded'", async () => {
    const world = await World.open('three-tiers')
    try {
      assert.deepEqual(
        await world.codes(
          foundProgramme,
          { ...founding('high-commissioner'), unit: idOf('another') },
          { as: 'mechanism' },
        ),
        ['already-founded'],
      )
    } finally {
      await world.close()
    }
  })
  it("A mayor cannot be the first official of the whole country: 'post-not-of-root'", async () => {
    const database = await testDatabase()
    const db = openDb({ ...database.app, forActs: true })
    try {
      const deed = { actor: { kind: 'mechanism' }, key: 'found', at: momentOf(foundingDay), via: 'test' } as const
      const outcome = await perform(engine(db, campaign()), foundProgramme, founding('mayor'), deed)
      assert.deepEqual(outcome.outcome === 'refused' && outcome.refusals.map((told) => told.code), ['post-not-of-root'])
    } finally {
      await db.close()
      await database.drop()
    }
  })
})

describe('The register of divisions', () => {
  let world: World
  before(async () => {
    world = await World.open()
  })
  after(() => world.close())

  const line = (over: object) => ({
    id: idOf('Bai County'),
    parent: world.unit('Heyang City'),
    tier: 'county',
    name: name('柏县', 'Bai County'),
    code: '130640',
    ...over,
  })
  const imported = (...units: object[]) => world.codes(importUnits, { under: world.unit('The Centre'), units }, later)

  it("unit.import refuses a list in which an id stands twice: 'id-twice'", async () => {
    assert.deepEqual(await imported(line({}), line({ code: '130641' })), ['id-twice'])
    assert.deepEqual(await imported(line({ id: world.unit('Liu County') })), ['id-twice'])
  })
  it("unit.import refuses a code that Liu County has: 'code-in-use'", async () => {
    assert.deepEqual(await imported(line({ code: '130627' })), ['code-in-use'])
  })
  it("unit.import refuses a county whose city is not known: 'parent-unknown'", async () => {
    assert.deepEqual(await imported(line({ parent: idOf('nowhere') })), ['parent-unknown'])
  })
  it("unit.import refuses a parent outside the unit under which the list stands: 'parent-unknown'", async () => {
    assert.deepEqual(
      await world.codes(importUnits, { under: world.unit('Haidao Province'), units: [line({})] }, later),
      ['parent-unknown'],
    )
  })
  it("unit.import refuses a city under a county: 'tier-not-below'", async () => {
    assert.deepEqual(await imported(line({ tier: 'prefecture', parent: world.unit('Liu County') })), ['tier-not-below'])
  })

  const bai = () => ({
    unit: idOf('Bai County'),
    under: world.unit('Heyang City'),
    tier: 'county',
    name: name('柏县', 'Bai County'),
    code: '130640',
  })

  it("unit.establish refuses an id, a code and a name that exist, all at once: 'id-in-use' 'code-in-use' 'name-taken'", async () => {
    const input = { ...bai(), unit: world.unit('Tong County'), name: name('柳县', 'Liu County'), code: '130627' }
    assert.deepEqual(await world.codes(establishUnit, input, later), ['code-in-use', 'id-in-use', 'name-taken'])
  })
  it("unit.establish refuses a county under a county: 'tier-not-below'", async () => {
    assert.deepEqual(await world.codes(establishUnit, { ...bai(), under: world.unit('Liu County') }, later), [
      'tier-not-below',
    ])
  })
  it('A county is established, and is there from that day on and not before', async () => {
    await world.done(establishUnit, bai(), later)
    const names = async (on: string) =>
      (await world.ask(question('unit.tree'), { unit: world.unit('Heyang City') }, on)).children.map(
        (child: { name: { en: string } }) => child.name.en,
      )
    assert.ok(!(await names('2016-02-29')).includes('Bai County'))
    assert.ok((await names('2016-03-01')).includes('Bai County'))
  })
  it('The database itself refuses a second unit with one code on one day', async () => {
    const { pool } = world.engine.database
    const second = pool.query(
      `with made as (insert into unit (id, established_on, act_id) select $1, '2016-02-01', act_id from unit limit 1 returning *)
       insert into unit_version (unit_id, valid_at, tier, name_zh, name_en, code, lineage, act_id)
       select id, daterange('2016-02-01', null), 'county', '某', 'Some', '130631', array[id], act_id from made`,
      [idOf('second')],
    )
    await assert.rejects(second, { constraint: 'unit_code_means_one_unit' })
  })

  it("unit.rename refuses the name that the county has: 'name-unchanged'", async () => {
    assert.deepEqual(
      await world.codes(renameUnit, { unit: world.unit('Liu County'), name: name('柳县', 'Liu County') }, later),
      ['name-unchanged'],
    )
  })
  it("unit.rename refuses the name of a neighbour: 'name-taken'", async () => {
    assert.deepEqual(
      await world.codes(renameUnit, { unit: world.unit('Liu County'), name: name('桐县', 'Tong County') }, later),
      ['name-taken'],
    )
  })
  it('A renamed county is found under its old name as well, and its history tells both', async () => {
    await world.done(renameUnit, { unit: world.unit('Liu County'), name: name('柳区', 'Liu District') }, later)
    const find = question('unit.find')
    const [found] = (await world.ask(find, { text: 'liucounty' }, '2016-03-02')).units
    assert.deepEqual([found.name.en, found.was.name.en], ['Liu District', 'Liu County'])
    assert.equal((await world.ask(find, { text: '柳' }, '2016-02-01')).units[0].name.en, 'Liu County')
    const shown = await world.ask(question('unit.show'), { unit: world.unit('Liu County') }, '2016-03-02', minister)
    assert.deepEqual(
      shown.history.map((each: { name: { en: string } }) => each.name.en),
      ['Liu District', 'Liu County'],
    )
    assert.ok(
      shown.can.some((ability: { act: string; mine: boolean }) => ability.act === 'unit.rename' && ability.mine),
    )
  })
  it("unit.rename refuses a day before the latest change: 'changed-later'", async () => {
    const input = { unit: world.unit('Liu County'), name: name('柳市', 'Liu City') }
    assert.deepEqual(await world.codes(renameUnit, input, { as: minister, on: '2016-02-01' }), ['changed-later'])
  })

  it("unit.recode refuses the code that the county has: 'code-unchanged'", async () => {
    assert.deepEqual(await world.codes(recodeUnit, { unit: world.unit('Tong County'), code: '130630' }, later), [
      'code-unchanged',
    ])
  })
  it("unit.recode refuses the code of a neighbour: 'code-in-use'", async () => {
    assert.deepEqual(await world.codes(recodeUnit, { unit: world.unit('Tong County'), code: '130631' }, later), [
      'code-in-use',
    ])
  })
  it('A county renamed in the morning is recoded in the afternoon, and the day has one state', async () => {
    await world.done(recodeUnit, { unit: world.unit('Liu County'), code: '130606' }, later)
    const { rows } = await world.engine.database.pool.query(
      `select name_en, code, valid_at::text from unit_version where unit_id = $1 order by valid_at`,
      [world.unit('Liu County')],
    )
    assert.deepEqual(rows, [
      { name_en: 'Liu County', code: '130627', valid_at: '[2016-01-04,2016-03-01)' },
      { name_en: 'Liu District', code: '130606', valid_at: '[2016-03-01,)' },
    ])
  })
  it("unit.recode refuses a day before the latest change: 'changed-later'", async () => {
    assert.deepEqual(
      await world.codes(
        recodeUnit,
        { unit: world.unit('Liu County'), code: '130699' },
        { as: minister, on: '2016-02-01' },
      ),
      ['changed-later'],
    )
  })

  it("unit.move refuses the parent that the county has: 'parent-unchanged'", async () => {
    assert.deepEqual(
      await world.codes(moveUnit, { unit: world.unit('Song County'), under: world.unit('Heyang City') }, later),
      ['parent-unchanged'],
    )
  })
  it("unit.move refuses a parent that does not exist: 'not-a-unit'", async () => {
    assert.deepEqual(await world.codes(moveUnit, { unit: world.unit('Song County'), under: idOf('nowhere') }, later), [
      'not-a-unit',
    ])
  })
  it("unit.move refuses a city under a county: 'tier-not-below'", async () => {
    assert.deepEqual(
      await world.codes(moveUnit, { unit: world.unit('Heyang City'), under: world.unit('Yan County') }, later),
      ['tier-not-below'],
    )
  })
  it("unit.move refuses to put two counties of one name under one city: 'name-taken'", async () => {
    const twin = {
      ...bai(),
      unit: idOf('Song of Nanping'),
      under: world.unit('Nanping Prefecture'),
      name: name('松县', 'Song County'),
      code: '513299',
    }
    await world.done(establishUnit, twin, later)
    assert.deepEqual(
      await world.codes(
        moveUnit,
        { unit: twin.unit, under: world.unit('Heyang City') },
        { ...later, on: '2016-03-05' },
      ),
      ['name-taken'],
    )
  })
  it('A city moves with its counties, and their chain of responsibility with it', async () => {
    await world.done(
      moveUnit,
      { unit: world.unit('Nanping Prefecture'), under: world.unit('Qingshan Province') },
      { as: minister, on: '2016-04-01' },
    )
    const { rows } = await world.engine.database.pool.query(
      `select lineage[2] as province, lineage[4] as self, cardinality(lineage) as depth from unit_version where unit_id = $1 order by valid_at`,
      [world.unit('Yan County')],
    )
    assert.deepEqual(
      rows.map((row) => row.province),
      [world.unit('Xiling Province'), world.unit('Qingshan Province')],
    )
    assert.deepEqual(
      rows.map((row) => row.depth),
      [4, 4],
    )
  })
  it("unit.move refuses a day before the latest change: 'changed-later'", async () => {
    const input = { unit: world.unit('Nanping Prefecture'), under: world.unit('Haidao Province') }
    assert.deepEqual(await world.codes(moveUnit, input, { as: minister, on: '2016-03-15' }), ['changed-later'])
  })

  const listed = (units: readonly string[], within = 'The Centre') =>
    world.codes(designateUnits, { unit: world.unit(within), units }, { as: office, on: '2016-03-01' })

  it("unit.designate refuses what is no unit, and what is listed twice: 'not-a-unit' 'listed-twice'", async () => {
    assert.deepEqual(await listed([idOf('nowhere'), world.unit('Tong County'), world.unit('Tong County')]), [
      'listed-twice',
      'not-a-unit',
    ])
  })
  it("unit.designate refuses a county outside the province named: 'not-within'", async () => {
    assert.deepEqual(await listed([world.unit('Ye County')], 'Qingshan Province'), ['not-within'])
  })
  it("unit.designate refuses a city: 'not-a-county'", async () => {
    assert.deepEqual(await listed([world.unit('Heyang City')]), ['not-a-county'])
  })
  it("unit.designate refuses a county that is on the list: 'already-poor'", async () => {
    await world.done(
      designateUnits,
      { unit: world.unit('The Centre'), units: [world.unit('Tong County'), world.unit('Ye County')] },
      { as: office, on: '2016-03-01' },
    )
    assert.deepEqual(await listed([world.unit('Ye County')]), ['already-poor'])
  })
  it('The programme is the root, the poor counties, and every unit above them, also where the city is missing', async () => {
    const programme = question('unit.programme')
    const answer = await world.ask(programme, {}, '2016-03-10')
    const names = answer.tiers
      .flatMap((tier: { units: { name: { en: string } }[] }) => tier.units.map((unit) => unit.name.en))
      .toSorted()
    assert.deepEqual(names, [
      'Haidao Province',
      'Heyang City',
      'Qingshan Province',
      'The Centre',
      'Tong County',
      'Ye County',
    ])
    assert.equal((await world.ask(programme, {}, '2016-02-01')).total, 1)
  })
  it('The table searches, filters by state, sorts and pages', async () => {
    const table = question('unit.table')
    const poor = await world.ask(table, { state: 'poor', sort: 'name' }, '2016-03-10')
    assert.deepEqual(
      poor.units.map((unit: { name: { en: string } }) => unit.name.en),
      ['Tong County', 'Ye County'],
    )
    const page = await world.ask(table, { tier: 'county', limit: 2, offset: 2 }, '2016-03-10')
    assert.deepEqual([page.total, page.units.length], [7, 2])
    assert.equal((await world.ask(table, { search: 'yan county' }, '2016-03-10')).units[0].name.en, 'Yan County')
  })
  it('The minister of finance may not establish a unit, and is told whose duty it is', async () => {
    const input = { ...bai(), unit: idOf('Some County'), code: null, name: name('某县', 'Some County') }
    await assert.rejects(
      world.perform(establishUnit, input, { as: ['The Centre', 'minister-finance'], on: '2016-03-01' }),
      (error: NotYourDuty) => {
        assert.equal(error.answerable.kind === 'holder' && error.answerable.seat.post, 'minister-civil-affairs')
        return true
      },
    )
  })
})
