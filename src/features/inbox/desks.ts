import type { Charter, Duty } from '#kernel/charter.ts'
import { findBearer, type Lineage, type Seat, type UnitFacts } from '#kernel/standing.ts'
import type { UnitMap } from '#kernel/unit-map.ts'
import type { Day } from '#kernel/words.ts'

/** The duty under which the steps of the ladder are taken. */
const followUp = 'follow-up-the-late'

/** The shape over which nothing lies on a desk. */
const NOTHING = -1

type Desk = { readonly level: number; readonly posts: readonly string[] }

/** The charter's tiers between a unit and the root: units of one shape have their duties on the same levels. */
const shapeOf = (lineage: Lineage) => lineage.map((unit) => unit.tier).join('/')

/** On whose desks what is owed lies, on the map of a day. */
export class Desks {
  readonly #charter: Charter
  readonly #duties: ReadonlyMap<string, Duty>
  /** The duties under which something may be owed by a day. */
  readonly #owed: readonly string[]
  readonly #map: UnitMap
  readonly #desks = new Map<string, Desk | undefined>()

  constructor(charter: Charter, on: Day, map: UnitMap) {
    this.#charter = charter
    this.#duties = new Map(charter.dutiesOn(on).map((duty) => [duty.id, duty]))
    const owed = new Set(charter.text.obligations.map((each) => each.duty))
    this.#owed = [...this.#duties.keys()].filter((duty) => owed.has(duty))
    this.#map = map
  }

  #lineageOf(unit: string): Lineage | undefined {
    const lineage = this.#map.places.get(unit)?.lineage.toReversed() ?? []
    const [self, ...above] = lineage.flatMap((id) => {
      const place = this.#map.places.get(id)
      return place ? [{ id, tier: place.tier, code: place.code, name: place.name }] : []
    })
    return self && [self, ...above]
  }

  findUnit(unit: string): UnitFacts | undefined {
    return this.#lineageOf(unit)?.[0]
  }

  /** The seats on whose desks something under a duty over a unit lies. */
  seatsOf(duty: string, unit: string): readonly Seat[] {
    const lineage = this.#lineageOf(unit)
    const desk = lineage && this.#deskOf(duty, lineage)
    const at = desk && lineage[desk.level]
    return at ? desk.posts.map((post) => ({ unit: at.id, post })) : []
  }

  /** The seats of a unit in whose name what is late below is followed up, and which are told of it. */
  followersOf(unit: string): readonly Seat[] {
    const tier = this.#map.places.get(unit)?.tier
    if (tier === undefined) return []
    const posts = this.#duties.get(followUp)?.held_by[tier] ?? this.#charter.tier(tier).principals
    return posts.map((post) => ({ unit, post }))
  }

  #deskOf(duty: string, lineage: Lineage): Desk | undefined {
    const key = `${duty} ${shapeOf(lineage)}`
    if (!this.#desks.has(key)) this.#desks.set(key, this.#lookUp(duty, lineage))
    return this.#desks.get(key)
  }

  #lookUp(id: string, lineage: Lineage): Desk | undefined {
    const duty = this.#duties.get(id)
    const bearer = duty && findBearer(this.#charter, duty, lineage)
    return bearer && { level: lineage.findIndex((unit) => unit.id === bearer.unit.id), posts: bearer.posts }
  }

  /** All that may lie on one seat's desk: its unit and those below by their shapes, and which duties are its there. */
  of(seat: Seat, only?: string): SeatDesks {
    const shapes = new Map<string, number>()
    const below: string[] = []
    const desks = { units: [] as string[], shape: [] as number[], lines: [] as { shape: number; duty: string }[] }
    for (const place of this.#map.places.values()) {
      const lineage = place.lineage.includes(seat.unit) ? this.#lineageOf(place.unit) : undefined
      if (!lineage) continue
      below.push(place.unit)
      const key = shapeOf(lineage)
      let at = shapes.get(key)
      if (at === undefined) {
        const duties = this.#dutiesOf(lineage, seat, only)
        at = duties.length > 0 ? shapes.size : NOTHING
        shapes.set(key, at)
        for (const duty of duties) desks.lines.push({ shape: at, duty })
      }
      if (at === NOTHING) continue
      desks.units.push(place.unit)
      desks.shape.push(at)
    }
    return {
      ...desks,
      below,
      seat,
      followsUp: this.followersOf(seat.unit).some(({ post }) => post === seat.post) && (only ?? followUp) === followUp,
    }
  }

  #dutiesOf(lineage: Lineage, seat: Seat, only: string | undefined): readonly string[] {
    return this.#owed.filter((duty) => {
      const desk = only === undefined || duty === only ? this.#deskOf(duty, lineage) : undefined
      return desk && lineage[desk.level]?.id === seat.unit && desk.posts.includes(seat.post)
    })
  }
}

export type SeatDesks = {
  readonly seat: Seat
  /** Whether what is late below is followed up in its name. */
  readonly followsUp: boolean
  /** Its unit and all below it. */
  readonly below: readonly string[]
  /** Those of them over which something may lie on its desk. */
  readonly units: readonly string[]
  /** For each of these, the number of its shape. */
  readonly shape: readonly number[]
  readonly lines: readonly { readonly shape: number; readonly duty: string }[]
}
