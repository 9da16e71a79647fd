import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { machine, type Result } from './world.ts'

// What reads the replayed country comes before what fills it with more.
const scripts = [
  'reads.ts',
  'public.ts',
  'checks.ts',
  'inbox.ts',
  'reports.ts',
  'nightly.ts',
  'labour-plan.ts',
  'sampling.ts',
  'web.ts',
  'mail.ts',
  'acts.ts',
  'http.ts',
  'library-import.ts',
  'money.ts',
]

/** Runs every claim's script and writes what was measured: a ratio against a peer or a limit of the same run, with machine and date. */
const results: Result[] = []
for (const script of scripts) {
  const { stdout, status } = spawnSync(process.execPath, [path.join(import.meta.dirname, script)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 26,
  })
  if (status !== 0) throw new Error(`${script} ended with ${status}.`)
  for (const line of stdout.split('\n').filter((each) => each.startsWith('{"claim"'))) {
    const result = JSON.parse(line) as Result
    results.push(result)
    console.log(
      `${result.isMet ? 'met    ' : 'NOT MET'}  ${result.claim}: ${result.measured}; ${result.against} (ratio ${result.ratio.toFixed(3)})`,
    )
  }
}
const rows = results.map(
  (each) =>
    `| ${each.claim} | ${each.measured} | ${each.against} | ${each.ratio.toFixed(3)} | ${each.isMet ? 'yes' : 'no'} |`,
)
const day = new Date().toISOString().slice(0, 10)
writeFileSync(
  path.join(import.meta.dirname, 'results.md'),
  `# What was measured\n\n${day}, ${machine()}. One run of \`npm run bench\`; the machine is shared, so compare the ratios, not the numbers.\n\n| Claim | Measured | Against | Ratio | Met |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`,
)
