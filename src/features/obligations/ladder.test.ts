import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { designateUnits } from '#features/units/index.ts'
import { acts, findAct } from '#src/acts.ts'
import { isCalendarPublished, shiftWorkingDays } from '#kernel/calendar.ts'
import { Charter } from '#kernel/charter.ts'
import { readChecks, runCheck } from '#kernel/check.ts'
import { readFigure } from '#kernel/figure.ts'
import { runNightly } from '#src/jobs/nightly.ts'
import { campaign, World } from '#test/world.ts'
import { answerUrging } from './answer.ts'
import { extendObligation } from './extend.ts'
import { answeredUrgings, lateObligations, resolved, urgedObligations } from './figures.ts'
import { findObligations } from './find.ts'
import { datedLadder } from './ladder.ts'
import { listObligations } from './list.ts'
import { openCalendar } from './open.ts'
import { showObligation } from './show.ts'
import { takeStep } from './take.ts'
import { urgeObligation } from './urge.ts'
import { showUrging } from './urging.ts'

const adoptPlan = findAct('plan.adopt')
assert.ok(adoptPlan)

describe('the days of a ladder', () => {
  it('Two working days before a Monday it is Thursday, and before a Saturday that nobody works the same as before its Friday', () => {
    assert.equal(shiftWorkingDays('2018-09-10', -2, 'china'), '2018-09-06')
    assert.equal(shiftWorkingDays('2016-12-31', -3, 'china'), '2016-12-27')
    assert.equal(shiftWorkingDays('2016-12-31', 1, 'china'), '2017-01-03')
  })

  it('A Sunday that is worked to make up for a holiday counts, in either direction', () => {
    // 2018-09-29 and -30 were a worked Saturday and Sunday before the National Day's week.
    assert.equal(shiftWorkingDays('2018-09-28', 2, 'china'), '2018-09-30')
    assert.equal(shiftWorkingDays('2018-10-08', -2, 'china'), '2018-09-29')
    assert.equal(shiftWorkingDays('2018-09-28', 2, 'weekdays'), '2018-10-02')
  })

  it('A year whose holidays are not published yet is said to be counted by plain weekdays', () => {
    assert.equal(isCalendarPublished('2018-01-01', '2018-12-31', 'china'), true)
    assert.equal(isCalendarPublished('2026-12-20', '2027-01-10', 'china'), false)
    assert.equal(isCalendarPublished('2031-01-01', '2031-02-01', 'weekdays'), true)
  })

  it('Whoever has two days is not reminded of it on the day before it was opened', () => {
    const charter = campaign()
    const steps = (opened_on: string) =>
      datedLadder(charter, { opened_on, due_on: '2018-09-12' }).map(({ step, on }) => `${step.step} ${on}`)
    assert.deepEqual(steps('2018-09-10').slice(0, 2), ['late 2018-09-13', 'urge 2018-09-13'])
    assert.deepEqual(steps('2018-09-03').slice(0, 2), ['remind 2018-09-05', 'yellow 2018-09-07'])
  })
})

describe('the ladder', () => {
  let world: World
  before(async () => {
    world = await World.open()
    const units = ['Liu County', 'Tong County', 'Ye County'].map(world.unit)
    const centre = world.unit('The Centre')
    await world.done(designateUnits, { unit: centre, units }, { as: ['The Centre', 'office-director'] })
    await world.done(openCalendar, { unit: centre, year: 2016 }, { as: 'mechanism', on: '2016-01-05' })
    await world.done(openCalendar, { unit: centre, year: 2016 }, { as: 'mechanism', on: '2016-10-12' })
  })
  after(() => world.close())

  const night = (on: string) =>
    runNightly(
      {
        engine: world.engine,
        acts: acts.filter((act) => act.name !== 'calendar.open'),
        reads: world.db,
        today: () => on,
        findRoot: () => Promise.resolve({ id: world.unit('The Centre') }),
      },
      on,
    )
  const itemOf = async (unit: string, obligation: string) => {
    const item = await world.db
      .selectFrom('obligation_item')
      .select('id')
      .where('unit_id', '=', world.unit(unit))
      .where('obligation', '=', obligation)
      .where('subject', '=', '2016')
      .executeTakeFirstOrThrow()
    return item.id
  }
  const stepsOf = async (unit: string, obligation: string) => {
    const rows = await world.db
      .selectFrom('obligation_step')
      .selectAll()
      .where('item_id', '=', await itemOf(unit, obligation))
      .orderBy('on_day')
      .execute()
    return rows
  }
  const said = async (unit: string, obligation: string) =>
    (await stepsOf(unit, obligation)).map((row) => `${row.step} ${row.on_day}`).toSorted()
  const counted = async (name: { readonly name: string }, on: string) => {
    const figure = [...resolved, lateObligations, urgedObligations, answeredUrgings].find(
      (each) => each.name === name.name,
    )
    assert.ok(figure)
    const question = { unit: world.unit('The Centre'), on, map: on, year: 2016, charter: world.charter }
    return readFigure(world.db, figure, question)
  }
  const plan = 'adopt-annual-plan'
  const library = 'update-library'
  const centre = ['The Centre', 'office-director'] as const
  const city = ['Heyang City', 'mayor'] as const

  it('Before its reminder nothing is done; then it is reminded, turns yellow, is late and is urged, each on its working day', async () => {
    for (const day of [
      '2016-03-01',
      '2016-03-23',
      '2016-03-24',
      '2016-03-25',
      '2016-03-28',
      '2016-03-31',
      '2016-04-01',
    ])
      await night(day)
    assert.deepEqual(await said('Qingshan Province', plan), [
      'late 2016-04-01',
      'remind 2016-03-24',
      'urge 2016-04-01',
      'yellow 2016-03-28',
    ])
  })

  it('Its own reminders are the mechanism’s, its urging is on behalf of the level above, and the journal says so', async () => {
    const steps = await stepsOf('Qingshan Province', plan)
    const by = Object.fromEntries(steps.map((row) => [row.step, row.by_unit_id]))
    assert.deepEqual(by, { remind: null, yellow: null, late: null, urge: world.unit('The Centre') })
    const urged = steps.find((row) => row.step === 'urge')
    const entry = await world.db
      .selectFrom('journal')
      .select(['act', 'duty', 'actor_kind', 'ground', 'unit_id', 'done_on', 'idempotency_key'])
      .where('id', '=', urged?.act_id ?? '')
      .executeTakeFirstOrThrow()
    assert.deepEqual(entry, {
      act: 'ladder.take',
      duty: 'follow-up-the-late',
      actor_kind: 'mechanism',
      ground: 'mechanism',
      unit_id: world.unit('The Centre'),
      done_on: '2016-04-01',
      idempotency_key: `ladder urge ${world.unit('The Centre')} 2016-04-01`,
    })
  })

  it('What was met is not reported: Qingshan adopts its plan on 5 April, Haidao does not', async () => {
    const input = {
      unit: world.unit('Qingshan Province'),
      kind: 'annual',
      year: 2016,
      title: { zh: '年度计划', en: 'Annual plan' },
      text: { zh: '按责任书落实年度目标。', en: 'The goals of the year as the letter sets them.' },
    }
    await world.done(adoptPlan, input, { as: ['Qingshan Province', 'governor'], on: '2016-04-05' })
    await night('2016-04-06')
    assert.equal((await said('Qingshan Province', plan)).length, 4)
    assert.ok((await said('Haidao Province', plan)).includes('report 2016-04-06'))
  })

  it('A program that was down for two weeks takes what it missed at its next run, in order, each once', async () => {
    await night('2016-04-25')
    await night('2016-04-26')
    assert.deepEqual(await said('Haidao Province', plan), [
      'interview 2016-04-25',
      'late 2016-04-01',
      'notice 2016-04-25',
      'remind 2016-03-24',
      'report 2016-04-06',
      'urge 2016-04-01',
      'yellow 2016-03-28',
    ])
  })

  it('A clock that was moved back does nothing twice and undoes nothing', async () => {
    const before = await said('Haidao Province', plan)
    assert.deepEqual(await night('2016-03-28'), { acts: 0, steps: 0, left: 0 })
    assert.deepEqual(await said('Haidao Province', plan), before)
  })

  it('A figure says at which step things were resolved: one of one after it was urged', async () => {
    const at = async (step: string) =>
      (await counted({ name: `obligations.resolved-at-${step}` }, '2016-04-30')).counted
    assert.deepEqual(await Promise.all(['none', 'late', 'urge', 'report'].map(at)), [0, 0, 1, 0])
    assert.equal((await counted(urgedObligations, '2016-04-30')).value, 1)
    assert.equal((await counted(urgedObligations, '2016-04-04')).value, 2)
  })

  it("Before a light is yellow nobody is urged by hand: 'not-near'", async () => {
    const input = {
      unit: world.unit('Heyang City'),
      item: await itemOf('Liu County', library),
      step: 'urge',
      reason: 'Do it now.',
    }
    assert.deepEqual(await world.codes(urgeObligation, input, { as: city, on: '2016-12-01' }), ['not-near'])
  })

  it("What is yellow may be urged, and not yet reported: 'not-late'", async () => {
    const item = await itemOf('Liu County', library)
    const urge = { unit: world.unit('Heyang City'), item, step: 'urge', reason: 'The year ends in three days.' }
    await night('2016-12-27')
    await world.done(urgeObligation, urge, { as: city, on: '2016-12-28' })
    const report = { ...urge, unit: world.unit('Qingshan Province'), step: 'report' }
    const province = ['Qingshan Province', 'governor'] as const
    assert.deepEqual(await world.codes(urgeObligation, report, { as: province, on: '2016-12-29' }), ['not-late'])
  })

  it("What was urged by hand is not urged again, by hand or by the clock: 'step-taken'", async () => {
    const item = await itemOf('Liu County', library)
    const again = { unit: world.unit('Heyang City'), item, step: 'urge', reason: 'Once more.' }
    assert.deepEqual(await world.codes(urgeObligation, again, { as: city, on: '2016-12-29' }), ['step-taken'])
    await night('2017-01-03')
    assert.ok((await said('Liu County', library)).includes('urge 2016-12-28'))
    assert.ok((await said('Tong County', library)).includes('urge 2017-01-03'))
  })

  it("An interview is not held before the notice: 'step-out-of-order'", async () => {
    const input = {
      unit: world.unit('Qingshan Province'),
      item: await itemOf('Tong County', library),
      step: 'interview',
      reason: 'It has gone too far.',
    }
    const as = ['Qingshan Province', 'governor'] as const
    assert.deepEqual(await world.codes(urgeObligation, input, { as, on: '2017-01-04' }), ['step-out-of-order'])
  })

  it("A city does not urge what another urges, nor put it off: 'not-the-superior'", async () => {
    const item = await itemOf('Ye County', library)
    const urge = { unit: world.unit('Heyang City'), item, step: 'urge', reason: 'Not ours to urge.' }
    assert.deepEqual(await world.codes(urgeObligation, { ...urge, step: 'report' }, { as: city, on: '2017-01-04' }), [
      'not-the-superior',
    ])
    const extend = { unit: world.unit('Heyang City'), item, due: '2017-01-10', reason: 'Not ours either.' }
    assert.deepEqual(await world.codes(extendObligation, extend, { as: city, on: '2017-01-04' }), ['not-the-superior'])
  })

  it('Where the prefecture is missing, the province urges and the centre is told', async () => {
    await night('2017-01-05')
    const by = Object.fromEntries((await stepsOf('Ye County', library)).map((row) => [row.step, row.by_unit_id]))
    assert.equal(by['urge'], world.unit('Haidao Province'))
    assert.equal(by['report'], world.unit('The Centre'))
    const tong = Object.fromEntries((await stepsOf('Tong County', library)).map((row) => [row.step, row.by_unit_id]))
    assert.deepEqual([tong['urge'], tong['report']], [world.unit('Heyang City'), world.unit('Qingshan Province')])
  })

  it("A county answers what was urged, and the ladder goes on; another unit cannot: 'not-the-bearer'", async () => {
    const item = await itemOf('Tong County', library)
    const answer = {
      unit: world.unit('Tong County'),
      item,
      explanation: 'Two villages are still to vote.',
      promised: '2017-01-12',
    }
    const as = ['Tong County', 'county-head'] as const
    await world.done(answerUrging, answer, { as, on: '2017-01-06' })
    const other = { ...answer, unit: world.unit('Liu County') }
    assert.deepEqual(await world.codes(answerUrging, other, { as: ['Liu County', 'county-head'], on: '2017-01-06' }), [
      'not-the-bearer',
    ])
    await night('2017-01-09')
    assert.ok((await said('Tong County', library)).includes('notice 2017-01-09'))
    assert.equal((await counted(answeredUrgings, '2017-01-09')).counted, 1)
  })

  it("A day that has passed is not promised: 'promised-in-the-past'", async () => {
    const item = await itemOf('Tong County', library)
    const answer = { unit: world.unit('Tong County'), item, explanation: 'We forgot about it.', promised: '2017-01-05' }
    const as = ['Tong County', 'county-head'] as const
    assert.deepEqual(await world.codes(answerUrging, answer, { as, on: '2017-01-09' }), ['promised-in-the-past'])
  })

  it('Put off to the twentieth, it is late by the new day; what was done stands, and what comes follows the new day', async () => {
    const item = await itemOf('Liu County', library)
    const before = await said('Liu County', library)
    const extend = { unit: world.unit('Heyang City'), item, due: '2017-01-20', reason: 'Roads are closed by snow.' }
    await world.done(extendObligation, extend, { as: city, on: '2017-01-09' })
    await night('2017-01-18')
    assert.deepEqual(await said('Liu County', library), before)
    const shown = await world.ask(showObligation, { id: item }, '2017-01-18', city)
    assert.equal(shown.due_on, '2017-01-20')
    assert.equal(shown.light, 'yellow')
    assert.deepEqual([shown.next.step, shown.next.on], ['interview', '2017-02-08'])
    assert.equal((await world.ask(showObligation, { id: item }, '2017-01-06', city)).due_on, '2016-12-31')
  })

  it("A day is put off forward only: 'not-later'", async () => {
    const item = await itemOf('Liu County', library)
    const extend = { unit: world.unit('Heyang City'), item, due: '2017-01-16', reason: 'Sooner after all.' }
    assert.deepEqual(await world.codes(extendObligation, extend, { as: city, on: '2017-01-12' }), ['not-later'])
  })

  it("All extensions together reach twenty working days and no further: 'extension-too-long'", async () => {
    const item = await itemOf('Liu County', library)
    const extend = { unit: world.unit('Heyang City'), item, due: '2017-03-01', reason: 'A very long winter.' }
    const [told] = await world.refused(extendObligation, extend, { as: city, on: '2017-01-12' })
    assert.equal(told?.code, 'extension-too-long')
    assert.match(told?.sentence.en ?? '', /put off to 2017-02-03/)
  })

  it("What the law sets is not put off: 'set-by-law'", async () => {
    const by = world.charter.text.obligations.map((each) =>
      each.id === library ? { ...each, extendable: false } : each,
    )
    const charter = new Charter({ ...world.charter.text, obligations: by })
    const on = world.engine as { charter: Charter }
    const kept = on.charter
    on.charter = charter
    try {
      const item = await itemOf('Liu County', library)
      const extend = { unit: world.unit('Heyang City'), item, due: '2017-01-25', reason: 'A few days more.' }
      assert.deepEqual(await world.codes(extendObligation, extend, { as: city, on: '2017-01-12' }), ['set-by-law'])
    } finally {
      on.charter = kept
    }
  })

  it("What nobody knows is neither urged, answered nor put off: 'no-such-item'", async () => {
    const item = world.unit('nothing')
    const urge = { unit: world.unit('Heyang City'), item, step: 'urge', reason: 'Whatever it is.' }
    assert.deepEqual(await world.codes(urgeObligation, urge, { as: city, on: '2017-01-12' }), ['no-such-item'])
  })

  it("What was met is not urged any more, and the database has the last word: 'no-longer-owed'", async () => {
    const item = await itemOf('Qingshan Province', plan)
    const urge = { unit: world.unit('The Centre'), item, step: 'report', reason: 'Too late for that.' }
    assert.deepEqual(await world.codes(urgeObligation, urge, { as: centre, on: '2016-04-07' }), ['no-longer-owed'])
    await assert.rejects(
      world.engine.database.pool.query(
        `insert into obligation_step (item_id, step, on_day, act_id) values ($1, 'report', '2016-04-07', $1)`,
        [item],
      ),
      /no longer owed/,
    )
  })

  it("What was never urged needs no answer: 'not-urged'", async () => {
    await world.done(
      openCalendar,
      { unit: world.unit('The Centre'), year: 2017 },
      { as: 'mechanism', on: '2017-01-02' },
    )
    const { rows } = await world.engine.database.pool.query<{ id: string }>(
      `select id from obligation_item where unit_id = $1 and obligation = $2 and subject = '2017'`,
      [world.unit('Qingshan Province'), plan],
    )
    const answer = {
      unit: world.unit('Qingshan Province'),
      item: rows[0]?.id,
      explanation: 'Nobody has asked yet.',
      promised: '2017-03-01',
    }
    const as = ['Qingshan Province', 'governor'] as const
    assert.deepEqual(await world.codes(answerUrging, answer, { as, on: '2017-01-12' }), ['not-urged'])
  })

  it("The centre does not put off what it owes itself: 'own-obligation'", async () => {
    const item = world.unit('an item of the centre')
    const owner = await ownerOf(world)
    await owner.query("set session_replication_role = 'replica'")
    await owner.query(
      `insert into obligation_item (id, obligation, duty, charter_version, unit_id, subject, opened_on, due_on, opened_by)
       values ($1, 'evaluate-exit', 'make-overall-plans', '2016-10', $2, 'x', '2017-01-02', '2017-01-20', $1)`,
      [item, world.unit('The Centre')],
    )
    await owner.end()
    const extend = { unit: world.unit('The Centre'), item, due: '2017-01-25', reason: 'More time for ourselves.' }
    assert.deepEqual(await world.codes(extendObligation, extend, { as: centre, on: '2017-01-12' }), ['own-obligation'])
  })

  it("A charter without an interview holds none: 'no-such-step'", async () => {
    const on = world.engine as { charter: Charter }
    const kept = on.charter
    on.charter = new Charter({ ...kept.text, escalation: kept.text.escalation.slice(0, 3) })
    try {
      const input = { unit: world.unit('The Centre'), step: 'interview' }
      assert.deepEqual(await world.codes(takeStep, input, { as: 'mechanism', on: '2017-01-12' }), ['no-such-step'])
    } finally {
      on.charter = kept
    }
  })

  it('The list says how far the ladder has come and finds by it; the superior sees what is late below by unit and step', async () => {
    const unit = world.unit('The Centre')
    const noticed = await world.ask(
      listObligations,
      { unit, state: 'late', step: 'notice', obligation: library },
      '2017-01-12',
      centre,
    )
    assert.deepEqual(noticed.items.map((item: { name: { en: string } }) => item.name.en).toSorted(), [
      'Tong County',
      'Ye County',
    ])
    const found = await world.ask(listObligations, { unit, state: 'all', text: 'tong' }, '2017-01-12', centre)
    assert.ok(found.items.every((item: { name: { en: string } }) => item.name.en === 'Tong County'))
    const urging = await world.ask(showUrging, { unit }, '2017-01-12', centre)
    const haidao = urging.units.find((each: { name: { en: string } }) => each.name.en === 'Haidao Province')
    assert.deepEqual([haidao.steps.interview, haidao.steps.notice >= 1, haidao.late >= 2], [1, true, true])
    assert.deepEqual(
      urging.answers.map((each: { name: { en: string }; promised: string; isBroken: boolean }) => [
        each.name.en,
        each.promised,
        each.isBroken,
      ]),
      [['Tong County', '2017-01-12', false]],
    )
    const choices = await world.ask(findObligations, { unit, text: 'Tong' }, '2017-01-12', centre)
    assert.match(choices.choices[0].name.en, /^Tong County/)
  })

  it('Whoever may urge, answer or put off is offered it where the thing is shown', async () => {
    const item = await itemOf('Tong County', library)
    const can = async (as: readonly [string, string]) => {
      const shown = await world.ask(showObligation, { id: item }, '2017-01-12', as)
      return shown.can.filter((each: { mine: boolean }) => each.mine).map((each: { act: string }) => each.act)
    }
    assert.deepEqual(await can(city), ['obligation.extend'])
    assert.deepEqual(await can(['Qingshan Province', 'governor']), ['obligation.urge'])
    assert.deepEqual(await can(['Tong County', 'county-head']), ['urge.answer'])
  })

  it('The check finds what is late by more than half a month and was never urged, and nothing that was', async () => {
    const check = readChecks(path.join(import.meta.dirname, '../../../checks')).find(
      (each) => each.id === 'late-not-followed-up',
    )
    assert.ok(check)
    const found = async (on: string) =>
      (await runCheck(world.db, check, on)).filter((each) => each.unit === world.unit('Ye County'))
    assert.deepEqual(await found('2017-01-12'), [])
    assert.deepEqual(await found('2017-01-18'), [])
    const owner = await ownerOf(world)
    await owner.query("set session_replication_role = 'replica'")
    await owner.query(
      `insert into obligation_item (id, obligation, duty, charter_version, unit_id, subject, opened_on, due_on, opened_by)
       values ($1, 'update-library', 'keep-project-library', '2016-10', $2, 'forgotten', '2017-01-02', '2017-01-04', $1)`,
      [world.unit('forgotten'), world.unit('Ye County')],
    )
    await owner.end()
    assert.deepEqual(await found('2017-01-18'), [])
    assert.equal((await found('2017-01-20')).length, 1)
  })

  it('Steps, answers and extensions are never changed', async () => {
    for (const table of ['obligation_step', 'obligation_answer', 'obligation_extension'])
      for (const statement of [`update ${table} set on_day = on_day`, `delete from ${table}`])
        await assert.rejects(world.engine.database.pool.query(statement), /permission denied|never changed/)
  })
})

/** A connection of the owner's, for what no act makes. */
async function ownerOf(world: World) {
  const { default: pg } = await import('pg')
  const client = new pg.Client(world.database.owner as ConstructorParameters<typeof pg.Client>[0])
  await client.connect()
  return client
}
