import { z } from 'zod'
import { isMoney } from '#features/mobilisation/index.ts'
import type { Text } from '#kernel/words.ts'
import type { Page } from './frame.ts'
import { html } from './html.ts'
import { textOf } from './notices.ts'
import { day, light, link, offset, pages, ROWS, section, table } from './parts.ts'
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
  everywhere: { zh: '全部地方的需求', en: 'the needs of all places' },
  campaigns: { zh: '帮扶活动', en: 'Campaigns' },
  campaign: { zh: '活动', en: 'Campaign' },
  area: { zh: '发起', en: 'Announced by' },
  days: { zh: '起止', en: 'Days' },
  purpose: { zh: '目的', en: 'Purpose' },
  pairs: { zh: '东西部扶贫协作', en: 'Pairs of east and west' },
  pairsSub: {
    zh: '结对关系来自公开资料汇编，逐条注明核实程度；起始日期为设定。',
    en: 'The pairs come from a compilation of public sources, each with how sure it is; the day on which they begin is a setting.',
  },
  east: { zh: '东部', en: 'East' },
  west: { zh: '西部', en: 'West' },
  since: { zh: '自', en: 'Since' },
  sure: { zh: '核实程度', en: 'How sure' },
  seen: { zh: '见于来源', en: 'seen in a source' },
  partly: { zh: '部分见于来源', en: 'seen in part' },
  known: { zh: '已知，未核对来源', en: 'known, not checked' },
  setting: { zh: '设定', en: 'a setting' },
  madeUp: { zh: '虚构', en: 'made up' },
} satisfies Record<string, Text>

type Need = Awaited<ReturnType<typeof listed>>['needs'][number]
const listed = (visit: Visit, at: number, unit: string | undefined) =>
  visit.ask('need.list', { offset: at, limit: ROWS, ...(unit !== undefined && { unit }) })

/** What counties and villages told the public that they need. */
export async function needs(visit: Visit): Promise<Page> {
  const { unit, offset: at } = visit.query(z.object({ unit: z.uuid().optional(), offset }))
  const { say, language } = visit
  const [{ total, needs: rows }, place, campaigns, pairs] = await Promise.all([
    listed(visit, at, unit),
    unit === undefined ? undefined : visit.ask('unit.show', { unit }),
    visit.ask('campaign.list', { ...(unit !== undefined && { unit }), limit: 20 }),
    visit.ask('pairing.list', { ...(unit !== undefined && { unit }), limit: 200 }),
  ])
  const kept = { unit }
  const amount = (need: Need, value: number) =>
    isMoney(need.kind)
      ? yuanIn(language, BigInt(Math.round(value)))
      : `${numberIn(language, value)} ${need.measure ?? ''}`
  const body = html`<p class="sub">${say(words.sub)}</p>
    ${
      place &&
      html`<p>
        ${link(visit, `/public/units/${place.unit}`, say(place.name))} ·
        ${link(visit, '/public/needs', say(words.everywhere))}
      </p>`
    }
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
      )}${pages(visit, { offset: at, total, query: kept })}
    </div>
    ${campaigns.total > 0 && section(say(words.campaigns), campaignTable(visit, campaigns.items))}
    ${
      pairs.total > 0 &&
      section(
        say(words.pairs),
        html`<p class="sub">${say(words.pairsSub)}</p>
          ${pairTable(visit, pairs.items)}`,
      )
    }`
  return { title: say(words.title), body, query: textOf({ ...kept, offset: at || undefined }) }
}

type Campaign = Awaited<ReturnType<typeof campaignsOf>>['items'][number]
const campaignsOf = (visit: Visit) => visit.ask('campaign.list', {})

const campaignTable = (visit: Visit, rows: readonly Campaign[]) =>
  table(
    visit,
    visit.say(words.campaigns),
    [
      {
        title: visit.say(words.campaign),
        isHead: true,
        cell: (row) => html`${row.title} ${row.madeUp && light('none', visit.say(words.madeUp))}`,
      },
      {
        title: visit.say(words.area),
        cell: (row) => link(visit, `/public/units/${row.unit}`, visit.say(row.unitName)),
      },
      { title: visit.say(words.days), cell: (row) => html`${day(visit, row.from)} – ${day(visit, row.until)}` },
      { title: visit.say(words.purpose), cell: (row) => row.purpose },
    ],
    rows,
  )

type Pair = Awaited<ReturnType<typeof pairsOf>>['items'][number]
const pairsOf = (visit: Visit) => visit.ask('pairing.list', {})
const sureness: Readonly<Record<string, Text>> = { V: words.seen, P: words.partly, K: words.known }

const pairTable = (visit: Visit, rows: readonly Pair[]) =>
  table(
    visit,
    visit.say(words.pairs),
    [
      {
        title: visit.say(words.east),
        isHead: true,
        cell: (row) => link(visit, `/public/units/${row.unit}`, visit.say(row.east)),
      },
      {
        title: visit.say(words.west),
        cell: (row) => link(visit, `/public/units/${row.westUnit}`, visit.say(row.west)),
      },
      { title: visit.say(words.since), cell: (row) => day(visit, row.since) },
      { title: visit.say(words.sure), cell: (row) => visit.say(sureness[row.status] ?? words.setting) },
    ],
    rows,
  )
