import type { Actor } from './act.ts'
import type { Charter, Duty } from './charter.ts'
import type { Ground, Tx } from './db.ts'
import { sql } from 'kysely'
import type { Day, Text } from './words.ts'

/** A post in a unit: what holds duties, whoever sits in it. */
export type Seat = { readonly unit: string; readonly post: string }
export type Person = { readonly id: string; readonly name: Text; readonly madeUp: boolean }

/** A unit as it stood on a day. */
export type UnitFacts = {
  readonly id: string
  readonly tier: string
  readonly code: string | null
  readonly name: Text
}
/** A unit first, then every unit above it up to the root. */
export type Lineage = readonly [UnitFacts, ...UnitFacts[]]

/** A unit and all above it, as they stood on a day; undefined if there was no such unit then. */
export async function findLineage(tx: Tx, unit: string, day: Day): Promise<Lineage | undefined> {
  const { rows } = await sql<{ id: string; tier: string; code: string | null; name_zh: string; name_en: string }>`
    select a.unit_id as id, a.tier, a.code, a.name_zh, a.name_en
      from unit_version u
      join unit_version a on a.unit_id = any (u.lineage) and (a.valid_at @> ${day}::date) is true
     where u.unit_id = ${unit} and (u.valid_at @> ${day}::date) is true
     order by array_position(u.lineage, a.unit_id) desc`.execute(tx)
  const [self, ...above] = rows.map(({ name_zh, name_en, ...rest }) => ({
    ...rest,
    name: { zh: name_zh, en: name_en },
  }))
  return self && [self, ...above]
}

/** Where a duty lies for a unit: the unit whose seats hold it there, and the posts, the answerable one first. */
export type Bearer = {
  readonly unit: UnitFacts
  readonly posts: readonly [string, ...string[]]
  /** The tier that holds it is missing here, and this unit's tier has taken its duties over. */
  readonly takenOverFrom?: string
}

/** Finds, at or above a unit, the seats that hold a duty over it; a missing tier's duties go where the charter says. */
export function findBearer(charter: Charter, duty: Duty, lineage: Lineage): Bearer | undefined {
  const order = charter.tiers.map((tier) => tier.id)
  const present = new Set(lineage.map((unit) => unit.tier))
  const takers = new Map<string, string>()
  for (const tier of Object.keys(duty.held_by)) {
    const isBetween = order.indexOf(tier) < order.indexOf(lineage[0].tier)
    if (present.has(tier) || !isBetween) continue
    let taker = charter.tier(tier).taken_over_by
    while (taker !== undefined && !present.has(taker)) taker = charter.tier(taker).taken_over_by
    if (taker !== undefined) takers.set(taker, tier)
  }
  for (const unit of lineage) {
    const [first, ...others] = duty.held_by[unit.tier] ?? []
    if (first !== undefined) return { unit, posts: [first, ...others] }
    const takenOverFrom = takers.get(unit.tier)
    if (takenOverFrom !== undefined) {
      const [principal, ...more] = charter.tier(unit.tier).principals
      if (principal !== undefined) return { unit, posts: [principal, ...more], takenOverFrom }
    }
  }
  return undefined
}

export type Sitting = {
  readonly unit: string
  readonly post: string
  readonly person: Person
  readonly capacity: 'holder' | 'acting'
  readonly since: Day
}

/** Who sits in the seats of some units on a day. */
export async function sittings(tx: Tx, units: readonly string[], day: Day): Promise<readonly Sitting[]> {
  const { rows } = await sql<{
    unit: string
    post: string
    person: string
    name_zh: string
    name_en: string
    made_up: boolean
    capacity: 'holder' | 'acting'
    since: string
  }>`
    select a.unit_id as unit, a.post, a.person_id as person, p.name_zh, p.name_en, p.made_up, a.capacity,
           lower(a.valid_at) as since
      from appointment a join person p on p.id = a.person_id
     where a.unit_id = any (${units}::uuid[]) and (a.valid_at @> ${day}::date) is true`.execute(tx)
  return rows.map((row) => ({
    unit: row.unit,
    post: row.post,
    person: { id: row.person, name: { zh: row.name_zh, en: row.name_en }, madeUp: row.made_up },
    capacity: row.capacity,
    since: row.since,
  }))
}

/** A unit with all above it, and who sits in a seat: all that most acts need to be admitted, in one question. */
export async function findAdmission(tx: Tx, unit: string, seat: Seat | null, day: Day): Promise<Admission> {
  const { rows } = await sql<{ lineage: readonly UnitFacts[] | null; beside: readonly Sitting[] | null }>`
    select (select json_agg(json_build_object('id', a.unit_id, 'tier', a.tier, 'code', a.code,
                                              'name', json_build_object('zh', a.name_zh, 'en', a.name_en))
                            order by array_position(u.lineage, a.unit_id) desc)
              from unit_version u
              join unit_version a on a.unit_id = any (u.lineage) and (a.valid_at @> ${day}::date) is true
             where u.unit_id = ${unit} and (u.valid_at @> ${day}::date) is true) as lineage,
           (select json_agg(json_build_object('unit', a.unit_id, 'post', a.post, 'capacity', a.capacity,
                                              'since', lower(a.valid_at), 'person', json_build_object('id', p.id,
                                              'name', json_build_object('zh', p.name_zh, 'en', p.name_en), 'madeUp', p.made_up)))
              from appointment a join person p on p.id = a.person_id
             where a.unit_id = ${seat?.unit ?? null} and a.post = ${seat?.post ?? null} and (a.valid_at @> ${day}::date) is true) as beside`.execute(
    tx,
  )
  const [self, ...above] = rows[0]?.lineage ?? []
  return { found: self && [self, ...above], beside: rows[0]?.beside ?? [] }
}

type Admission = { readonly found: Lineage | undefined; readonly beside: readonly Sitting[] }

const sitsIn = (sitting: Sitting, seat: Seat) => sitting.unit === seat.unit && sitting.post === seat.post

export type Standing = { readonly ground: Ground; readonly principal: Person | null }

/**
 * Whether somebody holds a duty where it lies, and on what ground: their own appointment, a delegation of the holder's,
 * or, when every seat that holds it is vacant, as a principal of the level above. Undefined: it is not their duty.
 */
export async function findStanding(
  tx: Tx,
  { charter, duty, lineage, bearer, actor, day, automatic, beside }: StandingQuestion,
): Promise<Standing | undefined> {
  if (actor.kind === 'mechanism') return automatic ? { ground: 'mechanism', principal: null } : undefined
  if (actor.kind === 'public') return duty.public ? { ground: 'public', principal: null } : undefined
  if (!bearer) return undefined
  const elsewhere = bearer.unit.id === actor.seat.unit ? [] : await sittings(tx, [bearer.unit.id], day)
  const seated = [...beside, ...elsewhere]
  const holder = seated.find((sitting) => sitsIn(sitting, actor.seat))
  const isBearer = actor.seat.unit === bearer.unit.id && bearer.posts.includes(actor.seat.post)

  if (actor.delegation !== undefined) {
    if (!isBearer || !holder) return undefined
    const { rows } = await sql`
      select from delegation
       where id = ${actor.delegation} and unit_id = ${actor.seat.unit} and post = ${actor.seat.post}
         and duty = ${duty.id} and person_id = ${actor.person} and principal_id = ${holder.person.id}
         and (valid_at @> ${day}::date) is true
         and (over_unit_id is null or over_unit_id = any (${lineage.map((unit) => unit.id)}::uuid[]))`.execute(tx)
    return rows.length > 0 ? { ground: 'delegation', principal: holder.person } : undefined
  }
  if (holder?.person.id !== actor.person) return undefined
  if (isBearer) return { ground: 'appointment', principal: holder.person }

  const above = lineage[lineage.findIndex((unit) => unit.id === bearer.unit.id) + 1]
  const isSuperior = above?.id === actor.seat.unit && charter.tier(above.tier).principals.includes(actor.seat.post)
  const isVacant = !seated.some((sitting) => sitting.unit === bearer.unit.id && bearer.posts.includes(sitting.post))
  return isSuperior && isVacant ? { ground: 'vacancy', principal: holder.person } : undefined
}

type StandingQuestion = {
  readonly charter: Charter
  readonly duty: Duty
  readonly lineage: Lineage
  readonly bearer: Bearer | undefined
  readonly actor: Actor
  readonly day: Day
  readonly automatic: boolean
  /** Who sits in the actor's own seat. */
  readonly beside: readonly Sitting[]
}

/** The one answer to "who answers for this, here, on that day?": a holder, a vacancy with whoever stands in, or a gap. */
export type Answerable =
  | {
      readonly kind: 'holder'
      readonly seat: Seat
      readonly unit: UnitFacts
      readonly person: Person
      readonly capacity: 'holder' | 'acting'
      readonly since: Day
      readonly takenOverFrom?: string
    }
  | {
      readonly kind: 'vacancy'
      readonly seat: Seat
      readonly unit: UnitFacts
      readonly routedTo?: { readonly seat: Seat; readonly unit: UnitFacts; readonly person: Person }
      readonly takenOverFrom?: string
    }
  | { readonly kind: 'public' }
  | { readonly kind: 'nobody' }

/** Names who answers for a duty over a unit on a day. Exactly one answer, or the defect itself. */
export async function answerable(
  tx: Tx,
  charter: Charter,
  duty: Duty,
  lineage: Lineage,
  day: Day,
): Promise<Answerable> {
  return whoAnswers(
    charter,
    duty,
    lineage,
    await sittings(
      tx,
      lineage.map((unit) => unit.id),
      day,
    ),
  )
}

/** As `answerable`, where it is known already who sits in the seats of the lineage. */
export function whoAnswers(charter: Charter, duty: Duty, lineage: Lineage, seated: readonly Sitting[]): Answerable {
  if (duty.public) return { kind: 'public' }
  const bearer = findBearer(charter, duty, lineage)
  if (!bearer) return { kind: 'nobody' }
  const at = lineage.findIndex((unit) => unit.id === bearer.unit.id)
  const seat = { unit: bearer.unit.id, post: bearer.posts[0] }
  const mark = bearer.takenOverFrom === undefined ? {} : { takenOverFrom: bearer.takenOverFrom }
  const holder = seated.find((sitting) => sitsIn(sitting, seat))
  if (holder)
    return {
      kind: 'holder',
      seat,
      unit: bearer.unit,
      person: holder.person,
      capacity: holder.capacity,
      since: holder.since,
      ...mark,
    }
  // Routed to another seat that holds it here, else up the line to the first principal who sits.
  const here = bearer.posts.slice(1).map((post) => ({ unit: bearer.unit, post }))
  const upward = lineage
    .slice(at + 1)
    .flatMap((unit) => charter.tier(unit.tier).principals.map((post) => ({ unit, post })))
  for (const { unit, post } of [...here, ...upward]) {
    const standIn = seated.find((sitting) => sitsIn(sitting, { unit: unit.id, post }))
    if (standIn)
      return {
        kind: 'vacancy',
        seat,
        unit: bearer.unit,
        routedTo: { seat: { unit: unit.id, post }, unit, person: standIn.person },
        ...mark,
      }
  }
  return { kind: 'vacancy', seat, unit: bearer.unit, ...mark }
}
