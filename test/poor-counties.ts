import { designateUnits } from '#features/units/index.ts'
import { foundingDay, type World } from './world.ts'

/** Puts counties of the small country on the list of poor counties, from its founding on. */
export async function designatePoor(world: World, names: readonly string[], on = foundingDay): Promise<void> {
  const root = world.unit('The Centre')
  const tier = world.charter.tiers[0]?.id ?? ''
  const post = world.charter.findDuty('designate-poor-counties', on)?.held_by[tier]?.[0] ?? ''
  await world.done(designateUnits, { unit: root, units: names.map(world.unit) }, { as: ['The Centre', post], on })
}
