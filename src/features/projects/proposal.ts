import { sql } from 'kysely'
import type { By, Line, RefusalText, Refuse } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { scattered } from '#kernel/uuid.ts'
import { addRows, addSteps, type NewStep, readCasesByCode } from './books.ts'
import type { Cases } from './batch.ts'
import { columns, fields, type ProjectDraft, saysTheSame } from './draft.ts'
import { standings, statesBefore } from './state.ts'

/** What drafts are judged by, one by one or in an import of thousands. */
export type ProposalFacts = { readonly byCode: Cases; readonly majors: readonly string[] }

export async function readProposalFacts(tx: Tx, unit: string, drafts: readonly ProjectDraft[]): Promise<ProposalFacts> {
  const wanted = [...new Set(drafts.flatMap((draft) => draft.majorProject ?? []))]
  const [byCode, majors] = await Promise.all([
    readCasesByCode(
      tx,
      unit,
      drafts.map((draft) => draft.code),
    ),
    wanted.length === 0
      ? []
      : sql<{ id: string }>`select id from major_project where id = any (${wanted}::uuid[])`
          .execute(tx)
          .then(({ rows }) => rows.map((row) => row.id)),
  ])
  return { byCode, majors }
}

export const proposalRefusals = {
  'code-twice': {
    zh: '编号{code}在同一次申报中出现了{times}次。',
    en: 'The code {code} stands {times} times in one proposal.',
    topic: { zh: '编号不重复', en: 'every code once' },
    remedy: { zh: '每个项目一个编号，只留一行。', en: 'Give each project a code of its own, once.' },
  },
  'past-proposal': {
    zh: '项目{code}《{name}》自{since}起“{state}”，申报内容不能再改。',
    en: 'Project {code}, {name}, has been «{state}» since {since}; what was proposed can no longer be changed.',
    topic: { zh: '项目还可修改', en: 'the projects can still be changed' },
    remedy: { zh: '退回后再改，或另立新项目。', en: 'Have it returned first, or propose a new project.' },
  },
  'unchanged-since-return': {
    zh: '项目{code}于{since}被退回（{reason}），申报内容却一字未改。',
    en: 'Project {code} was returned on {since} ({reason}), and nothing in it has changed.',
    topic: { zh: '退回的项目已修改', en: 'what was returned has been changed' },
    remedy: { zh: '按退回意见修改后再报。', en: 'Change what the return asks for, then propose it again.' },
  },
  'ends-before-start': {
    zh: '项目{code}的完成日{end}早于开始日{start}。',
    en: 'Project {code} would end on {end}, before it starts on {start}.',
    topic: { zh: '时间先后无误', en: 'no project ends before it starts' },
  },
  'unknown-major-project': {
    zh: '项目{code}所属的重大工程（{major}）不存在。',
    en: 'Project {code} names a major project that does not exist ({major}).',
    topic: { zh: '重大工程存在', en: 'the major projects exist' },
  },
} as const satisfies Record<string, RefusalText>
type Code = keyof typeof proposalRefusals

/** Every reason for which drafts may not be proposed, each naming the draft by its code. */
export function proposalRule(
  { byCode, majors }: ProposalFacts,
  drafts: readonly ProjectDraft[],
  refuse: Refuse<Code>,
  by: By,
): readonly Line<Code>[] {
  const groups = Map.groupBy(drafts, (draft) => draft.code)
  return [
    ...[...groups].map(([code, rows]) => rows.length === 1 || refuse('code-twice', { code, times: rows.length })),
    ...drafts.flatMap((draft) => [
      isOpen(byCode, draft, refuse, by),
      draft.startsOn === undefined ||
        draft.endsOn === undefined ||
        draft.startsOn <= draft.endsOn ||
        refuse('ends-before-start', { code: draft.code, start: draft.startsOn, end: draft.endsOn }),
      draft.majorProject === undefined ||
        majors.includes(draft.majorProject) ||
        refuse('unknown-major-project', { code: draft.code, major: draft.majorProject }),
    ]),
  ]
}

function isOpen(byCode: Cases, draft: ProjectDraft, refuse: Refuse<Code>, by: By): Line<Code> {
  const known = byCode.get(draft.code)
  if (!known) return true
  const { code, since, state } = known
  if (!statesBefore('propose').includes(state) || since > by.on)
    return refuse('past-proposal', { code, name: draft.name, since, state: standings[state].name })
  return (
    state !== 'returned' ||
    !saysTheSame(draft, known.content) ||
    refuse('unchanged-since-return', { code, since, reason: known.remarks ?? '' })
  )
}

/** Writes drafts down: new projects, and new versions of known ones. A draft that says just what stands changes nothing. */
export function writeProposals(
  tx: Tx,
  unit: string,
  drafts: readonly ProjectDraft[],
  { byCode }: ProposalFacts,
  by: By,
) {
  const changed = drafts.filter((draft) => {
    const known = byCode.get(draft.code)
    return !known || !saysTheSame(draft, known.content)
  })
  const proposed = changed.map((draft, n) => {
    const known = byCode.get(draft.code)
    return { draft, known, id: known?.id ?? scattered(by.act, n), version: (known?.version ?? 0) + 1 }
  })
  const fresh = proposed.filter(({ known }) => !known)
  addRows(
    tx,
    by,
    'project',
    fresh.map(({ id, draft }) => ({ id, unit_id: unit, code: draft.code })),
  )
  addRows(
    tx,
    by,
    'project_version',
    proposed.map(({ id, version, draft }) => ({
      project_id: id,
      version,
      ...Object.fromEntries(fields.map((field) => [columns[field], asJson(draft[field])])),
    })),
    { on_day: by.on },
  )
  const steps = proposed.map(({ id, known, version, draft }): NewStep => {
    const at = known ?? { id, unit, code: draft.code, state: 'none' as const, since: null, ordinal: 0 }
    return { at, step: 'propose', outcome: 'done', evidence: { version } }
  })
  const projects = addSteps(tx, by, steps)
  return {
    unit,
    made: fresh.length,
    renewed: proposed.length - fresh.length,
    unchanged: drafts.length - changed.length,
    projects,
  }
}

/** Whole fen go as text, which the database reads as its own whole numbers. */
const asJson = (value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : (value ?? null))
