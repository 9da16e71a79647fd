import { sql } from 'kysely'
import type { Reader } from '#kernel/ask.ts'
import type { Db } from '#kernel/db.ts'
import type { Lineage } from '#kernel/standing.ts'
import type { Text } from '#kernel/words.ts'
import type { ExitState } from '#features/exits/index.ts'
import { areaOf, type Books, keyOf, readBooks, scheduledOn } from './books.ts'
import { firstDayOf } from './days.ts'
import { type Forecast, Forecaster, type Lesson, type Position } from './forecaster.ts'
import { type Grade, gradeOf, percentOf } from './model.ts'
import { type Next, nextSteps } from './next.ts'

/** Made it, was approved after its year, still under way, or still poor after its year. */
export const statuses = ['open', 'made', 'after', 'missed'] as const
export type Status = (typeof statuses)[number]

/** One county and the year that its schedule names. */
export type Row = {
  readonly unit: string
  readonly name: Text
  readonly code: string | null
  readonly area: string | null
  readonly year: number
  readonly deadline: number
  readonly status: Status
  readonly approvedOn: number | null
  readonly state: ExitState
  readonly position: Position | null
  readonly forecast: Forecast | null
  readonly percent: number
  readonly grade: Grade | null
  /** What has to be done still, and by when; the first comes next. */
  readonly next: readonly Next[]
  /** The next step is past the day by which it had to be done. */
  readonly behind: boolean
}

const KEPT_MAX = 4
type Shelf = { mark: string; readonly kept: Map<string, Promise<Forecaster>> }
const shelves = new WeakMap<Db, Shelf>()

/** The books of a day with all that is learned from them, kept until anything at all is written. */
export async function forecasterOn({ db, on, charter }: Pick<Reader, 'db' | 'on' | 'charter'>): Promise<Forecaster> {
  const { rows } = await sql<{ mark: string }>`select pg_current_snapshot()::text as mark`.execute(db)
  const mark = rows[0]?.mark ?? ''
  let shelf = shelves.get(db)
  if (shelf?.mark !== mark || shelf.kept.size >= KEPT_MAX) shelves.set(db, (shelf = { mark, kept: new Map() }))
  const { kept } = shelf
  const key = `${charter.id} ${on}`
  let forecaster = kept.get(key)
  if (!forecaster) {
    forecaster = readBooks(db, on).then((books) => new Forecaster(books, charter))
    kept.set(key, forecaster)
    forecaster.catch(() => kept.delete(key))
  }
  return forecaster
}

export type Outlook = { readonly forecaster: Forecaster; readonly lesson: Lesson; readonly rows: readonly Row[] }

/** Every county whose schedule names a year, and those still poor whose schedule named an earlier one. */
export async function outlookOn(reader: Pick<Reader, 'db' | 'on' | 'charter'>, year: number): Promise<Outlook> {
  const forecaster = await forecasterOn(reader)
  const { books } = forecaster
  const lesson = forecaster.learn(year)
  const asOf = Math.min(books.on, forecaster.deadlineOf(year))
  const rows = [...books.schedules.keys()].flatMap((unit) => {
    const named = scheduledOn(books, unit, asOf)
    if (named === undefined || named > year) return []
    return rowOf(forecaster, lesson, unit, named, year) ?? []
  })
  return { forecaster, lesson, rows }
}

function rowOf(forecaster: Forecaster, lesson: Lesson, unit: string, year: number, asked: number): Row | undefined {
  const { books } = forecaster
  const place = books.map.places.get(unit)
  if (!place) return undefined
  const deadline = forecaster.deadlineOf(year)
  const last = books.newest.get(unit)
  const isPoor = books.poor.has(unit)
  const about = { unit, name: place.name, code: place.code, area: areaOf(books.map, unit), year, deadline }
  const over = { ...about, position: null, forecast: null, grade: null, next: [], behind: false }
  if (!isPoor) {
    if (year !== asked || last?.state !== 'approved') return undefined
    const isMade = last.on <= deadline
    return {
      ...over,
      status: isMade ? 'made' : 'after',
      approvedOn: last.on,
      state: 'approved',
      percent: isMade ? 100 : 0,
    }
  }
  const state = last?.state ?? 'none'
  const position = positionOf(books, unit, year)
  const next = nextSteps(forecaster, lesson, { ...about, position })
  if (books.on > deadline)
    return { ...over, status: 'missed', approvedOn: null, state, position, percent: 0, next, behind: true }
  const forecast = forecaster.forecast(about, position, lesson)
  const percent = percentOf(forecast.p)
  const behind = next[0]?.basis !== 'law' && next[0] !== undefined && books.on > next[0].by
  return {
    ...about,
    status: 'open',
    approvedOn: null,
    state,
    position,
    forecast,
    percent,
    grade: gradeOf(percent),
    next,
    behind,
  }
}

/** Where a county stands in its newest case; before any step, and after an exit that was not the last word, at the beginning. */
function positionOf(books: Books, unit: string, year: number): Position {
  const last = books.newest.get(unit)
  const entry = last && books.cases.get(keyOf(unit, last.year))?.entries.at(-1)
  return entry === undefined || entry.stage === 'out'
    ? { stage: 'propose', since: firstDayOf(year) }
    : { stage: entry.stage, since: entry.on }
}

/** A unit with all above it, from the map that the books hold. */
export function lineageOf(books: Books, unit: string): Lineage | undefined {
  const [self, ...above] = (books.map.places.get(unit)?.lineage ?? []).toReversed().flatMap((id) => {
    const place = books.map.places.get(id)
    return place ? { id, tier: place.tier, code: place.code, name: place.name } : []
  })
  return self && [self, ...above]
}

export const currentYear = (reader: Pick<Reader, 'on'>): number => Number(reader.on.slice(0, 4))
