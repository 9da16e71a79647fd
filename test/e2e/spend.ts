import { fund, wan } from '#test/fund-walk.ts'
import { projectWalk, wholeDraft } from '#test/project-walk.ts'
import { head, payeeAct, treasurer } from '#test/spending.ts'
import type { World } from '#test/world.ts'

/** What people wrote about this money; a page shows it as they wrote it. */
export const told = {
  ...Object.fromEntries(
    (['name', 'place', 'task', 'responsible', 'target'] as const).map((field) => [field, wholeDraft[field]]),
  ),
  household: '张**',
  company: '路桥公司',
} as const

/** Liu County commits a part of a line to a project under way, pays two payees, and tells the public. */
export async function spendMoney(world: World, line: string) {
  const unit = world.unit('Liu County')
  const draft = { ...wholeDraft, code: 'E2E-1', amount: wan(200) }
  const project = await projectWalk(world).to('started', 'Liu County', { draft, from: '2018-01-04' })
  const payees = [
    { kind: 'household', name: '张三丰', bank: '县农商行', account: '6217000000000000001' },
    { kind: 'company', name: told.company, bank: '县农商行', account: '6217000000000000002' },
  ]
  const registered = await world.done(payeeAct('register'), { unit, payees }, { as: treasurer, on: '2018-03-14' })
  const held = { unit, line, year: 2018 }
  const items = [{ project, amount: wan(150) }]
  await world.done(fund('commit'), { ...held, document: '柳财〔2018〕1号', items }, { as: head, on: '2018-03-20' })
  const payments = (registered.payees as readonly string[]).map((payee, at) => ({
    project,
    payee,
    amount: at === 0 ? '8000.50' : wan(60),
    milestone: 1,
  }))
  await world.done(fund('pay'), { ...held, document: '柳财〔2018〕2号', payments }, { as: treasurer, on: '2018-06-20' })
  await world.done(fund('disclose'), { unit, line }, { as: head, on: '2018-06-21' })
}
