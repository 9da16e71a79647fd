import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openCalendar } from '#features/obligations/index.ts'
import { asAct } from '#test/act.ts'
import { designate, poorCounties } from '#test/designate.ts'
import { plantProjects } from '#test/projects.ts'
import { type As, idOf, World } from '#test/world.ts'
import { readFigure, type Figure } from '#kernel/figure.ts'
import { coordinateProjects } from './coordinate.ts'
import { listCoordinations } from './coordinations.ts'
import { deviseMajorProject } from './devise.ts'
import { divideMajorProject } from './divide.ts'
import { listLibraryUpdates } from './library.ts'
import { findAreaProjects, findMajorChoices } from './major-choices.ts'
import { librariesUpdated, majorPartsCovered, majorSharesDivided, projectsCrossCounty } from './major-figures.ts'
import { listMajorProjects } from './major-list.ts'
import { listServingProjects, showMajorProject } from './major-show.ts'
import { reviseMajorProject } from './revise.ts'
import { uncoordinateProjects } from './uncoordinate.ts'
import { updateLibrary } from './update-library.ts'

const centre: As = ['The Centre', 'minister-ndrc']
const qingshan: As = ['Qingshan Province', 'governor']
const heyang: As = ['Heyang City', 'mayor']

describe('Major projects and their shares', () => {
  let world: World
  let major: string
  before(async () => {
    world = await World.open()
    await designate(world, poorCounties)
  })
  after(() => world.close())

  const shares = (of: readonly (readonly [string, number])[]) =>
    of.map(([name, quantity]) => ({ unit: world.unit(name), quantity }))
  const resettlement = (more: object = {}) => ({
    unit: world.unit('The Centre'),
    name: { zh: '易地扶贫搬迁', en: 'Resettlement' },
    kind: 'relocation',
    from: 2016,
    to: 2020,
    measure: { zh: '搬迁人口', en: 'people resettled' },
    counts: 'persons',
    quantity: 1000,
    document: '发改地区〔2016〕2022号',
    shares: shares([
      ['Qingshan Province', 700],
      ['Haidao Province', 300],
    ]),
    ...more,
  })
  const division = (of: readonly (readonly [string, number])[], more: object = {}) => ({
    unit: world.unit('Qingshan Province'),
    major,
    shares: shares(of),
    ...more,
  })
  const owed = async (unit: string) => {
    const items = await world.db
      .selectFrom('obligation_item')
      .select(['due_on', 'met_on', 'lapsed_on'])
      .where('obligation', '=', 'divide-major-project')
      .where('subject', '=', major)
      .where('unit_id', '=', world.unit(unit))
      .orderBy('opened_on')
      .execute()
    return items.map((item) => [item.due_on, item.met_on, item.lapsed_on])
  }

  it('The centre devises a thousand to be resettled, and each province owes the division of its share within sixty days', async () => {
    const result = await world.done(deviseMajorProject, resettlement(), { as: centre, on: '2016-03-01' })
    major = result.major
    assert.deepEqual(await owed('Qingshan Province'), [['2016-04-30', null, null]])
    assert.deepEqual(await owed('Haidao Province'), [['2016-04-30', null, null]])
  })
  it('The province divides its seven hundred among its counties, and owes nothing any more', async () => {
    await world.done(
      divideMajorProject,
      division([
        ['Liu County', 400],
        ['Tong County', 300],
      ]),
      { as: qingshan, on: '2016-04-01' },
    )
    assert.deepEqual(await owed('Qingshan Province'), [['2016-04-30', '2016-04-01', null]])
  })
  it('A county directly under its province takes part of it like any other', async () => {
    await world.done(
      divideMajorProject,
      { unit: world.unit('Haidao Province'), major, shares: shares([['Ye County', 300]]) },
      { as: ['Haidao Province', 'governor'], on: '2016-04-02' },
    )
  })
  it('A revision opens the division again only where the share changed, and relieves who has none any more', async () => {
    const shifted = resettlement({
      quantity: 1100,
      shares: shares([
        ['Qingshan Province', 700],
        ['Xiling Province', 400],
      ]),
    })
    const reason = '海岛省任务调整到西岭省。'
    await world.done(reviseMajorProject, { ...shifted, major, reason }, { as: centre, on: '2016-05-01' })
    assert.equal((await owed('Qingshan Province')).length, 1)
    assert.deepEqual(await owed('Xiling Province'), [['2016-06-30', null, null]])
    const back = resettlement({ major, reason: '西岭省任务调整回海岛省。' })
    await world.done(reviseMajorProject, back, { as: centre, on: '2016-06-01' })
    assert.deepEqual(await owed('Xiling Province'), [['2016-06-30', null, '2016-06-01']])
    assert.equal((await owed('Haidao Province')).length, 2)
  })

  describe('major-project.devise refuses', () => {
    const codes = (more: object, on = '2016-07-01') =>
      world.codes(deviseMajorProject, resettlement({ name: { zh: '安全饮水', en: 'Safe water' }, ...more }), {
        as: centre,
        on,
      })
    it("No province's major project is devised by the centre in its name: 'not-the-deviser'", async () => {
      const of = { unit: world.unit('Qingshan Province'), shares: shares([['Heyang City', 1000]]) }
      assert.deepEqual(await codes(of), ['not-the-deviser'])
    })
    it("Years that run backward, and years that are over: 'years-reversed', 'years-past'", async () => {
      assert.deepEqual(await codes({ from: 2021 }), ['years-reversed'])
      assert.deepEqual(await codes({ from: 2014, to: 2015 }), ['years-past'])
    })
    it("A name that another bears: 'name-in-use'", async () => {
      assert.deepEqual(await codes({ name: { zh: '搬迁二期', en: 'Resettlement' } }), ['name-in-use'])
    })
    it("Shares that miss the whole by fifty, and the refusal says so: 'shares-do-not-add-up'", async () => {
      const told = await world.refused(
        deviseMajorProject,
        resettlement({ name: { zh: '安全饮水', en: 'Safe water' }, quantity: 1050 }),
        { as: centre, on: '2016-07-01' },
      )
      assert.deepEqual(
        told.map((each) => each.code),
        ['shares-do-not-add-up'],
      )
      assert.equal(told[0]?.sentence.en, 'The shares add up to 1000 of 1050: 50 short.')
    })
    it("A share for a city, and two for one province: 'not-directly-below', 'share-twice'", async () => {
      assert.deepEqual(await codes({ shares: shares([['Heyang City', 1000]]) }), ['not-directly-below'])
      const twice = shares([
        ['Haidao Province', 600],
        ['Haidao Province', 400],
      ])
      assert.deepEqual(await codes({ shares: twice }), ['share-twice'])
    })
  })

  describe('major-project.revise refuses', () => {
    const reason = '按实际情况调整。'
    it("What was never devised, and what says nothing new: 'unknown-major-project', 'unchanged'", async () => {
      const codes = (more: object) =>
        world.codes(reviseMajorProject, resettlement({ reason, ...more }), { as: centre, on: '2016-07-01' })
      assert.deepEqual(await codes({ major: idOf('no such project') }), ['name-in-use', 'unknown-major-project'])
      assert.deepEqual(await codes({ major }), ['unchanged'])
    })
  })

  describe('major-project.divide refuses', () => {
    const codes = (input: object, as = qingshan) => world.codes(divideMajorProject, input, { as, on: '2016-07-01' })
    it("A city's part is not divided by its province in its name: 'not-the-divider', 'no-share'", async () => {
      assert.deepEqual(await codes(division([['Liu County', 700]], { unit: world.unit('Heyang City') })), [
        'no-share',
        'not-the-divider',
      ])
    })
    it("Parts that miss the share: 'shares-do-not-add-up'", async () => {
      assert.deepEqual(await codes(division([['Liu County', 701]])), ['shares-do-not-add-up'])
    })
    it("Counties of others, and one county twice: 'not-a-poor-county', 'share-twice'", async () => {
      assert.deepEqual(await codes(division([['Ye County', 700]])), ['not-a-poor-county'])
      const twice = division([
        ['Liu County', 400],
        ['Liu County', 300],
      ])
      assert.deepEqual(await codes(twice), ['share-twice'])
    })
    it("The same division over again: 'unchanged'", async () => {
      const same = division([
        ['Tong County', 300],
        ['Liu County', 400],
      ])
      assert.deepEqual(await codes(same), ['unchanged'])
    })
  })

  it('The database holds it too: shares and parts that do not add up are not committed, and nothing is changed afterwards', async () => {
    const write = (text: string, ...values: unknown[]) =>
      asAct(world, (client, act) => client.query(text, [...values, act]))
    await assert.rejects(
      write(
        `insert into major_project_share (major_project_id, version, unit_id, quantity, act_id) values ($1, 1, $2, 5, $3)`,
        major,
        world.unit('Xiling Province'),
      ),
      /add up to 1005, not to 1000/,
    )
    await assert.rejects(
      write(
        `insert into major_project_division (major_project_id, unit_id, ordinal, version, quantity, on_day, act_id) values ($1, $2, 9, 1, 700, '2016-08-01', $3)`,
        major,
        world.unit('Qingshan Province'),
      ),
      /add up to 0, not to 700/,
    )
    await assert.rejects(
      write(
        `insert into major_project_division (major_project_id, unit_id, ordinal, version, quantity, on_day, act_id) values ($1, $2, 9, 1, 999, '2016-08-01', $3)`,
        major,
        world.unit('Qingshan Province'),
      ),
      /major_project_divides_its_share/,
    )
    await assert.rejects(
      asAct(world, (client) => client.query('update major_project_version set quantity = 1')),
      /never changed/,
    )
  })

  describe('Asked as of a day', () => {
    before(() =>
      plantProjects(world, [
        {
          id: idOf('move'),
          unit: 'Liu County',
          code: 'M-1',
          kind: 'relocation',
          persons: 150,
          major,
          on: '2016-08-10',
        },
        { id: idOf('later'), unit: 'Liu County', code: 'M-2', persons: 90, major, on: '2016-08-11', state: 'proposed' },
        {
          id: idOf('gone'),
          unit: 'Tong County',
          code: 'M-3',
          persons: 80,
          major,
          on: '2016-08-12',
          state: 'withdrawn',
        },
      ]),
    )
    const figure = async (which: Figure, unit: string, on: string) => {
      const question = { unit: world.unit(unit), on, map: on, year: 2017, charter: world.charter }
      return (await readFigure(world.db, which, question)).value
    }
    it('A county’s entries cover its part, what is only proposed is coming, and the rest is open', async () => {
      const shown = await world.ask(showMajorProject, { id: major }, '2016-09-01', qingshan)
      const [first] = shown.shares
      assert.deepEqual([first.divided, first.covered, first.coming, first.uncovered], [700, 150, 90, 550])
      assert.deepEqual(
        first.parts.map((part: { name: { en: string }; part: number; uncovered: number }) => [
          part.name.en,
          part.part,
          part.uncovered,
        ]),
        [
          ['Liu County', 400, 250],
          ['Tong County', 300, 300],
        ],
      )
      assert.deepEqual(
        first.can.map((each: { act: string; mine: boolean }) => [each.act, each.mine]),
        [['major-project.divide', true]],
      )
      assert.equal(shown.versions.length, 3)
      const before = await world.ask(showMajorProject, { id: major }, '2016-08-09')
      assert.equal(before.covered, 0)
      await assert.rejects(world.ask(showMajorProject, { id: major }, '2016-02-29'), /no such major project/)
    })
    it('What was divided by a day is divided on that day, and not before', async () => {
      assert.equal(await figure(majorSharesDivided, 'The Centre', '2016-03-02'), 0)
      assert.equal(await figure(majorSharesDivided, 'The Centre', '2016-04-01'), 0.5)
      assert.equal(await figure(majorSharesDivided, 'The Centre', '2016-09-01'), 1)
      assert.equal(await figure(majorPartsCovered, 'Liu County', '2016-09-01'), 0.375)
    })
    it('Each level sees its own share in the list', async () => {
      const shares = ['The Centre', 'Qingshan Province', 'Heyang City', 'Liu County', 'Ye County', 'Yan County'].map(
        async (name) => {
          const { items } = await world.ask(listMajorProjects, { unit: world.unit(name) }, '2016-09-01', centre)
          return [items[0]?.share, items[0]?.uncovered]
        },
      )
      assert.deepEqual(await Promise.all(shares), [
        [1000, 850],
        [700, 550],
        [700, 550],
        [400, 250],
        [300, 300],
        [undefined, undefined],
      ])
    })
    it('The projects that serve it are listed with what they count; it is found by its name', async () => {
      const serving = await world.ask(listServingProjects, { id: major, unit: world.unit('Heyang City') }, '2016-09-01')
      assert.deepEqual(
        serving.items.map((item: { code: string; quantity: number }) => [item.code, item.quantity]),
        [
          ['M-1', 150],
          ['M-2', 90],
          ['M-3', 80],
        ],
      )
      const { choices } = await world.ask(findMajorChoices, { text: 'resettle' }, '2016-09-01')
      assert.deepEqual(
        choices.map((choice: { id: string }) => choice.id),
        [major],
      )
    })
  })

  describe('Projects of several counties', () => {
    const [canal, road, well, done, far] = ['canal', 'road', 'well', 'done', 'far'].map((name) => idOf(name))
    let coordination: string
    before(() =>
      plantProjects(world, [
        { id: canal!, unit: 'Liu County', code: 'L-1' },
        { id: road!, unit: 'Tong County', code: 'T-1' },
        { id: well!, unit: 'Liu County', code: 'L-2' },
        { id: done!, unit: 'Song County', code: 'S-1', state: 'withdrawn' },
        { id: far!, unit: 'Ye County', code: 'Y-1' },
      ]),
    )
    const joint = (more: object = {}) => ({
      unit: world.unit('Liu County'),
      name: '柳桐引水',
      projects: [canal, road],
      matters: '柳县修渠首，桐县修渠尾，同时通水。',
      until: '2018-06-30',
      ...more,
    })
    const codes = (more: object, on = '2017-03-01') => world.codes(coordinateProjects, joint(more), { as: heyang, on })
    it("A city coordinates what exists and lies within it: 'unknown-project', 'outside-the-area'", async () => {
      assert.deepEqual(await codes({ projects: [canal, road, idOf('nothing')] }), ['unknown-project'])
      assert.deepEqual(await codes({ projects: [canal, far] }), ['outside-the-area'])
    })
    it("One county has nothing to coordinate, and leads only what it takes part in: 'one-county-only', 'lead-takes-no-part'", async () => {
      assert.deepEqual(await codes({ projects: [canal, well] }), ['one-county-only'])
      assert.deepEqual(await codes({ unit: world.unit('Song County') }), ['lead-takes-no-part'])
    })
    it("A withdrawn project, and a day that is over: 'project-over', 'date-past'", async () => {
      assert.deepEqual(await codes({ projects: [canal, done] }), ['project-over'])
      assert.deepEqual(await codes({ until: '2017-02-28' }), ['date-past'])
    })
    it("A project is part of one at a time: 'coordinated-already'", async () => {
      coordination = (await world.done(coordinateProjects, joint(), { as: heyang, on: '2017-03-01' })).coordination
      assert.deepEqual(await codes({ projects: [well, road] }), ['coordinated-already'])
    })
    it('The database holds it too: two counties, the lead among them, once at a time', async () => {
      const write = (lead: string, projects: readonly string[]) =>
        asAct(world, async (client, act) => {
          await client.query(
            `insert into coordination (id, unit_id, lead_unit_id, name, matters, until_day, on_day, act_id)
             values ($1, $2, $3, '合并', '商定事项', '2018-01-01', '2017-03-02', $4)`,
            [idOf(projects.join()), world.unit('Heyang City'), world.unit(lead), act],
          )
          for (const project of projects)
            await client.query(
              'insert into coordination_project (coordination_id, project_id, act_id) values ($1, $2, $3)',
              [idOf(projects.join()), project, act],
            )
        })
      await assert.rejects(write('Liu County', [canal!, well!]), /two counties or more/)
      await assert.rejects(write('Tong County', [well!, far!]), /one of them leads/)
      await assert.rejects(write('Liu County', [canal!, far!]), /once at a time/)
    })
    it("What was coordinated is ended once, with a reason, by who coordinates there: 'unknown-coordination', 'ended-already'", async () => {
      const end = (unit: string) => ({ unit: world.unit(unit), coordination, reason: '桐县项目改由省里实施。' })
      assert.deepEqual(await world.codes(uncoordinateProjects, end('Tong County'), { as: heyang, on: '2017-04-01' }), [
        'unknown-coordination',
      ])
      await world.done(uncoordinateProjects, end('Liu County'), { as: heyang, on: '2017-04-01' })
      assert.deepEqual(await world.codes(uncoordinateProjects, end('Liu County'), { as: heyang, on: '2017-04-02' }), [
        'ended-already',
      ])
      await world.done(coordinateProjects, joint(), { as: heyang, on: '2017-04-03' })
    })
    it('Each of its projects tells of it as of the day, also when it was ended', async () => {
      const told = async (on: string) => {
        const { items } = await world.ask(listCoordinations, { project: road }, on, heyang)
        return items.map((item: { endedOn: string | null }) => item.endedOn)
      }
      assert.deepEqual(await told('2017-03-31'), [null])
      assert.deepEqual(await told('2017-04-01'), ['2017-04-01'])
      assert.deepEqual(await told('2017-04-03'), [null, '2017-04-01'])
      const within = await world.ask(listCoordinations, { unit: world.unit('Song County') }, '2017-04-03', heyang)
      assert.equal(within.total, 0)
      const { choices } = await world.ask(findAreaProjects, { unit: world.unit('Liu County'), text: '' }, '2017-04-03')
      assert.ok(choices.length >= 4 && !choices.some((choice: { key: string }) => choice.key === 'Y-1'))
      const question = {
        unit: world.unit('Heyang City'),
        on: '2017-04-03',
        map: '2017-04-03',
        year: 2017,
        charter: world.charter,
      }
      assert.equal((await readFigure(world.db, projectsCrossCounty, question)).value, 1)
    })
    it('Where there is no city, its duty is the province’s', async () => {
      const only = joint({ unit: world.unit('Ye County'), projects: [far, canal] })
      assert.deepEqual(
        await world.codes(coordinateProjects, only, { as: ['Haidao Province', 'governor'], on: '2017-04-04' }),
        ['coordinated-already', 'outside-the-area'],
      )
    })
  })

  describe('The library is updated in the fourth quarter', () => {
    const liu: As = ['Liu County', 'county-head']
    const update = (more: object = {}) => ({
      unit: world.unit('Liu County'),
      needs: [{ kind: 'water', need: '三个村饮水不稳定', amount: '1200000.00' }],
      ...more,
    })
    const codes = (more: object, on: string) => world.codes(updateLibrary, update(more), { as: liu, on })
    const unready = (name: string) => ({ project: idOf(name), reason: '用地未落实。' })
    it("Not in September, and not in January: 'not-the-season'", async () => {
      assert.deepEqual(await codes({}, '2017-09-30'), ['not-the-season'])
      assert.deepEqual(await codes({}, '2018-01-01'), ['not-the-season'])
    })
    it("Only a poor county owes it: 'not-a-poor-county'", async () => {
      const rich = await World.open('three-tiers')
      const input = { ...update(), unit: rich.unit('Birch District') }
      const steward: As = ['Birch District', 'steward']
      assert.deepEqual(await rich.codes(updateLibrary, input, { as: steward, on: '2017-10-10' }), ['not-a-poor-county'])
      await rich.close()
    })
    it("Only entries that still stand, each once: 'not-an-entry', 'entry-twice'", async () => {
      assert.deepEqual(await codes({ unready: [unready('road')] }, '2017-10-10'), ['not-an-entry'])
      assert.deepEqual(await codes({ unready: [unready('canal'), unready('canal')] }, '2017-10-10'), ['entry-twice'])
    })
    it("It meets what the county owes by the end of the year, and is made once: 'updated-already'", async () => {
      await world.done(
        openCalendar,
        { unit: world.unit('The Centre'), year: 2017 },
        { as: 'mechanism', on: '2017-01-01' },
      )
      await world.done(updateLibrary, update({ unready: [unready('canal')] }), { as: liu, on: '2017-10-10' })
      const item = await world.db
        .selectFrom('obligation_item')
        .select(['due_on', 'met_on'])
        .where('obligation', '=', 'update-library')
        .where('unit_id', '=', world.unit('Liu County'))
        .executeTakeFirst()
      assert.deepEqual([item?.due_on, item?.met_on], ['2017-12-31', '2017-10-10'])
      assert.deepEqual(await codes({}, '2017-11-10'), ['updated-already'])
      const updates = await world.ask(listLibraryUpdates, { unit: world.unit('Heyang City') }, '2017-11-10', liu)
      assert.deepEqual([updates.total, updates.done, updates.items[0].unready.length], [3, 1, 1])
      assert.equal(updates.items[0].needs[0].amountFen, '120000000')
      const question = {
        unit: world.unit('Heyang City'),
        on: '2017-11-10',
        map: '2017-11-10',
        year: 2017,
        charter: world.charter,
      }
      assert.equal((await readFigure(world.db, librariesUpdated, question)).counted, 1)
      await assert.rejects(
        asAct(world, (client, act) =>
          client.query(`insert into library_update values ($1, 2017, '2018-02-01', $2)`, [
            world.unit('Tong County'),
            act,
          ]),
        ),
        /library_updated_within_the_year/,
      )
    })
  })
})
