import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { figures, recodeUnit, renameUnit } from '#features/units/index.ts'
import { World } from '#test/world.ts'
import { readFigureBelow } from './figure.ts'

const clerk = ['The Centre', 'minister-civil-affairs'] as const

describe('the map that figures are laid on', () => {
  let world: World
  before(async () => {
    world = await World.open()
  })
  after(() => world.close())

  const below = async (unit: string, on: string) => {
    const [figure] = figures.filter((each) => each.name === 'units.counties')
    assert.ok(figure)
    const question = { unit: world.unit(unit), on, map: on, year: 2016, charter: world.charter }
    return (await readFigureBelow(world.db, figure, question)).map(({ name, code }) => `${code} ${name.en}`)
  }

  it('A county that is renamed and recoded on one day stands in the next figure as it is now called, each time', async () => {
    const unit = world.unit('Liu County')
    const when = { as: clerk, on: '2016-05-03' }
    assert.ok((await below('Heyang City', '2016-05-03')).includes('130627 Liu County'))
    await world.done(renameUnit, { unit, name: { zh: '柳州', en: 'Willow' } }, when)
    assert.ok((await below('Heyang City', '2016-05-03')).includes('130627 Willow'))
    await world.done(recodeUnit, { unit, code: '130699' }, when)
    assert.ok((await below('Heyang City', '2016-05-03')).includes('130699 Willow'))
    assert.ok((await below('Heyang City', '2016-05-02')).includes('130627 Liu County'))
  })
})
