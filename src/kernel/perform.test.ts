import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { makeAppointment } from '#features/seats/index.ts'
import { idOf, World } from '#test/world.ts'

describe('perform', () => {
  let world: World
  before(async () => {
    world = await World.open()
  })
  after(() => world.close())

  const successor = { id: idOf('successor'), name: { zh: '继任', en: 'A successor' }, madeUp: true }

  it('The small country has somebody in every seat', async () => {
    const { rows } = await world.engine.database.pool.query('select count(*)::int as n from appointment')
    assert.equal(rows[0].n, 49)
  })
  it('The same key with the same input gives the first outcome again', async () => {
    const input = { unit: world.unit('Liu County'), post: 'county-head', person: successor }
    const when = { as: ['Heyang City', 'party-secretary-city'], key: 'once' } as const
    const first = await world.perform(makeAppointment, input, when)
    assert.deepEqual(await world.perform(makeAppointment, input, when), first)
  })
})
