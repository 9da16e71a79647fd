import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import pg from 'pg'
import { decomposeGoal, explainGap, setGoal } from '#features/goals/index.ts'
import { readChecks, runCheck } from '#kernel/check.ts'
import { type Figure, readFigure } from '#kernel/figure.ts'
import { findLineage } from '#kernel/standing.ts'
import { asAct } from '#test/act.ts'
import { designate, poorCounties } from '#test/designate.ts'
import { type As, World } from '#test/world.ts'
import { dueLetters } from './due.ts'
import { lettersSigned, lettersWaiting } from './figures.ts'
import { declineLetter, isLetterComplete, links, offerLetter, signLetter } from './index.ts'
import { listLetters } from './list.ts'
import { showLetter, verifyLetter } from './show.ts'

const centre = ['The Centre', 'office-director'] as const
const qingshan = ['Qingshan Province', 'governor'] as const
const heyang = ['Heyang City', 'mayor'] as const

/** Goals of the small country for some years: one county after the other, and they add up. */
async function withGoals(world: World) {
  const share = (name: string, target = 1) => ({ unit: world.unit(name), target })
  const national = (year: number, shares: object[], target = shares.length) =>
    world.done(
      setGoal,
      { unit: world.unit('The Centre'), indicator: 'counties-out', year, target, shares },
      { as: centre, on: '2016-01-05' },
    )
  await national(
    2017,
    ['Qingshan Province', 'Haidao Province', 'Xiling Province'].map((name) => share(name)),
  )
  await national(2018, [share('Qingshan Province', 2)], 2)
  const decompose = (province: string, years: object[]) =>
    world.done(
      decomposeGoal,
      { unit: world.unit(province), indicator: 'counties-out', years },
      { as: [province, 'governor'], on: '2016-01-06' },
    )
  await decompose('Qingshan Province', [
    { year: 2017, shares: [share('Liu County')] },
    { year: 2018, shares: [share('Tong County'), share('Song County')] },
  ])
  await decompose('Haidao Province', [{ year: 2017, shares: [share('Ye County')] }])
}

const principals: Record<string, readonly [string, string]> = {
  'The Centre': ['leading-group-head', 'office-director'],
  'Qingshan Province': ['party-secretary-province', 'governor'],
  'Haidao Province': ['party-secretary-province', 'governor'],
  'Heyang City': ['party-secretary-city', 'mayor'],
  'Liu County': ['party-secretary-county', 'county-head'],
  'Tong County': ['party-secretary-county', 'county-head'],
  'Song County': ['party-secretary-county', 'county-head'],
  'Ye County': ['party-secretary-county', 'county-head'],
}
const seatsOf = (...units: string[]): As[] =>
  units.flatMap((unit) => (principals[unit] ?? []).map((post): As => [unit, post]))

class Desk {
  readonly world: World
  constructor(world: World) {
    this.world = world
  }
  input = (from: string, to: string, firstYear = 2016, lastYear = 2018) => ({
    unit: this.world.unit(from),
    to: this.world.unit(to),
    firstYear,
    lastYear,
  })
  offer = async (from: As, to: string, firstYear = 2016, lastYear = 2018, on = '2016-02-01'): Promise<string> =>
    (await this.world.done(offerLetter, this.input(from[0], to, firstYear, lastYear), { as: from, on })).letter
  sign = (letter: string, as: As, on = '2016-02-03') =>
    this.world.done(signLetter, { unit: this.world.unit(as[0]), letter }, { as, on })
  signCodes = (letter: string, as: As, on = '2016-02-04') =>
    this.world.codes(signLetter, { unit: this.world.unit(as[0]), letter }, { as, on })
  items = (subject: string) =>
    this.world.db
      .selectFrom('obligation_item')
      .select(['obligation', 'unit_id', 'met_on', 'lapsed_on'])
      .where('subject', '=', subject)
      .execute()
}

describe('Letters of responsibility', () => {
  let world: World
  let desk: Desk
  before(async () => {
    world = await World.open()
    await designate(world, poorCounties)
    await withGoals(world)
    desk = new Desk(world)
  })
  after(() => world.close())

  const figure = (which: Figure, unit: string, on: string) =>
    readFigure(world.db, which, { unit: world.unit(unit), on, map: on, year: 2016, charter: world.charter })

  describe('from the centre down to the county', () => {
    let letter: string
    it("The province's letter holds its goals by year, its duties, and every principal's seat; nothing was typed", async () => {
      letter = await desk.offer(centre, 'Qingshan Province')
      const shown = await world.ask(showLetter, { id: letter }, '2016-02-01')
      assert.deepEqual(
        shown.targets.map((each: { year: number; target: number }) => [each.year, each.target]),
        [
          [2017, 1],
          [2018, 2],
        ],
      )
      assert.deepEqual(
        shown.duties.map((duty: { id: string }) => duty.id),
        [
          'take-overall-responsibility',
          'set-goals',
          'assign-projects',
          'allocate-funds',
          'mobilise-the-public',
          'supervise-and-evaluate',
        ],
      )
      assert.equal(shown.signatures.length, 4)
      assert.deepEqual(shown.number, {
        zh: 'The Centre责〔2016〕1号'.replace('The Centre', '中央'),
        en: 'The Centre Letter No. 1 of 2016',
      })
    })
    it('Both units owe their signatures; each meets it when its last principal has signed', async () => {
      const open = async () =>
        (await desk.items(letter)).filter((item) => item.met_on === null).map((item) => item.unit_id)
      assert.equal((await open()).length, 2)
      await desk.sign(letter, ['Qingshan Province', 'governor'])
      assert.equal((await open()).length, 2)
      await desk.sign(letter, ['Qingshan Province', 'party-secretary-province'])
      assert.deepEqual(await open(), [world.unit('The Centre')])
      for (const as of seatsOf('The Centre')) await desk.sign(letter, as, '2016-02-05')
      assert.deepEqual(await open(), [])
    })
    it('It is complete from the day of the last signature on, and was not the day before', async () => {
      assert.equal(await isLetterComplete(world.db, world.unit('Qingshan Province'), '2016-02-04'), false)
      assert.equal(await isLetterComplete(world.db, world.unit('Qingshan Province'), '2016-02-05'), true)
      const state = async (on: string) =>
        (({ state, words }) => [state, words.en])(await world.ask(showLetter, { id: letter }, on))
      assert.deepEqual(await state('2016-02-05'), ['signed', 'signed by both sides'])
      assert.deepEqual((await state('2016-02-04'))[0], 'open')
    })
    it("The city's letter holds the sum of its counties; a county directly under its province gets its letter from there", async () => {
      const city = await desk.offer(qingshan, 'Heyang City')
      const county = await desk.offer(['Haidao Province', 'governor'], 'Ye County')
      const targets = async (id: string) =>
        (await world.ask(showLetter, { id }, '2016-02-01')).targets.map((each: { year: number; target: number }) => [
          each.year,
          each.target,
        ])
      assert.deepEqual(
        [await targets(city), await targets(county)],
        [
          [
            [2017, 1],
            [2018, 2],
          ],
          [[2017, 1]],
        ],
      )
    })
    it("Once a poor county's letter is signed by all, the county owes its schedule", async () => {
      const letter = await desk.offer(heyang, 'Liu County')
      const owed = async () => (await desk.items('schedule')).map((item) => [item.obligation, item.unit_id])
      for (const as of seatsOf('Heyang City', 'Liu County')) {
        assert.deepEqual(await owed(), [])
        await desk.sign(letter, as)
      }
      assert.deepEqual(await owed(), [['set-schedule', world.unit('Liu County')]])
    })
    it('Anyone can verify a letter by its code, however it was typed, and nothing else is told', async () => {
      const { code } = await world.ask(showLetter, { id: letter }, '2016-02-05')
      const found = await world.ask(
        verifyLetter,
        { code: code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o') },
        '2016-02-05',
      )
      assert.deepEqual(
        [found.isFound, found.isGenuine, found.to.en, found.state],
        [true, true, 'Qingshan Province', 'signed'],
      )
      assert.deepEqual(await world.ask(verifyLetter, { code: '0000-0000-0000' }, '2016-02-05'), { isFound: false })
    })
    it('A letter whose content was tampered with no longer gives its code', async () => {
      const owner = new pg.Client(world.database.owner)
      await owner.connect()
      await assert.rejects(owner.query(`update letter set content = content || '{"lastYear":2030}'`), /never changed/)
      await owner.query('alter table letter disable trigger letter_is_never_changed')
      await owner.query(`update letter set content = content || '{"lastYear":2030}' where id = $1`, [letter])
      assert.equal((await world.ask(showLetter, { id: letter }, '2016-02-05')).isGenuine, false)
      await owner.query(`update letter set content = content || '{"lastYear":2018}' where id = $1`, [letter])
      await owner.query('alter table letter enable trigger letter_is_never_changed')
      await owner.end()
    })
  })

  describe('letter.offer refuses', () => {
    const codes = (from: As, to: string, first = 2016, last = 2018, on = '2016-03-01') =>
      world.codes(offerLetter, desk.input(from[0], to, first, last), { as: from, on })
    it("A period that ends before it begins: 'period-reversed'", async () => {
      assert.deepEqual(await codes(heyang, 'Tong County', 2018, 2016), ['period-reversed'])
    })
    it("A letter that skips a level, or goes to another city's county: 'not-directly-below'", async () => {
      assert.deepEqual(await codes(qingshan, 'Tong County'), ['not-directly-below'])
      assert.deepEqual(await codes(heyang, 'Ye County'), ['not-directly-below'])
    })
    it("A second letter for years that an open or a signed one covers: 'letter-exists'", async () => {
      assert.deepEqual(await codes(centre, 'Qingshan Province', 2018, 2020), ['letter-exists'])
      assert.deepEqual(await codes(qingshan, 'Heyang City', 2017, 2017), ['letter-exists'])
    })
    it("A receiver without goals in these years: 'no-goals'", async () => {
      assert.deepEqual(await codes(heyang, 'Tong County', 2016, 2017), ['no-goals'])
    })
    it("An offerer whose goals don't add up, until the gap is explained: 'goals-do-not-reconcile'", async () => {
      const goal = {
        unit: world.unit('The Centre'),
        indicator: 'counties-out',
        year: 2019,
        target: 3,
        shares: [
          { unit: world.unit('Qingshan Province'), target: 2 },
          { unit: world.unit('Xiling Province'), target: 1 },
        ],
      }
      await world.done(setGoal, goal, { as: centre, on: '2016-03-02' })
      const year = { year: 2019, shares: [{ unit: world.unit('Liu County'), target: 0 }] }
      await world.done(
        decomposeGoal,
        { unit: world.unit('Qingshan Province'), indicator: 'counties-out', years: [year] },
        { as: qingshan, on: '2016-03-03' },
      )
      const input = { ...desk.input('Qingshan Province', 'Heyang City', 2019, 2019) }
      const told = await world.refused(offerLetter, input, { as: qingshan, on: '2016-03-04' })
      assert.deepEqual(
        told.map((each) => each.code),
        ['no-goals', 'goals-do-not-reconcile'],
      )
      assert.match(told[1]?.sentence.en ?? '', /2019 Poor counties leaving poverty 0 ≠ 2/)
      const reason = 'All of ours will have left by then.'
      await world.done(
        explainGap,
        { unit: world.unit('Qingshan Province'), indicator: 'counties-out', year: 2019, reason },
        { as: qingshan, on: '2016-03-05' },
      )
      assert.deepEqual(await codes(qingshan, 'Heyang City', 2019, 2019, '2016-03-06'), ['no-goals'])
    })
    it('Years without goals are no refusal: whoever offers is told that the letter is silent on them', async () => {
      const rehearsal = await world.rehearse(offerLetter, desk.input('Heyang City', 'Tong County'), {
        as: heyang,
        on: '2016-03-01',
      })
      assert.deepEqual(rehearsal.refusals, [])
      assert.match(rehearsal.advice[0]?.sentence.en ?? '', /Tong County has no goals for 2016、2017/)
    })
    it('The database holds it too: one live letter for a pair and a year', async () => {
      const owner = new pg.Client(world.database.owner)
      await owner.connect()
      await assert.rejects(
        owner.query(`insert into letter (id, from_unit_id, to_unit_id, years, offered_on, serial, number, content, code, act_id)
          select gen_random_uuid(), from_unit_id, to_unit_id, years, offered_on, 99, 'another', content, 'AAAA-AAAA-AAAA', act_id from letter limit 1`),
        /one_live_letter/,
      )
      await owner.end()
    })
  })

  describe('signing', () => {
    let letter: string
    before(async () => {
      letter = await desk.offer(heyang, 'Tong County', 2018, 2018)
    })
    it("Nobody signs a letter that doesn't exist, or to which their unit is no party: 'letter-unknown'", async () => {
      assert.deepEqual(await desk.signCodes(world.unit('nothing'), heyang), ['letter-unknown'])
      assert.deepEqual(await desk.signCodes(letter, ['Song County', 'county-head']), ['letter-unknown'])
    })
    it("A seat signs once: 'already-signed'", async () => {
      await desk.sign(letter, ['Tong County', 'county-head'])
      assert.deepEqual(await desk.signCodes(letter, ['Tong County', 'county-head']), ['already-signed'])
    })
    it("Nobody signs twice, in whatever seat: 'person-signed-already'", async () => {
      // The county head is made the acting secretary as well: one person, two seats.
      await asAct(world, async (client, act) => {
        await client.query(`delete from appointment where unit_id = $1 and post = 'party-secretary-county'`, [
          world.unit('Tong County'),
        ])
        await client.query(
          `insert into appointment (unit_id, post, person_id, capacity, valid_at, act_id)
           select unit_id, 'party-secretary-county', person_id, 'acting', valid_at, $2 from appointment where unit_id = $1 and post = 'county-head'`,
          [world.unit('Tong County'), act],
        )
      })
      const owner = new pg.Client(world.database.owner)
      await owner.connect()
      const { perform } = await import('#kernel/perform.ts')
      const { momentOf } = await import('#kernel/calendar.ts')
      const seat = { unit: world.unit('Tong County'), post: 'party-secretary-county' }
      const actor = { kind: 'person' as const, person: world.person('Tong County', 'county-head'), seat }
      const outcome = await perform(
        world.engine,
        signLetter,
        { unit: seat.unit, letter },
        { actor, key: 'two seats', at: momentOf('2016-02-10'), via: 'test' },
      )
      assert.deepEqual(outcome.outcome === 'refused' && outcome.refusals.map((told) => told.code), [
        'person-signed-already',
      ])
      await assert.rejects(
        owner.query(
          `insert into letter_signature select letter_id, unit_id, 'party-secretary-county', person_id, hand_id, signed_on, act_id
             from letter_signature where letter_id = $1`,
          [letter],
        ),
        /one_signature_a_person/,
      )
      await assert.rejects(
        owner.query('insert into letter_signature select * from letter_signature limit 1'),
        /one_signature_a_seat/,
      )
      await assert.rejects(owner.query(`update letter_signature set signed_on = '2016-01-01'`), /never changed/)
      await owner.end()
    })
    it("A superior can't sign in the name of a county whose seats are vacant: 'not-a-signing-seat'", async () => {
      const other = await desk.offer(heyang, 'Song County', 2018, 2018)
      const owner = new pg.Client(world.database.owner)
      await owner.connect()
      await owner.query('delete from appointment where unit_id = $1', [world.unit('Song County')])
      await owner.end()
      const input = { unit: world.unit('Song County'), letter: other }
      assert.deepEqual(await world.codes(signLetter, input, { as: heyang, on: '2016-02-04' }), ['not-a-signing-seat'])
    })
  })

  describe('declining', () => {
    const decline = (unit: string, letter: string) => ({
      unit: world.unit(unit),
      letter,
      reason: 'Our roads will not be there by 2017.',
    })
    const haidao = ['Haidao Province', 'governor'] as const
    let letter: string
    before(async () => {
      letter = await desk.offer(centre, 'Haidao Province', 2017, 2017, '2016-04-01')
    })
    const codes = (unit: string, as: As, which = letter, on = '2016-04-04') =>
      world.codes(declineLetter, decline(unit, which), { as, on })
    it("Only its receiver may decline it: 'not-the-receiver', 'letter-unknown'", async () => {
      assert.deepEqual(await codes('The Centre', centre), ['not-the-receiver'])
      assert.deepEqual(await codes('Haidao Province', haidao, world.unit('nothing')), ['letter-unknown'])
      await assert.rejects(
        world.perform(declineLetter, { ...decline('Haidao Province', letter), reason: '' }, { as: haidao }),
        /reason/,
      )
    })
    it("Declined, it binds nobody, nothing is owed any more, and another may be offered: 'letter-declined'", async () => {
      await world.done(declineLetter, decline('Haidao Province', letter), { as: haidao, on: '2016-04-05' })
      assert.deepEqual(
        (await desk.items(letter)).map((item) => item.lapsed_on),
        ['2016-04-05', '2016-04-05'],
      )
      assert.deepEqual(await codes('Haidao Province', haidao, letter, '2016-04-06'), ['letter-declined'])
      assert.deepEqual(await desk.signCodes(letter, centre, '2016-04-06'), ['letter-declined'])
      const shown = await world.ask(showLetter, { id: letter }, '2016-04-05')
      assert.equal(shown.declined.reason, 'Our roads will not be there by 2017.')
      assert.equal((await world.ask(showLetter, { id: letter }, '2016-04-04')).declined, null)
      await desk.offer(centre, 'Haidao Province', 2017, 2017, '2016-04-10')
    })
    it("A letter signed by all can't be declined: 'letter-complete'", async () => {
      const [complete] = (
        await world.ask(listLetters, { party: world.unit('Liu County'), state: 'signed' }, '2016-04-05')
      ).letters
      assert.deepEqual(await codes('Liu County', ['Liu County', 'county-head'], complete.id), ['letter-complete'])
    })
  })

  describe('what can be read', () => {
    it('The share of letters signed and the letters waiting are those of the day', async () => {
      const read = async (which: Figure, unit: string, on: string) =>
        (({ counted, of }) => [counted, of])(await figure(which, unit, on))
      assert.deepEqual(await read(lettersSigned, 'The Centre', '2016-02-01'), [0, 10])
      assert.deepEqual(await read(lettersSigned, 'The Centre', '2016-02-05'), [2, 10])
      assert.deepEqual(await read(lettersSigned, 'Liu County', '2016-02-05'), [1, 1])
      assert.deepEqual(await read(lettersWaiting, 'Haidao Province', '2016-04-04'), [2, null])
      assert.deepEqual(await read(lettersWaiting, 'Haidao Province', '2016-04-05'), [1, null])
    })
    it('A list is filtered by unit, tier, state and who is awaited; signing travels with each side', async () => {
      const list = async (input: object, as?: As) => await world.ask(listLetters, input, '2016-02-04', as)
      assert.equal((await list({ unit: world.unit('Heyang City'), tier: 'county' })).total, 3)
      assert.equal((await list({ search: 'heyang', state: 'signed' })).total, 1)
      const waiting = await list({ waitingFor: world.unit('Heyang City'), tier: 'county', search: 'tong' }, heyang)
      assert.deepEqual(
        waiting.letters[0].can.map((each: { act: string; mine: boolean }) => [each.act, each.mine]),
        [
          ['letter.sign', true],
          ['letter.sign', false],
          ['letter.decline', false],
        ],
      )
    })
    it('For each unit below one sees its letter, or that one is due, for which years', async () => {
      const { slots } = await world.ask(dueLetters, { unit: world.unit('The Centre') }, '2016-02-04', centre)
      const told = slots.map((slot: { name: { en: string }; isDue: boolean; firstYear: number; lastYear: number }) => [
        slot.name.en,
        slot.isDue,
        slot.firstYear,
        slot.lastYear,
      ])
      assert.deepEqual(told, [
        ['Qingshan Province', false, 2016, 2016],
        ['Haidao Province', true, 2017, 2017],
        ['Xiling Province', true, 2017, 2017],
      ])
      assert.deepEqual(
        slots[1].can.map((each: { act: string; mine: boolean }) => [each.act, each.mine]),
        [['letter.offer', true]],
      )
    })
    it('The chain of a county shows the letter at each link, or that there is none yet', async () => {
      const on = '2016-02-04'
      const lineage = await findLineage(world.db, world.unit('Liu County'), on)
      assert.ok(lineage)
      const shown = await links[0](world.reader(on), lineage)
      assert.deepEqual(
        shown.map((link) => [link.light, link.words.en.split(',')[0]]),
        [
          ['green', 'signed by both sides'],
          ['none', '0 of 4 signed'],
          ['none', '2 of 4 signed'],
        ],
      )
    })
    it('A goal that was changed after the letter is shown beside it', async () => {
      const [letter] = (
        await world.ask(listLetters, { party: world.unit('Heyang City'), tier: 'prefecture' }, '2016-05-01')
      ).letters
      const years = [{ year: 2018, shares: [{ unit: world.unit('Tong County'), target: 1 }] }]
      await world.done(
        decomposeGoal,
        { unit: world.unit('Qingshan Province'), indicator: 'counties-out', years },
        { as: qingshan, on: '2016-05-02' },
      )
      const changed = async (on: string) => (await world.ask(showLetter, { id: letter.id }, on)).changedSince
      assert.deepEqual(await changed('2016-05-01'), [])
      assert.deepEqual(await changed('2016-05-02'), [{ indicator: 'counties-out', year: 2018, was: 2, is: 1 }])
    })
    it('The check finds what has waited past its day', async () => {
      const check = readChecks(path.join(import.meta.dirname, '../../../checks')).find(
        (each) => each.id === 'letter-unsigned-too-long',
      )
      assert.ok(check)
      assert.equal((await runCheck(world.db, check, '2016-02-05')).length, 0)
      const found = await runCheck(world.db, check, '2016-04-01')
      assert.ok(found.some((finding) => finding.unit === world.unit('Heyang City')))
      assert.ok(found.every((finding) => finding.unit !== world.unit('Liu County')))
    })
  })
})

describe('Whatever the order of signatures', () => {
  it('A letter is complete exactly when every principal of both sides has signed, and nobody signs twice', async () => {
    const world = await World.open()
    await designate(world, poorCounties)
    await withGoals(world)
    const desk = new Desk(world)
    const seats = seatsOf('The Centre', 'Qingshan Province')
    const orders = fc.shuffledSubarray(
      seats.map((_, at) => at),
      { minLength: 0, maxLength: 4 },
    )
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        const letter = await desk.offer(centre, 'Qingshan Province')
        for (const [count, at] of order.entries()) {
          const seat = seats[at] ?? centre
          const { isComplete } = await desk.sign(letter, seat)
          assert.equal(isComplete, count + 1 === seats.length)
          assert.deepEqual(await desk.signCodes(letter, seat), ['already-signed'])
        }
        const { state, signed } = await world.ask(showLetter, { id: letter }, '2016-02-03')
        assert.equal(signed, order.length)
        assert.equal(state, order.length === seats.length ? 'signed' : 'open')
        assert.equal(
          await isLetterComplete(world.db, world.unit('Qingshan Province'), '2016-02-03'),
          order.length === seats.length,
        )
        // The next order needs a letter of its own: this one is taken out of the way.
        const owner = new pg.Client(world.database.owner)
        await owner.connect()
        await owner.query('set session_replication_role = replica')
        await owner.query('delete from letter_signature')
        await owner.query('delete from letter_seat')
        await owner.query('delete from letter')
        await owner.end()
      }),
      { seed: 832, numRuns: 30 },
    )
    await world.close()
  })
})

describe('Letters in a country of three tiers', () => {
  it('Two principals make a letter complete there, and the district owes its schedule', async () => {
    const world = await World.open('three-tiers')
    await designate(world, ['Birch District', 'Alder District'])
    const desk = new Desk(world)
    const region = world.unit('North Region')
    const nation = ['The Centre', 'high-commissioner'] as const
    const goal = {
      unit: world.unit('The Centre'),
      indicator: 'counties-out',
      year: 2018,
      target: 1,
      shares: [{ unit: region, target: 1 }],
    }
    await world.done(setGoal, goal, { as: nation })
    const years = [{ year: 2018, shares: [{ unit: world.unit('Birch District'), target: 1 }] }]
    await world.done(
      decomposeGoal,
      { unit: region, indicator: 'counties-out', years },
      { as: ['North Region', 'commissioner'] },
    )
    const letter = await desk.offer(['North Region', 'commissioner'], 'Birch District', 2018, 2018)
    await desk.sign(letter, ['Birch District', 'steward'])
    assert.equal((await desk.sign(letter, ['North Region', 'commissioner'])).isComplete, true)
    assert.deepEqual(
      (await desk.items('schedule')).map((item) => item.unit_id),
      [world.unit('Birch District')],
    )
    await world.close()
  })
})
