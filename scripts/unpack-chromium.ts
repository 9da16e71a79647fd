import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'

const require = createRequire(import.meta.url)
const packaged = resolve(dirname(require.resolve('@sparticuz/chromium')), '..')
const { version } = JSON.parse(readFileSync(join(packaged, 'package.json'), 'utf8')) as { version: string }

/** The Chromium from npm, unpacked (200 MB) in a folder that git ignores; a new version gets a folder of its own. */
export const chromiumDir = resolve(import.meta.dirname, '../.cache', `chromium-${version}`)

/**
 * Unpacks the browser with the libraries that a bare machine lacks, so that tests need nothing installed. Unpacks beside
 * and renames, so that an interruption or a second process leaves no half browser.
 */
async function unpackChromium(): Promise<void> {
  if (existsSync(chromiumDir)) return
  const half = `${chromiumDir}.${process.pid}`
  mkdirSync(join(half, 'tmp'), { recursive: true })
  // The package unpacks into the temporary folder, whatever that is.
  process.env['TMPDIR'] = half
  const { inflate } = await import('@sparticuz/chromium')
  const packs = ['chromium.br', 'swiftshader.tar.br', 'al2023.tar.br', 'fonts.tar.br']
  await Promise.all(packs.map((pack) => inflate(join(packaged, 'bin', pack))))
  writeFileSync(join(half, 'fonts.conf'), fontConfiguration())
  try {
    renameSync(half, chromiumDir)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    if (!existsSync(chromiumDir)) throw error
  }
}

/** Only these fonts are seen, whatever the machine has, so that a picture is the same everywhere. */
function fontConfiguration(): string {
  const chinese = resolve(dirname(require.resolve('@embedpdf/fonts-sc')), '../fonts')
  const families = ['sans-serif', 'system-ui', 'serif', 'monospace', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC']
  const preferred = '<prefer><family>Open Sans</family><family>Noto Sans S Chinese</family></prefer>'
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(chromiumDir, 'fonts')}</dir>
  <dir>${chinese}</dir>
  <cachedir>${join(chromiumDir, 'tmp/fontconfig')}</cachedir>
${families.map((family) => `  <alias><family>${family}</family>${preferred}</alias>`).join('\n')}
</fontconfig>
`
}

if (import.meta.main) await unpackChromium()
