import { z } from 'zod'
import { Year } from '#kernel/words.ts'
import type { Page } from './frame.ts'
import { html, type Html } from './html.ts'
import { type Column, day, facts, light, link, offset, pages, ROWS, section, table } from './parts.ts'
import { dayIn, numberIn, type Visit } from './visit.ts'

const words = {
  title: { zh: '退出公示', en: 'Notices of exits' },
  sub: {
    zh: '拟退出贫困县的县在这里公示；公示期内任何人都可以提出异议，异议都要答复。',
    en: 'Counties about to leave poverty are put before the public here. While a notice stands anyone may object, and every objection is answered.',
  },
  county: { zh: '县', en: 'County' },
  within: { zh: '所属', en: 'Within' },
  year: { zh: '年度', en: 'Year' },
  from: { zh: '公示', en: 'From' },
  until: { zh: '截止', en: 'Until' },
  state: { zh: '状态', en: 'Standing' },
  objections: { zh: '异议（已答复）', en: 'Objections (answered)' },
  left: { zh: '还有 {days} 天', en: '{days} days left' },
  last: { zh: '今天截止', en: 'the last day' },
  all: { zh: '全部', en: 'All' },
  open: { zh: '正在公示', en: 'Standing now' },
  closed: { zh: '已结束', en: 'Ended' },
  heading: { zh: '关于{county}拟退出贫困县的公示', en: 'Public notice of the exit of {county} from poverty' },
  body: {
    zh: '{above}{county}拟于{year}年度退出贫困县。经县级提出、逐级审核，现向社会公示。截至{asOf}，该县剩余贫困人口{poor}人，农村人口{rural}人，贫困发生率{rate}（上限{limit}）；贫困村{villages}个，已退出{out}个。',
    en: 'It is proposed that {county}, {above}, leaves poverty with the year {year}. The county has proposed it and every level has looked it through; it is now put before the public. As of {asOf} the county has {poor} poor people among {rural} rural people: a headcount of {rate} (limit {limit}); {out} of its {villages} poor villages are out.',
  },
  round: { zh: '第几次公示', en: 'Round' },
  received: { zh: '收到的异议', en: 'Objections received' },
  none: { zh: '没有收到异议。', en: 'None was received.' },
  on: { zh: '提出', en: 'Made on' },
  answered: { zh: '答复', en: 'Answered on' },
  outcome: { zh: '结论', en: 'Outcome' },
  upheld: { zh: '成立，退回整改', en: 'upheld; returned for correction' },
  dismissed: { zh: '不成立', en: 'dismissed' },
  waiting: { zh: '办理中', en: 'being looked into' },
  object: { zh: '提出异议', en: 'Object' },
  how: {
    zh: '不需要账号；姓名和联系方式可以不填。您会得到回执编号，凭它查询答复。',
    en: 'No account is needed; name and contact may be left out. You get a receipt, with which you see the answer.',
  },
  ask: { zh: '凭回执查询异议的答复', en: 'Ask with a receipt what was answered' },
  place: { zh: '该县的公开情况', en: 'What is public of this county' },
} as const

type Notice = Awaited<ReturnType<typeof listed>>['items'][number]
const listed = (visit: Visit, input: { state: 'open' | 'closed' | 'all'; offset: number; year?: number }) =>
  visit.ask('notice.list', { ...input, limit: ROWS })

const standing = (visit: Visit, { daysLeft, became }: Pick<Notice, 'daysLeft' | 'became'>): Html =>
  daysLeft === null
    ? light('none', visit.say(became))
    : light(
        'yellow',
        daysLeft === 0 ? visit.say(words.last) : visit.say(words.left).replace('{days}', String(daysLeft)),
      )

export const noticeColumns = (visit: Visit): readonly Column<Notice>[] => [
  {
    title: visit.say(words.county),
    isHead: true,
    cell: (notice) => link(visit, `/public${notice.address}`, visit.say(notice.name)),
  },
  { title: visit.say(words.within), cell: (notice) => visit.say(notice.above) },
  { title: visit.say(words.year), cell: (notice) => notice.year },
  { title: visit.say(words.until), cell: (notice) => day(visit, notice.until) },
  { title: visit.say(words.state), cell: (notice) => standing(visit, notice) },
  {
    title: visit.say(words.objections),
    isNumber: true,
    cell: ({ objections, answered }) => `${objections} (${answered})`,
  },
]

const ListQuery = z.object({ state: z.enum(['open', 'closed', 'all']).default('all'), year: Year.optional(), offset })

/** Every notice, those that stand first. */
export async function notices(visit: Visit): Promise<Page> {
  const query = visit.query(ListQuery)
  const { items, total } = await listed(visit, {
    state: query.state,
    offset: query.offset,
    ...(query.year !== undefined && { year: query.year }),
  })
  const { say } = visit
  const choice = (state: 'all' | 'open' | 'closed') =>
    query.state === state
      ? html`<b>${say(words[state])}</b> `
      : html`<a href="${visit.to('/public/notices', { state: state === 'all' ? undefined : state })}"
          >${say(words[state])}</a
        > `
  const kept = { state: query.state === 'all' ? undefined : query.state, year: query.year }
  const body = html`<p class="sub">${say(words.sub)}</p>
    <p>
      ${choice('all')}· ${choice('open')}· ${choice('closed')}· ${link(visit, '/public/objections', say(words.ask))}
    </p>
    <div class="card">
      ${table(visit, say(words.title), noticeColumns(visit), items)}
      ${pages(visit, { offset: query.offset, total, query: kept })}
    </div>`
  return { title: say(words.title), body, query: textOf({ ...kept, offset: query.offset || undefined }) }
}

/** What stands behind the question mark, as text. */
export const textOf = (query: Readonly<Record<string, string | number | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  )

export const Place = z.object({ unit: z.uuid(), year: z.coerce.number().int(), round: z.coerce.number().int().min(1) })
export type Place = z.output<typeof Place>

/** One notice at its permanent address: on what the exit stands, how long it stands still, what was objected. */
export async function notice(visit: Visit, place: Place): Promise<Page> {
  visit.query(z.object({}))
  const found = await visit.ask('notice.show', place)
  const { say, language } = visit
  const { basis } = found
  const values: Record<string, string> = {
    county: say(found.name),
    above: say(found.above),
    year: String(found.year),
    ...(basis && {
      asOf: dayIn(language, basis.asOf),
      poor: numberIn(language, basis.poorPersons),
      rural: numberIn(language, basis.ruralPersons),
      rate: basis.rate,
      limit: basis.limit,
      villages: String(basis.villages),
      out: String(basis.villagesOut),
    }),
  }
  const filled = (text: string) => text.replaceAll(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '')
  const address = `/public${found.address}`
  const body = html`<div class="card paper">
      ${basis ? html`<p>${filled(say(words.body))}</p>` : ''}
      ${facts([
        [say(words.from), day(visit, found.from)],
        [say(words.until), html`${day(visit, found.until)} ${standing(visit, found)}`],
        [say(words.round), found.round],
      ])}
    </div>
    ${
      found.isOpen &&
      visit.on === visit.today &&
      section(
        say(words.object),
        html`<p>${say(words.how)}</p>
          <p><a class="button" href="${visit.to(`${address}/object`)}">${say(words.object)}</a></p>`,
      )
    }
    ${section(
      say(words.received),
      found.list.length === 0
        ? html`<p>${say(words.none)}</p>`
        : table(
            visit,
            say(words.received),
            [
              { title: say(words.on), isHead: true, cell: (each) => day(visit, each.on) },
              { title: say(words.answered), cell: (each) => day(visit, each.answeredOn) },
              { title: say(words.outcome), cell: (each) => say(words[each.outcome ?? 'waiting']) },
            ],
            found.list,
          ),
    )}
    <p>
      ${link(visit, `/public/units/${found.unit}`, say(words.place))} ·
      ${link(visit, '/public/objections', say(words.ask))} · ${link(visit, '/public/notices', say(words.title))}
    </p>`
  return { title: filled(say(words.heading)), body }
}
