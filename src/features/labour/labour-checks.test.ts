import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { readChecks, runCheck } from '#kernel/check.ts'
import { readFigure, readFigureRecords } from '#kernel/figure.ts'
import { figures } from '#src/figures.ts'
import { asAct } from '#test/act.ts'
import { countyHead, Labour } from '#test/labour.ts'
import { World } from '#test/world.ts'

const checks = readChecks(path.join(import.meta.dirname, '../../../checks'))

describe('The checks and figures of labour find what was planted, and nothing else', () => {
  let world: World
  let labour: Labour
  before(async () => {
    world = await World.open()
    labour = await Labour.open(world)
    const statements = labour.villages.map((village, at) => ({ village, people: at === 2 ? 0 : 3, households: 20 }))
    const skills = [{ village: labour.villages[0], skill: 'health', people: 1 }]
    await labour.done('village.state-needs', { statements, skills }, '2017-02-10')
    labour.team = await labour.form()
  })
  after(() => world.close())

  const finds = async (id: string, on: string) => {
    const check = checks.find((each) => each.id === id)
    assert.ok(check, `There is no check «${id}».`)
    const found = await runCheck(world.db, check, on, world.charter)
    return found.map(({ unit, record, since }) => [unit === labour.unit(), record, since])
  }
  const reads = async (name: string, on: string) => {
    const figure = figures.find((each) => each.name === name)
    assert.ok(figure, name)
    const question = {
      charter: world.charter,
      unit: world.unit('The Centre'),
      on,
      map: on,
      year: Number(on.slice(0, 4)),
    }
    const { counted, of } = await readFigure(world.db, figure, question)
    const { records } = await readFigureRecords(world.db, figure, question, { offset: 0, limit: 200, side: 'counted' })
    assert.equal(
      records.reduce((sum, each) => sum + each.value, 0),
      counted,
      `${name} opens to what it counts`,
    )
    return [counted, of]
  }
  /** Past the database's own walls: a check has to find what came about before them, or in spite of them. */
  const plant = (statement: string, values: readonly unknown[]) =>
    asAct(world, async (client, act) => {
      await client.query('set local session_replication_role = replica')
      await client.query(statement, [...values, act])
    })

  it('One of two villages that need a team has a complete one, whose needs of skill are not covered', async () => {
    assert.deepEqual(await reads('labour.villages-with-team', '2017-03-01'), [1, 2])
    assert.deepEqual(await reads('labour.needs-covered', '2017-03-01'), [0, 2])
    assert.deepEqual(await reads('labour.first-secretaries', '2017-03-01'), [1, null])
    assert.deepEqual(await reads('labour.people-serving', '2017-02-28'), [0, null])
    assert.deepEqual(await reads('labour.people-serving', '2017-03-01'), [3, null])
    assert.deepEqual(await reads('labour.terms-over', '2019-03-01'), [0, null])
    assert.deepEqual(await reads('labour.terms-over', '2019-03-02'), [3, null])
  })

  it('A county shows its villages by how they stand, with who can be sent', async () => {
    const { asks } = await import('#src/asks.ts')
    const ask = (name: string, input: object, on: string) => {
      const question = asks.find((each) => each.name === name)
      assert.ok(question, name)
      return world.ask(question, { unit: world.unit('Qingshan Province'), ...input }, on, countyHead)
    }
    const villages = await ask('village.list', {}, '2017-03-01')
    const stands = villages.items.map((each: { name: { en: string }; state: string }) => [each.name.en, each.state])
    assert.deepEqual(Object.fromEntries(stands), {
      'Willow Village': 'uncovered',
      'Stone Village': 'no-team',
      'Spring Village': 'none-needed',
    })
    assert.equal((await ask('village.list', { state: 'no-team', text: 'stone' }, '2017-03-01')).total, 1)
    const people = await ask('worker.list', { skill: 'finance', state: 'free', limit: 2 }, '2017-03-01')
    assert.deepEqual([people.total, people.items.length], [5, 2])
    assert.doesNotMatch(JSON.stringify(people), /1380000/)
    const question = asks.find((each) => each.name === 'find.workers')
    assert.ok(question)
    const { choices } = await world.ask(question, { unit: labour.unit(), texts: ['人7'] }, '2017-03-01', countyHead)
    assert.deepEqual(
      choices.map((each: { id: string }) => each.id),
      [labour.worker(7)],
    )
  })

  it('Somebody present while on leave is told, once leave was granted and the sheet entered', async () => {
    const input = { worker: labour.worker(5), kind: 'sick', from: '2017-04-10', to: '2017-04-11', reason: '就医' }
    const { leave } = await labour.done('leave.ask', input, '2017-04-07')
    await labour.done('leave.grant', { leave }, '2017-04-07', countyHead)
    const sheets = [4, 5].map((at) => ({ team: labour.team, worker: labour.worker(at), marks: `${'p'.repeat(28)}--` }))
    await labour.done('attendance.record', { month: '2017-04', sheets }, '2017-05-02')
    assert.deepEqual(await finds('attendance-on-leave', '2017-05-01'), [])
    assert.deepEqual(await finds('attendance-on-leave', '2017-05-02'), [
      [true, `/labour/teams/${labour.team}?month=2017-04`, '2017-04-10'],
    ])
    assert.deepEqual(await reads('labour.attendance', '2017-05-02'), [56, 56])
  })

  it('A helper within the limit is not told, one above it is', async () => {
    const households = Array.from({ length: 10 }, (_, at) => ({
      village: labour.villages[0],
      household: `H${at}`,
      worker: labour.worker(3),
    }))
    await labour.done('helper.assign', { households }, '2017-06-01')
    assert.deepEqual(await finds('helper-of-too-many', '2017-06-01'), [])
    assert.deepEqual(await reads('labour.households-helped', '2017-06-01'), [10, 60])
    await plant(
      `insert into helper (village_id, unit_id, household, worker_id, valid_at, act_id) values ($1, $2, 'H99', $3, '[2017-06-10,)', $4)`,
      [labour.villages[0], labour.unit(), labour.worker(3)],
    )
    assert.deepEqual(await finds('helper-of-too-many', '2017-06-10'), [
      [true, `/labour/people/${labour.worker(3)}`, '2017-06-10'],
    ])
  })

  it('A team of three is not told, one that lost a member is, from the day on which it did', async () => {
    assert.deepEqual(await finds('team-below-minimum', '2017-07-02'), [])
    const leave = [{ worker: labour.worker(6), reason: '调任他职' }]
    await labour.done('team.change', { team: labour.team, leave }, '2017-07-03')
    assert.deepEqual(await finds('team-below-minimum', '2017-07-03'), [
      [true, `/labour/teams/${labour.team}`, '2017-07-03'],
    ])
    assert.deepEqual(await reads('labour.villages-with-team', '2017-07-03'), [0, 2])
  })

  it('One person in two places can’t come about; planted past the walls, it is found', async () => {
    assert.deepEqual(await finds('worker-in-two-places', '2017-08-01'), [])
    const other = await labour.form([7, 8, 9], labour.villages[1], '2017-08-01')
    await plant(
      `insert into attendance (worker_id, team_id, month, n, marks, on_day, act_id) values ($1, $2, '2017-04-01', 1, $3, '2017-08-02', $4)`,
      [labour.worker(4), other, `p${'-'.repeat(29)}`],
    )
    assert.deepEqual(await finds('worker-in-two-places', '2017-08-02'), [
      [true, `/labour/people/${labour.worker(4)}`, '2017-04-01'],
    ])
  })
})

describe('A made-up country of three tiers sends people too', () => {
  it("A district forms a team, and whoever comes from it is refused there by its own parameter: 'home-county'", async () => {
    const world = await World.open('three-tiers')
    try {
      const { labourAct } = await import('#test/labour.ts')
      const unit = world.unit('Birch District')
      const as = ['Birch District', 'steward'] as const
      const done = (name: string, input: object) =>
        world.done(labourAct(name), { unit, ...input }, { as, on: '2016-03-01' })
      const village = { townshipZh: '北乡', townshipEn: 'North', nameZh: '桦村', nameEn: 'Birch Village', people: 3 }
      const { villages } = await done('village.register', { villages: [village] })
      const person = (at: number) => ({
        nameZh: `人${at}`,
        nameEn: `Person ${at}`,
        idNumber: `0000${at}`,
        phone: `00000${at}`,
        employerZh: '工程部',
        employerEn: 'Works department',
        ...(at === 3 && { homeUnit: unit }),
      })
      const { workers } = await done('worker.register', { workers: [0, 1, 2, 3].map(person) })
      const form = (people: readonly number[]) => ({
        unit,
        teams: [{ village: villages[0], termUntil: '2018-03-01' }],
        members: people.map((at, place) => ({
          village: villages[0],
          worker: workers[at],
          role: place === 0 ? 'leader' : 'member',
        })),
      })
      assert.deepEqual(await world.codes(labourAct('team.form'), form([0, 1, 3]), { as, on: '2016-03-01' }), [
        'home-county',
      ])
      assert.equal((await done('team.form', form([0, 1, 2]))).teams.length, 1)
    } finally {
      await world.close()
    }
  })
})
