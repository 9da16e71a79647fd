import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/**
 * Holds the first page's script under its limit, by the build's own manifest: what the entry needs at once,
 * and what the home page needs on top of it. Run after `vite build`.
 */
const FIRST_PAGE_GZIP_BYTES_MAX = 350_000
const folder = join(import.meta.dirname, '../dist/web')
const home = 'HomePage.tsx'

type Chunk = { file: string; isEntry?: boolean; imports?: string[] }
const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>

const needed = new Set<string>()
const need = (key: string) => {
  const chunk = manifest[key]
  if (!chunk) throw new Error(`The manifest has no ${key}.`)
  if (needed.has(chunk.file)) return
  needed.add(chunk.file)
  for (const each of chunk.imports ?? []) need(each)
}
for (const [key, chunk] of Object.entries(manifest)) if (chunk.isEntry || key.endsWith(home)) need(key)

const gzipBytes = (file: string) => gzipSync(readFileSync(join(folder, file))).length
const scripts = [...needed].filter((file) => file.endsWith('.js'))
const total = scripts.reduce((sum, file) => sum + gzipBytes(file), 0)
console.log(`${scripts.length} scripts of ${Object.keys(manifest).length} chunks: ${(total / 1000).toFixed(1)} kB gzip of ${FIRST_PAGE_GZIP_BYTES_MAX / 1000} kB`)
if (scripts.length === 0) throw new Error('The build has no entry: nothing was measured.')
if (total > FIRST_PAGE_GZIP_BYTES_MAX) throw new Error('The first page needs too much script.')
