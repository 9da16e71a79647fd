import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { Labour, labourAct, office } from '#test/labour.ts'
import { World } from '#test/world.ts'
import { planDeployment } from './plan.ts'

const stated = '2017-02-20'
const formed = '2017-03-01'
const planned = '2018-05-10'

describe('Liu County plans where its teams serve', () => {
  let world: World
  let labour: Labour
  let teamAtWillow = ''
  let teamAtStone = ''
  before(async () => {
    world = await World.open()
    labour = await Labour.open(world)
    const [willow, stone, spring] = labour.villages
    // Willow Village asks for party building and gets agriculture; Stone Village the other way round; Spring Village has nobody.
    const statements = [
      { village: willow, people: 3, households: 40, weight: 8 },
      { village: stone, people: 3, households: 30, weight: 6 },
      { village: spring, people: 3, households: 20, weight: 9 },
    ]
    const skills = [
      { village: willow, skill: '党建', people: 3 },
      { village: stone, skill: '农业技术', people: 3 },
      { village: spring, skill: '农业技术', people: 3 },
    ]
    await labour.done('village.state-needs', { statements, skills }, stated)
    teamAtWillow = await labour.form([2, 4, 6], willow, formed)
    teamAtStone = await labour.form([3, 5, 7], stone, formed)
  })
  after(() => world.close())

  const plan = (input: object = {}, on = planned) =>
    world.ask(planDeployment, { unit: labour.unit(), ...input }, on, office)
  const decide = labourAct('deployment.decide')
  const reject = labourAct('deployment.reject')
  const proposal = async (input: object = {}, on = planned) => {
    const { fill } = await plan(input, on)
    return { ...fill.input, reason: 'Fits what the villages ask for.' }
  }
  const codes = (input: object, on = planned) => world.codes(decide, input, { as: office, on })
  const places = async (on: string) => {
    const { rows } = await sql<{ village: string; people: number; leaders: number }>`
      select v.name_en as village, t.people, t.leaders from team_on(${on}) t join village v on v.id = t.village_id
       where t.unit_id = ${labour.unit()} order by 1`.execute(world.db)
    return rows.map(({ village, people, leaders }) => `${village}: ${people}, led by ${leaders}`)
  }

  it('The plan exchanges two teams, forms a third of people who are free, and says why and at what cost', async () => {
    const { state, changes, present, proposal: proposed, blames, villages, search, unit } = await plan()
    assert.equal(state, 'ready')
    assert.equal(unit.name.en, 'Liu County')
    assert.deepEqual(blames, [])
    assert.ok(search.isWithinGap)
    assert.deepEqual([present.served, proposed.served, present.matched, proposed.matched], [2, 3, 0, 9])
    const toWillow = changes.find((change: { id: string }) => change.id === teamAtStone)
    assert.equal(toWillow.to.name.en, 'Willow Village')
    const why = toWillow.why.map((text: { en: string }) => text.en)
    assert.ok(
      why.some((each: string) =>
        /They bring what Willow Village asks for: party building \(0 matched where they are, 3 there\)/.test(each),
      ),
      why.join('\n'),
    )
    assert.ok(why.some((each: string) => /At the cost of people moved: 3/.test(each)))
    const spring = villages.find((village: { name: { en: string } }) => village.name.en === 'Spring Village')
    assert.deepEqual([spring.before.isServed, spring.after.isServed, spring.after.people], [false, true, 3])
  })

  it('Nobody is sent to their home township: the first of the free comes from the East, and only the West is proposed', async () => {
    const { changes } = await plan({ need: 100, travel: 0 })
    const own = changes.find((change: { id: string }) => change.id === labour.worker(0))
    assert.ok(!own || own.to.name.en === 'Spring Village')
  })

  it('Where more must be served than can be, it is told what is to blame, in a sentence', async () => {
    const { blames, isLeast } = await plan({ mustWeight: 1, movedMax: 0, fixed: [teamAtStone, teamAtWillow], kmMax: 1 })
    assert.ok(isLeast && blames.length > 0)
    for (const { sentence } of blames) assert.ok(sentence.en.length > 10 && sentence.zh.length > 5)
    const { blames: none } = await plan({ mustWeight: 1 })
    assert.deepEqual(none, [])
  })

  it('A county without villages has nothing to plan, and says so', async () => {
    const { state } = await world.ask(planDeployment, { unit: world.unit('Tong County') }, planned, office)
    assert.equal(state, 'nothing')
  })

  it('Asked not to wait, it says that it is computing; asked again, it has the plan; computing changed nothing', async () => {
    const before = await places(planned)
    const first = await plan({ need: 60, wait_s: 0 })
    assert.ok(first.state === 'computing' || first.state === 'ready')
    const busy = await plan({ need: 61, wait_s: 0 })
    assert.ok(['occupied', 'computing', 'ready'].includes(busy.state))
    assert.equal((await plan({ need: 60 })).state === 'failed', false)
    assert.deepEqual(await places(planned), before)
    const { rows } = await sql`select from deployment`.execute(world.db)
    assert.equal(rows.length, 0)
  })

  it("A plan of which nothing is accepted is no decision: 'nothing-accepted'", async () => {
    const input = await proposal()
    assert.deepEqual(await codes({ ...input, rows: input.rows.map((row: object) => ({ ...row, accepted: false })) }), [
      'nothing-accepted',
    ])
  })

  it("Rows name teams and people of the county, once, and its villages: 'mover-unknown', 'mover-twice', 'village-unknown'", async () => {
    const input = await proposal()
    const [willow] = labour.villages
    const odd = (rows: object[]) => codes({ ...input, rows })
    assert.deepEqual(await odd([{ team: world.unit('Tong County'), to: willow }]), ['mover-unknown'])
    assert.deepEqual(await odd([{ worker: labour.worker(2), to: willow }]), ['mover-unknown'])
    assert.deepEqual(await odd([{ team: teamAtStone, to: willow }, { team: teamAtStone }]), ['mover-twice'])
    assert.deepEqual(await odd([{ team: teamAtStone, to: world.unit('Tong County') }]), ['village-unknown'])
  })

  it("Half an exchange would leave two teams in one village: 'two-teams'", async () => {
    const input = await proposal()
    const rows = input.rows.map((row: { team?: string }) => ({ ...row, accepted: row.team === teamAtStone }))
    assert.deepEqual(await codes({ ...input, rows }), ['two-teams'])
  })

  it("Two people are no team: 'too-few-people'", async () => {
    const input = await proposal()
    const rows = [8, 9].map((at) => ({ worker: labour.worker(at), to: labour.villages[2] }))
    assert.deepEqual(await codes({ ...input, rows }), ['too-few-people'])
  })

  it("Whoever decides may change a row, and not send somebody home: 'home-barred'", async () => {
    const input = await proposal()
    const rows = [
      ...[0, 8, 10].map((at) => ({ worker: labour.worker(at), to: labour.villages[0] })),
      { team: teamAtWillow, to: labour.villages[2] },
    ]
    assert.deepEqual(await codes({ ...input, rows }), ['home-barred'])
  })

  it("Nor farther than they can be sent: 'too-far'; nor whoever cannot be sent: 'not-available'; nor whose term is over: 'term-over'", async () => {
    const [, , spring] = labour.villages
    const revise = (at: number, how: object) =>
      labour.done(
        'worker.revise',
        { worker: labour.worker(at), employerZh: '县农业局', employerEn: 'County agriculture bureau', ...how },
        '2018-05-09',
      )
    await revise(8, { eastM: 40_000, northM: 0, travelKmMax: 10 })
    const input = await proposal()
    const rows = [8, 9, 10].map((at) => ({ worker: labour.worker(at), to: spring }))
    assert.deepEqual(await codes({ ...input, rows }), ['too-far'])
    const late = await proposal({}, '2019-06-03')
    const away = [{ team: teamAtWillow, to: spring }]
    const over = await codes({ ...late, rows: away }, '2019-06-03')
    assert.deepEqual([...new Set(over)], ['term-over'])
    await revise(4, { available: false })
    const anew = await proposal()
    assert.deepEqual(await codes({ ...anew, rows: away }), ['not-available'])
    await revise(4, { available: true, skills: 'agriculture' })
    await revise(8, { skills: 'agriculture' })
  })

  it('The clock decides nothing, and neither does another county', async () => {
    const input = await proposal()
    await assert.rejects(world.perform(decide, input, { as: 'mechanism', on: planned }), /not yours/)
    const neighbour = ['Tong County', 'poverty-office-director-county'] as const
    await assert.rejects(world.perform(decide, input, { as: neighbour, on: planned }), /not yours/)
  })

  it('A plan is turned down with the reason, and stays on record; nobody is moved', async () => {
    const before = await places(planned)
    const input = await proposal()
    await world.done(reject, { ...input, reason: 'The teams stay until the harvest.' }, { as: office, on: planned })
    assert.deepEqual(await places(planned), before)
    const { rows } = await sql<{ outcome: string; accepted: boolean }>`
      select d.outcome, r.accepted from deployment d join deployment_row r on r.deployment_id = d.id`.execute(world.db)
    assert.ok(rows.length > 0 && rows.every((row) => row.outcome === 'rejected' && !row.accepted))
  })

  it("What was computed before the facts changed no longer holds: 'facts-changed'; neither to decide nor to reject", async () => {
    const input = await proposal()
    const statement = { village: labour.villages[2], people: 4, households: 22, weight: 9 }
    await labour.done('village.state-needs', { statements: [statement] }, planned)
    assert.deepEqual(await codes(input), ['facts-changed'])
    assert.deepEqual(await world.codes(reject, input, { as: office, on: planned }), ['facts-changed'])
  })

  it('The county decides: teams exchange villages and keep their people, a new one is led, and what stood before is kept', async () => {
    const input = await proposal()
    const { ended } = await world.done(decide, input, { as: office, on: planned })
    assert.deepEqual(ended.toSorted(), [teamAtStone, teamAtWillow].toSorted())
    assert.deepEqual(await places('2018-05-09'), ['Stone Village: 3, led by 1', 'Willow Village: 3, led by 1'])
    const now = await places(planned)
    assert.equal(now.length, 3)
    assert.ok(now.every((each) => each.endsWith('led by 1')))
    const { rows } = await sql<{ role: string; until: string; first: boolean }>`
      select role, term_until as until, first_secretary as first from team_member
       where worker_id = ${labour.worker(3)} and valid_at @> ${planned}::date`.execute(world.db)
    assert.deepEqual(rows, [{ role: 'leader', until: '2019-03-01', first: true }])
    const { state, changes } = await plan({}, '2018-06-01')
    assert.equal(state, 'ready')
    assert.deepEqual(changes, [])
  })

  it("Who came on the day itself cannot leave again on it: 'joined-too-late'", async () => {
    const { digest, wishes } = await plan()
    const { rows } = await sql<{
      id: string
    }>`select id from team where unit_id = ${labour.unit()} and ended_by is null order by id limit 1`.execute(world.db)
    const input = { unit: labour.unit(), facts: digest, wishes, rows: [{ team: rows[0]!.id }], reason: 'Home again.' }
    assert.deepEqual([...new Set(await codes(input))], ['joined-too-late'])
  })

  it('The database itself knows of no plan that a clock decided, or that moves nobody', async () => {
    const constraints = await sql<{ name: string }>`
      select conname as name from pg_constraint where conrelid in ('deployment'::regclass, 'deployment_row'::regclass)`.execute(
      world.db,
    )
    const names = constraints.rows.map((row) => row.name)
    assert.ok(
      names.includes('deployment_row_moves_a_team_or_a_person') && names.includes('deployment_row_changes_something'),
    )
    await assert.rejects(
      sql`update deployment set reason = 'another'`.execute(world.db),
      /permission denied|never changed/,
    )
  })
})
