import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { acts } from '#src/acts.ts'
import { asks } from '#src/asks.ts'
import { figures } from '#src/figures.ts'
import type { AnyAct } from '#kernel/act.ts'
import { readChecks, runCheck } from '#kernel/check.ts'
import { readFigure, readFigureRecords } from '#kernel/figure.ts'
import { asAct } from '#test/act.ts'
import { type As, World } from '#test/world.ts'
import { helpLinks } from './help-links.ts'

const named = (name: string): AnyAct => {
  const found = acts.find((each) => each.name === name)
  assert.ok(found, name)
  return found
}
const liu = ['Liu County', 'poverty-office-director-county'] as const
const head = ['Liu County', 'county-head'] as const
const tong = ['Tong County', 'county-head'] as const
const centre = ['The Centre', 'office-director'] as const
const east = ['Haidao Province', 'governor'] as const
const housing = ['The Centre', 'minister-housing'] as const
const phrase = 'by the old bridge'
const checks = readChecks(path.join(import.meta.dirname, '../../../checks'))

describe('Help from outside reaches a county that says what it needs', () => {
  let world: World
  let pairing: string
  before(async () => {
    world = await World.open()
    const pairs = [{ east: world.unit('Haidao Province'), west: world.unit('Heyang City'), status: 'V' }]
    pairing = (await world.done(named('pairing.set'), paired(pairs), { as: centre, on: '2016-12-07' })).pairings[0]
  })
  after(() => world.close())

  const paired = (pairs: readonly object[]) => ({ unit: world.unit('The Centre'), source: '结对名单', pairs })
  const here = (more: object = {}) => ({ unit: world.unit('Liu County'), ...more })
  const need = (more: object = {}) =>
    here({
      title: '村小学课桌椅',
      why: '三所村小需要更换课桌椅。',
      kind: 'goods',
      count: 100,
      measure: '套',
      wanted: '2018-09-01',
      ...more,
    })
  const offer = (more: object = {}) => ({
    kind: 'goods',
    count: 60,
    measure: '套',
    what: '全新课桌椅。',
    by: '2018-08-20',
    ...more,
  })
  const does = (act: string, input: object, as: As, on: string) => world.done(named(act), input, { as, on })
  const codes = (act: string, input: object, as: As, on: string) => world.codes(named(act), input, { as, on })
  const publish = async (more: object = {}, on = '2018-03-01') =>
    (await does('need.publish', need(more), liu, on)).need as string
  const pledge = async (more: object = {}, on = '2018-03-05') =>
    (await does('pledge.make', here({ ...offer(), phrase, ...more }), 'public', on)).pledge as string
  const match = (input: object, on = '2018-03-08') => does('pledge.match', here(input), liu, on)
  const ask = (name: string, input: object, on: string, as?: As) => {
    const found = asks.find((each) => each.name === name)
    assert.ok(found, name)
    return world.ask(found, input, on, as)
  }
  const owes = async (subject: string) => {
    const { rows } = await sql<{ line: string }>`
      select obligation || ' ' || unit_id || ' ' || due_on as line from obligation_item
       where subject = ${subject} and met_on is null and lapsed_on is null order by 1`.execute(world.db)
    return rows.map((row) => row.line)
  }
  const reads = async (name: string, on: string) => {
    const figure = figures.find((each) => each.name === name)
    assert.ok(figure, name)
    const year = Number(on.slice(0, 4))
    const question = { charter: world.charter, unit: world.unit('The Centre'), on, map: on, year }
    const { counted, of } = await readFigure(world.db, figure, question)
    const page = { offset: 0, limit: 200, side: 'counted' } as const
    const { records } = await readFigureRecords(world.db, figure, question, page)
    const sum = records.reduce((total, each) => total + each.value, 0)
    assert.ok(Math.abs(sum - counted) < 1e-9, `${name} opens to what it counts`)
    return [counted, of]
  }
  const finds = async (id: string, on: string) => {
    const check = checks.find((each) => each.id === id)
    assert.ok(check, id)
    return (await runCheck(world.db, check, on, world.charter)).map((each) => [each.record, each.since])
  }

  it('A pair that is a county with its own province, or nobody, or stands already: `cannot-pair`, `one-within-the-other`, `paired-already`', async () => {
    const [haidao, heyang, qingshan] = ['Haidao Province', 'Heyang City', 'Qingshan Province'].map(world.unit)
    const pairs = [
      { east: haidao, west: heyang },
      { east: qingshan, west: heyang },
      { east: haidao, west: world.unit('The Centre') },
    ]
    assert.deepEqual(await codes('pairing.set', paired(pairs), centre, '2017-01-05'), [
      'cannot-pair',
      'one-within-the-other',
      'one-within-the-other',
      'paired-already',
    ])
  })

  it('A pair is ended once, and never on its first day; its days are kept: `no-such-pair`, `begun-today`, `ended-already`', async () => {
    const pairs = [{ east: world.unit('Haidao Province'), west: world.unit('Xiling Province') }]
    const { pairings } = await does('pairing.set', paired(pairs), centre, '2017-02-01')
    const end = { unit: world.unit('The Centre'), pairing: pairings[0], reason: '关系调整。' }
    assert.deepEqual(await codes('pairing.end', end, centre, '2017-02-01'), ['begun-today'])
    await does('pairing.end', end, centre, '2017-06-01')
    assert.deepEqual(await codes('pairing.end', end, centre, '2017-06-02'), ['ended-already'])
    assert.deepEqual(await codes('pairing.end', { ...end, pairing: world.unit('x') }, centre, '2017-06-02'), [
      'no-such-pair',
    ])
    const total = async (on: string) => (await ask('pairing.list', {}, on)).total
    assert.deepEqual([await total('2017-01-31'), await total('2017-05-31'), await total('2017-06-01')], [1, 2, 1])
  })

  it('What is needed is counted as its kind is, lies ahead, and in the county: `quantity-missing`, `day-past`, `not-its-village`, `not-its-campaign`', async () => {
    const other = await does(
      'campaign.announce',
      {
        unit: world.unit('Xiling Province'),
        title: '扶贫日',
        purpose: '动员社会各界。',
        from: '2018-01-01',
        until: '2018-12-31',
      },
      ['Xiling Province', 'governor'],
      '2018-01-01',
    )
    const wrong = need({
      kind: 'money',
      wanted: '2018-03-01',
      village: world.unit('nowhere'),
      campaign: other.campaign,
    })
    assert.deepEqual(await codes('need.publish', wrong, liu, '2018-03-01'), [
      'day-past',
      'not-its-campaign',
      'not-its-village',
      'quantity-missing',
    ])
    assert.deepEqual(await codes('need.publish', need({ measure: undefined }), liu, '2018-03-01'), ['quantity-missing'])
  })

  it('A campaign has its days: `ends-before-it-begins`, `over-already`, `campaign-not-on`', async () => {
    const announce = { unit: world.unit('Qingshan Province'), title: '扶贫日', purpose: '动员社会各界。' }
    const office = ['Qingshan Province', 'poverty-office-director-province'] as const
    const days = { from: '2017-10-17', until: '2017-10-01' }
    assert.deepEqual(await codes('campaign.announce', { ...announce, ...days }, office, '2017-11-01'), [
      'ends-before-it-begins',
      'over-already',
    ])
    const on = { from: '2018-10-17', until: '2018-10-31' }
    const { campaign } = await does('campaign.announce', { ...announce, ...on }, office, '2018-02-01')
    assert.deepEqual(await codes('need.publish', need({ campaign }), liu, '2018-03-01'), ['campaign-not-on'])
    const published = await publish({ campaign, wanted: '2019-01-01' }, '2018-10-17')
    assert.equal((await ask('need.show', { id: published }, '2018-10-17')).campaign, '扶贫日')
    assert.equal((await ask('campaign.list', { unit: world.unit('Liu County') }, '2018-10-17')).items[0].needs, 1)
    const named = await ask('find.campaigns', { unit: world.unit('Liu County') }, '2018-10-17')
    assert.deepEqual(
      named.choices.map((each: { id: string }) => each.id),
      [campaign],
    )
  })

  it('A need is met by two pledges, one of the public and one of a pair: each answered, delivered, confirmed in time', async () => {
    const id = await publish()
    const first = await pledge({ need: id })
    assert.deepEqual(await owes(first), [`answer-pledge ${world.unit('Liu County')} 2018-03-26`])
    await match({ pledge: first, need: id })
    assert.deepEqual(await owes(first), [], 'nobody of the public owes by the charter')

    const pair = { unit: world.unit('Haidao Province'), county: world.unit('Liu County') }
    const { pledge: second } = await does(
      'pledge.make-as-pair',
      { ...pair, ...offer({ count: 50 }) },
      east,
      '2018-03-06',
    )
    assert.deepEqual(await codes('pledge.match', here({ pledge: second, need: id }), liu, '2018-03-09'), [
      'more-than-needed',
    ])
    await match({ pledge: second, need: id, count: 40 }, '2018-03-09')
    assert.deepEqual(await owes(second), [`deliver-as-pair ${world.unit('Haidao Province')} 2018-08-20`])
    assert.equal((await ask('need.show', { id }, '2018-03-09')).state, 'matched')

    const evidence = '交接单第7号。'
    await does('pledge.deliver', here({ pledge: first, phrase, evidence }), 'public', '2018-05-02')
    await does('pledge.deliver-as-pair', { ...pair, pledge: second, evidence }, east, '2018-05-03')
    assert.deepEqual(await owes(second), [`confirm-delivery ${world.unit('Liu County')} 2018-05-17`])
    await does('pledge.confirm', here({ pledge: first }), liu, '2018-05-07')
    await does('pledge.confirm', here({ pledge: second, note: '已点收。' }), head, '2018-05-08')
    assert.deepEqual(await owes(second), [])

    const shown = await ask('need.show', { id }, '2018-05-08')
    assert.deepEqual([shown.state, shown.confirmed, shown.list.length], ['met', 100, 2])
    assert.equal((await ask('need.show', { id }, '2018-05-07')).confirmed, 60, 'any day shows how it stood then')
    assert.equal((await ask('need.show', { id }, '2018-03-08')).state, 'open')
  })

  it('The public reads who helps, never what was written; a person is never named', async () => {
    const id = await publish({ title: '冬衣' })
    await pledge({ need: id, what: '王先生捐的冬衣。' })
    const [line] = (await ask('need.show', { id }, '2018-03-06')).list
    assert.deepEqual([line.pledger.en, line.what, line.note], ['one of the public', null, null])
    assert.equal((await ask('need.show', { id }, '2018-03-06', liu)).list[0].what, '王先生捐的冬衣。')
    const sorted = await ask(
      'need.list',
      { unit: world.unit('Liu County'), sort: '-met', search: '冬衣' },
      '2018-03-06',
    )
    assert.deepEqual([sorted.total, sorted.needs[0].id, sorted.needs[0].pledges], [1, id, 1])
    const seen = await ask('pledge.list', { search: line.code, sort: 'county', state: 'going' }, '2018-03-06')
    assert.deepEqual([seen.total, seen.pledges[0].unitName.en], [1, 'Liu County'])
    const offered = await ask('find.needs', { unit: world.unit('Liu County'), text: '冬衣' }, '2018-03-06')
    assert.deepEqual(
      offered.choices.map((each: { id: string }) => each.id),
      [id],
    )
    const { rows } = await sql<{ input: string }>`select input::text from journal where act = 'pledge.make'`.execute(
      world.db,
    )
    assert.ok(rows.length > 0 && rows.every((row) => !row.input.includes(phrase)), 'the phrase is kept nowhere')
  })

  it('What is offered fits what is needed, by kind, county and day: `no-such-need`, `need-closed`, `kind-differs`, `nobody-matches`', async () => {
    const id = await publish()
    assert.deepEqual(
      await codes(
        'pledge.make',
        here({ ...offer({ kind: 'jobs', measure: undefined, need: id, by: '2018-03-05' }), phrase }),
        'public',
        '2018-03-05',
      ),
      ['day-past', 'kind-differs'],
    )
    await does('need.close', here({ need: id, reason: '已由县里解决。' }), liu, '2018-03-06')
    assert.deepEqual(await codes('need.close', here({ need: id, reason: '再关一次。' }), liu, '2018-03-07'), [
      'need-closed',
    ])
    assert.deepEqual(
      await codes('need.close', here({ need: world.unit('x'), reason: '没有的。' }), liu, '2018-03-07'),
      ['no-such-need'],
    )
    const to = (unit: string, needed: string) => ({ unit: world.unit(unit), ...offer({ need: needed }), phrase })
    assert.deepEqual(await codes('pledge.make', to('Liu County', id), 'public', '2018-03-07'), ['need-closed'])
    assert.deepEqual(await codes('pledge.make', to('Heyang City', id), 'public', '2018-03-07'), [
      'no-such-need',
      'nobody-matches',
    ])
    const late = await pledge({}, '2018-03-07')
    assert.deepEqual(await codes('pledge.match', here({ pledge: late, need: id }), liu, '2018-03-08'), ['need-closed'])
  })

  it('A match keeps to what was pledged and needed: `measure-differs`, `more-than-pledged`, `said-otherwise`, `more-than-needed`, `no-such-pledge`', async () => {
    const id = await publish({ count: 50 })
    const boxes = await pledge({ measure: '箱' })
    const sets = await pledge()
    const money = await publish({ kind: 'money', amount: '5000', count: undefined, measure: undefined })
    const tries = (input: object) => codes('pledge.match', here(input), liu, '2018-03-08')
    assert.deepEqual(await tries({ pledge: boxes, need: id }), ['measure-differs'])
    assert.deepEqual(await tries({ pledge: sets, need: id }), ['more-than-needed'])
    assert.deepEqual(await tries({ pledge: sets, need: id, count: 61 }), ['more-than-needed', 'more-than-pledged'])
    assert.deepEqual(await tries({ pledge: sets, need: id, count: 40, amount: '5' }), ['said-otherwise'])
    assert.deepEqual(await tries({ pledge: sets, need: money }), ['kind-differs'])
    assert.deepEqual(await tries({ pledge: world.unit('x'), need: world.unit('y') }), [
      'no-such-need',
      'no-such-pledge',
    ])
  })

  it('Two pledges matched at once never give a need more than it asks, and the database has the last word', async () => {
    const id = await publish()
    const both = [await pledge(), await pledge()]
    const outcomes = await Promise.all(
      both.map((each, at) =>
        world.perform(named('pledge.match'), here({ pledge: each, need: id }), {
          as: at ? head : liu,
          on: '2018-03-08',
        }),
      ),
    )
    assert.deepEqual(outcomes.map((each) => each.outcome).toSorted(), ['done', 'refused'])
    const past = (after: number, ordinal: number) =>
      asAct(world, (client, act) =>
        client.query(
          `insert into need_taking (need_id, ordinal, pledge_id, pledged, change, before_it, after_it, needed, on_day, act_id)
           values ($1, $2, $3, 60, $4, $5, $6, 100, '2018-03-09', $7)`,
          [id, ordinal, both[1], 41, after - 41, after, act],
        ),
      )
    await assert.rejects(past(101, 2), { constraint: 'need_is_never_overmatched' })
    await assert.rejects(past(82, 2), { constraint: 'need_taking_follows' })
    await assert.rejects(past(41, 1), { constraint: 'need_taking_pkey' })
  })

  it('A pledge goes on only by whoever made it: `not-its-pledge`, `phrase-wrong`, `pledge-not-at-this-step`', async () => {
    const id = await publish()
    const own = await pledge({ need: id })
    const pair = { unit: world.unit('Haidao Province'), county: world.unit('Liu County') }
    const evidence = '已送到村里。'
    const wrong = here({ pledge: own, phrase: 'by the new bridge', evidence })
    assert.deepEqual(await codes('pledge.deliver', wrong, 'public', '2018-03-07'), [
      'phrase-wrong',
      'pledge-not-at-this-step',
    ])
    assert.deepEqual(await codes('pledge.deliver-as-pair', { ...pair, pledge: own, evidence }, east, '2018-03-07'), [
      'not-its-pledge',
      'pledge-not-at-this-step',
    ])
    await does('pledge.decline', here({ pledge: own, reason: '暂时用不上。' }), liu, '2018-03-08')
    assert.deepEqual(await owes(own), [])
    assert.deepEqual(
      await codes('pledge.withdraw', here({ pledge: own, phrase, reason: '不捐了。' }), 'public', '2018-03-09'),
      ['pledge-not-at-this-step'],
    )
  })

  it('What is disputed is delivered again or withdrawn, and then the need is open again', async () => {
    const id = await publish()
    const own = await pledge({ need: id })
    await match({ pledge: own, need: id })
    const evidence = '已送到村里。'
    await does('pledge.deliver', here({ pledge: own, phrase, evidence }), 'public', '2018-04-02')
    await does('pledge.dispute', here({ pledge: own, reason: '只收到40套。' }), liu, '2018-04-04')
    await does('pledge.deliver', here({ pledge: own, phrase, evidence }), 'public', '2018-04-09')
    await does('pledge.dispute', here({ pledge: own, reason: '仍缺20套。' }), liu, '2018-04-11')
    await does('pledge.withdraw', here({ pledge: own, phrase, reason: '无法补齐。' }), 'public', '2018-04-12')
    const shown = await ask('need.show', { id }, '2018-04-12')
    assert.deepEqual([shown.state, shown.matched, shown.list[0].state], ['open', 0, 'withdrawn'])
    assert.equal((await ask('need.show', { id }, '2018-04-11')).matched, 60)
  })

  it('Whoever says that it was delivered does not judge it, also in another seat: `delivered-by-you`', async () => {
    const posted = { unit: world.unit('Haidao Province'), post: 'poverty-office-director-province' }
    const person = {
      id: world.person('Haidao Province', posted.post),
      name: { zh: `某${posted.post}`, en: `${posted.post} of Haidao Province` },
      madeUp: true,
    }
    const seat = { unit: world.unit('Song County'), post: 'poverty-office-director-county' }
    const song = ['Song County', 'party-secretary-county'] as const
    await does('appointment.end', { ...seat, reason: '调任他职。' }, song, '2018-03-01')
    await does('appointment.make', { ...seat, person }, song, '2018-03-02')
    const unit = world.unit('Song County')
    const sent = { ...need(), unit }
    const { need: id } = await does('need.publish', sent, song, '2018-03-03')
    const pair = { unit: world.unit('Haidao Province'), county: unit }
    const { pledge: own } = await does('pledge.make-as-pair', { ...pair, ...offer() }, east, '2018-03-05')
    await does('pledge.match', { unit, pledge: own, need: id }, song, '2018-03-06')
    // The same person pledged for the east before they were sent to the county.
    await asAct(world, (client, act) =>
      client.query(
        `insert into pledge_step (pledge_id, ordinal, step, state, note, on_day, person_id, from_state, from_day, from_who, act_id)
         select pledge_id, 3, 'deliver', 'delivered', '已送到。', '2018-04-02', $2, state, on_day, who, $3 from pledge_step where pledge_id = $1 and ordinal = 2`,
        [own, person.id, act],
      ),
    )
    const judge = { actor: { kind: 'person' as const, person: person.id, seat }, key: 'judge 1' }
    const { perform } = await import('#kernel/perform.ts')
    const { momentOf } = await import('#kernel/calendar.ts')
    const outcome = await perform(
      world.engine,
      named('pledge.confirm'),
      { unit, pledge: own },
      { ...judge, at: momentOf('2018-04-03'), via: 'test' },
    )
    assert.equal(outcome.outcome === 'refused' && outcome.refusals[0]?.code, 'delivered-by-you')
    const forced = asAct(world, (client, act) =>
      client.query(
        `insert into pledge_step (pledge_id, ordinal, step, state, on_day, person_id, from_state, from_day, from_who, act_id)
         select pledge_id, 4, 'confirm', 'confirmed', '2018-04-03', $2, state, on_day, who, $3 from pledge_step where pledge_id = $1 and ordinal = 3`,
        [own, person.id, act],
      ),
    )
    await assert.rejects(forced, { constraint: 'delivery_is_judged_by_another' })
    await does('pledge.confirm', { unit, pledge: own }, song, '2018-04-04')
  })

  it('A pair helps only where it is paired, also a county that it is not: `not-paired`', async () => {
    const to = (county: string) => ({ unit: world.unit('Haidao Province'), county: world.unit(county), ...offer() })
    assert.deepEqual(await codes('pledge.make-as-pair', to('Yan County'), east, '2018-03-05'), ['not-paired'])
    const { pledge: made } = await does('pledge.make-as-pair', to('Tong County'), east, '2018-03-05')
    const listed = await ask('pledge.list', { by: 'pair', unit: world.unit('Tong County') }, '2018-03-05', tong)
    assert.deepEqual([listed.total, listed.pledges[0].id, listed.pledges[0].pledger.en], [1, made, 'Haidao Province'])
    const pairs = await ask('pairing.list', { unit: world.unit('Tong County') }, '2018-03-05', east)
    assert.deepEqual([pairs.items[0].id, pairs.items[0].status, pairs.items[0].pledges >= 1], [pairing, 'V', true])
  })

  it('A central body assists one county, pledges there and delivers: `assists-already`, `not-assisting`', async () => {
    const begin = here({ about: '定点帮扶（演示）。' })
    assert.deepEqual(await codes('pledge.make-as-assistant', here(offer()), housing, '2018-03-05'), ['not-assisting'])
    assert.deepEqual(await codes('assistance.end', here({ reason: '没有的。' }), housing, '2018-03-05'), [
      'not-assisting',
    ])
    await does('assistance.begin', begin, housing, '2018-03-05')
    assert.deepEqual(await codes('assistance.begin', begin, housing, '2018-03-06'), ['assists-already'])
    const id = await publish()
    const { pledge: own } = await does('pledge.make-as-assistant', here(offer({ need: id })), housing, '2018-03-06')
    await match({ pledge: own, need: id })
    assert.deepEqual(await owes(own), [`deliver-as-assistant ${world.unit('Liu County')} 2018-08-20`])
    const finance = ['The Centre', 'minister-finance'] as const
    const told = here({ pledge: own, evidence: '已送到。' })
    assert.deepEqual(await codes('pledge.deliver-as-assistant', told, finance, '2018-04-02'), ['not-its-pledge'])
    await does('pledge.deliver-as-assistant', told, housing, '2018-04-02')
    await does('pledge.dispute', here({ pledge: own, reason: '尚未收到。' }), liu, '2018-04-04')
    assert.equal((await owes(own)).length, 1, 'it is owed again')
    await does('pledge.withdraw-as-assistant', here({ pledge: own, reason: '改为资金。' }), housing, '2018-04-05')
    assert.deepEqual(await owes(own), [])
    await does('assistance.end', here({ reason: '帮扶期满。' }), housing, '2019-01-04')
  })

  it('An enterprise joins, is shown once it is admitted, and pledges in its name: `no-such-partner`, `answered-already`, `not-a-partner`, `assists-by-its-own-duty`', async () => {
    const join = here({ kind: 'enterprise', name: '青山果业公司', about: '每年采购苹果。', phrase })
    const { partner } = await does('partner.join', join, 'public', '2018-03-05')
    assert.deepEqual(await owes(partner), [`answer-partner ${world.unit('Liu County')} 2018-03-19`])
    const known = async (on: string) => (await ask('partner.list', { kind: 'enterprise' }, on)).total
    assert.equal(await known('2018-03-05'), 0, 'not before the county has looked')
    const buys = here({ kind: 'purchase', amount: '80000', what: '采购苹果。', by: '2018-10-31', partner, phrase })
    assert.deepEqual(await codes('pledge.make', buys, 'public', '2018-03-06'), ['not-a-partner'])
    await does('partner.admit', here({ partner }), liu, '2018-03-07')
    assert.deepEqual([await known('2018-03-07'), await owes(partner)], [1, []])
    const firms = await ask('find.partners', { unit: world.unit('Liu County') }, '2018-03-07')
    assert.deepEqual(
      firms.choices.map((each: { key: string }) => each.key),
      ['青山果业公司'],
    )
    assert.deepEqual(await codes('partner.admit', here({ partner }), liu, '2018-03-08'), ['answered-already'])
    assert.deepEqual(await codes('partner.admit', here({ partner: world.unit('x') }), liu, '2018-03-08'), [
      'no-such-partner',
    ])
    const { pledge: own } = await does('pledge.make', buys, 'public', '2018-03-08')
    const [line] = (await ask('pledge.list', { by: 'partner' }, '2018-03-08')).pledges
    assert.deepEqual([line.id, line.pledger.zh], [own, '青山果业公司'])
    assert.deepEqual(await codes('pledge.make', { ...buys, phrase: 'by the new bridge' }, 'public', '2018-03-08'), [
      'phrase-wrong',
    ])
    await does('partner.end', here({ partner, reason: '企业已注销。' }), liu, '2018-06-01')
    assert.deepEqual(await codes('pledge.make', buys, 'public', '2018-06-02'), ['not-a-partner'])
    const begun = await does(
      'assistance.begin',
      { unit: world.unit('Tong County'), about: '定点帮扶。' },
      housing,
      '2018-06-01',
    )
    const end = { unit: world.unit('Tong County'), partner: begun.partner, reason: '不由县里结束。' }
    assert.deepEqual(await codes('partner.end', end, tong, '2018-06-02'), ['assists-by-its-own-duty'])
    assert.deepEqual(
      await codes('partner.join', { ...join, unit: world.unit('Heyang City') }, 'public', '2018-06-02'),
      ['nobody-matches'],
    )
  })

  it('Figures count what is open and what was confirmed, to the fen; the chain shows what a county needs', async () => {
    const unit = world.unit('Ye County')
    const ye = ['Ye County', 'county-head'] as const
    const before = await reads('pledges.confirmed-money', '2019-03-01')
    const [openBefore] = await reads('needs.open', '2019-03-01')
    const [metBefore, ofBefore] = await reads('needs.met-share', '2019-03-01')
    const asks = {
      ...need({ kind: 'money', amount: '1000.50', count: undefined, measure: undefined, wanted: '2019-09-01' }),
      unit,
    }
    const { need: id } = await does('need.publish', asks, ye, '2019-03-01')
    const gives = { unit, kind: 'money', amount: '500.25', what: '个人捐款。', by: '2019-04-30', need: id, phrase }
    const { pledge: own } = await does('pledge.make', gives, 'public', '2019-03-02')
    await does('pledge.match', { unit, pledge: own, need: id }, ye, '2019-03-04')

    assert.deepEqual(await finds('pledge-not-delivered', '2019-04-30').then((all) => all.filter(isOf(id))), [])
    assert.deepEqual(await finds('pledge-not-delivered', '2019-05-01').then((all) => all.filter(isOf(id))), [
      [`/mobilisation/needs/${id}`, '2019-04-30'],
    ])
    await does('pledge.deliver', { unit, pledge: own, phrase, evidence: '转账凭证第3号。' }, 'public', '2019-05-06')
    assert.deepEqual(await finds('pledge-not-delivered', '2019-05-06').then((all) => all.filter(isOf(id))), [])
    assert.deepEqual(await finds('delivery-not-confirmed', '2019-05-20').then((all) => all.filter(isOf(id))), [])
    assert.deepEqual(await finds('delivery-not-confirmed', '2019-05-28').then((all) => all.filter(isOf(id))), [
      [`/mobilisation/needs/${id}`, '2019-05-06'],
    ])
    const [link] = await helpLinks(world.reader('2019-05-06'), await lineageOf('Ye County', '2019-05-06'))
    assert.deepEqual([link?.upper, link?.words.en], [world.unit('Haidao Province'), '1 to be matched'])

    await does('pledge.confirm', { unit, pledge: own }, ye, '2019-05-29')
    assert.deepEqual(await finds('delivery-not-confirmed', '2019-05-29').then((all) => all.filter(isOf(id))), [])
    assert.deepEqual(await reads('pledges.confirmed-money', '2019-05-29'), [(before[0] ?? 0) + 50_025, null])
    assert.deepEqual(await reads('needs.open', '2019-05-29'), [(openBefore ?? 0) + 1, null])
    const [met, of] = await reads('needs.met-share', '2019-05-29')
    assert.ok(Math.abs((met ?? 0) - (metBefore ?? 0) - 0.5) < 1e-9)
    assert.equal(of, (ofBefore ?? 0) + 1)
  })

  const isOf = (id: string) => (row: unknown[]) => row[0] === `/mobilisation/needs/${id}`
  const lineageOf = async (name: string, on: string) => {
    const { findLineage } = await import('#kernel/standing.ts')
    const found = await findLineage(world.db, world.unit(name), on)
    assert.ok(found)
    return found
  }
})

describe('Under the second charter, with other tiers', () => {
  it('A district’s need is published, pledged by one of the public, matched, delivered and confirmed', async () => {
    const world = await World.open('three-tiers')
    try {
      const [north, birch] = ['North Region', 'Birch District'].map(world.unit)
      const clerk = ['Birch District', 'stewardry-clerk'] as const
      const does = (act: string, input: object, as: As, on: string) => world.done(named(act), input, { as, on })
      const wanted = {
        title: '水泵',
        why: '三个村浇地。',
        kind: 'goods',
        count: 4,
        measure: '台',
        wanted: '2018-09-01',
      }
      const { need } = await does('need.publish', { unit: birch, ...wanted }, clerk, '2018-03-01')
      const offer = { kind: 'goods', count: 4, measure: '台', what: '新水泵。', by: '2018-05-01', phrase, need }
      const { pledge } = await does('pledge.make', { unit: birch, ...offer }, 'public', '2018-03-02')
      await does('pledge.match', { unit: birch, pledge, need }, clerk, '2018-03-05')
      await does('pledge.deliver', { unit: birch, pledge, phrase, evidence: '已送到。' }, 'public', '2018-04-02')
      await does('pledge.confirm', { unit: birch, pledge }, ['Birch District', 'steward'], '2018-04-03')
      const campaign = { unit: north, title: '互助月', purpose: '动员各界。', from: '2018-04-01', until: '2018-04-30' }
      await does('campaign.announce', campaign, ['North Region', 'commissioner'], '2018-04-01')
      const show = asks.find((each) => each.name === 'need.show')
      assert.ok(show)
      assert.equal((await world.ask(show, { id: need }, '2018-04-03')).state, 'met')
    } finally {
      await world.close()
    }
  })
})
