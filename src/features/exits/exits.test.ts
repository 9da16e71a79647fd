import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { designate, poorCounties } from '#test/designate.ts'
import { ExitWalk, get, goodMetrics } from '#test/exit-walk.ts'
import { signLetters } from '#test/signed-letters.ts'
import { World } from '#test/world.ts'
import { readCase } from './books.ts'
import { isPoor } from '#features/schedules/index.ts'

const governor = ['Qingshan Province', 'governor'] as const
const countyHead = ['Liu County', 'county-head'] as const

/** A world of its own for each story, with poor counties of the small country. */
function story(
  name: string,
  poor: readonly string[],
  tell: (open: () => { world: World; walk: ExitWalk; at: (unit: string, year: number) => Promise<string> }) => void,
) {
  describe(name, () => {
    let world: World
    let walk: ExitWalk
    before(async () => {
      world = await World.open()
      walk = new ExitWalk(world)
      await designate(world, poor)
      await signLetters(world, poor)
    })
    after(() => world.close())
    tell(() => ({ world, walk, at: async (unit, year) => (await readCase(world.db, world.unit(unit), year)).state }))
  })
}

story('Liu County leaves poverty in 2016 by the seven steps', poorCounties, (open) => {
  it('Each step is taken by the seat whose duty it is, and the county is out', async () => {
    const { world, walk } = open()
    await walk.until('exit.evaluate', 'Liu County', 2016)
    const { sha256 } = await walk.does('exit.approve', 'Liu County', 2016)
    assert.match(sha256, /^[0-9a-f]{64}$/)
    assert.equal(await isPoor(world.db, world.unit('Liu County'), '2016-12-27'), true)
    assert.equal(await isPoor(world.db, world.unit('Liu County'), '2016-12-28'), false)
    const { steps } = await readCase(world.db, world.unit('Liu County'), 2016)
    assert.deepEqual(
      steps.map((row) => row.step),
      ['propose', 'review', 'verify', 'notice', 'report', 'evaluate', 'approve'],
    )
  })
  it('Every obligation on the way was opened and met', async () => {
    const { world } = open()
    const items = await world.db
      .selectFrom('obligation_item')
      .selectAll()
      .where('subject', '=', 'exit/2016')
      .orderBy('opened_on')
      .execute()
    assert.deepEqual(
      items.map((item) => [item.obligation, item.met_on]),
      [
        ['review-exit', '2016-10-20'],
        ['verify-exit', '2016-11-10'],
        ['post-notice', '2016-11-12'],
        ['report-exit', '2016-12-04'],
        ['evaluate-exit', '2016-12-20'],
        ['approve-exit', '2016-12-28'],
      ],
    )
  })
  it('What the approval stood on is sealed word for word', async () => {
    const { world } = open()
    const sealed = await world.db.selectFrom('exit_evidence').selectAll().executeTakeFirstOrThrow()
    const evidence = JSON.parse(sealed.evidence)
    assert.equal(evidence.steps.length, 6)
    assert.equal(evidence.attestations[0].poorPersons, 100)
    assert.deepEqual(evidence.steps.map((step: { step: string }) => step.step).at(-1), 'evaluate')
  })
  it('A county that is out proposes nothing more: `already-out`', async () => {
    const { walk } = open()
    assert.deepEqual(await walk.refused('exit.propose', 'Liu County', 2016, {}, '2017-01-05'), ['already-out'])
    assert.ok((await walk.refused('exit.propose', 'Liu County', 2017)).includes('already-out'))
  })
  it('An approval is revoked with its reason, and the county is poor again; a year later it would be `too-late-to-revoke`', async () => {
    const { world } = open()
    const input = { unit: world.unit('Liu County'), year: 2016, reason: '抽查发现数据不实' }
    assert.deepEqual(await world.codes(get('exit.revoke'), input, { as: governor, on: '2018-01-10' }), [
      'too-late-to-revoke',
    ])
    await world.done(get('exit.revoke'), input, { as: governor, on: '2017-03-01' })
    assert.equal(await isPoor(world.db, world.unit('Liu County'), '2017-02-28'), false)
    assert.equal(await isPoor(world.db, world.unit('Liu County'), '2017-03-01'), true)
    assert.deepEqual(await world.codes(get('exit.revoke'), input, { as: governor, on: '2017-03-02' }), [
      'not-at-this-step',
    ])
  })
})

story('Ye County has no city, Yan County lies in the west', poorCounties, (open) => {
  it('Ye County’s province reviews what a city would, and the county is out', async () => {
    const { world, walk, at } = open()
    assert.deepEqual(await walk.seat('exit.review', 'Ye County', '2016-10-20'), [
      'Haidao Province',
      'party-secretary-province',
    ])
    await walk.until('exit.approve', 'Ye County', 2016)
    assert.equal(await at('Ye County', 2016), 'approved')
    assert.equal(await isPoor(world.db, world.unit('Ye County'), '2017-01-01'), false)
  })
  it('Yan County leaves with 3 % exactly, which would be too much in the east', async () => {
    const { walk, at } = open()
    const headcount = { 'headcount.attest': { poorPersons: 300 } }
    await walk.until('exit.approve', 'Yan County', 2016, { with: headcount })
    assert.equal(await at('Yan County', 2016), 'approved')
    await walk.until('headcount.attest', 'Song County', 2016, { with: headcount })
    assert.deepEqual(await walk.refused('exit.propose', 'Song County', 2016), ['headcount-above-limit'])
  })
})

story(
  'What a county is refused when it proposes',
  poorCounties.filter((name) => name !== 'Ye County'),
  (open) => {
    it('Without a headcount, a schedule and a begun year: `no-headcount`, `no-schedule`, `year-not-begun`', async () => {
      const { walk } = open()
      const codes = await walk.refused('exit.propose', 'Liu County', 2017, {}, '2016-05-01')
      assert.deepEqual(codes, ['no-headcount', 'no-schedule', 'year-not-begun'])
    })
    it('A county that is not on the list: `not-a-poor-county`', async () => {
      const { walk } = open()
      assert.deepEqual(await walk.refused('headcount.attest', 'Ye County', 2016), ['not-a-poor-county'])
      assert.ok((await walk.refused('exit.propose', 'Ye County', 2016)).includes('not-a-poor-county'))
    })
    it('A county that never signed its letter: `letter-unsigned`', async () => {
      const { walk } = open()
      assert.ok((await walk.refused('exit.propose', 'Ye County', 2016)).includes('letter-unsigned'))
    })
    it('One person above two percent is above the limit, and nothing is rounded: `headcount-above-limit`', async () => {
      const { walk } = open()
      await walk.until('headcount.attest', 'Liu County', 2016, {
        with: { 'headcount.attest': { poorPersons: 20_001, ruralPersons: 1_000_000 } },
      })
      assert.deepEqual(await walk.refused('exit.propose', 'Liu County', 2016), ['headcount-above-limit'])
      await walk.does('headcount.attest', 'Liu County', 2016, { poorPersons: 20_000, ruralPersons: 1_000_000 })
      await walk.does('exit.propose', 'Liu County', 2016)
    })
    it('What is under way is not proposed again, nor its numbers exchanged: `already-open`, `exit-under-way`', async () => {
      const { walk } = open()
      assert.deepEqual(await walk.refused('exit.propose', 'Liu County', 2016), ['already-open'])
      assert.deepEqual(await walk.refused('headcount.attest', 'Liu County', 2016, {}, '2016-10-13'), ['exit-under-way'])
    })
    it('A self-check that leaves out a village is not complete: `self-check-incomplete`', async () => {
      const { walk } = open()
      await walk.until('headcount.attest', 'Tong County', 2016)
      const selfCheck = { villagesChecked: 9, householdsChecked: 300, statement: '还差一村' }
      assert.deepEqual(await walk.refused('exit.propose', 'Tong County', 2016, { selfCheck }), [
        'self-check-incomplete',
      ])
    })
    it('Headcounts that cannot be: `more-poor-than-people`, `more-villages-out-than-villages`, `as-of-outside-year`', async () => {
      const { walk } = open()
      const wrong = { poorPersons: 11, ruralPersons: 10, villages: 1, villagesOut: 2, asOf: '2015-12-31' }
      const codes = ['as-of-outside-year', 'more-poor-than-people', 'more-villages-out-than-villages']
      assert.deepEqual(await walk.refused('headcount.attest', 'Song County', 2016, wrong), codes)
      assert.deepEqual(await walk.refused('headcount.attest', 'Song County', 2016, { asOf: '2016-10-11' }), [
        'as-of-outside-year',
      ])
    })
    it('Before a headcount is attested, a dry run calls nothing fine that hangs on it', async () => {
      const { world, walk } = open()
      const input = walk.input('exit.propose', 'Song County', 2016)
      const when = { as: ['Song County', 'county-head'], on: '2016-10-11' } as const
      const fine = async () => (await world.rehearse(get('exit.propose'), input, when)).fine.map((topic) => topic.en)
      assert.ok(!(await fine()).includes('the headcount is within the limit'))
      await walk.does('headcount.attest', 'Song County', 2016)
      assert.ok((await fine()).includes('the headcount is within the limit'))
    })
    it('A proposal earlier than its schedule goes through, and the county is told: `earlier-than-scheduled`', async () => {
      const { world, walk } = open()
      await walk.does('schedule.set', 'Song County', 2017, {}, '2016-01-20')
      await walk.does('schedule.consent', 'Song County', 2017, {}, '2016-01-25')
      await walk.does('headcount.attest', 'Song County', 2016)
      const input = walk.input('exit.propose', 'Song County', 2016)
      const rehearsal = await world.rehearse(get('exit.propose'), input, {
        as: ['Song County', 'county-head'],
        on: '2016-10-12',
      })
      assert.deepEqual(
        [rehearsal.refusals.length, rehearsal.advice.map((told) => told.code)],
        [0, ['earlier-than-scheduled']],
      )
    })
  },
)

story('A case out of its turn', poorCounties, (open) => {
  it('Nothing is done on a day before the step that it follows: `not-at-this-step`', async () => {
    const { walk } = open()
    await walk.until('exit.propose', 'Yan County', 2016)
    assert.deepEqual(await walk.refused('exit.review', 'Yan County', 2016, {}, '2016-10-11'), ['not-at-this-step'])
    await walk.does('exit.review', 'Yan County', 2016, { outcome: 'return', remarks: '材料不全' })
    assert.deepEqual(await walk.refused('exit.propose', 'Yan County', 2016), ['not-at-this-step'])
  })
  it('Every step is refused before its turn, and says where the case stands and who is waited for: `not-at-this-step`', async () => {
    const { world, walk } = open()
    await walk.until('exit.propose', 'Liu County', 2016)
    for (const act of ['exit.verify', 'exit.post-notice', 'exit.report', 'exit.evaluate', 'exit.approve'] as const)
      assert.deepEqual(await walk.refused(act, 'Liu County', 2016), ['not-at-this-step'], act)
    const told = await world.refused(get('exit.approve'), walk.input('exit.approve', 'Liu County', 2016), {
      as: governor,
      on: '2016-10-13',
    })
    const said =
      'The exit of Liu County for 2016 stands at «waits for review» since 2016-10-12; it waits for Heyang City, Mayor.'
    assert.equal(told[0]?.sentence.en, said)
  })
  it('The county withdraws until the review is decided, and not later: `not-at-this-step`', async () => {
    const { world, walk, at } = open()
    const withdrawal = { unit: world.unit('Liu County'), year: 2016, reason: '数据需要复核' }
    await world.done(get('exit.withdraw'), withdrawal, { as: countyHead, on: '2016-10-15' })
    assert.equal(await at('Liu County', 2016), 'withdrawn')
    await walk.does('exit.propose', 'Liu County', 2016, {}, '2016-10-18')
    await walk.does('exit.review', 'Liu County', 2016)
    assert.deepEqual(await world.codes(get('exit.withdraw'), withdrawal, { as: countyHead, on: '2016-10-21' }), [
      'not-at-this-step',
    ])
  })
  it('A return needs its reason: `reason-missing`', async () => {
    const { walk } = open()
    assert.deepEqual(await walk.refused('exit.verify', 'Liu County', 2016, { outcome: 'return' }), ['reason-missing'])
    await walk.until('exit.propose', 'Tong County', 2016)
    assert.deepEqual(await walk.refused('exit.review', 'Tong County', 2016, { outcome: 'return', remarks: '无' }), [
      'reason-missing',
    ])
  })
  it('The city returns Tong County with its reason; the county corrects and proposes again in a second round', async () => {
    const { world, walk } = open()
    await walk.does('exit.review', 'Tong County', 2016, { outcome: 'return', remarks: '两村饮水未达标' })
    await walk.does('headcount.attest', 'Tong County', 2016, { poorPersons: 90 }, '2016-10-25')
    assert.deepEqual(await walk.does('exit.propose', 'Tong County', 2016, {}, '2016-10-26'), {
      unit: world.unit('Tong County'),
      year: 2016,
      round: 2,
      state: 'proposed',
    })
  })
  it('Silence never approves: a year later everything stands where it stood', async () => {
    const { world, walk, at } = open()
    assert.equal(await at('Tong County', 2016), 'proposed')
    assert.deepEqual(await walk.refused('exit.approve', 'Tong County', 2016, {}, '2018-10-26'), ['not-at-this-step'])
    const { state } = await readCase(world.db, world.unit('Tong County'), 2016, '2019-12-31')
    assert.equal(state, 'proposed')
  })
})

story('The special evaluation', poorCounties, (open) => {
  const failing = (metric: string, value: number) => ({ ...goodMetrics, [metric]: value })
  it('At the limit itself three metrics fail and approval passes', async () => {
    const { walk, at } = open()
    await walk.until('exit.report', 'Liu County', 2016)
    const result = await walk.does('exit.evaluate', 'Liu County', 2016, {
      headcount: 1.99,
      wrongExit: 1.99,
      miss: 1.99,
      approval: 90,
    })
    assert.equal(result.outcome, 'pass')
    assert.equal(await at('Liu County', 2016), 'evaluated')
  })
  it('Any one failure returns the case with its reasons', async () => {
    const { world, walk } = open()
    await walk.until('exit.report', 'Tong County', 2016)
    const { outcome } = await walk.does('exit.evaluate', 'Tong County', 2016, failing('miss', 2))
    assert.equal(outcome, 'return')
    const { state, steps } = await readCase(world.db, world.unit('Tong County'), 2016)
    assert.equal(state, 'returned')
    assert.match(steps.at(-1)?.remarks ?? '', /漏评率2\.00%（须低于2\.00%）/)
    const owed = await world.db
      .selectFrom('obligation_item')
      .select('obligation')
      .where('subject', '=', 'exit/2016')
      .where('unit_id', '=', world.unit('Tong County'))
      .where('met_on', 'is', null)
      .where('lapsed_on', 'is', null)
      .execute()
    assert.deepEqual(owed, [])
  })
  it('For the exits of 2016 nothing is commissioned below: `not-commissioned-this-year`', async () => {
    const { walk } = open()
    await walk.until('exit.review', 'Yan County', 2016)
    assert.deepEqual(await walk.refused('evaluation.commission', 'Yan County', 2016), ['not-commissioned-this-year'])
  })
  it('From 2018 on the province commissions it before verifying: `evaluation-missing`, `evaluation-failed`, `already-evaluated`', async () => {
    const { walk, at } = open()
    await walk.until('exit.review', 'Song County', 2018)
    assert.deepEqual(await walk.refused('exit.verify', 'Song County', 2018), ['evaluation-missing'])
    await walk.does('evaluation.commission', 'Song County', 2018, failing('approval', 89.99))
    assert.deepEqual(await walk.refused('exit.verify', 'Song County', 2018), ['evaluation-failed'])
    assert.deepEqual(await walk.refused('evaluation.commission', 'Song County', 2018), ['already-evaluated'])
    await walk.does('evaluation.commission', 'Song County', 2018, { correction: '认可度误登，应为95.5%' }, '2018-11-06')
    await walk.until('exit.report', 'Song County', 2018, { from: 'exit.verify' })
    assert.equal(await at('Song County', 2018), 'reported')
    assert.deepEqual(await walk.refused('exit.evaluate', 'Song County', 2018), ['not-at-this-step'])
  })
  it('Yan County’s composite headcount may reach 2.99 % in the west', async () => {
    const { walk } = open()
    await walk.until('exit.report', 'Yan County', 2016, { from: 'exit.verify' })
    const { outcome } = await walk.does('exit.evaluate', 'Yan County', 2016, failing('headcount', 2.99))
    assert.equal(outcome, 'pass')
  })
  it('Only reported exits are drawn from: `nothing-to-draw`', async () => {
    const { world, walk } = open()
    assert.deepEqual(await walk.refused('exit.draw', 'Liu County', 2019), ['nothing-to-draw'])
    const { drawn, released } = await walk.does('exit.draw', 'Song County', 2018)
    assert.deepEqual([drawn, released], [[world.unit('Song County')], []])
  })
})
