import assert from 'node:assert/strict'
import { findAct } from '#src/acts.ts'
import { findBearer, findLineage } from '#kernel/standing.ts'
import type { As, World } from './world.ts'

/** The steps of an exit in their order, each with the day of the year on which a well-run county takes it. */
const days = {
  'schedule.set': '01-20',
  'schedule.consent': '01-25',
  'headcount.attest': '10-10',
  'exit.propose': '10-12',
  'exit.review': '10-20',
  'evaluation.commission': '11-05',
  'exit.verify': '11-10',
  'exit.post-notice': '11-12',
  'exit.report': '12-04',
  'exit.draw': '12-05',
  'exit.evaluate': '12-20',
  'exit.approve': '12-28',
} as const
export type WalkAct = keyof typeof days
export type OverrideMap = Partial<Record<WalkAct, object>>

export const goodMetrics = { headcount: 1.2, wrongExit: 0.3, miss: 0.4, approval: 95.5 }

/** Walks counties of a small country through their exit, each step by the seat whose duty the charter says it is. */
export class ExitWalk {
  readonly #world: World
  constructor(world: World) {
    this.#world = world
  }

  /** The seat that answers for an act's duty over a county. */
  async seat(act: string, county: string, on: string): Promise<As> {
    const { charter, db } = this.#world
    const duty = charter.findDuty(get(act).duty, on)
    const lineage = await findLineage(db, this.#world.unit(county), on)
    const bearer = duty && lineage && findBearer(charter, duty, act === 'exit.draw' ? [lineage.at(-1)!] : lineage)
    assert.ok(bearer, `Nobody holds ${act} over ${county}.`)
    return [bearer.unit.name.en, bearer.posts[0]]
  }

  input(act: WalkAct, county: string, year: number): Record<string, unknown> {
    const at = { unit: this.#world.unit(county), year }
    const inputs: Record<WalkAct, Record<string, unknown>> = {
      'schedule.set': {
        unit: at.unit,
        exitYear: year,
        milestones: [{ on: `${year}-06-30`, title: { zh: '全部贫困村退出', en: 'All poor villages are out' } }],
      },
      'schedule.consent': { unit: at.unit, version: 1 },
      'headcount.attest': {
        ...at,
        poorPersons: 100,
        ruralPersons: 10_000,
        villages: 10,
        villagesOut: 10,
        asOf: `${year}-09-30`,
      },
      'exit.propose': { ...at, selfCheck: { villagesChecked: 10, householdsChecked: 300, statement: '各村自查达标' } },
      'exit.review': { ...at, outcome: 'pass' },
      'evaluation.commission': { ...at, evaluator: '某大学（虚构）', ...goodMetrics },
      'exit.verify': { ...at, outcome: 'pass' },
      'exit.post-notice': at,
      'exit.report': at,
      'exit.draw': { year, seed: '20181205' },
      'exit.evaluate': { ...at, ...goodMetrics },
      'exit.approve': at,
    }
    return inputs[act]
  }

  /** Does one act for a county in its own seat, on its usual day of the year unless told otherwise. */
  async does(act: WalkAct, county: string, year: number, more: object = {}, on = `${year}-${days[act]}`) {
    const input = { ...this.input(act, county, year), ...more }
    return this.#world.done(get(act), input, { as: await this.seat(act, county, on), on })
  }

  /** The codes for which an act is refused in the seat whose duty it is. */
  async refused(
    act: WalkAct,
    county: string,
    year: number,
    more: object = {},
    on = `${year}-${days[act]}`,
  ): Promise<string[]> {
    const input = { ...this.input(act, county, year), ...more }
    return this.#world.codes(get(act), input, { as: await this.seat(act, county, on), on })
  }

  /** Walks a county up to and including an act; steps that its year does not know are left out. */
  async until(
    last: WalkAct,
    county: string,
    year: number,
    { from = 'schedule.set' as WalkAct, with: more = {} as OverrideMap } = {},
  ) {
    const acts = Object.keys(days) as WalkAct[]
    const steps = acts.slice(acts.indexOf(from), acts.indexOf(last) + 1)
    for (const act of steps) if (act === last || this.#isTaken(act, year)) await this.does(act, county, year, more[act])
  }

  #isTaken(act: WalkAct, year: number): boolean {
    const valueOf = (id: string) => this.#world.charter.getParameter(id, `${year}-12-31`).value
    if (act === 'evaluation.commission') return valueOf('exit_evaluation_by_province') === 1
    if (act === 'exit.draw') return valueOf('exit_evaluation_share') < 100
    return true
  }
}

export function get(name: string) {
  const act = findAct(name)
  assert.ok(act, `There is no act «${name}».`)
  return act
}
