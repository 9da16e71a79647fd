import { sql } from 'kysely'
import { lineagesOf } from '#kernel/abilities.ts'
import type { Reader } from '#kernel/ask.ts'
import { addSpan, workingDaysBetween } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import { findBearer, type Lineage, type UnitFacts } from '#kernel/standing.ts'
import type { Day } from '#kernel/words.ts'
import { datedLadder, isDated, isHandStep, ladderOf, type LadderStep, superiorOf, takerOf } from './ladder.ts'
import { standOf, yellowWorkingDays } from './stand.ts'

export type Row = {
  id: string
  obligation: string
  duty: string
  unit: string
  subject: string
  opened_on: Day
  /** By when it is owed, as it was known on the day asked for; and at first. */
  due_on: Day
  first_due_on: Day
  met_on: Day | null
  opened_by: string
  met_by: string | null
  lapsed_on: Day | null
  lapsed_by: string | null
  zh: string
  en: string
}

export type Taken = {
  readonly item: string
  readonly step: LadderStep
  readonly on: Day
  readonly unit: string | null
  readonly reason: string | null
  readonly act: string
}

export const itemColumns = (on: Day) => sql`
  i.id, i.obligation, i.duty, i.unit_id as unit, i.subject, i.opened_on, obligation_due(i.id, i.due_on, ${on}::date) as due_on,
  i.due_on as first_due_on, i.met_on, i.opened_by, i.met_by,
  case when i.lapsed_on <= ${on}::date then i.lapsed_on end as lapsed_on, i.lapsed_by, v.name_zh as zh, v.name_en as en`

/** Adds to each item its words, its ground in the charter, the seat that owes it, and how far the ladder has come. */
export async function described(reader: Reader, rows: readonly Row[]) {
  const { charter, on } = reader
  const [lineages, taken] = await Promise.all([
    lineagesOf(
      reader.db,
      rows.map((row) => row.unit),
      on,
    ),
    takenSteps(reader, rows),
  ])
  return rows.map(({ zh, en, ...row }) => {
    const declared = charter.text.obligations.find((each) => each.id === row.obligation)
    const duty = charter.findDuty(row.duty, on)
    const lineage = lineages.get(row.unit)
    const bearer = duty && lineage && findBearer(charter, duty, lineage)
    const isMet = row.met_on !== null && row.met_on <= on
    return {
      ...row,
      met_on: isMet ? row.met_on : null,
      name: { zh, en },
      title: declared?.title ?? { zh: row.obligation, en: row.obligation },
      article: declared?.article ?? '',
      source: declared?.source ?? '',
      status: declared?.status ?? null,
      acts: declared?.met_by ?? [],
      owes: bearer && { unit: bearer.unit, post: bearer.posts[0], posts: bearer.posts },
      ...standOf(reader, row.due_on, row.met_on),
      ...ladderStand(reader, row, taken.get(row.id) ?? [], lineage, bearer?.unit, isMet, declared?.extendable ?? true),
      /** False where a day of it or of its ladder was counted by plain weekdays, since no official calendar is published yet. */
      isCalendarPublished: isDated(charter, row),
    }
  })
}

function ladderStand(
  { charter, on }: Reader,
  row: Omit<Row, 'zh' | 'en'>,
  taken: readonly Taken[],
  lineage: Lineage | undefined,
  bearer: UnitFacts | undefined,
  isMet: boolean,
  extendable: boolean,
) {
  const ladder = ladderOf(charter)
  const place = (step: string) => ladder.findIndex((each) => each.step === step)
  const last = taken.toSorted((a, b) => place(b.step) - place(a.step))[0]
  const reached = last && { step: last.step, title: ladder[place(last.step)]?.title, on: last.on }
  const open = isMet || !lineage || !bearer ? [] : datedLadder(charter, row)
  const next = open.find(
    ({ step }) => !taken.some((each) => each.step === step.step) && place(step.step) > (last ? place(last.step) : -1),
  )
  const above = lineage && bearer && superiorOf(charter, lineage, bearer)
  /** Nobody stands above the root. */
  const superior = above?.id === bearer?.id ? undefined : above
  const hand = open
    .map(({ step }) => step)
    .find((step) => isHandStep(step.step) && !taken.some((each) => each.step === step.step))
  const isLate = row.due_on < on
  const isNear = workingDaysBetween(on, row.due_on, charter.calendar) <= yellowWorkingDays(charter)
  const mayUrge = hand && (hand.step === 'urge' ? isNear : isLate)
  return {
    reached: reached ?? null,
    next: next
      ? { step: next.step.step, title: next.step.title, on: next.on < on ? on : next.on, by: next.step.by }
      : null,
    superior,
    /** The next step that somebody above may take by hand now. */
    byHand:
      mayUrge && lineage && bearer
        ? { step: hand.step, title: hand.title, unit: takerOf(charter, hand, lineage, bearer)?.id ?? bearer.id }
        : null,
    isUrged: !isMet && taken.some((each) => isHandStep(each.step)),
    extendable:
      !isMet &&
      extendable &&
      superior !== undefined &&
      superior.id !== bearer?.id &&
      lastExtension(charter, row, lineage, on) > on,
    isExtended: row.due_on !== row.first_due_on,
  }
}

/** The last day to which an item may be put off. */
function lastExtension(charter: Charter, row: Pick<Row, 'first_due_on'>, lineage: Lineage | undefined, on: Day): Day {
  const codes = lineage?.map((unit) => unit.code) ?? []
  return addSpan(row.first_due_on, charter.getSpan('extension_max', on, codes), charter.calendar)
}

/** The steps taken by a day, for each of some items. */
export async function takenSteps({ db, on }: Reader, rows: readonly { readonly id: string }[]) {
  const found = new Map<string, Taken[]>()
  if (rows.length === 0) return found
  const { rows: steps } = await sql<Taken>`
    select item_id as item, step, on_day as on, by_unit_id as unit, reason, act_id as act from obligation_step
     where item_id = any (${rows.map((row) => row.id)}::uuid[]) and on_day <= ${on}::date`.execute(db)
  for (const step of steps) found.set(step.item, [...(found.get(step.item) ?? []), step])
  return found
}
