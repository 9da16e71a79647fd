import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { renameUnit } from '#features/units/index.ts'
import { Lane, Queue, runLanes } from './lanes.ts'
import type { Step } from './step.ts'

const laneOf = ({ by }: Step) => (typeof by === 'string' ? undefined : by.unit)
const step = (lane: string | undefined, day: number, turn: number, n: number): Step => ({
  on: `2016-01-${String(day).padStart(2, '0')}`,
  turn,
  key: `${lane} ${day} ${turn} ${n}`,
  act: renameUnit,
  by: lane === undefined ? 'mechanism' : { unit: lane, posts: [] },
  input: {},
})
const plans = fc
  .array(
    fc.record({
      lane: fc.constantFrom('north', 'south', 'west', undefined),
      day: fc.integer({ min: 1, max: 9 }),
      turn: fc.integer({ min: 1, max: 2 }),
    }),
    { maxLength: 40 },
  )
  .map((each) => each.map(({ lane, day, turn }, n) => step(lane, day, turn, n)))

const comesBefore = (a: Step, b: Step) => a.on < b.on || (a.on === b.on && a.turn < b.turn)

describe('The lanes of history', () => {
  it('Steps of one lane, and those that everybody waits for, never begin before what comes before them has ended', async () => {
    await fc.assert(
      fc.asyncProperty(plans, fc.integer({ min: 1, max: 5 }), async (plan, atOnce) => {
        const begun: Step[] = []
        const ended = new Set<Step>()
        const run = async (each: Step) => {
          const waitsFor = plan.filter(
            (other) =>
              comesBefore(other, each) &&
              (laneOf(other) === laneOf(each) || laneOf(other) === undefined || laneOf(each) === undefined),
          )
          assert.deepEqual(
            waitsFor.filter((other) => !ended.has(other)),
            [],
          )
          begun.push(each)
          await Promise.resolve()
          ended.add(each)
        }
        const queue = new Queue(plan)
        while (queue.size > 0) {
          const { lanes, common } = queue.take(laneOf)
          await runLanes(lanes, atOnce, run)
          await runLanes([new Lane(common)], atOnce, run)
        }
        assert.deepEqual(new Set(begun), new Set(plan))
        assert.equal(begun.length, plan.length)
      }),
      { numRuns: 200 },
    )
  })

  it('A step that fails stops all lanes, and its failure is told', async () => {
    const queue = new Queue([step('north', 1, 1, 1), step('north', 2, 1, 2), step('south', 3, 1, 3)])
    const begun: string[] = []
    const { lanes } = queue.take(laneOf)
    await assert.rejects(
      runLanes(lanes, 1, (each) => {
        begun.push(each.key)
        return Promise.reject(new Error(`no ${each.key}`))
      }),
      /no north 1 1 1/,
    )
    assert.deepEqual(begun, ['north 1 1 1'])
  })
})
