import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { endAppointment, makeAppointment } from '#features/seats/index.ts'
import { commitmentOf } from '#features/evaluation/index.ts'
import { acts } from '#src/acts.ts'
import { asks } from '#src/asks.ts'
import type { AnyAct } from '#kernel/act.ts'
import type { AnyAsk } from '#kernel/ask.ts'
import { momentOf } from '#kernel/calendar.ts'
import { readChecks, runCheck } from '#kernel/check.ts'
import { readFigure } from '#kernel/figure.ts'
import { perform } from '#kernel/perform.ts'
import { asAct } from '#test/act.ts'
import { designate } from '#test/designate.ts'
import { type As, World } from '#test/world.ts'
import { findingsInTime, findingsOpen, findingsOverdue } from './figures.ts'

const named = (name: string): AnyAct => acts.find((each) => each.name === name) ?? assert.fail(name)
const question = (name: string): AnyAsk => asks.find((each) => each.name === name) ?? assert.fail(name)
const finding = (verb: string) => named(`finding.${verb}`)
const checks = readChecks(path.join(import.meta.dirname, '../../../checks'))

const office = ['Qingshan Province', 'poverty-office-director-province'] as const
const city = ['Heyang City', 'poverty-office-director-city'] as const
const tong = ['Tong County', 'county-head'] as const
const discipline = ['The Centre', 'discipline-secretary'] as const

describe('A finding', () => {
  let world: World
  before(async () => {
    world = await World.open()
    await designate(world, ['Liu County', 'Tong County', 'Song County', 'Ye County'])
  })
  after(() => world.close())

  const found = (more: object = {}) => ({
    unit: world.unit('Qingshan Province'),
    responsible: world.unit('Tong County'),
    duty: 'use-funds-well',
    title: '三个村的项目资金闲置',
    facts: '资金到账九个月仍未安排。',
    severity: 'severe',
    due: '2017-06-30',
    ...more,
  })
  const record = async (on = '2017-04-05', more: object = {}, as: As = office) =>
    (await world.done(finding('record'), found(more), { as, on })).finding as string
  const by = (unit: string, id: string, more: object = {}) => ({ unit: world.unit(unit), finding: id, ...more })
  const explain = (id: string, on: string) =>
    world.done(finding('explain'), by('Tong County', id, { cause: '项目没有论证就报了计划。' }), { as: tong, on })
  const rectify = (id: string, on: string) =>
    world.done(finding('rectify'), by('Tong County', id, { evidence: '三个项目已开工，付款凭证附后。' }), {
      as: tong,
      on,
    })
  const verified = (id: string, outcome: 'pass' | 'return', more: object = {}) =>
    by('Qingshan Province', id, { outcome, ...more })
  const closed = async (on: readonly [string, string, string, string], more: object = {}) => {
    const id = await record(on[0], more)
    await explain(id, on[1])
    await rectify(id, on[2])
    await world.done(finding('verify'), verified(id, 'pass'), { as: office, on: on[3] })
    return id
  }
  const show = (id: string, on: string, as: As = tong) => world.ask(question('finding.show'), { id }, on, as)
  const owed = async (id: string, on: string) => {
    const { rows } = await sql<{ what: string }>`
      select obligation || ' ' || v.name_en || ' ' || due_on as what from obligation_item i
        join unit_version v on v.unit_id = i.unit_id and v.valid_at @> ${on}::date
       where subject = ${id} and opened_on <= ${on}::date and coalesce(met_on, lapsed_on) is null order by 1`.execute(
      world.db,
    )
    return rows.map((row) => row.what)
  }
  const foundBy = async (check: string, on: string) =>
    (await runCheck(world.db, checks.find((each) => each.id === check) ?? assert.fail(check), on, world.charter)).map(
      (each) => each.record,
    )
  const count = async (what: typeof findingsOpen | typeof findingsOverdue | typeof findingsInTime, on: string) =>
    (
      await readFigure(world.db, what, {
        charter: world.charter,
        unit: world.unit('Tong County'),
        on,
        map: on,
        year: Number(on.slice(0, 4)),
      })
    ).value

  it('It goes its way: cause, remedy, sent back with a reason and a new day, put right again, closed by somebody else; each step is owed in its turn: `reason-missing`', async () => {
    const id = await record()
    assert.deepEqual(await owed(id, '2017-04-05'), [
      'explain-finding Tong County 2017-04-19',
      'rectify-finding Tong County 2017-06-30',
    ])
    await explain(id, '2017-04-12')
    await rectify(id, '2017-05-20')
    assert.deepEqual(
      (await owed(id, '2017-05-20')).map((each) => each.slice(0, 32)),
      ['verify-finding Qingshan Province'],
    )
    assert.deepEqual(await world.codes(finding('verify'), verified(id, 'return'), { as: office, on: '2017-07-03' }), [
      'due-past',
      'reason-missing',
    ])
    const back = verified(id, 'return', { remarks: '一个村仍未开工。', due: '2017-08-31' })
    await world.done(finding('verify'), back, { as: office, on: '2017-05-25' })
    assert.deepEqual(await owed(id, '2017-05-25'), ['rectify-finding Tong County 2017-08-31'])
    assert.equal(await count(findingsOpen, '2017-08-01'), 1)
    assert.equal(await count(findingsOverdue, '2017-09-01'), 1)
    await rectify(id, '2017-08-20')
    await world.done(finding('verify'), verified(id, 'pass'), { as: office, on: '2017-09-04' })
    assert.deepEqual(await owed(id, '2017-09-04'), [])
    const shown = await show(id, '2017-09-04')
    assert.deepEqual(
      shown.way.map((each: { step: string; on: string }) => `${each.on} ${each.step}`),
      [
        '2017-04-05 record',
        '2017-04-12 explain',
        '2017-05-20 rectify',
        '2017-05-25 return',
        '2017-08-20 rectify',
        '2017-09-04 close',
      ],
    )
    assert.deepEqual([shown.state, (await show(id, '2017-08-01')).state], ['closed', 'returned'])
    assert.equal(await count(findingsInTime, '2017-09-30'), 1, 'put right in time, verified later')
  })

  it('Silence closes nothing: past its day it is overdue, first on the list, and found by a check; put right, it is not', async () => {
    const id = await record('2018-01-03', { due: '2018-02-01', duty: 'land-projects' })
    await explain(id, '2018-01-10')
    const first = async (on: string) =>
      (await world.ask(question('finding.list'), { unit: world.unit('Tong County') }, on, tong)).findings[0]
    assert.deepEqual(await foundBy('finding-overdue', '2018-02-01'), [])
    assert.deepEqual(await foundBy('finding-overdue', '2018-02-02'), [`/findings/${id}`])
    assert.deepEqual([(await first('2018-03-01')).id, (await first('2018-03-01')).stand.light], [id, 'red'])
    await rectify(id, '2018-03-05')
    assert.deepEqual(await foundBy('finding-overdue', '2018-03-05'), [])
    assert.deepEqual(await foundBy('finding-overdue', '2018-03-04'), [`/findings/${id}`], 'as it stood the day before')
    assert.equal((await world.ask(question('finding.list'), { state: 'overdue' }, '2018-03-05', tong)).total, 0)
    await world.done(finding('verify'), verified(id, 'pass'), { as: office, on: '2018-03-06' })
    assert.equal(await count(findingsInTime, '2018-12-31'), 0, 'closed, and late')
  })

  it('What was closed and is found again in the same unit is linked to it, and a check says that it has come back', async () => {
    const days = ['2018-04-02', '2018-04-04', '2018-04-10', '2018-04-20'] as const
    const first = await closed(days, { duty: 'coordinate-labour', due: '2018-06-01' })
    assert.deepEqual(await foundBy('finding-came-back', '2018-05-01'), [])
    const again = await record('2018-05-02', { duty: 'coordinate-labour', due: '2018-06-01' })
    const other = await record('2018-05-02', { duty: 'urge-progress', due: '2018-06-01' })
    assert.deepEqual(
      (await show(again, '2018-05-02')).recurrences.map((each: { id: string; direction: string }) => [
        each.id,
        each.direction,
      ]),
      [[first, 'before']],
    )
    assert.equal((await show(first, '2018-05-02')).recurrences[0].direction, 'after')
    assert.equal((await show(other, '2018-05-02')).recurrenceOf, null)
    assert.deepEqual(await foundBy('finding-came-back', '2018-05-02'), [`/findings/${again}`])
    await world.done(finding('withdraw'), by('Qingshan Province', again, { reason: '核实有误，予以撤销。' }), {
      as: office,
      on: '2018-05-04',
    })
    assert.deepEqual(await owed(again, '2018-05-04'), [])
    assert.deepEqual(await foundBy('finding-came-back', '2018-05-04'), [])
    assert.deepEqual(
      await world.codes(finding('explain'), by('Tong County', again, { cause: '已不是问题。' }), {
        as: tong,
        on: '2018-05-05',
      }),
      ['not-at-this-step'],
    )
    assert.deepEqual(
      await world.codes(finding('rectify'), by('Tong County', other, { evidence: '没有说明原因就报整改。' }), {
        as: tong,
        on: '2018-05-05',
      }),
      ['not-at-this-step'],
    )
    assert.deepEqual(
      await world.codes(finding('withdraw'), by('Heyang City', other, { reason: '不是本市提出的。' }), {
        as: city,
        on: '2018-05-05',
      }),
      ['unknown-finding'],
    )
  })

  it('Verified is by another person and another unit: `verified-by-who-rectified`, `verified-by-own-unit`, and the tables refuse it too', async () => {
    const id = await record('2018-08-01', { responsible: world.unit('Heyang City'), due: '2018-09-30' })
    await world.done(finding('explain'), by('Heyang City', id, { cause: '市里没有督促。' }), {
      as: city,
      on: '2018-08-03',
    })
    const evidence = '已逐县督促，台账附后，逐条销号。'
    await world.done(finding('rectify'), by('Heyang City', id, { evidence }), { as: city, on: '2018-08-10' })
    assert.deepEqual(
      await world.codes(finding('verify'), by('Heyang City', id, { outcome: 'pass' }), { as: city, on: '2018-08-13' }),
      ['verified-by-own-unit', 'verified-by-who-rectified'],
    )
    assert.deepEqual(
      await world.codes(finding('verify'), by('Haidao Province', id, { outcome: 'pass' }), {
        as: ['Haidao Province', 'governor'],
        on: '2018-08-13',
      }),
      ['unknown-finding'],
    )
    await assert.rejects(
      asAct(world, (client, act) =>
        client.query(
          `insert into finding_step (finding_id, ordinal, step, state, unit_id, person_id, note, due_on, on_day, act_id, responsible_unit_id,
                                     from_state, from_day, from_person)
           select finding_id, ordinal + 1, 'close', 'closed', $2, person_id, 'well done', due_on, on_day, $3, responsible_unit_id, state, on_day,
                  person_id
             from finding_step where finding_id = $1 and state = 'rectified'`,
          [id, world.unit('Qingshan Province'), act],
        ),
      ),
      /finding_is_verified_by_somebody_else/,
    )
    // Moved up in between, the same person still may not; somebody else at the city's own unit was there at the time, and is found.
    const mover = world.person('Heyang City', 'poverty-office-director-city')
    const post = 'poverty-office-director-province'
    const boss = { as: ['Qingshan Province', 'party-secretary-province'] as const, on: '2018-08-20' }
    await world.done(endAppointment, { unit: world.unit('Qingshan Province'), post, reason: '工作调动。' }, boss)
    await world.done(
      makeAppointment,
      {
        unit: world.unit('Qingshan Province'),
        post,
        person: {
          id: mover,
          name: { zh: '某poverty-office-director-city', en: 'poverty-office-director-city of Heyang City' },
          madeUp: true,
        },
      },
      { ...boss, on: '2018-08-21' },
    )
    const actor = { kind: 'person', person: mover, seat: { unit: world.unit('Qingshan Province'), post } } as const
    const deed = (key: string, on: string) => ({ actor, key, at: momentOf(on), via: 'test' as const })
    const own = await perform(world.engine, finding('verify'), verified(id, 'pass'), deed('mover 1', '2018-08-22'))
    assert.ok(own.outcome === 'refused' && own.refusals[0]?.code === 'verified-by-who-rectified')
    const governor = ['Qingshan Province', 'governor'] as const
    await world.done(finding('verify'), verified(id, 'pass'), { as: governor, on: '2018-08-23' })
    assert.deepEqual(await foundBy('finding-verified-from-within', '2018-08-23'), [])

    const other = await record('2018-08-01', { responsible: world.unit('Heyang City'), due: '2018-09-30' }, governor)
    const mayor = ['Heyang City', 'mayor'] as const
    await world.done(finding('explain'), by('Heyang City', other, { cause: '市里没有督促。' }), {
      as: mayor,
      on: '2018-08-03',
    })
    await world.done(finding('rectify'), by('Heyang City', other, { evidence }), { as: mayor, on: '2018-08-10' })
    const within = await perform(
      world.engine,
      finding('verify'),
      verified(other, 'pass'),
      deed('mover 2', '2018-08-24'),
    )
    assert.equal(within.outcome, 'done')
    assert.deepEqual(await foundBy('finding-verified-from-within', '2018-08-24'), [`/findings/${other}`])
  })

  it('No act is done to a finding of others, nor to one that was withdrawn: `unknown-finding`, `not-at-this-step`', async () => {
    const governor = ['Qingshan Province', 'governor'] as const
    const recorded = found({ due: '2017-06-30' })
    const { finding: id } = await world.done(finding('record'), recorded, { as: governor, on: '2017-04-05' })
    const text = '说明文字，供测试所用。'
    const mine: readonly (readonly [string, object])[] = [
      ['verify', { outcome: 'pass' }],
      ['withdraw', { reason: text }],
      ['interview', { words: text }],
      ['hand-over', { grounds: text }],
    ]
    const theirs: readonly (readonly [string, object])[] = [
      ['explain', { cause: text }],
      ['rectify', { evidence: text }],
    ]
    const song: As = ['Song County', 'county-head']
    const haidao: As = ['Haidao Province', 'governor']
    const on = '2017-04-06'
    for (const [verb, more] of mine)
      assert.deepEqual(
        await world.codes(finding(verb), by('Haidao Province', id, more), { as: haidao, on }),
        ['unknown-finding'],
        verb,
      )
    for (const [verb, more] of theirs)
      assert.deepEqual(
        await world.codes(finding(verb), by('Song County', id, more), { as: song, on }),
        ['unknown-finding'],
        verb,
      )
    const concluded = by('Song County', id, { outcome: 'no-case', words: text })
    assert.deepEqual(await world.codes(named('handover.conclude'), concluded, { as: discipline, on: '2016-12-01' }), [
      'unknown-finding',
    ])
    await world.done(finding('withdraw'), by('Qingshan Province', id, { reason: text }), { as: governor, on })
    const later = '2017-04-07'
    for (const [verb, more] of mine)
      assert.deepEqual(
        await world.codes(finding(verb), by('Qingshan Province', id, more), { as: governor, on: later }),
        ['not-at-this-step'],
        verb,
      )
    for (const [verb, more] of theirs)
      assert.deepEqual(
        await world.codes(finding(verb), by('Tong County', id, more), { as: tong, on: later }),
        ['not-at-this-step'],
        verb,
      )
  })

  it('What is recorded belongs below, is known to the charter and lies ahead: `inspector-of-own-unit`, `outside-the-area`, `unknown-duty`, `due-past`', async () => {
    const own = found({ responsible: world.unit('Qingshan Province') })
    assert.deepEqual(
      await world.codes(finding('record'), own, { as: ['Qingshan Province', 'governor'], on: '2017-04-05' }),
      ['inspector-of-own-unit'],
    )
    const strange = found({ responsible: world.unit('Ye County'), duty: 'walk-the-dog', due: '2017-01-01' })
    assert.deepEqual(
      await world.codes(finding('record'), strange, { as: ['Qingshan Province', 'governor'], on: '2017-04-05' }),
      ['due-past', 'outside-the-area', 'unknown-duty'],
    )
  })

  it('A finding of an inspection is of a unit that was drawn, once the list is open: `list-not-open`, `not-drawn`', async () => {
    const governor = ['Qingshan Province', 'governor'] as const
    const unit = world.unit('Qingshan Province')
    const seed = 'nine cranes over the salt flats'
    const units = ['Liu County', 'Song County'].map((name) => ({ unit: world.unit(name) }))
    const { inspection } = await world.done(
      named('inspection.plan'),
      {
        unit,
        title: '暗访',
        from: '2019-03-10',
        until: '2019-06-30',
        topics: ['use-funds-well'],
        units,
        count: 1,
        commitment: commitmentOf(seed),
        publicNumber: '双色球',
        drawOn: '2019-03-06',
        opensOn: '2019-03-10',
      },
      { as: governor, on: '2019-03-01' },
    )
    const drawn = await world.done(
      named('inspection.draw'),
      { unit, inspection, seed, beacon: '01 02' },
      { as: governor, on: '2019-03-06' },
    )
    const of = (responsible: string) => found({ responsible, inspection, due: '2019-06-30' })
    assert.deepEqual(await world.codes(finding('record'), of(drawn.units[0]), { as: governor, on: '2019-03-09' }), [
      'list-not-open',
    ])
    await world.done(named('inspection.open'), { unit, inspection }, { as: governor, on: '2019-03-10' })
    const spared = units.map((each) => each.unit).find((each) => each !== drawn.units[0])
    assert.deepEqual(await world.codes(finding('record'), of(spared ?? ''), { as: governor, on: '2019-03-11' }), [
      'not-drawn',
    ])
    const { finding: id } = await world.done(finding('record'), of(drawn.units[0]), { as: governor, on: '2019-03-11' })
    const shown = await world.ask(question('inspection.show'), { id: inspection }, '2019-03-11', governor)
    assert.deepEqual(
      shown.findings.map((each: { id: string }) => each.id),
      [id],
    )
  })

  it('A principal is interviewed, in a seat that somebody sits in: `not-a-principal`, `nobody-to-interview`', async () => {
    const governor = ['Qingshan Province', 'governor'] as const
    const responsible = world.unit('Heyang City')
    const recorded = found({ responsible, due: '2019-06-30' })
    const { finding: id } = await world.done(finding('record'), recorded, { as: governor, on: '2019-04-01' })
    const words = { words: '要求六月底前全部开工，书记当场承诺。' }
    const clerk = by('Qingshan Province', id, { ...words, post: 'poverty-office-director-city' })
    assert.deepEqual(await world.codes(finding('interview'), clerk, { as: governor, on: '2019-04-02' }), [
      'not-a-principal',
    ])
    await world.done(
      endAppointment,
      { unit: responsible, post: 'mayor', reason: '到龄退休。' },
      { as: ['Qingshan Province', 'party-secretary-province'], on: '2019-04-03' },
    )
    const vacant = by('Qingshan Province', id, { ...words, post: 'mayor' })
    assert.deepEqual(await world.codes(finding('interview'), vacant, { as: governor, on: '2019-04-05' }), [
      'nobody-to-interview',
    ])
    await world.done(finding('interview'), by('Qingshan Province', id, words), { as: governor, on: '2019-04-05' })
    const { interviews } = await show(id, '2019-04-05')
    assert.deepEqual(
      interviews.map((each: { words: string }) => each.words),
      [words.words],
    )
  })

  it('Handing over to discipline is owed a conclusion: `nobody-enforces`, `handed-over-already`, `not-handed-over`, `concluded-already`', async () => {
    const governor = ['Qingshan Province', 'governor'] as const
    const early = (
      await world.done(finding('record'), found({ responsible: world.unit('Song County'), due: '2016-06-30' }), {
        as: governor,
        on: '2016-04-01',
      })
    ).finding
    const grounds = { grounds: '涉嫌套取项目资金。' }
    assert.deepEqual(
      await world.codes(finding('hand-over'), by('Qingshan Province', early, grounds), {
        as: governor,
        on: '2016-04-02',
      }),
      ['nobody-enforces'],
    )
    const outcome = { outcome: 'case-opened', words: '立案审查。' }
    const conclude = (on: string) =>
      [named('handover.conclude'), by('Song County', early, outcome), { as: discipline, on }] as const
    assert.deepEqual(await world.codes(...conclude('2016-11-01')), ['not-handed-over'])
    await world.done(finding('hand-over'), by('Qingshan Province', early, grounds), { as: governor, on: '2016-11-02' })
    assert.ok((await owed(early, '2016-11-02')).includes('conclude-handover Song County 2017-01-31'))
    assert.deepEqual(
      await world.codes(finding('hand-over'), by('Qingshan Province', early, grounds), {
        as: governor,
        on: '2016-11-03',
      }),
      ['handed-over-already'],
    )
    await world.done(...conclude('2016-11-20'))
    assert.deepEqual(await world.codes(...conclude('2016-11-21')), ['concluded-already'])
    const shown = await show(early, '2016-11-21')
    assert.deepEqual([shown.handedOn, shown.outcomeWords.en, shown.state], ['2016-11-02', 'a case was opened', 'open'])
    assert.equal((await show(early, '2016-11-10')).discipline, null, 'not concluded by then')
  })

  it('A unit is merged away: what is open there its heir puts right by the same day, and what was closed there and is found at the heir has come back', async () => {
    const song: As = ['Song County', 'county-head']
    const liu: As = ['Liu County', 'county-head']
    const governor: As = ['Qingshan Province', 'governor']
    const cause = '用地没有落实，开工晚了。'
    const evidence = '已开工建设，付款凭证附后。'
    const recorded = (on: string, county: string, duty: string) =>
      record(on, { responsible: world.unit(county), duty, due: '2019-06-28' }, governor)
    const closedBefore = await recorded('2019-01-07', 'Song County', 'land-projects')
    await world.done(finding('explain'), by('Song County', closedBefore, { cause }), { as: song, on: '2019-01-08' })
    await world.done(finding('rectify'), by('Song County', closedBefore, { evidence }), { as: song, on: '2019-01-09' })
    await world.done(finding('verify'), verified(closedBefore, 'pass'), { as: governor, on: '2019-01-10' })
    const open = await recorded('2019-01-11', 'Song County', 'use-funds-well')
    await world.done(finding('explain'), by('Song County', open, { cause }), { as: song, on: '2019-01-14' })

    const merging = { from: [world.unit('Song County')], into: world.unit('Liu County') }
    await world.done(named('unit.merge'), merging, { as: ['The Centre', 'minister-civil-affairs'], on: '2019-02-01' })
    assert.deepEqual(await owed(open, '2019-02-01'), ['rectify-finding Liu County 2019-06-28'])
    const seen = await show(open, '2019-02-04', liu)
    assert.deepEqual([seen.unitName.en, seen.foundIn.en], ['Liu County', 'Song County'])
    assert.ok(seen.can.some((each: { act: string; mine: boolean }) => each.act === 'finding.rectify' && each.mine))
    assert.equal((await show(open, '2019-01-20', liu)).unitName.en, 'Song County', 'as it stood before')
    await assert.rejects(
      asAct(world, (client, act) =>
        client.query(
          `insert into finding_step (finding_id, ordinal, step, state, unit_id, person_id, note, due_on, on_day, act_id, responsible_unit_id,
                                     from_state, from_day, from_person)
           select finding_id, ordinal + 1, 'rectify', 'rectified', $2, person_id, 'well done', due_on, '2019-02-05', $3, responsible_unit_id, state,
                  on_day, person_id from finding_step where finding_id = $1 and state = 'explained'`,
          [open, world.unit('Tong County'), act],
        ),
      ),
      /the step rectify of finding .* is not for unit/,
    )
    await world.done(finding('rectify'), by('Liu County', open, { evidence }), { as: liu, on: '2019-02-05' })
    assert.deepEqual(
      await world.codes(finding('verify'), by('Liu County', open, { outcome: 'pass' }), {
        as: ['Heyang City', 'mayor'],
        on: '2019-02-06',
      }),
      ['verified-by-own-unit'],
    )
    await world.done(finding('verify'), verified(open, 'pass'), { as: governor, on: '2019-02-06' })

    const again = await recorded('2019-03-04', 'Liu County', 'land-projects')
    assert.deepEqual(
      (await show(again, '2019-03-04', liu)).recurrences.map((each: { id: string; unitName: { en: string } }) => [
        each.id,
        each.unitName.en,
      ]),
      [[closedBefore, 'Song County']],
    )
    assert.deepEqual(await foundBy('finding-came-back', '2019-03-04'), [`/findings/${again}`])
    assert.equal(
      (await show(await recorded('2019-03-05', 'Tong County', 'set-schedule'), '2019-03-05')).recurrenceOf,
      null,
    )
    await assert.rejects(
      asAct(world, (client, act) =>
        client.query(
          `insert into finding (id, inspector_unit_id, unit_id, duty, subject, title, facts, severity, due_on, recurrence_of, recurred_in, on_day, act_id)
           select gen_random_uuid(), inspector_unit_id, $2, duty, subject, title, facts, severity, due_on, id, unit_id, '2019-03-06', $3
             from finding where id = $1`,
          [closedBefore, world.unit('Tong County'), act],
        ),
      ),
      /does not carry on/,
    )
  })
})

describe('Findings in a country of three tiers', () => {
  it('A region finds, a district puts right, the region closes, and the nation is told of a breach', async () => {
    const world = await World.open('three-tiers')
    try {
      const region: As = ['North Region', 'commissioner']
      const steward: As = ['Birch District', 'steward']
      const on = '2016-04-04'
      const { finding: id } = await world.done(
        finding('record'),
        {
          unit: world.unit('North Region'),
          responsible: world.unit('Birch District'),
          duty: 'use-funds-well',
          title: '资金闲置',
          facts: '资金没有安排。',
          due: '2016-06-01',
        },
        { as: region, on },
      )
      const at = (unit: string, more: object) => ({ unit: world.unit(unit), finding: id, ...more })
      await world.done(finding('hand-over'), at('North Region', { grounds: '涉嫌违纪。' }), { as: region, on })
      await world.done(finding('explain'), at('Birch District', { cause: '没有项目。' }), { as: steward, on })
      const evidence = '项目已开工，凭证附后备查。'
      await world.done(finding('rectify'), at('Birch District', { evidence }), { as: steward, on })
      await world.done(finding('verify'), at('North Region', { outcome: 'pass' }), { as: region, on })
      await world.done(
        named('handover.conclude'),
        at('Birch District', { outcome: 'no-case', words: '不构成违纪。' }),
        { as: ['The Centre', 'high-commissioner'], on },
      )
    } finally {
      await world.close()
    }
  })
})
