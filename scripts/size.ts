import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** What the first page may ask for in script, compressed. */
export const firstPageBytesMax = 350_000

const built = join(import.meta.dirname, '../dist/web')
const home = 'HomePage.tsx'

type Chunk = { file: string; isEntry?: boolean; imports?: string[] }

/** The first page's script, by the build's own manifest: what the entry needs at once, and what the home page needs on top of it. */
export function firstPageScript(folder = built): {
  readonly files: number
  readonly chunks: number
  readonly gzipBytes: number
} {
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
  const scripts = [...needed].filter((file) => file.endsWith('.js'))
  if (scripts.length === 0) throw new Error('The build has no entry: nothing was measured.')
  const gzipBytes = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0)
  return { files: scripts.length, chunks: Object.keys(manifest).length, gzipBytes }
}

if (import.meta.main) {
  const { files, chunks, gzipBytes } = firstPageScript()
  console.log(
    `on ${files} files of ${chunks} chunks: ${(gzipBytes / 1000).toFixed(1)} kB gzip of ${firstPageBytesMax / 1000} kB`,
  )
  if (gzipBytes > firstPageBytesMax) throw new Error('The first page needs too much script.')
}
