import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import path from 'node:path'
import { importUnits, foundProgramme } from '#features/units/index.ts'
import { makeAppointment } from '#features/seats/index.ts'
import { acts } from '#src/acts.ts'
import { links } from '#src/links.ts'
import type { Actor, AnyAct } from '#kernel/act.ts'
import type { AnyAsk, Reader } from '#kernel/ask.ts'
import { momentOf } from '#kernel/calendar.ts'
import { type Charter, readCharter } from '#kernel/charter.ts'
import { type Db, openDb } from '#kernel/db.ts'
import type { Outcome, Told } from '#kernel/outcome.ts'
import { type Engine, engine, perform, rehearse } from '#kernel/perform.ts'
import { type TestDatabase, testDatabase } from './pg.ts'

/** The day on which the small country's programme is founded. */
export const foundingDay = '2016-01-04'

const root = path.join(import.meta.dirname, '..')
export const campaign = () => readCharter(path.join(root, 'charter/cn-poverty-2016'))
export const threeTiers = () => readCharter(path.join(root, 'test/charters/three-tiers'))

/** A stable id for a name, so that a failing test shows the same ids each time. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

type Place = {
  readonly name: string
  readonly zh: string
  readonly tier: string
  readonly under: string
  readonly code: string | null
}

/**
 * A small named country under the campaign's charter: one province with a city and three counties, one with a county directly
 * under it, and a western one. Codes are those of Hebei, Hainan and Sichuan, so that the charter's settings apply.
 */
const smallCountry: readonly Place[] = [
  { name: 'Qingshan Province', zh: '青山省', tier: 'province', under: 'The Centre', code: '130000' },
  { name: 'Heyang City', zh: '河阳市', tier: 'prefecture', under: 'Qingshan Province', code: '130600' },
  { name: 'Liu County', zh: '柳县', tier: 'county', under: 'Heyang City', code: '130627' },
  { name: 'Tong County', zh: '桐县', tier: 'county', under: 'Heyang City', code: '130630' },
  { name: 'Song County', zh: '松县', tier: 'county', under: 'Heyang City', code: '130631' },
  { name: 'Haidao Province', zh: '海岛省', tier: 'province', under: 'The Centre', code: '460000' },
  { name: 'Ye County', zh: '椰县', tier: 'county', under: 'Haidao Province', code: '469030' },
  { name: 'Xiling Province', zh: '西岭省', tier: 'province', under: 'The Centre', code: '510000' },
  { name: 'Nanping Prefecture', zh: '南坪州', tier: 'prefecture', under: 'Xiling Province', code: '513200' },
  { name: 'Yan County', zh: '岩县', tier: 'county', under: 'Nanping Prefecture', code: '513225' },
]

/** A second, made-up country of three tiers, to keep the code honest about tiers. */
const threeTierCountry: readonly Place[] = [
  { name: 'North Region', zh: '北区', tier: 'region', under: 'The Centre', code: '910000' },
  { name: 'Birch District', zh: '桦区', tier: 'district', under: 'North Region', code: '910101' },
  { name: 'Alder District', zh: '桤区', tier: 'district', under: 'North Region', code: '910102' },
]

/** The same act with its rule held to its word: run twice on frozen facts, it must say the same. */
const pure = (act: AnyAct): AnyAct => ({
  ...act,
  rule(facts, ...rest) {
    frozen(facts)
    const ruling: unknown = act.rule(facts, ...rest)
    assert.deepEqual(act.rule(facts, ...rest), ruling, `${act.name}'s rule is not pure`)
    return ruling as ReturnType<AnyAct['rule']>
  },
})

function frozen(value: unknown) {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value)) return
  Object.freeze(value)
  for (const each of value instanceof Map ? value.values() : Object.values(value)) frozen(each)
}

/** In whose name something is done: a unit's seat, anyone of the public, or the mechanism's clock. */
export type As = readonly [unit: string, post: string] | 'public' | 'mechanism'
export type When = {
  readonly as: As
  readonly on?: string
  readonly key?: string
  readonly hour?: number
  readonly delegation?: string
}

/** A small named country to test in: a database of its own, a charter, and somebody in every seat. */
export class World {
  readonly engine: Engine
  readonly db: Db
  readonly charter: Charter
  readonly database: Awaited<ReturnType<typeof testDatabase>>
  /** Those of the founding lie below. */
  #keys = 1_000

  private constructor(on: Engine, database: World['database']) {
    this.engine = on
    this.db = on.database.db
    this.charter = on.charter
    this.database = database
  }

  static async open(which: 'campaign' | 'three-tiers' = 'campaign'): Promise<World> {
    const charter = which === 'campaign' ? campaign() : threeTiers()
    const on = (database: TestDatabase) =>
      new World(engine(openDb({ ...database.app, forActs: true }), charter), database)
    const database = await testDatabase({
      name: which,
      async make(beginning) {
        const world = on(beginning)
        world.#keys = 0
        await world.#found(which === 'campaign' ? smallCountry : threeTierCountry)
        await world.engine.database.close()
      },
    })
    return on(database)
  }

  async close() {
    await this.engine.database.close()
    await this.database.drop()
  }

  unit = (name: string) => idOf(name)
  person = (unit: string, post: string) => idOf(`${unit}/${post}`)

  actor(as: As, delegation?: string): Actor {
    if (as === 'public') return { kind: 'public', from: 'a citizen' }
    if (as === 'mechanism') return { kind: 'mechanism' }
    const [unit, post] = as
    return { kind: 'person', person: this.person(unit, post), seat: { unit: this.unit(unit), post }, delegation }
  }

  perform(act: AnyAct, input: unknown, { as, on = foundingDay, key, hour = 10, delegation }: When): Promise<Outcome> {
    const deed = {
      actor: this.actor(as, delegation),
      key: key ?? `key ${(this.#keys += 1)}`,
      at: momentOf(on, hour),
      via: 'test' as const,
    }
    return perform(this.engine, pure(act), input, deed)
  }

  /** Does an act that must not be refused, and gives its result. */
  // oxlint-disable-next-line typescript/no-explicit-any -- each test knows what its act returns
  async done(act: AnyAct, input: unknown, when: When): Promise<any> {
    const outcome = await this.perform(act, input, when)
    assert.equal(outcome.outcome, 'done', `${act.name}: ${JSON.stringify(outcome)}`)
    return outcome.outcome === 'done' ? outcome.result : undefined
  }

  /** Does an act that must be refused, and gives its reasons. */
  async refused(act: AnyAct, input: unknown, when: When): Promise<readonly Told[]> {
    const outcome = await this.perform(act, input, when)
    assert.equal(outcome.outcome, 'refused', `${act.name} was done`)
    return outcome.outcome === 'refused' ? outcome.refusals : []
  }

  /** The codes of all reasons for which an act is refused. */
  codes = async (act: AnyAct, input: unknown, when: When): Promise<string[]> =>
    (await this.refused(act, input, when)).map((told) => told.code).toSorted()

  rehearse(act: AnyAct, input: unknown, { as, on = foundingDay, hour = 10 }: When) {
    return rehearse(this.engine, act, input, { actor: this.actor(as), at: momentOf(on, hour) })
  }

  reader(on: string, as?: As, map: string = on): Reader {
    return { db: this.db, charter: this.charter, on, today: on, map, actor: as && this.actor(as), acts, links }
  }

  // oxlint-disable-next-line typescript/no-explicit-any -- each test knows what its question answers
  ask(question: AnyAsk, input: unknown, on: string, as?: As, map?: string): Promise<any> {
    return question.answer(this.reader(on, as, map), question.input.parse(input))
  }

  async #found(places: readonly Place[]) {
    const [top] = this.charter.tiers
    const seats = this.charter.findDuty('maintain-divisions', foundingDay)?.held_by[top?.id ?? ''] ?? []
    const appointers = this.charter.findDuty('appoint-officials', foundingDay)?.held_by[top?.id ?? ''] ?? []
    const first = appointers.find((post) => seats.includes(post)) ?? appointers[0]
    assert.ok(first, 'The charter names nobody at the root who appoints.')
    const found = {
      unit: this.unit('The Centre'),
      name: { zh: '中央', en: 'The Centre' },
      post: first,
      person: this.#somebody('The Centre', first),
    }
    await this.done(foundProgramme, found, { as: 'mechanism' })
    for (const post of this.charter.postsOf(top?.id ?? ''))
      if (post.id !== first) await this.#seat('The Centre', post.id, ['The Centre', first])
    const units = places.map(({ name, zh, tier, under, code }) => ({
      id: this.unit(name),
      parent: this.unit(under),
      tier,
      name: { zh, en: name },
      code,
    }))
    await this.done(importUnits, { under: this.unit('The Centre'), units }, { as: ['The Centre', seats[0] ?? first] })
    for (const place of places) {
      const isPrincipal = (post: string) => this.charter.tier(place.tier).principals.includes(post)
      const above = places.find((each) => each.name === place.under)
      const posts = this.charter
        .postsOf(place.tier)
        .toSorted((a, b) => Number(isPrincipal(b.id)) - Number(isPrincipal(a.id)))
      for (const { id } of posts)
        await this.#seat(
          place.name,
          id,
          isPrincipal(id)
            ? [place.under, this.#appointerAt(above?.tier ?? top?.id ?? '')]
            : [place.name, this.#appointerAt(place.tier)],
        )
    }
  }

  #appointerAt(tier: string): string {
    const post = this.charter.findDuty('appoint-officials', foundingDay)?.held_by[tier]?.[0]
    assert.ok(post, `Nobody appoints at the tier ${tier}.`)
    return post
  }

  #seat = (unit: string, post: string, as: As) =>
    this.done(makeAppointment, { unit: this.unit(unit), post, person: this.#somebody(unit, post) }, { as })

  #somebody = (unit: string, post: string) => ({
    id: this.person(unit, post),
    name: { zh: `某${post}`, en: `${post} of ${unit}` },
    madeUp: true,
  })
}
