import { asAct } from './act.ts'
import type { World } from './world.ts'

type Planted = {
  readonly id: string
  readonly unit: string
  readonly code: string
  readonly kind?: string
  readonly persons?: number
  readonly households?: number
  readonly major?: string
  readonly on?: string
  /** How far it has come. */
  readonly state?: 'proposed' | 'admitted' | 'withdrawn'
}

const ways = {
  proposed: [],
  withdrawn: [['withdraw', 'proposed', 'done', 'withdrawn']],
  admitted: [
    ['argue', 'proposed', 'pass', 'argued'],
    ['notice', 'argued', 'done', 'noticed'],
    ['admit', 'noticed', 'pass', 'admitted'],
  ],
} as const

/** Puts projects straight into the tables, for tests that are not about how a project comes into the library. */
export const plantProjects = (world: World, projects: readonly Planted[]) =>
  asAct(world, async (client, act) => {
    await client.query('set local session_replication_role = replica')
    for (const {
      id,
      unit,
      code,
      kind = 'water',
      persons = 100,
      households = 30,
      major,
      on = '2017-01-10',
      state = 'admitted',
    } of projects) {
      await client.query('insert into project (id, unit_id, code, act_id) values ($1, $2, $3, $4)', [
        id,
        world.unit(unit),
        code,
        act,
      ])
      await client.query(
        `insert into project_version (project_id, version, name, kind, nature, place, starts_on, ends_on, responsible, task, amount_fen, financing,
           households, persons, target, mechanism, proposed_by, major_project_id, on_day, act_id)
         values ($1, 1, $2, $3, 'new', '柳河村', '2017-03-01', '2017-12-31', '水利局', '修渠', 100000000, '专项资金', $4, $5, '通水', '带动',
           '柳河村', $6, $7, $8)`,
        [id, `${code}工程`, kind, households, persons, major ?? null, on, act],
      )
      const steps = [['propose', 'none', 'done', 'proposed'], ...ways[state]]
      for (const [at, [step, from, outcome, to]] of steps.entries())
        await client.query(
          `insert into project_step (project_id, ordinal, step, outcome, state, on_day, remarks, act_id, from_state, from_day)
           values ($1, $2, $3, $4, $5, $6, '说明', $7, $8, $9)`,
          [id, at + 1, step, outcome, to, on, act, from, at === 0 ? null : on],
        )
      if (state === 'admitted')
        await client.query(
          'insert into project_admission (project_id, version, on_day, act_id) values ($1, 1, $2, $3)',
          [id, on, act],
        )
    }
  })
