import { acts } from '#features/funds/index.ts'
import type { AnyAct } from '#kernel/act.ts'
import type { As, World } from './world.ts'

/** The acts on money by their names, as in `fund('allocate')`. */
export function fund(name: string): AnyAct {
  const found = (acts as readonly AnyAct[]).find((act) => act.name === `funds.${name}`)
  if (!found) throw new Error(`There is no act funds.${name}.`)
  return found
}

export const centre: As = ['The Centre', 'minister-finance']
export const province: As = ['Qingshan Province', 'finance-director-province']
export const city: As = ['Heyang City', 'mayor']
export const county: As = ['Liu County', 'finance-director-county']

/** An amount in whole 万元 as acts take it. */
export const wan = (amount: number) => `${amount}0000`

export type Shares = Readonly<Record<string, string>>
export const sharesOf = (world: World, shares: Shares) =>
  Object.entries(shares).map(([name, amount]) => ({ unit: world.unit(name), amount }))

let papers = 0
/** A document number that was not used before. */
export const paper = () => `财农〔2016〕${(papers += 1)}号`

/** A central line of 2016 with its shares handed out; gives the line. */
export async function appropriated(
  world: World,
  amount: string,
  shares: Shares = {},
  on = '2016-03-01',
): Promise<string> {
  const input = {
    unit: world.unit('The Centre'),
    name: { zh: '中央财政专项扶贫资金', en: 'Central special funds' },
    year: Number(on.slice(0, 4)),
    document: paper(),
    amount,
    madeUp: true,
    ...(Object.keys(shares).length > 0 && { shares: sharesOf(world, shares) }),
  }
  return (await world.done(fund('appropriate'), input, { as: centre, on })).line
}

/** What handing money down takes. */
export const handing = (world: World, giver: string, line: string, shares: Shares, year = 2016) => ({
  unit: world.unit(giver),
  line,
  year,
  document: paper(),
  shares: sharesOf(world, shares),
})

/** What a unit may still dispose of, in fen. */
export async function left(world: World, line: string, unit: string, year = 2016): Promise<bigint> {
  const row = await world.db
    .selectFrom('fund_account')
    .select('balance')
    .where('line_id', '=', line)
    .where('unit_id', '=', world.unit(unit))
    .where('year', '=', year)
    .where('kind', '=', 'available')
    .executeTakeFirst()
  return row?.balance ?? 0n
}
