import { findAct } from '#src/acts.ts'
import type { As, World } from '#test/world.ts'

/** What people wrote about these needs and pledges; a page shows it as they wrote it. */
export const saidOfHelp = {
  need: '村小学课桌椅',
  why: '三所村小需要更换课桌椅。',
  money: '村卫生室修缮',
  what: '全新课桌椅。',
  evidence: '交接单第7号。',
  firm: '青山果业公司',
  about: '每年采购苹果。',
  campaign: '2018年扶贫日帮扶活动',
  purpose: '动员社会各界对接需求。',
  source: '结对名单',
  measure: '套',
} as const

/** A county's needs, one of them half met by a pair and by one of the public; an enterprise, a central body and a campaign. */
export async function helpCounties(world: World) {
  const does = (name: string, input: object, as: As, on: string) => {
    const act = findAct(name)
    if (!act) throw new Error(`There is no act «${name}».`)
    return world.done(act, input, { as, on })
  }
  const said = saidOfHelp
  const [unit, east] = [world.unit('Liu County'), world.unit('Haidao Province')]
  const head = ['Liu County', 'county-head'] as const
  const office = ['Liu County', 'poverty-office-director-county'] as const
  const governor = ['Haidao Province', 'governor'] as const
  const housing = ['The Centre', 'minister-housing'] as const
  const phrase = 'by the old bridge'
  const pairs = [
    { east, west: world.unit('Heyang City'), status: 'V' },
    { east, west: world.unit('Xiling Province'), status: 'K' },
  ]
  const root = world.unit('The Centre')
  await does('pairing.set', { unit: root, source: said.source, pairs }, ['The Centre', 'office-director'], '2016-12-07')
  await does('assistance.begin', { unit, about: said.about }, housing, '2017-01-05')
  const announced = { title: said.campaign, purpose: said.purpose, from: '2018-03-01', until: '2018-12-31' }
  const mobilising = ['Qingshan Province', 'governor'] as const
  const area = world.unit('Qingshan Province')
  const { campaign } = await does('campaign.announce', { unit: area, ...announced }, mobilising, '2018-03-01')
  const desks = { kind: 'goods', count: 100, measure: said.measure }
  const wanted = { title: said.need, why: said.why, wanted: '2018-12-01', ...desks, campaign }
  const { need } = await does('need.publish', { unit, ...wanted }, office, '2018-03-05')
  const clinic = { title: said.money, why: said.why, wanted: '2018-12-31', kind: 'money', amount: '1250000' }
  await does('need.publish', { unit, ...clinic }, office, '2018-05-07')
  const offer = { ...desks, what: said.what, by: '2018-08-20', need }
  const pair = { unit: east, county: unit }
  const made = (await does('pledge.make-as-pair', { ...pair, ...offer, count: 50 }, governor, '2018-03-06')).pledge
  await does('pledge.match', { unit, pledge: made, need }, office, '2018-03-08')
  await does('pledge.deliver-as-pair', { ...pair, pledge: made, evidence: said.evidence }, governor, '2018-05-02')
  await does('pledge.confirm', { unit, pledge: made, note: said.evidence }, head, '2018-05-04')
  const own = (await does('pledge.make', { unit, ...offer, count: 30, phrase }, 'public', '2018-03-12')).pledge
  await does('pledge.match', { unit, pledge: own, need }, office, '2018-03-15')
  await does('pledge.make-as-assistant', { unit, ...offer, count: 20, by: '2018-12-20' }, housing, '2018-10-08')
  const join = { unit, kind: 'enterprise', name: said.firm, about: said.about, phrase }
  const { partner } = await does('partner.join', join, 'public', '2018-04-02')
  await does('partner.admit', { unit, partner }, office, '2018-04-09')
  const buys = { unit, kind: 'purchase', amount: '80000', what: said.what, by: '2018-12-20', partner, phrase }
  await does('pledge.make', buys, 'public', '2018-10-08')
}
