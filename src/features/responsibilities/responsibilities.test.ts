import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { acknowledgePolicy, issuePolicy } from '#features/policies/index.ts'
import { designateUnits } from '#features/units/index.ts'
import { World } from '#test/world.ts'
import { chainOf } from './chain.ts'
import { findAnything } from './find.ts'
import { searchJournal, showEntry } from './journal.ts'
import { charterMatrix, charterParameters } from './matrix.ts'
import { mine } from './mine.ts'
import { seatsOf, suggestedSeats } from './seats.ts'

const issuedOn = '2016-11-01'
const soon = '2016-11-03'
const muchLater = '2016-12-20'
const governor = ['Qingshan Province', 'governor'] as const
const countyHead = ['Liu County', 'county-head'] as const

describe('Responsibilities in the small country', () => {
  let world: World
  let policy: string
  before(async () => {
    world = await World.open()
    const root = world.unit('The Centre')
    await world.done(
      designateUnits,
      { unit: root, units: ['Liu County', 'Ye County'].map(world.unit) },
      { as: ['The Centre', 'office-director'] },
    )
    const document = {
      unit: root,
      number: '国开发〔2016〕7号',
      title: { zh: '易地扶贫搬迁意见', en: 'Opinions on relocation' },
      summary: { zh: '搬迁要点。', en: 'What is to be done.' },
    }
    policy = (await world.done(issuePolicy, document, { as: ['The Centre', 'office-director'], on: issuedOn })).policy
  })
  after(() => world.close())

  it('A county head reads the duties of the county with their clause, and what is whose else', async () => {
    const home = await world.ask(mine, {}, soon, countyHead)
    assert.equal(home.clause.quote.zh, '书记和县长是第一责任人')
    const duties = home.duties.map((duty: { id: string }) => duty.id)
    for (const duty of [
      'bear-main-responsibility',
      'set-schedule',
      'land-projects',
      'use-funds-well',
      'coordinate-labour',
      'urge-progress',
    ])
      assert.ok(duties.includes(duty), duty)
    assert.ok(!duties.includes('verify-exit'))
    assert.ok(home.can.some((line: { act: string }) => line.act === 'schedule.set'))
    const issuing = home.others.find((line: { duty: { id: string } }) => line.duty.id === 'issue-policies-and-measures')
    assert.equal(issuing.who.unit.name.en, 'The Centre')
  })

  it('Before the Decision of November 2015 the county carried out, and bore no main responsibility yet', async () => {
    const { duties } = await world.ask(charterMatrix, { version: '2015-06' }, soon)
    const ids = duties.map((duty: { id: string }) => duty.id)
    assert.ok(ids.includes('carry-out'))
    assert.ok(!ids.includes('bear-main-responsibility'))
  })

  it('A governor sees the policy that waits to be acknowledged, with the act that meets it filled in', async () => {
    const home = await world.ask(mine, {}, soon, governor)
    const item = home.items.find((each: { obligation: string }) => each.obligation === 'acknowledge-policy')
    assert.ok(item, JSON.stringify(home.items))
    assert.equal(item.owes.unit.name.en, 'Qingshan Province')
    assert.deepEqual(item.acts[0].input, { unit: world.unit('Qingshan Province'), policy })
    assert.equal(home.can[0].act, 'policy.acknowledge')
    assert.equal(home.can[0].waiting, 1)
  })

  it('What is late at a province is late below the centre, and names who answers', async () => {
    const home = await world.ask(mine, {}, muchLater, ['The Centre', 'office-director'])
    assert.ok(home.lateBelow.total >= 2)
    const [late] = home.lateBelow.items
    assert.equal(late.light, 'red')
    assert.equal(late.who.kind, 'holder')
    const governorAtHome = await world.ask(mine, {}, muchLater, governor)
    assert.equal(governorAtHome.duties.find((duty: { id: string }) => duty.id === 'carry-out-policies').light, 'red')
  })

  it('Where a county stands directly under its province, the governor holds the duties of the missing city there', async () => {
    const home = await world.ask(mine, {}, soon, ['Haidao Province', 'governor'])
    const review = home.duties.find((duty: { id: string }) => duty.id === 'see-poor-counties-out')
    assert.equal(review.takenOverFrom.en, 'City (prefecture)')
    const elsewhere = await world.ask(mine, {}, soon, governor)
    assert.ok(!elsewhere.duties.some((duty: { id: string }) => duty.id === 'see-poor-counties-out'))
  })

  it('The chain of Liu County is centre, province, city, county, each with its principals by name', async () => {
    const chain = await world.ask(chainOf, { unit: world.unit('Liu County') }, soon, countyHead)
    assert.deepEqual(
      chain.rungs.map((rung: { unit: { name: { en: string } } }) => rung.unit.name.en),
      ['The Centre', 'Qingshan Province', 'Heyang City', 'Liu County'],
    )
    for (const rung of chain.rungs)
      for (const principal of rung.principals) assert.ok(principal.person, rung.unit.name.en)
    assert.equal(chain.rungs[0].last.act, 'policy.issue')
    assert.ok(chain.rungs[3].tenure)
    assert.ok(
      chain.links.some(
        (link: { label: { en: string }; direction: string }) =>
          link.direction === 'down' && link.label.en === 'Opinions on relocation',
      ),
    )
  })

  it('The chain of Ye County has no city', async () => {
    const { rungs } = await world.ask(chainOf, { unit: world.unit('Ye County') }, soon, countyHead)
    assert.equal(rungs.length, 3)
  })

  it('The chain says where it is stuck, and says so no more once the province has acknowledged', async () => {
    const unit = world.unit('Liu County')
    const stuck = (await world.ask(chainOf, { unit }, muchLater, countyHead)).stuck
    assert.equal(stuck.light, 'red')
    assert.equal(stuck.unit, world.unit('Qingshan Province'))
    assert.match(stuck.words.en, /Stuck at Qingshan Province/)
    await world.done(
      acknowledgePolicy,
      { unit: world.unit('Qingshan Province'), policy },
      { as: governor, on: muchLater },
    )
    assert.notEqual((await world.ask(chainOf, { unit }, muchLater, countyHead)).stuck.light, 'red')
    assert.equal(
      (await world.ask(chainOf, { unit }, '2016-12-19', countyHead)).stuck.light,
      'red',
      'as of the day before',
    )
  })

  it('The matrix shows each duty with its posts and acts, what a version added, and who holds it for a county', async () => {
    const matrix = await world.ask(charterMatrix, { unit: world.unit('Liu County') }, soon)
    assert.equal(matrix.version, '2016-10')
    const library = matrix.duties.find((duty: { id: string }) => duty.id === 'keep-project-library')
    assert.equal(library.isNew, true)
    assert.equal(library.article, '19')
    const schedule = matrix.duties.find((duty: { id: string }) => duty.id === 'set-schedule')
    assert.equal(schedule.isNew, false)
    assert.ok(schedule.acts.some((act: { act: string }) => act.act === 'schedule.set'))
    assert.equal(schedule.who.person.name.en, 'party-secretary-county of Liu County')
    const older = await world.ask(charterMatrix, { version: '2015-11' }, soon)
    assert.deepEqual(
      older.removed.map((duty: { id: string }) => duty.id),
      ['carry-out'],
    )
  })

  it('A version that the charter does not have is not found', () =>
    assert.rejects(world.ask(charterMatrix, { version: '1999' }, soon), /no such version/))

  it('A parameter tells its source, and a western county has its own limit', async () => {
    const parameters = await world.ask(charterParameters, { unit: world.unit('Yan County') }, soon)
    const limit = parameters.find((each: { id: string }) => each.id === 'evaluation_headcount_below')
    assert.equal(limit.applies.value, 3)
    assert.ok(limit.own.some((each: { name: { en: string } }) => each.name.en === 'Xiling Province'))
  })

  it('The journal is searched by unit and below, by act and by day, a page at a time', async () => {
    const unit = world.unit('Qingshan Province')
    const all = await world.ask(searchJournal, { unit, act: 'appointment.make' }, soon, governor)
    assert.ok(all.entries.length > 10)
    const here = await world.ask(searchJournal, { unit, below: false, act: 'appointment.make' }, soon, governor)
    assert.ok(here.entries.length < all.entries.length)
    const first = await world.ask(searchJournal, { unit, limit: 3 }, soon, governor)
    const second = await world.ask(searchJournal, { unit, limit: 3, after: first.next }, soon, governor)
    assert.equal(new Set([...first.entries, ...second.entries].map((entry) => entry.id)).size, 6)
    assert.deepEqual((await world.ask(searchJournal, { unit, to: '2015-01-01' }, soon, governor)).entries, [])
  })

  it('An entry shows who, under which clause, with what, and what it obliged others to', async () => {
    const [found] = (await world.ask(searchJournal, { act: 'policy.issue' }, soon, governor)).entries
    const entry = await world.ask(showEntry, { id: found.id }, soon, governor)
    assert.equal(entry.seat.post.id, 'office-director')
    assert.equal(entry.unit.name.en, 'The Centre')
    assert.equal(entry.input.number, '国开发〔2016〕7号')
    assert.ok(entry.clause.quote.zh)
    assert.equal(entry.obligations.filter((item: { how: string }) => item.how === 'opened').length, 2)
    await assert.rejects(
      world.ask(showEntry, { id: found.id }, '2016-10-31', governor),
      /no such entry/,
      'not yet done then',
    )
  })

  it('Anything is found by its name: a county, a thing to do, a document', async () => {
    const found = async (text: string, as?: typeof governor) =>
      (await world.ask(findAnything, { text }, soon, as)).found as {
        kind: string
        label: { zh: string; en: string }
        to: string
      }[]
    assert.equal((await found('柳'))[0]?.to, `/units/${world.unit('Liu County')}`)
    assert.equal((await found('liu county', governor))[0]?.to, `/chain/${world.unit('Liu County')}`)
    assert.ok((await found('Appoint')).some((each) => each.to === '/act/appointment.make'))
    assert.ok((await found('7号', governor)).some((each) => each.kind === 'document'))
    assert.deepEqual(await found('100%'), [])
  })

  it('A visitor finds the way to any seat, and where something waits', async () => {
    const root = await world.ask(seatsOf, {}, soon)
    assert.equal(root.below.length, 3)
    const city = await world.ask(seatsOf, { unit: world.unit('Heyang City') }, soon)
    assert.deepEqual(
      city.below
        .filter((unit: { inProgramme: boolean }) => unit.inProgramme)
        .map((unit: { name: { en: string } }) => unit.name.en),
      ['Liu County'],
    )
    assert.ok(city.seats.every((seat: { person: unknown }) => seat.person))
    const { seats } = await world.ask(suggestedSeats, {}, soon)
    assert.equal(seats[0].unit.tier, 'province')
    assert.match(seats[0].why.en, /Acknowledge a policy × 1/)
  })
})
