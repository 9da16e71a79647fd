import { figures } from '#src/figures.ts'
import { answerable, findLineage } from '#kernel/standing.ts'
import { readFigure, readFigureBelow } from '#kernel/figure.ts'
import { whole } from '#src/history/seed.ts'
import { benchWorld, load, percentile, report } from './world.ts'

const QUESTIONS = 3_000
const ANSWERABLE_MS_MAX = 5
const FIGURE_MS_MAX = 20
const READINGS = 150

/** Who answers for any duty, unit and day; and every figure at every level: on the whole replayed country. */
const world = await benchWorld()
const { charter } = world.engine
const { db } = world.reads
const units = await db.selectFrom('unit_version').select(['unit_id', 'tier']).distinct().execute()
const days = ['2015-07-01', '2016-05-12', '2017-09-30', '2018-10-17', '2019-12-31', '2020-12-31']
const pick = <T>(name: string, from: readonly T[]): T => from[whole(name, 0, from.length - 1)]!

const ask = async (at: number) => {
  const day = pick(`day ${at}`, days)
  const duty = pick(`duty ${at}`, charter.dutiesOn(day))
  const lineage = await findLineage(db, pick(`unit ${at}`, units).unit_id, day)
  if (lineage) await answerable(db, charter, duty, lineage, day)
}
await load(300, 1, ask)
const asked = await load(QUESTIONS, 1, (at) => ask(at + 1000))
const p99 = percentile(asked.ms, 0.99)
report({
  claim: 'Who answers, for any duty, unit and day: p99 under 5 ms',
  measured: `p99 ${p99.toFixed(2)} ms, median ${percentile(asked.ms, 0.5).toFixed(2)} ms over ${QUESTIONS}`,
  against: `limit ${ANSWERABLE_MS_MAX} ms`,
  ratio: p99 / ANSWERABLE_MS_MAX,
  isMet: p99 < ANSWERABLE_MS_MAX,
})

const tiers = charter.tiers.map((tier) => tier.id)
const slowest = { ms: 0, what: '' }
const all: number[] = []
for (const figure of figures)
  for (const tier of tiers) {
    const there = units.filter((unit) => unit.tier === tier)
    const read = async (at: number) => {
      const day = pick(`figure day ${at}`, days)
      const question = {
        unit: pick(`figure unit ${tier} ${at}`, there).unit_id,
        on: day,
        map: day,
        year: 2018,
        charter,
      }
      await readFigure(db, figure, question)
    }
    await load(8, 1, read)
    const { ms } = await load(READINGS, 1, (at) => read(at + 100))
    all.push(...ms)
    const worst = percentile(ms, 0.99)
    if (worst > slowest.ms) Object.assign(slowest, { ms: worst, what: `${figure.name} at ${tier}` })
  }
const figure99 = percentile(all, 0.99)
report({
  claim: 'Any figure at any level, each by itself: the slowest one’s p99 under 20 ms',
  measured: `${slowest.what}: p99 ${slowest.ms.toFixed(1)} ms over ${READINGS} readings; all ${figures.length} figures × ${tiers.length} levels together: p99 ${figure99.toFixed(1)} ms`,
  against: `limit ${FIGURE_MS_MAX} ms`,
  ratio: slowest.ms / FIGURE_MS_MAX,
  isMet: slowest.ms < FIGURE_MS_MAX,
})
const root = units.find((unit) => unit.tier === tiers[0])!.unit_id
const below: number[] = []
const anew: number[] = []
await world.owner.pool.query('create table if not exists bench_bare (id uuid primary key default uuidv7(), word text)')
for (const figure of figures) {
  const question = { unit: root, on: '2020-12-31', map: '2020-12-31', year: 2018, charter }
  const { ms } = await load(12, 1, () => readFigureBelow(db, figure, question))
  below.push(...ms.slice(2))
  for (let time = 0; time < 6; time += 1) {
    // Anything that is written makes every figure be counted anew.
    await world.owner.pool.query("insert into bench_bare (word) values ('written')")
    const { ms: counted } = await load(1, 1, () => readFigure(db, figure, question))
    anew.push(...counted)
  }
}
const below99 = percentile(below, 0.99)
report({
  claim: 'Any figure by province, the whole table at once: p99 under 20 ms',
  measured: `p99 ${below99.toFixed(1)} ms`,
  against: `limit ${FIGURE_MS_MAX} ms`,
  ratio: below99 / FIGURE_MS_MAX,
  isMet: below99 < FIGURE_MS_MAX,
})
const anew99 = percentile(anew, 0.99)
report({
  claim: 'Any figure of the whole country, counted anew after a write: p99 under 20 ms',
  measured: `p99 ${anew99.toFixed(1)} ms, median ${percentile(anew, 0.5).toFixed(1)} ms`,
  against: `limit ${FIGURE_MS_MAX} ms`,
  ratio: anew99 / FIGURE_MS_MAX,
  isMet: anew99 < FIGURE_MS_MAX,
})
await world.close()
