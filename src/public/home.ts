import { html } from './html.ts'
import { link, light, section, table } from './parts.ts'
import type { Page } from './frame.ts'
import { noticeColumns } from './notices.ts'
import { numberIn, type Visit } from './visit.ts'

const words = {
  title: { zh: '谁负责，做到哪一步，请公众监督', en: 'Who answers, how far it is, and what the public may say' },
  sub: {
    zh: '拟退出贫困县的公示、各级公开的资金和项目、开放数据；公示期内可以提出异议，随时可以投诉举报，都不需要账号。',
    en: 'Notices of exits, what each level tells of money and projects, and open data. While a notice stands anyone may object; anyone may complain at any time. No account is needed.',
  },
  poor: { zh: '尚未脱贫的贫困县', en: 'counties still poor' },
  out: { zh: '已经退出的贫困县', en: 'counties out of poverty' },
  open: { zh: '正在公示', en: 'before the public now' },
  told: { zh: '资金公开', en: 'announcements of money' },
  now: { zh: '正在公示', en: 'Before the public now' },
  none: { zh: '当日没有正在公示的县。', en: 'No county is before the public on this day.' },
  all: { zh: '全部公示', en: 'All notices' },
  complain: { zh: '投诉举报', en: 'Complain or give a tip' },
  how: {
    zh: '对任何一级都可以投诉举报。您会得到一个回执编号，凭它查询由谁办理、何时答复、怎样答复。',
    en: 'You may complain about any level. You get a receipt: with it you see who handles it, by when it is answered, and the answer.',
  },
  go: { zh: '去填写或查询', en: 'File one, or ask about one' },
} as const

/** The front door: how many counties are where, what stands before the public, and what anyone may do. */
export async function home(visit: Visit): Promise<Page> {
  const { say } = visit
  const [poor, out, notices, told] = await Promise.all([
    visit.ask('unit.table', { state: 'poor', limit: 1 }),
    visit.ask('unit.table', { state: 'out', limit: 1 }),
    visit.ask('notice.list', { state: 'open', limit: 10 }),
    visit.ask('disclosure.list', { limit: 1 }),
  ])
  const tile = (count: number, name: string, to: string, query: Readonly<Record<string, string>> = {}) =>
    html`<li><b>${numberIn(visit.language, count)}</b><a href="${visit.to(to, query)}">${name}</a></li>`
  const body = html`<p class="sub">${say(words.sub)}</p>
    <ul class="tiles">
      ${tile(poor.total, say(words.poor), '/public/units', { state: 'poor' })}
      ${tile(out.total, say(words.out), '/public/units', { state: 'out' })}
      ${tile(notices.total, say(words.open), '/public/notices', { state: 'open' })}
      ${tile(told.total, say(words.told), '/public/money')}
    </ul>
    ${section(
      say(words.now),
      html`${
          notices.items.length === 0
            ? html`<p>${light('none', say(words.none))}</p>`
            : table(visit, say(words.now), noticeColumns(visit), notices.items)
        }
        <p>${link(visit, '/public/notices', say(words.all))}</p>`,
    )}
    ${section(
      say(words.complain),
      html`<p>${say(words.how)}</p>
        <p><a class="button" href="${visit.to('/public/complaints')}">${say(words.go)}</a></p>`,
    )}`
  return { title: say(words.title), body }
}
