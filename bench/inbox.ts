import { acts } from '#src/acts.ts'
import { asks } from '#src/asks.ts'
import { links } from '#src/links.ts'
import { whole } from '#src/history/seed.ts'
import { benchWorld, load, percentile, report } from './world.ts'

const READINGS = 150
const LIMIT_MS = 200

/** The inbox of any seat at each tier, and the number on its bell, as of any day of the replayed country. */
const world = await benchWorld()
const { charter } = world.engine
const { db } = world.reads
const list = asks.find((each) => each.name === 'inbox.list')
const unread = asks.find((each) => each.name === 'inbox.unread')
if (!list || !unread) throw new Error('The inbox is not registered.')
const { rows: seats } = await world.owner.pool.query<{ unit: string; post: string; person: string; tier: string }>(`
  select a.unit_id as unit, a.post, a.person_id as person, v.tier
    from appointment a join unit_version v on v.unit_id = a.unit_id and v.valid_at @> '2020-06-30'::date
   where a.valid_at @> '2020-06-30'::date`)
const days = ['2017-06-30', '2018-10-17', '2019-12-31', '2020-11-30']
const pick = <T>(name: string, from: readonly T[]): T => from[whole(name, 0, from.length - 1)]!

for (const { id } of charter.tiers) {
  const there = seats.filter((seat) => seat.tier === id)
  let longest = 0
  const read = async (at: number) => {
    const { unit, post, person } = pick(`seat ${id} ${at}`, there)
    const on = pick(`day ${at}`, days)
    const actor = { kind: 'person', person, seat: { unit, post } } as const
    const reader = { db, charter, on, today: on, map: on, actor, acts, links }
    const { total } = await list.answer(reader, list.input.parse({ only: at % 2 === 0 ? 'all' : 'unread' }))
    longest = Math.max(longest, total)
    return reader
  }
  await load(20, 1, read)
  const { ms } = await load(READINGS, 1, (at) => read(at + 100))
  const bells: number[] = []
  for (let at = 0; at < READINGS / 3; at += 1) {
    const reader = await read(at + 1000)
    const from = performance.now()
    await unread.answer(reader, {})
    bells.push(performance.now() - from)
  }
  const p99 = percentile(ms, 0.99)
  report({
    claim: `The inbox of any seat at the tier ${id}, as of any day: p99 under ${LIMIT_MS} ms`,
    measured: `p99 ${p99.toFixed(0)} ms, median ${percentile(ms, 0.5).toFixed(0)} ms over ${READINGS} (up to ${longest} events); the number on the bell p99 ${percentile(bells, 0.99).toFixed(0)} ms`,
    against: `limit ${LIMIT_MS} ms`,
    ratio: p99 / LIMIT_MS,
    isMet: p99 < LIMIT_MS,
  })
}
await world.close()
