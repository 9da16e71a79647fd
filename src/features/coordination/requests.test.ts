import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { readFigure, readFigureRecords } from '#kernel/figure.ts'
import { acts } from '#src/acts.ts'
import { asks } from '#src/asks.ts'
import type { AnyAct } from '#kernel/act.ts'
import type { AnyAsk } from '#kernel/ask.ts'
import { asAct } from '#test/act.ts'
import { designate } from '#test/designate.ts'
import { World } from '#test/world.ts'
import { burdenFields, burdenMinutes } from './burden.ts'

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
const [request, answer, withdraw] = ['report.request', 'request.answer', 'request.withdraw'].map(named) as [
  AnyAct,
  AnyAct,
  AnyAct,
]

const office = ['Qingshan Province', 'poverty-office-director-province'] as const
const city = ['Heyang City', 'poverty-office-director-city'] as const
const liu = ['Liu County', 'poverty-office-director-county'] as const
const tong = ['Tong County', 'poverty-office-director-county'] as const
const day = '2016-03-01'

const fields = [
  { kind: 'figure', figure: 'units.poor-counties' },
  { kind: 'whole', title: '外出务工的贫困劳动力人数' },
  { kind: 'text', title: '务工中的主要困难' },
]

describe('A request for a report outside the charter', () => {
  let world: World
  before(async () => {
    world = await World.open()
    await designate(world, ['Liu County', 'Tong County', 'Song County', 'Ye County'])
  })
  after(() => world.close())

  const asked = (more: object = {}) => ({
    unit: world.unit('Qingshan Province'),
    title: '务工情况',
    reason: '研究劳务协作安排。',
    receivers: [world.unit('Liu County'), world.unit('Tong County')],
    due: '2016-03-20',
    fields,
    ...more,
  })
  const entered = [
    { n: 2, value: '1250' },
    { n: 3, value: '缺少培训' },
  ]

  it('The city asks a county of another province: `not-below`', async () => {
    const receivers = [world.unit('Yan County'), world.unit('Qingshan Province')]
    assert.deepEqual(
      await world.codes(request, asked({ unit: world.unit('Heyang City'), receivers }), { as: city, on: day }),
      ['not-below'],
    )
  })

  it('Nanping has no poor county to ask: `nobody-asked`', async () => {
    const input = asked({ unit: world.unit('Nanping Prefecture'), receivers: undefined })
    assert.deepEqual(
      await world.codes(request, input, { as: ['Nanping Prefecture', 'poverty-office-director-city'], on: day }),
      ['nobody-asked'],
    )
  })

  it('A question without words and a figure without a name: `field-incomplete`', async () => {
    const input = asked({ fields: [{ kind: 'text', title: '？' }, { kind: 'figure' }] })
    assert.deepEqual(await world.codes(request, input, { as: office, on: day }), [
      'field-incomplete',
      'field-incomplete',
    ])
  })

  it('A figure that the system does not know: `unknown-figure`', async () => {
    const input = asked({ fields: [...fields, { kind: 'figure', figure: 'moon.phase' }] })
    assert.deepEqual(await world.codes(request, input, { as: office, on: day }), ['unknown-figure'])
  })

  it('All that is asked is held by the system, so nobody is to fill in anything: `nothing-to-ask`', async () => {
    const input = asked({ fields: fields.slice(0, 1) })
    const [told] = await world.refused(request, input, { as: office, on: day })
    assert.equal(told?.code, 'nothing-to-ask')
    assert.match(told.sentence.en, /Poor counties|poor counties/i)
  })

  it('Asked today for tomorrow: `due-too-soon`', async () => {
    const [told] = await world.refused(request, asked({ due: '2016-03-02' }), { as: office, on: day })
    assert.equal(told?.code, 'due-too-soon')
    assert.match(told.sentence.en, /2016-03-04/)
  })

  it('Before the button is pressed the form says what the system holds, and what it costs in minutes', async () => {
    const input = asked({ fields: [...fields, { kind: 'text', title: '现有贫困县多少个' }] })
    const { advice, refusals } = await world.rehearse(request, input, { as: office, on: day })
    assert.deepEqual(refusals, [])
    const said = new Map(advice.map((each) => [each.code, each.sentence]))
    assert.match(said.get('held-already')?.zh ?? '', /现有贫困县多少个/)
    assert.match(said.get('filled-in')?.en ?? '', /1 of the fields/)
    // Two texts at 12 minutes and a number at 4, for two counties.
    assert.match(said.get('costs-minutes')?.en ?? '', /3 fields × 2 units: about 56 minutes/)
  })

  let id = ''
  it('The counties asked owe the answer by the request’s own day, and an answer holds only what nobody had entered', async () => {
    const result = await world.done(request, asked(), { as: office, on: day })
    id = result.request
    const { rows } = await sql<{ unit: string; due: string }>`
      select unit_id as unit, due_on as due from obligation_item where obligation = 'answer-request' and subject = ${id}`.execute(
      world.db,
    )
    assert.deepEqual(
      new Set(rows.map((row) => `${row.unit} ${row.due}`)),
      new Set([`${world.unit('Liu County')} 2016-03-20`, `${world.unit('Tong County')} 2016-03-20`]),
    )
    const shown = await world.ask(question('request.show'), { id }, '2016-03-02', liu)
    assert.deepEqual(
      shown.form.values.map((each: { value: unknown }) => each.value),
      ['1', null, null],
    )
  })

  it('Nobody answers what does not exist: `unknown-request`', async () => {
    const request = world.unit('nothing')
    const as = liu
    assert.deepEqual(await world.codes(answer, { unit: world.unit('Liu County'), request, entered }, { as, on: day }), [
      'unknown-request',
    ])
    assert.deepEqual(
      await world.codes(
        withdraw,
        { unit: world.unit('Qingshan Province'), request, reason: '不再需要。' },
        { as: office, on: day },
      ),
      ['unknown-request'],
    )
  })

  it('Song County was not asked and need not answer: `not-asked`', async () => {
    assert.deepEqual(
      await world.codes(
        answer,
        { unit: world.unit('Song County'), request: id, entered },
        { as: ['Song County', 'county-head'], on: '2016-03-02' },
      ),
      ['not-asked'],
    )
  })

  it('Every fault of an answer is told at once: `field-missing`, `field-unknown`, `filled-by-the-system`, `not-of-its-kind`', async () => {
    const wrong = [
      { n: 1, value: '7' },
      { n: 2, value: '约一千' },
      { n: 9, value: 'x' },
    ]
    assert.deepEqual(
      await world.codes(
        answer,
        { unit: world.unit('Liu County'), request: id, entered: wrong },
        { as: liu, on: '2016-03-02' },
      ),
      ['field-missing', 'field-unknown', 'filled-by-the-system', 'not-of-its-kind'],
    )
  })

  it('Liu County answers; its figure is kept as it was when it was signed, whatever happens later', async () => {
    const result = await world.done(
      answer,
      { unit: world.unit('Liu County'), request: id, entered, minutes: 25 },
      { as: liu, on: '2016-03-03' },
    )
    assert.equal(result.typed, 2)
    await designate(world, ['Yan County'])
    const shown = await world.ask(question('request.show'), { id }, '2016-03-04', office)
    const own = shown.answers.find((each: { unit: string }) => each.unit === world.unit('Liu County'))
    assert.deepEqual(own.values, ['1', '1250', '缺少培训'])
    assert.deepEqual(shown.totals, ['1', '1250', null])
    const before = await world.ask(question('request.show'), { id }, '2016-03-02', office)
    assert.ok(
      before.answers.every((each: { on: unknown }) => each.on === null),
      'nobody had answered the day before',
    )
  })

  it('An answer is corrected only with a reason: `reason-missing`', async () => {
    const input = {
      unit: world.unit('Liu County'),
      request: id,
      entered: [
        { n: 2, value: '1300' },
        { n: 3, value: '缺少培训' },
      ],
    }
    assert.deepEqual(await world.codes(answer, input, { as: liu, on: '2016-03-05' }), ['reason-missing'])
    const corrected = await world.done(answer, { ...input, reason: '漏报一个乡。' }, { as: liu, on: '2016-03-05' })
    assert.deepEqual([corrected.version, corrected.typed], [2, 1], 'only what changed was typed again')
  })

  it('Burden is what was really typed, in the name of whoever asked, month by month', async () => {
    const scope = (unit: string, on: string) => ({
      charter: world.charter,
      unit: world.unit(unit),
      on,
      map: on,
      year: 2016,
    })
    const typed = await readFigure(world.db, burdenFields, scope('Heyang City', '2016-03-31'))
    assert.equal(typed.value, 3)
    assert.equal((await readFigure(world.db, burdenFields, scope('Heyang City', '2016-03-04'))).value, 2)
    assert.equal((await readFigure(world.db, burdenMinutes, scope('Liu County', '2016-03-31'))).value, 20)
    const { records, total } = await readFigureRecords(world.db, burdenFields, scope('Liu County', '2016-03-31'), {
      offset: 0,
      limit: 10,
      side: 'counted',
    })
    assert.equal(total, 3)
    assert.match(records[0]?.label.en ?? '', /Qingshan Province/)
    const table = await world.ask(
      question('burden.table'),
      { unit: world.unit('The Centre'), year: 2016 },
      '2016-03-31',
      office,
    )
    assert.deepEqual(
      table.rows.map(
        (row: {
          month: string
          fields: number
          minutes: number
          measured: number | null
          askerName: { en: string }
        }) => [row.month, row.fields, row.minutes, row.askerName.en],
      ),
      [['2016-03', 3, 20, 'Qingshan Province']],
    )
  })

  it('Only whoever asked withdraws, and once: `not-your-request`, `withdrawn-already`', async () => {
    const reason = '已从其他渠道取得。'
    assert.deepEqual(
      await world.codes(
        withdraw,
        { unit: world.unit('Heyang City'), request: id, reason },
        { as: city, on: '2016-03-06' },
      ),
      ['not-your-request'],
    )
    const own = { unit: world.unit('Qingshan Province'), request: id, reason }
    const result = await world.done(withdraw, own, { as: office, on: '2016-03-06' })
    assert.equal(result.givesBack, false, 'Liu County has answered, so its time is spent')
    assert.deepEqual(await world.codes(withdraw, own, { as: office, on: '2016-03-06' }), ['withdrawn-already'])
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from obligation_item where subject = ${id} and lapsed_on is not null`.execute(world.db)
    assert.equal(rows[0]?.n, 1, 'Tong County owes nothing any more')
  })

  it('What was withdrawn needs no answer: `request-withdrawn`', async () => {
    assert.deepEqual(
      await world.codes(
        answer,
        { unit: world.unit('Tong County'), request: id, entered },
        { as: tong, on: '2016-03-07' },
      ),
      ['request-withdrawn'],
    )
  })
})

describe('The budget of requests of a county', () => {
  let world: World
  before(async () => {
    world = await World.open()
    await designate(world, ['Liu County', 'Tong County', 'Song County', 'Ye County'])
  })
  after(() => world.close())

  const asked = (title: string, unit = 'Qingshan Province') => ({
    unit: world.unit(unit),
    title,
    reason: '研究劳务协作安排。',
    receivers: [world.unit('Song County')],
    due: '2016-05-20',
    fields: [{ kind: 'text', title: `${title}怎样` }],
  })

  it('Of many that ask at once only as many come through as the year allows, and the database says so too', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 16 }, (_, at) =>
        world.perform(request, asked(`第${at}件`, at % 2 ? 'Qingshan Province' : 'Heyang City'), {
          as: at % 2 ? office : city,
          on: day,
        }),
      ),
    )
    assert.equal(outcomes.filter((each) => each.outcome === 'done').length, 12)
    await assert.rejects(
      asAct(world, (client, act) =>
        client.query(
          `insert into report_request_receiver (request_id, unit_id, on_day, year, slot, budget, act_id)
           select id, $1, '2016-03-01', 2016, 13, 12, $2 from report_request limit 1`,
          [world.unit('Liu County'), act],
        ),
      ),
      /request_is_within_the_budget/,
    )
    await assert.rejects(
      asAct(world, (client, act) =>
        client.query(
          `insert into report_request_receiver (request_id, unit_id, on_day, year, slot, budget, act_id)
           select p.request_id, p.unit_id, p.on_day, p.year, (select min(slot) from report_request_receiver) , p.budget, $1
             from report_request_receiver p order by p.slot desc limit 1`,
          [act],
        ),
      ),
      /report_request_receiver_pkey|request_budget_place_once/,
    )
  })

  it('Once it is spent the refusal says by whom: `budget-spent`', async () => {
    const [told] = await world.refused(request, asked('又一件'), { as: office, on: '2016-03-02' })
    assert.equal(told?.code, 'budget-spent')
    assert.match(told.sentence.en, /Song County’s budget of 12 requests for 2016 is spent: 2016-03-01/)
    assert.match(told.sentence.en, /Heyang City/)
    const budget = await world.ask(
      question('request.budget'),
      { unit: world.unit('Song County') },
      '2016-03-02',
      office,
    )
    assert.deepEqual([budget.budget, budget.uses.length], [12, 12])
  })

  it('A request that nobody has answered gives its place back, and the next year has places of its own', async () => {
    const { rows } = await sql<{ id: string }>`
      select id from report_request where unit_id = ${world.unit('Heyang City')} order by id limit 1`.execute(world.db)
    const own = { unit: world.unit('Heyang City'), request: rows[0]?.id, reason: '与省里的要求重复。' }
    assert.equal((await world.done(withdraw, own, { as: city, on: '2016-03-03' })).givesBack, true)
    await world.done(request, asked('又一件'), { as: office, on: '2016-03-03' })
    await world.done(request, { ...asked('明年一件'), due: '2017-02-10' }, { as: office, on: '2017-01-10' })
  })

  it('Ye County, directly under its province, is asked by the province, and asking again what was asked is said', async () => {
    const input = {
      ...asked('饮水安全'),
      unit: world.unit('Haidao Province'),
      receivers: undefined,
      fields: [{ kind: 'whole', title: '饮水不安全户数' }],
    }
    const as = ['Haidao Province', 'poverty-office-director-province'] as const
    const result = await world.done(request, input, { as, on: day })
    assert.deepEqual(result.receivers, [world.unit('Ye County')])
    const { advice } = await world.rehearse(request, input, { as, on: '2016-03-08' })
    assert.ok(advice.some((each) => each.code === 'asked-before' && each.sentence.zh.includes('2016-03-01')))
    const table = await world.ask(question('request.list'), { unit: world.unit('Ye County') }, '2016-03-08', as)
    assert.equal(table.total, 1)
  })
})
