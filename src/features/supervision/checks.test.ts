import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { acts } from '#src/acts.ts'
import { asks } from '#src/asks.ts'
import { runChecks } from '#src/jobs/checks.ts'
import { keepNightly } from '#src/jobs/nightly.ts'
import type { AnyAct } from '#kernel/act.ts'
import type { AnyAsk } from '#kernel/ask.ts'
import { countCheck, runCheck, shippedChecks } from '#kernel/check.ts'
import { asAct } from '#test/act.ts'
import { designate } from '#test/designate.ts'
import { World } from '#test/world.ts'

const named = (name: string): AnyAct => acts.find((each) => each.name === name) ?? assert.fail(name)
const question = (name: string): AnyAsk => asks.find((each) => each.name === name) ?? assert.fail(name)
const office = ['Qingshan Province', 'poverty-office-director-province'] as const
const centre = ['The Centre', 'office-director'] as const
const overdue = 'finding-overdue'

describe('What checks find is kept run by run', () => {
  let world: World
  const findings: string[] = []
  before(async () => {
    world = await World.open()
    await designate(world, ['Liu County', 'Tong County'])
    for (const [county, due] of [
      ['Liu County', '2017-05-31'],
      ['Tong County', '2017-06-30'],
    ] as const) {
      const { finding } = await world.done(
        named('finding.record'),
        {
          unit: world.unit('Qingshan Province'),
          responsible: world.unit(county),
          duty: 'use-funds-well',
          title: '资金闲置',
          facts: '资金没有安排到项目。',
          due,
        },
        { as: office, on: '2017-04-05' },
      )
      findings.push(finding)
    }
  })
  after(() => world.close())

  const keeper = (on: string) => ({
    engine: world.engine,
    acts,
    reads: world.db,
    checks: shippedChecks(),
    today: () => on,
    findRoot: () => Promise.resolve({ id: world.unit('The Centre') }),
  })
  const keep = (on: string) => runChecks(keeper(on), on)
  const runOn = async (on: string) => {
    const { runs } = await world.ask(question('check.runs'), {}, on, office)
    return (runs as { check: string; on: string; total: number; fresh: number; gone: number }[]).find(
      (each) => each.check === overdue,
    )
  }
  const rowsOn = async (on: string, show: string, check = overdue) =>
    (await world.ask(question('check.history'), { check, show }, on, office)).rows as {
      id: string
      unit: string
      record: string
      can: { act: string; mine: boolean; input: object }[]
    }[]

  it('A night runs them all, once; the next tells what is new and what has gone, and the past is told as it stood', async () => {
    const first = await keep('2017-06-10')
    assert.deepEqual([first.checks, first.left], [shippedChecks().length, 0])
    assert.ok(shippedChecks().length >= 30)
    const { rows } = await world.engine.database.pool.query('select from check_run')
    await keep('2017-06-10')
    const again = await world.engine.database.pool.query('select from check_run')
    assert.equal(again.rows.length, rows.length, 'the same night keeps nothing twice')
    const [liu] = findings
    const as = ['Liu County', 'county-head'] as const
    const mine = { unit: world.unit('Liu County'), finding: liu }
    await world.done(named('finding.explain'), { ...mine, cause: '项目没有论证。' }, { as, on: '2017-06-12' })
    const evidence = '项目已开工，付款凭证附后。'
    await world.done(named('finding.rectify'), { ...mine, evidence }, { as, on: '2017-06-20' })
    await keep('2017-07-01')
    const told = async (on: string) => {
      const run = await runOn(on)
      return run && [run.on, run.total, run.fresh, run.gone]
    }
    assert.deepEqual(await told('2017-06-09'), undefined)
    assert.deepEqual(await told('2017-06-30'), ['2017-06-10', 1, 1, 0])
    assert.deepEqual(await told('2017-07-01'), ['2017-07-01', 1, 1, 1])
    assert.deepEqual(
      (await rowsOn('2017-07-01', 'gone')).map((row) => row.unit),
      [world.unit('Liu County')],
    )
    assert.deepEqual(
      (await rowsOn('2017-07-01', 'standing')).map((row) => row.record),
      [`/findings/${findings[1]}`],
    )
    const { units } = await world.ask(question('check.history'), { check: overdue }, '2017-06-30', office)
    assert.deepEqual(
      units.map((each: { unit: string; total: number }) => [each.unit, each.total]),
      [[world.unit('Liu County'), 1]],
    )
  })

  it('A row becomes a finding, once, as long as it stands: `not-found-by-check`, `found-already`', async () => {
    const [row] = await rowsOn('2017-07-01', 'standing', 'late-not-followed-up')
    const [gone] = await rowsOn('2017-07-01', 'gone', 'late-not-followed-up')
    assert.ok(row && gone)
    assert.deepEqual((await rowsOn('2017-07-01', 'standing'))[0]?.can, [], 'what is on the list is not put there again')
    const offered = row.can.find((each) => each.act === 'finding.record')
    assert.ok(offered?.mine)
    const finding = (more: object) => ({
      ...offered.input,
      facts: '核查查出，逾期未整改。',
      due: '2017-09-30',
      ...more,
    })
    const lost = finding({ row: gone.id, responsible: gone.unit })
    assert.deepEqual(await world.codes(named('finding.record'), lost, { as: office, on: '2017-07-02' }), [
      'not-found-by-check',
    ])
    await world.done(named('finding.record'), finding({}), { as: office, on: '2017-07-02' })
    assert.deepEqual(await world.codes(named('finding.record'), finding({}), { as: office, on: '2017-07-03' }), [
      'found-already',
    ])
  })

  it('On demand the root runs a check that there is, never before a later run: `unknown-check`, `not-the-whole`, `ran-later`', async () => {
    const run = (check: string, unit = 'The Centre') => ({ unit: world.unit(unit), check })
    const done = await world.done(named('check.run'), run(overdue), { as: centre, on: '2017-07-04' })
    assert.deepEqual([done.run, done.total, done.fresh, done.gone], [3, 1, 0, 0])
    assert.deepEqual(await world.codes(named('check.run'), run('no-such-check'), { as: centre, on: '2017-07-04' }), [
      'unknown-check',
    ])
    assert.deepEqual(await world.codes(named('check.run'), run(overdue), { as: centre, on: '2017-07-01' }), [
      'ran-later',
    ])
    const part = run(overdue, 'Qingshan Province')
    assert.deepEqual(await world.codes(named('check.run'), part, { as: office, on: '2017-07-05' }), ['not-the-whole'])
  })

  it('The nightly run keeps them all by itself', async () => {
    const failures: unknown[] = []
    const leave = keepNightly(keeper('2017-08-01'), (error) => failures.push(error))
    const end = performance.now() + 30_000
    const kept = async () => (await runOn('2017-08-01'))?.on === '2017-08-01'
    while (!(await kept())) assert.ok(performance.now() < end, 'It was waited for in vain.')
    await leave()
    assert.deepEqual(failures, [])
  })

  it('The summary of a check counts what its details tell, unit by unit', async () => {
    for (const check of shippedChecks()) {
      const [found, counts] = await Promise.all([
        runCheck(world.db, check, '2017-07-05', world.charter),
        countCheck(world.db, check, '2017-07-05', world.charter),
      ])
      const byUnit = Map.groupBy(found, (each) => each.unit)
      assert.deepEqual(
        new Map(counts.map((each) => [each.unit, each.total])),
        new Map([...byUnit].map(([unit, rows]) => [unit, rows.length])),
        check.id,
      )
    }
  })

  it('Counts add up from run to run, or the tables refuse them', async () => {
    await assert.rejects(
      asAct(world, (client, act) =>
        client.query(
          `insert into check_run (check_id, n, on_day, severity, duty, title_zh, title_en, total, fresh, gone, previous_day, previous_total, act_id)
           select check_id, n + 1, on_day, severity, duty, title_zh, title_en, total + 5, 1, 0, on_day, total, $2
             from check_run where check_id = $1 order by n desc limit 1`,
          [overdue, act],
        ),
      ),
      /check_run_adds_up/,
    )
  })
})

describe('Every check', () => {
  it('Every check is named in a test that runs it', async () => {
    const root = path.join(import.meta.dirname, '../../..')
    let text = ''
    for await (const file of glob('src/**/*.test.ts', { cwd: root })) {
      const read = readFileSync(path.join(root, file), 'utf8')
      if (read.includes('runCheck(')) text += read
    }
    assert.deepEqual(
      shippedChecks()
        .map((check) => check.id)
        .filter((id) => !text.includes(`'${id}'`)),
      [],
    )
  })
})
