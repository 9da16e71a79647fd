import { z } from 'zod'
import { isMoney } from '#features/mobilisation/index.ts'
import type { Text } from '#kernel/words.ts'
import type { Page } from './frame.ts'
import { html } from './html.ts'
import { textOf } from './notices.ts'
import { day, light, link, offset, pages, ROWS, table } from './parts.ts'
import { numberIn, type Visit, yuanIn } from './visit.ts'

const words = {
  title: { zh: '帮扶需求', en: 'Needs' },
  sub: {
    zh: '各县、村公布的需求：要什么、要多少、何时要、已对接和收到多少。认捐请与该县扶贫办联系，或在本系统中办理。',
    en: 'What counties and villages need: what, how much, by when, and how much is matched and received. To pledge, turn to the county’s office, or do it in this system.',
  },
  need: { zh: '需求', en: 'Need' },
  county: { zh: '县', en: 'County' },
  kind: { zh: '种类', en: 'Kind' },
  needed: { zh: '需要', en: 'Needed' },
  matched: { zh: '已对接', en: 'Matched' },
  confirmed: { zh: '已收到', en: 'Received' },
  wanted: { zh: '何时要', en: 'Wanted by' },
  state: { zh: '状态', en: 'Standing' },
  madeUp: { zh: '虚构', en: 'made up' },
} satisfies Record<string, Text>

type Need = Awaited<ReturnType<typeof listed>>['needs'][number]
const listed = (visit: Visit, at: number) => visit.ask('need.list', { offset: at, limit: ROWS })

/** What counties and villages told the public that they need. */
export async function needs(visit: Visit): Promise<Page> {
  const { offset: at } = visit.query(z.object({ offset }))
  const { say, language } = visit
  const { total, needs: rows } = await listed(visit, at)
  const amount = (need: Need, value: number) =>
    isMoney(need.kind)
      ? yuanIn(language, BigInt(Math.round(value)))
      : `${numberIn(language, value)} ${need.measure ?? ''}`
  const body = html`<p class="sub">${say(words.sub)}</p>
    <div class="card">
      ${table(
        visit,
        say(words.title),
        [
          {
            title: say(words.need),
            isHead: true,
            cell: (need) => html`${need.title} ${need.madeUp && light('none', say(words.madeUp))}`,
          },
          {
            title: say(words.county),
            cell: (need) => link(visit, `/public/units/${need.unit}`, say(need.unitName)),
          },
          { title: say(words.kind), cell: (need) => say(need.kindWords) },
          { title: say(words.needed), isNumber: true, cell: (need) => amount(need, need.quantity) },
          { title: say(words.matched), isNumber: true, cell: (need) => amount(need, need.matched) },
          { title: say(words.confirmed), isNumber: true, cell: (need) => amount(need, need.confirmed) },
          { title: say(words.wanted), cell: (need) => day(visit, need.wanted) },
          { title: say(words.state), cell: (need) => say(need.stateWords) },
        ],
        rows,
      )}${pages(visit, { offset: at, total })}
    </div>`
  return { title: say(words.title), body, query: textOf({ offset: at || undefined }) }
}
