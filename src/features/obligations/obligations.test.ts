import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { designateUnits } from '#features/units/index.ts'
import { findAct } from '#src/acts.ts'
import { readFigure } from '#kernel/figure.ts'
import { World } from '#test/world.ts'
import type { Figure } from '#kernel/figure.ts'
import { lateObligations, metInTime, openObligations } from './figures.ts'
import { listObligations } from './list.ts'
import { openCalendar } from './open.ts'

const adoptPlan = findAct('plan.adopt')
assert.ok(adoptPlan)

describe('what is owed', () => {
  let world: World
  before(async () => {
    world = await World.open()
    const units = ['Liu County', 'Tong County', 'Ye County'].map(world.unit)
    await world.done(
      designateUnits,
      { unit: world.unit('The Centre'), units },
      { as: ['The Centre', 'office-director'] },
    )
    await world.done(
      openCalendar,
      { unit: world.unit('The Centre'), year: 2016 },
      { as: 'mechanism', on: '2016-01-05' },
    )
  })
  after(() => world.close())

  const owed = (state: string, on: string) =>
    world.ask(listObligations, { unit: world.unit('The Centre'), state, obligation: 'adopt-annual-plan' }, on, [
      'The Centre',
      'office-director',
    ])
  const figureOf = (figure: Figure, on: string) =>
    readFigure(world.db, figure, { unit: world.unit('The Centre'), on, map: on, year: 2016, charter: world.charter })

  it('Each province with a poor county owes its annual plan, and no other province does', async () => {
    const { items } = await owed('open', '2016-01-05')
    assert.deepEqual(items.map((item: { name: { en: string } }) => item.name.en).toSorted(), [
      'Haidao Province',
      'Qingshan Province',
    ])
    assert.deepEqual(
      items.map((item: { due_on: string }) => item.due_on),
      ['2016-03-31', '2016-03-31'],
    )
  })

  it('Opening a year again opens nothing twice', async () => {
    await world.done(
      openCalendar,
      { unit: world.unit('The Centre'), year: 2016 },
      { as: 'mechanism', on: '2016-01-06' },
    )
    assert.equal((await owed('open', '2016-01-06')).total, 2)
  })

  it('A programme that begins in autumn does not owe what was due in spring, only what is due in winter', async () => {
    await world.done(
      openCalendar,
      { unit: world.unit('The Centre'), year: 2017 },
      { as: 'mechanism', on: '2017-09-01' },
    )
    const { rows } = await world.engine.database.pool.query<{ obligation: string; due_on: string }>(
      `select distinct obligation, due_on from obligation_item where subject = '2017'`,
    )
    assert.deepEqual([...new Set(rows.map((row) => row.due_on))], ['2017-12-31'])
    assert.ok(rows.some((row) => row.obligation === 'update-library'))
    assert.ok(rows.every((row) => row.obligation !== 'adopt-annual-plan'))
  })

  it("A year that has not begun cannot be opened: 'year-not-begun'", async () => {
    const input = { unit: world.unit('The Centre'), year: 2017 }
    assert.deepEqual(await world.codes(openCalendar, input, { as: 'mechanism', on: '2016-12-30' }), ['year-not-begun'])
  })

  it("A month that has not begun cannot be opened: 'month-not-begun'", async () => {
    const input = { unit: world.unit('The Centre'), year: 2016, month: 6 }
    assert.deepEqual(await world.codes(openCalendar, input, { as: 'mechanism', on: '2016-05-31' }), ['month-not-begun'])
  })

  it('What was met is not opened again, however often its year is opened', async () => {
    const { rows } = await world.engine.database.pool.query<{ n: bigint }>(
      `select count(*) as n from obligation_item where subject = '2016'`,
    )
    const { opened } = await world.done(
      openCalendar,
      { unit: world.unit('The Centre'), year: 2016 },
      { as: 'mechanism', on: '2016-01-07' },
    )
    assert.equal(opened, 0)
    assert.ok(rows[0]!.n > 0n)
  })

  it('A light turns yellow three working days before the day and red after it, and always has words', async () => {
    const lights = async (on: string) => (await owed('open', on)).items.map((item: { light: string }) => item.light)
    assert.deepEqual(await lights('2016-03-25'), ['none', 'none'])
    assert.deepEqual(await lights('2016-03-28'), ['yellow', 'yellow'])
    assert.deepEqual(await lights('2016-04-01'), ['red', 'red'])
    const { items } = await owed('open', '2016-04-01')
    assert.deepEqual(items[0].words, { zh: '逾期 1 个工作日', en: '1 working day late' })
  })

  it('Only the act meets it: a plan adopted in time is green, one adopted late stays late in the figure', async () => {
    const plan = (unit: string) => ({
      unit: world.unit(unit),
      kind: 'annual',
      year: 2016,
      title: { zh: '年度计划', en: 'Annual plan' },
      text: { zh: '按责任书落实年度目标。', en: 'The goals of the year as the letter sets them.' },
    })
    await world.done(adoptPlan, plan('Qingshan Province'), { as: ['Qingshan Province', 'governor'], on: '2016-03-30' })
    await world.done(adoptPlan, plan('Haidao Province'), { as: ['Haidao Province', 'governor'], on: '2016-04-05' })
    assert.equal((await owed('open', '2016-04-06')).total, 0)
    assert.deepEqual((await figureOf(metInTime, '2016-04-06')).counted, 1)
    assert.deepEqual((await figureOf(metInTime, '2016-04-06')).of, 2)
  })

  it('The past is seen as it stood: on 1 April one plan was still owed and late', async () => {
    assert.equal((await figureOf(openObligations, '2016-04-01')).value, 1)
    assert.equal((await figureOf(lateObligations, '2016-04-01')).value, 1)
    assert.equal((await figureOf(openObligations, '2016-03-01')).value, 2)
  })
})
