import { globSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { run } from 'node:test'
import { inspect } from 'node:util'
import { testRun } from '#test/pg.ts'
import type { Outcome } from './gates.ts'

const testMsMax = 300_000
const SLOWEST_TOLD = 8
const longest = ['src/history/replay.test.ts', 'src/cli/main.test.ts']

/** Runs test files, each in a process of its own, and tells of every failure by its file and its sentence. */
export async function runTests(
  root: string,
  globs: string[],
  exclude: string[],
  concurrency: number,
): Promise<Outcome> {
  const found = globSync(globs, { cwd: root, exclude: [...exclude, 'node_modules/**'] }).sort()
  // What takes longest begins first, so that all ends together.
  const files = [...longest.filter((file) => found.includes(file)), ...found.filter((file) => !longest.includes(file))]
  const failures: { file: string; text: string; crashed: boolean }[] = []
  const said = new Map<string, string>()
  let counts = { passed: 0, failed: 0 }
  // Without files the runner would look for some of its own.
  if (files.length === 0) return { files: 0, ok: false, report: `No file matches ${globs.join(' ')}`, tests: counts }
  // Every file is a process of its own and reads the same program: what one has compiled serves the next.
  process.env['NODE_COMPILE_CACHE'] ??= join(root, '.cache/compiled')
  process.env[testRun] ??= `${process.pid}_${Date.now()}`
  const stream = run({ files, cwd: root, concurrency, timeout: testMsMax })
  stream.on('test:stderr', ({ file, message }) => {
    // The runner names the file as it was given here, and by its whole path when the test fails.
    const path = resolve(root, file)
    said.set(path, (said.get(path) ?? '') + message)
  })
  stream.on('test:fail', ({ name, file = '', details }) => {
    const error: Error & { failureType?: string } = details.error
    // A parent fails because its children do; they have told it already.
    if (error.failureType === 'subtestsFailed') return
    const text = `✖ ${relative(root, file)}: ${name}\n${inspect(error.cause ?? error)}\n`
    failures.push({ file, text, crashed: name.endsWith('.test.ts') })
  })
  const times: { file: string; seconds: number }[] = []
  stream.on('test:summary', ({ file, counts: all, duration_ms: ms }) => {
    if (file) times.push({ file: relative(root, file), seconds: ms / 1000 })
    else counts = { passed: all.passed, failed: all.tests - all.passed - all.skipped - all.todo }
  })
  // The stream must be read for the tests to go on.
  for await (const event of stream) void event
  // Why a whole file fell over, it says on its error output, which comes after the event.
  const report = failures.map(({ file, text, crashed }) => (crashed ? text + (said.get(file) ?? '') : text)).join('\n')
  const slowest = times.toSorted((a, b) => b.seconds - a.seconds).slice(0, SLOWEST_TOLD)
  return {
    files: files.length,
    ok: failures.length === 0 && counts.failed === 0,
    report,
    tests: counts,
    slowest: slowest.map(({ file, seconds }) => `${file} ${seconds.toFixed(1)} s`),
  }
}
