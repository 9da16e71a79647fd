import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import pg from 'pg'
import type { Refuse } from '#kernel/act.ts'
import { isPoor } from '#features/schedules/index.ts'
import { designate, poorCounties } from '#test/designate.ts'
import { ExitWalk, get, goodMetrics, type WalkAct } from '#test/exit-walk.ts'
import { signLetters } from '#test/signed-letters.ts'
import { World } from '#test/world.ts'
import { readCase } from './books.ts'
import { judgeMetrics, metricNames } from './metrics.ts'
import { isAtMost, type ProposalFacts, proposalRule } from './proposal.ts'
import { drawSample } from './sample.ts'
import { findMove, moves, stages, standings, type State } from './state.ts'

const seeded = (numRuns: number) => ({ seed: 832, numRuns })

describe('Thresholds', () => {
  it('A headcount is held against its limit in whole people: as exact fractions say', () => {
    const people = fc.record({
      poor: fc.nat(2_000_000),
      rural: fc.integer({ min: 1, max: 2_000_000 }),
      limit: fc.nat(10_000),
    })
    fc.assert(
      fc.property(
        people,
        ({ poor, rural, limit }) =>
          isAtMost(poor, rural, limit) === BigInt(poor) * 10_000n <= BigInt(limit) * BigInt(rural),
      ),
      seeded(2_000),
    )
  })
  it('Three metrics fail at their limit and pass one hundredth of a percent below; approval passes at its limit', () => {
    const limits = fc.record({
      headcount: fc.nat(9_999),
      wrongExit: fc.nat(9_999),
      miss: fc.nat(9_999),
      approval: fc.nat(9_999),
    })
    fc.assert(
      fc.property(limits, fc.constantFrom(...metricNames), fc.constantFrom(-1, 0, 1), (limit, metric, by) => {
        const [result] = judgeMetrics({ ...limit, [metric]: limit[metric] + by }, limit).filter(
          (each) => each.metric === metric,
        )
        assert.equal(result?.passes, metric === 'approval' ? by >= 0 : by < 0)
      }),
      seeded(1_000),
    )
  })
  it('Where a province asks for nine villages in ten, eight are too few: `villages-out-below-minimum`', () => {
    const refuse: Refuse<string> = (code, facts = {}) => ({ code, facts, weight: 'refusal' })
    const facts = (villagesOut: number): ProposalFacts => ({
      poor: true,
      cases: [],
      headcount: { id: '', poorPersons: 1, ruralPersons: 1000, villages: 10, villagesOut, asOf: '2016-09-30' },
      scheduled: { version: 1, exitYear: 2016 },
      letter: true,
    })
    const place = { name: { zh: '兰县', en: 'Lan County' }, year: 2016, on: '2016-10-12' }
    const codes = (villagesOut: number, min: number | null) =>
      proposalRule(facts(villagesOut), { headcountMax_bp: 200, villagesOutMin_bp: min }, place, refuse, refuse).flatMap(
        (line) => (typeof line === 'object' ? [line.code] : []),
      )
    assert.deepEqual(codes(8, 9_000), ['villages-out-below-minimum'])
    assert.deepEqual(codes(9, 9_000), [])
    assert.deepEqual(codes(0, null), [])
  })
})

describe('The draw', () => {
  const units = fc.uniqueArray(fc.uuid(), { minLength: 0, maxLength: 80 })
  it('It has ⌈share × n⌉ counties, is the same each time, and does not depend on the order of the rows', () => {
    const property = fc.property(
      units,
      fc.string({ minLength: 4 }),
      fc.integer({ min: 0, max: 10_000 }),
      (all, seed, share) => {
        const drawn = drawSample(all, seed, 2018, share)
        assert.equal(drawn.filter((each) => each.isDrawn).length, Math.ceil((all.length * share) / 10_000))
        assert.deepEqual(drawSample(all.toReversed(), seed, 2018, share), drawn)
        assert.deepEqual(drawn.map((each) => each.unit).toSorted(), all.toSorted())
      },
    )
    fc.assert(property, seeded(300))
  })
  it('At a share of one hundred every county is drawn, and at least one at any share above nothing', () => {
    const property = fc.property(units, fc.integer({ min: 1, max: 10_000 }), (all, share) => {
      assert.ok(drawSample(all, 'seed', 2018, 10_000).every((each) => each.isDrawn))
      assert.equal(
        drawSample(all, 'seed', 2018, share).some((each) => each.isDrawn),
        all.length > 0,
      )
    })
    fc.assert(property, seeded(200))
  })
})

/** What must have happened in one round, in this order, before a county is out. */
const required = ['propose', 'review', 'verify', 'notice', 'report', 'approve']

describe('No sequence of acts brings a county out without all its steps, in order, in one round', () => {
  it('By the moves there are', () => {
    const sequence = fc.array(fc.constantFrom(...moves), { maxLength: 60 })
    const property = fc.property(sequence, (tried) => {
      let state: State = 'none'
      let round: string[] = []
      for (const [step, , outcome] of tried) {
        const next = findMove(step, state, outcome)
        if (!next) continue
        round = step === 'propose' ? [step] : [...round, step]
        state = next
        if (step === 'approve') {
          assert.deepEqual(
            round.filter((each) => required.includes(each)),
            required,
          )
          assert.ok(round.includes('evaluate') || round.includes('draw'))
        }
      }
    })
    fc.assert(property, seeded(3_000))
  })

  let world: World
  let walk: ExitWalk
  before(async () => {
    world = await World.open()
    walk = new ExitWalk(world)
    await designate(world, poorCounties)
    await signLetters(world, poorCounties)
  })
  after(() => world.close())

  it('By the acts themselves, tried in any order', async () => {
    const acts: WalkAct[] = [
      'exit.propose',
      'exit.review',
      'exit.verify',
      'exit.post-notice',
      'exit.report',
      'exit.evaluate',
      'exit.approve',
    ]
    await walk.until('headcount.attest', 'Liu County', 2016)
    let day = new Date('2016-10-12T00:00:00Z')
    let approvals = 0
    const deed = fc.record({
      wild: fc.constantFrom(...acts),
      // Most deeds follow the procedure, so that sequences reach its end; the others try whatever comes.
      isWild: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
      isReturn: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
      days: fc.integer({ min: 0, max: 9 }),
    })
    const property = fc.asyncProperty(fc.array(deed, { minLength: 10, maxLength: 30 }), async (deeds) => {
      for (const { wild, isWild, isReturn, days } of deeds) {
        const stage = standings[(await readCase(world.db, world.unit('Liu County'), 2016)).state].stage
        const act = isWild ? wild : (acts[stages.indexOf(stage)] ?? wild)
        day = new Date(day.getTime() + days * 86_400_000)
        const on = day.toISOString().slice(0, 10)
        const decides = act === 'exit.review' || act === 'exit.verify'
        const bad = act === 'exit.evaluate' && isReturn ? { ...goodMetrics, miss: 5 } : {}
        const more = decides && isReturn ? { outcome: 'return', remarks: '请整改后再报' } : bad
        const input = { ...walk.input(act, 'Liu County', 2016), ...more }
        await world.perform(get(act), input, { as: await walk.seat(act, 'Liu County', on), on })
      }
      const { state, round, steps } = await readCase(world.db, world.unit('Liu County'), 2016)
      const today = day.toISOString().slice(0, 10)
      assert.equal(await isPoor(world.db, world.unit('Liu County'), today), state !== 'approved')
      if (state !== 'approved') return
      approvals += 1
      assert.deepEqual(
        steps.filter((row) => row.round === round && required.includes(row.step)).map((row) => row.step),
        required,
      )
      const input = { unit: world.unit('Liu County'), year: 2016, reason: '试办，撤销' }
      await world.done(get('exit.revoke'), input, { as: ['Qingshan Province', 'governor'], on: today })
    })
    await fc.assert(property, { seed: 832, numRuns: 12, endOnFailure: true })
    assert.ok(approvals > 1, 'No sequence reached the end: the property saw nothing.')
  })
  it('Not even past the rules: the database refuses a step that does not follow', async () => {
    await walk.until('exit.propose', 'Tong County', 2016)
    const owner = new pg.Client(world.database.owner)
    await owner.connect()
    const insert = (ordinal: number, step: string, from: string, outcome: string, state: string, on = '2016-12-01') =>
      owner.query(
        `insert into exit_step (unit_id, exit_year, ordinal, round, step, outcome, state, on_day, from_state, from_day, from_round, act_id)
         values ($1, 2016, $2, 1, $3, $4, $5, $6, $7, '2016-10-12', 1, (select id from journal order by seq limit 1))`,
        [world.unit('Tong County'), ordinal, step, outcome, state, on, from],
      )
    try {
      await assert.rejects(insert(2, 'approve', 'proposed', 'done', 'approved'), /exit_steps_in_order/)
      await assert.rejects(insert(2, 'approve', 'evaluated', 'done', 'approved'), /exit_step_follows/)
      await assert.rejects(
        insert(1, 'review', 'proposed', 'pass', 'reviewed'),
        /exit_begins_with_nothing|exit_step_pkey/,
      )
      await assert.rejects(insert(3, 'review', 'proposed', 'pass', 'reviewed'), /exit_step_follows/)
      await assert.rejects(
        insert(2, 'review', 'proposed', 'pass', 'reviewed', '2016-10-11'),
        /exit_days_do_not_run_back/,
      )
      await assert.rejects(owner.query(`update exit_step set state = 'approved'`), /never changed/)
    } finally {
      await owner.end()
    }
  })
  it('The rules and the database know the same moves', async () => {
    const { rows } = await world.engine.database.pool.query(
      `select pg_get_constraintdef(oid) as text from pg_constraint where conname = 'exit_steps_in_order'`,
    )
    const held: string[] = [...rows[0].text.matchAll(/'(\w+)'::text/g)].map((match) => match[1])
    assert.deepEqual(held.length % 4, 0)
    assert.deepEqual(held, moves.flat())
  })
  it('A county taken off the list by other means has nothing to approve: `not-a-poor-county`', async () => {
    await walk.until('exit.evaluate', 'Song County', 2016)
    const owner = new pg.Client(world.database.owner)
    await owner.connect()
    await owner.query(
      `update unit_designation set valid_at = daterange(lower(valid_at), '2016-12-21') where unit_id = $1`,
      [world.unit('Song County')],
    )
    await owner.end()
    assert.deepEqual(await walk.refused('exit.approve', 'Song County', 2016), ['not-a-poor-county'])
  })
  it('Twenty approvals at once: one is done, and nineteen are told that it was', async () => {
    await walk.until('exit.evaluate', 'Yan County', 2016)
    const governor = ['Xiling Province', 'governor'] as const
    const input = walk.input('exit.approve', 'Yan County', 2016)
    const tries = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        world.perform(get('exit.approve'), input, { as: governor, on: '2016-12-28', key: `race ${at}` }),
      ),
    )
    assert.equal(tries.filter((outcome) => outcome.outcome === 'done').length, 1)
    const codes = tries.flatMap((outcome) =>
      outcome.outcome === 'refused' ? outcome.refusals.map((told) => told.code) : [],
    )
    assert.deepEqual(
      codes,
      Array.from({ length: 19 }, () => 'not-at-this-step'),
    )
  })
})

describe('The exits of 2018, of which one in five is evaluated', () => {
  it('Of three reported counties one is drawn; it waits for evaluation, the others for approval', async () => {
    const world = await World.open()
    try {
      const walk = new ExitWalk(world)
      await designate(world, poorCounties)
      await signLetters(world, poorCounties)
      const counties = ['Liu County', 'Ye County', 'Yan County']
      for (const county of counties) await walk.until('exit.report', county, 2018)
      const { drawn, released } = await walk.does('exit.draw', 'Liu County', 2018)
      assert.deepEqual([drawn.length, released.length], [1, 2])
      assert.deepEqual(drawSample(counties.map(world.unit), '20181205', 2018, 2_000)[0]?.unit, drawn[0])
      const owed = await world.db
        .selectFrom('obligation_item')
        .select(['obligation', 'unit_id'])
        .where('subject', '=', 'exit/2018')
        .where('met_on', 'is', null)
        .where('lapsed_on', 'is', null)
        .execute()
      const of = (obligation: string) =>
        owed
          .filter((item) => item.obligation === obligation)
          .map((item) => item.unit_id)
          .toSorted()
      assert.deepEqual(of('evaluate-exit'), drawn)
      assert.deepEqual(of('approve-exit'), released.toSorted())
      const name = (unit: string) => counties.find((county) => world.unit(county) === unit) ?? ''
      assert.deepEqual(await walk.refused('exit.approve', name(drawn[0]), 2018), ['not-at-this-step'])
      assert.deepEqual(await walk.refused('exit.evaluate', name(released[0]), 2018), ['not-at-this-step'])
      await walk.does('exit.approve', name(released[0]), 2018)
      await walk.does('exit.evaluate', name(drawn[0]), 2018)
      await walk.does('exit.approve', name(drawn[0]), 2018)
    } finally {
      await world.close()
    }
  })
})

describe('A country of three tiers', () => {
  it('Birch District leaves by the same steps under its own law: 4 %, ten days of notice', async () => {
    const world = await World.open('three-tiers')
    try {
      const walk = new ExitWalk(world)
      await designate(world, ['Birch District', 'Alder District'])
      await signLetters(world, ['Birch District', 'Alder District'])
      const headcount = { 'headcount.attest': { poorPersons: 400 } }
      await walk.until('exit.post-notice', 'Birch District', 2016, { with: headcount })
      assert.deepEqual(await walk.seat('exit.review', 'Birch District', '2016-10-20'), [
        'North Region',
        'commission-clerk',
      ])
      assert.deepEqual(await walk.refused('exit.report', 'Birch District', 2016, {}, '2016-11-22'), [
        'notice-still-stands',
      ])
      await walk.until('exit.approve', 'Birch District', 2016, { from: 'exit.report' })
      assert.equal((await readCase(world.db, world.unit('Birch District'), 2016)).state, 'approved')
      const over = { 'headcount.attest': { poorPersons: 401 } }
      await walk.until('headcount.attest', 'Alder District', 2016, { with: over })
      assert.deepEqual(await walk.refused('exit.propose', 'Alder District', 2016), ['headcount-above-limit'])
    } finally {
      await world.close()
    }
  })
})
