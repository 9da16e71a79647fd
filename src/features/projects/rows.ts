import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '#kernel/ask.ts'
import type { Light } from '#kernel/link.ts'
import type { Day, Text } from '#kernel/words.ts'
import { standOf } from '#features/obligations/index.ts'
import { type ProjectKind, projectKinds } from './kinds.ts'
import { landedStates, type State, standings, type Step } from './state.ts'
import { placesOf, type ProjectWaiting } from './waiting.ts'

/** The units below one as they were last known by a day: also those that were closed by then. */
export const unitsBelow = (unit: string, on: Day) => sql`
  select w.unit_id, w.name_zh, w.name_en, w.code
    from (select distinct on (unit_id) * from unit_version where lower(valid_at) <= ${on}::date
           order by unit_id, lower(valid_at) desc) w
   where w.lineage @> array[${unit}]::uuid[]`

/** What the database says of a project in a list. */
export type Row = {
  readonly id: string
  readonly code: string
  readonly unit: string
  readonly zh: string
  readonly en: string
  readonly name: string
  readonly kind: ProjectKind
  readonly version: number
  readonly state: State
  readonly step: Step
  readonly since: Day
  readonly remarks: string | null
  readonly amountFen: string | null
  readonly due: Day | null
  readonly doneBp: number
  readonly milestones: number
  readonly slipped: number
  readonly slipDays: number
  readonly nextDue: Day | null
}

/** Adds to projects, given with `project_id, unit_id, state`, what is owed about them and how far their work has come. */
export const withWork = (projects: RawBuilder<unknown>, on: Day) => sql`
  select b.*, o.due, coalesce(m.done_bp, 0) as "doneBp", coalesce(m.milestones, 0) as milestones,
         coalesce(m.slipped, 0) as slipped, coalesce(m.slip_days, 0) as "slipDays", m.next_due as "nextDue"
    from (${projects}) b
    left join lateral (
      select obligation_due(i.id, i.due_on, ${on}::date) as due from obligation_item i
       where i.subject = b.id::text and i.unit_id = b.unit and i.opened_on <= ${on}::date
         and (i.met_on is null or i.met_on > ${on}::date) and (i.lapsed_on is null or i.lapsed_on > ${on}::date)
       order by due limit 1) o on true
    left join lateral (
      select (sum(x.share_bp * x.done_bp) / 10000)::int as done_bp, count(*)::int as milestones,
             (count(*) filter (where x.done_on is null and x.slip_days > 0 and b.state = 'started'))::int as slipped,
             max(x.slip_days) filter (where x.done_on is null and b.state = 'started') as slip_days,
             min(x.due_on) filter (where x.done_on is null) as next_due
        from milestone_on(${on}::date) x
       where x.project_id = b.id) m on b.state = any (${landedStates}::text[])`

/** A project as lists show it, and as acts about a project need it. */
export type ProjectThing = Omit<Row, 'zh' | 'en'> & {
  readonly unitName: Text
  readonly kindName: Text
  readonly stateName: Text
  readonly light: Light
  readonly words: Text
  readonly above: readonly { readonly id: string; readonly name: Text }[]
  /** The unit that assigns it. */
  readonly assigner: string
  readonly waiting: ProjectWaiting | null
}

/** Adds to each project its words, how it stands, and who it waits for. */
export async function projectThings(reader: Reader, rows: readonly Row[]): Promise<readonly ProjectThing[]> {
  const places = await placesOf(reader, rows)
  return rows.map(({ zh, en, ...row }, at) => ({
    ...row,
    unitName: { zh, en },
    kindName: projectKinds[row.kind],
    stateName: standings[row.state].name,
    ...lightOf(reader, row),
    ...places[at]!,
  }))
}

const days = (n: number): Text => ({ zh: `${n} 天`, en: `${n} day${n === 1 ? '' : 's'}` })

/** How a project stands: by the milestones that slipped, else by what is owed about it. */
function lightOf(
  reader: Reader,
  { state, slipped, slipDays, due }: Pick<Row, 'state' | 'slipped' | 'slipDays' | 'due'>,
): { light: Light; words: Text } {
  if (slipped > 0) {
    const late = days(slipDays)
    return {
      light: 'red',
      words: {
        zh: `${slipped} 个节点滞后，最长 ${late.zh}`,
        en: `${slipped} milestone${slipped === 1 ? '' : 's'} slipped, by up to ${late.en}`,
      },
    }
  }
  if (due !== null) return standOf(reader, due, null)
  const isDone = state === 'accepted' || state === 'handed-over'
  return { light: isDone ? 'green' : 'none', words: standings[state].name }
}

/** How a milestone stands on a day, in a light and in words. */
export function milestoneStand(
  reader: Reader,
  { due, doneOn, slipDays }: { readonly due: Day; readonly doneOn: Day | null; readonly slipDays: number },
): { light: Light; words: Text } {
  const late = days(slipDays)
  if (doneOn !== null)
    return slipDays === 0
      ? { light: 'green', words: { zh: '按期完成', en: 'done in time' } }
      : { light: 'yellow', words: { zh: `完成，迟 ${late.zh}`, en: `done, ${late.en} late` } }
  if (slipDays > 0) return { light: 'red', words: { zh: `滞后 ${late.zh}`, en: `${late.en} late` } }
  return standOf(reader, due, null)
}
