import { findAct } from '#src/acts.ts'
import type { As, World } from '#test/world.ts'

/** What people wrote about these matters and requests; a page shows it as they wrote it. */
export const said = {
  matter: '跨县公路的资金缺口',
  asked: '请协调补足跨县公路资金。',
  relayed: '市级无此资金。',
  request: '务工情况',
  reason: '研究劳务协作安排。',
  question: '务工中的主要困难',
  number: '外出务工的贫困劳动力人数',
  answer: '缺少培训',
} as const

/** A matter on its way from a county to its province, and a request that one county has answered and another has not. */
export async function coordinate(world: World) {
  const does = (name: string, input: object, as: As, on: string) => {
    const act = findAct(name)
    if (!act) throw new Error(`There is no act «${name}».`)
    return world.done(act, input, { as, on })
  }
  const [liu, tong] = ['Liu County', 'Tong County'].map(world.unit)
  const raised = { unit: liu, title: said.matter, asked: said.asked, concerns: 'use-funds-well' }
  const { matter } = await does('matter.raise', raised, ['Liu County', 'county-head'], '2018-09-03')
  const relayed = { unit: world.unit('Heyang City'), matter, to: 'above', note: said.relayed }
  await does('matter.relay', relayed, ['Heyang City', 'mayor'], '2018-09-10')
  const office = ['Qingshan Province', 'governor'] as const
  const asked = {
    unit: world.unit('Qingshan Province'),
    title: said.request,
    reason: said.reason,
    receivers: [liu, tong],
    due: '2018-10-26',
    fields: [
      { kind: 'figure', figure: 'units.poor-counties' },
      { kind: 'whole', title: said.number },
      { kind: 'text', title: said.question },
    ],
  }
  const { request } = await does('report.request', asked, office, '2018-10-08')
  const entered = [
    { n: 2, value: '1250' },
    { n: 3, value: said.answer },
  ]
  await does('request.answer', { unit: tong, request, entered }, ['Tong County', 'county-head'], '2018-10-12')
}
