import { acts } from '#features/funds/index.ts'
import type { AnyAct } from '#kernel/act.ts'
import { designate, poorCounties } from './designate.ts'
import { appropriated, fund, handing, paper, province, wan } from './fund-walk.ts'
import { projectWalk } from './project-walk.ts'
import type { As, World } from './world.ts'

export const treasurer: As = ['Liu County', 'finance-director-county']
export const head: As = ['Liu County', 'county-head']

export const payeeAct = (name: string): AnyAct => {
  const found = (acts as readonly AnyAct[]).find((act) => act.name === `payee.${name}`)
  if (!found) throw new Error(`There is no act payee.${name}.`)
  return found
}

/** A county of the small country with money of 2017, assigned projects and payees, to spend in. */
export class Spending {
  readonly world: World
  /** A block of ten million yuan. */
  line = ''
  /** Projects of a million yuan each: industry, housing. */
  industry = ''
  housing = ''
  payee = ''

  constructor(world: World) {
    this.world = world
  }

  static async open(world: World): Promise<Spending> {
    const spending = new Spending(world)
    await designate(world, poorCounties)
    const walk = projectWalk(world)
    spending.industry = await walk.to('assigned', 'Liu County', { draft: { code: 'A1', kind: 'industry' } })
    spending.housing = await walk.to('assigned', 'Liu County', { draft: { code: 'A2', kind: 'housing' } })
    spending.line = await spending.fresh(1000)
    spending.payee =
      (
        await spending.payees('Liu County', [{ kind: 'household', name: '张三丰', account: '6217000000000000001' }])
      )[0] ?? ''
    return spending
  }

  /** A new central line of which the county gets so many 万元. */
  async fresh(amount: number, to = 'Liu County', on = '2017-03-02'): Promise<string> {
    const line = await appropriated(this.world, wan(amount), { 'Qingshan Province': wan(amount) }, on)
    await this.world.done(
      fund('allocate'),
      handing(this.world, 'Qingshan Province', line, { [to]: wan(amount) }, 2017),
      {
        as: province,
        on,
      },
    )
    return line
  }

  async payees(
    county: string,
    payees: readonly { kind: string; name: string; account: string; bank?: string }[],
    on = '2017-03-03',
  ): Promise<string[]> {
    const input = { unit: this.world.unit(county), payees: payees.map((each) => ({ bank: '县农商行', ...each })) }
    return (await this.world.done(payeeAct('register'), input, { as: [county, 'finance-director-county'], on })).payees
  }

  held = (line = this.line, county = 'Liu County') => ({
    unit: this.world.unit(county),
    line,
    year: 2017,
    document: paper(),
  })

  /** The county's head commits; its treasurer pays. */
  commit = (amount: string, { project = this.industry, line = this.line, on = '2017-03-10' } = {}) =>
    this.world.done(fund('commit'), { ...this.held(line), items: [{ project, amount }] }, { as: head, on })

  paying = (payments: readonly Record<string, unknown>[], line = this.line) => ({
    ...this.held(line),
    payments: payments.map((each) => ({ project: this.industry, payee: this.payee, ...each })),
  })

  pay = (payments: readonly Record<string, unknown>[], { line = this.line, on = '2017-04-01' } = {}) =>
    this.world.done(fund('pay'), this.paying(payments, line), { as: treasurer, on })

  /** What a kind of account holds, in fen. */
  async balance(kind: string, line = this.line): Promise<bigint> {
    const { rows } = await this.world.engine.database.pool.query<{ sum: bigint }>(
      'select coalesce(sum(balance), 0)::bigint as sum from fund_account where line_id = $1 and unit_id = $2 and kind = $3',
      [line, this.world.unit('Liu County'), kind],
    )
    return rows[0]?.sum ?? 0n
  }
}
