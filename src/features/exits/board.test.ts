import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { readChecks, runCheck } from '#kernel/check.ts'
import { type Figure, readFigure, readFigureRecords } from '#kernel/figure.ts'
import { findLineage } from '#kernel/standing.ts'
import { designate, poorCounties } from '#test/designate.ts'
import { ExitWalk, get } from '#test/exit-walk.ts'
import { signLetters } from '#test/signed-letters.ts'
import { type As, World } from '#test/world.ts'
import { exitBoard } from './board.ts'
import { exitCandidates } from './candidates.ts'
import { exitsByYear, exitsInProcedure, exitsReturned, exitsWaitingLate, objectionsOpen } from './figures.ts'
import { exitLinks } from './links.ts'
import { listNotices, showNotice } from './notices.ts'
import { showObjection } from './objections.ts'
import { showEvidence, showExit, showHeadcount } from './show.ts'

const mayor = ['Heyang City', 'mayor'] as const
const checks = readChecks(path.join(import.meta.dirname, '../../../checks'))
type Can = { act: string; mine: boolean }
const mine = (thing: { can: Can[] }) => thing.can.filter((each) => each.mine).map((each) => each.act)

describe('The exits of 2016 as they are seen', () => {
  let world: World
  let walk: ExitWalk
  let receipt: string
  before(async () => {
    world = await World.open()
    walk = new ExitWalk(world)
    await designate(world, poorCounties)
    await signLetters(world, poorCounties)
    // Liu is out, Tong waits for its review, Song is before the public with an objection, Ye is ready, Yan was returned.
    await walk.until('exit.approve', 'Liu County', 2016)
    await walk.until('exit.propose', 'Tong County', 2016)
    await walk.until('exit.post-notice', 'Song County', 2016)
    const objection = { unit: world.unit('Song County'), year: 2016, statement: '两户住房不安全', name: '钱某' }
    ;({ receipt } = await world.done(get('notice.object'), objection, { as: 'public', on: '2016-11-14' }))
    await walk.until('schedule.consent', 'Ye County', 2016)
    await walk.until('exit.propose', 'Yan County', 2016)
    await walk.does('exit.review', 'Yan County', 2016, { outcome: 'return', remarks: '自查材料不全' })
  })
  after(() => world.close())

  const board = (on: string, more: object = {}, as?: As) =>
    world.ask(exitBoard, { unit: world.unit('The Centre'), year: 2016, ...more }, on, as)
  const items = async (on: string, more: object = {}) =>
    Object.fromEntries((await board(on, more)).items.map((item: { name: { en: string } }) => [item.name.en, item]))
  const figure = async (which: Figure, on: string, unit = 'The Centre', year = 2016) =>
    (await readFigure(world.db, which, { charter: world.charter, unit: world.unit(unit), on, map: on, year })).value

  it('The board says who is waited for, by name, since when and until when', async () => {
    const { 'Tong County': tong } = await items('2016-10-20')
    assert.equal(tong.stage, 'review')
    assert.equal(tong.waiting.unit.name.en, 'Heyang City')
    assert.equal(tong.waiting.post, 'mayor')
    assert.equal(tong.waiting.person.madeUp, true)
    assert.deepEqual([tong.waiting.since, tong.waiting.due], ['2016-10-12', '2016-10-26'])
  })
  it('Three working days before its date a case is yellow, after it red', async () => {
    const lights = async (on: string) => (await items(on))['Tong County'].waiting.light
    assert.deepEqual(
      [await lights('2016-10-13'), await lights('2016-10-24'), await lights('2016-10-27')],
      ['none', 'yellow', 'red'],
    )
  })
  it('The buttons are the mayor’s where the mayor is waited for', async () => {
    const { items: seen } = await board('2016-10-20', { search: 'tong' }, mayor)
    assert.deepEqual(seen.map(mine), [['exit.review']])
  })
  it('It is counted, filtered, sorted and paged by step; what is late can be asked for', async () => {
    const { stages, total } = await board('2016-12-31')
    assert.equal(total, 4)
    const cases = Object.fromEntries(stages.map((each: { stage: string; cases: number }) => [each.stage, each.cases]))
    assert.deepEqual(cases, { propose: 1, review: 1, verify: 0, notice: 0, report: 1, evaluate: 0, approve: 0, out: 1 })
    assert.deepEqual(Object.keys(await items('2016-12-31', { stage: 'report' })), ['Song County'])
    assert.deepEqual(Object.keys(await items('2016-12-31', { late: true })).toSorted(), ['Song County', 'Tong County'])
    assert.equal((await board('2016-12-31', { limit: 1, offset: 3, sort: 'due' })).items.length, 1)
    assert.equal(
      (await world.ask(exitBoard, { unit: world.unit('Xiling Province'), year: 2016 }, '2016-12-31')).total,
      1,
    )
  })
  it('Any day in the past shows the board as it stood', async () => {
    assert.equal((await items('2016-11-11'))['Liu County'].stage, 'notice')
    assert.equal((await items('2016-12-27'))['Liu County'].stage, 'approve')
    assert.deepEqual(await items('2016-10-11'), {})
  })
  it('A case opens to its steps, who took them, the limits, and the seal', async () => {
    const shown = await world.ask(showExit, { unit: world.unit('Liu County'), year: 2016 }, '2017-01-01')
    assert.equal(shown.steps.length, 7)
    assert.deepEqual(
      shown.steps.map((step: { rows: unknown[] }) => step.rows.length),
      [1, 1, 1, 1, 1, 1, 1],
    )
    assert.equal(shown.steps[1].rows[0].by.unitName.en, 'Heyang City')
    assert.equal(shown.steps[1].rows[0].by.postName.en, 'Mayor')
    assert.deepEqual(shown.limits.metrics, { headcount: 200, wrongExit: 200, miss: 200, approval: 9000 })
    const { sha256, evidence } = await world.ask(
      showEvidence,
      { unit: world.unit('Liu County'), year: 2016 },
      '2017-01-01',
    )
    assert.equal(shown.sealed.sha256, sha256)
    assert.ok(evidence.includes('"steps"'))
    await assert.rejects(
      world.ask(showEvidence, { unit: world.unit('Liu County'), year: 2016 }, '2016-12-27'),
      /No evidence/,
    )
  })
  it('A candidate is judged by the rule of the proposal: Ye County lacks only its headcount', async () => {
    const { items: seen } = await world.ask(
      exitCandidates,
      { unit: world.unit('The Centre'), year: 2016 },
      '2016-10-12',
    )
    const missing = seen.map((each: { name: { en: string }; missing: { code: string }[] }) => [
      each.name.en,
      each.missing.map((told) => told.code),
    ])
    assert.deepEqual(
      missing.find(([name]: [string]) => name === 'Ye County'),
      ['Ye County', ['no-headcount']],
    )
    const county = ['Ye County', 'poverty-office-director-county'] as const
    const { items: own } = await world.ask(
      exitCandidates,
      { unit: world.unit('Ye County'), year: 2016 },
      '2016-10-12',
      county,
    )
    assert.deepEqual(own.map(mine), [['headcount.attest']])
  })
  it('The public reads the notice and its numbers, and nothing of who objected or what was said', async () => {
    const { items: listed, total } = await world.ask(listNotices, { state: 'open' }, '2016-11-15')
    assert.equal(total, 2)
    assert.deepEqual(listed.map((each: { name: { en: string } }) => each.name.en).toSorted(), [
      'Liu County',
      'Song County',
    ])
    const shown = await world.ask(
      showNotice,
      { unit: world.unit('Song County'), year: 2016, round: 1 },
      '2016-11-15',
      'public',
    )
    assert.deepEqual([shown.daysLeft, shown.basis.rate, shown.basis.limit, shown.list.length], [4, '1.00%', '2.00%', 1])
    assert.deepEqual(mine(shown), ['notice.object'])
    assert.doesNotMatch(JSON.stringify([listed, shown]), /钱某|两户/)
    await assert.rejects(
      world.ask(showNotice, { unit: world.unit('Song County'), year: 2016, round: 2 }, '2016-11-15'),
      /no such notice/,
    )
  })
  it('With the receipt the citizen sees what became of the objection', async () => {
    const asked = await world.ask(showObjection, { receipt: receipt.toLowerCase() }, '2016-11-15')
    assert.deepEqual([asked.statement, asked.answeredOn], ['两户住房不安全', null])
    await assert.rejects(world.ask(showObjection, { receipt: '00000-00000' }, '2016-11-15'), /no such receipt/)
  })
  it('Those with a seat see the objection with its date, and the handling province its button', async () => {
    const province = ['Qingshan Province', 'poverty-office-director-province'] as const
    const { objections } = await world.ask(
      showExit,
      { unit: world.unit('Song County'), year: 2016 },
      '2016-11-15',
      province,
    )
    assert.equal(objections[0].due, '2016-11-21')
    assert.deepEqual(mine(objections[0]), ['objection.answer', 'objection.reveal'])
    assert.doesNotMatch(JSON.stringify(objections), /钱某/)
  })
  it('The headcount shows what was corrected', async () => {
    await walk.does('headcount.attest', 'Yan County', 2016, { poorPersons: 250 }, '2016-10-25')
    const shown = await world.ask(showHeadcount, { unit: world.unit('Yan County'), year: 2016 }, '2016-10-26')
    assert.deepEqual([shown.counts.poorPersons, shown.earlier.length], [250, 1])
  })
  it('The figures count what the board shows, and open to the case', async () => {
    const on = '2016-12-31'
    assert.deepEqual(
      [
        await figure(exitsByYear, on),
        await figure(exitsByYear, '2016-12-27'),
        await figure(exitsByYear, on, 'The Centre', 2017),
      ],
      [1, 0, 0],
    )
    assert.deepEqual(
      [await figure(exitsInProcedure, on), await figure(exitsReturned, on), await figure(objectionsOpen, on)],
      [2, 1, 1],
    )
    assert.deepEqual([await figure(exitsWaitingLate, on), await figure(exitsWaitingLate, '2016-10-20')], [2, 0])
    const question = { charter: world.charter, unit: world.unit('The Centre'), on, map: on, year: 2016 }
    const { records } = await readFigureRecords(world.db, exitsByYear, question, {
      offset: 0,
      limit: 10,
      side: 'counted',
    })
    assert.equal(records[0]?.record, `/exits/${world.unit('Liu County')}/2016`)
  })
  it('On the chain one look says where it is stuck', async () => {
    const link = async (county: string, on: string) => {
      const [found] = await exitLinks(world.reader(on), (await findLineage(world.db, world.unit(county), on))!)
      return found && [found.upper === world.unit('Heyang City') ? 'city' : 'above', found.light, found.words.en]
    }
    assert.deepEqual(await link('Tong County', '2016-10-28'), [
      'city',
      'red',
      'Heyang City, Mayor: 2 working days late',
    ])
    assert.deepEqual(await link('Liu County', '2017-01-01'), ['above', 'green', 'approved'])
    assert.equal(await link('Ye County', '2016-10-28'), undefined)
  })

  const findings = async (id: string, on: string) =>
    (
      await runCheck(
        world.db,
        checks.find((each) => each.id === id)!,
        on,
      )
    ).map((each) => each.label.en)
  it('The check finds exits that wait beyond their date', async () => {
    assert.deepEqual(await findings('exit-waiting-beyond-limit', '2016-10-20'), [])
    assert.deepEqual(await findings('exit-waiting-beyond-limit', '2016-10-28'), [
      'Tong County, exit for 2016: review-exit, due 2016-10-26',
    ])
  })
  it('The checks find a notice that stood too short, and a county off the list without an approval', async () => {
    for (const id of ['notice-shorter-than-charter', 'out-without-approval'])
      assert.deepEqual(await findings(id, '2017-01-01'), [], id)
    const owner = new pg.Client(world.database.owner)
    await owner.connect()
    await owner.query('alter table exit_notice disable trigger all')
    await owner.query(`update exit_notice set until_day = '2016-11-14' where unit_id = $1`, [world.unit('Song County')])
    await owner.query('alter table exit_notice enable trigger all')
    await owner.query(
      `update unit_designation set valid_at = daterange(lower(valid_at), '2016-12-01') where unit_id = $1`,
      [world.unit('Ye County')],
    )
    await owner.end()
    assert.deepEqual(await findings('notice-shorter-than-charter', '2017-01-01'), [
      'Song County, notice for 2016: 2016-11-12 to 2016-11-14',
    ])
    assert.deepEqual(await findings('out-without-approval', '2017-01-01'), ['Ye County'])
  })
})
