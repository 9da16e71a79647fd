import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { renameUnit } from '#features/units/index.ts'
import { readChecks, runCheck } from '#kernel/check.ts'
import { momentOf } from '#kernel/calendar.ts'
import { perform } from '#kernel/perform.ts'
import { asAct } from '#test/act.ts'
import { type As, idOf, World } from '#test/world.ts'
import { delegateDuty, endAppointment, makeAppointment, personShow, recallDuty, seatRoster } from './index.ts'

const on = '2016-02-01'
const secretary: As = ['Heyang City', 'party-secretary-city']
const mayor: As = ['Heyang City', 'mayor']
const minister: As = ['The Centre', 'minister-civil-affairs']

describe('Delegation', () => {
  let world: World
  let acts = 0
  const id = (unit: string) => world.unit(unit)
  const input = (over: object = {}) => ({
    unit: id('Heyang City'),
    post: 'party-secretary-city',
    duty: 'appoint-officials',
    to: world.person('Heyang City', 'poverty-office-director-city'),
    until: '2016-03-31',
    ...over,
  })
  const codes = (over: object, as: As = secretary) => world.codes(delegateDuty, input(over), { as, on })
  before(async () => {
    world = await World.open()
  })
  after(() => world.close())

  it("The mayor cannot delegate what is the secretary’s: 'not-your-seat'", async () => {
    assert.deepEqual(await codes({}, mayor), ['not-your-seat'])
  })
  it("Nobody delegates more than the post holds: 'duty-not-held'", async () => {
    assert.deepEqual(await codes({ duty: 'maintain-divisions' }), ['duty-not-held'])
    assert.deepEqual(await codes({ duty: 'unheard-of' }), ['duty-not-held'])
  })
  it("The duty to delegate is not delegated, so that nothing is passed on: 'not-delegable'", async () => {
    assert.deepEqual(await codes({ duty: 'delegate-duties' }), ['not-delegable'])
  })
  it("Nobody delegates a duty over another city’s county: 'over-not-held'", async () => {
    assert.deepEqual(await codes({ duty: 'see-poor-counties-out', over: id('Yan County') }), ['over-not-held'])
  })
  it("The delegate sits in the same unit, or is refused: 'delegate-not-of-unit'", async () => {
    assert.deepEqual(await codes({ to: world.person('Liu County', 'county-head') }), ['delegate-not-of-unit'])
  })
  it("Nobody delegates to themselves: 'delegate-is-principal'", async () => {
    assert.deepEqual(await codes({ to: world.person('Heyang City', 'party-secretary-city') }), [
      'delegate-is-principal',
    ])
  })
  it("A delegation does not end before it begins: 'until-before-today'", async () => {
    assert.deepEqual(await codes({ until: '2016-01-31' }), ['until-before-today'])
  })
  it("A delegation lasts a year at most: 'until-too-late'", async () => {
    assert.deepEqual(await codes({ until: '2017-02-01' }), ['until-too-late'])
  })
  it('The province delegates over a county without a city what it has taken over there', async () => {
    const own = {
      unit: id('Haidao Province'),
      post: 'governor',
      duty: 'see-poor-counties-out',
      over: id('Ye County'),
      to: world.person('Haidao Province', 'finance-director-province'),
    }
    await world.done(delegateDuty, input(own), { as: ['Haidao Province', 'governor'], on })
  })

  // The delegate is the director of the city's poverty office, who does not hold the secretary's duty.
  const asDelegate = async (delegation: string | undefined, day: string) => {
    acts += 1
    const as: As = secretary
    const person = world.person('Heyang City', 'poverty-office-director-city')
    const deed = { ...world.actor(as, delegation), person } as ReturnType<World['actor']>
    const seat = {
      unit: id('Tong County'),
      post: 'county-head',
      person: { id: idOf(`by delegate ${acts}`), name: { zh: '某', en: 'Some' }, madeUp: true },
    }
    return perform(world.engine, makeAppointment, seat, {
      actor: deed,
      key: `delegate ${acts}`,
      at: momentOf(day),
      via: 'test',
    })
  }
  const journalled = async (act: string) =>
    world.db
      .selectFrom('journal')
      .select(['ground', 'person_id', 'principal_id', 'delegation_id'])
      .where('id', '=', act)
      .executeTakeFirstOrThrow()

  it('A delegate acts, and the journal names the delegate and the principal who answers', async () => {
    await world.done(
      endAppointment,
      { unit: id('Tong County'), post: 'county-head', reason: 'Retired' },
      { as: secretary, on },
    )
    await assert.rejects(asDelegate(undefined, on), /appoint-officials/)
    const whole = await world.done(delegateDuty, input(), { as: secretary, on })
    const done = await asDelegate(whole.delegation, '2016-02-02')
    assert.equal(done.outcome, 'done')
    assert.deepEqual(await journalled(done.id), {
      ground: 'delegation',
      person_id: world.person('Heyang City', 'poverty-office-director-city'),
      principal_id: world.person('Heyang City', 'party-secretary-city'),
      delegation_id: whole.delegation,
    })
  })
  it("A duty is not delegated twice to one person: 'delegated-already'", async () => {
    assert.deepEqual(await codes({}), ['delegated-already'])
  })
  it('The roster and the person’s page show the delegation, and its holder may recall it', async () => {
    const roster = await world.ask(seatRoster, { unit: id('Heyang City') }, '2016-02-05', secretary)
    const seat = roster.seats.find((each: { post: string }) => each.post === 'party-secretary-city')
    assert.deepEqual(
      seat.delegations.map((each: { duty: string; until: string }) => [each.duty, each.until]),
      [['appoint-officials', '2016-03-31']],
    )
    assert.deepEqual(
      seat.delegations[0].can.map((ability: { act: string; mine: boolean }) => [ability.act, ability.mine]),
      [['duty.recall', true]],
    )
    const shown = await world.ask(
      personShow,
      { person: world.person('Heyang City', 'poverty-office-director-city') },
      '2016-02-05',
      secretary,
    )
    assert.deepEqual([shown.given.length, shown.received.length], [0, 1])
    const principal = await world.ask(
      personShow,
      { person: world.person('Heyang City', 'party-secretary-city') },
      '2016-02-05',
      secretary,
    )
    assert.ok(
      principal.acts.some(
        (each: { as_principal: boolean; act: string }) => each.as_principal && each.act === 'appointment.make',
      ),
    )
  })
  it('It lapses with its last day', async () => {
    const { rows } = await world.engine.database.pool.query(
      `select id from delegation where recalled_by is null and unit_id = $1`,
      [id('Heyang City')],
    )
    await world.done(
      endAppointment,
      { unit: id('Tong County'), post: 'county-head', reason: 'Retired' },
      { as: secretary, on: '2016-03-30' },
    )
    assert.equal((await asDelegate(rows[0].id, '2016-03-31')).outcome, 'done')
    await world.done(
      endAppointment,
      { unit: id('Tong County'), post: 'county-head', reason: 'Retired' },
      { as: secretary, on: '2016-04-01' },
    )
    await assert.rejects(asDelegate(rows[0].id, '2016-04-01'), /appoint-officials/)
  })
  it("It lapses when it is recalled, even on its first day; only its holder recalls it, and only once: 'not-your-seat' 'ended-already'", async () => {
    const { delegation } = await world.done(delegateDuty, input({ until: '2016-12-31' }), {
      as: secretary,
      on: '2016-05-01',
    })
    assert.deepEqual(await world.codes(recallDuty, { delegation }, { as: mayor, on: '2016-05-01' }), ['not-your-seat'])
    await world.done(recallDuty, { delegation }, { as: secretary, on: '2016-05-01' })
    await assert.rejects(asDelegate(delegation, '2016-05-01'), /appoint-officials/)
    assert.deepEqual(await world.codes(recallDuty, { delegation }, { as: secretary, on: '2016-05-02' }), [
      'ended-already',
    ])
  })
  it('It lapses when its principal leaves, and does not come back with a successor', async () => {
    const { delegation } = await world.done(delegateDuty, input({ until: '2016-12-31' }), {
      as: secretary,
      on: '2016-06-01',
    })
    const seat = { unit: id('Heyang City'), post: 'party-secretary-city' }
    const province: As = ['Qingshan Province', 'party-secretary-province']
    await world.done(endAppointment, { ...seat, reason: 'Promoted' }, { as: province, on: '2016-06-10' })
    await assert.rejects(asDelegate(delegation, '2016-06-10'), /appoint-officials/)
    await world.done(
      makeAppointment,
      { ...seat, person: { id: idOf('successor'), name: { zh: '继任', en: 'A successor' }, madeUp: true } },
      { as: province, on: '2016-06-11' },
    )
    await assert.rejects(asDelegate(delegation, '2016-06-12'), /appoint-officials/)
  })
  it('A delegation that was never recalled although its principal left is found by the check', async () => {
    const check = readChecks(path.join(import.meta.dirname, '../../../checks')).find(
      (each) => each.id === 'delegation-without-principal',
    )
    assert.ok(check)
    assert.deepEqual(await runCheck(world.db, check, '2016-06-12'), [])
    await asAct(world, (client, act) =>
      client.query(
        `insert into delegation (id, unit_id, post, principal_id, duty, person_id, valid_at, act_id)
         values ($1, $2, 'party-secretary-city', $3, 'appoint-officials', $4, '[2016-06-01,2016-12-31]', $5)`,
        [
          idOf('stray'),
          id('Heyang City'),
          world.person('Heyang City', 'party-secretary-city'),
          world.person('Heyang City', 'mayor'),
          act,
        ],
      ),
    )
    assert.deepEqual(
      (await runCheck(world.db, check, '2016-06-12')).map((each) => [each.unit, each.since]),
      [[id('Heyang City'), '2016-06-10']],
    )
  })
  it('A delegation over one province reaches its counties and no others, and only its delegate uses it', async () => {
    const over = input({
      duty: 'maintain-divisions',
      unit: id('The Centre'),
      post: 'minister-civil-affairs',
      to: world.person('The Centre', 'minister-finance'),
      over: id('Qingshan Province'),
    })
    const { delegation } = await world.done(delegateDuty, over, { as: minister, on })
    const actor = {
      ...world.actor(minister, delegation),
      person: world.person('The Centre', 'minister-finance'),
    } as ReturnType<World['actor']>
    const rename = (county: string) => {
      const change = { unit: id(county), name: { zh: `新${county}`, en: `New ${county}` } }
      return perform(world.engine, renameUnit, change, { actor, key: county, at: momentOf(on), via: 'test' })
    }
    assert.equal((await rename('Tong County')).outcome, 'done')
    await assert.rejects(rename('Yan County'), /maintain-divisions/)
    const change = { unit: id('Song County'), name: { zh: '松区', en: 'Song District' } }
    await assert.rejects(world.perform(renameUnit, change, { as: minister, on, delegation }), /maintain-divisions/)
  })
})
