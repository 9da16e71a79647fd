import { z } from 'zod'
import { NotFound } from '#kernel/ask.ts'
import type { Text } from '#kernel/words.ts'
import { findRoot } from '#src/program/seats.ts'
import type { Page } from './frame.ts'
import { html } from './html.ts'
import { textOf } from './notices.ts'
import { facts, light, link, offset, pages, ROWS, section, table } from './parts.ts'
import { numberIn, type Visit } from './visit.ts'

const words = {
  title: { zh: '重大工程项目', en: 'Major projects' },
  sub: {
    zh: '中央和省规划的重大工程项目：目标、各地份额、县项目覆盖多少。各县用扶贫资金办的项目，见“资金”中各县的公开。',
    en: 'What the centre and the provinces devised: the target, each place’s share, and how much the projects of counties cover. Projects that poverty money pays for stand under «Money», county by county.',
  },
  name: { zh: '名称', en: 'Name' },
  kind: { zh: '类别', en: 'Kind' },
  term: { zh: '年份', en: 'Years' },
  target: { zh: '目标', en: 'Target' },
  covered: { zh: '已覆盖', en: 'Covered' },
  document: { zh: '文号', en: 'Document' },
  deviser: { zh: '规划单位', en: 'Devised by' },
  shares: { zh: '各地份额', en: 'Shares' },
  place: { zh: '单位', en: 'Place' },
  share: { zh: '份额', en: 'Share' },
  divided: { zh: '已分解', en: 'Divided' },
  money: { zh: '各县公开的项目', en: 'Projects that counties made public' },
  madeUp: { zh: '虚构', en: 'made up' },
} satisfies Record<string, Text>

/** The major projects of the whole country. */
export async function projects(visit: Visit): Promise<Page> {
  const { offset: at } = visit.query(z.object({ offset }))
  const { say, language } = visit
  const root = await findRoot(visit.reader.db, visit.on)
  if (!root) throw new NotFound({ zh: '还没有任何单位。', en: 'There is no place yet.' })
  const { items, total } = await visit.ask('major-project.list', { unit: root.id, offset: at, limit: ROWS })
  const body = html`<p class="sub">${say(words.sub)}</p>
    <p>${link(visit, '/public/money', say(words.money))}</p>
    <div class="card">
      ${table(
        visit,
        say(words.title),
        [
          {
            title: say(words.name),
            isHead: true,
            cell: (row) => link(visit, `/public/projects/${row.id}`, say(row.name)),
          },
          { title: say(words.kind), cell: (row) => say(row.kindName) },
          { title: say(words.term), cell: (row) => `${row.from}–${row.to}` },
          {
            title: say(words.target),
            isNumber: true,
            cell: (row) => `${numberIn(language, row.quantity)} ${say(row.measure)}`,
          },
          { title: say(words.covered), isNumber: true, cell: (row) => numberIn(language, row.covered) },
        ],
        items,
      )}${pages(visit, { offset: at, total })}
    </div>`
  return { title: say(words.title), body, query: textOf({ offset: at || undefined }) }
}

/** One major project with the shares of every place. */
export async function project(visit: Visit, id: string): Promise<Page> {
  visit.query(z.object({}))
  const found = await visit.ask('major-project.show', { id })
  const { say, language } = visit
  const body = html`<div class="card">
      ${facts([
        [say(words.kind), say(found.kindName)],
        [say(words.term), `${found.from}–${found.to}`],
        [say(words.target), `${numberIn(language, found.quantity)} ${say(found.measure)}`],
        [say(words.covered), numberIn(language, found.covered)],
        [say(words.document), found.document],
        [say(words.deviser), found.deviser ? say(found.deviser.name) : '—'],
      ])}${found.madeUp && html`<p>${light('none', say(words.madeUp))}</p>`}
    </div>
    ${section(
      say(words.shares),
      table(
        visit,
        say(words.shares),
        [
          {
            title: say(words.place),
            isHead: true,
            cell: (row) => link(visit, `/public/units/${row.unit}`, say(row.name)),
          },
          { title: say(words.share), isNumber: true, cell: (row) => numberIn(language, row.quantity) },
          { title: say(words.divided), isNumber: true, cell: (row) => numberIn(language, row.divided) },
          { title: say(words.covered), isNumber: true, cell: (row) => numberIn(language, row.covered) },
        ],
        found.shares,
      ),
    )}
    <p>${link(visit, '/public/projects', say(words.title))}</p>`
  return { title: say(found.name), body }
}
