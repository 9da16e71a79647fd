import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import type pg from 'pg'
import { readChecks, runCheck } from '#kernel/check.ts'
import { asAct } from '#test/act.ts'
import { actOf, type ProjectWalk, projectWalk, type WalkStep, wholeDraft } from '#test/project-walk.ts'
import { type As, World } from '#test/world.ts'
import { findProjects } from './index.ts'
import { findMove, libraryStates, moves, type State } from './state.ts'

const seeded = (numRuns: number) => ({ seed: 832, numRuns })
const liu = 'Liu County'
const head: As = [liu, 'county-head']
const bureau: As = [liu, 'sector-bureau-director-county']

let world: World
let walk: ProjectWalk
let codes = 0
const to = (state: Parameters<ProjectWalk['to']>[0], county = liu) =>
  walk.to(state, county, { draft: { code: `G${(codes += 1)}` } })

before(async () => {
  world = await World.open()
  walk = projectWalk(world)
})
after(() => world.close())

/** Writes past the rules, as the owner, and must be stopped by a constraint. */
const stopped = (constraint: string, write: (client: pg.Client, act: string) => Promise<unknown>) =>
  assert.rejects(asAct(world, write), { constraint })

const addStep = (client: pg.Client, act: string, project: string, step: object) =>
  client.query(
    `insert into project_step (project_id, ordinal, step, outcome, state, on_day, person_id, evidence, remarks, act_id, from_state, from_day)
     select $1, l.ordinal + 1, s.step, s.outcome, s.state, s.on_day, s.person_id, coalesce(s.evidence, '{}'), s.remarks, $3, l.state, l.on_day
       from jsonb_populate_record(null::project_step, $2) s,
            (select * from project_step where project_id = $1 order by ordinal desc limit 1) l`,
    [project, JSON.stringify(step), act],
  )

describe('The moves', () => {
  it('The database knows the same moves as the rules, and no others', async () => {
    const { rows } = await world.engine.database.pool.query<{ is: string }>(
      `select pg_get_constraintdef(oid) as is from pg_constraint where conname = 'project_steps_in_order'`,
    )
    const told = [...(rows[0]?.is ?? '').matchAll(/'([a-z-]+)'::text/g)].map((match) => match[1] ?? '')
    const held = Array.from({ length: told.length / 4 }, (_, at) => told.slice(at * 4, at * 4 + 4).join(' '))
    assert.deepEqual(held.toSorted(), moves.map((move) => move.join(' ')).toSorted())
  })
  it('No sequence of moves brings a project to its end without every step before it, in order', () => {
    const required = ['propose', 'argue', 'notice', 'admit', 'assign', 'start', 'accept', 'hand-over']
    const property = fc.property(fc.array(fc.constantFrom(...moves), { maxLength: 80 }), (tried) => {
      let state: State = 'none'
      let taken: string[] = []
      for (const [step, , outcome] of tried) {
        const next = findMove(step, state, outcome)
        if (!next) continue
        if (step === 'propose') taken = []
        if (outcome !== 'return' && step !== 'report') taken.push(step)
        state = next
        if (step === 'hand-over') assert.deepEqual(taken, required)
      }
    })
    fc.assert(property, seeded(3_000))
  })
  it('Acts tried in any order leave a project only where a move leads, and in the library only what was admitted', async () => {
    const steps: WalkStep[] = ['argue', 'notice', 'admit', 'assign', 'start', 'report', 'accept', 'hand-over']
    const deed = fc.record({
      wild: fc.constantFrom(...steps),
      isWild: fc.nat(3),
      days: fc.nat(12),
      isReturn: fc.nat(5),
    })
    let admitted = 0
    const property = fc.asyncProperty(fc.array(deed, { minLength: 8, maxLength: 14 }), async (tried) => {
      const id = await to('proposed')
      let day = Date.parse('2017-01-04')
      for (const { wild, isWild, days, isReturn } of tried) {
        const at = (await findProjects(world.db, [id]))[0]?.state ?? 'none'
        const step =
          isWild === 0 ? wild : (steps.find((each) => findMove(each, at, 'done') ?? findMove(each, at, 'pass')) ?? wild)
        day += days * 86_400_000
        const on = new Date(day).toISOString().slice(0, 10)
        const as = await walk.seat(step, liu, on)
        const canReturn = step === 'argue' || step === 'admit' || step === 'accept'
        const back = { outcome: 'return', ...(step !== 'accept' && { remarks: '需要修改' }) }
        const input = { ...walk.input(step, liu, [id], as[0], on), ...(canReturn && isReturn === 0 && back) }
        await world.perform(actOf(step), input, { as, on })
      }
      const rows = await world.db
        .selectFrom('project_step')
        .selectAll()
        .where('project_id', '=', id)
        .orderBy('ordinal')
        .execute()
      for (const row of rows) assert.equal(findMove(row.step, row.from_state, row.outcome), row.state)
      const isIn = libraryStates.includes(rows.at(-1)?.state ?? 'none')
      const entries = await world.db.selectFrom('project_admission').selectAll().where('project_id', '=', id).execute()
      assert.equal(entries.length === 1, isIn)
      admitted += entries.length
    })
    await fc.assert(property, seeded(12))
    assert.ok(admitted >= 3, `only ${admitted} of them came into the library`)
  })
})

describe('Past the rules, the database holds', () => {
  const day = { on_day: '2017-06-01' }

  it('A step cannot be left out, and none is taken from where the project does not stand', async () => {
    const id = await to('proposed')
    await stopped('project_steps_in_order', (client, act) =>
      addStep(client, act, id, { ...day, step: 'admit', outcome: 'pass', state: 'admitted' }),
    )
  })
  it('What lacks its performance target cannot enter the library', async () => {
    const id = await walk.to('noticed', liu, { draft: { code: `G${(codes += 1)}`, target: undefined } })
    await stopped('project_admitted_complete', (client, act) =>
      client.query(
        `insert into project_admission (project_id, version, on_day, act_id) values ($1, 1, '2017-06-01', $2)`,
        [id, act],
      ),
    )
  })
  it('What never entered the library cannot be assigned', async () => {
    const id = await to('noticed')
    await stopped('project_assignment_project_id_fkey', (client, act) =>
      client.query(
        `insert into project_assignment (project_id, unit_id, on_day, act_id) values ($1, $2, '2017-06-01', $3)`,
        [id, world.unit(liu), act],
      ),
    )
  })
  it('Nothing is admitted while its notices stand', async () => {
    const id = await to('noticed')
    await stopped('project_noticed_before_admission', (client, act) =>
      addStep(client, act, id, { on_day: '2017-01-20', step: 'admit', outcome: 'pass', state: 'admitted' }),
    )
  })
  it('A notice is not posted for fewer days than the charter asked for', async () => {
    const id = await to('argued')
    await stopped('project_notice_long_enough', async (client, act) => {
      await addStep(client, act, id, { ...day, step: 'notice', outcome: 'done', state: 'noticed' })
      await client.query(
        `insert into project_notice (project_id, ordinal, level, from_day, until_day, span_value, span_unit, act_id)
         values ($1, 3, 'village', '2017-06-01', '2017-06-10', 10, 'days', $2)`,
        [id, act],
      )
    })
  })
  it('Nobody judges what they did themselves, nor does a delegate in their name', async () => {
    const proposed = await to('proposed')
    const proposer = world.person(liu, 'poverty-office-director-county')
    const argue = { ...day, step: 'argue', outcome: 'pass', state: 'argued' }
    await stopped('project_judged_by_another', (client, act) =>
      addStep(client, act, proposed, { ...argue, person_id: proposer }),
    )
    await stopped('project_judged_by_another', (client, act) =>
      addStep(client, act, proposed, {
        ...argue,
        person_id: world.person(liu, 'mayor'),
        evidence: { principal: proposer },
      }),
    )
    const reported = await to('reported')
    const accept = { ...day, step: 'accept', outcome: 'pass', state: 'accepted', person_id: world.person(...head) }
    await stopped('project_judged_by_another', (client, act) => addStep(client, act, reported, accept))
  })
  it('Nothing is accepted before all its work is reported done', async () => {
    const id = await to('started')
    const accept = { ...day, step: 'accept', outcome: 'pass', state: 'accepted', person_id: world.person(...bureau) }
    await stopped('project_accepted_when_done', (client, act) => addStep(client, act, id, accept))
  })
  it('A plan makes up the whole work, and nothing is added to it later', async () => {
    const add = (id: string, n: number) => (client: pg.Client, act: string) =>
      client.query(
        `insert into project_milestone (project_id, n, name, due_on, share_bp, on_day, act_id) values ($1, $2, '验收', '2017-08-01', 5000, '2017-06-01', $3)`,
        [id, n, act],
      )
    await stopped('project_milestones_are_whole', add(await to('assigned'), 1))
    await stopped('project_milestones_are_whole', add(await to('started'), 3))
  })
  it('No progress falls back without a reason, and none goes beyond the whole', async () => {
    const id = await to('reported')
    const report = (done: number) => async (client: pg.Client, act: string) => {
      await addStep(client, act, id, { ...day, step: 'report', outcome: 'done', state: 'started' })
      await client.query(
        `insert into milestone_report (project_id, ordinal, n, done_bp, evidence, on_day, act_id) values ($1, 8, 1, $2, '照片', '2017-06-01', $3)`,
        [id, done, act],
      )
    }
    await stopped('milestone_goes_on', report(9_999))
    await stopped('milestone_report_done_bp_check', report(10_001))
  })
  it('No row of a project is ever changed, deleted or emptied', async () => {
    await to('handed-over')
    const tables = [
      'project',
      'project_version',
      'project_step',
      'project_notice',
      'project_admission',
      'project_assignment',
      'project_task',
      'project_milestone',
      'milestone_report',
      'project_acceptance',
      'project_handover',
    ]
    for (const table of tables) {
      await assert.rejects(
        asAct(world, (client) => client.query(`update ${table} set act_id = act_id`)),
        /never changed/,
        table,
      )
      await assert.rejects(
        asAct(world, (client) => client.query(`delete from ${table}`)),
        /never changed/,
        table,
      )
      await assert.rejects(
        asAct(world, (client) => client.query(`truncate ${table} cascade`)),
        /never changed/,
        table,
      )
    }
  })
  it('A row names the act that is journalled with it', async () => {
    const id = await to('accepted')
    const handover = `insert into project_handover (project_id, receiver, upkeep, on_day, act_id) values ($1, '村委会', '村集体管护', '2017-06-01', gen_random_uuid())`
    await assert.rejects(
      asAct(world, (client) => client.query(handover, [id])),
      /not journalled/,
    )
  })
})

describe('Many at once', () => {
  it('Fifty people start the same project: one does, the others are told where it stands', async () => {
    const id = await to('assigned')
    const input = walk.input('start', liu, [id], liu, '2017-02-03')
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => world.perform(actOf('start'), input, { as: head, on: '2017-02-03' })),
    )
    assert.equal(outcomes.filter((each) => each.outcome === 'done').length, 1)
    const told = outcomes.flatMap((each) => (each.outcome === 'refused' ? each.refusals.map(({ code }) => code) : []))
    assert.deepEqual([...new Set(told)], ['not-at-this-step'])
    const plan = await world.db.selectFrom('project_milestone').selectAll().where('project_id', '=', id).execute()
    assert.equal(plan.length, 2)
  })
  it('Fifty proposals of one new code make one project', async () => {
    const code = `G${(codes += 1)}`
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        world.perform(
          actOf('propose'),
          { unit: world.unit(liu), projects: [{ ...wholeDraft, code, place: `第${at}村` }] },
          { as: [liu, 'poverty-office-director-county'], on: '2017-01-04' },
        ),
      ),
    )
    assert.ok(outcomes.every((each) => each.outcome === 'done'))
    const made = await world.db.selectFrom('project').select('id').where('code', '=', code).execute()
    assert.equal(made.length, 1)
    const versions = await world.db
      .selectFrom('project_version')
      .select('version')
      .where('project_id', '=', made[0]?.id ?? '')
      .execute()
    assert.equal(versions.length, 50)
  })
  it('The province assigns while the county withdraws: one of them comes first, and the books agree', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => to('admitted', 'Song County')))
    const on = '2017-02-01'
    const governor: As = ['Qingshan Province', 'governor']
    const county: As = ['Song County', 'county-head']
    await Promise.all(
      ids.flatMap((id) => [
        world.perform(actOf('assign'), walk.input('assign', 'Song County', [id], 'Qingshan Province', on), {
          as: governor,
          on,
        }),
        world.perform(actOf('withdraw'), walk.input('withdraw', 'Song County', [id], '', on), { as: county, on }),
      ]),
    )
    for (const project of await findProjects(world.db, ids)) assert.equal(project.state, 'withdrawn')
    const owed = await world.db
      .selectFrom('obligation_item')
      .selectAll()
      .where('subject', 'in', ids)
      .where('met_on', 'is', null)
      .where('lapsed_on', 'is', null)
      .execute()
    assert.deepEqual(owed, [])
  })
})

describe('What the checks find', () => {
  const found = async (id: string, on: string, project: string) => {
    const check = readChecks('checks').find((each) => each.id === id)
    assert.ok(check, `There is no check «${id}».`)
    return (await runCheck(world.db, check, on)).filter((finding) => finding.record === `/projects/${project}`)
  }
  it('A milestone beyond its day, until it is reported done', async () => {
    const id = await to('started')
    assert.equal((await found('milestone-slipped', '2017-03-05', id)).length, 0)
    assert.equal((await found('milestone-slipped', '2017-03-06', id)).length, 1)
    await walk.does('report', liu, [id], '2017-03-07')
    assert.equal((await found('milestone-slipped', '2017-03-06', id)).length, 1)
    assert.equal((await found('milestone-slipped', '2017-03-07', id)).length, 0)
  })
  it('An assigned project that nobody started in ninety days', async () => {
    const id = await to('assigned')
    assert.equal((await found('project-not-started', '2017-04-24', id)).length, 0)
    assert.equal((await found('project-not-started', '2017-04-25', id)).length, 1)
  })
  it('A project that came into the library past the rules, without its notices', async () => {
    const id = await to('noticed')
    await asAct(world, (client, act) =>
      client.query(
        `insert into project_admission (project_id, version, on_day, act_id) values ($1, 1, '2017-01-15', $2)`,
        [id, act],
      ),
    )
    assert.equal((await found('project-admitted-without-notice', '2017-01-14', id)).length, 0)
    const [finding] = await found('project-admitted-without-notice', '2017-01-15', id)
    assert.match(finding?.label.en ?? '', /0 of 3 notices had stood/)
    assert.deepEqual(await found('project-admitted-without-notice', '2017-12-31', await to('admitted')), [])
  })
})
