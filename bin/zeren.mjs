#!/usr/bin/env node
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

/*
 * The `zeren` command. The program is TypeScript that Node 24 runs as it is; an older Node hands over to the one that came
 * with the packages. Plain JavaScript, because an older Node must be able to read it.
 */

const nodeMajorMin = 24
const main = new URL('../src/cli/main.ts', import.meta.url)

if (Number.parseInt(process.versions.node) >= nodeMajorMin) await import(main.href)
else handOver()

function handOver() {
  const node = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))
  if (!existsSync(node)) {
    console.error(`Zeren 需要 Node ${nodeMajorMin} 或更高版本,当前为 ${process.version}。请先运行 npm ci。`)
    console.error(`Zeren needs Node ${nodeMajorMin} or newer; this is ${process.version}. Run npm ci first.`)
    process.exit(1)
  }
  const child = spawn(node, [fileURLToPath(main), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // A terminal sends Ctrl-C to both of us; a second one would mean "at once" to the child.
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)))
  }
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}
