import { sql } from 'kysely'
import { z } from 'zod'
import { act, type By } from '#kernel/act.ts'
import { send, type Tx } from '#kernel/db.ts'
import { openings } from '#kernel/obligations.ts'
import { scattered } from '#kernel/uuid.ts'
import { UnitId } from '#kernel/words.ts'
import { contentColumns } from './import-stage.ts'
import { fatesOf, findFile, type LibraryFile, type RowFate } from './import-standing.ts'
import { type State, standings } from './state.ts'

const PAST_TOLD_MAX = 5

type Fate = {
  readonly n: number
  readonly fate: RowFate
  readonly code: string
  readonly id: string | null
  readonly version: number | null
  readonly major: string | null
  readonly named: string | null
  readonly ordinal: number | null
  readonly state: State | null
  readonly since: string | null
}
type Facts = { readonly file: LibraryFile | undefined; readonly fates: readonly Fate[] }

/** The digest by which a file that was sent is known. */
export const FileDigest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({
    label: { zh: '文件摘要（SHA-256）', en: 'File (SHA-256)' },
    hint: {
      zh: '在“导入项目库”页面选择文件后自动填入。',
      en: 'Filled in by the page «Import the library» once a file is chosen.',
    },
  })

/** Takes a county's library over from a file that was sent and looked at: all of its rows or none. */
export const importLibrary = act({
  name: 'library.import',
  title: { zh: '导入项目库', en: 'Import the project library' },
  purpose: {
    zh: '把已上传并检查过的项目库文件一次申报：新编号立新项目，已申报或被退回的编号更新内容，未变的行不动；有一处错误则全部不导入。',
    en: 'Proposes all projects of a file that was sent and looked at: new codes make projects, known ones that are proposed or returned get a new version, unchanged rows change nothing. One error and nothing is imported.',
  },
  duty: 'propose-projects',
  input: z.object({ unit: UnitId, file: FileDigest }),
  refusals: {
    'file-unknown': {
      zh: '{unit}没有上传过这个文件（{file}…）。',
      en: 'No such file ({file}…) was sent for {unit}.',
      topic: { zh: '文件已上传', en: 'the file was sent' },
      remedy: { zh: '先在“导入项目库”上传，再办理。', en: 'Send it on «Import the library» first.' },
    },
    'file-has-errors': {
      zh: '文件有 {count} 行有错误，一行也没有导入。',
      en: '{count} rows of the file are wrong, and none was imported.',
      topic: { zh: '文件没有错误', en: 'the file has no errors' },
      notJudgedWith: ['file-unknown'],
      remedy: {
        zh: '下载标出错误的文件，改正后重新上传。',
        en: 'Download the file with the errors marked, put them right and send it again.',
      },
    },
    'file-empty': {
      zh: '文件里没有项目。',
      en: 'There is no project in the file.',
      notJudgedWith: ['file-unknown'],
      remedy: { zh: '从第二行起每行填写一个项目。', en: 'Fill in one project a row, from the second row on.' },
    },
    'unknown-major-project': {
      zh: '{count} 行写了不存在的重大工程项目：{names}。',
      en: '{count} rows name a major project that there is not: {names}.',
      topic: { zh: '所写的重大工程项目存在', en: 'the major projects exist' },
      notJudgedWith: ['file-unknown'],
      remedy: {
        zh: '照重大工程项目的名称改正，或留空。',
        en: 'Write the name as the major project has it, or leave it empty.',
      },
    },
    'rows-past-proposal': {
      zh: '{count} 行改动了不能再改的项目：{codes}。',
      en: '{count} rows change projects that can no longer be changed: {codes}.',
      topic: { zh: '项目还可修改', en: 'the projects can still be changed' },
      notJudgedWith: ['file-unknown'],
      remedy: {
        zh: '恢复这些行的原内容或删去；退回后方可修改。',
        en: 'Leave these rows as they were or delete them; a project can change once it is returned.',
      },
    },
  },
  advice: {
    'nothing-new': {
      zh: '文件与项目库现有内容完全一致，导入不会改变任何内容。',
      en: 'The file says just what the library says already; importing it changes nothing.',
    },
    incomplete: {
      zh: '{count} 行缺少入库必填内容：可以申报，补齐前不得入库。',
      en: '{count} rows lack what the library asks for: they can be proposed, and cannot enter it before that is filled in.',
    },
  },
  then: [
    {
      zh: '行业主管部门对每个项目在限期内论证：通过或退回。',
      en: 'The sector bureau argues for or against each project in time.',
    },
    { zh: '再经公示，方可入库。', en: 'Then they are noticed, and only then enter the library.' },
  ],
  about: { kind: 'library-file', input: ({ unit, file }: { unit: string; file: string }) => ({ unit, file }) },
  over: (input) => input.unit,
  facts: readFacts,
  rule({ file, fates }, _input, refuse, by, advise) {
    if (!file) return [refuse('file-unknown', { unit: by.lineage[0].name, file: _input.file.slice(0, 12) })]
    const past = fates.filter(({ fate, since }) => fate === 'past' || (fate === 'changed' && (since ?? '') > by.on))
    const stray = fates.filter(({ fate }) => fate === 'stray')
    const bad = file.badRows + file.fileProblems
    return [
      bad === 0 || refuse('file-has-errors', { count: bad }),
      file.rows > 0 || file.fileProblems > 0 || refuse('file-empty'),
      stray.length === 0 || refuse('unknown-major-project', { count: stray.length, names: toldNames(stray) }),
      past.length === 0 || refuse('rows-past-proposal', { count: past.length, codes: toldCodes(past) }),
      file.incomplete === 0 || advise('incomplete', { count: file.incomplete }),
      fates.length === 0 || fates.some(({ fate }) => fate !== 'unchanged') || advise('nothing-new'),
    ]
  },
  async effect(tx, { unit, file }, facts, by) {
    const fresh = facts.fates.filter(({ fate }) => fate === 'new')
    const renewed = facts.fates.filter(({ fate }) => fate === 'changed')
    const proposed = [...fresh, ...renewed].map((each, n) => ({ ...each, id: each.id ?? scattered(by.act, n) }))
    if (facts.file && proposed.length > 0) await propose(tx, unit, facts.file.id, proposed, by)
    return { unit, file, made: fresh.length, renewed: renewed.length, unchanged: facts.fates.length - proposed.length }
  },
  // One for each project, opened with their rows: a result that named 100,000 of them would be longer than all of them.
  concerns: () => [],
})

async function readFacts(tx: Tx, { unit, file: digest }: { unit: string; file: string }): Promise<Facts> {
  const file = await findFile(tx, unit, digest)
  if (!file || file.badRows + file.fileProblems > 0) return { file, fates: [] }
  const { rows } = await sql<Fate>`
    select n, fate, code, id, version, major_project_id as major, major_project as named, ordinal, state, since
      from (${fatesOf(unit, file.id)}) f order by n`.execute(tx)
  return { file, fates: rows }
}

const toldNames = (stray: readonly Fate[]) => {
  const names = [...new Set(stray.map(({ named }) => named ?? ''))]
  const told = names.slice(0, PAST_TOLD_MAX)
  const more = names.length > told.length
  return {
    zh: `${told.map((name) => `“${name}”`).join('、')}${more ? '等' : ''}`,
    en: `${told.map((name) => `«${name}»`).join(', ')}${more ? ' and others' : ''}`,
  }
}

const toldCodes = (past: readonly Fate[]) => {
  const told = past.slice(0, PAST_TOLD_MAX)
  const more = past.length > told.length
  const say = (language: 'zh' | 'en') =>
    told
      .map(({ code, state }) => `${code} (${standings[state ?? 'none'].name[language]})`)
      .join(language === 'zh' ? '、' : ', ')
  return { zh: `${say('zh')}${more ? '等' : ''}`, en: `${say('en')}${more ? ' and others' : ''}` }
}

const contentOfRow = sql.raw(contentColumns.map((column) => `r.${column}`).join(', '))
const contentNames = sql.raw(contentColumns.join(', '))

/** Writes all projects in three statements, just as `project.propose` leaves them, and opens what is owed for each. */
async function propose(tx: Tx, unit: string, file: string, rows: readonly (Fate & { id: string })[], by: By) {
  const person = by.actor.kind === 'person' ? by.actor.person : null
  const proposed = sql`
    unnest(${rows.map(({ n }) => n)}::int[], ${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ version }) => (version ?? 0) + 1)}::int[],
           ${rows.map(({ major }) => major)}::uuid[], ${rows.map(({ ordinal }) => (ordinal ?? 0) + 1)}::int[],
           ${rows.map(({ state }) => state ?? 'none')}::text[], ${rows.map(({ since }) => since)}::date[])
      as f (n, id, version, major, ordinal, from_state, from_day)`
  const staged = sql`${proposed} join library_file_row r on r.file_id = ${file} and r.n = f.n`
  send(
    tx,
    sql`insert into project (id, unit_id, code, act_id)
        select f.id, ${unit}, r.code, ${by.act} from ${staged} where f.ordinal = 1`.compile(tx),
  )
  send(
    tx,
    sql`insert into project_version (project_id, version, ${contentNames}, major_project_id, on_day, act_id)
        select f.id, f.version, ${contentOfRow}, f.major, ${by.on}, ${by.act} from ${staged}`.compile(tx),
  )
  send(
    tx,
    sql`insert into project_step (project_id, ordinal, step, outcome, state, on_day, evidence, person_id, act_id, from_state, from_day)
        select f.id, f.ordinal, 'propose', 'done', 'proposed', ${by.on}::date,
               jsonb_build_object('version', f.version, 'principal', ${by.principal?.id ?? null}::text), ${person}::uuid, ${by.act},
               f.from_state, f.from_day
          from ${proposed}`.compile(tx),
  )
  const things = rows.map(({ id }) => ({ unit, subject: id }))
  for (const [text, parameters] of openings('library.import', by, things)) send(tx, { sql: text, parameters })
}
