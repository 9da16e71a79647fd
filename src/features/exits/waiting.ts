import { sql } from 'kysely'
import { lineagesOf } from '#kernel/abilities.ts'
import type { Reader } from '#kernel/ask.ts'
import type { Light } from '#kernel/link.ts'
import { type Lineage, type Person, sittings, type UnitFacts, whoAnswers } from '#kernel/standing.ts'
import type { Day, Text } from '#kernel/words.ts'
import { standOf } from '#features/obligations/index.ts'
import { subjectOf } from './books.ts'
import { type State, standings } from './state.ts'

/** Who a case waits for, since when, and until when they have. */
export type Waiting = {
  readonly duty: string
  readonly obligation: string | null
  readonly unit: UnitFacts
  readonly post: string
  readonly postName: Text
  /** Nobody, if the seat is vacant and nobody above it sits either. */
  readonly person: Person | null
  readonly isVacant: boolean
  readonly since: Day | null
  readonly due: Day | null
  readonly light: Light
  readonly words: Text
}

type Standing = { readonly unit: string; readonly year: number; readonly state: State; readonly since: Day | null }

/** What each state is owed under; as rows for a query. */
export const owedBy = sql.join(
  Object.entries(standings).flatMap(([state, { awaits }]) =>
    awaits?.obligation ? [sql`(${state}::text, ${awaits.obligation}::text)`] : [],
  ),
)

type Item = { unit: string; subject: string; obligation: string; opened: Day; due: Day }

async function openItems(reader: Reader, cases: readonly Standing[]): Promise<Map<string, Item>> {
  const { on, db } = reader
  const { rows } = await sql<Item>`
    select unit_id as unit, subject, obligation, opened_on as opened,
           obligation_due(id, due_on, ${on}::date) as due from obligation_item
     where subject = any (${[...new Set(cases.map((each) => subjectOf(each.year)))]}::text[])
       and unit_id = any (${[...new Set(cases.map((each) => each.unit))]}::uuid[]) and opened_on <= ${on}::date
       and (met_on is null or met_on > ${on}::date) and (lapsed_on is null or lapsed_on > ${on}::date)`.execute(db)
  return new Map(rows.map((item) => [`${item.unit} ${item.subject} ${item.obligation}`, item]))
}

/** Who each of some cases waits for; null if it waits for nobody any more. */
export async function waitingFor(reader: Reader, cases: readonly Standing[]): Promise<readonly (Waiting | null)[]> {
  const lineages = await lineagesOf(
    reader.db,
    cases.map((each) => each.unit),
    reader.on,
  )
  const units = [...new Set([...lineages.values()].flatMap((lineage) => lineage.map((unit) => unit.id)))]
  const [seated, items] = await Promise.all([sittings(reader.db, units, reader.on), openItems(reader, cases)])
  return cases.map((each) => {
    const lineage = lineages.get(each.unit)
    const awaits = standings[each.state].awaits
    const duty = awaits && reader.charter.findDuty(awaits.duty, reader.on)
    if (!lineage || !awaits || !duty) return null
    const whose = holderOf(reader, duty, lineage, seated)
    if (!whose) return null
    const item = awaits.obligation ? items.get(`${each.unit} ${subjectOf(each.year)} ${awaits.obligation}`) : undefined
    const stand = item
      ? standOf(reader, item.due, null)
      : { light: 'none' as const, words: { zh: '无限期', en: 'no date' } }
    return {
      duty: duty.id,
      obligation: awaits.obligation ?? null,
      ...whose,
      since: item?.opened ?? each.since,
      due: item?.due ?? null,
      ...stand,
    }
  })
}

function holderOf(
  { charter }: Reader,
  duty: Parameters<typeof whoAnswers>[1],
  lineage: Lineage,
  seated: Parameters<typeof whoAnswers>[3],
): Pick<Waiting, 'unit' | 'post' | 'postName' | 'person' | 'isVacant'> | undefined {
  const answer = whoAnswers(charter, duty, lineage, seated)
  if (answer.kind !== 'holder' && answer.kind !== 'vacancy') return undefined
  const { post } = answer.seat
  const person = answer.kind === 'holder' ? answer.person : (answer.routedTo?.person ?? null)
  return { unit: answer.unit, post, postName: charter.post(post).name, person, isVacant: answer.kind === 'vacancy' }
}
