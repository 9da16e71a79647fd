import { lineagesOf } from '#kernel/abilities.ts'
import type { Reader } from '#kernel/ask.ts'
import type { Light } from '#kernel/link.ts'
import { type Person, sittings, type UnitFacts, whoAnswers } from '#kernel/standing.ts'
import type { Day, Text } from '#kernel/words.ts'
import { standOf } from '#features/obligations/index.ts'

/** Somebody who is waited for, by name: the seat, who sits in it, since when, until when. */
export type WaitsFor = {
  readonly duty: string
  readonly unit: UnitFacts
  readonly post: string
  readonly postName: Text
  /** Nobody, if the seat is vacant and nobody above it sits either. */
  readonly person: Person | null
  readonly isVacant: boolean
  readonly since: Day
  readonly due: Day | null
  readonly light: Light
  readonly words: Text
}

/** What waits, before it is known who that is today. A post may be named where it is not the duty's first. */
export type Wait = {
  readonly duty: string
  readonly unit: string
  readonly post?: string | undefined
  readonly since: Day
  readonly due: Day | null
}

const noDate: { light: Light; words: Text } = { light: 'none', words: { zh: '无限期', en: 'no date' } }

/** Who each of many things waits for on the day asked as of; null where the day knows neither the unit nor the duty. */
export async function waitsFor(reader: Reader, waits: readonly Wait[]): Promise<readonly (WaitsFor | null)[]> {
  const { charter, db, on } = reader
  const lineages = await lineagesOf(
    db,
    waits.map((wait) => wait.unit),
    on,
  )
  const units = [...new Set([...lineages.values()].flatMap((lineage) => lineage.map((unit) => unit.id)))]
  const seated = Map.groupBy(await sittings(db, units, on), (sitting) => sitting.unit)
  const stands = new Map<Day, ReturnType<typeof standOf>>()
  const standAt = (due: Day) => {
    const known = stands.get(due) ?? standOf(reader, due, null)
    stands.set(due, known)
    return known
  }
  return waits.map(({ duty: id, unit, post, since, due }) => {
    const lineage = lineages.get(unit)
    const duty = charter.findDuty(id, on)
    if (!lineage || !duty) return null
    const here = lineage.flatMap((each) => seated.get(each.id) ?? [])
    const named = post === undefined ? undefined : here.find((each) => each.unit === unit && each.post === post)
    const stand = due === null ? noDate : standAt(due)
    if (named && post !== undefined)
      return {
        duty: id,
        unit: lineage[0],
        post,
        postName: charter.post(post).name,
        person: named.person,
        isVacant: false,
        since,
        due,
        ...stand,
      }
    const answer = whoAnswers(charter, duty, lineage, here)
    if (answer.kind !== 'holder' && answer.kind !== 'vacancy') return null
    return {
      duty: id,
      unit: answer.unit,
      post: answer.seat.post,
      postName: charter.post(answer.seat.post).name,
      person: answer.kind === 'holder' ? answer.person : (answer.routedTo?.person ?? null),
      isVacant: answer.kind === 'vacancy',
      since,
      due,
      ...stand,
    }
  })
}
