import { appropriated, fund, handing, wan } from '#test/fund-walk.ts'
import type { World } from '#test/world.ts'

/** A central line of 2018 has gone down to Liu County; its province still holds a part of it, long past its day. */
export async function handMoneyDown(world: World): Promise<string> {
  const line = await appropriated(world, wan(900), { 'Qingshan Province': wan(600) }, '2018-03-01')
  const shares = { 'Liu County': wan(300), 'Song County': wan(120) }
  const handed = handing(world, 'Qingshan Province', line, shares, 2018)
  await world.done(fund('allocate'), handed, { as: ['Qingshan Province', 'governor'], on: '2018-03-12' })
  return line
}
