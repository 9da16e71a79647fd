import { get } from '#test/exit-walk.ts'
import type { World } from '#test/world.ts'

/** Two complaints about Liu County: one open, one answered. */
export async function complain(world: World) {
  const unit = world.unit('Liu County')
  const file = (statement: string, receipt: string, on: string) =>
    world.done(get('complaint.file'), { unit, kind: 'money', statement, receipt }, { as: 'public', on })
  const { complaint } = await file('补助款没有发到户', 'K7M2-8XKD-4RTB-W1HZ', '2018-09-03')
  await world.done(
    get('complaint.answer'),
    { unit, complaint, outcome: 'upheld', answer: '经核实，已补发到户' },
    { as: ['Liu County', 'poverty-office-director-county'], on: '2018-09-12' },
  )
  await file('村里的公示栏一直空着', 'M7M2-8XKD-4RTB-W1HZ', '2018-10-09')
}
