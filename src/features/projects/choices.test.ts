import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { projectWalk } from '#test/project-walk.ts'
import { World } from '#test/world.ts'
import { findProjectChoices } from './choices.ts'

describe('Projects to choose from in forms', () => {
  let world: World
  before(async () => {
    world = await World.open()
  })
  after(() => world.close())

  it('A province finds the projects of its counties, a county only its own, and nobody those beside them', async () => {
    const walk = projectWalk(world)
    const found = (unit: string) =>
      world.ask(findProjectChoices, { unit: world.unit(unit) }, '2017-03-01', ['Qingshan Province', 'governor'])
    const ids = async (unit: string) => (await found(unit)).choices.map(({ id }: { id: string }) => id)
    const liu = await walk.to('admitted', 'Liu County', { draft: { code: 'A1' } })
    const tong = await walk.to('admitted', 'Tong County', { draft: { code: 'A2' } })
    assert.deepEqual(await ids('Qingshan Province'), [liu, tong])
    assert.deepEqual(await ids('Tong County'), [tong])
    assert.deepEqual(await ids('Xiling Province'), [])
  })
})
