import { spawn } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { runTests } from './tests.ts'

export interface Outcome {
  /** How many files the gate itself says that it saw. */
  files: number
  ok: boolean
  /** What a person needs to put it right; shown when it is not ok. */
  report: string
  tests?: { passed: number; failed: number }
  /** The test files that took longest, for whoever wants to make the whole faster. */
  slowest?: readonly string[]
}

export interface Gate {
  name: string
  /** The whole reason why the gate has nothing to guard yet; null when it has. */
  idle?: () => string | null
  /** Runs when the others are done with, beside those of its kind, because it keeps all processors busy. */
  last?: boolean
  run(fix: boolean): Promise<Outcome>
}

const root = resolve(import.meta.dirname, '../..')
const generator = 'scripts/generate.ts'

/** In the order in which a person wants to hear of them: the cheapest first. */
export const gates: Gate[] = [
  { name: 'format', run: (fix) => runTool('oxfmt', [fix ? '--write' : '--check'], filesItSaysItSaw) },
  {
    name: 'lint',
    run: (fix) => runTool('oxlint', ['--type-aware', '--deny-warnings', ...(fix ? ['--fix'] : [])], filesItSaysItSaw),
  },
  {
    name: 'types',
    // Several would each work out anew the types that they share.
    run: () => runTool('tsc', ['--noEmit', '--listFiles', '--checkers', '1'], countListed, withoutListing),
  },
  {
    name: 'unused',
    run: () => {
      const args = [
        '--no-progress',
        '--no-config-hints',
        '--reporter',
        'symbols',
        '--reporter',
        './scripts/check/knip-count.ts',
      ]
      return runTool('knip', args, filesItSaysItSaw)
    },
  },
  {
    name: 'generated',
    idle: () => (existsSync(join(root, generator)) ? null : `no ${generator} yet`),
    run: (fix) => {
      const generated = globSync('docs/generated/**/*.*', { cwd: root }).length
      return runNode([generator, ...(fix ? [] : ['--check'])], () => generated)
    },
  },
  { name: 'size', run: () => runNode(['scripts/size.ts'], filesItSaysItSaw) },
  {
    name: 'tests',
    last: true,
    run: () => runTests(root, ['src/**/*.test.ts', 'test/**/*.test.ts'], ['test/e2e/**'], 2),
  },
  {
    name: 'e2e',
    last: true,
    idle: () => (existsSync(join(root, 'test/e2e')) ? null : 'no test/e2e yet'),
    run: () => runTests(root, ['test/e2e/**/*.test.ts'], [], 1),
  },
]

/** Runs a tool's own program file with this Node: no shell, no PATH, and the version that the lock file names. */
function runTool(
  name: string,
  args: string[],
  count: (output: string) => number,
  report: (output: string) => string = (output) => output,
): Promise<Outcome> {
  // TypeScript's package is not called like its program.
  const home = join(root, 'node_modules', name === 'tsc' ? 'typescript' : name)
  const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>
  }
  const program = typeof bin === 'string' ? bin : bin[name]
  if (!program) throw new Error(`${name} has no program of its name`)
  return runNode([join(home, program), ...args], count, report)
}

async function runNode(
  args: string[],
  count: (output: string) => number,
  report: (output: string) => string = (output) => output,
): Promise<Outcome> {
  // Gates run side by side: each of the tools that is written in Go keeps to one processor, and needs half the time of it then.
  const env = { ...process.env, GOMAXPROCS: '1' }
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
  const code = await new Promise<number | null>((resolveCode, reject) =>
    child.on('error', reject).on('close', (exitCode) => resolveCode(exitCode)),
  )
  return { files: count(output), ok: code === 0, report: report(output) }
}

function filesItSaysItSaw(output: string): number {
  return Number(/\bon (\d+) files/.exec(output)?.[1] ?? 0)
}

function isListed(line: string): boolean {
  return /^\/|^[A-Z]:/.test(line) && existsSync(line)
}

function countListed(output: string): number {
  return output.split('\n').filter((line) => isListed(line) && !line.includes('node_modules')).length
}

function withoutListing(output: string): string {
  return output
    .split('\n')
    .filter((line) => !isListed(line))
    .join('\n')
}
