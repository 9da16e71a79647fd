import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { readFigure } from '#kernel/figure.ts'
import { asAct } from '#test/act.ts'
import { designate, poorCounties } from '#test/designate.ts'
import { ExitWalk } from '#test/exit-walk.ts'
import { plantExits } from '#test/past-exits.ts'
import { signLetters } from '#test/signed-letters.ts'
import { World } from '#test/world.ts'
import { forecastCalibration } from './calibration.ts'
import { forecastBehind } from './figures.ts'
import { listForecasts } from './list.ts'
import { showForecast } from './show.ts'

type Item = { name: { en: string }; percent: number; status: string; behind: boolean; year: number }
type Part = { part: string; points: number; to: number; words: { zh: string; en: string }; records: { to: string }[] }

/** In 2014 two of five counties proposed too late for their year, in 2015 one did; 2016 has four, and Yan was scheduled for 2015. */
describe('Five counties and what their earlier years teach', () => {
  let world: World
  let walk: ExitWalk
  before(async () => {
    world = await World.open()
    walk = new ExitWalk(world)
    await designate(world, poorCounties, '2013-01-01')
    await signLetters(world, poorCounties)
    const proposals = ['06-10', '07-20', '09-01', '11-10', '12-01']
    await plantExits(world, [
      ...poorCounties.map((county, at) => ({ county, year: 2014, proposed: `2014-${proposals[at]}` })),
      ...poorCounties.slice(0, 4).map((county, at) => ({ county, year: 2015, proposed: `2015-${proposals[at]}` })),
    ])
    await asAct(world, async (client, act) => {
      for (const [at, county] of poorCounties.entries()) {
        const year = county === 'Yan County' ? 2015 : 2016
        const version = county === 'Yan County' ? 2 : 3
        const unit = world.unit(county)
        const on = `${year}-01-${at + 12}`
        await client.query(
          `insert into schedule_version (unit_id, version, exit_year, milestones, reason, on_day, act_id) values ($1, $2, $3, '[{}]', '调整', $4, $5)`,
          [unit, version, year, on, act],
        )
        await client.query(
          `insert into schedule_decision (unit_id, version, outcome, on_day, act_id) values ($1, $2, 'consent', $3, $4)`,
          [unit, version, on, act],
        )
      }
    })
    await walk.until('exit.report', 'Liu County', 2016, { from: 'headcount.attest' })
    await walk.until('exit.propose', 'Tong County', 2016, { from: 'headcount.attest' })
    const tooMany = { poorPersons: 900, ruralPersons: 10_000 }
    await walk.does('headcount.attest', 'Song County', 2016, tooMany)
  })
  after(() => world.close())

  const list = (on: string, more: object = {}) =>
    world.ask(listForecasts, { unit: world.unit('The Centre'), year: 2016, ...more }, on)
  const names = (answer: { items: Item[] }) => answer.items.map((item) => item.name.en)
  const show = (county: string, on: string, year = 2016) =>
    world.ask(showForecast, { unit: world.unit(county), year }, on)
  const partOf = (shown: { parts: Part[] }, part: string) => shown.parts.find((each) => each.part === part)

  it('In January every county of the year has the chance that the earlier years give, from a base told in counties', async () => {
    const shown = await show('Ye County', '2016-01-20')
    assert.equal(shown.status, 'open')
    assert.match(
      partOf(shown, 'base')?.words.en ?? '',
      /^Of 10 counties whose schedules named 2014–2015, 6 were approved/,
    )
    assert.match(partOf(shown, 'pace')?.words.en ?? '', /has not proposed yet; 346 days are left/)
    assert.ok(shown.percent > 50 && shown.percent < 80, `${shown.percent}`)
  })
  it('A county that has not proposed by mid-November will hardly make it, and whoever is before the public has the better chance', async () => {
    const { items } = await list('2016-11-13')
    const percent = Object.fromEntries(items.map((item: Item) => [item.name.en, item.percent]))
    assert.ok(percent['Ye County'] < 20 && percent['Ye County'] < percent['Liu County'], JSON.stringify(percent))
  })
  it('A county whose year is over and that is still poor stands first, as missed', async () => {
    const answer = await list('2016-12-05')
    const [first] = answer.items as Item[]
    assert.deepEqual(
      [first?.name.en, first?.year, first?.status, first?.percent, first?.behind],
      ['Yan County', 2015, 'missed', 0, true],
    )
    assert.deepEqual([answer.counts.counties, answer.counts.statuses.missed], [5, 1])
  })
  it('The steps ahead name the post that owes each and the last good day, counted back from the year’s end', async () => {
    const { steps } = await show('Tong County', '2016-10-20')
    assert.deepEqual(
      steps.map((step: { stage: string; post: string; by: string }) => [step.stage, step.post, step.by]),
      [
        ['review', 'mayor', '2016-11-09'],
        ['verify', 'poverty-office-director-province', '2016-11-16'],
        ['notice', 'poverty-office-director-province', '2016-11-18'],
        ['report', 'poverty-office-director-province', '2016-11-28'],
        ['evaluate', 'office-director', '2016-12-21'],
        ['approve', 'governor', '2016-12-31'],
      ],
    )
  })
  it('An attested headcount above the limit lowers the chance, and says that a proposal would be refused', async () => {
    const [song, ye] = await Promise.all([show('Song County', '2016-10-12'), show('Ye County', '2016-10-12')])
    assert.ok(song.percent < ye.percent)
    assert.ok((partOf(song, 'headcount')?.points ?? 0) < 0)
    assert.match(partOf(song, 'headcount')?.words.en ?? '', /above the limit/)
    assert.equal(partOf(ye, 'headcount'), undefined)
  })
  it('What is late over a county lowers its chance and opens to the record', async () => {
    const inTime = await show('Tong County', '2016-10-26')
    const late = await show('Tong County', '2016-10-27')
    assert.equal(partOf(inTime, 'late'), undefined)
    const part = partOf(late, 'late')
    assert.ok(part && part.points < 0)
    assert.match(part.words.zh, /^1项应办事项逾期/)
    assert.match(part.records[0]?.to ?? '', /^\/obligations\//)
  })
  it('Money that lies idle while other counties have theirs committed lowers the chance', async () => {
    const before = await show('Ye County', '2016-10-10')
    await asAct(world, async (client, act) => {
      const { rows } = await client.query<{ id: string }>(
        `insert into fund_line (id, unit_id, source, year, name_zh, name_en, document, on_day, act_id)
         values (gen_random_uuid(), $1, 'central', 2016, '资金', 'Funds', '文1号', '2016-03-01', $2) returning id`,
        [world.unit('The Centre'), act],
      )
      for (const county of poorCounties.slice(0, 4))
        for (const flow of county === 'Ye County' ? ['allocate in'] : ['allocate in', 'commit out', 'commit in'])
          await client.query(
            `insert into fund_flow (year, unit_id, line_id, flow, on_day, amount) values (2016, $1, $2, $3, '2016-04-01', 100000)`,
            [world.unit(county), rows[0]?.id, flow],
          )
    })
    const shown = await show('Ye County', '2016-10-10')
    assert.ok(shown.percent < before.percent)
    assert.match(
      partOf(shown, 'idle')?.words.en ?? '',
      /^100 % of the year’s money lies idle; in the middle county of all it is 0 %/,
    )
    assert.equal(partOf(await show('Liu County', '2016-10-10'), 'idle'), undefined)
  })
  it('Whoever is past the last good day is counted at risk, the same by the figure as by the list', async () => {
    for (const on of ['2016-01-20', '2016-10-27', '2016-11-15', '2016-12-05', '2017-01-05']) {
      const { counts } = await list(on)
      const scope = { charter: world.charter, unit: world.unit('The Centre'), on, map: on, year: 2016 }
      assert.equal((await readFigure(world.db, forecastBehind, scope)).value, counts.behind, on)
    }
  })
  it('A list is found by name, word and risk, and paged', async () => {
    assert.deepEqual(names(await list('2016-12-05', { search: 'tong' })), ['Tong County'])
    assert.deepEqual(names(await list('2016-12-05', { status: 'missed' })), ['Yan County'])
    assert.deepEqual(names(await list('2016-12-05', { sort: 'code', limit: 2, offset: 1 })), [
      'Tong County',
      'Song County',
    ])
    const under = await world.ask(listForecasts, { unit: world.unit('Haidao Province'), year: 2016 }, '2016-12-05')
    assert.deepEqual(names(under), ['Ye County'])
  })
  it('What was forecast for a day stays, whatever is done later', async () => {
    const asOf = () =>
      Promise.all([
        list('2016-12-05'),
        show('Liu County', '2016-12-05'),
        world.ask(forecastCalibration, {}, '2016-12-05'),
      ])
    const told = await asOf()
    await walk.until('exit.approve', 'Liu County', 2016, { from: 'exit.evaluate' })
    await walk.does('exit.review', 'Tong County', 2016, {}, '2016-12-06')
    assert.deepEqual(await asOf(), told)
  })
  it('A county that was approved in its year made it; asked again a year later, the others missed it', async () => {
    const { counts } = await list('2017-01-05')
    assert.deepEqual([counts.statuses.made, counts.statuses.missed], [1, 4])
    assert.equal((await show('Liu County', '2017-01-05')).status, 'made')
  })
  it('Each year that is over is forecast from the years before it, and with so few counties the data can’t tell', async () => {
    const { outcomes, whole, byArea, signs } = await world.ask(forecastCalibration, {}, '2016-12-05')
    assert.deepEqual(outcomes, [
      { year: 2014, counties: 5, made: 3, missed: 2 },
      { year: 2015, counties: 5, made: 3, missed: 2 },
    ])
    assert.deepEqual([whole.counties, whole.tells], [5, false])
    assert.ok(whole.brier < 0.25)
    assert.ok(byArea.some((each: { name: { en: string } }) => each.name.en === 'Qingshan Province'))
    assert.deepEqual(
      signs.map((each: { setting: number }) => each.setting),
      [50, 60, 60, 10],
    )
  })
  it('A county without a schedule has no forecast', async () => {
    await assert.rejects(show('Liu County', '2016-01-20', 2017), /no schedule/i)
  })
})

describe('In a country of three tiers', () => {
  it('A district’s forecast begins at even chances, with nothing to learn from, and names the seats of its own charter', async () => {
    const world = await World.open('three-tiers')
    try {
      await designate(world, ['Birch District'])
      await signLetters(world, ['Birch District'])
      const walk = new ExitWalk(world)
      await walk.until('schedule.consent', 'Birch District', 2016)
      const shown = await world.ask(showForecast, { unit: world.unit('Birch District'), year: 2016 }, '2016-03-01')
      assert.equal(shown.parts[0].to, 50)
      assert.equal(shown.steps[0].basis, 'law')
      assert.ok(shown.steps.every((step: { post: string | null }) => step.post !== null))
      assert.equal(shown.behind, false)
    } finally {
      await world.close()
    }
  })
})
