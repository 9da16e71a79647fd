import { parseArgs } from 'node:util'
import { gates, type Gate, type Outcome } from './check/gates.ts'
import { stopTestServer } from './test-pg-stop.ts'

/**
 * The whole truth about the tree, as `npm test` tells it: every gate runs, so that one sees all failures at once.
 * `--only format,lint` runs some; `--fix` lets those that can mend what they find.
 */
const { values } = parseArgs({ options: { only: { type: 'string' }, fix: { type: 'boolean', default: false } } })
const wanted = values.only?.split(',')
const unknown = wanted?.filter((name) => !gates.some((gate) => gate.name === name)) ?? []
if (unknown.length > 0) {
  console.error(`No gate ${unknown.join(', ')}; there are ${gates.map((gate) => gate.name).join(', ')}.`)
  process.exit(2)
}

/** How many gates run beside each other. */
const LANES = 2
const start = performance.now()
const failed: string[] = []
const tests = { passed: 0, failed: 0 }
const all = gates.filter(({ name }) => !wanted || wanted.includes(name))
// Those that mend files do it one after the other; those that take longest wait for the database or the browser in turn.
await passAll(
  all.filter(({ last }) => !last),
  values.fix ? 1 : LANES,
)
await passAll(
  all.filter(({ last }) => last),
  LANES,
)
await stopTestServer()

const minutes = ((performance.now() - start) / 60_000).toFixed(1)
console.log(failed.length > 0 ? `\n${minutes} min · FAILED: ${failed.join(', ')}` : `\n${minutes} min · every gate ok`)
console.log(`${tests.passed} passed, ${tests.failed} failed`)
process.exitCode = failed.length > 0 ? 1 : 0

async function passAll(waiting: Gate[], lanes: number) {
  const lane = async () => {
    for (let gate = waiting.shift(); gate; gate = waiting.shift()) if (!(await pass(gate))) failed.push(gate.name)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

async function pass(gate: Gate): Promise<boolean> {
  const idle = gate.idle?.()
  if (idle) {
    console.log(`${gate.name} · idle: ${idle}`)
    return true
  }
  const begun = performance.now()
  const outcome = await gate.run(values.fix)
  tests.passed += outcome.tests?.passed ?? 0
  tests.failed += outcome.tests?.failed ?? 0
  // A gate that saw nothing guards nothing.
  const ok = outcome.ok && outcome.files > 0
  console.log(line(gate, outcome, ok, (performance.now() - begun) / 1000))
  if (outcome.slowest && outcome.slowest.length > 0) console.log(`  slowest: ${outcome.slowest.join(' · ')}`)
  if (!ok) console.log(outcome.files > 0 ? outcome.report.trim() : `It saw no file.\n${outcome.report.trim()}`)
  return ok
}

function line(gate: Gate, { files, tests: counts }: Outcome, ok: boolean, seconds: number): string {
  const sentences = counts ? [`${counts.passed} passed, ${counts.failed} failed`] : []
  return [gate.name, `${files} files`, ...sentences, `${seconds.toFixed(1)} s`, ok ? 'ok' : 'FAILED'].join(' · ')
}
