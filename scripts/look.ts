import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openBrowser } from '#test/browser.ts'

/** Takes a picture of a page: `node scripts/look.ts URL out.png --width 1280 --height 800 --lang zh --full`. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    width: { type: 'string', default: '1280' },
    height: { type: 'string', default: '800' },
    lang: { type: 'string', default: 'zh' },
    full: { type: 'boolean', default: false },
  },
})
const [url, out] = positionals
if (!url || !out)
  throw new Error('Usage: node scripts/look.ts URL out.png [--width 1280] [--height 800] [--lang zh|en] [--full]')

const browser = await openBrowser()
try {
  const page = await browser.newPage({
    viewport: { width: Number(values.width), height: Number(values.height) },
    locale: values.lang === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
  })
  page.on('console', (message) => console.log(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => console.log(`error: ${error.message}`))
  await page.goto(url, { waitUntil: 'networkidle' })
  mkdirSync(dirname(resolve(out)), { recursive: true })
  await page.screenshot({ path: out, fullPage: values.full })
} finally {
  await browser.close()
}
