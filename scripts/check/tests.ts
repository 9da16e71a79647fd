import { globSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { run } from 'node:test'
import { inspect } from 'node:util'
import { testRun } from '#test/pg.ts'
import type { Outcome } from './gates.ts'

const testMsMax = 300_000
const SLOWEST_TOLD = 8
const TOGETHER_MAX = 10
const together = join(import.meta.dirname, 'together.ts')
const longest = ['src/history/replay.test.ts', 'src/cli/main.test.ts', 'test/e2e/pages.test.ts']

/** What several files must not share a process with: hooks around everything, the process itself, or clocks that are turned. */
const wantsItsOwn = /^(before|after)(Each)?\(|process\.(env\[|chdir|on\()|mock\.|node:child_process/m

/** What was told of the tests so far. */
type Told = {
  readonly root: string
  readonly failures: { file: string; text: string; crashed: boolean }[]
  /** What each process said on its error output, by its first file. */
  readonly said: Map<string, string>
  readonly seconds: Map<string, number>
  passed: number
  failed: number
}

/** Runs test files, short ones several to a process, and tells of every failure by its file and its sentence. */
export async function runTests(
  root: string,
  globs: string[],
  exclude: string[],
  concurrency: number,
): Promise<Outcome> {
  const found = globSync(globs, { cwd: root, exclude: [...exclude, 'node_modules/**'] }).sort()
  // Every process reads the same program: what one has compiled serves the next.
  process.env['NODE_COMPILE_CACHE'] ??= join(root, '.cache/compiled')
  process.env[testRun] ??= `${process.pid}_${Date.now()}`
  const told: Told = { root, failures: [], said: new Map(), seconds: new Map(), passed: 0, failed: 0 }
  const waiting = processesOf(root, found)
  const worker = async () => {
    for (let files = waiting.shift(); files; files = waiting.shift()) await runProcess(files, told)
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  // A file of which nothing was heard was not tested, whatever its process says.
  const unheard = found.filter((file) => !told.seconds.has(file))
  const report = [
    ...told.failures.map(({ file, text, crashed }) => (crashed ? text + (told.said.get(file) ?? '') : text)),
    ...unheard.map((file) => `✖ ${file}: no test of it ran`),
  ]
  const slowest = [...told.seconds].toSorted(([, a], [, b]) => b - a).slice(0, SLOWEST_TOLD)
  return {
    files: found.length - unheard.length,
    ok: report.length === 0 && told.failed === 0,
    report: report.join('\n'),
    tests: { passed: told.passed, failed: told.failed },
    slowest: slowest.map(([file, seconds]) => `${file} ${seconds.toFixed(1)} s`),
  }
}

/** Which files share a process. What takes longest begins first, so that all ends together. */
function processesOf(root: string, found: readonly string[]): string[][] {
  const isAlone = (file: string) =>
    longest.includes(file) || wantsItsOwn.test(readFileSync(join(root, file), 'utf8')) || file.includes('/e2e/')
  const alone = found.filter(isAlone).toSorted((a, b) => rank(a) - rank(b))
  const shared = found.filter((file) => !isAlone(file))
  const size = Math.ceil(shared.length / Math.ceil(shared.length / TOGETHER_MAX))
  const groups = Array.from({ length: Math.ceil(shared.length / size) }, (_, at) =>
    shared.slice(at * size, (at + 1) * size),
  )
  return [...alone.map((file) => [file]), ...groups]
}

const rank = (file: string) => (longest.includes(file) ? longest.indexOf(file) : longest.length)

async function runProcess(files: readonly string[], told: Told) {
  const { root } = told
  const [first = ''] = files
  const what = files.length === 1 ? { files: [first] } : { files: [together], argv: [...files] }
  const stream = run({ ...what, cwd: root, concurrency: 1, timeout: testMsMax })
  const nameOf = (file: string | undefined) => relative(root, resolve(root, file ?? ''))
  stream.on('test:stderr', ({ message }) => told.said.set(first, (told.said.get(first) ?? '') + message))
  stream.on('test:fail', ({ name, file, details }) => {
    const error: Error & { failureType?: string } = details.error
    // A parent fails because its children do; they have told it already.
    if (error.failureType === 'subtestsFailed') return
    // Why a whole process fell over, it says on its error output, which comes after the event.
    const crashed = name.endsWith('.ts')
    const where = crashed ? first : nameOf(file)
    const text = `✖ ${crashed ? files.join(', ') : `${where}: ${name}`}\n${inspect(error.cause ?? error)}\n`
    told.failures.push({ file: where, text, crashed })
  })
  const hear = ({ file, nesting, details }: { file?: string; nesting: number; details: { duration_ms: number } }) => {
    if (nesting !== 0) return
    const name = nameOf(file)
    told.seconds.set(name, (told.seconds.get(name) ?? 0) + details.duration_ms / 1000)
  }
  stream.on('test:pass', hear)
  stream.on('test:fail', hear)
  stream.on('test:summary', ({ file, counts }) => {
    if (file) return
    told.passed += counts.passed
    told.failed += counts.tests - counts.passed - counts.skipped - counts.todo
  })
  // The stream must be read for the tests to go on.
  for await (const event of stream) void event
}
