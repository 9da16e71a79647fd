import { sql } from 'kysely'
import type { Reader } from '#kernel/ask.ts'
import type { Person } from '#kernel/standing.ts'
import type { Day, Text } from '#kernel/words.ts'
import { moves, type State, standings, type Step, stepNames, type StepOutcome } from './state.ts'

type Row = {
  ordinal: number
  step: Step
  outcome: StepOutcome
  state: State
  on: Day
  remarks: string | null
  act: string
  unit: string | null
  zh: string | null
  en: string | null
  post: string | null
  personId: string | null
  personZh: string | null
  personEn: string | null
  madeUp: boolean | null
}

export type ShownStep = Pick<Row, 'ordinal' | 'step' | 'outcome' | 'state' | 'on' | 'remarks' | 'act'> & {
  readonly stepName: Text
  readonly stateName: Text
  /** The seat that took it, and the person who answers for it. */
  readonly by: {
    readonly unit: string
    readonly unitName: Text
    readonly post: string
    readonly postName: Text
    readonly person: Person | null
  } | null
}

/** A project's steps by a day, the oldest first, each with who took it. */
export async function stepsOf({ db, charter, on }: Reader, project: string): Promise<readonly ShownStep[]> {
  const { rows } = await sql<Row>`
    select s.ordinal, s.step, s.outcome, s.state, s.on_day as "on", s.remarks, s.act_id as act, v.unit_id as unit, v.name_zh as zh,
           v.name_en as en, j.seat_post as post, p.id as "personId", p.name_zh as "personZh", p.name_en as "personEn",
           p.made_up as "madeUp"
      from project_step s
      left join journal j on j.id = s.act_id
      left join lateral (select * from unit_version w where w.unit_id = j.seat_unit_id and lower(w.valid_at) <= s.on_day
                          order by lower(w.valid_at) desc limit 1) v on true
      left join person p on p.id = j.principal_id
     where s.project_id = ${project} and s.on_day <= ${on}::date
     order by s.ordinal`.execute(db)
  return rows.map(({ unit, zh, en, post, personId, personZh, personEn, madeUp, ...row }) => ({
    ...row,
    stepName: stepNames[row.step],
    stateName: standings[row.state].name,
    by:
      unit !== null && post !== null
        ? {
            unit,
            unitName: { zh: zh ?? '', en: en ?? '' },
            post,
            postName: charter.findPost(post)?.name ?? { zh: post, en: post },
            person: personId
              ? { id: personId, name: { zh: personZh ?? '', en: personEn ?? '' }, madeUp: madeUp === true }
              : null,
          }
        : null,
  }))
}

/** The way of a project from its proposal to its handing over. */
const way: readonly Step[] = ['propose', 'argue', 'notice', 'admit', 'assign', 'start', 'report', 'accept', 'hand-over']

/** The way of a project, with the step at which it stands; one that is withdrawn or handed over stands at none. */
export const ladderOf = (state: State, doneBp: number, lastStep: Step) => {
  const isDone = doneBp >= 10_000 && lastStep !== 'accept'
  const next = state === 'started' ? (isDone ? 'accept' : 'report') : moves.find(([, from]) => from === state)?.[0]
  return way.map((step) => ({ step, name: stepNames[step], isNow: step === (state === 'proposed' ? 'argue' : next) }))
}
