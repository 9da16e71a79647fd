import { z } from 'zod'
import type { By, Line, RefusalText, Refuse } from '#kernel/act.ts'
import { findBearer } from '#kernel/standing.ts'
import { type Text, UnitId } from '#kernel/words.ts'
import type { ProjectCase } from './books.ts'
import { awaitsOf, type State, standings, statesBefore, type Step } from './state.ts'

/** Officials work through many projects at once; an act takes so many. */
export const BATCH_MAX = 200

export const ProjectId = z
  .uuid()
  .meta({ label: { zh: '项目', en: 'Project' }, widget: 'reference', finds: 'find.projects' })

/** One county, and some of the projects of its library. */
export const Batch = {
  unit: UnitId,
  projects: z
    .array(ProjectId)
    .min(1)
    .max(BATCH_MAX)
    .meta({ label: { zh: '项目', en: 'Projects' } }),
}

/** Every step is refused in the same words where it is not its turn. */
export const batchRefusals = {
  'unknown-project': {
    zh: '{unit}的项目库里没有这个项目（{project}）。',
    en: 'There is no such project ({project}) in the library of {unit}.',
    topic: { zh: '项目在本县项目库中', en: 'the projects are in this library' },
    remedy: { zh: '核对县和项目。', en: 'Check the county and the project.' },
  },
  'named-twice': {
    zh: '项目{code}在同一次办理中列了两次。',
    en: 'Project {code} is listed twice in one act.',
    topic: { zh: '项目没有重复', en: 'no project is listed twice' },
    remedy: { zh: '删去重复的一行。', en: 'Leave it in once.' },
  },
  'not-at-this-step': {
    zh: '项目{code}《{name}》自{since}起“{state}”，{whom}。',
    en: 'Project {code}, {name}, has been «{state}» since {since}; {whom}.',
    topic: { zh: '轮到这一步', en: 'it is the turn of this step' },
    notJudgedWith: ['unknown-project'],
  },
} as const satisfies Record<string, RefusalText>
export type BatchCode = keyof typeof batchRefusals

export type Cases = ReadonlyMap<string, ProjectCase>

/** What makes the projects of a batch fit for a step, project by project: in the library, named once, and standing where it begins. */
export const areAt = (
  cases: Cases,
  batch: { readonly unit: string; readonly projects: readonly string[] },
  step: Step,
  refuse: Refuse<BatchCode>,
  by: By,
): readonly Line<BatchCode>[] => [...standAt(cases, batch, step, refuse, by), ...twice(cases, batch.projects, refuse)]

type StandCode = 'unknown-project' | 'not-at-this-step'

/** As `areAt`, where a project may be named more than once. */
export const standAt = (
  cases: Cases,
  { unit, projects }: { readonly unit: string; readonly projects: readonly string[] },
  step: Step,
  refuse: Refuse<StandCode>,
  by: By,
): readonly Line<StandCode>[] =>
  [...new Set(projects)].map((id) => {
    const found = cases.get(id)
    return found?.unit === unit
      ? isTurn(found, step, refuse, by)
      : refuse('unknown-project', { project: found?.code ?? id, unit: by.lineage[0].name })
  })

export const twice = (
  cases: Cases,
  projects: readonly string[],
  refuse: Refuse<'named-twice'>,
): readonly Line<'named-twice'>[] =>
  [...new Set(projects.filter((id, at) => projects.indexOf(id) !== at))].map((id) =>
    refuse('named-twice', { code: cases.get(id)?.code ?? id }),
  )

/** Whether a project stands where a step begins, and has by that day; if not, says where it stands and who is waited for. */
export function isTurn(
  at: ProjectCase,
  step: Step,
  refuse: Refuse<'not-at-this-step'>,
  by: By,
): Line<'not-at-this-step'> {
  if (isReady(at, step, by)) return true
  return refuse('not-at-this-step', {
    code: at.code,
    name: at.content.name ?? '',
    since: at.since,
    state: standings[at.state].name,
    whom: whomOf(at.state, by),
  })
}

export const isReady = (at: ProjectCase, step: Step, by: By): boolean =>
  statesBefore(step).includes(at.state) && at.since <= by.on

function whomOf(state: State, by: By): Text {
  const duty = by.charter.findDuty(awaitsOf(state, 0)?.duty ?? '', by.on)
  if (!duty) return { zh: '不再等待任何人', en: 'nobody is waited for' }
  const bearer = findBearer(by.charter, duty, by.lineage)
  if (!bearer) return { zh: `下一步是“${duty.title.zh}”`, en: `what comes next is «${duty.title.en}»` }
  const post = by.charter.post(bearer.posts[0]).name
  return { zh: `等${bearer.unit.name.zh}${post.zh}办理`, en: `it waits for ${bearer.unit.name.en}, ${post.en}` }
}

/** The projects of a batch that are of its county and stand where the step begins, for rules that look further. */
export const ready = (
  cases: Cases,
  { unit, projects }: { readonly unit: string; readonly projects: readonly string[] },
  step: Step,
  by: By,
): readonly ProjectCase[] =>
  [...new Set(projects)].flatMap((id) => {
    const found = cases.get(id)
    return found?.unit === unit && isReady(found, step, by) ? [found] : []
  })

/** The projects of a batch, once nothing was refused. */
export const chosen = (cases: Cases, projects: readonly string[]): readonly ProjectCase[] =>
  projects.map((id) => {
    const found = cases.get(id)
    if (!found) throw new Error(`The project ${id} was not read.`)
    return found
  })

/** What obligations of a batch speak of: each project by itself. */
export const eachOf = (result: { readonly projects: readonly { readonly id: string; readonly unit: string }[] }) =>
  result.projects.map(({ id, unit }) => ({ unit, subject: id }))

/** What a thing on a screen gives to the form of an act over a batch: itself, as a batch of one. */
export const asBatch = (project: { readonly unit: string; readonly id: string }) => ({
  unit: project.unit,
  projects: [project.id],
})
/** An act is offered where its step can be taken. */
export const offeredAt =
  (step: Step) =>
  ({ state }: { readonly state: State }): boolean =>
    statesBefore(step).includes(state)
