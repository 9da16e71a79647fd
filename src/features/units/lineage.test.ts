import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { addDays } from '#kernel/calendar.ts'
import { readFigure } from '#kernel/figure.ts'
import { type As, foundingDay, idOf, World } from '#test/world.ts'
import { establishUnit, figures, mergeUnits, moveUnit, recodeUnit, renameUnit, splitUnit } from './index.ts'

const minister: As = ['The Centre', 'minister-civil-affairs']
const counties = figures[2]
const SEED = 832
const RUNS = 12
const STEPS_MAX = 14

/** A step of a random history: which change, to which of the units that exist then. */
type Step = {
  readonly kind: 'establish' | 'rename' | 'recode' | 'move' | 'merge' | 'split' | 'part'
  readonly a: number
  readonly b: number
  readonly code: number
  readonly days: number
}
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('establish', 'rename', 'recode', 'move', 'merge', 'split', 'part'),
  a: fc.nat(50),
  b: fc.nat(50),
  code: fc.integer({ min: 0, max: 5 }),
  days: fc.integer({ min: 0, max: 3 }),
})

describe('Any sequence of changes of the map', () => {
  let world: World
  let from = foundingDay
  let made = 0
  before(async () => {
    world = await World.open()
  })
  after(() => world.close())

  const living = async (tier: string, on: string) =>
    (
      await world.engine.database.pool.query<{ id: string }>(
        `select unit_id as id from unit_version where tier = $1 and valid_at @> $2::date order by name_en, unit_id`,
        [tier, on],
      )
    ).rows.map((row) => row.id)

  /** Does one step as far as the rules let it; what they refuse changes nothing. */
  async function take({ kind, a, b, code }: Step, on: string) {
    const [all, cities] = [await living('county', on), await living('prefecture', on)]
    const pick = (list: readonly string[], at: number) => list[at % list.length] ?? ''
    made += 1
    const name = { zh: `第${made}县`, en: `County ${made}` }
    const founded = { under: pick(cities, b), name, code: `99000${code}` }
    const fresh = idOf(`county ${made}`)
    const unit = pick(all, a)
    const when = { as: minister, on } as const
    if (kind === 'establish') return world.perform(establishUnit, { unit: fresh, tier: 'county', ...founded }, when)
    if (kind === 'rename') return world.perform(renameUnit, { unit, name }, when)
    if (kind === 'recode') return world.perform(recodeUnit, { unit, code: founded.code }, when)
    if (kind === 'move') return world.perform(moveUnit, { unit, under: founded.under }, when)
    if (kind === 'merge')
      return world.perform(
        mergeUnits,
        code < 3 ? { from: [unit, pick(all, a + 1)], into: fresh, founded } : { from: [unit], into: pick(all, b) },
        when,
      )
    if (kind === 'part')
      return world.perform(splitUnit, { unit, into: [{ unit: pick(all, b), share: 0.25 }], remains: 0.75 }, when)
    return world.perform(
      splitUnit,
      {
        unit,
        into: [
          { unit: fresh, share: 0.625, founded },
          { unit: pick(all, b), share: 0.375 },
        ],
      },
      when,
    )
  }

  it('Keeps one unit to a code, every lineage whole on every day, and sums that agree on every map', async () => {
    const { pool } = world.engine.database
    const done = { done: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: STEPS_MAX }), async (steps) => {
        const days = [from]
        for (const each of steps) {
          from = addDays(from, each.days)
          days.push(from)
          done[(await take(each, from)).outcome] += 1
        }
        const codes = await pool.query(
          `select a.code from unit_version a join unit_version b on a.code = b.code and a.unit_id < b.unit_id and a.valid_at && b.valid_at`,
        )
        assert.equal(codes.rowCount, 0)
        const broken = await pool.query(
          `select v.unit_id, d.day from unnest($1::date[]) as d (day) join unit_version v on v.valid_at @> d.day
             left join unit_version p on p.unit_id = v.parent_id and p.valid_at @> d.day
            where v.lineage is distinct from coalesce(p.lineage, '{}') || v.unit_id or (v.parent_id is not null and p.unit_id is null)`,
          [days],
        )
        assert.deepEqual(broken.rows, [])
        await sumsAgree([days[0] ?? from, days[Math.floor(days.length / 2)] ?? from, from])
      }),
      { seed: SEED, numRuns: RUNS, endOnFailure: true },
    )
    assert.ok(done.done > 30 && done.refused > 5, JSON.stringify(done))
  })

  /** What is counted on one day is the same number on the map of any other, in the whole country and added up from below. */
  async function sumsAgree(days: readonly string[]) {
    const counted = (on: string, map: string) =>
      readFigure(world.db, counties, {
        charter: world.charter,
        unit: world.unit('The Centre'),
        on,
        map,
        year: 2016,
      }).then((reading) => reading.counted)
    for (const on of days) {
      const own = await counted(on, on)
      for (const map of days) assert.ok(Math.abs((await counted(on, map)) - own) < 1e-9, `${on} on the map of ${map}`)
    }
    const weights = await Promise.all(
      days.map((day) =>
        world.engine.database.pool.query(
          `select unit_id from unit_restated($1) group by 1 having abs(sum(weight) - 1) > 1e-9`,
          [day],
        ),
      ),
    )
    for (const { rows } of weights) assert.deepEqual(rows, [])
  }
})
