import { lineagesOf } from '#kernel/abilities.ts'
import type { Reader } from '#kernel/ask.ts'
import {
  findBearer,
  type Lineage,
  type Person,
  type Sitting,
  sittings,
  type UnitFacts,
  whoAnswers,
} from '#kernel/standing.ts'
import type { Day, Text } from '#kernel/words.ts'
import { awaitsOf, type State, type Step } from './state.ts'

/** Who a project waits for, and until when they have. */
export type ProjectWaiting = {
  readonly duty: string
  readonly dutyTitle: Text
  readonly unit: UnitFacts
  readonly post: string
  readonly postName: Text
  /** Nobody, if the seat is vacant and nobody above it sits either. */
  readonly person: Person | null
  readonly isVacant: boolean
  readonly due: Day | null
}

type Standing = {
  readonly unit: string
  readonly state: State
  readonly step: Step
  readonly doneBp: number
  readonly due: Day | null
}

/** Where some projects lie, who assigns them, and who each of them waits for. */
export async function placesOf(reader: Reader, projects: readonly Standing[]) {
  const lineages = await lineagesOf(
    reader.db,
    projects.map((project) => project.unit),
    reader.on,
  )
  const units = [...new Set([...lineages.values()].flatMap((lineage) => lineage.map((unit) => unit.id)))]
  const seated = await sittings(reader.db, units, reader.on)
  return projects.map((project) => {
    const lineage = lineages.get(project.unit)
    return {
      above: (lineage ?? []).slice(1).map(({ id, name }) => ({ id, name })),
      assigner: (lineage && bearerOf(reader, 'assign-projects', lineage)) ?? project.unit,
      waiting: lineage ? waitingFor(reader, project, lineage, seated) : null,
    }
  })
}

function bearerOf({ charter, on }: Reader, id: string, lineage: Lineage): string | undefined {
  const duty = charter.findDuty(id, on)
  return duty && findBearer(charter, duty, lineage)?.unit.id
}

function waitingFor(
  { charter, on }: Reader,
  { state, step, doneBp, due }: Standing,
  lineage: Lineage,
  seated: readonly Sitting[],
): ProjectWaiting | null {
  const duty = charter.findDuty(awaitsOf(state, doneBp, step)?.duty ?? '', on)
  const answer = duty && whoAnswers(charter, duty, lineage, seated)
  if (!duty || (answer?.kind !== 'holder' && answer?.kind !== 'vacancy')) return null
  const { post } = answer.seat
  return {
    duty: duty.id,
    dutyTitle: duty.title,
    unit: answer.unit,
    post,
    postName: charter.post(post).name,
    person: answer.kind === 'holder' ? answer.person : (answer.routedTo?.person ?? null),
    isVacant: answer.kind === 'vacancy',
    due,
  }
}
