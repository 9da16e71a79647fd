import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { asAct } from '#test/act.ts'
import { countyHead, formedOn, Labour, labourAct, office, secretary, termUntil } from '#test/labour.ts'
import { idOf, World } from '#test/world.ts'

describe('Liu County sends people to its villages', () => {
  let world: World
  let labour: Labour
  before(async () => {
    world = await World.open()
    labour = await Labour.open(world)
  })
  after(() => world.close())

  const owed = async (obligation: string) => {
    const { rows } = await sql<{ subject: string; due: string; open: boolean }>`
      select subject, due_on as due, met_on is null and lapsed_on is null as open from obligation_item
       where obligation = ${obligation} order by opened_on, id`.execute(world.db)
    return rows
  }

  describe('It registers villages and what they need', () => {
    const willow = { townshipZh: '东乡', townshipEn: 'East', nameZh: '柳树村', nameEn: 'Willow Village' }
    it("A village that is registered is not registered again: 'village-known', nor twice in one list: 'village-twice'", async () => {
      assert.deepEqual(await labour.codes('village.register', { villages: [willow] }, '2017-02-03'), ['village-known'])
      const birch = { ...willow, nameZh: '桦树村', nameEn: 'Birch Village' }
      assert.deepEqual(await labour.codes('village.register', { villages: [birch, birch] }, '2017-02-03'), [
        'village-twice',
      ])
    })
    it("A place is metres east and north, or none: 'half-a-place'", async () => {
      const elm = { ...willow, nameZh: '榆树村', nameEn: 'Elm Village', eastM: 5 }
      assert.deepEqual(await labour.codes('village.register', { villages: [elm] }, '2017-02-03'), ['half-a-place'])
    })
    it("Its needs can be registered with it, but not half of them: 'needs-nobody', nor skills that the list lacks: 'skill-unknown'", async () => {
      const ash = { ...willow, nameZh: '白蜡村', nameEn: 'Ash Village' }
      const register = (more: object) =>
        labour.codes('village.register', { villages: [{ ...ash, ...more }] }, '2017-02-03')
      assert.deepEqual(await register({ households: 20 }), ['needs-nobody'])
      assert.deepEqual(await register({ people: 3, skills: 'magic' }), ['skill-unknown'])
      const more = { people: 3, households: 20, skills: '农业技术，party building' }
      const { villages } = await labour.done('village.register', { villages: [{ ...ash, ...more }] }, '2017-02-03')
      const shown = await world.ask(await question('village.show'), { village: villages[0] }, '2017-02-03', office)
      assert.deepEqual([shown.needed, shown.households, shown.needs.length], [3, 20, 2])
    })
    it('Willow Village states what it needs, and later something else: each day has its own answer', async () => {
      const [village] = labour.villages
      const statement = { village, people: 3, households: 40, weight: 8 }
      await labour.done(
        'village.state-needs',
        { statements: [statement], skills: [{ village, skill: '农业技术', people: 1 }] },
        '2017-02-10',
      )
      await labour.done('village.state-needs', { statements: [{ ...statement, people: 4 }] }, '2017-02-20')
      const needs = async (on: string) => {
        const shown = await world.ask(await question('village.show'), { village }, on, office)
        return [shown.needed, shown.needs.map((need: { skill: string }) => need.skill)]
      }
      assert.deepEqual(await needs('2017-02-09'), [0, []])
      assert.deepEqual(await needs('2017-02-10'), [3, ['agriculture']])
      assert.deepEqual(await needs('2017-02-20'), [4, []])
    })
    it("Of a village that is not there: 'village-unknown'; listed twice: 'village-stated-twice'", async () => {
      const row = { village: idOf('no village'), people: 3, households: 1 }
      assert.deepEqual(await labour.codes('village.state-needs', { statements: [row] }, '2017-02-21'), [
        'village-unknown',
      ])
      const own = { ...row, village: labour.villages[0] }
      assert.deepEqual(await labour.codes('village.state-needs', { statements: [own, own] }, '2017-02-21'), [
        'village-stated-twice',
      ])
    })
    it("A skill that the list lacks: 'skill-unknown'; twice: 'skill-twice'; of another village: 'skill-of-another-village'", async () => {
      const [village, other] = labour.villages
      const state = (skills: readonly object[]) =>
        labour.codes(
          'village.state-needs',
          { statements: [{ village, people: 3, households: 1 }], skills },
          '2017-02-21',
        )
      assert.deepEqual(await state([{ village, skill: 'magic', people: 1 }]), ['skill-unknown'])
      const health = { village, skill: 'health', people: 1 }
      assert.deepEqual(await state([health, { ...health, skill: '医疗卫生' }]), ['skill-twice'])
      assert.deepEqual(await state([{ ...health, village: other }]), ['skill-of-another-village'])
    })
  })

  describe('It registers the people that it can send', () => {
    const register = (workers: readonly object[]) => labour.codes('worker.register', { workers }, '2017-02-03')
    it("Whoever is registered is not registered again: 'person-known', nor twice in one list: 'person-twice'", async () => {
      assert.deepEqual(await register([labour.somebody(3)]), ['person-known'])
      assert.deepEqual(await register([labour.somebody(90), labour.somebody(90)]), ['person-twice'])
    })
    it("Skills stand in the list: 'skill-unknown'; places and homes are whole: 'half-a-place', 'home-unknown'", async () => {
      assert.deepEqual(await register([{ ...labour.somebody(91), skills: 'magic' }]), ['skill-unknown'])
      assert.deepEqual(await register([{ ...labour.somebody(91), northM: 4 }]), ['half-a-place'])
      assert.deepEqual(await register([{ ...labour.somebody(91), homeTownship: '东乡' }]), ['home-unknown'])
    })
    it('A telephone is shown to those who send people, and neither the journal nor another county keeps or sees it', async () => {
      const shown = await labour.done('worker.reveal', { worker: labour.worker(3) }, '2017-02-04')
      assert.equal(shown.phone, '13800000003')
      const { rows } = await sql<{ kept: string }>`
        select string_agg(input::text || detail::text, ' ') as kept from journal where act in ('worker.register', 'worker.reveal')`.execute(
        world.db,
      )
      assert.doesNotMatch(rows[0]?.kept ?? '', /13800000003|130000198001010003/)
      const as = ['Tong County', 'county-head'] as const
      const input = { unit: world.unit('Tong County'), worker: labour.worker(3) }
      assert.deepEqual(await world.codes(labourAct('worker.reveal'), input, { as, on: '2017-02-04' }), [
        'worker-unknown',
      ])
    })
    it('What is known of somebody changes from a day on, and the day before keeps its own', async () => {
      const worker = labour.worker(11)
      const { employerZh, employerEn } = labour.somebody(11)
      const input = { worker, employerZh, employerEn, skills: '医疗卫生', available: false, phone: '13911111111' }
      await labour.done('worker.revise', input, '2017-02-06')
      const stateOn = async (on: string) => {
        const shown = await world.ask(await question('worker.show'), { worker }, on, office)
        return [shown.state, shown.skills]
      }
      assert.deepEqual(await stateOn('2017-02-05'), ['free', ['finance', 'party-building']])
      assert.deepEqual(await stateOn('2017-02-06'), ['unavailable', ['health']])
      assert.equal((await labour.done('worker.reveal', { worker }, '2017-02-06')).phone, '13911111111')
      assert.deepEqual(await labour.codes('worker.revise', { ...input, worker: idOf('nobody') }, '2017-02-06'), [
        'worker-unknown',
      ])
    })
  })

  describe('It forms a team for Willow Village', () => {
    const form = (people: readonly number[], { more = {}, until = termUntil } = {}) => {
      const [village] = labour.villages
      const input = { teams: [{ village, termUntil: until }], members: labour.crew(village, people), ...more }
      return labour.codes('team.form', input, formedOn)
    }
    it("Two people are too few: 'too-few-people'", async () => {
      assert.deepEqual(await form([4, 5]), ['too-few-people'])
    })
    it("A term of less than two years is too short: 'term-too-short'", async () => {
      assert.deepEqual(new Set(await form([4, 5, 6], { until: '2019-02-28' })), new Set(['term-too-short']))
    })
    it("A team has one leader: 'one-leader', and no more than one first secretary: 'one-first-secretary'", async () => {
      const [village] = labour.villages
      const all = labour.crew(village, [4, 5, 6])
      const with_ = (change: object) => ({ more: { members: all.map((each) => ({ ...each, ...change })) } })
      assert.deepEqual(await form([], with_({ role: 'member', firstSecretary: false })), ['one-leader'])
      assert.deepEqual(await form([], with_({ firstSecretary: true, role: 'leader' })), [
        'one-first-secretary',
        'one-leader',
      ])
    })
    it("Nobody serves in the home township: 'home-township'; in the home county it is told beforehand", async () => {
      assert.deepEqual(await form([0, 5, 6]), ['home-township'])
      const [village] = labour.villages
      const input = { teams: [{ village, termUntil }], members: labour.crew(village, [1, 5, 6]) }
      assert.deepEqual(await labour.advice('team.form', input, formedOn), ['serves-at-home'])
    })
    it("Nobody is sent who cannot be: 'not-available', or who is not registered: 'worker-unknown', or twice: 'worker-twice'", async () => {
      assert.deepEqual(await form([11, 5, 6]), ['not-available'])
      assert.deepEqual(await form([99, 5, 6]), ['worker-unknown'])
      assert.deepEqual(await form([4, 5, 6, 6]), ['worker-twice'])
    })
    it("Of a village that is not there: 'village-unknown'; named twice: 'team-twice'; somebody sent elsewhere: 'member-of-no-team'", async () => {
      const [village, other] = labour.villages
      const unknown = idOf('no village')
      assert.deepEqual(
        await form([], {
          more: { teams: [{ village: unknown, termUntil }], members: labour.crew(unknown, [4, 5, 6]) },
        }),
        ['village-unknown'],
      )
      const team = { village, termUntil }
      assert.deepEqual(await form([4, 5, 6], { more: { teams: [team, team] } }), ['team-twice'])
      const members = [...labour.crew(village, [4, 5, 6]), ...labour.crew(other, [7])]
      assert.deepEqual(await form([], { more: { members } }), ['member-of-no-team'])
    })
    it('Three people go for two years; from that day the village has a team, and the day before it has none', async () => {
      labour.team = await labour.form()
      const stateOn = async (on: string) => {
        const shown = await world.ask(await question('village.show'), { village: labour.villages[0] }, on, office)
        return [shown.state, shown.members.length]
      }
      assert.deepEqual(await stateOn('2017-02-28'), ['no-team', 0])
      assert.deepEqual(await stateOn(formedOn), ['uncovered', 3])
    })
    it("A village has one team: 'village-has-a-team', and nobody serves in two: 'serves-elsewhere'", async () => {
      assert.deepEqual(await form([7, 8, 9]), ['village-has-a-team'])
      const [, village] = labour.villages
      const input = { teams: [{ village, termUntil }], members: labour.crew(village, [4, 8, 9]) }
      assert.deepEqual(await labour.codes('team.form', input, formedOn), ['serves-elsewhere'])
    })
    it('And the database says so too: one team of a village, one team of a person, one leader of a team', async () => {
      const write = (statement: string, values: readonly unknown[]) =>
        assert.rejects(
          asAct(world, (client, act) => client.query(statement, [...values, act])),
          (error: { code?: string }) => error.code === '23P01' || error.code === '23505',
        )
      const team = `insert into team (id, unit_id, village_id, valid_at, act_id) values (uuidv7(), $1, $2, '[2018-01-01,)', $3)`
      await write(team, [labour.unit(), labour.villages[0]])
      const member = `insert into team_member (team_id, worker_id, role, first_secretary, term_until, valid_at, act_id)
        values ($1, $2, 'leader', false, '2020-01-01', '[2018-01-01,)', $3)`
      await write(member, [labour.team, labour.worker(4)])
      await write(member, [labour.team, labour.worker(7)])
    })
  })

  describe('It keeps the team complete', () => {
    const change = (input: object, on: string) => labour.codes('team.change', { team: labour.team, ...input }, on)
    const joining = (at: number, until: string) => ({ worker: labour.worker(at), role: 'member', termUntil: until })
    it("A change changes something: 'nothing-changes', and of a team that is there: 'team-unknown'", async () => {
      assert.deepEqual(await change({}, '2017-05-02'), ['nothing-changes'])
      assert.deepEqual(await change({ team: idOf('no team'), join: [joining(7, '2019-06-01')] }, '2017-05-02'), [
        'team-unknown',
      ])
    })
    it("Whoever leaves was there: 'not-in-the-team', since the day before at least: 'joined-too-late', with a reason", async () => {
      const leave = [{ worker: labour.worker(8), reason: '工作需要' }]
      assert.deepEqual(await change({ leave }, '2017-05-02'), ['not-in-the-team'])
      const today = [{ worker: labour.worker(5), reason: '工作需要' }]
      assert.deepEqual(await change({ leave: today }, formedOn), ['joined-too-late'])
    })
    it("The leader does not leave without another: 'one-leader'; nobody is left: 'nobody-left'", async () => {
      const leaving = (at: number) => ({ worker: labour.worker(at), reason: '工作需要' })
      assert.deepEqual(await change({ leave: [leaving(4)] }, '2017-05-02'), ['one-leader'])
      assert.deepEqual(await change({ leave: [4, 5, 6].map(leaving) }, '2017-05-02'), ['nobody-left'])
    })
    it('A team that lost a member is told as short and must be completed in fifteen working days; completing it meets that', async () => {
      const leave = [{ worker: labour.worker(6), reason: '调任他职' }]
      assert.deepEqual(await labour.advice('team.change', { team: labour.team, leave }, '2017-05-02'), [
        'below-minimum',
      ])
      await labour.done('team.change', { team: labour.team, leave }, '2017-05-02')
      assert.deepEqual(await owed('complete-team'), [{ subject: labour.team, due: '2017-05-23', open: true }])
      const shown = await world.ask(await question('team.show'), { team: labour.team }, '2017-05-03', office)
      assert.deepEqual(
        [shown.isShort, shown.owed.length, shown.members[2].whyName.en],
        [true, 1, 'left before the end of the term'],
      )
      await labour.done('team.change', { team: labour.team, join: [joining(7, '2019-05-10')] }, '2017-05-10')
      assert.deepEqual(
        (await owed('complete-team')).map((item) => item.open),
        [false],
      )
    })
    it('Somebody else becomes leader without leaving', async () => {
      const roles = [
        { worker: labour.worker(4), role: 'member', firstSecretary: true },
        { worker: labour.worker(5), role: 'leader', firstSecretary: false },
      ]
      await labour.done('team.change', { team: labour.team, roles }, '2017-06-01')
      const shown = await world.ask(await question('team.show'), { team: labour.team }, '2017-06-01', office)
      const now = shown.members.filter((each: { until: unknown }) => each.until === null)
      assert.deepEqual(now.map((each: { role: string }) => each.role).toSorted(), ['leader', 'member', 'member'])
      assert.equal(now.find((each: { role: string }) => each.role === 'leader').worker, labour.worker(5))
    })
    it("Whoever is recalled serves: 'not-serving', 'joined-too-late'; the recall opens a replacement that a newcomer meets", async () => {
      const recall = (at: number, on: string) =>
        labour.codes('worker.recall', { worker: labour.worker(at), reason: '长期不在岗' }, on)
      assert.deepEqual(await recall(9, '2017-07-03'), ['not-serving'])
      assert.deepEqual(await recall(99, '2017-07-03'), ['worker-unknown'])
      assert.deepEqual(await recall(7, '2017-05-10'), ['joined-too-late'])
      await labour.done('worker.recall', { worker: labour.worker(7), reason: '长期不在岗' }, '2017-07-03')
      assert.deepEqual(
        (await owed('replace-recalled')).map(({ due, open }) => [due, open]),
        [['2017-07-17', true]],
      )
      await labour.done('team.change', { team: labour.team, join: [joining(8, '2019-07-20')] }, '2017-07-10')
      assert.deepEqual(
        (await owed('replace-recalled')).map((item) => item.open),
        [false],
      )
    })
    it('A recall without a reason is kept out by the database as well', async () => {
      await assert.rejects(
        asAct(world, (client, act) =>
          client.query(
            `update team_member set valid_at = daterange(lower(valid_at), '2018-01-01'), ended_by = $2, ended_why = 'recalled'
              where worker_id = $1 and ended_by is null`,
            [labour.worker(8), act],
          ),
        ),
        /team_member_recalled_for_a_reason/,
      )
    })
    it("People are relieved once their term is over, not before: 'term-not-over', and only those who serve: 'not-serving'", async () => {
      const relieve = (people: readonly number[], on: string) =>
        labour.codes('worker.relieve', { workers: people.map(labour.worker) }, on)
      assert.deepEqual(await relieve([4], '2019-03-01'), ['term-not-over'])
      assert.deepEqual(await relieve([9], '2019-03-02'), ['not-serving'])
      assert.deepEqual(await relieve([99], '2019-03-02'), ['worker-unknown'])
      assert.deepEqual(await relieve([10, 10], '2019-03-02'), ['not-serving', 'worker-twice'])
      const stone = await labour.form([9, 10, 2], labour.villages[1], '2017-08-01')
      await labour.done('worker.relieve', { workers: [labour.worker(10)] }, '2019-08-02')
      assert.ok((await owed('complete-team')).some((item) => item.subject === stone && item.open))
    })
    it('A team that is dissolved owes nobody any more, and its people can be sent again', async () => {
      const stone = (await owed('complete-team')).find((item) => item.open)?.subject ?? ''
      await labour.done('team.dissolve', { team: stone, reason: '该村已出列，另有安排' }, '2019-08-05')
      assert.ok(!(await owed('complete-team')).some((item) => item.open))
      assert.deepEqual(await labour.codes('team.dissolve', { team: stone, reason: '再撤一次' }, '2019-08-06'), [
        'team-unknown',
      ])
      const again = await labour.form([9, 10, 2], labour.villages[1], '2019-08-05')
      assert.deepEqual(await labour.codes('team.dissolve', { team: again, reason: '当天撤回' }, '2019-08-05'), [
        'joined-too-late',
        'joined-too-late',
        'joined-too-late',
        'joined-too-late',
      ])
    })
  })

  describe('Leave is asked for and decided by somebody else', () => {
    const ask = (at: number, from: string, to: string) => ({
      worker: labour.worker(at),
      kind: 'personal',
      from,
      to,
      reason: '家中有事',
    })
    const on = '2017-09-01'
    it("Only for those who serve: 'not-serving', 'worker-unknown'; for days that run forward: 'days-run-back'; within a year: 'leave-too-long'", async () => {
      assert.deepEqual(await labour.codes('leave.ask', ask(3, '2017-09-04', '2017-09-05'), on), ['not-serving'])
      assert.deepEqual(await labour.codes('leave.ask', ask(99, '2017-09-04', '2017-09-05'), on), ['worker-unknown'])
      assert.deepEqual(await labour.codes('leave.ask', ask(4, '2017-09-05', '2017-09-04'), on), ['days-run-back'])
      assert.deepEqual(await labour.codes('leave.ask', ask(4, '2017-09-04', '2018-09-04'), on), ['leave-too-long'])
    })
    it("Three days are granted by those in charge, but by nobody who put it down: 'asked-by-the-same', and once only: 'leave-decided'", async () => {
      const { leave } = await labour.done('leave.ask', ask(4, '2017-09-04', '2017-09-06'), on)
      assert.deepEqual(await labour.codes('leave.grant', { leave }, on), ['asked-by-the-same'])
      assert.deepEqual(await labour.codes('leave.refuse', { leave, reason: '工作走不开' }, on), ['asked-by-the-same'])
      await labour.done('leave.grant', { leave }, on, countyHead)
      assert.deepEqual(
        (await owed('decide-leave')).map((item) => item.open),
        [false],
      )
      assert.deepEqual(await labour.codes('leave.grant', { leave }, on, secretary), ['leave-decided'])
    })
    it("Other leave on these days is told: 'leave-overlaps'; leave that nobody asked for is not granted: 'leave-unknown'", async () => {
      assert.deepEqual(await labour.codes('leave.ask', ask(4, '2017-09-06', '2017-09-08'), on), ['leave-overlaps'])
      assert.deepEqual(await labour.codes('leave.grant', { leave: idOf('no leave') }, on), ['leave-unknown'])
    })
    it("Four days are granted by a principal only: 'for-a-principal'", async () => {
      const { leave } = await labour.done('leave.ask', ask(5, '2017-09-04', '2017-09-07'), on, countyHead)
      assert.deepEqual(await labour.codes('leave.grant', { leave }, on), ['for-a-principal'])
      await labour.done('leave.grant', { leave }, on, secretary)
    })
    it('Leave that was refused is out of the way of another', async () => {
      const input = ask(8, '2017-10-09', '2017-10-10')
      const { leave } = await labour.done('leave.ask', input, on)
      await labour.done('leave.refuse', { leave, reason: '迎检期间' }, on, countyHead)
      await labour.done('leave.ask', input, on)
      const { items } = await world.ask(await question('leave.list'), { unit: labour.unit() }, on, office)
      assert.equal(items.length, 1)
    })
    it('The database too lets nobody decide on what they put down', async () => {
      await assert.rejects(
        asAct(world, (client, act) =>
          client.query(
            `insert into leave_decision (leave_id, asker_id, outcome, person_id, on_day, act_id)
             select l.id, l.person_id, 'granted', l.person_id, l.on_day, $1 from leave l
              where not exists (select from leave_decision d where d.leave_id = l.id)`,
            [act],
          ),
        ),
        /leave_granted_by_another/,
      )
    })
  })

  describe('Attendance is told day by day', () => {
    const month = '2017-09'
    const whole = 'p'.repeat(30)
    const sheet = (at: number, marks: string, more = {}) => ({
      team: labour.team,
      worker: labour.worker(at),
      marks,
      ...more,
    })
    const record = (sheets: readonly object[], on = '2017-10-03', of = month) =>
      labour.codes('attendance.record', { month: of, sheets }, on)
    it("Not for a day in the future: 'in-the-future'", async () => {
      assert.deepEqual(await record([sheet(4, whole)], '2017-09-29'), ['in-the-future'])
      const until = `${'p'.repeat(29)}-`
      assert.deepEqual(await labour.advice('attendance.record', { month, sheets: [sheet(8, until)] }, '2017-09-29'), [])
    })
    it("Not before joining or after leaving: 'not-serving', nor of anybody who never served: 'worker-unknown'", async () => {
      assert.deepEqual(await record([sheet(8, 'p'.repeat(31))], '2017-09-01', '2017-07'), ['not-serving'])
      assert.deepEqual(await record([sheet(3, whole)]), ['worker-unknown'])
    })
    it("A mark for each day of the month: 'month-of-another-length'; one sheet for everybody: 'sheet-twice'", async () => {
      assert.deepEqual(await record([sheet(4, 'p'.repeat(31))]), ['month-of-another-length'])
      assert.deepEqual(await record([sheet(8, whole), sheet(8, whole)]), ['sheet-twice'])
    })
    it('Marked present on a day of leave, on leave without leave, too few days: told before it is entered', async () => {
      const of = (at: number, marks: string) =>
        labour.advice('attendance.record', { month, sheets: [sheet(at, marks)] }, '2017-10-03')
      assert.deepEqual(await of(4, whole), ['present-on-leave'])
      assert.deepEqual(await of(8, `l${'p'.repeat(29)}`), ['leave-not-granted'])
      assert.deepEqual(await of(8, `${'a'.repeat(15)}${'p'.repeat(15)}`), ['too-few-days'])
    })
    it("It is entered once: 'entered-already', and corrected by naming what stands: 'corrects-another'", async () => {
      await labour.done('attendance.record', { month, sheets: [sheet(4, whole), sheet(8, whole)] }, '2017-10-03')
      assert.deepEqual(await record([sheet(4, whole)]), ['entered-already'])
      assert.deepEqual(await record([sheet(4, whole, { corrects: idOf('another') })]), ['corrects-another'])
      const { rows } = await sql<{ entry: string }>`
        select act_id as entry from attendance where worker_id = ${labour.worker(4)} and n = 1`.execute(world.db)
      const put = `pppllla${'p'.repeat(23)}`
      await labour.done(
        'attendance.record',
        { month, sheets: [sheet(4, put, { corrects: rows[0]?.entry })] },
        '2017-10-04',
      )
      const shown = async (on: string) => {
        const team = await world.ask(await question('team.show'), { team: labour.team, month }, on, office)
        const line = team.calendar.find((each: { worker: string }) => each.worker === labour.worker(4))
        return [line.marks, line.corrections]
      }
      assert.deepEqual(await shown('2017-10-03'), [whole, 0])
      assert.deepEqual(await shown('2017-10-04'), [put, 1])
    })
    it('The database keeps out days to come, days without service, and a correction that names nothing', async () => {
      const insert = (marks: string, on: string, month_: string, more = '1, null') =>
        assert.rejects(
          asAct(world, (client, act) =>
            client.query(
              `insert into attendance (worker_id, team_id, month, n, corrects, marks, on_day, act_id)
               values ($1, $2, $3, ${more}, $4, $5, $6)`,
              [labour.worker(8), labour.team, month_, marks, on, act],
            ),
          ),
          (error: { constraint?: string }) => {
            seen.push(error.constraint ?? '')
            return true
          },
        )
      const seen: string[] = []
      await insert('p'.repeat(30), '2017-11-29', '2017-11-01')
      await insert('p'.repeat(31), '2017-09-01', '2017-07-01')
      await insert('p'.repeat(30), '2017-10-05', '2017-09-01', '2, null')
      await insert('p'.repeat(31), '2017-12-05', '2017-11-01')
      assert.deepEqual(
        seen,
        [
          'attendance_not_in_the_future',
          'attendance_only_while_serving',
          'attendance_correction_named',
          'attendance_marks_check',
        ].map((name, at) => (at === 3 ? (seen[3] ?? '') : name)),
      )
      assert.match(seen[3] ?? '', /attendance.*check/)
    })
    it('The form begins with what was entered and with the leave that is known, so that nobody types it again', async () => {
      const team = await world.ask(await question('team.show'), { team: labour.team, month }, '2017-10-05', office)
      const can = team.can.find((each: { act: string }) => each.act === 'attendance.record')
      const of = (at: number) => can.input.sheets.find((each: { worker: string }) => each.worker === labour.worker(at))
      assert.equal(of(5).marks, `---llll${'-'.repeat(23)}`)
      assert.ok(of(8).corrects)
    })
  })

  describe('Every household has one helper', () => {
    const row = (household: string, at: number) => ({
      village: labour.villages[0],
      household,
      worker: labour.worker(at),
    })
    const rows = (from: number, count: number, at: number) =>
      Array.from({ length: count }, (_, n) => row(`H${from + n}`, at))
    const on = '2017-11-01'
    it("Nobody helps more than ten: 'too-many-households'; nobody unknown: 'worker-unknown', 'village-unknown'", async () => {
      assert.deepEqual(await labour.codes('helper.assign', { households: rows(1, 11, 3) }, on), ['too-many-households'])
      assert.deepEqual(await labour.codes('helper.assign', { households: [row('H1', 99)] }, on), ['worker-unknown'])
      const elsewhere = { ...row('H1', 3), village: idOf('no village') }
      assert.deepEqual(await labour.codes('helper.assign', { households: [elsewhere] }, on), ['village-unknown'])
    })
    it("One helper for each: 'household-twice', 'helped-already'", async () => {
      assert.deepEqual(await labour.codes('helper.assign', { households: [row('H1', 3), row('H1', 2)] }, on), [
        'household-twice',
      ])
      await labour.done('helper.assign', { households: rows(1, 10, 3) }, on)
      assert.deepEqual(await labour.codes('helper.assign', { households: [row('H1', 2)] }, on), ['helped-already'])
    })
    it("A change needs a helper to change: 'no-helper-yet', another one: 'same-helper', a day later: 'assigned-too-late'", async () => {
      const change = (households: readonly object[], day: string) => labour.codes('helper.change', { households }, day)
      assert.deepEqual(await change([row('H99', 2)], '2017-11-02'), ['no-helper-yet'])
      assert.deepEqual(await change([row('H1', 3)], '2017-11-02'), ['same-helper'])
      assert.deepEqual(await change([row('H1', 2)], on), ['assigned-too-late'])
      await labour.done('helper.change', { households: [row('H1', 2)] }, '2017-12-01')
      const of = async (day: string) => {
        const shown = await world.ask(await question('village.show'), { village: labour.villages[0] }, day, office)
        return shown.helpers.find((each: { household: string }) => each.household === 'H1').worker
      }
      assert.deepEqual([await of('2017-11-30'), await of('2017-12-01')], [labour.worker(3), labour.worker(2)])
    })
  })
})

/** A question of this slice, by its name. */
async function question(name: string) {
  const { asks } = await import('#src/asks.ts')
  const found = asks.find((each) => each.name === name)
  assert.ok(found, name)
  return found
}
