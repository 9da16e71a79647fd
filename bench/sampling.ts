import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { commitmentOf, paperOf, questionnaires } from '#features/evaluation/index.ts'
import { findAct } from '#src/acts.ts'
import { momentOf } from '#kernel/calendar.ts'
import { perform } from '#kernel/perform.ts'
import { benchWorld, report } from './world.ts'

const COUNTIES = 60
const SECONDS_MAX = 30
const seed = 'a seed for measuring with, told to nobody'

/** Sixty counties of about a thousand households each: drawn, and a questionnaire for every household written out. */
const { engine, reads, owner, close } = await benchWorld()
const run = process.hrtime.bigint().toString(36)
const { rows: seats } = await owner.pool.query<{ unit: string; person: string; post: string }>(`
  select a.unit_id as unit, a.person_id as person, a.post from appointment a
    join unit_version v on v.unit_id = a.unit_id and v.parent_id is null and v.valid_at @> '2020-11-01'::date
   where a.valid_at @> '2020-11-01'::date and a.post in ('office-director', 'leading-group-head') limit 1`)
const seat = seats[0]
if (!seat) throw new Error('Nobody sits at the root.')
const { rows: counties } = await owner.pool.query<{ unit: string }>(
  `select d.unit_id as unit from unit_designation d join unit_version v on v.unit_id = d.unit_id and v.valid_at @> '2020-11-01'::date
    order by d.unit_id limit ${COUNTIES}`,
)
const unit = seat.unit
const does = async (name: string, input: object, on: string) => {
  const act = findAct(name)
  if (!act) throw new Error(`There is no act ${name}.`)
  const actor = { kind: 'person', person: seat.person, seat: { unit: seat.unit, post: seat.post } } as const
  const deed = { actor, key: `bench ${name} ${run}`, at: momentOf(on), via: 'test' } as const
  const outcome = await perform(engine, act, { unit, ...input }, deed)
  if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome))
  return outcome.result as { evaluation: string; households: number; villages: number }
}

// Half-width and households per village that ask for about a thousand households of each county.
const precision = { expected: 2, halfWidth: 1.05, perVillage: 20, reserve: 4 }
const design = { year: 2020, title: `测量 ${run}`, counties, ...precision, madeUpFrame: true }
const { evaluation } = await does('evaluation.design', design, '2020-11-02')
const sealed = { evaluation, commitment: commitmentOf(seed), drawOn: '2020-11-04', publicNumber: '测量' }
await does('evaluation.commit-seed', sealed, '2020-11-03')

const begun = performance.now()
const { households, villages } = await does(
  'evaluation.draw',
  { evaluation, seed, beacon: '01 02 03 04 05 06' },
  '2020-11-04',
)
const drawn = performance.now()
const reader = {
  db: reads.db,
  charter: engine.charter,
  on: '2020-11-04',
  today: '2020-11-04',
  map: '2020-11-04',
  actor: undefined,
  acts: [],
  links: [],
}
const folder = await mkdtemp(path.join(os.tmpdir(), 'bench-sampling-'))
let bytes = 0
for (let n = 1; n <= COUNTIES; n++) {
  const file = path.join(folder, `questionnaires-${n}.html`)
  const paper = await paperOf(reader, evaluation, n)
  await pipeline(
    Readable.from(questionnaires(paper.found, paper.county, paper.name.zh, paper.drawn, 'zh')),
    createWriteStream(file),
  )
  bytes += (await stat(file)).size
}
const done = performance.now()
await rm(folder, { recursive: true })
const seconds = (done - begun) / 1000
report({
  claim: `A sample of ${COUNTIES} counties with about 1,000 households each is drawn, and a questionnaire written for every household (HTML to print, a file for each county, a page for each household)`,
  measured: `${seconds.toFixed(1)} s: ${households} households of ${villages} villages drawn in ${((drawn - begun) / 1000).toFixed(1)} s, ${(bytes / 2 ** 20).toFixed(0)} MB written in ${((done - drawn) / 1000).toFixed(1)} s`,
  against: `limit ${SECONDS_MAX} s`,
  ratio: seconds / SECONDS_MAX,
  isMet: seconds < SECONDS_MAX && households > COUNTIES * 900,
})
await close()
