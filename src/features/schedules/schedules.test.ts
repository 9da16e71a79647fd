import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { readFigure } from '#kernel/figure.ts'
import { findLineage } from '#kernel/standing.ts'
import { decomposeGoal, setGoal } from '#features/goals/index.ts'
import { designate } from '#test/designate.ts'
import { signLetters } from '#test/signed-letters.ts'
import { World } from '#test/world.ts'
import { consentToSchedule, reviseSchedule, returnSchedule, setSchedule } from './index.ts'
import { schedulesConsented } from './figures.ts'
import { listSchedules, showSchedule } from './list.ts'
import { scheduleLinks } from './links.ts'

const milestones = [
  { on: '2016-12-31', title: { zh: '半数贫困村退出', en: 'Half of the poor villages are out' } },
  { on: '2017-10-31', title: { zh: '全部贫困村退出', en: 'All poor villages are out' } },
]

describe('A county’s schedule', () => {
  let world: World
  const county = ['Liu County', 'poverty-office-director-county'] as const
  const city = ['Heyang City', 'mayor'] as const
  before(async () => {
    world = await World.open()
    await designate(world, ['Liu County', 'Tong County', 'Ye County'])
    await signLetters(world, ['Liu County', 'Tong County', 'Song County', 'Ye County'])
  })
  after(() => world.close())

  const input = (unit: string, more: object = {}) => ({ unit: world.unit(unit), exitYear: 2017, milestones, ...more })
  const decision = (unit: string, version: number) => ({ unit: world.unit(unit), version })

  it('Nothing can be decided on before it was set: `no-schedule`', async () => {
    assert.deepEqual(await world.codes(consentToSchedule, decision('Liu County', 1), { as: city }), ['no-schedule'])
    assert.deepEqual(
      await world.codes(returnSchedule, { ...decision('Liu County', 1), reason: '尚未报来' }, { as: city }),
      ['no-schedule'],
    )
  })
  it('Nothing can be revised before it was set: `nothing-to-revise`', async () => {
    const revised = input('Liu County', { reason: '情况变化' })
    assert.deepEqual(await world.codes(reviseSchedule, revised, { as: county, on: '2016-02-01' }), [
      'nothing-to-revise',
    ])
  })
  it('Song County is not poor and sets no schedule: `not-a-poor-county`', async () => {
    assert.deepEqual(
      await world.codes(setSchedule, input('Song County'), { as: ['Song County', 'county-head'], on: '2016-02-01' }),
      ['not-a-poor-county'],
    )
  })
  it('A county does not plan for a year that is over: `exit-year-past`, and its milestones lie outside: `milestone-outside`', async () => {
    const past = input('Liu County', {
      exitYear: 2015,
      milestones: [{ on: '2016-02-01', title: { zh: '晚', en: 'Late' } }],
    })
    assert.deepEqual(await world.codes(setSchedule, past, { as: county, on: '2016-02-01' }), [
      'exit-year-past',
      'milestone-outside',
    ])
  })
  it('Milestones stand in the order of their days: `milestones-not-ordered`', async () => {
    const turned = input('Liu County', { milestones: milestones.toReversed() })
    assert.deepEqual(await world.codes(setSchedule, turned, { as: county, on: '2016-02-01' }), [
      'milestones-not-ordered',
    ])
  })
  it('A county whose letter is not signed yet sets no schedule: `letter-incomplete`', async () => {
    assert.ok(
      (await world.codes(setSchedule, input('Yan County'), { as: ['Yan County', 'county-head'] })).includes(
        'letter-incomplete',
      ),
    )
  })
  it('Tong County was set the goal of 2017 and cannot plan for 2018: `later-than-goal`', async () => {
    const share = (unit: string) => ({ unit: world.unit(unit), target: 1 })
    const goal = {
      unit: world.unit('The Centre'),
      indicator: 'counties-out',
      year: 2017,
      target: 1,
      shares: [share('Qingshan Province')],
    }
    await world.done(setGoal, goal, { as: ['The Centre', 'office-director'] })
    const years = [{ year: 2017, shares: [share('Tong County')] }]
    const decomposed = { unit: world.unit('Qingshan Province'), indicator: 'counties-out', years }
    await world.done(decomposeGoal, decomposed, { as: ['Qingshan Province', 'governor'] })
    const later = input('Tong County', { exitYear: 2018 })
    assert.deepEqual(await world.codes(setSchedule, later, { as: ['Tong County', 'county-head'], on: '2016-02-01' }), [
      'later-than-goal',
    ])
  })
  it('Liu County sets its schedule, and Heyang City owes a decision', async () => {
    assert.deepEqual(await world.done(setSchedule, input('Liu County'), { as: county, on: '2016-02-01' }), {
      unit: world.unit('Liu County'),
      version: 1,
    })
    const item = await world.db
      .selectFrom('obligation_item')
      .selectAll()
      .where('subject', '=', 'schedule')
      .executeTakeFirst()
    assert.equal(item?.obligation, 'consent-to-schedule')
    assert.equal(item?.met_on, null)
  })
  it('What was set is revised and not set again: `already-set`', async () => {
    assert.deepEqual(await world.codes(setSchedule, input('Liu County'), { as: county, on: '2016-02-02' }), [
      'already-set',
    ])
  })
  it('The city returns it with a reason, and cannot decide twice: `already-decided`', async () => {
    const returned = { ...decision('Liu County', 1), reason: '节点过于笼统' }
    await world.done(returnSchedule, returned, { as: city, on: '2016-02-03' })
    assert.deepEqual(await world.codes(consentToSchedule, decision('Liu County', 1), { as: city, on: '2016-02-03' }), [
      'already-decided',
    ])
    const item = await world.db
      .selectFrom('obligation_item')
      .selectAll()
      .where('subject', '=', 'schedule')
      .executeTakeFirst()
    assert.equal(item?.met_on, '2016-02-03')
  })
  it('The county revises it with a reason, and the city cannot consent to a version it has not seen: `not-the-newest`', async () => {
    const revised = input('Liu County', { exitYear: 2018, reason: '补充节点，顺延一年' })
    assert.deepEqual(await world.done(reviseSchedule, revised, { as: county, on: '2016-02-10' }), {
      unit: world.unit('Liu County'),
      version: 2,
    })
    assert.deepEqual(await world.codes(consentToSchedule, decision('Liu County', 1), { as: city, on: '2016-02-11' }), [
      'not-the-newest',
    ])
    await world.done(consentToSchedule, decision('Liu County', 2), { as: city, on: '2016-02-12' })
  })
  it('A revision counts only once it is consented to', async () => {
    await world.done(reviseSchedule, input('Liu County', { reason: '提前一年' }), { as: county, on: '2016-03-01' })
    const shown = await world.ask(showSchedule, { unit: world.unit('Liu County') }, '2016-03-02')
    assert.equal(shown.exitYear, 2017)
    assert.equal(shown.state, 'waiting')
    assert.equal(shown.counts.exitYear, 2018)
    assert.equal(shown.versions.length, 3)
  })
  it('Any day in the past answers as it stood', async () => {
    const onDay = async (on: string) => {
      const shown = await world.ask(showSchedule, { unit: world.unit('Liu County') }, on)
      return [shown.version, shown.state, shown.counts?.version ?? null]
    }
    assert.deepEqual(await onDay('2016-01-31'), [null, 'none', null])
    assert.deepEqual(await onDay('2016-02-02'), [1, 'waiting', null])
    assert.deepEqual(await onDay('2016-02-05'), [1, 'returned', null])
    assert.deepEqual(await onDay('2016-02-10'), [2, 'waiting', null])
    assert.deepEqual(await onDay('2016-02-12'), [2, 'consented', 2])
  })
  it('Ye County has no city: its province consents', async () => {
    await world.done(setSchedule, input('Ye County'), { as: ['Ye County', 'county-head'], on: '2016-02-01' })
    await world.done(consentToSchedule, decision('Ye County', 1), {
      as: ['Haidao Province', 'governor'],
      on: '2016-02-02',
    })
    const reader = world.reader('2016-02-02')
    const lineage = await findLineage(world.db, world.unit('Ye County'), '2016-02-02')
    const [link] = await scheduleLinks(reader, lineage!)
    assert.equal(link?.upper, world.unit('Haidao Province'))
    assert.equal(link?.light, 'green')
  })
  it('The list says who is to act, and the button is the city’s', async () => {
    const { total, items } = await world.ask(listSchedules, { unit: world.unit('Heyang City') }, '2016-03-02', city)
    assert.equal(total, 2)
    const [liu, tong] = items
    assert.deepEqual([liu.state, liu.counts.exitYear], ['waiting', 2018])
    assert.deepEqual(
      liu.can.filter((each: { mine: boolean }) => each.mine).map((each: { act: string }) => each.act),
      ['schedule.consent', 'schedule.return'],
    )
    assert.equal(tong.state, 'none')
    const found = await world.ask(
      listSchedules,
      { unit: world.unit('The Centre'), search: 'tong', state: 'none' },
      '2016-03-02',
    )
    assert.equal(found.total, 1)
  })
  it('Half of Heyang’s poor counties have a schedule that counts', async () => {
    const question = { charter: world.charter, unit: world.unit('Heyang City'), map: '2016-03-02', year: 2016 }
    assert.equal((await readFigure(world.db, schedulesConsented, { ...question, on: '2016-03-02' })).value, 0.5)
    assert.equal((await readFigure(world.db, schedulesConsented, { ...question, on: '2016-02-11' })).value, 0)
  })
  it('The database refuses a revision without a reason, and any change of what was set', async () => {
    const owner = new pg.Client(world.database.owner)
    await owner.connect()
    try {
      const revision = owner.query(
        `insert into schedule_version select unit_id, 9, exit_year, milestones, null, on_day, act_id from schedule_version limit 1`,
      )
      await assert.rejects(revision, /schedule_revision_has_a_reason/)
      await assert.rejects(owner.query('update schedule_version set exit_year = 2020'), /never changed/)
    } finally {
      await owner.end()
    }
  })
})
