import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { designateUnits } from '#features/units/index.ts'
import { acts } from '#src/acts.ts'
import { World } from '#test/world.ts'
import { type CalendarKeeper, openPeriods } from './calendar.ts'

describe('the calendar’s keeper', () => {
  let world: World
  before(async () => {
    world = await World.open()
    const units = [world.unit('Liu County')]
    await world.done(
      designateUnits,
      { unit: world.unit('The Centre'), units },
      { as: ['The Centre', 'office-director'] },
    )
  })
  after(() => world.close())

  const keeper = (today: string): CalendarKeeper => ({
    engine: world.engine,
    acts,
    today: () => today,
    findRoot: () => Promise.resolve({ id: world.unit('The Centre') }),
  })
  const items = async () =>
    (
      await world.db
        .selectFrom('obligation_item')
        .select('subject')
        .where('obligation', '=', 'adopt-annual-plan')
        .execute()
    ).map((item) => item.subject)
  const keepOnce = (today: string) => openPeriods(keeper(today), today)

  it('What a year asks for is opened once, however often the keeper comes by', async () => {
    await keepOnce('2018-01-02')
    await keepOnce('2018-02-14')
    assert.deepEqual(await items(), ['2018'])
    await keepOnce('2019-01-01')
    assert.deepEqual(
      (await items()).toSorted((a, b) => a.localeCompare(b)),
      ['2018', '2019'],
    )
  })

  it('The mechanism itself is named in the journal, and its act is marked as a job', async () => {
    const entries = await world.db
      .selectFrom('journal')
      .select(['actor_kind', 'ground', 'via'])
      .where('act', '=', 'calendar.open')
      .execute()
    assert.deepEqual(
      new Set(entries.map((entry) => `${entry.actor_kind} ${entry.ground} ${entry.via}`)),
      new Set(['mechanism mechanism job']),
    )
  })

  it('Before a programme is founded there is nothing to open', async () => {
    const before = await items()
    await openPeriods({ ...keeper('2020-01-01'), findRoot: () => Promise.resolve(undefined) }, '2020-01-01')
    assert.deepEqual(await items(), before)
  })
})
