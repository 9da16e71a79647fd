import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { readFigure } from '#kernel/figure.ts'
import { findLineage } from '#kernel/standing.ts'
import { designate, poorCounties } from '#test/designate.ts'
import { World } from '#test/world.ts'
import { policiesAcknowledged, policiesInForce } from './figures.ts'
import {
  acknowledgePolicy,
  dividePolicy,
  formulatePrinciple,
  formulateStrategy,
  issuePolicy,
  links,
  localisePolicy,
  supersedePolicy,
} from './index.ts'
import { listPolicies } from './list.ts'
import { listReceipts, showPolicy } from './show.ts'

const text = (en: string) => ({ zh: `〈${en}〉`, en })
const centre = ['The Centre', 'office-director'] as const
const qingshan = ['Qingshan Province', 'governor'] as const

describe('Policies handed down', () => {
  let world: World
  let serial = 100
  before(async () => {
    world = await World.open()
    await designate(world, poorCounties)
  })
  after(() => world.close())

  const document = (more: object = {}) => ({
    unit: world.unit('The Centre'),
    title: text('Opinions on exit'),
    summary: text('Counties leave by seven steps.'),
    ...more,
  })
  const issued = async (more: object = {}, on = '2016-04-29'): Promise<string> =>
    (
      await world.done(issuePolicy, document({ number: `国开发〔2016〕${(serial += 1)}号`, ...more }), {
        as: centre,
        on,
      })
    ).policy
  const acknowledged = (policy: string, place: string, post: string, on = '2016-05-03') =>
    world.done(acknowledgePolicy, { unit: world.unit(place), policy }, { as: [place, post], on })
  const figure = async (which: typeof policiesInForce | typeof policiesAcknowledged, unit: string, on: string) =>
    readFigure(world.db, which, { unit: world.unit(unit), on, map: on, year: 2016, charter: world.charter })

  it('A principle, a strategy and a policy go to the provinces unless other tiers are named', async () => {
    for (const act of [formulatePrinciple, formulateStrategy, issuePolicy]) {
      const result = await world.done(act, document(), { as: centre, on: '2016-01-05' })
      assert.deepEqual(
        new Set(result.receivers),
        new Set(['Qingshan Province', 'Haidao Province', 'Xiling Province'].map((name) => world.unit(name))),
      )
    }
  })
  it('Named tiers reach the poor counties themselves, also the one directly under its province', async () => {
    const result = await world.done(issuePolicy, document({ receivers: ['county'] }), { as: centre, on: '2016-01-06' })
    assert.deepEqual(new Set(result.receivers), new Set(poorCounties.map((name) => world.unit(name))))
  })
  it('Each receiver owes its acknowledgement, and meets it by acknowledging', async () => {
    const policy = await issued()
    const owed = () =>
      world.db.selectFrom('obligation_item').select(['unit_id', 'met_on']).where('subject', '=', policy).execute()
    assert.equal((await owed()).length, 3)
    await acknowledged(policy, 'Qingshan Province', 'governor')
    assert.deepEqual(
      (await owed()).filter((item) => item.met_on !== null).map((item) => item.unit_id),
      [world.unit('Qingshan Province')],
    )
  })
  it("A province can't issue what is the centre's to issue: 'not-the-issuer'", async () => {
    const input = document({ unit: world.unit('Qingshan Province') })
    assert.deepEqual(await world.codes(issuePolicy, input, { as: centre }), ['not-the-issuer'])
  })
  it("A number belongs to one document for good: 'number-in-use'", async () => {
    await issued({ number: '国开发〔2016〕3号' })
    const again = document({ number: '国开发〔2016〕3号' })
    assert.deepEqual(await world.codes(issuePolicy, again, { as: centre, on: '2016-06-01' }), ['number-in-use'])
  })
  it("A document of 2016 can't carry a number of 2017: 'number-year-ahead'", async () => {
    const input = document({ number: '国开发〔2017〕1号' })
    assert.deepEqual(await world.codes(issuePolicy, input, { as: centre }), ['number-year-ahead'])
  })
  it("A county's measures can't be sent up to a province, nor to a tier that the charter doesn't know: 'tier-not-below'", async () => {
    const input = document({ receivers: ['centre', 'moon'] })
    const [told] = await world.refused(issuePolicy, input, { as: centre })
    assert.equal(told?.code, 'tier-not-below')
    assert.match(told?.sentence.en ?? '', /centre、moon/)
  })
  it('A number without its form is told field by field', async () => {
    await assert.rejects(world.perform(issuePolicy, document({ number: '2016-3' }), { as: centre }), /number/)
  })
  it('With nobody to receive it a document may be issued, and whoever issues it is told', async () => {
    const rehearsal = await world.rehearse(
      issuePolicy,
      document({ receivers: ['prefecture'], unit: world.unit('The Centre') }),
      { as: centre, on: '2016-01-05' },
    )
    assert.deepEqual(rehearsal.advice, [])
    const lone = await World.open()
    const told = await lone.rehearse(issuePolicy, document(), { as: centre })
    assert.deepEqual(
      told.advice.map((line) => line.code),
      ['nobody-receives'],
    )
    await lone.close()
  })

  describe('acknowledging', () => {
    it("A document that nobody issued can't be acknowledged: 'policy-unknown'", async () => {
      const input = { unit: world.unit('Qingshan Province'), policy: world.unit('nothing') }
      assert.deepEqual(await world.codes(acknowledgePolicy, input, { as: qingshan }), ['policy-unknown'])
    })
    it("A county doesn't acknowledge what was sent to its province: 'not-a-receiver'", async () => {
      const policy = await issued()
      const input = { unit: world.unit('Liu County'), policy }
      assert.deepEqual(
        await world.codes(acknowledgePolicy, input, { as: ['Liu County', 'county-head'], on: '2016-05-03' }),
        ['not-a-receiver'],
      )
    })
    it("Qingshan acknowledges once: 'already-acknowledged'", async () => {
      const policy = await issued()
      await acknowledged(policy, 'Qingshan Province', 'governor')
      const input = { unit: world.unit('Qingshan Province'), policy }
      assert.deepEqual(await world.codes(acknowledgePolicy, input, { as: qingshan, on: '2016-05-04' }), [
        'already-acknowledged',
      ])
    })
    it('The database holds it too: no second receipt, and none by whom it was not sent to', async () => {
      const policy = await issued()
      await acknowledged(policy, 'Qingshan Province', 'governor')
      const owner = new pg.Client(world.database.owner)
      await owner.connect()
      const insert = (place: string) =>
        owner.query(
          `insert into policy_receipt (policy_id, unit_id, acknowledged_on, act_id)
           values ($1, $2, '2016-06-01', (select id from journal limit 1))`,
          [policy, world.unit(place)],
        )
      await assert.rejects(insert('Qingshan Province'), /policy_acknowledged_once/)
      await assert.rejects(insert('Liu County'), /policy_acknowledged_by_its_receiver/)
      await assert.rejects(owner.query('delete from policy_receipt'), /never changed/)
      await owner.end()
    })
  })

  describe('localising', () => {
    const local = (policy: string, more: object = {}) => ({
      unit: world.unit('Qingshan Province'),
      policy,
      number: `青政发〔2016〕${(serial += 1)}号`,
      title: text('Qingshan’s measures'),
      summary: text('Villages at nine in ten.'),
      ...more,
    })
    it('Qingshan issues its own measures under a document that it has acknowledged', async () => {
      const policy = await issued()
      await acknowledged(policy, 'Qingshan Province', 'governor')
      const result = await world.done(localisePolicy, local(policy), { as: qingshan, on: '2016-06-01' })
      assert.deepEqual(result.receivers, [world.unit('Heyang City')])
      const shown = await world.ask(showPolicy, { id: policy }, '2016-06-01')
      assert.deepEqual(
        shown.localisations.map((each: { id: string }) => each.id),
        [result.policy],
      )
    })
    it("Newer measures replace older ones of the province's own, and nobody else's: 'replaced-unknown'", async () => {
      const policy = await issued()
      await acknowledged(policy, 'Qingshan Province', 'governor')
      const first = await world.done(localisePolicy, local(policy), { as: qingshan, on: '2016-06-01' })
      const when = { as: qingshan, on: '2016-08-01' }
      assert.deepEqual(await world.codes(localisePolicy, local(policy, { replaces: policy }), when), [
        'replaced-unknown',
      ])
      const second = await world.done(localisePolicy, local(policy, { replaces: first.policy }), when)
      assert.equal((await world.ask(showPolicy, { id: first.policy }, '2016-08-01')).supersession.by, second.policy)
      assert.equal((await world.ask(showPolicy, { id: first.policy }, '2016-07-31')).isInForce, true)
      assert.deepEqual(await world.codes(localisePolicy, local(policy, { replaces: first.policy }), when), [
        'replaced-unknown',
      ])
    })
    it("It must know the document, have received it, and have acknowledged it: 'policy-unknown', 'not-received', 'not-acknowledged'", async () => {
      const when = { as: qingshan, on: '2016-06-01' }
      assert.deepEqual(await world.codes(localisePolicy, local(world.unit('nothing')), when), ['policy-unknown'])
      const toCounties = await issued({ receivers: ['county'] })
      assert.deepEqual(await world.codes(localisePolicy, local(toCounties), when), ['not-received'])
      const fresh = await issued()
      assert.deepEqual(await world.codes(localisePolicy, local(fresh), when), ['not-acknowledged'])
    })
    it("It gives all its reasons at once: 'number-in-use', 'number-year-ahead', 'tier-not-below', 'not-the-issuer'", async () => {
      const policy = await issued({ number: '国开发〔2016〕9号' })
      const at = { as: qingshan, on: '2016-06-01' }
      const taken = local(policy, { number: '国开发〔2016〕9号', receivers: ['province'] })
      assert.deepEqual(await world.codes(localisePolicy, taken, at), [
        'not-acknowledged',
        'number-in-use',
        'tier-not-below',
      ])
      const ahead = local(policy, { number: '青政发〔2018〕1号', unit: world.unit('Liu County') })
      assert.deepEqual(await world.codes(localisePolicy, ahead, at), [
        'not-received',
        'not-the-issuer',
        'number-year-ahead',
      ])
    })
  })

  describe('dividing among departments', () => {
    const division = (policy: string, more: object = {}) => ({
      unit: world.unit('The Centre'),
      policy,
      measures: [
        {
          text: text('Move people off bad land'),
          lead: 'ndrc',
          supporting: ['finance-ministry'],
          due: '2016-12-31',
          ...more,
        },
      ],
    })
    it('Each measure has one lead and a due day; a later division replaces the former, which stays readable', async () => {
      const policy = await issued()
      await world.done(dividePolicy, division(policy), { as: centre, on: '2016-05-10' })
      await world.done(dividePolicy, division(policy, { lead: 'housing-ministry' }), { as: centre, on: '2016-07-01' })
      const leadOn = async (on: string) =>
        (await world.ask(showPolicy, { id: policy }, on)).division?.measures[0].lead.body
      assert.equal(await leadOn('2016-05-01'), undefined)
      assert.equal(await leadOn('2016-06-01'), 'ndrc')
      assert.equal(await leadOn('2016-07-02'), 'housing-ministry')
      const { division: now } = await world.ask(showPolicy, { id: policy }, '2016-07-02')
      assert.equal(now.measures[0].lead.head.name.en, 'minister-housing of The Centre')
    })
    it("What is wrong with a division is told together: 'policy-unknown', 'not-a-department', 'department-twice', 'due-in-the-past'", async () => {
      const codes = (input: object) => world.codes(dividePolicy, input, { as: centre, on: '2016-05-10' })
      assert.deepEqual(await codes(division(world.unit('nothing'))), ['policy-unknown'])
      const policy = await issued()
      const wrong = division(policy, { lead: 'leading-group', supporting: ['ndrc', 'ndrc'], due: '2016-05-09' })
      assert.deepEqual(await codes(wrong), ['department-twice', 'due-in-the-past', 'not-a-department'])
    })
    it('The database holds it too: a measure has one lead', async () => {
      const policy = await issued()
      const { division: id } = await world.done(dividePolicy, division(policy), { as: centre, on: '2016-05-10' })
      const owner = new pg.Client(world.database.owner)
      await owner.connect()
      await assert.rejects(
        owner.query(
          `insert into policy_measure_department (division_id, position, body, role, act_id)
           values ($1, 1, 'audit-office', 'lead', (select id from journal limit 1))`,
          [id],
        ),
        /policy_measure_has_one_lead/,
      )
      await owner.end()
    })
  })

  describe('superseding', () => {
    const replace = (policy: string, by: string, on = '2017-01-10') =>
      [
        supersedePolicy,
        { unit: world.unit('The Centre'), policy, by, reason: 'The Measures have come into force.' },
        { as: centre, on },
      ] as const
    it('The older stays readable, marked, and need not be acknowledged any more', async () => {
      const old = await issued()
      await acknowledged(old, 'Qingshan Province', 'governor')
      const newer = await issued({}, '2016-10-11')
      await world.done(...replace(old, newer))
      const before = await world.ask(showPolicy, { id: old }, '2017-01-09')
      const then = await world.ask(showPolicy, { id: old }, '2017-01-10')
      assert.equal(before.supersession, null)
      assert.equal(then.isInForce, false)
      assert.equal(then.supersession.by, newer)
      const items = await world.db
        .selectFrom('obligation_item')
        .select(['met_on', 'lapsed_on'])
        .where('subject', '=', old)
        .execute()
      assert.deepEqual(
        items.map((item) => item.met_on ?? item.lapsed_on).toSorted((a, b) => String(a).localeCompare(String(b))),
        ['2016-05-03', '2017-01-10', '2017-01-10'],
      )
    })
    it("Nothing more is done with a superseded document: 'policy-superseded'", async () => {
      const old = await issued()
      const newer = await issued({}, '2016-10-11')
      await world.done(...replace(old, newer))
      const when = { as: centre, on: '2017-02-01' }
      assert.deepEqual(await world.codes(...replace(old, newer, '2017-02-01')), ['policy-superseded'])
      const measures = [{ text: text('x'), lead: 'ndrc', due: '2017-12-31' }]
      assert.deepEqual(
        await world.codes(dividePolicy, { unit: world.unit('The Centre'), policy: old, measures }, when),
        ['policy-superseded'],
      )
      const receipt = { unit: world.unit('Qingshan Province'), policy: old }
      assert.deepEqual(await world.codes(acknowledgePolicy, receipt, { as: qingshan, on: '2017-02-01' }), [
        'policy-superseded',
      ])
      const local = { ...receipt, title: text('x'), summary: text('y') }
      assert.deepEqual(await world.codes(localisePolicy, local, { as: qingshan, on: '2017-02-01' }), [
        'not-acknowledged',
        'policy-superseded',
      ])
    })
    it("The centre supersedes its own documents, not a province's measures: 'not-the-issuer'", async () => {
      const policy = await issued()
      const input = { unit: world.unit('Qingshan Province'), policy, by: policy, reason: 'It is not ours.' }
      const told = await world.codes(supersedePolicy, input, { as: centre, on: '2016-06-01' })
      assert.ok(told.includes('not-the-issuer'))
    })
    it("It takes a newer document of the same unit: 'policy-unknown', 'newer-unknown', 'newer-is-older', 'newer-not-in-force'", async () => {
      const first = await issued({}, '2016-03-01')
      const second = await issued({}, '2016-04-01')
      const third = await issued({}, '2016-05-01')
      assert.deepEqual(await world.codes(...replace(world.unit('nothing'), second)), ['policy-unknown'])
      assert.deepEqual(await world.codes(...replace(first, world.unit('nothing'))), ['newer-unknown'])
      assert.deepEqual(await world.codes(...replace(second, first)), ['newer-is-older'])
      assert.deepEqual(await world.codes(...replace(second, second)), ['newer-is-older'])
      await world.done(...replace(second, third))
      assert.deepEqual(await world.codes(...replace(first, second)), ['newer-not-in-force'])
    })
  })

  describe('what can be read', () => {
    it('Figures count what was in force and acknowledged on the day, not what is now', async () => {
      const before = await figure(policiesInForce, 'The Centre', '2018-01-01')
      const missingBefore = await figure(policiesAcknowledged, 'Haidao Province', '2018-01-05')
      const policy = await issued({}, '2018-01-02')
      await acknowledged(policy, 'Haidao Province', 'governor', '2018-01-04')
      assert.equal((await figure(policiesInForce, 'The Centre', '2018-01-02')).value, (before.value ?? 0) + 1)
      assert.equal((await figure(policiesInForce, 'The Centre', '2018-01-01')).value, before.value)
      const onThird = await figure(policiesAcknowledged, 'Haidao Province', '2018-01-03')
      const onFourth = await figure(policiesAcknowledged, 'Haidao Province', '2018-01-04')
      assert.equal(onFourth.counted, onThird.counted + 1)
      assert.equal(onFourth.of, (missingBefore.of ?? 0) + 1)
    })
    it('A list is searched, filtered and paged; abilities travel with it', async () => {
      const policy = await issued({ title: text('Relocation of 100 villages') }, '2018-03-01')
      const found = await world.ask(
        listPolicies,
        { search: 'relocation of 100', state: 'in-force' },
        '2018-03-02',
        centre,
      )
      assert.deepEqual(
        found.policies.map((each: { id: string }) => each.id),
        [policy],
      )
      assert.deepEqual(
        found.policies[0].can.map((each: { act: string; mine: boolean }) => [each.act, each.mine]),
        [
          ['policy.divide', true],
          ['policy.supersede', true],
        ],
      )
      const all = await world.ask(listPolicies, { limit: 2 }, '2018-03-02')
      assert.equal(all.policies.length, 2)
      assert.ok(all.total > 2)
      assert.equal((await world.ask(listPolicies, { search: '100% of_' }, '2018-03-02')).total, 0)
      const ofLiu = await world.ask(listPolicies, { unit: world.unit('Liu County') }, '2018-03-02')
      assert.ok(ofLiu.policies.every((each: { receivers: number }) => each.receivers === poorCounties.length))
    })
    it('Who is missing is named, with their light, and may acknowledge', async () => {
      const policy = await issued({}, '2018-05-02')
      const { receipts, total } = await world.ask(listReceipts, { policy, state: 'missing' }, '2018-06-29', qingshan)
      assert.equal(total, 3)
      const own = receipts.find((each: { unit: string }) => each.unit === world.unit('Qingshan Province'))
      assert.equal(own.light, 'red')
      assert.match(own.words.en, /not acknowledged, \d+ working days late/)
      assert.deepEqual(
        own.can.map((each: { act: string; mine: boolean }) => [each.act, each.mine]),
        [
          ['policy.acknowledge', true],
          ['policy.localise', true],
        ],
      )
    })
    it('The chain of a county shows what was handed down at each link', async () => {
      const policy = await issued({}, '2018-07-02')
      const lineage = await findLineage(world.db, world.unit('Liu County'), '2018-07-03')
      assert.ok(lineage)
      const shown = await links[0](world.reader('2018-07-03'), lineage)
      const first = shown.find((link) => link.record === `/policies/${policy}`)
      assert.equal(first?.upper, world.unit('The Centre'))
      assert.equal(first?.lower, world.unit('Qingshan Province'))
      assert.match(first?.words.en ?? '', /not acknowledged/)
    })
  })
})

describe('Policies in a country of three tiers', () => {
  it('The nation issues, the region acknowledges and localises, the district receives', async () => {
    const world = await World.open('three-tiers')
    await designate(world, ['Birch District', 'Alder District'])
    const input = { unit: world.unit('The Centre'), title: text('First law'), summary: text('Do it.') }
    const { policy, receivers } = await world.done(issuePolicy, input, { as: ['The Centre', 'high-commissioner'] })
    assert.deepEqual(receivers, [world.unit('North Region')])
    const region = { unit: world.unit('North Region'), policy }
    await world.done(acknowledgePolicy, region, { as: ['North Region', 'commission-clerk'] })
    const local = await world.done(
      localisePolicy,
      { ...region, title: text('Ours'), summary: text('Here.') },
      { as: ['North Region', 'commissioner'] },
    )
    assert.equal(local.receivers.length, 2)
    await world.close()
  })
})
