import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { acts } from '#src/acts.ts'
import type { AnyAct } from '#kernel/act.ts'
import type { AnyAsk } from '#kernel/ask.ts'
import { TestServer } from '#test/server.ts'
import { type As, idOf, World } from '#test/world.ts'
import { asks, receiptFrom } from './index.ts'

const get = (name: string): AnyAct => acts.find((act) => act.name === name)!
const question = (name: string): AnyAsk => (asks as readonly AnyAsk[]).find((each) => each.name === name)!
const listComplaints = question('complaint.list')
const showComplaint = question('complaint.show')
const complaintStatus = question('complaint.status')
const county: As = ['Liu County', 'poverty-office-director-county']
const city: As = ['Heyang City', 'poverty-office-director-city']
/** A receipt of its own for each story. */
const receiptOf = (story: string) => receiptFrom(createHash('sha256').update(story).digest())
const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.from('a small picture'),
])

describe('Complaints and tips', () => {
  let world: World
  before(async () => {
    world = await World.open()
  })
  after(() => world.close())

  const filing = (story: string, more: object = {}) => ({
    unit: world.unit('Liu County'),
    kind: 'money',
    statement: `${story}：补助款没有发到户`,
    receipt: receiptOf(story),
    ...more,
  })
  const file = (story: string, more: object = {}, on = '2016-03-01') =>
    world.done(get('complaint.file'), filing(story, more), { as: 'public', on }) as Promise<{
      complaint: string
      handler: string
    }>
  const handled = (unit: string, complaint: string, more: object = {}) => ({
    unit: world.unit(unit),
    complaint,
    ...more,
  })
  const answered = { outcome: 'partly', answer: '经核实，已补发到户' }
  const answer = (unit: string, complaint: string, as: As, on: string) =>
    world.done(get('complaint.answer'), handled(unit, complaint, answered), { as, on })
  const saysMore = (story: string) => ({ receipt: receiptOf(story), statement: '还有三户没有收到' })

  it('It is filed without an account, owed by a day, answered, and read with the receipt alone', async () => {
    const { complaint, handler } = await file('whole', { contact: '电话 13800000001' })
    assert.equal(handler, world.unit('Liu County'))
    const before = await world.ask(complaintStatus, { receipt: receiptOf('whole').toLowerCase() }, '2016-03-02')
    assert.equal(before.due, '2016-03-22')
    assert.equal(before.post.en, 'Director of the county poverty office')
    await answer('Liu County', complaint, county, '2016-03-10')
    const told = await world.ask(complaintStatus, { receipt: receiptOf('whole') }, '2016-03-11')
    assert.equal(told.steps.at(-1).answer, answered.answer)
    const asOf = await world.ask(complaintStatus, { receipt: receiptOf('whole') }, '2016-03-09')
    assert.deepEqual([asOf.state, asOf.steps.length], ['open', 1])
    await assert.rejects(world.ask(complaintStatus, { receipt: receiptOf('another') }, '2016-03-11'), /no such receipt/)
  })
  it('Neither the journal nor the reading role ever holds what was said, by whom, or the receipt', async () => {
    await file('hidden', { contact: '电话 13800000002', statement: '隐秘的内容' })
    const { rows } = await world.engine.database.pool.query<{ row: string }>(
      `select to_jsonb(j) - 'input_digest' as row from journal j where act like 'complaint.%'`,
    )
    const journal = JSON.stringify(rows)
    assert.ok(rows.length > 1)
    for (const secret of ['隐秘的内容', '13800000002', receiptOf('hidden'), receiptOf('hidden').replaceAll('-', '')])
      assert.ok(!journal.includes(secret), secret)
    const { rows: rights } = await world.engine.database.pool.query<{ t: string }>(
      `select c.relname as t from pg_class c
        where c.relname in ('complaint_text', 'complaint_file', 'complainant', 'complaint_receipt') and has_table_privilege('zeren_reader', c.oid, 'select')`,
    )
    assert.deepEqual(rights, [])
    const { rows: seen } = await world.engine.database.pool.query('select from complaint_text')
    assert.equal(seen.length, 0)
  })
  it('The handling unit reads it and sees the contact, each time journalled; another unit is told: `complaint-unknown`', async () => {
    const { complaint } = await file('read', {
      contact: '电话 13800000003',
      file: { name: '照片.png', type: 'image/png', content: png.toString('base64') },
    })
    const on = '2016-03-02'
    const { said } = await world.done(get('complaint.read'), handled('Liu County', complaint), { as: county, on })
    assert.deepEqual([said[0].words, said[0].file], ['read：补助款没有发到户', '照片.png'])
    const { contact } = await world.done(get('complaint.reveal'), handled('Liu County', complaint), { as: county, on })
    assert.equal(contact, '电话 13800000003')
    const opened = handled('Liu County', complaint, { ordinal: 1 })
    const { content } = await world.done(get('complaint.open-file'), opened, { as: county, on })
    assert.ok(Buffer.from(content, 'base64').equals(png))
    const { rows } = await world.engine.database.pool.query(
      `select detail from journal where act in ('complaint.read', 'complaint.reveal', 'complaint.open-file')`,
    )
    assert.equal(rows.length, 3)
    assert.doesNotMatch(JSON.stringify(rows), /补助款|13800000003|iVBOR/)
    const tong: As = ['Tong County', 'county-head']
    for (const name of ['complaint.read', 'complaint.reveal', 'complaint.answer']) {
      const input = handled('Tong County', complaint, name === 'complaint.answer' ? answered : {})
      assert.deepEqual(await world.codes(get(name), input, { as: tong, on }), ['complaint-unknown'])
    }
  })
  it('Without a contact there is none to see: `no-contact`; without an enclosure none to open: `no-such-file`', async () => {
    const { complaint } = await file('bare')
    const when = { as: county, on: '2016-03-02' }
    assert.deepEqual(await world.codes(get('complaint.reveal'), handled('Liu County', complaint), when), ['no-contact'])
    const opened = handled('Liu County', complaint, { ordinal: 1 })
    assert.deepEqual(await world.codes(get('complaint.open-file'), opened, when), ['no-such-file'])
  })
  it('A file that is no picture or PDF is not taken: `file-not-taken`; one that holds something else neither: `file-not-what-it-says`', async () => {
    const codes = (name: string, content: Buffer, type?: string) =>
      world.codes(
        get('complaint.file'),
        filing('file', { file: { name, content: content.toString('base64'), ...(type && { type }) } }),
        { as: 'public', on: '2016-03-01' },
      )
    assert.deepEqual(await codes('a.exe', png), ['file-not-taken'])
    assert.deepEqual(await codes('a.pdf', png), ['file-not-what-it-says'])
    assert.deepEqual(await codes('a.png', Buffer.from('MZ a program')), ['file-not-what-it-says'])
    assert.deepEqual(await codes('a.png', png, 'application/pdf'), ['file-not-what-it-says'])
  })
  it('A receipt is used once: `receipt-taken`; a plain one is no receipt', async () => {
    await file('once')
    const again = filing('once', { statement: '另一件事情' })
    assert.deepEqual(await world.codes(get('complaint.file'), again, { as: 'public' }), ['receipt-taken'])
    await assert.rejects(file('plain', { receipt: 'AAAA-AAAA-AAAA-AAAA' }), /at random/)
  })
  it('It is added to until it is answered: `already-answered`; then contested: `not-answered-yet`', async () => {
    const { complaint } = await file('more')
    await world.done(get('complaint.add'), saysMore('more'), { as: 'public', on: '2016-03-02' })
    const early = await world.codes(get('complaint.contest'), saysMore('more'), { as: 'public', on: '2016-03-02' })
    assert.deepEqual(early, ['not-answered-yet'])
    await answer('Liu County', complaint, county, '2016-03-03')
    const late = await world.codes(get('complaint.add'), saysMore('more'), { as: 'public', on: '2016-03-04' })
    assert.deepEqual(late, ['already-answered'])
    const twice = handled('Liu County', complaint, answered)
    assert.deepEqual(await world.codes(get('complaint.answer'), twice, { as: county, on: '2016-03-04' }), [
      'already-answered',
    ])
  })
  it('More than twenty additions are a flood: `added-too-often`', async () => {
    await file('flood')
    for (let time = 0; time < 20; time += 1)
      await world.done(get('complaint.add'), saysMore('flood'), { as: 'public', on: '2016-03-02' })
    assert.deepEqual(await world.codes(get('complaint.add'), saysMore('flood'), { as: 'public', on: '2016-03-02' }), [
      'added-too-often',
    ])
  })
  it('Whoever is not satisfied has it looked into above, up to the root: `nobody-above`', async () => {
    const { complaint } = await file('climb')
    const seats: readonly [string, string][] = [
      ['Liu County', 'poverty-office-director-county'],
      ['Heyang City', 'poverty-office-director-city'],
      ['Qingshan Province', 'governor'],
      ['The Centre', 'office-director'],
    ]
    for (const [at, [unit, post]] of seats.entries()) {
      await answer(unit, complaint, [unit, post], `2016-03-${10 + at}`)
      const contested = { as: 'public', on: `2016-03-${10 + at}` } as const
      if (at < 3) await world.done(get('complaint.contest'), saysMore('climb'), contested)
      else assert.deepEqual(await world.codes(get('complaint.contest'), saysMore('climb'), contested), ['nobody-above'])
    }
  })
  it('One about a unit’s own leaders is handled above it, never handed to it: `about-its-own-head`, and not shown to it', async () => {
    const { complaint, handler } = await file('leaders', { against: 'leaders' })
    assert.equal(handler, world.unit('Heyang City'))
    const down = handled('Heyang City', complaint, { to: world.unit('Liu County'), reason: '请县里自查' })
    assert.deepEqual(await world.codes(get('complaint.transfer'), down, { as: city, on: '2016-03-02' }), [
      'about-its-own-head',
    ])
    await assert.rejects(world.ask(showComplaint, { id: complaint }, '2016-03-02', county), /no such complaint/)
    const { complaints } = await world.ask(listComplaints, { state: 'all' }, '2016-03-02', county)
    assert.ok(complaints.length > 3 && complaints.every((each: { id: string }) => each.id !== complaint))
    const shown = await world.ask(showComplaint, { id: complaint }, '2016-03-02', city)
    assert.ok(shown.can.some((each: { act: string; mine: boolean }) => each.act === 'complaint.answer' && each.mine))
    const { against } = await world.db
      .selectFrom('complaint')
      .selectAll()
      .where('id', '=', complaint)
      .executeTakeFirstOrThrow()
    assert.equal(against, 'leaders')
  })
  it('Whom it is about, wherever they sit, neither reads nor answers nor hands it on: `about-yourself`', async () => {
    const { complaint, handler } = await file('root', { unit: world.unit('The Centre'), against: 'leaders' })
    assert.equal(handler, world.unit('The Centre'))
    const director: As = ['The Centre', 'office-director']
    const on = '2016-03-02'
    const more = { 'complaint.answer': answered, 'complaint.open-file': { ordinal: 1 } } as Record<string, object>
    for (const name of ['complaint.read', 'complaint.reveal', 'complaint.open-file', 'complaint.answer'])
      assert.deepEqual(
        await world.codes(get(name), handled('The Centre', complaint, more[name]), { as: director, on }),
        ['about-yourself'],
      )
    const away = handled('The Centre', complaint, { to: world.unit('Qingshan Province'), reason: '请省里办理' })
    assert.deepEqual(await world.codes(get('complaint.transfer'), away, { as: director, on }), ['about-yourself'])
    await answer('The Centre', complaint, ['The Centre', 'discipline-secretary'], on)
  })
  it('A transfer keeps the day of the answer; to the same unit, a unit that is none or one that has answered it is refused: `same-unit`, `unknown-unit`, `answered-there-before`', async () => {
    const { complaint } = await file('passed')
    const transfer = (from: string, to: string, as: As, on = '2016-03-04') =>
      [
        get('complaint.transfer'),
        handled(from, complaint, { to: world.unit(to), reason: '属于上级事权' }),
        { as, on },
      ] as const
    assert.deepEqual(await world.codes(...transfer('Liu County', 'Liu County', county)), ['same-unit'])
    assert.deepEqual(await world.codes(...transfer('Liu County', 'Nowhere County', county)), ['unknown-unit'])
    await world.done(...transfer('Liu County', 'Heyang City', county))
    const { due } = await world.ask(complaintStatus, { receipt: receiptOf('passed') }, '2016-03-05')
    assert.equal(due, '2016-03-22')
    await answer('Heyang City', complaint, city, '2016-03-08')
    await world.done(get('complaint.contest'), saysMore('passed'), { as: 'public', on: '2016-03-09' })
    const back = transfer('Qingshan Province', 'Heyang City', ['Qingshan Province', 'governor'], '2016-03-10')
    assert.deepEqual(await world.codes(...back), ['answered-there-before'])
    const items = await world.db
      .selectFrom('obligation_item')
      .select(['unit_id', 'met_on', 'lapsed_on'])
      .where('subject', '=', complaint)
      .orderBy('opened_on')
      .orderBy('id')
      .execute()
    assert.deepEqual(
      items.map((item) => [item.met_on, item.lapsed_on]),
      [
        [null, '2016-03-04'],
        ['2016-03-08', null],
        [null, null],
      ],
    )
  })
  it('After its time for that, nothing is transferred any more: `transfer-too-late`', async () => {
    const { complaint } = await file('late')
    const input = handled('Liu County', complaint, { to: world.unit('Heyang City'), reason: '属于上级事权' })
    assert.deepEqual(await world.codes(get('complaint.transfer'), input, { as: county, on: '2016-03-09' }), [
      'transfer-too-late',
    ])
  })
  it('The database itself keeps it from whom it is about, and lets no step be skipped', async () => {
    const { complaint } = await file('wall', { against: 'leaders' })
    const step = (values: string) =>
      world.engine.database.pool.query(
        `insert into complaint_step (complaint_id, ordinal, step, from_state, state, handler_unit_id, on_day, act_id) values (${values})`,
      )
    const id = `'${complaint}'`
    const act = `'${idOf('an act')}'`
    await assert.rejects(
      step(`${id}, 2, 'transfer', 'open', 'open', '${world.unit('Liu County')}', '2016-03-02', ${act}`),
      /handled above it/,
    )
    await assert.rejects(
      step(`${id}, 2, 'contest', 'answered', 'open', '${world.unit('Heyang City')}', '2016-03-02', ${act}`),
      /complaint_step_follows/,
    )
  })
  it('When its unit is merged away, whoever carries the unit on owes the answer by the same day, and nobody hands it over', async () => {
    const [{ complaint }, { complaint: asked }, { complaint: leading }] = [
      await file('heir', { contact: '电话 13800000009' }, '2016-04-11'),
      await file('heir answered', {}, '2016-04-11'),
      await file('heir leaders', { against: 'leaders' }, '2016-04-11'),
    ]
    const { due } = await world.ask(complaintStatus, { receipt: receiptOf('heir') }, '2016-04-12')
    await answer('Liu County', asked, county, '2016-04-12')
    const merging = { from: [world.unit('Liu County')], into: world.unit('Tong County') }
    await world.done(get('unit.merge'), merging, { as: ['The Centre', 'minister-civil-affairs'], on: '2016-04-13' })
    const tong: As = ['Tong County', 'poverty-office-director-county']
    const on = '2016-04-14'
    const told = await world.ask(complaintStatus, { receipt: receiptOf('heir') }, on)
    assert.deepEqual(
      [told.due, told.handlerName.en, told.steps.map((step: { step: string; on: string }) => [step.step, step.on])],
      [
        due,
        'Tong County',
        [
          ['file', '2016-04-11'],
          ['carry', '2016-04-13'],
        ],
      ],
    )
    const asBefore = await world.ask(complaintStatus, { receipt: receiptOf('heir') }, '2016-04-12')
    assert.deepEqual([asBefore.handlerName.en, asBefore.steps.length], ['Liu County', 1])
    const seen = await world.ask(showComplaint, { id: complaint }, on, tong)
    assert.deepEqual([seen.unit, seen.due, seen.way.length], [world.unit('Tong County'), due, 2])
    assert.ok(seen.can.some((each: { act: string; mine: boolean }) => each.act === 'complaint.answer' && each.mine))
    // It is read and added to where it lies now, and answered there.
    const { said } = await world.done(get('complaint.read'), handled('Tong County', complaint), { as: tong, on })
    assert.equal(said.length, 1)
    await world.done(get('complaint.add'), saysMore('heir'), { as: 'public', on })
    await answer('Tong County', complaint, tong, on)
    const items = await world.db
      .selectFrom('obligation_item')
      .select(['unit_id', 'due_on', 'met_on', 'lapsed_on'])
      .where('subject', '=', complaint)
      .orderBy('opened_on')
      .execute()
    assert.deepEqual(
      items.map((item) => [item.unit_id, item.due_on, item.met_on, item.lapsed_on]),
      [
        [world.unit('Liu County'), due, null, '2016-04-13'],
        [world.unit('Tong County'), due, on, null],
      ],
    )
    const after = await world.ask(complaintStatus, { receipt: receiptOf('heir') }, on)
    assert.deepEqual(
      after.steps.map((step: { step: string; handlerName: { en: string } }) => [step.step, step.handlerName.en]),
      [
        ['file', 'Liu County'],
        ['carry', 'Tong County'],
        ['add', 'Tong County'],
        ['answer', 'Tong County'],
      ],
    )
    // What the closed unit answered is contested above its heir, and goes back to neither.
    const contested = await world.done(get('complaint.contest'), saysMore('heir answered'), { as: 'public', on })
    assert.equal(contested.handler, world.unit('Heyang City'))
    const back = { to: world.unit('Tong County'), reason: '请县里再查' }
    const codes = (id: string) =>
      world.codes(get('complaint.transfer'), handled('Heyang City', id, back), { as: city, on })
    assert.deepEqual([await codes(asked), await codes(leading)], [['answered-there-before'], ['about-its-own-head']])
    // One about a unit that is closed already comes to whoever carries it on.
    const late = await file('heir late', {}, on)
    assert.equal(late.handler, world.unit('Tong County'))
  })
})

describe('Complaints under another charter', () => {
  it('Where there are three tiers, leaders of a district are handled by its region, in that law’s time', async () => {
    const world = await World.open('three-tiers')
    try {
      const filing = { unit: world.unit('Birch District'), kind: 'other', statement: '反映情况' }
      const when = { as: 'public', on: '2016-03-01' } as const
      const own = { ...filing, receipt: receiptOf('own') }
      const leaders = { ...filing, against: 'leaders', receipt: receiptOf('leaders') }
      assert.equal((await world.done(get('complaint.file'), own, when)).handler, world.unit('Birch District'))
      assert.equal((await world.done(get('complaint.file'), leaders, when)).handler, world.unit('North Region'))
      const told = await world.ask(complaintStatus, { receipt: receiptOf('leaders') }, '2016-03-02')
      assert.deepEqual([told.due, told.post.en], ['2016-03-15', 'Clerk of the commission'])
    } finally {
      await world.close()
    }
  })
})

describe('Complaints over HTTP', () => {
  it('The journal keeps neither address nor browser of whoever complains, and floods are told so', async () => {
    const server = await TestServer.open({ options: { limits: { publicActsPerMinute: 2 } } })
    try {
      const body = JSON.stringify({
        unit: server.world.unit('Liu County'),
        kind: 'other',
        statement: '反映情况',
        receipt: receiptOf('http'),
      })
      const headers = { 'user-agent': 'a browser that tells of itself' }
      const { status } = await server.send('/api/acts/complaint.file', { body, headers })
      assert.equal(status, 200)
      const { rows } = await server.world.engine.database.pool.query<{ actor: string; row: object }>(
        `select actor, to_jsonb(j) as row from journal j where act = 'complaint.file'`,
      )
      assert.equal(rows[0]?.actor, 'public anybody')
      assert.doesNotMatch(JSON.stringify(rows), /127\.0\.0\.1|tells of itself/)
      await server.send('/api/acts/complaint.file', { body: '{}' })
      const flood = await server.send('/api/acts/complaint.file', { body })
      assert.equal(flood.status, 429)
      const large = await server.send('/api/acts/complaint.add', { body: JSON.stringify({ a: 'a'.repeat(3_200_000) }) })
      assert.equal(large.status, 413)
    } finally {
      await server.close()
    }
  })
})
