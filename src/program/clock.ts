import { sql } from 'kysely'
import { addDays, dayOf, momentOf } from '#kernel/calendar.ts'
import type { Database } from '#kernel/db.ts'
import type { Day } from '#kernel/words.ts'

declare module '#kernel/db.ts' {
  interface DB {
    demonstration_day: { day: string; since: Date }
    demonstration_history: { until: string; finished_at: Date }
  }
}

/** What time it is for the programme. */
export type Clock = { now(): Date; today(): Day }

export const realClock: Clock = { now: () => new Date(), today: () => dayOf(new Date()) }

/**
 * The clock of a demonstration: it stands on a day, whose hours run from nine in the morning while the program runs,
 * or from the last deed of that day, so that a restart never makes later deeds look earlier.
 */
export class DemonstrationClock implements Clock {
  readonly #database: Database
  #day: Day
  #from: Date
  #since = performance.now()

  private constructor(database: Database, day: Day, from: Date) {
    this.#database = database
    this.#day = day
    this.#from = from
  }

  /** Stands on the day that the database keeps; a new demonstration begins on the day given. */
  static async open(database: Database, firstDay: Day): Promise<DemonstrationClock> {
    const kept = await findDemonstrationDay(database)
    if (kept === undefined)
      await database.db.insertInto('demonstration_day').values({ day: firstDay, since: new Date() }).execute()
    const day = kept ?? firstDay
    return new DemonstrationClock(database, day, await lastDeedOn(database, day))
  }

  today = (): Day => this.#day

  now(): Date {
    const running = this.#from.getTime() + (performance.now() - this.#since)
    const midnight = momentOf(addDays(this.#day, 1), 0).getTime()
    return new Date(Math.min(running, midnight - 1))
  }

  /** Moves on to a later day, at nine in the morning; the database refuses an earlier one. */
  async moveTo(day: Day) {
    await this.#database.db.insertInto('demonstration_day').values({ day, since: new Date() }).execute()
    this.#day = day
    this.#from = momentOf(day)
    this.#since = performance.now()
  }
}

/** The day that a demonstration in this database stands on; undefined if there is none. */
export async function findDemonstrationDay(database: Database): Promise<Day | undefined> {
  const row = await database.db
    .selectFrom('demonstration_day')
    .select('day')
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.day
}

async function lastDeedOn(database: Database, day: Day): Promise<Date> {
  const morning = momentOf(day)
  const { rows } = await sql<{ last: Date | null }>`
    select max(done_at) as last from journal where done_at >= ${morning} and done_on = ${day} and via <> 'replay'`.execute(
    database.db,
  )
  return rows[0]?.last ?? morning
}
