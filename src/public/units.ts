import { z } from 'zod'
import type { Text } from '#kernel/words.ts'
import type { Page } from './frame.ts'
import { html } from './html.ts'
import { disclosureColumns } from './money.ts'
import { noticeColumns, textOf } from './notices.ts'
import { day, facts, hidden, light, link, offset, pages, ROWS, section, table } from './parts.ts'
import type { Visit } from './visit.ts'

const words = {
  title: { zh: '各地', en: 'Places' },
  sub: {
    zh: '各级单位；县一级注明是否贫困县、何时退出。',
    en: 'Every level; counties with their state: poor, or out of poverty and since when.',
  },
  find: { zh: '名称、拼音或代码', en: 'Name or code' },
  search: { zh: '查找', en: 'Find' },
  unit: { zh: '单位', en: 'Place' },
  above: { zh: '上级', en: 'Within' },
  code: { zh: '代码', en: 'Code' },
  tier: { zh: '层级', en: 'Level' },
  state: { zh: '状态', en: 'State' },
  since: { zh: '自', en: 'Since' },
  below: { zh: '下辖单位', en: 'Within it' },
  notices: { zh: '退出公示', en: 'Notices of exits' },
  money: { zh: '资金项目公开', en: 'Money and projects made public' },
  needs: { zh: '这里的帮扶需求', en: 'What is needed here' },
  complain: { zh: '对这里投诉举报', en: 'Complain about this place' },
  poor: { zh: '贫困县', en: 'poor county' },
  out: { zh: '已退出', en: 'out of poverty' },
  none: { zh: '—', en: '—' },
  more: { zh: '全部', en: 'all' },
} satisfies Record<string, Text>

const choices = {
  all: { zh: '全部单位', en: 'All places' },
  poor: { zh: '尚未脱贫的贫困县', en: 'Counties still poor' },
  out: { zh: '已经退出的贫困县', en: 'Counties out of poverty' },
} satisfies Record<string, Text>

const lights = { poor: 'yellow', out: 'green', none: 'none' } as const
type State = keyof typeof lights
const stateOf = (visit: Visit, state: State) =>
  state === 'none' ? html`—` : light(lights[state], visit.say(words[state]))

type Row = Awaited<ReturnType<typeof rowsOf>>['units'][number]
const rowsOf = (visit: Visit, input: { unit?: string; search?: string; offset?: number; state?: 'poor' | 'out' }) =>
  visit.ask('unit.table', { ...input, limit: ROWS })

const columns = (visit: Visit) => [
  {
    title: visit.say(words.unit),
    isHead: true,
    cell: (row: Row) => link(visit, `/public/units/${row.unit}`, visit.say(row.name)),
  },
  { title: visit.say(words.above), cell: (row: Row) => visit.say(row.above.name) },
  { title: visit.say(words.code), cell: (row: Row) => row.code },
  { title: visit.say(words.state), cell: (row: Row) => stateOf(visit, row.state) },
  { title: visit.say(words.since), cell: (row: Row) => day(visit, row.since) },
]

const states = ['all', 'poor', 'out'] as const
const ListQuery = z.object({
  find: z.string().trim().max(60).default(''),
  state: z.enum(states).default('all'),
  offset,
})

/** Every place, found by name or code. */
export async function units(visit: Visit): Promise<Page> {
  const { find, state, offset: at } = visit.query(ListQuery)
  const { say } = visit
  const { total, units: rows } = await rowsOf(visit, { search: find, offset: at, ...(state !== 'all' && { state }) })
  const kept = { find: find || undefined, state: state === 'all' ? undefined : state }
  const choice = (each: (typeof states)[number]) =>
    each === state
      ? html`<b>${say(choices[each])}</b>`
      : html`<a href="${visit.to('/public/units', { ...kept, state: each === 'all' ? undefined : each })}"
          >${say(choices[each])}</a
        >`
  const body = html`<p class="sub">${say(words.sub)}</p>
    <form class="row card" method="get" action="/public/units" role="search">
      ${hidden(visit, { state: kept.state })}
      <label>${say(words.find)} <input name="find" value="${find}" maxlength="60" /></label
      ><button>${say(words.search)}</button>
    </form>
    <p>${choice('all')} · ${choice('poor')} · ${choice('out')}</p>
    <div class="card">
      ${table(visit, say(words.title), columns(visit), rows)}${pages(visit, { offset: at, total, query: kept })}
    </div>`
  return { title: say(words.title), body, query: textOf({ ...kept, offset: at || undefined }) }
}

/** One place: what it is, what stands above and below it, and what of it is before the public. */
export async function unit(visit: Visit, id: string): Promise<Page> {
  const { offset: at } = visit.query(z.object({ offset }))
  const { say } = visit
  const found = await visit.ask('unit.show', { unit: id })
  const [below, notices, money, needs] = await Promise.all([
    rowsOf(visit, { unit: id, offset: at }),
    visit.ask('notice.list', { unit: id, limit: 20 }),
    visit.ask('disclosure.list', { unit: id, limit: 20 }),
    visit.ask('need.list', { unit: id, limit: 1 }),
  ])
  const above = found.above.map((each) => html`${link(visit, `/public/units/${each.unit}`, say(each.name))} › `)
  const body = html`<p class="sub">${above}${say(found.tierName)}</p>
    <div class="card">
      ${facts([
        [say(words.tier), say(found.tierName)],
        [say(words.code), found.code ?? '—'],
        ...(found.state === 'none'
          ? []
          : ([
              [say(words.state), stateOf(visit, found.state)],
              [say(words.since), day(visit, found.stateSince)],
            ] as const)),
      ])}
      <p>
        <a href="${visit.to('/public/complaints', { unit: id })}">${say(words.complain)}</a>
        ${
          needs.total > 0 &&
          html`· <a href="${visit.to('/public/needs', { unit: id })}">${say(words.needs)} (${needs.total})</a>`
        }
      </p>
    </div>
    ${
      notices.total > 0 &&
      section(say(words.notices), table(visit, say(words.notices), noticeColumns(visit), notices.items))
    }
    ${money.total > 0 && section(say(words.money), table(visit, say(words.money), disclosureColumns(visit), money.items))}
    ${
      below.total > 0 &&
      section(
        say(words.below),
        html`${table(visit, say(words.below), columns(visit), below.units)}${pages(visit, { offset: at, total: below.total })}`,
      )
    }`
  return { title: say(found.name), body, query: textOf({ offset: at || undefined }) }
}
