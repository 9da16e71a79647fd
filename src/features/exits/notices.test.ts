import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { designate, poorCounties } from '#test/designate.ts'
import { ExitWalk, get } from '#test/exit-walk.ts'
import { signLetters } from '#test/signed-letters.ts'
import { idOf, World } from '#test/world.ts'
import { readCase } from './books.ts'

const office = ['Qingshan Province', 'poverty-office-director-province'] as const

describe('A public notice', () => {
  let world: World
  let walk: ExitWalk
  before(async () => {
    world = await World.open()
    walk = new ExitWalk(world)
    await designate(world, poorCounties)
    await signLetters(world, poorCounties)
  })
  after(() => world.close())

  const object = { statement: '三组两户住房仍是危房' }
  const input = (county: string, more: object = object) => ({ unit: world.unit(county), year: 2016, ...more })
  const answer = (county: string, objection: string, outcome: string) => ({
    unit: world.unit(county),
    objection,
    outcome,
    reason: '经实地核实，情况如实答复',
  })

  it('Nobody objects where there is no notice: `no-notice`', async () => {
    assert.deepEqual(await world.codes(get('notice.object'), input('Liu County'), { as: 'public', on: '2016-11-12' }), [
      'no-notice',
    ])
  })
  it('A province may let it stand longer than the charter asks, not shorter: `notice-too-short`', async () => {
    await walk.until('exit.verify', 'Liu County', 2016)
    assert.deepEqual(await walk.refused('exit.post-notice', 'Liu County', 2016, { until: '2016-11-18' }), [
      'notice-too-short',
    ])
    const posted = await walk.does('exit.post-notice', 'Liu County', 2016)
    assert.equal(posted.until, '2016-11-19')
    assert.equal(posted.address, `/notices/${world.unit('Liu County')}/2016/1`)
  })
  it('It is not reported while the notice stands: `notice-still-stands`', async () => {
    assert.deepEqual(await walk.refused('exit.report', 'Liu County', 2016, {}, '2016-11-19'), ['notice-still-stands'])
  })
  it('A citizen objects on the last day and gets a receipt; the day after it is over: `notice-over`', async () => {
    const { receipt } = await world.done(get('notice.object'), input('Liu County'), { as: 'public', on: '2016-11-19' })
    assert.match(receipt, /^[0-9A-Z]{5}-[0-9A-Z]{5}$/)
    assert.deepEqual(await world.codes(get('notice.object'), input('Liu County'), { as: 'public', on: '2016-11-20' }), [
      'notice-over',
    ])
  })
  it('An open objection blocks the report: `objection-open`', async () => {
    assert.deepEqual(await walk.refused('exit.report', 'Liu County', 2016), ['objection-open'])
  })
  it('A dismissed objection lets the case go on, and is answered once: `already-answered`', async () => {
    const { id } = await world.db.selectFrom('exit_objection').select('id').executeTakeFirstOrThrow()
    await world.done(get('objection.answer'), answer('Liu County', id, 'dismissed'), { as: office, on: '2016-11-25' })
    const again = answer('Liu County', id, 'upheld')
    assert.deepEqual(await world.codes(get('objection.answer'), again, { as: office, on: '2016-11-26' }), [
      'already-answered',
    ])
    await walk.does('exit.report', 'Liu County', 2016)
  })
  it('An objection that does not exist is neither answered nor revealed: `objection-unknown`', async () => {
    const unknown = answer('Liu County', idOf('no objection'), 'upheld')
    assert.deepEqual(await world.codes(get('objection.answer'), unknown, { as: office, on: '2016-12-01' }), [
      'objection-unknown',
    ])
    const reveal = { unit: world.unit('Liu County'), objection: idOf('no objection') }
    assert.deepEqual(await world.codes(get('objection.reveal'), reveal, { as: office, on: '2016-12-01' }), [
      'objection-unknown',
    ])
  })
  it('An upheld objection returns the case for correction, and what was owed about it lapses', async () => {
    await walk.until('exit.post-notice', 'Tong County', 2016)
    const { objection } = await world.done(get('notice.object'), input('Tong County'), {
      as: 'public',
      on: '2016-11-13',
    })
    await world.done(get('objection.answer'), answer('Tong County', objection, 'upheld'), {
      as: office,
      on: '2016-11-16',
    })
    const { state, steps } = await readCase(world.db, world.unit('Tong County'), 2016)
    assert.deepEqual([state, steps.at(-1)?.step], ['returned', 'objection'])
    const items = await world.db
      .selectFrom('obligation_item')
      .select(['obligation', 'met_on', 'lapsed_on'])
      .where('unit_id', '=', world.unit('Tong County'))
      .where('obligation', 'in', ['report-exit', 'answer-objection'])
      .orderBy('obligation')
      .execute()
    assert.deepEqual(items, [
      { obligation: 'answer-objection', met_on: '2016-11-16', lapsed_on: null },
      { obligation: 'report-exit', met_on: null, lapsed_on: '2016-11-16' },
    ])
  })
  it('A notice that the charter now finds too short is not reported on: `notice-too-short`', async () => {
    await walk.until('exit.verify', 'Song County', 2016)
    const owner = new pg.Client(world.database.owner)
    await owner.connect()
    await walk.does('exit.post-notice', 'Song County', 2016)
    await owner.query('alter table exit_notice disable trigger all')
    await owner.query(`update exit_notice set until_day = '2016-11-14' where unit_id = $1`, [world.unit('Song County')])
    await owner.query('alter table exit_notice enable trigger all')
    await owner.end()
    assert.deepEqual(await walk.refused('exit.report', 'Song County', 2016), ['notice-too-short'])
  })
  it('Ye County’s notice stands in calendar days, and its province answers', async () => {
    await walk.until('exit.post-notice', 'Ye County', 2016)
    const { objection } = await world.done(get('notice.object'), input('Ye County'), { as: 'public', on: '2016-11-13' })
    const haidao = ['Haidao Province', 'governor'] as const
    await assert.rejects(
      world.perform(get('objection.answer'), answer('Ye County', objection, 'dismissed'), {
        as: office,
        on: '2016-11-14',
      }),
      /not yours/,
    )
    await world.done(get('objection.answer'), answer('Ye County', objection, 'dismissed'), {
      as: haidao,
      on: '2016-11-14',
    })
  })
})

describe('Who objected', () => {
  let world: World
  let objection: string
  let unnamed: string
  before(async () => {
    world = await World.open()
    await designate(world, poorCounties)
    await signLetters(world, poorCounties)
    await new ExitWalk(world).until('exit.post-notice', 'Liu County', 2016)
    const base = { unit: world.unit('Liu County'), year: 2016, statement: '饮水仍不安全' }
    const named = { ...base, name: '赵某', contact: '电话 000' }
    ;({ objection } = await world.done(get('notice.object'), named, { as: 'public', on: '2016-11-13', key: 'named' }))
    ;({ objection: unnamed } = await world.done(get('notice.object'), base, { as: 'public', on: '2016-11-13' }))
  })
  after(() => world.close())

  const reveal = (key: string, id = objection) =>
    world.perform(
      get('objection.reveal'),
      { unit: world.unit('Liu County'), objection: id },
      { as: office, on: '2016-11-14', key },
    )

  it('The handling province sees name and contact; the journal keeps that it looked, and nothing of what it saw', async () => {
    const outcome = await reveal('look')
    assert.deepEqual(outcome.outcome === 'done' && outcome.result, { name: '赵某', contact: '电话 000' })
    const { rows } = await world.engine.database.pool.query(
      `select count(*)::int as n from journal where act = 'objection.reveal'`,
    )
    assert.equal(rows[0].n, 1)
    const leak = await world.engine.database.pool.query(
      `select from journal where detail::text ~ '赵某|000' or input::text ~ '赵某|电话'`,
    )
    assert.equal(leak.rowCount, 0)
  })
  it('The same key again gives the mask, not the person', async () => {
    const outcome = await reveal('look')
    assert.doesNotMatch(JSON.stringify(outcome), /赵某|000/)
  })
  it('Who left no name cannot be shown: `nobody-named`', async () => {
    const outcome = await reveal('unnamed', unnamed)
    assert.equal(outcome.outcome === 'refused' && outcome.refusals[0]?.code, 'nobody-named')
  })
  it('The county, the city and another province are not told', async () => {
    const input = { unit: world.unit('Liu County'), objection }
    for (const seat of [
      ['Liu County', 'county-head'],
      ['Heyang City', 'mayor'],
      ['Haidao Province', 'governor'],
      ['The Centre', 'office-director'],
    ] as const)
      await assert.rejects(world.perform(get('objection.reveal'), input, { as: seat, on: '2016-11-14' }), /not yours/)
    await assert.rejects(world.perform(get('objection.reveal'), input, { as: 'public', on: '2016-11-14' }), /not yours/)
  })

  describe('the database itself: role × unit it works for', () => {
    const cases = [
      { role: 'app', unit: 'Qingshan Province', sees: 1 },
      { role: 'app', unit: 'Haidao Province', sees: 0 },
      { role: 'app', unit: 'Heyang City', sees: 0 },
      { role: 'app', unit: 'Liu County', sees: 0 },
      { role: 'app', unit: 'The Centre', sees: 0 },
      { role: 'app', unit: undefined, sees: 0 },
      { role: 'reader', unit: 'Qingshan Province', sees: 'denied' },
      { role: 'reader', unit: undefined, sees: 'denied' },
    ] as const
    let client: pg.Client
    for (const { role, unit, sees } of cases)
      it(`zeren_${role} for ${unit ?? 'nobody'} sees ${sees}`, async () => {
        client = new pg.Client(world.database[role])
        await client.connect()
        try {
          await client.query('begin')
          if (unit) await client.query(`select set_config('app.unit', $1, true)`, [world.unit(unit)])
          const rows = client.query('select * from objector')
          if (sees === 'denied') await assert.rejects(rows, /permission denied/)
          else assert.equal((await rows).rowCount, sees)
        } finally {
          await client.end()
        }
      })
    for (const deed of ['update objector set name = null', 'delete from objector', 'truncate objector'])
      it(`zeren_app cannot ${deed.split(' ')[0]} it`, async () => {
        await assert.rejects(world.engine.database.pool.query(deed), /permission denied/)
      })
    it('Of the other books of the exits the reader reads all and writes none', async () => {
      client = new pg.Client(world.database.reader)
      await client.connect()
      try {
        for (const table of [
          'exit_step',
          'headcount_attestation',
          'exit_notice',
          'exit_objection',
          'objection_answer',
          'exit_evidence',
        ]) {
          await client.query(`select * from ${table}`)
          await assert.rejects(client.query(`insert into ${table} default values`), /permission denied/)
          await assert.rejects(world.engine.database.pool.query(`delete from ${table}`), /permission denied/)
        }
      } finally {
        await client.end()
      }
    })
  })
})
