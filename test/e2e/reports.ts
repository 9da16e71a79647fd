import { findAct } from '#src/acts.ts'
import type { AnyAct } from '#kernel/act.ts'
import type { As, World } from '#test/world.ts'

const need = (name: string): AnyAct => {
  const act = findAct(name)
  if (!act) throw new Error(`There is no act «${name}».`)
  return act
}

const head: As = ['Liu County', 'county-head']
const mayor: As = ['Heyang City', 'mayor']

/** What a county's author added, and what its city remarked, in the words of the stories. */
export const said = {
  work: '走访脱贫不稳定户二十户',
  problem: '一座便桥尚未验收',
  reason: '次数与工作日志不符',
  remark: '请按日志核对次数',
  answer: '已按日志更正',
} as const

export const entered = [
  { field: 'main-work', value: said.work },
  { field: 'problems', value: said.problem },
  { field: 'village-visits', value: '9' },
]

/** Liu County's reports of 2018: July passed in its second version, August returned, September waiting. */
export async function sendReports(world: World): Promise<void> {
  const unit = world.unit('Liu County')
  const send = (period: string, on: string, more: object = {}) =>
    world.done(need('progress.report'), { unit, kind: 'county-monthly', period, entered, ...more }, { as: head, on })
  const remarks = [{ field: 'village-visits', remark: said.remark }]
  const back = (report: string, on: string) =>
    world.done(need('progress.return'), { unit, report, version: 1, reason: said.reason, remarks }, { as: mayor, on })
  const july = await send('2018-07', '2018-08-03')
  await back(july.report, '2018-08-06')
  await send('2018-07', '2018-08-08', {
    entered: [{ field: 'village-visits', value: '7' }],
    answers: [{ field: 'village-visits', answer: said.answer }],
  })
  const passed = { unit, report: july.report, version: 2 }
  await world.done(need('progress.scrutinise'), passed, { as: mayor, on: '2018-08-10' })
  await back((await send('2018-08', '2018-09-04')).report, '2018-09-06')
  await send('2018-09', '2018-10-08')
}
