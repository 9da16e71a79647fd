import assert from 'node:assert/strict'
import { findAct } from '#src/acts.ts'
import { addDays } from '#kernel/calendar.ts'
import { findBearer, findLineage } from '#kernel/standing.ts'
import type { As, World } from './world.ts'

/** The steps of a project in their order, each with how many days after the proposal a well-run county takes it. */
const steps = {
  propose: 0,
  argue: 5,
  notice: 6,
  admit: 17,
  assign: 20,
  start: 30,
  report: 60,
  accept: 65,
  'hand-over': 70,
} as const
export type WalkStep = keyof typeof steps
const order = Object.keys(steps) as WalkStep[]

/** Where each step leaves a project that goes well; `reported` is under way with all its work reported done. */
const stepOf = {
  proposed: 'propose',
  argued: 'argue',
  noticed: 'notice',
  admitted: 'admit',
  assigned: 'assign',
  started: 'start',
  reported: 'report',
  accepted: 'accept',
  'handed-over': 'hand-over',
} as const satisfies Record<string, WalkStep>
export type WalkState = keyof typeof stepOf

/** A proposal with all eleven fields. */
export const wholeDraft = {
  code: 'P001',
  name: '青石村食用菌大棚',
  kind: 'industry',
  nature: 'new',
  place: '青石村',
  startsOn: '2017-02-01',
  endsOn: '2017-11-30',
  responsible: '县农业局',
  task: '新建食用菌大棚二十座',
  amount: '1000000',
  financing: '财政专项扶贫资金',
  households: 60,
  persons: 210,
  target: '带动60户贫困户户均年增收3000元',
  mechanism: '贫困户以土地入股并优先务工',
  proposedBy: '青石村',
  townshipOpinion: '同意申报',
}

/** Two milestones of two fifths and three fifths of the work, due a month and three months after the start. */
export const twoMilestones = (startedOn: string) => [
  { name: '大棚主体完工', due: addDays(startedOn, 30), share: 40 },
  { name: '投产', due: addDays(startedOn, 90), share: 60 },
]

export type WalkOptions = {
  /** What the proposal says otherwise than `wholeDraft`; its code tells projects of one county apart. */
  readonly draft?: Readonly<Record<string, unknown>>
  /** The day of the proposal; by default 4 January 2017. */
  readonly from?: string
}

/** Takes projects of a small country along their way, each step by the seat whose duty the charter says it is. */
export class ProjectWalk {
  readonly #world: World
  constructor(world: World) {
    this.#world = world
  }

  /**
   * The seat that takes a step for a county. Whoever judges is somebody else than whoever did what is judged: in a small charter, where
   * both duties lie with the same posts, it is the second of them.
   */
  async seat(step: WalkStep | 'withdraw', county: string, on: string): Promise<As> {
    const { charter, db } = this.#world
    const lineage = await findLineage(db, this.#world.unit(county), on)
    const bearerOf = (each: string) => {
      const duty = charter.findDuty(actOf(each).duty, on)
      const bearer = duty && lineage && findBearer(charter, duty, lineage)
      assert.ok(bearer, `Nobody holds project.${each} over ${county} on ${on}.`)
      return bearer
    }
    const { unit, posts } = bearerOf(step)
    const before = { argue: 'propose', admit: 'argue', accept: 'start' }[step as string]
    const taken = before && bearerOf(before).posts[0]
    return [unit.name.en, posts.find((post) => post !== taken) ?? posts[0]]
  }

  /** The input of a step for some projects of a county. */
  input(step: WalkStep | 'withdraw', county: string, projects: readonly string[], assigner: string, on: string) {
    const unit = this.#world.unit(county)
    const inputs: Record<typeof step, Record<string, unknown>> = {
      propose: { unit, projects: [wholeDraft] },
      argue: { unit, projects, outcome: 'pass' },
      notice: { unit, projects },
      admit: { unit, projects, outcome: 'pass' },
      assign: {
        unit: this.#world.unit(assigner),
        document: '青扶组〔2017〕1号',
        projects: projects.map((project) => ({ unit, project, tasks: '按期建成并投产', indicator: '带动贫困户60户' })),
      },
      start: { unit, projects: projects.map((project) => ({ project, milestones: twoMilestones(on) })) },
      report: {
        unit,
        reports: projects.flatMap((project) =>
          [1, 2].map((milestone) => ({ project, milestone, done: 100, evidence: '现场照片和验工单' })),
        ),
      },
      accept: { unit, projects, outcome: 'pass', findings: '现场查验，质量合格' },
      'hand-over': { unit, projects, to: '青石村村委会', upkeep: '由村集体管护，收益的一成作管护费' },
      withdraw: { unit, projects, reason: '选址不具备实施条件' },
    }
    return inputs[step]
  }

  /** Takes one step for some projects of a county, on a day. */
  async does(
    step: WalkStep | 'withdraw',
    county: string,
    projects: readonly string[],
    on: string,
    more: Readonly<Record<string, unknown>> = {},
    as?: As,
  ) {
    const seat = as ?? (await this.seat(step, county, on))
    return this.#world.done(
      actOf(step),
      { ...this.input(step, county, projects, seat[0], on), ...more },
      { as: seat, on },
    )
  }

  /** The codes for which a step is refused. */
  async refused(
    step: WalkStep | 'withdraw',
    county: string,
    projects: readonly string[],
    on: string,
    more: Readonly<Record<string, unknown>> = {},
    as?: As,
  ): Promise<string[]> {
    const seat = as ?? (await this.seat(step, county, on))
    return this.#world.codes(
      actOf(step),
      { ...this.input(step, county, projects, seat[0], on), ...more },
      { as: seat, on },
    )
  }

  /** Proposes a project of a county and takes it on until it stands somewhere; gives its id. */
  async to(state: WalkState, county: string, { draft = {}, from = '2017-01-04' }: WalkOptions = {}): Promise<string> {
    const { projects } = await this.does('propose', county, [], from, { projects: [{ ...wholeDraft, ...draft }] })
    const id: string = projects[0].id
    await this.on(id, county, { after: 'propose', until: stepOf[state], from })
    return id
  }

  /** Takes a project on from one step to another, on the usual days after its proposal. */
  async on(
    project: string,
    county: string,
    { after, until, from = '2017-01-04' }: { after: WalkStep; until: WalkStep; from?: string },
  ) {
    for (const step of order.slice(order.indexOf(after) + 1, order.indexOf(until) + 1))
      await this.does(step, county, [project], this.dayOf(step, from))
  }

  dayOf = (step: WalkStep, from = '2017-01-04'): string => addDays(from, steps[step])
}

export const projectWalk = (world: World) => new ProjectWalk(world)

export function actOf(step: string) {
  const act = findAct(`project.${step}`)
  assert.ok(act, `There is no act «project.${step}».`)
  return act
}
