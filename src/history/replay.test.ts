import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { findFigure } from '#src/figures.ts'
import { type Database, openDb } from '#kernel/db.ts'
import { readFigure } from '#kernel/figure.ts'
import { type Engine, engine } from '#kernel/perform.ts'
import { answerable, findLineage } from '#kernel/standing.ts'
import { testDatabase } from '#test/pg.ts'
import { campaign } from '#test/world.ts'
import { checkHistory } from './check.ts'
import { placeId, programmeIn, readCountry } from './country.ts'
import { readExitsByProvince } from './facts.ts'
import { planHistory, replay } from './replay.ts'

const cutOffOn = '2015-12-10'
/**
 * The programme in two provinces with cities, one without, and a municipality, with exits of every year; the whole is planned here, and performed and compared by
 * `zeren replay --check` and by the bench.
 */
const country = programmeIn(readCountry(), ['130000', '460000', '500000', '640000'])
/** Some five thousand acts, beside the other tests. */
const REPLAY_MS_MAX = 300_000

describe('the campaign, replayed', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>
  let acting: Database
  let on: Engine
  before(async () => {
    database = await testDatabase()
    acting = openDb({ ...database.app, forActs: true })
    on = engine(acting, campaign())
    await replay({ engine: on, until: cutOffOn, country })
  })
  after(async () => {
    await acting.close()
    await database.drop()
  })

  it(
    'A replay that was cut off goes on where it stopped, and does nothing twice',
    { timeout: REPLAY_MS_MAX },
    async () => {
      const before = await count()
      const again = await replay({ engine: on, until: cutOffOn, country })
      assert.equal(again.performed, 0)
      assert.equal(await count(), before)
      const rest = await replay({ engine: on, country })
      assert.ok(rest.performed > 2_000)
      assert.equal(await count(), rest.steps)
    },
  )

  it('Every county is out in its true year: the replay equals the published table, cell by cell', async () => {
    const { cells, differences } = await checkHistory(acting.db, on.charter, country)
    assert.equal(cells.length, country.provinces.length * 6 + 5)
    assert.deepEqual(differences, [])
    assert.equal(
      cells.filter((cell) => cell.year === 'total').reduce((sum, cell) => sum + cell.replayed, 0),
      country.counties.length,
    )
  })

  it('Of the whole country every county’s exit is planned for its true year, cell by cell of the published table', () => {
    const whole = readCountry()
    const provinceOf = new Map(whole.counties.map((county) => [county.id, whole.provinceOf(county).name.zh]))
    const proposed = new Map<string, Set<string>>()
    for (const { act, input } of planHistory(on.charter, whole)) {
      if (act.name !== 'exit.propose' || typeof input === 'function') continue
      const cell = `${provinceOf.get(String(input['unit']))} ${String(input['year'])}`
      proposed.set(cell, (proposed.get(cell) ?? new Set()).add(String(input['unit'])))
    }
    const table = readExitsByProvince().flatMap(({ province, byYear }) =>
      Object.entries(byYear).flatMap(([year, count]) => (count === 0 ? [] : [[`${province} ${year}`, count] as const])),
    )
    const bySize = (cells: Iterable<readonly [string, number]>) => Object.fromEntries(cells)
    assert.deepEqual(bySize([...proposed].map(([cell, counties]) => [cell, counties.size])), bySize(table))
  })

  it('The centre’s money of every year is that of the source, and what was handed down adds up to the fen', async () => {
    const { money, moneyDifferences } = await checkHistory(acting.db, on.charter, country)
    assert.deepEqual(
      money.map((cell) => cell.year),
      [2013, 2014, 2015, 2016, 2017, 2018, 2019, 2020],
    )
    assert.deepEqual(moneyDifferences, [])
    for (const { year, factFen, provincesFen, countiesFen } of money) {
      assert.equal(provincesFen, year < 2016 ? 0n : factFen)
      assert.equal(countiesFen, provincesFen)
    }
    const { rows } = await sql<{ line: string; sum: bigint }>`
      select line_id as line, sum(balance)::bigint as sum from fund_account group by line_id`.execute(acting.db)
    assert.equal(rows.length, 8)
    for (const { sum } of rows) assert.equal(sum, 0n)
  })

  it('On any day somebody answers for every county of the campaign, or the vacancy and its stand-in are named', async () => {
    const { counties } = country
    for (const day of ['2016-06-01', '2018-10-17', '2020-12-31'])
      for (const county of counties.filter((_, at) => at % 4 === 0)) {
        const lineage = await findLineage(acting.db, county.id, day)
        assert.ok(lineage, `${county.name.en} is missing on ${day}`)
        for (const duty of on.charter.dutiesOn(day)) {
          const answer = await answerable(acting.db, on.charter, duty, lineage, day)
          assert.ok(
            answer.kind !== 'vacancy' || answer.routedTo,
            `${duty.id} over ${county.name.en} on ${day} is nobody's`,
          )
        }
      }
  })

  it('The counties of a day add up to the same on the map of 2015 and on the map of 2020', async () => {
    const figure = findFigure('units.poor-counties')
    assert.ok(figure)
    const { root } = country
    const provinces = country.places.filter((place) => place.tier === 'province')
    const read = (unit: string, map: string) =>
      readFigure(acting.db, figure, { unit, on: '2018-10-17', map, year: 2018, charter: on.charter })
    for (const map of ['2015-07-01', '2018-10-17', '2020-12-31']) {
      const whole = await read(root.id, map)
      const parts = await Promise.all(provinces.map((province) => read(province.id, map)))
      assert.equal(
        parts.reduce((sum, part) => sum + part.counted, 0),
        whole.counted,
      )
      assert.equal(whole.counted, (await read(root.id, '2018-10-17')).counted)
    }
  })

  it('A county whose approval is missing in the books shows as a difference in its province and in the total', async () => {
    const owner = openDb(database.owner)
    await sql`alter table exit_step disable trigger all`.execute(owner.db)
    await sql`delete from exit_step where unit_id = ${placeId('130631')} and state = 'approved'`.execute(owner.db)
    await owner.close()
    const { differences } = await checkHistory(acting.db, on.charter, country)
    assert.deepEqual(
      differences.map(({ province, year, fact, replayed }) => [province, year, fact - replayed]),
      [
        ['河北省', 2016, 1],
        ['河北省', 'total', 1],
        ['合计', 2016, 1],
      ],
    )
  })

  const count = async () =>
    (
      await acting.db
        .selectFrom('journal')
        .select(sql<number>`count(*)::int`.as('n'))
        .executeTakeFirstOrThrow()
    ).n
})
