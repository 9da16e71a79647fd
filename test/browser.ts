import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'
import { chromiumDir } from '../scripts/unpack-chromium.ts'

/** A headless Chromium with Chinese fonts, the same on every machine. The one who opens it closes it. */
export async function openBrowser(): Promise<Browser> {
  // In a process of its own, because unpacking must set the temporary folder of the whole process.
  const script = join(import.meta.dirname, '../scripts/unpack-chromium.ts')
  if (!existsSync(chromiumDir)) spawnSync(process.execPath, [script], { stdio: 'inherit' })
  return chromium.launch({
    executablePath: join(chromiumDir, 'chromium'),
    // No more than this: the package's own list of arguments turns the browser's protections off.
    args: ['--no-sandbox'],
    env: environment(),
  })
}

function environment(): Record<string, string> {
  const temporary = join(chromiumDir, 'tmp')
  return {
    PATH: process.env['PATH'] ?? '',
    LD_LIBRARY_PATH: [join(chromiumDir, 'al2023/lib'), process.env['LD_LIBRARY_PATH'] ?? []].flat().join(':'),
    FONTCONFIG_FILE: join(chromiumDir, 'fonts.conf'),
    HOME: temporary,
    TMPDIR: temporary,
    TZ: 'Asia/Shanghai',
  }
}
