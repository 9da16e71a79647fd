import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import fc from 'fast-check'
import { openSolver, type Solver } from '#src/optimiser/index.ts'
import { madeUpProblem } from '#test/labour-problem.ts'
import {
  type Assignment,
  type Model,
  modelOf,
  NOWHERE,
  type Parts,
  partsOf,
  type Problem,
  sizeOf,
  sum,
} from './plan-model.ts'
import { capacitiesOf } from './plan-program.ts'
import { type Plan, work } from './plan-work.ts'

const GAP = 0.005
const limits = { msMax: 20_000, gap: GAP, nodesMax: 5_000, seed: 0 }

let solver: Solver
const plan = (problem: Problem): Plan =>
  work({ problem, limits }, { solver, heard: () => undefined, isStopped: () => false })

/** Whether everybody may be where they are put: said once more, without the program. */
function isAllowed(model: Model, assignment: Assignment): boolean {
  const { movers, present, fixed, problem } = model
  const capacity = capacitiesOf(model)
  if ([...fixed].some((mover) => assignment[mover] !== present[mover])) return false
  const { movedMax } = problem.rules
  if (movedMax !== null && partsOf(model, assignment).moved > movedMax) return false
  return model.villages.every((_, village) => {
    const placed = movers.flatMap((_mover, mover) => (assignment[mover] === village ? [mover] : []))
    const able = placed.filter((mover) => model.broken(mover, village).length === 0)
    if (placed.some((mover) => present[mover] !== village && !able.includes(mover))) return false
    const teams = placed.filter((mover) => movers[mover]!.isTeam)
    if (teams.length > 1 || (teams.length === 1 && placed.length > 1)) return false
    if (teams.length === 1) return true
    const isFormed = able.length >= problem.rules.teamPeopleMin
    return isFormed ? able.length <= capacity[village]! : placed.every((mover) => present[mover] === village)
  })
}

/** Every allowed deployment, weighed one by one. */
function bruteForce(problem: Problem, mustWeight: number | null = null): Parts | undefined {
  const model = modelOf(problem)
  const assignment = model.movers.map(() => NOWHERE)
  let best: Parts | undefined
  const isMet = () =>
    mustWeight === null ||
    model.villages.every((village, at) => {
      const able = model.movers.filter((_, mover) => assignment[mover] === at && model.broken(mover, at).length === 0)
      return village.weight < mustWeight || sum(able.map(sizeOf)) >= problem.rules.teamPeopleMin
    })
  const visit = (mover: number) => {
    if (mover === model.movers.length) {
      if (!isAllowed(model, assignment) || !isMet()) return
      const parts = partsOf(model, assignment)
      if (!best || parts.worth > best.worth) best = parts
      return
    }
    for (let village = NOWHERE; village < model.villages.length; village += 1) {
      assignment[mover] = village
      visit(mover + 1)
    }
  }
  visit(0)
  return best
}

const small = fc.record({
  seed: fc.integer({ min: 1, max: 100_000 }).map(String),
  teams: fc.integer({ min: 0, max: 3 }),
  free: fc.integer({ min: 0, max: 4 }),
  villages: fc.integer({ min: 1, max: 3 }),
})
const rules = fc.record({
  kmMax: fc.option(fc.integer({ min: 10, max: 90 }), { nil: null }),
  movedMax: fc.option(fc.integer({ min: 0, max: 8 }), { nil: null }),
  mustWeight: fc.option(fc.integer({ min: 3, max: 10 }), { nil: null }),
})

describe('A deployment that the optimiser proposes', () => {
  before(async () => {
    solver = await openSolver()
  })

  it('It is what trying everything finds, within the gap that is told, and its bound is never below it', () => {
    fc.assert(
      fc.property(small, fc.boolean(), ({ seed, ...size }, isNarrow) => {
        const problem = madeUpProblem(seed, { ...size, kmWide: 60, townships: 2 }, isNarrow ? { kmMax: 30 } : {})
        const found = plan(problem)
        const best = bruteForce(problem)!
        assert.ok(found.proposal.worth <= best.worth, `${found.proposal.worth} is more than there is: ${best.worth}`)
        assert.ok(
          found.proposal.worth >= best.worth - GAP * Math.abs(best.worth) - 1e-6,
          `${found.proposal.worth} < ${best.worth}`,
        )
        assert.ok(found.search.bound! >= best.worth - 1e-3, `the bound ${found.search.bound} is below ${best.worth}`)
      }),
      { seed: 4, numRuns: 40 },
    )
  })

  it('It is never worse than what a clerk finds village by village, nor than leaving everything as it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (seed) => {
        const { proposal, clerk, present, search } = plan(
          madeUpProblem(String(seed), { teams: 12, free: 9, villages: 20 }),
        )
        assert.ok(proposal.worth >= clerk.worth && proposal.worth >= present.worth)
        assert.ok(search.bound! >= proposal.worth)
      }),
      { seed: 4, numRuns: 4 },
    )
  })

  it('What must be is there, or what stands in the way is named: and then trying everything finds no way either', () => {
    let [possible, impossible] = [0, 0]
    fc.assert(
      fc.property(small, rules, ({ seed, ...size }, wishes) => {
        const problem = madeUpProblem(seed, { ...size, kmWide: 60, townships: 2 }, wishes)
        const { blames, isLeast, proposal } = plan(problem)
        const best = bruteForce(problem, wishes.mustWeight)
        assert.equal(blames.length === 0, best !== undefined, JSON.stringify(blames))
        assert.ok(isLeast)
        if (best) {
          possible += 1
          assert.ok(proposal.worth >= best.worth - GAP * Math.abs(best.worth) - 1e-6 && proposal.worth <= best.worth)
        } else impossible += 1
      }),
      { seed: 4, numRuns: 40 },
    )
    assert.ok(possible > 5 && impossible > 5, `${possible} possible, ${impossible} not`)
  })

  it('The same facts give the same plan, whatever the order in which they were read', () => {
    const problem = madeUpProblem('order', { teams: 15, free: 6, villages: 25 })
    const turned = { ...problem, movers: problem.movers.toReversed(), villages: problem.villages.toReversed() }
    const [one, other] = [plan(problem), plan(turned)]
    assert.deepEqual(other.changes, one.changes)
    assert.deepEqual(other.proposal, one.proposal)
  })

  it('What pruning leaves out is priced: the bound holds for every pair, though a fraction of them is searched', () => {
    const { search } = plan(madeUpProblem('pruned', { teams: 60, free: 0, villages: 90 }))
    assert.ok(search.arcs < search.arcsAll / 2, `${search.arcs} of ${search.arcsAll}`)
    assert.ok(search.isWithinGap && search.gap! <= GAP)
  })

  it('A team that somebody holds stays, however badly it fits; a village that must be served and cannot be says why', () => {
    const problem = madeUpProblem('held', { teams: 4, free: 0, villages: 4, kmWide: 60 })
    const held = problem.movers[0]!.id
    assert.ok(
      plan({ ...problem, rules: { ...problem.rules, fixed: [held] } }).changes.every(({ mover }) => mover !== held),
    )
    const lonely = { ...problem, movers: problem.movers.slice(0, 2), rules: { ...problem.rules, mustWeight: 0 } }
    const { blames, proposal } = plan(lonely)
    assert.equal(blames.filter(({ limit }) => limit === 'people').length, 2)
    assert.equal(proposal.served, 2)
  })
})
