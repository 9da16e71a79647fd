import { greedy, nobodyPlaced } from '#features/labour/plan-greedy.ts'
import { modelOf, partsOf, type Problem } from '#features/labour/plan-model.ts'
import type { Plan, Task } from '#features/labour/plan-work.ts'
import { type Ended, Runs } from '#src/optimiser/index.ts'
import { madeUpProblem } from '#test/labour-problem.ts'
import { report } from './world.ts'

const LIMIT_MS = 10_000
const GAP = 0.005
const SEEDS = ['one', 'two', 'three']
const limits = { msMax: LIMIT_MS, gap: GAP, nodesMax: 5_000, seed: 0 }
const module = new URL('../src/features/labour/plan-work.ts', import.meta.url)

/** A county's plan as the server makes it: in a thread of its own, from its start to what it found. Meanwhile the server must go on. */
async function planned(name: string, problem: Problem) {
  const runs = new Runs<Plan>(1)
  const input: Task = { problem, limits }
  const begun = performance.now()
  let [last, held] = [begun, 0]
  const clock = setInterval(() => {
    const now = performance.now()
    held = Math.max(held, now - last)
    last = now
  }, 5)
  const ended: Ended<Plan> = await runs.ask(name, name, { module, input, msMax: LIMIT_MS }).ended
  clearInterval(clock)
  if (ended.state === 'failed') throw new Error(`${name}: ${ended.why} ${ended.message}`)
  return { plan: ended.result, ms: performance.now() - begun, held }
}

/** The peer: a clerk who goes village by village from the heaviest. */
function clerk(problem: Problem) {
  const begun = performance.now()
  const model = modelOf(problem)
  const { worth } = partsOf(model, greedy(model, nobodyPlaced(model)))
  return { worth, ms: performance.now() - begun }
}

const share = (value: number) => `${(value * 100).toFixed(2)} %`
const size = { teams: 300, free: 0, villages: 400 }
const found: { ms: number; gap: number; gain: number; held: number; clerkMs: number }[] = []
for (const seed of SEEDS) {
  const problem = madeUpProblem(seed, size)
  const { plan, ms, held } = await planned(seed, problem)
  const peer = clerk(problem)
  found.push({ ms, gap: plan.search.gap ?? 1, gain: plan.proposal.worth / peer.worth, held, clerkMs: peer.ms })
}
const slowest = Math.max(...found.map(({ ms }) => ms))
const widest = Math.max(...found.map(({ gap }) => gap))
const least = Math.min(...found.map(({ gain }) => gain))
const longest = Math.max(...found.map(({ held }) => held))
report({
  claim: '300 teams × 400 villages planned within 10 s, every pair priced',
  measured: `slowest of ${SEEDS.length} ${(slowest / 1000).toFixed(1)} s, widest gap ${share(widest)}; the server held up for at most ${longest.toFixed(0)} ms`,
  against: `limit ${LIMIT_MS / 1000} s and gap ${share(GAP)}`,
  ratio: slowest / LIMIT_MS,
  isMet: slowest < LIMIT_MS && widest <= GAP,
})
report({
  claim: 'The plan is worth more than a clerk’s, who goes village by village',
  measured: `at least ${least.toFixed(3)} times as much (the gap to the best is ${share(widest)})`,
  against: `the clerk in ${Math.max(...found.map(({ clerkMs }) => clerkMs)).toFixed(0)} ms`,
  ratio: 1 / least,
  isMet: least > 1,
})

const limited = madeUpProblem('limited', size, { mustWeight: 8, movedMax: 600, kmMax: 100 })
const under = await planned('limited', limited)
report({
  claim: 'The same with limits on moves and ways, and villages that must be served: planned or blamed within 10 s',
  measured: `${(under.ms / 1000).toFixed(1)} s, gap ${share(under.plan.search.gap ?? 1)}, ${under.plan.blames.length} to blame${under.plan.isLeast ? '' : ' (a shorter list may exist)'}`,
  against: `limit ${LIMIT_MS / 1000} s`,
  ratio: under.ms / LIMIT_MS,
  isMet: under.ms < LIMIT_MS,
})

const mixed = await planned('mixed', madeUpProblem('mixed', { teams: 60, free: 40, villages: 90 }))
report({
  claim: 'A county of 60 teams, 40 people who are free and 90 villages: people form teams, too',
  measured: `${(mixed.ms / 1000).toFixed(1)} s, gap ${share(mixed.plan.search.gap ?? 1)}`,
  against: `limit ${LIMIT_MS / 1000} s and gap 5 %`,
  ratio: mixed.ms / LIMIT_MS,
  isMet: mixed.ms < LIMIT_MS + 1_000 && (mixed.plan.search.gap ?? 1) <= 0.05,
})
