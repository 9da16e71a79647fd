import type { Charter } from '#kernel/charter.ts'
import { type Books, scheduledOn } from './books.ts'
import { firstDayOf, lastDayOf, monthEnds, yearOf } from './days.ts'
import { lawDaysOf, settingsOf, stagesFrom } from './law.ts'
import { clamp, fitWeights, forecastOf, type Look, type Part, partsOf, type Signs, type Weights } from './model.ts'
import { type Case, chanceByLaw, type Pace, paceOf, type PaceStage, type Stays, staysOf } from './pace.ts'
import type { Tried } from './reliability.ts'
import { Sight } from './signs.ts'

/** What the years that were over on a day teach: the stays at each stage, the share that made it, the weights of the signs. */
export type Lesson = {
  readonly years: readonly number[]
  readonly counties: number
  readonly made: number
  /** What one would say of any county, knowing nothing else. */
  readonly base: number
  readonly stays: Stays
  readonly looks: readonly Look[]
  readonly settings: Weights
  readonly weights: Weights
}

export type Position = { readonly stage: PaceStage; readonly since: number }
export type Forecast = {
  readonly position: Position
  readonly pace: Pace
  readonly signs: Signs
  readonly p: number
  readonly parts: readonly Part[]
}

/** Of fewer counties that stood somewhere for as long nothing is told. */
const STOOD_MIN = 5

/** Forecasts as of the day of the books, by what was known then and nothing later. */
export class Forecaster {
  readonly books: Books
  readonly sight: Sight
  readonly #charter: Charter
  readonly #settings: ReturnType<typeof settingsOf>
  readonly #law = new Map<number, Readonly<Record<PaceStage, number>>>()
  readonly #lessons = new Map<string, Lesson>()
  readonly #tried = new Map<number, readonly Tried[]>()

  constructor(books: Books, charter: Charter) {
    this.books = books
    this.#charter = charter
    this.sight = new Sight(books, charter)
    this.#settings = settingsOf(charter, books.on)
  }

  /** The last day on which an approval makes a year. */
  deadlineOf = (year: number): number => lastDayOf(year) + this.#settings.grace

  /** Where a case stood on a day; undefined once it was out. */
  positionOn(each: Case, on: number): Position | undefined {
    const entry = each.entries.findLast((one) => one.on <= on) ?? each.entries[0]
    return entry === undefined || entry.stage === 'out' ? undefined : { stage: entry.stage, since: entry.on }
  }

  isMade = (each: Case): boolean =>
    each.entries.some((entry) => entry.stage === 'out' && entry.on <= this.deadlineOf(each.year))

  /** Learns from the years that were over before one began, as they were known on a day: that of the books, or an earlier one. */
  learn(before: number, knownOn: number = this.books.on): Lesson {
    const key = `${before} ${knownOn}`
    const lesson = this.#lessons.get(key) ?? this.#learn(before, knownOn)
    this.#lessons.set(key, lesson)
    return lesson
  }

  #learn(before: number, knownOn: number): Lesson {
    const isOver = (year: number) => year < before && this.deadlineOf(year) < knownOn
    const { cases } = this.books
    const over = [...cases.values()].filter((each) => isOver(each.year) && this.#wasScheduled(each))
    const made = over.filter(this.isMade).length
    const { weights: settings, counties } = this.#settings
    const lesson = {
      years: [...new Set(over.map((each) => each.year))].toSorted((a, b) => a - b),
      counties: over.length,
      made,
      base: (made + 1) / (over.length + 2),
      stays: staysOf(cases.values(), isOver, knownOn),
      settings,
    }
    // A look without any sign tells nothing of their weights.
    const looks = over.flatMap((each) => this.#looksAt(each, lesson.stays, { without: each.year, onlySigns: true }))
    return { ...lesson, looks, weights: fitWeights(looks, settings, counties) }
  }

  /** The forecast for a county that stands somewhere on the day of the books. */
  forecast(each: Pick<Case, 'unit' | 'area' | 'year'>, at: Position, lesson: Lesson): Forecast {
    const { on } = this.books
    const pace = this.#pace(each, at, on, lesson.stays)
    const signs = this.sight.signs(each.unit, each.year, on)
    const p = forecastOf(pace.p, signs, lesson.weights)
    return { position: at, pace, signs, p, parts: partsOf(lesson.base, pace.p, signs, lesson.weights) }
  }

  /** What would have been forecast at the end of each month of a year that is over, by what the years before it taught. */
  tryOn(year: number): readonly Tried[] {
    const tried = this.#tried.get(year) ?? this.#tryOn(year)
    this.#tried.set(year, tried)
    return tried
  }

  #tryOn(year: number): readonly Tried[] {
    const lesson = this.learn(year, Math.min(firstDayOf(year), this.books.on))
    if (lesson.counties === 0) return []
    return [...this.books.cases.values()]
      .filter((each) => each.year === year && this.#wasScheduled(each))
      .flatMap((each) => this.#looksAt(each, lesson.stays))
      .map(({ unit, area, on, pace, signs, made }) => ({
        unit,
        area,
        year,
        on,
        p: forecastOf(pace, signs, lesson.weights),
        base: lesson.base,
        made,
      }))
  }

  /** Years that are over by the day, in which some county was to leave. */
  yearsOver = (): readonly number[] =>
    [...new Set([...this.books.cases.values()].map((each) => each.year))]
      .filter((year) => this.deadlineOf(year) < this.books.on)
      .toSorted((a, b) => a - b)

  /** Of the counties whose schedules named a year, how many made it. */
  outcomesOf(year: number): { readonly counties: number; readonly made: number } {
    const scheduled = [...this.books.cases.values()].filter((each) => each.year === year && this.#wasScheduled(each))
    return { counties: scheduled.length, made: scheduled.filter(this.isMade).length }
  }

  #wasScheduled = (each: Case): boolean =>
    this.books.schedules
      .get(each.unit)
      ?.some(({ year, from, until }) => year === each.year && from <= lastDayOf(year) && until > firstDayOf(year)) ??
    false

  #looksAt(
    each: Case,
    stays: Stays,
    { without, onlySigns = false }: { without?: number; onlySigns?: boolean } = {},
  ): readonly Look[] {
    const made = this.isMade(each)
    return monthEnds(each.year).flatMap((on) => {
      const at = this.positionOn(each, on)
      if (!at || scheduledOn(this.books, each.unit, on) !== each.year) return []
      const signs = this.sight.signs(each.unit, each.year, on)
      if (onlySigns && Object.values(signs).every((sign) => sign === 0)) return []
      return {
        unit: each.unit,
        area: each.area,
        year: each.year,
        on,
        pace: clamp(this.#pace(each, at, on, stays, without).p),
        signs,
        made,
      }
    })
  }

  /**
   * By the counties that stood at the stage for as long. Where hardly any ever did, by those that came to the next stage: the chance if
   * the step were done today.
   */
  #pace(
    { area, year }: Pick<Case, 'area' | 'year'>,
    { stage, since }: Position,
    on: number,
    stays: Stays,
    without?: number,
  ): Pace {
    const left = this.deadlineOf(year) - on
    const law = this.lawDays(on)
    const ahead = stagesFrom(stage)
    const byLaw = chanceByLaw(
      ahead.reduce((sum, each) => sum + law[each], 0),
      left,
    )
    const other = { area, byLaw, ...(without !== undefined && { without }) }
    const pace = paceOf(stays, { stage, elapsed: on - since, left, ...other })
    if (pace.country.stood >= STOOD_MIN) return pace
    for (const following of ahead.slice(1)) {
      const asIf = paceOf(stays, { stage: following, elapsed: 0, left, ...other })
      if (asIf.country.stood >= STOOD_MIN) return { ...asIf, asIf: following }
    }
    return pace
  }

  /** For how many days the law lets each stage last, as it stood when the year of a day began. */
  lawDays(on: number): Readonly<Record<PaceStage, number>> {
    const year = yearOf(on)
    const kept = this.#law.get(year) ?? lawDaysOf(this.#charter, firstDayOf(year))
    this.#law.set(year, kept)
    return kept
  }
}
