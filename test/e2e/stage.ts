import assert from 'node:assert/strict'
import path from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import pino from 'pino'
import { buildServer } from '#src/http/server.ts'
import { openBrowser } from '#test/browser.ts'
import { type Serving, TestServer } from '#test/server.ts'
import { type Prepared, storyDay } from './prepare.ts'

const PATIENCE_MS = 20_000
const pictures = path.join(import.meta.dirname, '../../.cache/e2e')

export const wide = { width: 1280, height: 860 }
export const narrow = { width: 390, height: 844 }

type Language = 'zh' | 'en'

/** A real server over the prepared country, and a real browser in which people look at it. */
export class Stage {
  readonly server: TestServer
  readonly browser: Browser
  readonly prepared: Prepared
  /** What the browser complained about, which it should never have a reason for. */
  readonly complaints: string[] = []
  /** Errors of the page itself, where answers that refuse are part of the story. */
  get errors(): string[] {
    return this.complaints.filter((complaint) => complaint.startsWith('error:'))
  }
  readonly #later: (() => Promise<unknown>)[] = []

  private constructor(server: TestServer, browser: Browser, prepared: Prepared) {
    this.server = server
    this.browser = browser
    this.prepared = prepared
  }

  static async open(prepare: () => Promise<Prepared>, serving: Serving = {}): Promise<Stage> {
    const [prepared, browser] = await Promise.all([prepare(), openBrowser()])
    const server = await TestServer.open({ day: storyDay, world: prepared.world, ...serving })
    return new Stage(server, browser, prepared)
  }

  async close() {
    await this.browser.close()
    for (const close of this.#later) await close()
    await this.server.close()
    await this.prepared.world.close()
  }

  /** The server is gone, as when somebody pulled its plug; `returns` puts it back at the same address. */
  async vanish(): Promise<{ returns(): Promise<void> }> {
    const { port } = new URL(this.server.url)
    await this.server.app.close()
    const app = await buildServer(this.server.program, { logger: pino({ level: 'silent' }) })
    this.#later.push(() => app.close())
    return {
      returns: async () => {
        await app.listen({ host: '127.0.0.1', port: Number(port) })
      },
    }
  }

  /** Does something in the browser; where it fails, every screen is left as a picture in `.cache/e2e`. */
  async watch(what: string, doing: () => Promise<void>) {
    try {
      await doing()
    } catch (error) {
      const pages = this.browser.contexts().flatMap((context) => context.pages())
      const name = (at: number) =>
        path.join(pictures, `${what.slice(0, 50).replaceAll(/[^\p{L}\d]+/gu, '-')}-${at}.png`)
      await Promise.all(pages.map((page, at) => page.screenshot({ path: name(at), fullPage: true })))
      throw error
    }
  }

  unit = (name: string) => this.prepared.world.unit(name)

  /** A browser profile of its own, for one person or one language. */
  async context(language: Language = 'zh', more: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await this.browser.newContext({
      baseURL: this.server.url,
      locale: language === 'zh' ? 'zh-CN' : 'en-GB',
      timezoneId: 'Asia/Shanghai',
      viewport: wide,
      reducedMotion: 'reduce',
      ...more,
    })
    context.setDefaultTimeout(PATIENCE_MS)
    context.on('weberror', (error) => this.complaints.push(`error: ${error.error().stack}`))
    context.on('console', (message) => {
      const { url } = message.location()
      // The browser itself notes that a form not filled in yet was answered so; that is what the form asked.
      if (message.type() !== 'error' || url.endsWith('?dry-run')) return
      this.complaints.push(`${message.page()?.url()}: ${message.text()} ${url}`)
    })
    return context
  }

  /** Somebody of the public who opens the app. */
  async visitor(language: Language = 'zh', more: BrowserContextOptions = {}): Promise<Person> {
    return new Person(await (await this.context(language, more)).newPage(), language)
  }

  /** Somebody who sits in a seat already. */
  async seated(unit: string, post: string, language: Language = 'zh'): Promise<Person> {
    const person = await this.visitor(language)
    await this.seat(person.page.context(), unit, post)
    return person
  }

  async seat(context: BrowserContext, unit: string, post: string) {
    const response = await context.request.post('/api/session', { data: { unit: this.unit(unit), post } })
    assert.equal(response.status(), 200, await response.text())
  }
}

/** One person at one screen: what they see, and what they do with it. */
export class Person {
  readonly page: Page
  readonly language: Language

  constructor(page: Page, language: Language) {
    this.page = page
    this.language = language
  }

  async opens(path: string) {
    await this.page.goto(path)
    await this.page.getByRole('heading', { level: 1 }).waitFor()
  }

  /** Sits down on the sign-in page, in Chinese. */
  async takesSeat(unit: string, post: string) {
    await this.page.getByRole('combobox', { name: '找单位' }).fill(unit)
    await this.page.getByRole('option', { name: unit }).first().click()
    await this.presses(new RegExp(`进入.*${post}`), this.card('任何职务'))
    await this.arrivesAt('我的责任')
  }

  /** Waits until the page's title is this. */
  arrivesAt = (title: string | RegExp) => this.page.getByRole('heading', { level: 1, name: title }).waitFor()

  /** Waits until this can be read in the page. */
  sees = (text: string | RegExp, within: Locator | Page = this.page) =>
    within.getByText(text).filter({ visible: true }).first().waitFor()

  async doesNotSee(text: string | RegExp) {
    assert.equal(await this.page.getByText(text).count(), 0, `«${text}» is on the page`)
  }

  card = (title: string | RegExp) => this.page.getByRole('region', { name: title }).first()

  presses = (name: string | RegExp, within: Locator | Page = this.page) =>
    within
      .getByRole('button', { name, exact: typeof name === 'string' })
      .first()
      .click()
  follows = (name: string | RegExp, within: Locator | Page = this.page) =>
    within
      .getByRole('link', { name, exact: typeof name === 'string' })
      .first()
      .click()

  /** Fills a form in, field by field, by their labels. */
  async fills(fields: Readonly<Record<string, string>>) {
    for (const [label, value] of Object.entries(fields)) {
      const field = this.page.getByRole('main').getByLabel(label).first()
      if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption({ label: value })
      else await field.fill(value)
      // A calendar beside a field takes what was typed when the field is left.
      if (await field.evaluate((element) => element.closest('.ant-picker') !== null)) await field.press('Enter')
    }
  }
}
