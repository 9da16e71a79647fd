import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { designateUnits } from '#features/units/index.ts'
import { openCalendar } from '#features/obligations/index.ts'
import { findAct } from '#src/acts.ts'
import type { Waiting, WaitingFor } from '#kernel/waiting.ts'
import { type As, World } from '#test/world.ts'
import { asksWith } from './index.ts'
import { readInbox } from './read.ts'

const takeStep = findAct('ladder.take')
const adoptPlan = findAct('plan.adopt')
assert.ok(takeStep && adoptPlan)

const centre: As = ['The Centre', 'office-director']
const governor: As = ['Qingshan Province', 'governor']
const other: As = ['Haidao Province', 'governor']

const matter: Waiting = {
  kind: 'matter',
  subject: 'a bridge',
  title: { zh: '桥', en: 'A bridge' },
  unit: '',
  duty: 'take-overall-responsibility',
  since: '2016-04-05',
  due: null,
  record: '/matters/1',
}

type Event = {
  key: string
  kind: string
  on: string
  act: string | null
  isRead: boolean
  what: { en: string }
  title: { en: string }
  stand: { words: { en: string } } | null
  record: string
  acts: { act: string; input: object }[]
}

describe('The inbox of a seat', () => {
  let world: World
  const waiting: WaitingFor = (reader, units) =>
    Promise.resolve(
      reader.on >= matter.since && units !== 'all' && units.includes(world.unit('Qingshan Province'))
        ? [{ ...matter, unit: world.unit('Qingshan Province') }]
        : [],
    )
  const [list, unread] = asksWith(() => [waiting])
  const inbox = async (as: As, on: string, input: object = {}) =>
    (await world.ask(list, input, on, as)) as { total: number; unread: number; events: Event[] }
  const plans = (events: readonly Event[]) => events.filter((each) => each.title.en === 'Adopt the annual plan')
  const step = (name: string, on: string) =>
    world.done(takeStep, { unit: world.unit('The Centre'), step: name, whole: true }, { as: 'mechanism', on })

  before(async () => {
    world = await World.open()
    const units = ['Liu County', 'Ye County'].map(world.unit)
    await world.done(designateUnits, { unit: world.unit('The Centre'), units }, { as: centre })
    await world.done(
      openCalendar,
      { unit: world.unit('The Centre'), year: 2016 },
      { as: 'mechanism', on: '2016-01-05' },
    )
    // The plans are due on 31 March.
    await step('remind', '2016-03-24')
    await step('yellow', '2016-03-28')
    await step('late', '2016-04-01')
    await step('urge', '2016-04-01')
  })
  after(() => world.close())

  it('What a province owes is in its governor’s inbox from the day on which it is owed, and says how to meet it', async () => {
    const { events } = await inbox(governor, '2016-01-05')
    const [plan] = plans(events)
    assert.equal(plan?.what.en, 'Newly owed')
    assert.equal(plan?.kind, 'owed')
    assert.deepEqual(
      plan?.acts.map(({ act }) => act),
      ['plan.adopt'],
    )
    assert.match(plan?.record ?? '', /^\/obligations\//)
  })

  it('As of any day: reminders, the yellow light, lateness and urging appear on their days, the newest first', async () => {
    const told = async (on: string) =>
      plans((await inbox(governor, on)).events).map((each) => `${each.on} ${each.what.en}`)
    assert.deepEqual(await told('2016-03-24'), ['2016-03-24 Reminder: due soon', '2016-01-05 Newly owed'])
    assert.deepEqual((await told('2016-04-01')).slice(0, 2), ['2016-04-01 Urged by the level above', '2016-04-01 Late'])
    assert.deepEqual(await told('2016-01-04'), [])
  })

  it('Whoever stands above is told of what was done in their name, and a county of neither', async () => {
    const { events } = await inbox(centre, '2016-04-01', { kind: 'below' })
    assert.deepEqual([...new Set(plans(events).map((each) => each.what.en))], ['Late below; urged in your name'])
    assert.equal(plans(events).length, 2)
    assert.equal(plans((await inbox(['Liu County', 'county-head'], '2016-04-01')).events).length, 0)
  })

  it('What other slices have waiting for the seat stands among the rest, and for no other seat', async () => {
    const { events } = await inbox(governor, '2016-04-05', { kind: 'waiting' })
    assert.deepEqual(
      events.map((each) => [each.what.en, each.title.en, each.record]),
      [['Waits for you', 'A bridge', '/matters/1']],
    )
    assert.equal((await inbox(other, '2016-04-05', { kind: 'waiting' })).total, 0)
  })

  it('What was read up to an event is read, with all before it, and what comes later is not; reading meets nothing', async () => {
    const seat = { unit: world.unit('Qingshan Province'), post: 'governor' }
    const before = await inbox(governor, '2016-04-05')
    const late = before.events.find((each) => each.what.en === 'Late')
    await world.done(readInbox, { ...seat, upto: late?.act }, { as: governor, on: '2016-04-05' })
    const after = await inbox(governor, '2016-04-05', { only: 'unread' })
    assert.deepEqual(after.events.map((each) => each.what.en).toSorted(), ['Urged by the level above', 'Waits for you'])
    assert.equal(after.unread, 2)
    assert.deepEqual(await world.ask(unread, {}, '2016-04-05', governor), { unread: 2 })
    const waitingKey = after.events.find((each) => each.kind === 'waiting')?.key
    await world.done(readInbox, { ...seat, also: [waitingKey] }, { as: governor, on: '2016-04-05' })
    assert.deepEqual(await world.ask(unread, {}, '2016-04-05', governor), { unread: 1 })
    // The day before, nothing had been read; and another seat of the same province has read nothing either.
    assert.ok(((await world.ask(unread, {}, '2016-04-04', governor)) as { unread: number }).unread > 2)
    const secretary: As = ['Qingshan Province', 'party-secretary-province']
    assert.ok((await inbox(secretary, '2016-04-05')).unread > 2)
    const item = plans(before.events)[0]
    assert.equal(item?.stand?.words.en, '2 working days late')
  })

  it('What was met no longer cries for attention', async () => {
    const was = await inbox(other, '2016-04-05')
    await world.done(
      adoptPlan,
      {
        unit: world.unit('Haidao Province'),
        year: 2016,
        kind: 'annual',
        title: { zh: '年度计划', en: 'Annual plan' },
        text: { zh: '全年安排', en: 'What is done this year' },
      },
      { as: ['Haidao Province', 'party-secretary-province'], on: '2016-04-06' },
    )
    const now = await inbox(other, '2016-04-06')
    assert.equal(now.total, was.total)
    assert.equal(now.unread, was.unread - plans(was.events).length)
    assert.deepEqual(plans(now.events)[0]?.acts, [])
  })

  it('A long inbox is read in pages that neither miss nor repeat anything', async () => {
    const { total, events: all } = await inbox(governor, '2016-04-05', { limit: 200 })
    const pages: string[] = []
    for (let offset = 0; offset < total; offset += 3)
      pages.push(...(await inbox(governor, '2016-04-05', { offset, limit: 3 })).events.map((each) => each.key))
    assert.deepEqual(
      pages,
      all.map((each) => each.key),
    )
    assert.equal(new Set(pages).size, total)
  })

  it("Nobody marks another seat's inbox as read: 'not-your-seat'", async () => {
    const input = { unit: world.unit('Qingshan Province'), post: 'party-secretary-province', also: ['x'] }
    assert.deepEqual(await world.codes(readInbox, input, { as: governor }), ['not-your-seat'])
  })

  it("An act that the journal does not know cannot have been read: 'event-unknown'", async () => {
    const input = { unit: world.unit('Qingshan Province'), post: 'governor', upto: world.unit('The Centre') }
    assert.deepEqual(await world.codes(readInbox, input, { as: governor }), ['event-unknown'])
  })

  it("Marking needs to say what was read: 'nothing-to-mark'", async () => {
    const input = { unit: world.unit('Qingshan Province'), post: 'governor' }
    assert.deepEqual(await world.codes(readInbox, input, { as: governor }), ['nothing-to-mark'])
  })

  it('In a county directly under its province, and in a country of three tiers, the inbox finds its desk', async () => {
    assert.ok((await inbox(['Ye County', 'poverty-office-director-county'], '2016-04-01')).total >= 0)
    const three = await World.open('three-tiers')
    try {
      const answer = await three.ask(list, {}, '2016-06-01', ['Birch District', 'steward'])
      assert.equal(answer.unread, answer.events.length)
    } finally {
      await three.close()
    }
  })
})
