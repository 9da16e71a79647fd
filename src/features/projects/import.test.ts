import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import os from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { writeSheet, type Written } from '#src/sheets/index.ts'
import { designate, poorCounties } from '#test/designate.ts'
import { World } from '#test/world.ts'
import { argueProjects } from './argue.ts'
import { deviseMajorProject } from './devise.ts'
import { headerOf, importColumns } from './import-columns.ts'
import { stageLibrary } from './import-stage.ts'
import { importLibrary } from './import.ts'
import { proposeProjects } from './propose.ts'
import { withdrawProjects } from './withdraw.ts'

const on = '2016-05-10'
const office = ['Liu County', 'poverty-office-director-county'] as const
const bureau = ['Liu County', 'sector-bureau-director-county'] as const

let world: World
let folder: string
before(async () => {
  world = await World.open()
  folder = mkdtempSync(path.join(os.tmpdir(), 'library-'))
})
after(async () => {
  rmSync(folder, { recursive: true })
  await world.close()
})

type Project = Readonly<Record<string, Written>>
const road: Project = {
  code: 'LX-001',
  name: '村组道路硬化',
  kind: '基础设施',
  nature: '新建',
  place: '柳河镇东沟村',
  startsOn: '2016-06-01',
  endsOn: '2016-11-30',
  responsible: '县交通局',
  task: '硬化道路 3.2 公里',
  amount: 1_250_000.5,
  financing: '财政专项扶贫资金',
  households: 86,
  persons: 301,
  target: '86 户出行便利',
  mechanism: '村民投工投劳',
  proposedBy: '东沟村',
  townshipOpinion: '同意',
}
const draft = {
  ...road,
  kind: 'infrastructure',
  nature: 'new',
  amount: '1250000.50',
}

let files = 0
/** A file with these projects, staged for Liu County. */
async function sent(projects: readonly Project[], county = 'Liu County', of = importColumns): Promise<string> {
  const rows = projects.map((project) => of.map(({ field }) => project[field] ?? null))
  const columns = of.map((column) => ({ header: headerOf(column) }))
  const file = path.join(folder, `${(files += 1)}.xlsx`)
  writeFileSync(file, await buffer(writeSheet(rows, columns, { name: '项目' })))
  return staged(file, county)
}
const staged = (file: string, county = 'Liu County') =>
  stageLibrary(world.db, {
    unit: world.unit(county),
    path: file,
    name: path.basename(file),
    by: { person: world.person(...office), unit: world.unit('Liu County'), post: office[1] },
    on,
  })

const importing = (file: string, county = 'Liu County') => ({ unit: world.unit(county), file })

/** What the tables hold of a project but its ids. */
async function leftBy(code: string) {
  const { rows } = await sql<Record<string, unknown>>`
    select to_jsonb(v) - array['project_id', 'act_id'] as version, to_jsonb(s) - array['project_id', 'act_id'] as step,
           to_jsonb(i) - array['id', 'subject', 'opened_by'] as owed
      from project p join project_version v on v.project_id = p.id join project_step s on s.project_id = p.id
      left join obligation_item i on i.subject = p.id::text
     where p.code = ${code} order by v.version, s.ordinal`.execute(world.db)
  return JSON.parse(
    JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
  ) as unknown
}

describe('library.import', () => {
  it('A county that imports a road is left with just what proposing it would have left', async () => {
    await world.done(
      proposeProjects,
      { unit: world.unit('Liu County'), projects: [{ ...draft, code: 'BY-HAND' }] },
      { as: office, on },
    )
    const file = await sent([{ ...road, code: 'BY-FILE' }])
    const result = await world.done(importLibrary, importing(file), { as: office, on })
    assert.deepEqual(result, { unit: world.unit('Liu County'), file, made: 1, renewed: 0, unchanged: 0 })
    assert.deepEqual(await leftBy('BY-FILE'), await leftBy('BY-HAND'))
  })

  it('The same file twice changes nothing, and a changed row becomes a new version', async () => {
    const twice = await sent([road, { ...road, code: 'LX-002' }])
    assert.deepEqual((await world.done(importLibrary, importing(twice), { as: office, on })).made, 2)
    const before = await leftBy('LX-001')
    const rehearsed = await world.rehearse(importLibrary, importing(twice), { as: office, on })
    assert.deepEqual(
      rehearsed.advice.map(({ code }) => code),
      ['nothing-new'],
    )
    const again = await world.done(importLibrary, importing(twice), { as: office, on })
    assert.deepEqual([again.made, again.renewed, again.unchanged], [0, 0, 2])
    assert.deepEqual(await leftBy('LX-001'), before)
    const changed = await sent([
      { ...road, name: '村组道路硬化（二期）' },
      { ...road, code: 'LX-002' },
    ])
    const renewed = await world.done(importLibrary, importing(changed), { as: office, on: '2016-05-11' })
    assert.deepEqual([renewed.made, renewed.renewed, renewed.unchanged], [0, 1, 1])
    const { rows } = await sql<{ versions: number; steps: number; owed: number }>`
      select (select count(*)::int from project_version where project_id = p.id) as versions,
             (select count(*)::int from project_step where project_id = p.id) as steps,
             (select count(*)::int from obligation_item where subject = p.id::text) as owed
        from project p where code = 'LX-001'`.execute(world.db)
    assert.deepEqual(rows, [{ versions: 2, steps: 2, owed: 1 }])
  })

  it("A row that changes a project which was argued already is refused, and no row is imported: 'rows-past-proposal'", async () => {
    const file = await sent([{ ...road, code: 'ARGUED' }])
    await world.done(importLibrary, importing(file), { as: office, on })
    const { rows } = await sql<{ id: string }>`select id from project where code = 'ARGUED'`.execute(world.db)
    const ids = rows.map(({ id }) => id)
    await world.done(
      argueProjects,
      { unit: world.unit('Liu County'), projects: ids, outcome: 'pass' },
      { as: bureau, on },
    )
    // Unchanged, it may stand in the file.
    const same = await sent([
      { ...road, code: 'ARGUED' },
      { ...road, code: 'BESIDE' },
    ])
    assert.equal((await world.done(importLibrary, importing(same), { as: office, on })).unchanged, 1)
    const other = await sent([
      { ...road, code: 'ARGUED', persons: 9 },
      { ...road, code: 'NOT-MADE' },
    ])
    const [told] = await world.refused(importLibrary, importing(other), { as: office, on })
    assert.equal(told?.code, 'rows-past-proposal')
    assert.match(told?.sentence.en ?? '', /^1 rows .*ARGUED/)
    assert.deepEqual(await leftBy('NOT-MADE'), [])
  })

  it('A file names the major project that a project belongs to; a file without the column leaves it, an empty cell takes it away', async () => {
    await designate(world, poorCounties)
    const name = { zh: '易地扶贫搬迁', en: 'Resettlement' }
    const shares = [{ unit: world.unit('Qingshan Province'), quantity: 1000 }]
    const { major } = await world.done(
      deviseMajorProject,
      {
        unit: world.unit('The Centre'),
        name,
        kind: 'relocation',
        from: 2016,
        to: 2020,
        counts: 'persons',
        quantity: 1000,
        shares,
        measure: { zh: '搬迁人口', en: 'people resettled' },
        document: '发改地区〔2016〕2022号',
      },
      { as: ['The Centre', 'minister-ndrc'], on: '2016-05-02' },
    )
    const belongsTo = async () => {
      const { rows } = await sql<{ major: string | null }>`
        select v.major_project_id as major from project p join project_version v on v.project_id = p.id
         where p.code = 'MAJOR' order by v.version`.execute(world.db)
      return rows.map((row) => row.major)
    }
    const move = { ...road, code: 'MAJOR', majorProject: name.zh }
    await world.done(importLibrary, importing(await sent([move])), { as: office, on })
    assert.deepEqual(await belongsTo(), [major])
    const narrow = importColumns.filter(({ field }) => field !== 'majorProject')
    const without = await sent([{ ...move, name: '搬迁安置点' }], 'Liu County', narrow)
    await world.done(importLibrary, importing(without), { as: office, on })
    assert.deepEqual(await belongsTo(), [major, major])
    const inEnglish = await sent([{ ...move, name: '搬迁安置点', majorProject: name.en }])
    assert.equal((await world.done(importLibrary, importing(inEnglish), { as: office, on })).unchanged, 1)
    const empty = await sent([{ ...move, name: '搬迁安置点', majorProject: null }])
    await world.done(importLibrary, importing(empty), { as: office, on })
    assert.deepEqual(await belongsTo(), [major, major, null])
  })

  it("A file that names a major project which there is not is refused whole: 'unknown-major-project'", async () => {
    const file = await sent([
      { ...road, code: 'STRAY', majorProject: '登月工程' },
      { ...road, code: 'GOOD' },
    ])
    assert.deepEqual(await world.codes(importLibrary, importing(file), { as: office, on }), ['unknown-major-project'])
    const { rows } = await sql`select from project where code in ('STRAY', 'GOOD')`.execute(world.db)
    assert.equal(rows.length, 0)
  })

  it("A file with one bad row among good ones is refused whole: 'file-has-errors'", async () => {
    const file = await sent([
      { ...road, code: 'GOOD' },
      { ...road, code: 'BAD', amount: -1 },
    ])
    assert.deepEqual(await world.codes(importLibrary, importing(file), { as: office, on }), ['file-has-errors'])
    assert.deepEqual(await leftBy('GOOD'), [])
  })

  it("A file that was sent for another county, or never, is refused: 'file-unknown'", async () => {
    const file = await sent([{ ...road, code: 'ELSEWHERE' }], 'Tong County')
    assert.deepEqual(await world.codes(importLibrary, importing(file), { as: office, on }), ['file-unknown'])
  })

  it("A file with a header and no project is refused: 'file-empty'", async () => {
    assert.deepEqual(await world.codes(importLibrary, importing(await sent([])), { as: office, on }), ['file-empty'])
  })

  it('A returned project that a file leaves as it is stays returned; changed, it is proposed anew', async () => {
    await world.done(importLibrary, importing(await sent([{ ...road, code: 'BACK' }])), { as: office, on })
    const { rows } = await sql<{ id: string }>`select id from project where code = 'BACK'`.execute(world.db)
    const projects = rows.map(({ id }) => id)
    const unit = world.unit('Liu County')
    await world.done(argueProjects, { unit, projects, outcome: 'return', remarks: '资金来源不明' }, { as: bureau, on })
    const same = await sent([
      { ...road, code: 'BACK' },
      { ...road, code: 'BACK-2' },
    ])
    assert.equal((await world.done(importLibrary, importing(same), { as: office, on })).unchanged, 1)
    const better = await sent([{ ...road, code: 'BACK', financing: '统筹整合资金' }])
    assert.equal((await world.done(importLibrary, importing(better), { as: office, on })).renewed, 1)
    const { rows: owed } = await sql<{ open: number; met: number }>`
      select count(*) filter (where met_on is null)::int as open, count(met_on)::int as met
        from obligation_item where subject = ${projects[0]!}`.execute(world.db)
    assert.deepEqual(owed, [{ open: 1, met: 1 }])
    await world.done(withdrawProjects, { unit, projects, reason: '不再需要' }, { as: office, on: '2016-12-01' })
    const late = await sent([{ ...road, code: 'BACK', financing: '其他' }])
    const then = { as: office, on: '2016-12-02' }
    assert.deepEqual(await world.codes(importLibrary, importing(late), then), ['rows-past-proposal'])
  })

  it('Two thousand projects of one file are proposed by one act, each with what is owed for it', async () => {
    const many = Array.from({ length: 2_000 }, (_, n) => ({ ...road, code: `MANY-${n}`, amount: 1000 + n / 100 }))
    const file = await sent(many)
    assert.equal((await world.done(importLibrary, importing(file), { as: office, on })).made, 2_000)
    const { rows } = await sql<{ n: number; fen: string }>`
      select count(*)::int as n, sum(v.amount_fen)::text as fen
        from project p join project_version v on v.project_id = p.id join obligation_item i on i.subject = p.id::text
       where p.code like 'MANY-%' and i.obligation = 'argue-project' and i.unit_id = p.unit_id`.execute(world.db)
    assert.deepEqual(rows, [
      { n: 2_000, fen: String(many.reduce((sum, each) => sum + Math.round(each.amount * 100), 0)) },
    ])
  })
})
