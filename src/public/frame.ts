import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Text } from '#kernel/words.ts'
import { html, type Html } from './html.ts'
import { dayIn, type Visit } from './visit.ts'

export const style = readFileSync(path.join(import.meta.dirname, 'style.css'), 'utf8')
const styleMark = createHash('sha1').update(style).digest('base64url').slice(0, 12)

const words = {
  brand: { zh: '责任', en: 'Zeren' },
  site: { zh: '脱贫攻坚责任制 · 公开', en: 'Responsibility against poverty · public' },
  skip: { zh: '跳到正文', en: 'Skip to the content' },
  nav: { zh: '本站', en: 'This site' },
  other: { zh: 'English', en: '中文' },
  foot: {
    zh: '任何人都可以阅读，不需要账号；本站不使用脚本和 Cookie，不记录谁读了什么。',
    en: 'Anyone may read this without an account. These pages use no scripts and no cookies, and keep nothing of who reads what.',
  },
  asOf: { zh: '截至 {day}', en: 'As of {day}' },
  past: { zh: '这是 {day} 的情况。', en: 'This is how it stood on {day}.' },
  now: { zh: '看今天', en: 'See today' },
  onDay: { zh: '看某一天的情况', en: 'As it stood on' },
  look: { zh: '查看', en: 'Show' },
  app: { zh: '工作人员入口', en: 'For those with a seat' },
  madeUp: {
    zh: '演示：区划、832个贫困县及其退出年度、章程条文和中央资金总额是事实；各步骤的日期、各县人数、资金分配、项目和支付均为虚构。',
    en: 'Demonstration: divisions, the 832 poor counties and their years of exit, the charter’s clauses and the centre’s totals are facts. Days of the steps, headcounts, how money was shared, projects and payments are made up.',
  },
} satisfies Record<string, Text>

const sections: readonly { readonly at: string; readonly name: Text }[] = [
  { at: '/public/notices', name: { zh: '退出公示', en: 'Notices' } },
  { at: '/public/units', name: { zh: '各地', en: 'Places' } },
  { at: '/public/projects', name: { zh: '项目', en: 'Projects' } },
  { at: '/public/money', name: { zh: '资金', en: 'Money' } },
  { at: '/public/needs', name: { zh: '帮扶需求', en: 'Needs' } },
  { at: '/public/complaints', name: { zh: '投诉举报', en: 'Complaints' } },
  { at: '/public/data', name: { zh: '开放数据', en: 'Open data' } },
]

/** The mechanism took shape in that year; nothing is known of the time before. */
const EARLIEST = '2015-01-01'

export type Page = { readonly title: string; readonly body: Html; readonly query?: Readonly<Record<string, string>> }

/** A whole page: what it is called, the way through the site, what it says, and what of it is made up. */
export function framed(visit: Visit, { title, body, query = {} }: Page): string {
  const { language } = visit
  const other = language === 'zh' ? 'en' : 'zh'
  // What answers a form has no address of its own to go back to.
  const at = visit.path.replace(/^(\/public\/complaints)\/.*$/, '$1')
  const isPast = visit.on !== visit.today
  const inOther = `${at}?${new URLSearchParams({ ...query, ...(isPast && { on: visit.on }), lang: other })}`
  const kept = { ...query, ...(visit.isSaid && { lang: language }) }
  const isDemonstration = visit.program.mode === 'demonstration'
  const page = html`<!doctype html>
    <html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${visit.say(words.brand)}</title>
        <link rel="stylesheet" href="/public/style.css?v=${styleMark}" />
        <link rel="icon" href="data:," />
        <link rel="alternate" hreflang="${other === 'zh' ? 'zh-CN' : 'en'}" href="${inOther}" />
      </head>
      <body>
        <a class="skip" href="#main">${visit.say(words.skip)}</a>
        <header>
          <a class="brand" href="${visit.to('/public')}"><b>${visit.say(words.brand)}</b> ${visit.say(words.site)}</a>
          <a class="other" lang="${other === 'zh' ? 'zh-CN' : 'en'}" href="${inOther}">${visit.say(words.other)}</a>
          <nav aria-label="${visit.say(words.nav)}">
            <ul>
              ${sections.map(
                ({ at, name }) =>
                  html`<li>
                    <a href="${visit.to(at)}" ${visit.path.startsWith(at) && html` aria-current="true"`}
                      >${visit.say(name)}</a
                    >
                  </li>`,
              )}
            </ul>
          </nav>
        </header>
        ${isDemonstration && html`<p class="made-up" role="note">${visit.say(words.madeUp)}</p>`}
        <main id="main">
          <h1>${title}</h1>
          ${
            isPast &&
            html`<p class="past" role="note">
              ${visit.say(words.past).replace('{day}', dayIn(language, visit.on))}
              <a href="${at}${Object.keys(kept).length > 0 && `?${new URLSearchParams(kept)}`}"
                >${visit.say(words.now)}</a
              >
            </p>`
          }
          ${body}
        </main>
        <footer>
          ${
            visit.isDated &&
            html`<form class="row" method="get" action="${at}">
              ${Object.entries(kept).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
              <label
                >${visit.say(words.onDay)}
                <input type="date" name="on" required value="${visit.on}" min="${EARLIEST}" max="${visit.today}"
              /></label>
              <button class="plain">${visit.say(words.look)}</button>
            </form>`
          }
          <p>
            ${visit.say(words.asOf).replace('{day}', dayIn(language, visit.on))} ·
            <a href="/">${visit.say(words.app)}</a>
          </p>
          <p>${visit.say(words.foot)}</p>
        </footer>
      </body>
    </html> `
  return page.text
}
