import { z } from 'zod'
import type { Text } from '#kernel/words.ts'
import { Year } from '#kernel/words.ts'
import type { Page } from './frame.ts'
import { html, type Html } from './html.ts'
import { textOf } from './notices.ts'
import { type Column, day, facts, hidden, light, link, offset, pages, ROWS, section, table } from './parts.ts'
import { type Visit, yuanIn } from './visit.ts'

const words = {
  title: { zh: '资金项目公开', en: 'Money and projects made public' },
  sub: {
    zh: '各级公开的扶贫资金总量、来源、分配和所办项目，一经公开长期保留。',
    en: 'What each level told of poverty money: the total, where it came from, how it was shared, and the projects it pays for. What was told stays open for good.',
  },
  unit: { zh: '单位', en: 'By' },
  line: { zh: '资金', en: 'Money' },
  document: { zh: '文号', en: 'Document' },
  year: { zh: '年度', en: 'Year' },
  kind: { zh: '公开内容', en: 'What is told' },
  received: { zh: '收到和使用', en: 'received and used' },
  allocation: { zh: '分配下级', en: 'shared out below' },
  total: { zh: '总额', en: 'Total' },
  on: { zh: '公开日期', en: 'Made public' },
  held: { zh: '尚未安排', en: 'Not committed yet' },
  committed: { zh: '已安排到项目', en: 'Committed to projects' },
  paid: { zh: '已支付', en: 'Paid' },
  fee: { zh: '项目管理费', en: 'Management fee' },
  note: { zh: '说明', en: 'Note' },
  sort: { zh: '类别', en: 'Kind' },
  sources: { zh: '来源', en: 'Where it came from' },
  from: { zh: '拨出单位', en: 'From' },
  amount: { zh: '金额', en: 'Amount' },
  projects: { zh: '项目', en: 'Projects' },
  name: { zh: '名称', en: 'Name' },
  place: { zh: '地点', en: 'Place' },
  task: { zh: '内容', en: 'What is done' },
  term: { zh: '期限', en: 'Term' },
  responsible: { zh: '责任单位', en: 'Responsible' },
  target: { zh: '绩效目标', en: 'Target' },
  shares: { zh: '分配', en: 'Shared out' },
  newest: { zh: '最新', en: 'the newest' },
  earlier: { zh: '此后另有公开', en: 'told anew since' },
  others: { zh: '同一笔资金的其他公开', en: 'Other announcements of the same' },
  madeUp: { zh: '虚构', en: 'made up' },
  find: { zh: '单位、资金或文号', en: 'Place, money or document' },
  search: { zh: '查找', en: 'Find' },
} satisfies Record<string, Text>

type Row = Awaited<ReturnType<typeof listed>>['items'][number]
const listed = (visit: Visit, input: { offset: number; search?: string; year?: number }) =>
  visit.ask('disclosure.list', { ...input, limit: ROWS })

export const disclosureColumns = (visit: Visit): readonly Column<Row>[] => {
  const { say, language } = visit
  return [
    { title: say(words.unit), isHead: true, cell: (row) => link(visit, `/public/units/${row.unit}`, say(row.name)) },
    { title: say(words.line), cell: (row) => link(visit, `/public/money/${row.id}`, say(row.lineName)) },
    { title: say(words.year), cell: (row) => row.year },
    { title: say(words.kind), cell: (row) => say(words[row.kind]) },
    { title: say(words.total), isNumber: true, cell: (row) => yuanIn(language, BigInt(row.totalFen)) },
    { title: say(words.on), cell: (row) => day(visit, row.on) },
  ]
}

const ListQuery = z.object({ find: z.string().trim().max(60).default(''), year: Year.optional(), offset })

/** What was told to the public of money, the newest first. */
export async function money(visit: Visit): Promise<Page> {
  const { find, year, offset: at } = visit.query(ListQuery)
  const { say } = visit
  const { items, total } = await listed(visit, {
    offset: at,
    ...(find && { search: find }),
    ...(year !== undefined && { year }),
  })
  const kept = { find: find || undefined, year }
  const body = html`<p class="sub">${say(words.sub)}</p>
    <form class="row card" method="get" action="/public/money" role="search">
      ${hidden(visit)}
      <label>${say(words.find)} <input name="find" value="${find}" maxlength="60" /></label
      ><button>${say(words.search)}</button>
    </form>
    <div class="card">
      ${table(visit, say(words.title), disclosureColumns(visit), items)}${pages(visit, { offset: at, total, query: kept })}
    </div>`
  return { title: say(words.title), body, query: textOf({ ...kept, offset: at || undefined }) }
}

type Told = Awaited<ReturnType<typeof read>>
const read = (visit: Visit, id: string) => visit.ask('disclosure.show', { id })

/** One announcement at its permanent address, word for word as it was made. */
export async function disclosure(visit: Visit, id: string): Promise<Page> {
  visit.query(z.object({}))
  const told = await read(visit, id)
  const { say, language } = visit
  const { line } = told.content
  const body = html`<div class="card">
      ${facts([
        [say(words.unit), link(visit, `/public/units/${told.unit}`, say(told.name))],
        [say(words.document), told.document],
        [say(words.year), told.year],
        [say(words.kind), say(words[told.kind])],
        [
          say(words.on),
          html`${day(visit, told.on)}
          ${told.isNewest ? light('green', say(words.newest)) : light('none', say(words.earlier))}`,
        ],
        [say(words.total), yuanIn(language, BigInt(told.content.totalFen))],
        ...(told.note ? ([[say(words.note), told.note]] as const) : []),
      ])}
      ${line.madeUp && html`<p>${light('none', say(words.madeUp))}</p>`}
    </div>
    ${contentOf(visit, told)}
    ${
      told.others.length > 0 &&
      section(
        say(words.others),
        html`<ul>
          ${told.others.map((other) => html`<li><a href="${visit.to(`/public/money/${other.id}`)}">${day(visit, other.on)}</a></li>`)}
        </ul>`,
      )
    }`
  return { title: `${say(told.name)} · ${say(told.lineName)}`, body }
}

function contentOf(visit: Visit, told: Told): Html {
  const { say, language } = visit
  const yuan = (fen: string) => yuanIn(language, BigInt(fen))
  if (told.kind === 'allocation')
    return section(
      say(words.shares),
      table(
        visit,
        say(words.shares),
        [
          {
            title: say(words.unit),
            isHead: true,
            cell: (share) => link(visit, `/public/units/${share.unit}`, say(share.name)),
          },
          { title: say(words.amount), isNumber: true, cell: (share) => yuan(share.amountFen) },
        ],
        told.content.shares,
      ),
    )
  const { content } = told
  return html`<div class="card">
      ${facts([
        [say(words.committed), yuan(content.committedFen)],
        [say(words.paid), yuan(content.paidFen)],
        [say(words.fee), yuan(content.feeFen)],
        [say(words.held), yuan(content.heldFen)],
      ])}
    </div>
    ${section(
      say(words.sources),
      table(
        visit,
        say(words.sources),
        [
          { title: say(words.from), isHead: true, cell: (each) => say(each.unit) },
          { title: say(words.line), cell: (each) => say(each.line) },
          { title: say(words.document), cell: (each) => each.document },
          { title: say(words.on), cell: (each) => day(visit, each.on) },
          { title: say(words.amount), isNumber: true, cell: (each) => yuan(each.amountFen) },
        ],
        content.sources,
      ),
    )}
    ${content.projects.map((project) =>
      section(
        `${project.code} ${project.name}`,
        facts([
          [say(words.sort), say(project.kindName)],
          [say(words.place), project.place ?? '—'],
          [say(words.task), project.task ?? '—'],
          [say(words.term), html`${day(visit, project.startsOn)} – ${day(visit, project.endsOn)}`],
          [say(words.responsible), project.responsible ?? '—'],
          [say(words.target), project.target ?? '—'],
          [say(words.amount), project.amountFen === null ? '—' : yuan(project.amountFen)],
          [say(words.committed), yuan(project.committedFen)],
          [say(words.paid), yuan(project.paidFen)],
        ]),
      ),
    )}`
}
