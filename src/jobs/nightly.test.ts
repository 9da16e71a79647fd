import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import pg from 'pg'
import { openCalendar } from '#features/obligations/index.ts'
import { designateUnits } from '#features/units/index.ts'
import { acts } from '#src/acts.ts'
import { addDays } from '#kernel/calendar.ts'
import { Charter, type Obligation } from '#kernel/charter.ts'
import { idOf, World } from '#test/world.ts'
import { keepNightly, type NightlyKeeper, runNightly } from './nightly.ts'

const child = path.join(import.meta.dirname, '../../test/nightly-child.ts')
const ladder = ['remind', 'yellow', 'late', 'urge', 'report', 'notice', 'interview']
const counties = ['Liu County', 'Tong County', 'Song County', 'Ye County', 'Yan County']
/** Of the small country; each ladder of a county is climbed on behalf of its own city and province. */
const PER_COUNTY = 6

const UNTIL_MS_MAX = 30_000

/** Looks again and again until it is so; that it never is fails the test. */
async function until(isSo: () => boolean | Promise<boolean>) {
  const end = performance.now() + UNTIL_MS_MAX
  while (!(await isSo())) {
    assert.ok(performance.now() < end, 'It was waited for in vain.')
    await new Promise((resume) => setImmediate(resume))
  }
}

describe('the nightly run', () => {
  let world: World
  let owner: pg.Client
  const centre = idOf('The Centre')
  before(async () => {
    world = await World.open()
    owner = new pg.Client(world.database.owner as pg.ClientConfig)
    await owner.connect()
    await owner.query("set session_replication_role = 'replica'")
  })
  after(async () => {
    await owner.end()
    await world.close()
  })

  const keeper = (today: string, more: Partial<NightlyKeeper> = {}): NightlyKeeper => ({
    engine: world.engine,
    acts: acts.filter((act) => act.name !== 'calendar.open'),
    reads: world.db,
    today: () => today,
    findRoot: () => Promise.resolve({ id: centre }),
    ...more,
  })
  /** Puts items of a kind of their own into the small country, past the acts that would open them. */
  const plant = async (subject: string, due: string, each = PER_COUNTY) => {
    for (const county of counties)
      await owner.query(
        `insert into obligation_item (id, obligation, duty, charter_version, unit_id, subject, opened_on, due_on, opened_by)
         select uuidv7(), 'planted', 'keep-project-library', '2016-10', $1, $2 || ' ' || n, $3::date - 60, $3::date, $1
           from generate_series(1, $4::int) n`,
        [world.unit(county), subject, due, each],
      )
  }
  const stepsOf = async (subject: string) => {
    const { rows } = await owner.query<{ step: string; items: string; acts: string }>(
      `select s.step, count(*) as items, count(distinct s.act_id) as acts
         from obligation_step s join obligation_item i on i.id = s.item_id where i.subject like $1 || ' %' group by 1`,
      [subject],
    )
    return Object.fromEntries(rows.map((row) => [row.step, Number(row.items)]))
  }
  const whole = (items: number) => Object.fromEntries(ladder.map((step) => [step, items]))
  const keysTwice = async () => {
    const { rows } = await owner.query(
      `select idempotency_key from journal where act = 'ladder.take' group by 1 having count(*) > 1`,
    )
    return rows.length
  }

  it('Killed half-way, again and again, each step of each item is taken exactly once when it is begun anew', async () => {
    await plant('killed', '2016-11-30')
    const day = '2017-01-10'
    let kills = 0
    for (const lines of [1, 3, 2]) {
      const run = begin(world, day, 60)
      await killedAfter(run, lines)
      kills += 1
      const taken = await stepsOf('killed')
      assert.ok(
        Object.values(taken).every((items) => items <= counties.length * PER_COUNTY),
        `after ${kills} kills`,
      )
    }
    const half = Object.values(await stepsOf('killed')).reduce((sum, items) => sum + items, 0)
    assert.ok(
      half > 0 && half < ladder.length * counties.length * PER_COUNTY,
      `${half} steps were taken before the end`,
    )
    await runNightly(keeper(day), day)
    assert.deepEqual(await stepsOf('killed'), whole(counties.length * PER_COUNTY))
    assert.equal(await keysTwice(), 0)
    assert.equal((await runNightly(keeper(day), day)).steps, 0)
  })

  it('Two workers at once take each step once between them', async () => {
    await plant('raced', '2017-03-01')
    const day = '2017-04-10'
    const other = begin(world, day, 0)
    await Promise.all([runNightly(keeper(day), day), runNightly(keeper(day), day), once(other, 'exit')])
    await runNightly(keeper(day), day)
    assert.deepEqual(await stepsOf('raced'), whole(counties.length * PER_COUNTY))
    assert.equal(await keysTwice(), 0)
  })

  it('A run that was stopped in order leaves between two acts, and the next day takes the rest', async () => {
    await plant('stopped', '2017-05-02')
    const day = '2017-06-01'
    const leaving = new AbortController()
    await assert.rejects(
      runNightly(keeper(day), day, { signal: leaving.signal, onAct: () => leaving.abort() }),
      /aborted/,
    )
    const next = addDays(day, 1)
    const run = await runNightly(keeper(next), next)
    assert.equal(run.left, 0)
    assert.deepEqual(await stepsOf('stopped'), whole(counties.length * PER_COUNTY))
  })

  it('For as long as the programme runs, each of its days is run once and a failing night is told', async () => {
    await plant('kept', '2017-08-01')
    const failures: unknown[] = []
    const gone = keeper('2017-09-01', { findRoot: () => Promise.reject(new Error('the database is away')) })
    const leaveGone = keepNightly(gone, (error) => failures.push(error))
    await until(() => failures.length > 0)
    await leaveGone()
    assert.equal(failures.length, 1)
    const leave = keepNightly(keeper('2017-09-01'), (error) => assert.fail(String(error)))
    await until(async () => (await stepsOf('kept'))['interview'] === counties.length * PER_COUNTY)
    await leave()
    assert.deepEqual(await stepsOf('kept'), whole(counties.length * PER_COUNTY))
  })

  it('Whatever the order of runs, clocks and meetings, each step is taken at most once, in order, and none after it was met', async () => {
    let round = 0
    const deed = fc.oneof(
      fc.record({ what: fc.constant('run' as const), day: fc.integer({ min: -9, max: 30 }) }),
      fc.record({ what: fc.constant('meet' as const), day: fc.integer({ min: 0, max: 25 }) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 7 }), async (deeds) => {
        const subject = `any ${(round += 1)}`
        const due = '2018-05-02'
        await plant(subject, due, 1)
        const isMine = `subject like '${subject} %'`
        const met = new Map<string, string>()
        for (const { what, day } of deeds) {
          const on = addDays(due, day)
          if (what === 'run') await runNightly(keeper(on), on)
          else {
            const unit = world.unit(counties[Math.abs(day) % counties.length] ?? '')
            await owner.query(
              `update obligation_item set met_on = $1, met_by = id where ${isMine} and unit_id = $2 and met_on is null`,
              [on, unit],
            )
            const { rows } = await owner.query<{ n: string }>(
              `select count(*) as n from obligation_step s join obligation_item i on i.id = s.item_id where i.${isMine} and i.unit_id = $1`,
              [unit],
            )
            if (!met.has(unit)) met.set(unit, rows[0]?.n ?? '')
          }
        }
        const { rows } = await owner.query<{ unit: string; steps: string[]; days: string[] }>(
          `select i.unit_id as unit, array_agg(s.step order by s.act_id) as steps, array_agg(s.on_day::text order by s.act_id) as days
             from obligation_item i join obligation_step s on s.item_id = i.id where i.${isMine} group by 1`,
        )
        for (const { unit, steps } of rows) {
          assert.deepEqual(steps, ladder.slice(0, steps.length), 'in order, each once')
          if (met.has(unit)) assert.equal(steps.length, Number(met.get(unit)), 'none after it was met')
        }
        await owner.query(
          `update obligation_item set lapsed_on = due_on, lapsed_by = id where ${isMine} and met_on is null`,
        )
      }),
      { numRuns: 12, seed: 20_181_017 },
    )
  })
})

describe('what recurs', () => {
  let world: World
  const centre = idOf('The Centre')
  before(async () => {
    world = await World.open()
    const units = ['Liu County', 'Ye County', 'Yan County'].map(world.unit)
    await world.done(designateUnits, { unit: centre, units }, { as: ['The Centre', 'office-director'] })
  })
  after(() => world.close())

  it('A monthly report is opened as its month begins, once, for the poor counties of which a parameter speaks', async () => {
    const { text } = world.charter
    const monthly: Obligation = {
      id: 'monthly-word',
      duty: 'urge-progress',
      title: { zh: '月度情况', en: 'A word each month' },
      recurring: { every: 'month', on: '05', applies: 'poor', where: 'monthly_word' },
      met_by: ['library.update'],
      lapses_with: [],
      extendable: true,
      passes_on: false,
      source: 'setting',
      article: '',
      status: 'made-up',
    }
    const value = { from: '2017-01-01', value: 1, source: 'setting', status: 'made-up' } as const
    const parameter = {
      id: 'monthly_word',
      title: { zh: '月度情况', en: 'A word each month' },
      unit: 'yes',
      optional: true,
      values: [],
      by_unit: { '130000': [value], '469030': [value] },
    }
    const charter = new Charter({
      ...text,
      obligations: [monthly, ...text.obligations.filter((each) => each.recurring?.every !== 'month')],
      parameters: [...text.parameters, parameter],
    })
    const engine = { ...world.engine, charter }
    const night = (on: string) =>
      runNightly(
        { engine, acts, reads: world.db, today: () => on, findRoot: () => Promise.resolve({ id: centre }) },
        on,
      )
    const opened = async () => {
      const rows = await world.db
        .selectFrom('obligation_item')
        .select(['unit_id', 'subject', 'due_on', 'opened_on'])
        .where('obligation', '=', 'monthly-word')
        .execute()
      const name = (id: string) => ['Liu County', 'Ye County', 'Yan County'].find((each) => world.unit(each) === id)
      return rows.map((row) => `${row.subject} ${name(row.unit_id)} ${row.opened_on}–${row.due_on}`).toSorted()
    }
    await night('2016-12-31')
    assert.deepEqual(await opened(), [])
    for (const day of ['2017-01-02', '2017-01-03', '2017-01-31', '2017-02-01', '2017-02-20']) await night(day)
    assert.deepEqual(await opened(), [
      '2017-01 Liu County 2017-01-02–2017-02-05',
      '2017-01 Ye County 2017-01-02–2017-02-05',
      '2017-02 Liu County 2017-02-01–2017-03-05',
      '2017-02 Ye County 2017-02-01–2017-03-05',
    ])
    const { rows } = await world.engine.database.pool.query<{ duty: string }>(
      `select duty from journal where idempotency_key = 'calendar 2017-02'`,
    )
    assert.deepEqual(rows, [{ duty: openCalendar.duty }])
  })
})

function begin(world: World, day: string, pauseMs: number): ChildProcess {
  const given = JSON.stringify({ app: world.database.app, day, root: world.unit('The Centre'), pauseMs })
  return spawn(process.execPath, [child, given], { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** Kills a run outright after so many of its acts. */
async function killedAfter(run: ChildProcess, lines: number) {
  assert.ok(run.stdout)
  let seen = 0
  for await (const line of createInterface({ input: run.stdout })) {
    assert.ok(!line.startsWith('finished'), 'it was killed before its end')
    if ((seen += 1) === lines) run.kill('SIGKILL')
  }
  if (run.exitCode === null && run.signalCode === null) await once(run, 'exit')
  assert.equal(run.signalCode, 'SIGKILL')
}
