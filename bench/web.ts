import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { report } from './world.ts'

const LIMIT_KB = 350
const dist = path.join(import.meta.dirname, '../dist/web')

/** The script that the first page asks for, compressed: what its document names, and all that those files import at once. */
const pending = [...readFileSync(path.join(dist, 'index.html'), 'utf8').matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, file]) => file ?? '')
const seen = new Set<string>()
for (let file = pending.shift(); file !== undefined; file = pending.shift()) {
  if (seen.has(file)) continue
  seen.add(file)
  const code = readFileSync(path.join(dist, file), 'utf8')
  for (const [, target] of code.matchAll(/(?:^|[;}\s])(?:import|export)\b[^'"()]{0,4000}?["'](\.{1,2}\/[^"']+\.js)["']/g))
    pending.push(path.posix.join(path.posix.dirname(file), target ?? ''))
}
if (seen.size === 0) throw new Error('The built page names no script.')
const kilobytes = [...seen].reduce((sum, file) => sum + gzipSync(readFileSync(path.join(dist, file))).length, 0) / 1000
report({
  claim: 'The first page asks for less than 350 kB of script, gzip',
  measured: `${kilobytes.toFixed(0)} kB in ${seen.size} files`,
  against: `limit ${LIMIT_KB} kB`,
  ratio: kilobytes / LIMIT_KB,
  isMet: kilobytes < LIMIT_KB,
})
