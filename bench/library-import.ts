import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { stageLibrary } from '#features/projects/index.ts'
import { findAct } from '#src/acts.ts'
import { writeSheet } from '#src/sheets/index.ts'
import { momentOf } from '#kernel/calendar.ts'
import { perform } from '#kernel/perform.ts'
import { benchWorld, report } from './world.ts'

const ROWS = 100_000
const SECONDS_MAX = 60

/** A hundred thousand projects of one county, from the workbook to the last obligation, in one act. */
const { engine, close } = await benchWorld()
const act = findAct('library.import')
if (!act) throw new Error('There is no act library.import.')
const on = '2019-03-01'
const { rows: heads } = await sql<{ unit: string; person: string; post: string }>`
  select unit_id as unit, person_id as person, post from appointment
   where valid_at @> ${on}::date and post = 'poverty-office-director-county' order by unit_id limit 1`.execute(
  engine.database.db,
)
const head = heads[0]!
const run = process.hrtime.bigint().toString(36)

const columns = [
  ['项目编号', (n: number) => `${run}-${n}`],
  ['项目名称', (n: number) => `第${n}村组道路硬化项目`],
  ['项目类别', () => '基础设施'],
  ['建设性质', () => '新建'],
  ['实施地点', (n: number) => `第${n % 300}村`],
  ['计划开始', () => new Date('2019-04-01')],
  ['计划完成', () => '2019年10月31日'],
  ['责任单位', () => '县交通局'],
  ['建设任务', (n: number) => `硬化道路 ${n % 90} 公里，宽 3.5 米`],
  ['资金规模（元）', (n: number) => 100_000 + n / 100],
  ['筹资方式', () => '财政专项扶贫资金'],
  ['受益贫困户', (n: number) => n % 120],
  ['受益贫困人口', (n: number) => n % 400],
  ['绩效目标', () => '贫困户出行便利，农产品外运成本下降'],
  ['群众参与和带贫减贫机制', () => '村民投工投劳，优先安排贫困劳动力'],
  ['申报单位（村或部门）', (n: number) => `第${n % 300}村`],
  ['乡镇审核意见', () => '同意申报'],
] as const
const rows = function* () {
  for (let n = 1; n <= ROWS; n++) yield columns.map(([, cell]) => cell(n))
}
const folder = await mkdtemp(path.join(os.tmpdir(), 'bench-library-'))
const file = path.join(folder, 'library.xlsx')
const headers = columns.map(([header]) => ({ header }))
await pipeline(writeSheet(rows(), headers, { name: '项目' }), createWriteStream(file))

const begun = performance.now()
const sha256 = await stageLibrary(engine.database.db, {
  unit: head.unit,
  path: file,
  name: 'library.xlsx',
  by: head,
  on,
})
const read = performance.now()
const actor = { kind: 'person', person: head.person, seat: { unit: head.unit, post: head.post } } as const
const deed = { actor, key: `bench ${run}`, at: momentOf(on), via: 'test' } as const
const outcome = await perform(engine, act, { unit: head.unit, file: sha256 }, deed)
const done = performance.now()
if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome))
const seconds = (done - begun) / 1000
report({
  claim: 'A library of 100,000 projects is imported, from the workbook to the commit',
  measured: `${seconds.toFixed(1)} s (${((await stat(file)).size / 1024 / 1024).toFixed(1)} MB read and kept in ${((read - begun) / 1000).toFixed(1)} s, the act ${((done - read) / 1000).toFixed(1)} s)`,
  against: `limit ${SECONDS_MAX} s`,
  ratio: seconds / SECONDS_MAX,
  isMet: seconds < SECONDS_MAX,
})
await rm(folder, { recursive: true })
await close()
