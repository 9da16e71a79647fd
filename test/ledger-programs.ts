import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

type Check = { readonly program: string; readonly strict: (file: string) => readonly string[] }

const known: Readonly<Record<'hledger' | 'ledger' | 'beancount', readonly Check[]>> = {
  hledger: [{ program: 'hledger', strict: (file) => ['-f', file, 'check', '--strict', 'ordereddates', 'payees'] }],
  ledger: [
    { program: 'ledger', strict: (file) => ['-f', file, '--pedantic', '--strict', '--check-payees', 'balance'] },
  ],
  beancount: [{ program: 'bean-check', strict: (file) => ['--no-cache', file] }],
}

/** The real programs for a format that are installed on this machine, and how they are asked for their strictest judgement. */
export async function programs(format: keyof typeof known): Promise<readonly Check[]> {
  const found = await Promise.all(
    known[format].map(async (check) => ((await isInstalled(check.program)) ? [check] : [])),
  )
  return found.flat()
}

const isInstalled = (program: string) =>
  run(program, ['--version']).then(
    () => true,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
      throw error
    },
  )
