import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { AxeResults } from 'axe-core'
import type { BrowserContext, Page } from 'playwright-core'
import { said as requested } from './coordinate.ts'
import { written } from './prepare.ts'
import { agreed } from './majors.ts'
import { said } from './reports.ts'
import { told } from './spend.ts'

const axeScript = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

type Examined = { waiting: number; quietFrames: number; axe: Pick<typeof axe, 'run'> }

/** Lets pages of a context be examined: what they still wait for is counted, and axe is at hand. */
export async function makeExaminable(context: BrowserContext) {
  await context.addInitScript(() => {
    const here = globalThis as unknown as Examined
    const fetchReally = globalThis.fetch
    here.waiting = 0
    globalThis.fetch = async (...request) => {
      here.waiting += 1
      try {
        return await fetchReally(...request)
      } finally {
        here.waiting -= 1
      }
    }
  })
  await context.addInitScript({ path: axeScript })
}

/** Waits until the page shows all that it asked for. */
export async function settle(page: Page) {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.evaluate(() => {
    ;(globalThis as unknown as Examined).quietFrames = 0
  })
  await page.waitForFunction(() => {
    const here = globalThis as unknown as Examined
    const isQuiet = here.waiting === 0 && !document.querySelector('.skeleton, [aria-busy="true"]')
    // What was answered may lead to the next question, a frame or two later.
    here.quietFrames = isQuiet ? here.quietFrames + 1 : 0
    return here.quietFrames > 3
  })
}

/** What is not as a reader of this language needs it, in sentences; an empty list is a good page. */
export const faultsOf = (page: Page, language: 'zh' | 'en'): Promise<string[]> =>
  page.evaluate(readPage, {
    language,
    quoted: [written, told, agreed, said, requested].flatMap((each) => Object.values(each)),
  })

/** What stands in the way of somebody who can't see, or not well, or uses no mouse (WCAG 2.2 AA); colours, which take longest, if wanted. */
export async function barriersOf(page: Page, { colours = true } = {}): Promise<string[]> {
  const { violations } = await page.evaluate<AxeResults, boolean>(
    (enabled) =>
      (globalThis as unknown as Examined).axe.run({
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
        rules: { 'color-contrast': { enabled } },
        resultTypes: ['violations'],
      }),
    colours,
  )
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  return grave.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map((node) => node.html)
        .join(' · ')
        .slice(0, 400)}`,
  )
}

type Reading = { readonly language: 'zh' | 'en'; readonly quoted: readonly string[] }

/** Runs in the page. */
function readPage({ language, quoted }: Reading): string[] {
  const faults: string[] = []
  const root = document.documentElement
  const heading = document.querySelector('h1')?.textContent
  if (root.lang !== (language === 'zh' ? 'zh-CN' : 'en')) faults.push(`the page says that it is in «${root.lang}»`)
  if (document.title !== `${heading} · ${language === 'zh' ? '责任' : 'Zeren'}`)
    faults.push(`the title is «${document.title}» over «${heading}»`)
  if (root.scrollWidth > root.clientWidth) faults.push(`${root.scrollWidth} px wide on a screen of ${root.clientWidth}`)

  /** Without what is the same in every language: what people wrote, their names, and numbers of documents. */
  const bare = (text: string) =>
    quoted
      .reduce((rest, quote) => rest.replaceAll(quote, ''), text)
      .replaceAll(/某[a-z-]+|[\p{Script=Han}]+〔\d{4}〕\d+号/gu, '')
      // The beginning of an id, whose letters may stand together.
      .replaceAll(/\b[0-9a-f]{8}\b/g, '')
  const isForeign = (text: string) =>
    language === 'en'
      ? /\p{Script=Han}/u.test(bare(text))
      : /[A-Za-z]{3}/.test(bare(text).replaceAll(/Zeren|CSV|PDF|Ctrl|English|X{4,}/g, '')) &&
        !/\p{Script=Han}/u.test(text)
  const isMarked = (element: Element) => {
    const said = element.closest('[lang]')?.getAttribute('lang')?.slice(0, 2)
    // Names of acts, parameters and files are written as programs write them.
    return (said !== undefined && said !== language) || element.closest('.mono, code, kbd, option[value=""]') !== null
  }
  const shown = (element: Element) => element.checkVisibility() && element.closest('script, style, noscript') === null
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement
    const text = node.textContent?.trim() ?? ''
    if (!element || text === '' || !shown(element)) continue
    if (isForeign(text) && !isMarked(element)) faults.push(`not in ${language}: «${text}»`)
    // Those who were made up for the small country are called after their posts.
    const isMadeUp = /某[a-z]|\b(head|governor|mayor|director|secretary)(-[a-z]+)? of [A-Z]/.test(text)
    if (
      isMadeUp &&
      !element.closest('tr, li, section, article, .card, .drop, .page-head, .why')?.querySelector('.made')
    )
      faults.push(`a made-up name is not marked: «${text}»`)
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
      const text = element.getAttribute(name)
      if (text && shown(element) && isForeign(text) && !isMarked(element))
        faults.push(`not in ${language}: ${name} «${text}»`)
    }
  return faults
}
