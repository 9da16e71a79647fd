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
import { placeId, readCountry } from './country.ts'
import { replay } from './replay.ts'

const cutOffOn = '2015-12-10'
/**
 * The framework of the whole country, and day by day one province with cities and one without: `zeren replay --check` and the bench tell
 * all provinces so.
 */
const toldDaily = ['130000', '460000']
/** Some twenty-five thousand acts, beside the other tests. */
const REPLAY_MS_MAX = 600_000

describe('the campaign, replayed', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>
  let acting: Database
  let on: Engine
  before(async () => {
    database = await testDatabase()
    acting = openDb({ ...database.app, forActs: true })
    on = engine(acting, campaign())
    await replay({ engine: on, until: cutOffOn, provinces: toldDaily })
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
      const again = await replay({ engine: on, until: cutOffOn, provinces: toldDaily })
      assert.equal(again.performed, 0)
      assert.equal(await count(), before)
      const rest = await replay({ engine: on, provinces: toldDaily })
      assert.ok(rest.performed > 10_000)
      assert.equal(await count(), rest.steps)
    },
  )

  it('Every county is out in its true year: the replay equals the published table, cell by cell', async () => {
    const { cells, differences } = await checkHistory(acting.db, on.charter)
    assert.equal(cells.length, 22 * 6 + 5)
    assert.deepEqual(differences, [])
    const totals = cells.filter((cell) => cell.province === '合计').map((cell) => cell.replayed)
    assert.deepEqual(totals, [28, 125, 283, 344, 52])
  })

  it('The centre’s money of every year is that of the source, and what was handed down adds up to the fen', async () => {
    const { money, moneyDifferences } = await checkHistory(acting.db, on.charter)
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
    const { counties } = readCountry()
    for (const day of ['2016-06-01', '2018-10-17', '2020-12-31'])
      for (const county of counties.filter((_, at) => at % 40 === 0)) {
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
    const { root, provinces } = readCountry()
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
    const { differences } = await checkHistory(acting.db, on.charter)
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
