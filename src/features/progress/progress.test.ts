import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { makeAppointment, endAppointment } from '#features/seats/index.ts'
import { mergeUnits } from '#features/units/index.ts'
import { findAct } from '#src/acts.ts'
import { asks } from '#src/asks.ts'
import { figures } from '#src/figures.ts'
import type { AnyAct } from '#kernel/act.ts'
import { momentOf } from '#kernel/calendar.ts'
import { partsOf, readFigure, readFigureOf } from '#kernel/figure.ts'
import { perform } from '#kernel/perform.ts'
import { asAct } from '#test/act.ts'
import { type As, type When, World } from '#test/world.ts'

const need = (name: string): AnyAct => findAct(name) ?? assert.fail(name)
const report = need('progress.report')
const reportYear = need('progress.report-year')
const scrutinise = need('progress.scrutinise')
const giveBack = need('progress.return')
const ask = (name: string) => asks.find((each) => each.name === name) ?? assert.fail(name)

const head: As = ['Liu County', 'county-head']
const secretary: As = ['Liu County', 'party-secretary-county']
const mayor: As = ['Heyang City', 'mayor']
const governor: As = ['Qingshan Province', 'governor']
const provincial: As = ['Qingshan Province', 'party-secretary-province']

const words = [
  { field: 'main-work', value: '安排到户项目（演示）' },
  { field: 'problems', value: '无' },
  { field: 'village-visits', value: '12' },
]

describe('A county’s monthly report', () => {
  let world: World
  const id = (unit: string) => world.unit(unit)
  const input = (period: string, over: object = {}, unit = 'Liu County') => ({
    unit: id(unit),
    kind: 'county-monthly',
    period,
    entered: words,
    ...over,
  })
  const when = (on: string, as: As = head): When => ({ as, on })
  const send = (period: string, on: string, over: object = {}) => world.done(report, input(period, over), when(on))
  const shown = (report: string, on: string, as: As = head) => world.ask(ask('report.show'), { id: report }, on, as)
  // oxlint-disable-next-line typescript/no-explicit-any -- a field of any kind
  const field = (answer: { sections: { fields: { id: string }[] }[] }, name: string): any =>
    answer.sections.flatMap((section) => section.fields).find((each) => each.id === name)
  before(async () => {
    world = await World.open()
  })
  after(() => world.close())

  it('Liu County signs January 2017 once the month is over; what it typed and what the system knew are told apart', async () => {
    const sent = await send('2017-01', '2017-02-03')
    assert.deepEqual([sent.version, sent.typed, sent.scrutinised], [1, 3, true])
    const answer = await shown(sent.report, '2017-02-03')
    assert.equal(field(answer, 'village-visits').value, 12)
    assert.equal(field(answer, 'main-work').text, '安排到户项目（演示）')
    const known = field(answer, 'obligations.open')
    assert.deepEqual([known.source, known.asOf, known.sinceVersion], ['figure', '2017-01-31', 1])
    assert.match(known.digest, /^[0-9a-f]{64}$/)
    assert.equal(answer.scrutineer.name.en, 'Heyang City')
    assert.equal(answer.versions[0].typed + answer.versions[0].prefilled, answer.versions[0].fields)
  })

  it('A figure keeps the value that it had when signed, and shows beside it what it is today', async () => {
    const sent = await send('2017-02', '2017-03-02')
    const before = field(await shown(sent.report, '2017-03-02'), 'obligations.open').value
    await asAct(world, (client, act) =>
      client.query(
        `insert into obligation_item (id, obligation, duty, charter_version, unit_id, subject, opened_on, due_on, opened_by)
         select uuidv7(), 'carry-out', 'carry-out-policies', 'test', $1, 'planted ' || n, '2017-02-10', '2017-09-09', $2 from generate_series(1, 3) n`,
        [id('Liu County'), act],
      ),
    )
    const after = field(await shown(sent.report, '2017-04-10'), 'obligations.open')
    assert.equal(after.value, before)
    assert.deepEqual([after.again, after.isDifferentAgain], [before + 3, true])
    // Today there is also the scrutiny of this very report.
    assert.deepEqual([after.today, after.isDifferentToday], [before + 4, true])
  })

  it('What was done in the month is counted from the journal: the report of January is in February’s work of the city', async () => {
    const draft = await world.ask(
      ask('report.compose'),
      { unit: id('Qingshan Province'), period: '2017' },
      '2017-12-20',
      governor,
    )
    const scrutiny = field(draft.draft, 'scrutiny-work')
    assert.equal(scrutiny.source, 'acts')
    assert.equal(scrutiny.value, 0)
  })

  it('The draft says what is missing, what the last report said, and by which act it is signed', async () => {
    const { draft } = await world.ask(ask('report.compose'), { unit: id('Liu County') }, '2017-04-03', head)
    assert.deepEqual([draft.period, draft.act, draft.opens], ['2017-03', 'progress.report', '2017-04-01'])
    assert.equal(field(draft, 'main-work').required, true)
    assert.equal(field(draft, 'village-visits').before, 12)
    assert.equal(field(draft, 'projects.started').value, 0)
  })

  describe('is refused', () => {
    const codes = (over: object, on = '2018-03-05', as: As = head, act = report) =>
      world.codes(act, { ...input('2018-02'), ...over }, when(on, as))

    it("in a kind that the charter does not know: 'kind-unknown'", async () =>
      assert.deepEqual(await codes({ kind: 'weekly' }), ['kind-unknown']))

    it("where another tier owes it: 'not-owed-here'", async () => {
      const over = { unit: id('Qingshan Province') }
      assert.deepEqual(await codes(over, '2018-03-05', governor, reportYear), ['not-owed-here'])
    })

    it("for what is no month: 'wrong-period'", async () =>
      assert.deepEqual(await codes({ period: '2018-13' }), ['wrong-period']))

    it("before the month is over: 'before-the-end'", async () =>
      assert.deepEqual(await codes({}, '2018-02-28'), ['before-the-end']))

    it("for a month in which the county did not exist: 'before-the-unit'", async () =>
      assert.deepEqual(await codes({ period: '2014-05' }), ['before-the-unit']))

    it("a second time: 'already-sent'", async () =>
      assert.deepEqual(await codes({ period: '2017-01' }), ['already-sent']))

    it("while something that only the county knows is lacking: 'field-missing'", async () => {
      const [told] = await world.refused(report, input('2018-02', { entered: words.slice(1) }), when('2018-03-05'))
      assert.equal(told?.code, 'field-missing')
      assert.equal(told.sentence.en, 'Still to be filled in: «Main work».')
    })

    it("when somebody types what the system knows: 'not-yours-to-type'", async () => {
      const entered = [...words, { field: 'funds.paid', value: '999999' }]
      assert.deepEqual(await codes({ entered }), ['not-yours-to-type'])
    })

    it("when a number is no number: 'unreadable'", async () => {
      const entered = [...words.slice(0, 2), { field: 'village-visits', value: '十二' }]
      assert.deepEqual(await codes({ entered }), ['unreadable'])
    })

    it('as malformed when a field is typed twice', async () => {
      await assert.rejects(codes({ entered: [...words, words[0]] }), /each field once/)
    })
  })

  it('A late report is signed all the same, and its author is told: it counts as late', async () => {
    await asAct(world, (client, act) =>
      client.query(
        `insert into obligation_item (id, obligation, duty, charter_version, unit_id, subject, opened_on, due_on, opened_by)
         values (uuidv7(), 'report-progress', 'urge-progress', '2016-10', $1, '2017-05', '2017-05-01', '2017-06-05', $2)`,
        [id('Liu County'), act],
      ),
    )
    const rehearsal = await world.rehearse(report, input('2017-05'), when('2017-06-12'))
    assert.deepEqual([rehearsal.refusals, rehearsal.advice.map((line) => line.code)], [[], ['late']])
    await send('2017-05', '2017-06-12')
    const { rows } = await sql<{ met: string }>`
      select met_on as met from obligation_item where subject = '2017-05'`.execute(world.db)
    assert.equal(rows[0]?.met, '2017-06-12')
    const board = await world.ask(ask('report.board'), { unit: id('Heyang City'), year: 2017 }, '2017-06-20', mayor)
    const cell = board.rows[0].cells.find((each: { period: string }) => each.period === '2017-05')
    assert.deepEqual([cell.state, cell.isLate], ['sent', true])
  })

  describe('is scrutinised by its city', () => {
    let sent: { report: string }
    const about = (over: object = {}) => ({ unit: id('Liu County'), report: sent.report, version: 1, ...over })
    const reason = '数据与台账不符，请核对。'
    const remarks = [
      { field: 'problems', remark: '请写明具体问题。' },
      { field: 'obligations.open', remark: '请核对应办事项。' },
    ]
    before(async () => {
      sent = await send('2017-07', '2017-08-02')
    })

    it('The scrutiny is owed by the city within its days', async () => {
      const { rows } = await sql<{ due: string }>`
        select due_on as due from obligation_item where obligation = 'scrutinise-report' and subject = ${sent.report}`.execute(
        world.db,
      )
      assert.equal(rows[0]?.due, '2017-08-11')
    })

    it("of which it has read another version: 'another-version'", async () =>
      assert.deepEqual(await world.codes(scrutinise, about({ version: 2 }), when('2017-08-03', mayor)), [
        'another-version',
      ]))

    it("which is one of that county: 'report-unknown'", async () =>
      assert.deepEqual(await world.codes(scrutinise, about({ unit: id('Tong County') }), when('2017-08-03', mayor)), [
        'report-unknown',
      ]))

    it("on a field that it has: 'field-unknown'", async () => {
      const input = about({ remarks: [{ field: 'weather', remark: '下雨' }] })
      assert.deepEqual(await world.codes(scrutinise, input, when('2017-08-03', mayor)), ['field-unknown'])
    })

    it('It is not returned without a reason, in the form or in the database', async () => {
      await assert.rejects(world.perform(giveBack, about(), when('2017-08-03', mayor)), /reason/)
      const bare = asAct(world, (client, act) =>
        client.query(
          `insert into report_step (report_id, ordinal, step, state, version, on_day, person_id, act_id, from_state, from_day, from_version, from_person)
           select report_id, 2, 'return', 'returned', 1, on_day, uuidv7(), $2, state, on_day, version, person_id from report_step where report_id = $1`,
          [sent.report, act],
        ),
      )
      await assert.rejects(bare, /report_return_has_a_reason/)
    })

    it('The city returns part of it: two fields are remarked on, the others stand', async () => {
      await world.done(giveBack, about({ reason, remarks }), when('2017-08-04', mayor))
      const answer = await shown(sent.report, '2017-08-04')
      assert.equal(answer.state, 'returned')
      assert.equal(field(answer, 'problems').remarks[0].remark, '请写明具体问题。')
      const { draft } = await world.ask(
        ask('report.compose'),
        { unit: id('Liu County'), period: '2017-07' },
        '2017-08-05',
        head,
      )
      assert.deepEqual([field(draft, 'problems').isStanding, field(draft, 'main-work').isStanding], [false, true])
      assert.equal(draft.reason, reason)
    })

    it("What was not remarked on is not changed: 'field-stands'", async () => {
      const entered = [{ field: 'main-work', value: '另写一遍' }]
      const answers = remarks.map(({ field: name }) => ({ field: name, answer: '已核对。' }))
      assert.deepEqual(await world.codes(report, input('2017-07', { entered, answers }), when('2017-08-07')), [
        'field-stands',
      ])
    })

    it("Every remark is answered: 'remark-unanswered'", async () => {
      const entered = [{ field: 'problems', value: '一处项目用地尚未落实（演示）' }]
      const answers = [{ field: 'problems', answer: '已补充。' }]
      assert.deepEqual(await world.codes(report, input('2017-07', { entered, answers }), when('2017-08-07')), [
        'remark-unanswered',
      ])
    })

    it('The county answers in a second version: what stands keeps its value and its version, what changed shows what it was', async () => {
      const entered = [{ field: 'problems', value: '一处项目用地尚未落实（演示）' }]
      const answers = remarks.map(({ field: name }) => ({ field: name, answer: '已核对。' }))
      const again = await send('2017-07', '2017-08-07', { entered, answers })
      assert.deepEqual([again.report, again.version, again.typed], [sent.report, 2, 1])
      const answer = await shown(sent.report, '2017-08-07')
      assert.deepEqual([field(answer, 'main-work').sinceVersion, field(answer, 'problems').sinceVersion], [1, 2])
      assert.equal(field(answer, 'problems').before.text, '无')
      assert.equal(field(answer, 'problems').answer, '已核对。')
      const { rows } = await sql<{ open: number }>`
        select count(*)::int as open from obligation_item where subject = ${sent.report} and met_on is null`.execute(
        world.db,
      )
      assert.equal(rows[0]?.open, 1)
      assert.equal(
        (await world.ask(ask('report.show'), { id: sent.report, version: 1 }, '2017-08-07', head)).version,
        1,
      )
    })

    it('Passed, it is changed no more; as of the day before it still waits', async () => {
      const done = await world.done(scrutinise, about({ version: 2 }), when('2017-08-09', mayor))
      assert.equal(done.state, 'passed')
      assert.equal((await shown(sent.report, '2017-08-08')).state, 'sent')
      assert.equal((await shown(sent.report, '2017-08-09')).state, 'passed')
    })

    it("What is passed waits for nobody: 'not-sent'", async () =>
      assert.deepEqual(await world.codes(scrutinise, about({ version: 2 }), when('2017-08-10', mayor)), ['not-sent']))

    it('Of two who decide at once, one does, and the other hears that it is decided', async () => {
      const raced = await send('2017-08', '2017-09-04')
      const both = await Promise.all([
        world.perform(scrutinise, about({ report: raced.report }), when('2017-09-05', mayor)),
        world.perform(
          giveBack,
          about({ report: raced.report, reason }),
          when('2017-09-05', ['Heyang City', 'party-secretary-city']),
        ),
      ])
      assert.deepEqual(both.map((each) => each.outcome).toSorted(), ['done', 'refused'])
      const refused = both.find((each) => each.outcome === 'refused')
      assert.equal(refused?.outcome === 'refused' && refused.refusals[0]?.code, 'not-sent')
    })

    it("A county head who became mayor does not look through what they signed themselves: 'own-report'", async () => {
      const own = await world.done(report, input('2017-09'), { as: secretary, on: '2017-10-03' })
      await asAct(world, (client, act) =>
        client.query(
          `update appointment set valid_at = daterange(lower(valid_at), '2017-10-09'), ended_by = $2 where unit_id = $1 and post = 'party-secretary-county'`,
          [id('Liu County'), act],
        ),
      )
      await world.done(
        endAppointment,
        { unit: id('Heyang City'), post: 'mayor', reason: '工作调动' },
        { as: provincial, on: '2017-10-09' },
      )
      const person = {
        id: world.person('Liu County', 'party-secretary-county'),
        name: { zh: '某party-secretary-county', en: 'party-secretary-county of Liu County' },
        madeUp: true,
      }
      await world.done(
        makeAppointment,
        { unit: id('Heyang City'), post: 'mayor', person },
        { as: provincial, on: '2017-10-10' },
      )
      const actor = { kind: 'person', person: person.id, seat: { unit: id('Heyang City'), post: 'mayor' } } as const
      const outcome = await perform(world.engine, scrutinise, about({ report: own.report }), {
        actor,
        key: 'own',
        at: momentOf('2017-10-11'),
        via: 'test',
      })
      assert.equal(outcome.outcome === 'refused' && outcome.refusals[0]?.code, 'own-report')
      const wall = asAct(world, (client, act) =>
        client.query(
          `insert into report_step (report_id, ordinal, step, state, version, on_day, person_id, act_id, from_state, from_day, from_version, from_person)
           select report_id, 2, 'pass', 'passed', 1, on_day, person_id, $2, state, on_day, version, person_id from report_step where report_id = $1`,
          [own.report, act],
        ),
      )
      await assert.rejects(wall, /report_is_scrutinised_by_another/)
    })
  })

  it('Returned as a whole, everything is composed anew and what was typed stays typed', async () => {
    const tong: As = ['Tong County', 'county-head']
    const sent = await world.done(report, input('2017-01', {}, 'Tong County'), { as: tong, on: '2017-02-02' })
    const office: As = ['Heyang City', 'poverty-office-director-city']
    const about = { unit: id('Tong County'), report: sent.report, version: 1, reason: '整份重报。' }
    await world.done(giveBack, about, { as: office, on: '2017-02-06' })
    const over = { entered: [{ field: 'problems', value: '已补' }] }
    const again = await world.done(report, input('2017-01', over, 'Tong County'), { as: tong, on: '2017-02-07' })
    assert.deepEqual([again.version, again.typed], [2, 1])
    const answer = await shown(sent.report, '2017-02-07')
    assert.deepEqual([field(answer, 'village-visits').value, field(answer, 'village-visits').sinceVersion], [12, 1])
    assert.equal(field(answer, 'obligations.open').sinceVersion, 2)
  })

  it('Where the city is missing, the province looks through Ye County’s report', async () => {
    const ye: As = ['Ye County', 'county-head']
    const sent = await world.done(report, input('2017-01', {}, 'Ye County'), { as: ye, on: '2017-02-02' })
    const answer = await shown(sent.report, '2017-02-02')
    assert.equal(answer.scrutineer.name.en, 'Haidao Province')
    const about = { unit: id('Ye County'), report: sent.report, version: 1 }
    await world.done(scrutinise, about, { as: ['Haidao Province', 'governor'], on: '2017-02-03' })
    const item = await sql<{ met: string }>`
      select met_on as met from obligation_item where subject = ${sent.report}`.execute(world.db)
    assert.equal(item.rows[0]?.met, '2017-02-03')
  })

  it("The province's yearly report is signed in December and arrives at once", async () => {
    const entered = ['summary', 'problems', 'next-year'].map((name) => ({ field: name, value: '（演示）' }))
    const year = { unit: id('Qingshan Province'), kind: 'province-yearly', period: '2017', entered }
    assert.deepEqual(await world.codes(reportYear, year, { as: governor, on: '2017-12-10' }), ['before-the-end'])
    const sent = await world.done(reportYear, year, { as: governor, on: '2017-12-20' })
    assert.equal(sent.scrutinised, false)
    const answer = await shown(sent.report, '2018-01-05', governor)
    assert.equal(field(answer, 'exits.by-year').asOf, '2017-12-20')
    assert.equal(field(answer, 'scrutiny-work').value, 4)
    assert.equal(answer.stateName.en, 'sent and received')
  })

  it("A county that was merged reports no more, and the one that it became is told so: 'unit-closed'", async () => {
    const song: As = ['Song County', 'county-head']
    const last = await world.done(report, input('2018-03', {}, 'Song County'), { as: song, on: '2018-04-03' })
    await world.done(
      mergeUnits,
      { into: id('Tong County'), from: [id('Song County')] },
      { as: ['The Centre', 'minister-civil-affairs'], on: '2018-04-16' },
    )
    const tong: As = ['Tong County', 'county-head']
    const when = { as: tong, on: '2018-05-03' }
    assert.deepEqual(await world.codes(report, input('2018-04', {}, 'Song County'), when), ['unit-closed'])
    const about = { unit: id('Song County'), report: last.report, version: 1 }
    const office: As = ['Heyang City', 'poverty-office-director-city']
    const told = await world.refused(scrutinise, about, { as: office, on: '2018-05-03' })
    assert.equal(told[0]?.code, 'unit-closed')
    assert.match(told[0].sentence.en, /Song County became part of Tong County on 2018-04-16/)
    assert.equal((await shown(last.report, '2018-05-03')).unit.name.en, 'Song County')
  })

  it('Each figure of a unit, read for a report, is what every screen shows of it, whatever was merged', async () => {
    for (const unit of ['Tong County', 'Heyang City', 'Qingshan Province', 'Liu County'])
      for (const on of ['2018-03-01', '2018-06-30']) {
        const parts = await partsOf(world.db, id(unit), on)
        for (const figure of figures) {
          const { charter } = world
          const own = await readFigureOf(world.db, figure, { charter, on, year: 2018 }, parts)
          const shared = await readFigure(world.db, figure, { charter, on, map: on, year: 2018, unit: id(unit) })
          assert.deepEqual(own, shared, `${figure.name} of ${unit} on ${on}`)
        }
      }
  })

  it('What was sent is never changed or deleted, not even by the owner', async () => {
    for (const table of ['report', 'report_step', 'report_field', 'report_remark', 'report_definition']) {
      const change = asAct(world, (client) => client.query(`delete from ${table}`))
      await assert.rejects(change, /never changed or deleted/, table)
    }
  })

  it('Reports can be found by their unit, state and period, each with what may be done about it', async () => {
    const found = await world.ask(
      ask('report.list'),
      { unit: id('Heyang City'), state: 'waiting' },
      '2017-06-20',
      mayor,
    )
    assert.ok(found.total >= 3)
    const can = found.items[0].can.map((each: { act: string; mine: boolean }) => [each.act, each.mine])
    assert.deepEqual(can, [
      ['progress.scrutinise', true],
      ['progress.return', true],
    ])
  })
})

describe('In the country of three tiers', () => {
  let world: World
  before(async () => {
    world = await World.open('three-tiers')
  })
  after(() => world.close())

  it("a district reports to its region, and the region to the nation, where nobody looks through it: 'not-scrutinised'", async () => {
    const entered = [{ field: 'words', value: '（演示）' }]
    const month = { unit: world.unit('Birch District'), kind: 'district-monthly', period: '2016-05', entered }
    const sent = await world.done(report, month, { as: ['Birch District', 'steward'], on: '2016-06-02' })
    const about = { unit: world.unit('Birch District'), report: sent.report, version: 1 }
    await world.done(scrutinise, about, { as: ['North Region', 'commission-clerk'], on: '2016-06-03' })
    const year = { unit: world.unit('North Region'), kind: 'region-yearly', period: '2016', entered }
    const arrived = await world.done(reportYear, year, { as: ['North Region', 'commissioner'], on: '2017-01-05' })
    assert.equal(arrived.scrutinised, false)
    const own = { unit: world.unit('North Region'), report: arrived.report, version: 1 }
    const clerk = { as: ['North Region', 'commission-clerk'] as const, on: '2017-01-06' }
    assert.deepEqual(await world.codes(scrutinise, own, clerk), ['not-scrutinised'])
  })
})
