import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { designateUnits, endDesignation } from '#features/units/index.ts'
import type { By } from '#kernel/act.ts'
import { readChecks, runCheck } from '#kernel/check.ts'
import { readFigure, readFigureRecords } from '#kernel/figure.ts'
import { type As, foundingDay, idOf, World } from '#test/world.ts'
import {
  dutyAnswerable,
  endAppointment,
  exceptAppointment,
  figures,
  makeAppointment,
  personShow,
  seatChoose,
  seatRoster,
} from './index.ts'

const city: As = ['Heyang City', 'party-secretary-city']
const province: As = ['Qingshan Province', 'party-secretary-province']
const checks = readChecks(path.join(import.meta.dirname, '../../../checks'))
const somebody = (name: string) => ({ id: idOf(name), name: { zh: name, en: name }, madeUp: true })
const reason = 'Called to another office'

describe('Appointments', () => {
  let world: World
  const id = (unit: string) => world.unit(unit)
  const seat = (unit: string, post: string) => ({ unit: id(unit), post })
  const figureOn = (which: 0 | 1, on: string, unit = 'The Centre') =>
    readFigure(world.db, figures[which], { charter: world.charter, unit: id(unit), on, map: on, year: 2016 })
  before(async () => {
    world = await World.open()
    const units = [id('Liu County'), id('Ye County')]
    await world.done(
      designateUnits,
      { unit: id('The Centre'), units },
      { as: ['The Centre', 'office-director'], on: '2016-02-01' },
    )
  })
  after(() => world.close())

  it("appointment.make refuses a mayor for a county: 'post-not-of-tier'", async () => {
    assert.deepEqual(
      await world.codes(makeAppointment, { ...seat('Tong County', 'mayor'), person: somebody('x') }, { as: city }),
      ['post-not-of-tier'],
    )
  })
  it("appointment.make refuses a seat in which somebody sits: 'seat-taken'", async () => {
    assert.deepEqual(
      await world.codes(
        makeAppointment,
        { ...seat('Tong County', 'county-head'), person: somebody('x') },
        { as: city },
      ),
      ['seat-taken'],
    )
  })
  it("appointment.make refuses a person who is registered under another name: 'person-known-otherwise'", async () => {
    await world.done(endAppointment, { ...seat('Song County', 'county-head'), reason }, { as: city, on: '2016-02-01' })
    const person = { ...somebody('x'), id: world.person('Liu County', 'county-head') }
    assert.deepEqual(
      await world.codes(
        makeAppointment,
        { ...seat('Song County', 'county-head'), person },
        { as: city, on: '2016-02-02' },
      ),
      ['person-known-otherwise'],
    )
  })
  it('Whoever sits in another seat already may be appointed, and those who appoint are told', async () => {
    const person = {
      id: world.person('Liu County', 'county-head'),
      name: { zh: '某county-head', en: 'county-head of Liu County' },
      madeUp: true,
    }
    const rehearsal = await world.rehearse(
      makeAppointment,
      { ...seat('Song County', 'county-head'), person },
      { as: city, on: '2016-02-02' },
    )
    assert.deepEqual([rehearsal.refusals, rehearsal.advice.map((told) => told.code)], [[], ['sits-elsewhere']])
  })
  it('Twenty appointments for one seat at once: exactly one is done, and the others are told who sits there', async () => {
    const tried = Array.from({ length: 20 }, (_, at) =>
      world.perform(
        makeAppointment,
        { ...seat('Song County', 'county-head'), person: somebody(`candidate ${at}`) },
        { as: city, on: '2016-02-02' },
      ),
    )
    const outcomes = await Promise.all(tried)
    assert.equal(outcomes.filter((each) => each.outcome === 'done').length, 1)
    for (const each of outcomes)
      if (each.outcome === 'refused')
        assert.deepEqual(
          each.refusals.map((told) => told.code),
          ['seat-taken'],
        )
  })
  it('The database itself refuses a second holder of one seat on one day', async () => {
    const second = world.engine.database.pool.query(
      `insert into appointment (unit_id, post, person_id, capacity, valid_at, act_id)
       select unit_id, post, person_id, capacity, daterange('2016-05-01', '2016-05-02'), act_id from appointment where unit_id = $1 and post = 'county-head'`,
      [id('Tong County')],
    )
    await assert.rejects(second, { constraint: 'one_holder_at_a_time' })
  })

  it("appointment.end refuses a seat in which nobody sits: 'nobody-sits'", async () => {
    await world.done(endAppointment, { ...seat('Tong County', 'county-head'), reason }, { as: city, on: '2016-03-01' })
    assert.deepEqual(
      await world.codes(
        endAppointment,
        { ...seat('Tong County', 'county-head'), reason },
        { as: city, on: '2016-03-02' },
      ),
      ['nobody-sits'],
    )
  })
  it("appointment.end refuses to end a term on the day on which it began: 'made-today'", async () => {
    assert.deepEqual(
      await world.codes(
        endAppointment,
        { ...seat('Song County', 'county-head'), reason },
        { as: city, on: '2016-02-02' },
      ),
      ['made-today'],
    )
  })
  it("The secretary of a poor county is not moved before its exit: 'tenure-bound'", async () => {
    const [told] = await world.refused(
      endAppointment,
      { ...seat('Liu County', 'party-secretary-county'), reason },
      { as: city, on: '2016-03-01' },
    )
    assert.deepEqual([told?.code, told?.cites], ['tenure-bound', 'duty:keep-principals'])
    // Where the city is missing, the province appoints, and the same rule holds.
    assert.deepEqual(
      await world.codes(
        endAppointment,
        { ...seat('Ye County', 'county-head'), reason },
        { as: ['Haidao Province', 'party-secretary-province'], on: '2016-03-01' },
      ),
      ['tenure-bound'],
    )
  })
  it('The poverty office of a poor county may change hands, and so may a county that is not poor', async () => {
    await world.done(
      endAppointment,
      { ...seat('Liu County', 'finance-director-county'), reason },
      { as: ['Liu County', 'party-secretary-county'], on: '2016-03-01' },
    )
    await world.done(
      endAppointment,
      { ...seat('Song County', 'party-secretary-county'), reason },
      { as: city, on: '2016-03-01' },
    )
  })
  it("appointment.except refuses what needs no exception: 'not-bound' 'nobody-sits'", async () => {
    const except = (unit: string, post: string) =>
      world.codes(exceptAppointment, { ...seat(unit, post), reason }, { as: province, on: '2016-03-01' })
    assert.deepEqual(await except('Liu County', 'poverty-office-director-county'), ['not-bound'])
    assert.deepEqual(await except('Tong County', 'party-secretary-county'), ['not-bound'])
    assert.deepEqual(await except('Tong County', 'county-head'), ['nobody-sits'])
  })
  it('The city that appoints cannot grant itself the exception', async () => {
    await assert.rejects(
      world.perform(
        exceptAppointment,
        { ...seat('Liu County', 'county-head'), reason },
        { as: city, on: '2016-03-01' },
      ),
      /keep-principals/,
    )
  })
  it("An exception is granted once, and serves once: 'excepted-already'", async () => {
    const head = seat('Liu County', 'county-head')
    await world.done(exceptAppointment, { ...head, reason }, { as: province, on: '2016-03-02' })
    assert.deepEqual(await world.codes(exceptAppointment, { ...head, reason }, { as: province, on: '2016-03-02' }), [
      'excepted-already',
    ])
    await world.done(endAppointment, { ...head, reason }, { as: city, on: '2016-03-10' })
    await world.done(makeAppointment, { ...head, person: somebody('second head') }, { as: city, on: '2016-03-11' })
    assert.deepEqual(await world.codes(endAppointment, { ...head, reason }, { as: city, on: '2016-03-12' }), [
      'tenure-bound',
    ])
  })
  it('Somebody acting in the seat of a poor county is not bound to it', async () => {
    const secretary = seat('Ye County', 'party-secretary-county')
    const capital: As = ['Haidao Province', 'party-secretary-province']
    await world.done(exceptAppointment, { ...secretary, reason }, { as: capital, on: '2016-04-01' })
    await world.done(endAppointment, { ...secretary, reason }, { as: capital, on: '2016-04-01' })
    await world.done(
      makeAppointment,
      { ...secretary, person: somebody('stand-in'), capacity: 'acting' },
      { as: capital, on: '2016-04-02' },
    )
    await world.done(endAppointment, { ...secretary, reason }, { as: capital, on: '2016-04-20' })
  })
  it('Once the county is out of poverty its principals may move', async () => {
    const by = { act: idOf('exit'), on: '2016-09-01' } as By
    await world.db.transaction().execute(async (tx) => {
      // The exit itself is another slice's; what matters here is that the designation has ended.
      await tx
        .insertInto('journal')
        .values({
          id: by.act,
          act: 'exit.approve',
          duty: 'approve-exit',
          charter_version: '2015-11',
          actor_kind: 'mechanism',
          ground: 'mechanism',
          unit_id: id('Liu County'),
          done_at: new Date('2016-09-01'),
          done_on: '2016-09-01',
          actor: 'mechanism',
          idempotency_key: 'exit',
          input_digest: Buffer.from(''),
          input: '{}',
          outcome: 'done',
          detail: '{}',
          via: 'test',
          person_id: null,
          seat_unit_id: null,
          seat_post: null,
          principal_id: null,
          delegation_id: null,
        })
        .execute()
      await endDesignation(tx, id('Liu County'), by)
    })
    await world.done(
      endAppointment,
      { ...seat('Liu County', 'party-secretary-county'), reason },
      { as: city, on: '2016-09-02' },
    )
  })

  it('A vacancy is an obligation of those who appoint, and filling it meets the obligation', async () => {
    const items = async () =>
      (
        await world.engine.database.pool.query(
          `select unit_id, due_on::text as due, met_on::text as met from obligation_item where obligation = 'fill-vacancy' and subject = $1`,
          [`${id('Tong County')}/county-head`],
        )
      ).rows
    assert.deepEqual(await items(), [{ unit_id: id('Heyang City'), due: '2016-03-31', met: null }])
    await world.done(
      makeAppointment,
      { ...seat('Tong County', 'county-head'), person: somebody('Tong head') },
      { as: city, on: '2016-05-01' },
    )
    assert.equal((await items())[0].met, '2016-05-01')
  })

  it('The roster of a unit tells who sits, what is vacant since when, where its duties lie, and what may be done', async () => {
    const roster = await world.ask(seatRoster, { unit: id('Liu County') }, '2016-03-05', city)
    assert.equal(roster.total, 5)
    const of = (post: string) => roster.seats.find((each: { post: string }) => each.post === post)
    assert.deepEqual([of('party-secretary-county').isBound, of('county-head').isExcepted], [true, true])
    const vacant = of('finance-director-county')
    assert.deepEqual([vacant.person, vacant.since], [null, '2016-03-01'])
    assert.deepEqual(
      vacant.can.map((ability: { act: string }) => ability.act),
      ['appointment.make'],
    )
    assert.ok(
      of('party-secretary-county').can.some(
        (ability: { act: string; mine: boolean }) => ability.act === 'appointment.end' && ability.mine,
      ),
    )
  })
  it('The duties of a vacant secretary lie with the county head, and the vacancy says so', async () => {
    await world.done(endAppointment, { ...seat('Heyang City', 'mayor'), reason }, { as: province, on: '2016-09-03' })
    const answer = await world.ask(
      dutyAnswerable,
      { duty: 'bear-main-responsibility', unit: id('Liu County') },
      '2016-09-03',
    )
    assert.deepEqual(
      [answer.kind, answer.postName.en, answer.routedTo.postName.en],
      ['vacancy', 'County Party secretary', 'County head'],
    )
    const roster = await world.ask(seatRoster, { unit: id('Liu County') }, '2016-09-03')
    const secretary = roster.seats.find((each: { post: string }) => each.post === 'party-secretary-county')
    assert.ok(
      secretary.routes.some(
        (route: { seat: { post: string }; duties: { id: string }[] }) =>
          route.seat.post === 'county-head' && route.duties.some((duty) => duty.id === 'bear-main-responsibility'),
      ),
    )
  })
  it('The roster of the programme filters vacancies and searches names', async () => {
    const vacant = await world.ask(seatRoster, { filled: 'vacant' }, '2016-09-03')
    assert.deepEqual(vacant.seats.map((each: { post: string }) => each.post).toSorted(), [
      'finance-director-county',
      'mayor',
      'party-secretary-county',
      'party-secretary-county',
    ])
    assert.equal((await world.ask(seatRoster, { search: 'second head' }, '2016-09-03')).total, 1)
    assert.equal((await world.ask(seatRoster, { below: true, unit: id('Haidao Province') }, '2016-09-03')).total, 9)
  })
  it('Figures count the seats filled and those vacant, down to the seat', async () => {
    const day = '2016-09-03'
    const [filled, vacant] = await Promise.all([figureOn(0, day), figureOn(1, day)])
    assert.equal((filled.of ?? 0) - filled.counted, vacant.counted)
    assert.equal(vacant.counted, 4)
    const { records } = await readFigureRecords(
      world.db,
      figures[1],
      { charter: world.charter, unit: id('Heyang City'), on: day, map: day, year: 2016 },
      { offset: 0, limit: 10, side: 'counted' },
    )
    assert.deepEqual(records.map((record) => String(record.since)).toSorted(), [
      '2016-03-01',
      '2016-09-02',
      '2016-09-03',
    ])
  })
  it('A seat that stays vacant for more than thirty days is found by the check', async () => {
    const check = checks.find((each) => each.id === 'seat-vacant-too-long')
    assert.ok(check)
    const found = async (on: string) =>
      (await runCheck(world.db, check, on)).filter((each) => each.unit === id('Liu County')).map((each) => each.since)
    assert.deepEqual(await found('2016-03-31'), [])
    assert.deepEqual(await found('2016-04-02'), ['2016-03-01'])
  })
  it('A visitor of the demonstration chooses among the seats in which somebody sits', async () => {
    const { seats } = await world.ask(seatChoose, { search: 'Ye County', tier: 'county' }, '2016-04-25')
    assert.deepEqual(
      seats.map((each: { post: string }) => each.post),
      ['county-head', 'poverty-office-director-county', 'finance-director-county', 'sector-bureau-director-county'],
    )
    assert.equal(seats[0].above[0].name.en, 'Haidao Province')
  })
  it('A person’s page tells the terms and the last acts as of the day', async () => {
    const secretary = world.person('Heyang City', 'party-secretary-city')
    const shown = await world.ask(personShow, { person: secretary }, foundingDay, city)
    assert.deepEqual(
      shown.terms.map((term: { from: string; to: string | null }) => [term.from, term.to]),
      [[foundingDay, null]],
    )
    assert.ok(shown.acts.every((each: { on: string }) => each.on <= foundingDay))
  })
})
