import { createHash } from 'node:crypto'
import { z } from 'zod'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { canonical } from '#kernel/canonical.ts'
import { findLineage } from '#kernel/standing.ts'
import { type Text, UnitId } from '#kernel/words.ts'
import { type Heard, Occupied, type Run, Runs } from '#src/optimiser/index.ts'
import { type PlanFacts, readPlanFacts, teamLaw } from './plan-facts.ts'
import type { Problem } from './plan-model.ts'
import { type Shown, showPlan } from './plan-show.ts'
import { indexOf } from './plan-tell.ts'
import { rulesOf, Wishes, wishesAreYours, wishesOf } from './plan-wishes.ts'
import type { Plan, Task } from './plan-work.ts'

/** Searching takes a processor for seconds; others have to be served meanwhile. */
const AT_ONCE = 2
/** What a search may take, and how far from the best it may stop. Told with every plan. */
export const searchLimits = { msMax: 10_000, gap: 0.005, nodesMax: 5_000, seed: 0 } as const
/** More than this is no county's, and more than the solver is given. */
const PAIRS_MAX = 400_000

/** The searches under way in this process, one for each county, and the last plan of each. */
const runs = new Runs<Plan>(AT_ONCE)

/** Stops a county's search; says whether there was one. */
export const cancelPlan = (unit: string): boolean => runs.cancel(unit)
/** Stops every search, as when the program ends. */
export const stopPlans = () => runs.stop()

/** How a plan stands: computed, being computed, or why there is none. */
type Standing =
  | { readonly state: 'nothing'; readonly sentence: Text }
  | { readonly state: 'computing'; readonly ms: number; readonly progress: Heard | null }
  | { readonly state: 'occupied'; readonly sentence: Text }
  | { readonly state: 'failed'; readonly why: string; readonly sentence: Text }
  | ({ readonly state: 'ready'; readonly ms: number; readonly fill: Fill | null } & Shown)
type Fill = { readonly act: string; readonly input: object }

const PlanInput = z.object({
  unit: UnitId,
  ...Wishes,
  left_out: z
    .array(z.uuid())
    .max(1000)
    .default([])
    .meta({ label: { zh: '不采纳的变动', en: 'Changes left out' }, widget: 'hidden' }),
  /** Which act the answer fills in. */
  act: z
    .enum(['decide', 'reject'])
    .default('decide')
    .meta({ label: { zh: '办理', en: 'Act' }, widget: 'hidden' }),
  wait_s: z
    .int()
    .min(0)
    .max(20)
    .default(20)
    .meta({ label: { zh: '等候秒数', en: 'Seconds to wait' }, widget: 'count' }),
})
type PlanInput = z.output<typeof PlanInput>

/** A deployment of a county's teams and people, proposed beside the one that stands. Nothing is changed by asking. */
export const planDeployment = ask({
  name: 'deployment.plan',
  title: { zh: '人力调配方案', en: 'Plan of deployment' },
  purpose: {
    zh: '按所设权重为本县工作队和人员求一个调配方案，与现状逐项比较，说明每项变动的理由和代价；不能满足时指出是哪项需要或限制所致。只计算，不改变任何安排；由人决定。',
    en: 'Computes a deployment of the county’s teams and people by one’s own weights, beside the present one: what changes, why and at what cost; and where it cannot be, which need or limit is to blame. It changes nothing; a person decides.',
  },
  access: 'seated',
  input: PlanInput,
  async answer(reader, input) {
    const lineage = await findLineage(reader.db, input.unit, reader.on)
    if (!lineage) throw new NotFound({ zh: '当日没有这个单位。', en: 'There was no such unit that day.' })
    const codes = lineage.map((unit) => unit.code)
    const law = teamLaw((id) => reader.charter.getParameter(id, reader.on, codes))
    const facts = await readPlanFacts(reader.db, input.unit, reader.on, law)
    const wishes = wishesOf(input)
    const problem: Problem = {
      on: facts.on,
      villages: facts.villages,
      movers: facts.movers,
      rules: rulesOf(wishes, law),
    }
    return {
      unit: lineage[0],
      on: reader.on,
      digest: facts.digest,
      wishes,
      law,
      notOfficial: wishesAreYours,
      limits: searchLimits,
      counts: countsOf(facts),
      // As of an earlier day a plan is computed like any other; decided upon is only today's.
      ...(await standingOf(reader, problem, facts, wishes, input)),
    }
  },
})

const countsOf = ({ villages, movers }: PlanFacts) => ({
  villages: villages.length,
  teams: movers.filter((mover) => mover.isTeam).length,
  alone: movers.filter((mover) => !mover.isTeam).length,
})

async function standingOf(
  reader: Reader,
  problem: Problem,
  facts: PlanFacts,
  wishes: Wishes,
  input: PlanInput,
): Promise<Standing> {
  const { villages, movers } = problem
  if (villages.length === 0 || movers.length === 0) return { state: 'nothing', sentence: sentences.nothing }
  if (villages.length * movers.length > PAIRS_MAX) return { state: 'nothing', sentence: sentences.tooLarge }
  const task: Task = { problem, limits: searchLimits }
  const digest = createHash('sha256').update(canonical(task)).digest('hex')
  let run: Run<Plan>
  try {
    const module = new URL('./plan-work.ts', import.meta.url)
    run = runs.ask(input.unit, digest, { module, input: task, msMax: searchLimits.msMax })
  } catch (error) {
    if (!(error instanceof Occupied)) throw error
    return { state: 'occupied', sentence: error.by === 'same' ? sentences.occupied : sentences.othersFirst }
  }
  const ended = await within(run, input.wait_s * 1000)
  if (!ended) return { state: 'computing', ms: run.ms, progress: run.progress }
  if (ended.state === 'failed') {
    runs.told(input.unit)
    return { state: 'failed', why: ended.why, sentence: failures[ended.why] }
  }
  const index = indexOf(problem, await skillNames(reader))
  const shown = showPlan(problem, ended.result, index, new Set(input.left_out))
  const isToday = reader.on === reader.today
  return { state: 'ready', ms: run.ms, ...shown, fill: isToday ? fillOf(input, facts, wishes, shown) : null }
}

/** The act that would do what was proposed, filled in; a person signs it, changes it, or does not. */
function fillOf({ unit, act }: PlanInput, { digest }: PlanFacts, wishes: Wishes, { changes }: Shown): Fill | null {
  if (changes.length === 0) return null
  const rows = changes.map(({ id, isTeam, to, isAccepted }) => ({
    ...(isTeam ? { team: id } : { worker: id }),
    ...(to && { to: to.id }),
    accepted: isAccepted,
  }))
  return { act: `deployment.${act}`, input: { unit, facts: digest, wishes, rows } }
}

/** How the run ended, if it did within some time. */
async function within(run: Run<Plan>, ms: number) {
  const clock = Promise.withResolvers<undefined>()
  const timer = setTimeout(() => clock.resolve(undefined), ms)
  try {
    return await Promise.race([run.ended, clock.promise])
  } finally {
    clearTimeout(timer)
  }
}

async function skillNames({ db }: Reader): Promise<ReadonlyMap<string, Text>> {
  const rows = await db.selectFrom('labour_skill').select(['id', 'zh', 'en']).execute()
  return new Map(rows.map(({ id, zh, en }) => [id, { zh, en }]))
}

const sentences = {
  nothing: {
    zh: '没有可调配的：本县当日没有登记村的需要，或没有可选派的人员。',
    en: 'There is nothing to plan: no village’s needs, or nobody who can be sent, were registered that day.',
  },
  tooLarge: {
    zh: '规模超出一次计算的上限。',
    en: 'There is more than one search takes in.',
  },
  occupied: {
    zh: '本县正在按另一组条件计算；等它结束，或取消后再算。',
    en: 'Another plan of this county is being computed. Wait for it, or cancel it and try again.',
  },
  othersFirst: {
    zh: '其他县正在计算，请稍后再试。',
    en: 'Plans of other counties are being computed; try again in a moment.',
  },
} as const satisfies Record<string, Text>

const failures = {
  cancelled: { zh: '计算已取消，没有任何改变。', en: 'The search was cancelled; nothing was changed.' },
  'out-of-time': {
    zh: '计算超时，已被中止，没有任何改变。可减少限制或缩小范围后再算。',
    en: 'The search ran out of time and was cut off; nothing was changed. Try again with fewer limits.',
  },
  crashed: {
    zh: '计算线程意外终止，没有任何改变，系统其他部分不受影响。可再算一次。',
    en: 'The search’s thread ended unexpectedly. Nothing was changed, and nothing else is affected. Try again.',
  },
} as const satisfies Record<string, Text>
