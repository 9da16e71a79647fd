import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { acts } from '#src/acts.ts'
import { asks } from '#src/asks.ts'
import type { AnyAct } from '#kernel/act.ts'
import type { AnyAsk } from '#kernel/ask.ts'
import { readFigure } from '#kernel/figure.ts'
import { asAct } from '#test/act.ts'
import { designate } from '#test/designate.ts'
import { World } from '#test/world.ts'
import { mattersOpen } from './figures.ts'

const named = (name: string): AnyAct => {
  const found = acts.find((each) => each.name === name)
  assert.ok(found, name)
  return found
}
const question = (name: string): AnyAsk => {
  const found = asks.find((each) => each.name === name)
  assert.ok(found, name)
  return found
}
const matter = (verb: string) => named(`matter.${verb}`)

const liu = ['Liu County', 'county-head'] as const
const tong = ['Tong County', 'county-head'] as const
const city = ['Heyang City', 'poverty-office-director-city'] as const
const mayor = ['Heyang City', 'mayor'] as const
const office = ['Qingshan Province', 'poverty-office-director-province'] as const
const finance = ['Qingshan Province', 'finance-director-province'] as const

describe('A matter that a county cannot settle itself', () => {
  let world: World
  before(async () => {
    world = await World.open()
    await designate(world, ['Liu County', 'Tong County', 'Ye County'])
  })
  after(() => world.close())

  const at = (unit: string, id: string, more: object = {}) => ({ unit: world.unit(unit), matter: id, ...more })
  const raised = (more: object = {}) => ({
    unit: world.unit('Liu County'),
    title: '跨县公路的资金缺口',
    asked: '请协调补足跨县公路资金。',
    concerns: 'use-funds-well',
    evidence: '柳县段缺口120万元。',
    wished: '2016-06-30',
    ...more,
  })
  const among = (unit: string, parties: readonly string[], more: object = {}) => {
    const { wished: _none, ...input } = raised({ unit: world.unit(unit), ...more })
    return { ...input, parties: parties.map(world.unit) }
  }
  const raise = async (on = '2016-05-03') =>
    (await world.done(matter('raise'), raised(), { as: liu, on })).matter as string
  const show = (id: string, on: string) => world.ask(question('matter.show'), { id }, on, liu)
  const owes = async (subject: string, on: string) => {
    const { rows } = await sql<{ obligation: string; unit: string }>`
      select obligation, unit_id as unit from obligation_item
       where subject = ${subject} and opened_on <= ${on}::date and met_on is null and lapsed_on is null order by obligation, unit_id`.execute(
      world.db,
    )
    return rows.map((row) => `${row.obligation} ${row.unit}`)
  }

  it('A duty that the charter does not know, and a day that is past: `unknown-duty`, `wished-past`', async () => {
    assert.deepEqual(
      await world.codes(matter('raise'), raised({ concerns: 'walk-the-dog', wished: '2016-05-01' }), {
        as: liu,
        on: '2016-05-03',
      }),
      ['unknown-duty', 'wished-past'],
    )
    assert.deepEqual(
      await world.codes(
        matter('open'),
        among('Heyang City', ['Liu County', 'Tong County'], { concerns: 'walk-the-dog' }),
        { as: city, on: '2016-05-03' },
      ),
      ['unknown-duty'],
    )
  })

  it('It goes up, to a department, is settled with assignments, and closed; each step has its owner and its dates', async () => {
    const id = await raise()
    assert.deepEqual(await owes(id, '2016-05-03'), [`handle-matter ${world.unit('Heyang City')}`])
    assert.equal((await show(id, '2016-05-03')).waits.person.name.en, 'poverty-office-director-city of Heyang City')

    await world.done(matter('relay'), at('Heyang City', id, { to: 'above', note: '市级无此资金。' }), {
      as: city,
      on: '2016-05-10',
    })
    await world.done(
      matter('relay'),
      at('Qingshan Province', id, { to: 'here', post: 'finance-director-province', note: '请财政厅研究。' }),
      { as: office, on: '2016-05-12' },
    )
    assert.deepEqual(await owes(id, '2016-05-12'), [`handle-matter ${world.unit('Qingshan Province')}`])
    assert.equal((await show(id, '2016-05-12')).waits.post, 'finance-director-province')

    const settled = await world.done(
      matter('settle'),
      at('Qingshan Province', id, {
        decision: '省级安排80万元，市级配套40万元。',
        assignments: [
          { unit: world.unit('Heyang City'), task: '落实配套资金40万元。', due: '2016-07-31' },
          { unit: world.unit('Liu County'), task: '开工并按月报进度。', due: '2016-08-31' },
        ],
      }),
      { as: finance, on: '2016-05-20' },
    )
    const [first, second] = settled.assignments
    const { rows } = await sql<{ due: string }>`
      select due_on as due from obligation_item where subject = any (${[first.id, second.id]}::text[]) order by due_on`.execute(
      world.db,
    )
    assert.deepEqual(
      rows.map((row) => row.due),
      ['2016-07-31', '2016-08-31'],
    )
    assert.deepEqual(await owes(id, '2016-05-20'), [`answer-settlement ${world.unit('Liu County')}`])

    await world.done(
      named('assignment.complete'),
      { unit: world.unit('Heyang City'), assignment: first.id, result: '配套资金已到位。' },
      { as: city, on: '2016-07-01' },
    )
    const { advice } = await world.rehearse(matter('close'), at('Liu County', id), { as: liu, on: '2016-07-02' })
    assert.deepEqual(
      advice.map((each) => each.code),
      ['assignments-open'],
    )
    await world.done(matter('close'), at('Liu County', id, { note: '问题已解决。' }), { as: liu, on: '2016-07-02' })
    assert.deepEqual(await owes(id, '2016-07-02'), [])

    const way = (await show(id, '2016-07-02')).way
    assert.deepEqual(
      way.map((step: { step: string; on: string }) => `${step.on} ${step.step}`),
      ['2016-05-03 raise', '2016-05-10 relay', '2016-05-12 relay', '2016-05-20 settle', '2016-07-02 close'],
    )
    assert.equal(
      (await show(id, '2016-05-11')).owner.unit,
      world.unit('Qingshan Province'),
      'any day shows who had it then',
    )
    const open = (on: string) =>
      readFigure(world.db, mattersOpen, {
        charter: world.charter,
        unit: world.unit('Liu County'),
        on,
        map: on,
        year: 2016,
      })
    assert.deepEqual([(await open('2016-07-01')).value, (await open('2016-07-02')).value], [1, 0])
  })

  it('Nobody handles above the centre, nor relays to a seat that cannot: `nobody-above`, `post-cannot-take-it`, `already-there`', async () => {
    const id = await raise()
    for (const [unit, as] of [
      ['Heyang City', city],
      ['Qingshan Province', office],
    ] as const)
      await world.done(matter('relay'), at(unit, id, { to: 'above', note: '本级无权决定。' }), { as, on: '2016-05-04' })
    const centre = ['The Centre', 'office-director'] as const
    const codes = (more: object) =>
      world.codes(matter('relay'), at('The Centre', id, { note: '请有关部门研究。', ...more }), {
        as: centre,
        on: '2016-05-05',
      })
    assert.deepEqual(await codes({ to: 'above' }), ['nobody-above'])
    assert.deepEqual(await codes({ to: 'here', post: 'auditor-general' }), ['post-cannot-take-it'])
    assert.deepEqual(await codes({ to: 'here', post: 'office-director' }), ['already-there'])
  })

  it('A matter is handled where it is, and nowhere else: `not-with-you`', async () => {
    const id = await raise()
    const province = at('Qingshan Province', id)
    const as = office
    const on = '2016-05-04'
    assert.deepEqual(await world.codes(matter('relay'), { ...province, to: 'above', note: '请上级定。' }, { as, on }), [
      'not-with-you',
    ])
    assert.deepEqual(await world.codes(matter('settle'), { ...province, decision: '同意所请。' }, { as, on }), [
      'not-with-you',
    ])
    assert.deepEqual(
      await world.codes(matter('return'), { ...province, ground: 'not-ours', reason: '不属本级。' }, { as, on }),
      ['not-with-you'],
    )
    // Within a unit its principals may, another department may not.
    await world.done(matter('relay'), at('Heyang City', id, { to: 'above', note: '市级无此资金。' }), { as: mayor, on })
    assert.deepEqual(
      await world.codes(matter('settle'), { ...province, decision: '同意所请。' }, { as: finance, on }),
      ['not-with-you'],
    )
  })

  it('It is returned with a reason, completed, and goes back to the same seat; out of turn nothing happens: `not-at-this-step`', async () => {
    const id = await raise()
    const on = '2016-05-05'
    await world.done(matter('return'), at('Heyang City', id, { ground: 'incomplete', reason: '缺少资金来源说明。' }), {
      as: city,
      on,
    })
    assert.deepEqual(await owes(id, on), [`complete-matter ${world.unit('Liu County')}`])
    const codes = async (verb: string, input: object, as: readonly [string, string]) =>
      world.codes(matter(verb), input, { as, on })
    const cityInput = at('Heyang City', id)
    const own = at('Liu County', id)
    assert.deepEqual(await codes('relay', { ...cityInput, to: 'above', note: '请上级定。' }, city), [
      'not-at-this-step',
    ])
    assert.deepEqual(await codes('settle', { ...cityInput, decision: '同意所请。' }, city), ['not-at-this-step'])
    assert.deepEqual(await codes('return', { ...cityInput, ground: 'incomplete', reason: '还缺材料。' }, city), [
      'not-at-this-step',
    ])
    assert.deepEqual(await codes('close', own, liu), ['not-at-this-step'])
    assert.deepEqual(await codes('reopen', { ...own, reason: '没有解决。' }, liu), ['not-at-this-step'])
    assert.deepEqual(await codes('contribute', { ...own, statement: '情况如下。' }, liu), [
      'not-at-this-step',
      'takes-no-part',
    ])
    await world.done(matter('answer'), { ...own, note: '补充资金来源说明。' }, { as: liu, on })
    assert.deepEqual(await owes(id, on), [`handle-matter ${world.unit('Heyang City')}`])
    assert.deepEqual(await codes('answer', { ...own, note: '再补充一份。' }, liu), ['not-at-this-step'])
    await world.done(matter('withdraw'), { ...own, reason: '已自行解决。' }, { as: liu, on: '2016-05-06' })
    assert.deepEqual(await owes(id, '2016-05-06'), [])
    assert.deepEqual(await codes('withdraw', { ...own, reason: '已自行解决。' }, liu), ['not-at-this-step'])
  })

  it('Only whoever raised it answers, withdraws, closes or reopens: `not-raised-by-you`', async () => {
    const id = await raise()
    const on = '2016-05-06'
    const other = at('Tong County', id)
    assert.deepEqual(await world.codes(matter('withdraw'), { ...other, reason: '不再需要。' }, { as: tong, on }), [
      'not-raised-by-you',
    ])
    await world.done(matter('return'), at('Heyang City', id, { ground: 'incomplete', reason: '缺少说明。' }), {
      as: city,
      on,
    })
    assert.deepEqual(await world.codes(matter('answer'), { ...other, note: '补充说明。' }, { as: tong, on }), [
      'not-raised-by-you',
    ])
    await world.done(matter('answer'), at('Liu County', id, { note: '补充说明。' }), { as: liu, on })
    await world.done(matter('settle'), at('Heyang City', id, { decision: '市里予以支持。' }), { as: city, on })
    assert.deepEqual(await world.codes(matter('close'), other, { as: tong, on }), ['not-raised-by-you'])
    assert.deepEqual(await world.codes(matter('reopen'), { ...other, reason: '没有解决。' }, { as: tong, on }), [
      'not-raised-by-you',
    ])
  })

  it('It is reopened once, and not again: `reopened-already`', async () => {
    const id = await raise()
    const settle = (on: string) =>
      world.done(matter('settle'), at('Heyang City', id, { decision: '市里予以支持。' }), { as: city, on })
    await settle('2016-05-06')
    await world.done(matter('reopen'), at('Liu County', id, { reason: '支持没有落实。' }), {
      as: liu,
      on: '2016-05-09',
    })
    assert.deepEqual(await owes(id, '2016-05-09'), [`handle-matter ${world.unit('Heyang City')}`])
    await settle('2016-05-16')
    assert.deepEqual(
      await world.codes(matter('reopen'), at('Liu County', id, { reason: '还是没有落实。' }), {
        as: liu,
        on: '2016-05-17',
      }),
      ['reopened-already'],
    )
    await assert.rejects(
      asAct(world, (client, act) =>
        client.query(
          `insert into matter_step (matter_id, ordinal, step, state, owner_unit_id, owner_post, note, on_day, from_state, from_day, act_id)
           select matter_id, ordinal + 1, 'reopen', 'open', owner_unit_id, owner_post, '没有落实。', on_day, state, on_day, $2
             from matter_step where matter_id = $1 order by ordinal desc limit 1`,
          [id, act],
        ),
      ),
      /matter_is_reopened_once/,
    )
  })

  it('Nothing is done with what does not exist: `unknown-matter`, `unknown-assignment`', async () => {
    const id = world.unit('nothing')
    const on = '2016-05-06'
    const here = at('Heyang City', id)
    const own = at('Liu County', id)
    const codes = (verb: string, input: object, as: readonly [string, string]) =>
      world.codes(matter(verb), input, { as, on })
    assert.deepEqual(await codes('relay', { ...here, to: 'above', note: '请上级定。' }, city), ['unknown-matter'])
    assert.deepEqual(await codes('settle', { ...here, decision: '同意所请。' }, city), ['unknown-matter'])
    assert.deepEqual(await codes('return', { ...here, ground: 'not-ours', reason: '不属本级。' }, city), [
      'unknown-matter',
    ])
    assert.deepEqual(await codes('answer', { ...own, note: '补充说明。' }, liu), ['unknown-matter'])
    assert.deepEqual(await codes('withdraw', { ...own, reason: '不再需要。' }, liu), ['unknown-matter'])
    assert.deepEqual(await codes('close', own, liu), ['unknown-matter'])
    assert.deepEqual(await codes('reopen', { ...own, reason: '没有解决。' }, liu), ['unknown-matter'])
    assert.deepEqual(await codes('contribute', { ...own, statement: '情况如下。' }, liu), ['unknown-matter'])
    const assignment = { unit: world.unit('Liu County'), assignment: id, result: '已经办完。' }
    assert.deepEqual(await world.codes(named('assignment.complete'), assignment, { as: liu, on }), [
      'unknown-assignment',
    ])
  })

  it('Work is assigned within the area and in time: `outside-the-area`, `due-past`; and done once by whoever has it: `not-assigned-to-you`, `done-already`', async () => {
    const id = await raise()
    const on = '2016-05-06'
    const settle = (assignments: readonly object[]) =>
      at('Heyang City', id, { decision: '市里予以支持。', assignments })
    assert.deepEqual(
      await world.codes(
        matter('settle'),
        settle([
          { unit: world.unit('Yan County'), task: '出资一半。', due: '2016-07-01' },
          { unit: world.unit('Liu County'), task: '出资一半。', due: '2016-05-01' },
        ]),
        { as: city, on },
      ),
      ['due-past', 'outside-the-area'],
    )
    const { assignments } = await world.done(
      matter('settle'),
      settle([{ unit: world.unit('Tong County'), task: '让出料场。', due: '2016-07-01' }]),
      { as: city, on },
    )
    const complete = (unit: string, as: readonly [string, string]) =>
      [
        named('assignment.complete'),
        { unit: world.unit(unit), assignment: assignments[0].id, result: '已经让出。' },
        { as, on },
      ] as const
    assert.deepEqual(await world.codes(...complete('Liu County', liu)), ['not-assigned-to-you'])
    await world.done(...complete('Tong County', tong))
    assert.deepEqual(await world.codes(...complete('Tong County', tong)), ['done-already'])
  })

  it('The city opens a matter among its counties, each takes part, and it is settled: `takes-no-part`', async () => {
    const on = '2016-06-01'
    const input = among('Heyang City', ['Liu County', 'Tong County'], { title: '共用水源的调度' })
    const { matter: id } = await world.done(matter('open'), input, { as: city, on })
    assert.deepEqual(
      new Set(await owes(id, on)),
      new Set([
        `contribute-to-matter ${world.unit('Liu County')}`,
        `contribute-to-matter ${world.unit('Tong County')}`,
        `handle-matter ${world.unit('Heyang City')}`,
      ]),
    )
    const part = (unit: string) => at(unit, id, { statement: '愿意错峰取水。' })
    await world.done(matter('contribute'), part('Liu County'), { as: liu, on })
    assert.deepEqual(
      await world.codes(matter('contribute'), part('Song County'), { as: ['Song County', 'county-head'], on }),
      ['takes-no-part'],
    )
    await world.done(matter('settle'), at('Heyang City', id, { decision: '分段错峰取水。' }), {
      as: city,
      on: '2016-06-03',
    })
    assert.deepEqual(await owes(id, '2016-06-03'), [`answer-settlement ${world.unit('Heyang City')}`])
    assert.equal((await show(id, '2016-06-03')).parties.length, 2)
  })

  it('A matter among units needs two of them, all below, and the level that coordinates them: `one-unit-only`, `not-below`, `not-this-level`', async () => {
    const open = (unit: string, parties: readonly string[], as: readonly [string, string]) =>
      world.codes(matter('open'), among(unit, parties), { as, on: '2016-06-01' })
    assert.deepEqual(await open('Heyang City', ['Liu County', 'Liu County'], city), ['one-unit-only'])
    assert.deepEqual(await open('Heyang City', ['Liu County', 'Yan County'], city), ['not-below'])
    assert.deepEqual(await open('Nanping Prefecture', ['Liu County', 'Tong County'], city), [
      'not-below',
      'not-this-level',
    ])
  })

  it('Ye County’s matter goes straight to its province', async () => {
    const as = ['Ye County', 'county-head'] as const
    const { to } = await world.done(matter('raise'), raised({ unit: world.unit('Ye County') }), {
      as,
      on: '2016-05-03',
    })
    assert.equal(to, world.unit('Haidao Province'))
  })

  it('A matter is settled or withdrawn, never both at once', async () => {
    const id = await raise()
    const on = '2016-05-06'
    const outcomes = await Promise.all([
      world.perform(matter('settle'), at('Heyang City', id, { decision: '市里予以支持。' }), { as: city, on }),
      world.perform(matter('withdraw'), at('Liu County', id, { reason: '已自行解决。' }), { as: liu, on }),
    ])
    assert.deepEqual(outcomes.map((each) => each.outcome).toSorted(), ['done', 'refused'])
  })

  it('What waits is gathered by the person who is waited for, in time or late', async () => {
    const list = await world.ask(
      question('waiting.list'),
      { unit: world.unit('Qingshan Province'), kind: 'handle-matter' },
      '2016-12-01',
      city,
    )
    assert.ok(list.total > 0)
    const [item] = list.items
    assert.equal(item.waits.light, 'red')
    assert.ok(item.waits.person.name.zh.length > 0)
    assert.ok(
      list.people.shown.some(
        (each: { seat: string }) => each.seat === `${world.unit('Qingshan Province')}/poverty-office-director-province`,
      ),
    )
    const seat = `${item.waits.unit.id}/${item.waits.post}`
    const own = await world.ask(
      question('waiting.list'),
      { seat, search: item.waits.person.name.en, sort: 'since' },
      '2016-12-01',
      city,
    )
    assert.ok(own.items.every((each: { waits: { post: string } }) => each.waits.post === item.waits.post))
    const about = await world.ask(question('waiting.about'), { subject: item.subject }, '2016-12-01', city)
    assert.equal(about.items[0].record, `/matters/${item.subject}`)
    const matters = await world.ask(
      question('matter.list'),
      { unit: world.unit('Liu County'), state: 'all' },
      '2016-12-01',
      city,
    )
    assert.ok(matters.total >= 8)
    const found = await world.ask(
      question('find.matters'),
      { unit: world.unit('Liu County'), text: '公路' },
      '2016-12-01',
      city,
    )
    assert.ok(found.choices.length > 0)
  })
})

describe('Coordination in a country of three tiers', () => {
  it('A district raises a matter to its region, which relays it to the nation', async () => {
    const world = await World.open('three-tiers')
    const input = {
      unit: world.unit('Birch District'),
      title: 'A bridge between two districts',
      asked: 'Who pays for the bridge?',
      concerns: 'set-schedule',
    }
    const { matter: id, to } = await world.done(matter('raise'), input, {
      as: ['Birch District', 'steward'],
      on: '2016-05-03',
    })
    assert.equal(to, world.unit('North Region'))
    const relay = { unit: world.unit('North Region'), matter: id, to: 'above', note: 'It is beyond us.' }
    const relayed = await world.done(matter('relay'), relay, { as: ['North Region', 'commissioner'], on: '2016-05-04' })
    assert.equal(relayed.post, 'high-commissioner')
    await world.close()
  })
})
