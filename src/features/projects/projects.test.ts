import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { mergeUnits } from '#features/units/index.ts'
import { asks } from '#src/asks.ts'
import { type Figure, readFigure, readFigureBelow, readFigureOf } from '#kernel/figure.ts'
import { findLineage } from '#kernel/standing.ts'
import { asAct } from '#test/act.ts'
import { actOf, type ProjectWalk, projectWalk, twoMilestones, wholeDraft } from '#test/project-walk.ts'
import { type As, idOf, World } from '#test/world.ts'
import { findProjects, figures } from './index.ts'
import { projectLinks } from './links.ts'
import { listProjects } from './list.ts'
import { listMilestones } from './milestones.ts'
import { showProject } from './show.ts'

const liu = 'Liu County'
const head: As = [liu, 'county-head']
const bureau: As = [liu, 'sector-bureau-director-county']
const office: As = [liu, 'poverty-office-director-county']

let world: World
let walk: ProjectWalk
const open = (which?: 'campaign' | 'three-tiers') => async () => {
  world = await World.open(which)
  walk = projectWalk(world)
}
const close = () => world.close()
const stateOf = async (id: string, on?: string) => (await findProjects(world.db, [id], on ?? null))[0]?.state
let codes = 0
/** A code that no other test uses. */
const draft = (more: object = {}) => ({ code: `C${String((codes += 1)).padStart(3, '0')}`, ...more })

describe('A project of Liu County on its way', () => {
  let id: string
  before(open())
  after(close)

  it('Each step is taken by the seat whose duty it is, and the mushroom sheds are handed over to the village', async () => {
    id = await walk.to('handed-over', liu)
    const shown = await world.ask(showProject, { project: id }, '2017-04-01', head)
    assert.deepEqual(
      shown.steps.map((step: { step: string; by: { post: string } }) => [step.step, step.by.post]),
      [
        ['propose', 'poverty-office-director-county'],
        ['argue', 'sector-bureau-director-county'],
        ['notice', 'county-head'],
        ['admit', 'county-head'],
        ['assign', 'governor'],
        ['start', 'county-head'],
        ['report', 'county-head'],
        ['accept', 'sector-bureau-director-county'],
        ['hand-over', 'county-head'],
      ],
    )
    assert.equal(shown.handover.to, '青石村村委会')
    assert.equal(shown.task.assignerName.en, 'Qingshan Province')
    assert.equal(shown.waiting, null)
    assert.deepEqual(shown.can, [])
  })
  it('Every obligation on the way was opened and met', async () => {
    const items = await world.db
      .selectFrom('obligation_item')
      .select(['obligation', 'opened_on', 'due_on', 'met_on'])
      .where('subject', '=', id)
      .orderBy('opened_on')
      .execute()
    assert.deepEqual(
      items.map((item) => [item.obligation, item.opened_on, item.met_on]),
      [
        ['argue-project', '2017-01-04', '2017-01-09'],
        ['start-project', '2017-01-24', '2017-02-03'],
        ['accept-project', '2017-03-05', '2017-03-10'],
      ],
    )
    assert.equal(items[1]?.due_on, '2017-04-24')
  })
  it('Any day in the past can be looked at as it stood', async () => {
    const days = [
      '2017-01-04',
      '2017-01-09',
      '2017-01-10',
      '2017-01-21',
      '2017-01-24',
      '2017-02-03',
      '2017-03-10',
      '2017-03-15',
    ]
    assert.deepEqual(await Promise.all(days.map((day) => stateOf(id, day))), [
      'proposed',
      'argued',
      'noticed',
      'admitted',
      'assigned',
      'started',
      'accepted',
      'handed-over',
    ])
    assert.equal(await stateOf(id, '2017-01-03'), undefined)
    const [before] = await findProjects(world.db, [id], '2017-03-04')
    const [done] = await findProjects(world.db, [id], '2017-03-05')
    assert.deepEqual([before?.doneBp, done?.doneBp, done?.amountFen], [0, 10_000, 100_000_000n])
  })
  it('Ye County has no city: its province assigns, and nothing else is different', async () => {
    assert.deepEqual(await walk.seat('assign', 'Ye County', '2017-01-24'), ['Haidao Province', 'governor'])
    assert.equal(await stateOf(await walk.to('handed-over', 'Ye County')), 'handed-over')
  })
  it('Two hundred projects are worked through in one act each, and two hundred and one are malformed', async () => {
    const many = Array.from({ length: 200 }, (_, at) => ({ ...wholeDraft, code: `M${at}` }))
    const { projects } = await walk.does('propose', 'Song County', [], '2017-01-04', { projects: many })
    const ids = projects.map((each: { id: string }) => each.id)
    for (const [step, on] of [
      ['argue', '2017-01-09'],
      ['notice', '2017-01-10'],
      ['admit', '2017-01-21'],
      ['assign', '2017-01-24'],
      ['start', '2017-02-03'],
    ] as const)
      await walk.does(step, 'Song County', ids, on)
    const listed = await world.ask(
      listProjects,
      { unit: world.unit('Song County'), state: 'started' },
      '2017-02-03',
      head,
    )
    assert.deepEqual([listed.total, listed.amountFen, listed.items.length], [200, '20000000000', 50])
    const tooMany = { unit: world.unit('Song County'), projects: [...many, { ...wholeDraft, code: 'M200' }] }
    await assert.rejects(
      world.perform(actOf('propose'), tooMany, {
        as: ['Song County', 'poverty-office-director-county'],
        on: '2017-02-04',
      }),
    )
  })
})

describe('What a proposal is refused', () => {
  before(open())
  after(close)
  const proposed = (projects: readonly object[], on = '2017-01-04') =>
    walk.refused('propose', liu, [], on, { projects: projects.map((each) => ({ ...wholeDraft, ...each })) })

  it("One code for two projects: 'code-twice'; an end before the start: 'ends-before-start'", async () => {
    assert.deepEqual(await proposed([{ code: 'A' }, { code: 'A' }]), ['code-twice'])
    const wrong = { code: 'B', startsOn: '2017-09-01', endsOn: '2017-03-01' }
    assert.deepEqual(await proposed([wrong, { ...wrong, code: 'C' }]), ['ends-before-start', 'ends-before-start'])
  })
  it("A major project that nobody devised: 'unknown-major-project'", async () => {
    assert.deepEqual(await proposed([{ code: 'A', majorProject: idOf('no such thing') }]), ['unknown-major-project'])
  })
  it("Once it is argued it can no longer be changed: 'past-proposal'", async () => {
    await walk.to('argued', liu, { draft: { code: 'D' } })
    assert.deepEqual(await proposed([{ code: 'D', name: '另一个名字' }], '2017-02-01'), ['past-proposal'])
  })
  it("What was returned comes back changed, not as it was: 'unchanged-since-return'", async () => {
    const id = await walk.to('proposed', liu, { draft: { code: 'E' } })
    await walk.does('argue', liu, [id], '2017-01-09', { outcome: 'return', remarks: '选址不当，请另选' })
    assert.deepEqual(await proposed([{ code: 'E' }], '2017-01-10'), ['unchanged-since-return'])
    const again = { ...wholeDraft, code: 'E', place: '白石村' }
    const { renewed, projects } = await walk.does('propose', liu, [], '2017-01-10', { projects: [again] })
    assert.deepEqual([renewed, projects[0].id, projects[0].state], [1, id, 'proposed'])
    const shown = await world.ask(showProject, { project: id }, '2017-01-10', bureau)
    assert.deepEqual(
      [shown.version, shown.content.place, shown.waiting.post],
      [2, '白石村', 'sector-bureau-director-county'],
    )
    const earlier = await world.ask(showProject, { project: id }, '2017-01-09', bureau)
    assert.deepEqual([earlier.version, earlier.content.place, earlier.state], [1, '青石村', 'returned'])
  })
  it('The same proposal twice changes nothing, and the same act twice gives its first outcome again', async () => {
    const input = { unit: world.unit(liu), projects: [{ ...wholeDraft, code: 'F' }] }
    const when = { as: office, on: '2017-01-04', key: 'propose F' }
    const first = await world.perform(actOf('propose'), input, when)
    assert.deepEqual(await world.perform(actOf('propose'), input, when), first)
    const again = await world.done(actOf('propose'), input, { as: office, on: '2017-01-05' })
    assert.deepEqual([again.made, again.renewed, again.unchanged, again.projects], [0, 0, 1, []])
  })
  it('No amount, less than nothing, a fraction of a fen and text are malformed', async () => {
    for (const amount of ['0', '-5', '1.234', '1e9', 'much', 5])
      await assert.rejects(
        world.perform(
          actOf('propose'),
          { unit: world.unit(liu), projects: [{ ...wholeDraft, code: 'G', amount }] },
          { as: office, on: '2017-01-04' },
        ),
        /amount/,
      )
  })
})

describe('What every step is refused', () => {
  before(open())
  after(close)

  it("A project of another county, or none at all, is not in this library: 'unknown-project'", async () => {
    const tong = await walk.to('proposed', 'Tong County', { draft: draft() })
    for (const step of [
      'argue',
      'notice',
      'admit',
      'assign',
      'start',
      'report',
      'accept',
      'hand-over',
      'withdraw',
    ] as const)
      assert.ok(
        (await walk.refused(step, liu, [tong, idOf('nothing')], '2017-02-01')).every(
          (code) => code === 'unknown-project',
        ),
        step,
      )
  })
  it("Listed twice in one act: 'named-twice'", async () => {
    const id = await walk.to('proposed', liu, { draft: draft() })
    assert.deepEqual(await walk.refused('argue', liu, [id, id], '2017-02-01'), ['named-twice'])
  })
  it("Out of turn, every project that is says where it stands: 'not-at-this-step'", async () => {
    const proposed = await walk.to('proposed', liu, { draft: draft() })
    const argued = await walk.to('argued', liu, { draft: draft() })
    for (const step of ['admit', 'start', 'report', 'accept', 'hand-over'] as const)
      assert.deepEqual(
        await walk.refused(step, liu, [proposed, argued], '2017-02-01'),
        ['not-at-this-step', 'not-at-this-step'],
        step,
      )
    const input = walk.input('start', liu, [argued], liu, '2017-02-01')
    const [told] = await world.refused(actOf('start'), input, { as: head, on: '2017-02-01' })
    assert.match(told?.sentence.en ?? '', /C\d+.*argued, to be noticed.*it waits for Liu County, County head/)
  })
  it("A day before the last step does not come after it: 'not-at-this-step'", async () => {
    const id = await walk.to('argued', liu, { draft: draft() })
    assert.deepEqual(await walk.refused('notice', liu, [id], '2017-01-05'), ['not-at-this-step'])
  })
  it("A return says why, or it is refused: 'reason-missing'", async () => {
    const id = await walk.to('noticed', liu, { draft: draft() })
    assert.deepEqual(await walk.refused('admit', liu, [id], '2017-02-01', { outcome: 'return' }), ['reason-missing'])
    await walk.does('admit', liu, [id], '2017-02-01', { outcome: 'return', remarks: '与规划不符' })
    assert.equal(await stateOf(id), 'returned')
  })
  it("Nobody argues what they proposed themselves: 'argued-by-proposer'", async () => {
    const { projects } = await walk.does(
      'propose',
      liu,
      [],
      '2017-01-04',
      { projects: [{ ...wholeDraft, ...draft() }] },
      bureau,
    )
    assert.deepEqual(await walk.refused('argue', liu, [projects[0].id], '2017-01-09'), ['argued-by-proposer'])
  })
})

describe('Into the library', () => {
  before(open())
  after(close)

  it("A notice of nine days is a day too short, at any level: 'notice-too-short'", async () => {
    const id = await walk.to('argued', liu, { draft: draft() })
    const more = { village: '2017-01-19', county: '2017-01-19', township: '2017-01-20' }
    assert.deepEqual(await walk.refused('notice', liu, [id], '2017-01-10', more), [
      'notice-too-short',
      'notice-too-short',
    ])
  })
  it("On the last day of its notice a project cannot be admitted, on the day after it can: 'notice-not-over'", async () => {
    const id = await walk.to('noticed', liu, { draft: draft() })
    assert.deepEqual(await walk.refused('admit', liu, [id], '2017-01-20'), ['notice-not-over'])
    await walk.does('admit', liu, [id], '2017-01-21')
    assert.equal(await stateOf(id), 'admitted')
  })
  it("All that is missing is named at once, the performance target by itself: 'fields-missing', 'no-target'", async () => {
    const bare = { nature: undefined, endsOn: undefined, amount: undefined, mechanism: undefined, target: undefined }
    const id = await walk.to('noticed', liu, { draft: draft(bare) })
    const input = walk.input('admit', liu, [id], liu, '2017-01-21')
    const told = await world.refused(actOf('admit'), input, { as: head, on: '2017-01-21' })
    assert.deepEqual(
      told.map((each) => each.code),
      ['fields-missing', 'no-target'],
    )
    assert.match(told[0]?.sentence.zh ?? '', /建设性质、时间进度、资金规模和筹资方式、群众参与和带贫减贫机制/)
    assert.match(
      told[0]?.sentence.en ?? '',
      /nature of the work, dates, amount and financing, how the people take part/,
    )
  })
  it("Only the target is missing: 'no-target' alone", async () => {
    const id = await walk.to('noticed', liu, { draft: draft({ target: undefined }) })
    assert.deepEqual(await walk.refused('admit', liu, [id], '2017-01-21'), ['no-target'])
  })
  it('Without the township’s opinion it is admitted, and whoever admits is told', async () => {
    const id = await walk.to('noticed', liu, { draft: draft({ townshipOpinion: undefined }) })
    const input = walk.input('admit', liu, [id], liu, '2017-01-21')
    const { refusals, advice } = await world.rehearse(actOf('admit'), input, { as: head, on: '2017-01-21' })
    assert.deepEqual([refusals, advice.map((each) => each.code)], [[], ['no-township-opinion']])
  })
  it("What is not in the library is not assigned: 'not-admitted'", async () => {
    const id = await walk.to('noticed', liu, { draft: draft() })
    assert.deepEqual(await walk.refused('assign', liu, [id], '2017-02-01'), ['not-admitted'])
  })
  it("A province assigns only within its own area: 'not-within'", async () => {
    const id = await walk.to('admitted', 'Yan County', { draft: draft() })
    const input = { ...walk.input('assign', 'Yan County', [id], 'Qingshan Province', '2017-02-01') }
    assert.deepEqual(
      await world.codes(actOf('assign'), input, { as: ['Qingshan Province', 'governor'], on: '2017-02-01' }),
      ['not-within'],
    )
  })
  it("A county that has been merged since is assigned nothing: 'unit-merged-since'", async () => {
    const id = await walk.to('admitted', 'Tong County', { draft: draft() })
    const merger = { from: [world.unit('Tong County')], into: world.unit('Song County') }
    const divisions = world.charter.findDuty('maintain-divisions', '2017-02-01')?.held_by.centre?.[0] ?? ''
    await world.done(mergeUnits, merger, { as: ['The Centre', divisions], on: '2017-02-01' })
    const input = walk.input('assign', 'Tong County', [id], 'Qingshan Province', '2017-02-02')
    const told = await world.refused(actOf('assign'), input, {
      as: ['Qingshan Province', 'governor'],
      on: '2017-02-02',
    })
    assert.deepEqual(
      told.map((each) => each.code),
      ['unit-merged-since'],
    )
    assert.match(told[0]?.sentence.en ?? '', /Tong County was closed on 2017-02-01; it is Song County now/)
  })
  it('One act assigns projects of several counties, and each county owes the start of its own', async () => {
    const [a, b] = [
      await walk.to('admitted', liu, { draft: draft() }),
      await walk.to('admitted', 'Song County', { draft: draft() }),
    ]
    const asked = { tasks: '按期建成', indicator: '带动60户' }
    const projects = [
      { ...asked, unit: world.unit(liu), project: a },
      { ...asked, unit: world.unit('Song County'), project: b },
    ]
    const input = { unit: world.unit('Qingshan Province'), document: '青扶组〔2017〕2号', projects }
    await world.done(actOf('assign'), input, { as: ['Qingshan Province', 'governor'], on: '2017-03-01' })
    const owed = await world.db
      .selectFrom('obligation_item')
      .select(['unit_id', 'subject'])
      .where('obligation', '=', 'start-project')
      .execute()
    assert.deepEqual(
      new Set(owed.map((item) => `${item.unit_id} ${item.subject}`)),
      new Set([`${world.unit(liu)} ${a}`, `${world.unit('Song County')} ${b}`]),
    )
  })
})

describe('On the ground', () => {
  before(open())
  after(close)
  const started = (plan: object[]) => async (id: string) =>
    walk.refused('start', liu, [], '2017-02-03', { projects: [{ project: id, milestones: plan }] })

  it("A plan makes up the whole work: 'shares-not-whole'; in order: 'milestones-not-ordered'; and not before the start: 'milestone-before-start'", async () => {
    const id = await walk.to('assigned', liu, { draft: draft() })
    const [first, second] = twoMilestones('2017-02-03')
    assert.deepEqual(await started([{ ...first, share: 39.99 }, second!])(id), ['shares-not-whole'])
    assert.deepEqual(
      await started([
        { ...second, share: 40 },
        { ...first, share: 60 },
      ])(id),
      ['milestones-not-ordered'],
    )
    assert.deepEqual(await started([{ ...first, due: '2017-02-02' }, second!])(id), ['milestone-before-start'])
    await assert.rejects(started([{ ...first, share: 0 }, second!])(id), /share/)
  })
  it("Progress is reported of what stands in the plan: 'unknown-milestone'; each once: 'milestone-twice'", async () => {
    const id = await walk.to('started', liu, { draft: draft() })
    const report = { project: id, milestone: 1, done: 50, evidence: '现场照片' }
    const refused = (reports: object[]) => walk.refused('report', liu, [], '2017-02-10', { reports })
    assert.deepEqual(await refused([{ ...report, milestone: 3 }]), ['unknown-milestone'])
    assert.deepEqual(await refused([report, report]), ['milestone-twice'])
    await assert.rejects(refused([{ ...report, done: 100.01 }]), /done/)
  })
  it("Less than before needs a reason: 'falls-back'", async () => {
    const id = await walk.to('started', liu, { draft: draft() })
    const report = (done: number, more: object = {}) => ({
      reports: [{ project: id, milestone: 1, done, evidence: '验工单', ...more }],
    })
    await walk.does('report', liu, [id], '2017-02-10', report(50))
    assert.deepEqual(await walk.refused('report', liu, [id], '2017-02-11', report(40)), ['falls-back'])
    await walk.does('report', liu, [id], '2017-02-11', report(40, { reason: '返工重做' }))
    assert.equal((await findProjects(world.db, [id]))[0]?.doneBp, 1_600)
  })
  it('Work that falls back after all was reported done no longer waits to be accepted', async () => {
    const id = await walk.to('reported', liu, { draft: draft() })
    const back = { reports: [{ project: id, milestone: 2, done: 90, evidence: '复查记录', reason: '设备返厂维修' }] }
    await walk.does('report', liu, [id], '2017-03-06', back)
    const item = await world.db
      .selectFrom('obligation_item')
      .selectAll()
      .where('subject', '=', id)
      .where('obligation', '=', 'accept-project')
      .executeTakeFirstOrThrow()
    assert.deepEqual([item.met_on, item.lapsed_on], [null, '2017-03-06'])
    assert.deepEqual(await walk.refused('accept', liu, [id], '2017-03-07'), ['work-not-done'])
  })
  it("Whoever started or reported a project does not accept it: 'accepted-by-doer'; nor before it is done: 'work-not-done'", async () => {
    const done = await walk.to('reported', liu, { draft: draft() })
    const undone = await walk.to('started', liu, { draft: draft() })
    assert.deepEqual(await walk.refused('accept', liu, [done], '2017-03-10', {}, head), ['accepted-by-doer'])
    assert.deepEqual(await walk.refused('accept', liu, [done, undone], '2017-03-10', {}, bureau), ['work-not-done'])
  })
  it("What was returned is put right and reported before it is inspected again: 'not-reported-since-return'", async () => {
    const id = await walk.to('reported', liu, { draft: draft() })
    await walk.does('accept', liu, [id], '2017-03-10', { outcome: 'return', findings: '棚体未按图施工' })
    const shown = await world.ask(showProject, { project: id }, '2017-03-10', head)
    assert.deepEqual(
      [shown.state, shown.waiting.duty, shown.acceptances[0].outcome],
      ['started', 'land-projects', 'return'],
    )
    assert.deepEqual(await walk.refused('accept', liu, [id], '2017-03-11'), ['not-reported-since-return'])
    await walk.does('report', liu, [id], '2017-03-20')
    await walk.does('accept', liu, [id], '2017-03-22')
    assert.equal(await stateOf(id), 'accepted')
  })
  it("A project with money committed is not withdrawn before it is released: 'money-committed'", async () => {
    const id = await walk.to('started', liu, { draft: draft() })
    const line = idOf('a line')
    await asAct(world, async (client, act) => {
      await client.query(
        `insert into fund_line (id, unit_id, source, year, name_zh, name_en, document, on_day, act_id)
         values ($1, $2, 'central', 2017, '某资金', 'Some money', '财农〔2017〕1号', '2017-01-01', $3)`,
        [line, world.unit('The Centre'), act],
      )
      await client.query(
        `insert into fund_account (line_id, unit_id, year, kind, project_id, balance) values ($1, $2, 2017, 'committed', $3, 12345)`,
        [line, world.unit(liu), id],
      )
    })
    const input = walk.input('withdraw', liu, [id], liu, '2017-03-01')
    const [told] = await world.refused(actOf('withdraw'), input, { as: head, on: '2017-03-01' })
    assert.match(told?.sentence.en ?? '', /^123\.45 yuan is still committed/)
    assert.equal(told?.code, 'money-committed')
    const past = asAct(world, (client, act) =>
      client.query(`insert into project_withdrawal (project_id, on_day, act_id) values ($1, '2017-03-01', $2)`, [
        id,
        act,
      ]),
    )
    await assert.rejects(past, { constraint: 'project_owes_nothing' })
  })
  it('A project that cannot go ahead is withdrawn, and nothing is owed about it any more', async () => {
    const id = await walk.to('assigned', liu, { draft: draft() })
    await walk.does('withdraw', liu, [id], '2017-03-01')
    assert.equal(await stateOf(id), 'withdrawn')
    const items = await world.db.selectFrom('obligation_item').selectAll().where('subject', '=', id).execute()
    assert.ok(items.every((item) => item.met_on !== null || item.lapsed_on === '2017-03-01'))
    assert.deepEqual(await walk.refused('start', liu, [id], '2017-03-02'), ['not-at-this-step'])
  })
})

describe('What slips shows the same day at every level', () => {
  let id: string
  before(async () => {
    await open()()
    id = await walk.to('started', liu)
    await walk.to('assigned', 'Yan County')
  })
  after(close)
  const slipped = (unit: string, on: string) => world.ask(listMilestones, { unit: world.unit(unit) }, on, head)

  it('County, city, province and centre see the shed that was due on 5 March on 6 March, and not before', async () => {
    for (const unit of [liu, 'Heyang City', 'Qingshan Province', 'The Centre']) {
      assert.equal((await slipped(unit, '2017-03-05')).total, 0, unit)
      const { total, items } = await slipped(unit, '2017-03-06')
      assert.deepEqual(
        [total, items[0].project, items[0].n, items[0].slipDays, items[0].light],
        [1, id, 1, 1, 'red'],
        unit,
      )
    }
    assert.equal((await slipped('Haidao Province', '2017-03-06')).total, 0)
  })
  it('The list of what is due counts the days ahead', async () => {
    const due = { unit: world.unit(liu), which: 'due', days: 30 }
    const { items } = await world.ask(listMilestones, due, '2017-02-10', head)
    assert.deepEqual(
      items.map((item: { n: number; due: string }) => [item.n, item.due]),
      [[1, '2017-03-05']],
    )
  })
  it('The list of projects finds what is late, by its milestones or by what is owed', async () => {
    const late = (on: string, more: object = {}) =>
      world.ask(listProjects, { unit: world.unit('The Centre'), late: true, sort: 'due', ...more }, on, head)
    assert.deepEqual(
      (await late('2017-03-06')).items.map((item: { id: string; light: string }) => [item.id, item.light]),
      [[id, 'red']],
    )
    const both = await late('2017-04-25')
    assert.deepEqual(
      both.items.map((item: { unitName: { en: string } }) => item.unitName.en),
      [liu, 'Yan County'],
    )
    assert.equal((await late('2017-04-25', { limit: 1, offset: 1 })).items[0].unitName.en, 'Yan County')
    assert.equal((await late('2017-04-25', { text: 'yan' })).total, 1)
  })
  it('What may be done travels with each project: the governor may assign, the county may not', async () => {
    const admitted = await walk.to('admitted', liu, { draft: { code: 'P002' } })
    const can = async (as: As) => {
      const { items } = await world.ask(listProjects, { unit: world.unit(liu), state: 'admitted' }, '2017-02-01', as)
      const ability = items[0].can.find((each: { act: string }) => each.act === 'project.assign')
      return [ability.mine, ability.unit.name.en, ability.input.projects[0].project]
    }
    assert.deepEqual(await can(['Qingshan Province', 'governor']), [true, 'Qingshan Province', admitted])
    assert.deepEqual(await can(head), [false, 'Qingshan Province', admitted])
  })
  it('The chain of Liu County says that its project slipped, between the province and the city', async () => {
    const lineage = await findLineage(world.db, world.unit(liu), '2017-03-06')
    assert.ok(lineage)
    const [link] = await projectLinks(world.reader('2017-03-06', head), lineage)
    assert.deepEqual(
      [link?.upper, link?.lower, link?.light, link?.words.en],
      [world.unit('Qingshan Province'), world.unit('Heyang City'), 'red', '1 milestone slipped'],
    )
    const [before] = await projectLinks(world.reader('2017-01-24', head), lineage)
    assert.deepEqual(
      [before?.words.en, await projectLinks(world.reader('2017-01-23', head), lineage)],
      ['1 to be started', []],
    )
  })
  it('The figures count what the library holds on the day', async () => {
    const at = async (name: string, on: string) => {
      const figure = figures.find((each) => each.name === name)
      assert.ok(figure, name)
      const question = { charter: world.charter, unit: world.unit('The Centre'), on, map: on, year: 2017 }
      return (await readFigure(world.db, figure, question)).value
    }
    assert.deepEqual(
      await Promise.all(['2017-01-20', '2017-01-21', '2017-03-06'].map((on) => at('projects.in-library', on))),
      [0, 3, 3],
    )
    assert.deepEqual([await at('projects.started', '2017-03-06'), await at('projects.to-start', '2017-03-06')], [1, 1])
    assert.deepEqual(
      [await at('projects.milestones-slipped', '2017-03-05'), await at('projects.milestones-slipped', '2017-03-06')],
      [0, 1],
    )
  })
  it('Every figure is the same from its steps and from its records, at every unit and day, and for one unit alone', async () => {
    const days = ['2017-01-10', '2017-01-20', '2017-01-21', '2017-01-24', '2017-03-06', '2017-12-31']
    for (const { totals, ...fromRecords } of figures.filter(hasTotals))
      for (const on of days) {
        const question = { charter: world.charter, unit: world.unit('The Centre'), on, map: on, year: 2017 }
        assert.deepEqual(
          await readFigureBelow(world.db, { ...fromRecords, totals }, question),
          await readFigureBelow(world.db, { ...fromRecords, name: `${fromRecords.name}?` }, question),
          `${fromRecords.name} on ${on}`,
        )
        const scope = { charter: world.charter, on, year: 2017 }
        const parts = [{ unit: world.unit(liu), weight: 1 }]
        assert.deepEqual(
          await readFigureOf(world.db, { ...fromRecords, totals }, scope, parts),
          await readFigureOf(world.db, fromRecords, scope, parts),
        )
      }
    assert.equal(figures.filter(hasTotals).length, 7)
  })
})

const hasTotals = <Each extends object>(figure: Each): figure is Each & { totals: NonNullable<Figure['totals']> } =>
  'totals' in figure

describe('The three-tier country', () => {
  const birch = 'Birch District'
  before(open('three-tiers'))
  after(close)

  it('Two people of a stewardry are enough: each judges what the other did', async () => {
    const id = await walk.to('handed-over', birch)
    assert.equal(await stateOf(id), 'handed-over')
  })
  it("Whoever argued a project does not decide on its entry: 'admitted-by-arguer'", async () => {
    const id = await walk.to('noticed', birch, { draft: draft() })
    assert.deepEqual(await walk.refused('admit', birch, [id], '2017-01-21', {}, [birch, 'steward']), [
      'admitted-by-arguer',
    ])
    await walk.does('admit', birch, [id], '2017-01-21', {}, [birch, 'stewardry-clerk'])
  })
})

describe('Home', () => {
  before(open())
  after(close)
  it('The bureau’s director sees which project waits to be argued, and the form knows it already', async () => {
    const id = await walk.to('proposed', liu)
    const mine = asks.find((each) => each.name === 'responsibilities.mine')
    assert.ok(mine)
    const { items } = await world.ask(mine, {}, '2017-01-05', bureau)
    const item = items.find((each: { obligation: string }) => each.obligation === 'argue-project')
    assert.deepEqual(item.about, { name: 'P001 青石村食用菌大棚', record: `/projects/${id}` })
    assert.deepEqual(item.acts[0].input, { unit: world.unit(liu), projects: [id] })
  })
})
