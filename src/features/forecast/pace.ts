/** Where a county stands on its way out, as far as its pace goes; `again` is one that was returned or took its proposal back. */
export const paceStages = ['propose', 'again', 'review', 'verify', 'notice', 'report', 'evaluate', 'approve'] as const
export type PaceStage = (typeof paceStages)[number]

export type Entry = { readonly stage: PaceStage | 'out'; readonly on: number }

/** A county's way to one year's exit: every stage that it came to, by its day; it begins with the year's first. */
export type Case = {
  readonly unit: string
  /** The unit directly below the root that the county lies in, where it is known. */
  readonly area: string | null
  readonly year: number
  readonly entries: readonly Entry[]
}

/** One stay of a county at one stage in a year that is over; what was not known yet by the day of knowledge is infinite. */
export type Stay = {
  readonly unit: string
  readonly area: string | null
  readonly year: number
  /** Days until the county left the stage. */
  readonly stay: number
  /** Days from entering the stage to the approval. */
  readonly total: number
  /** For how many days after entering anything is known of it. */
  readonly known: number
}

export type Stays = Readonly<Record<PaceStage, readonly Stay[]>>

/** What of the cases of years that were over is known on a day, stage by stage. */
export function staysOf(cases: Iterable<Case>, isOver: (year: number) => boolean, knownOn: number): Stays {
  const stays = Object.fromEntries(paceStages.map((stage) => [stage, []])) as unknown as Record<PaceStage, Stay[]>
  for (const { unit, area, year, entries } of cases) {
    if (!isOver(year)) continue
    entries.forEach(({ stage, on }, at) => {
      if (stage === 'out' || on > knownOn) return
      const next = entries[at + 1]
      const out = entries.slice(at + 1).find((entry) => entry.stage === 'out')
      const until = (entry: Entry | undefined) => (entry && entry.on <= knownOn ? entry.on - on : Infinity)
      stays[stage].push({ unit, area, year, stay: until(next), total: until(out), known: knownOn - on })
    })
  }
  return stays
}

/** How many counties stood as long at the same stage, and how many of them were out within the days that are left. */
export type Share = { readonly stood: number; readonly made: number }
export type Pace = {
  readonly p: number
  readonly basis: 'area' | 'country' | 'law'
  readonly area: Share
  readonly country: Share
  /** Told from the counties that came to a later stage, as if this one had come to it today. */
  readonly asIf?: PaceStage
}

type Question = {
  readonly stage: PaceStage
  readonly area: string | null
  /** Days since the county came to the stage. */
  readonly elapsed: number
  /** Days until the last on which its exit counts as in time. */
  readonly left: number
  /** What the law's own time limits let one expect; it counts as much as a few counties. */
  readonly byLaw: number
  /** A year that is left out, to try the forecast on it. */
  readonly without?: number
}

/** An area of its own is told from the country by this many counties. */
export const AREA_COUNTIES_MIN = 20
/** What is expected beforehand counts as much as so many counties. */
const EXPECTED_COUNTIES = 4

const toward = (share: Share, expected: number) =>
  (share.made + EXPECTED_COUNTIES * expected) / (share.stood + EXPECTED_COUNTIES)

/** The counties that stood at a stage for so long, in the country and in each area. */
type Stood = { readonly all: Share; readonly byArea: ReadonlyMap<string, Share> }
const counted = new WeakMap<Stays, Map<string, Stood>>()

/** Counted once for all counties that stand at a stage for as long with as many days left, as all do before they propose. */
function stoodAt(stays: Stays, { stage, elapsed, left, without }: Question): Stood {
  let kept = counted.get(stays)
  if (!kept) counted.set(stays, (kept = new Map()))
  const key = `${stage} ${elapsed} ${left} ${without}`
  let stood = kept.get(key)
  if (!stood) kept.set(key, (stood = count(stays[stage], elapsed, elapsed + left, without)))
  return stood
}

function count(stays: readonly Stay[], elapsed: number, within: number, without: number | undefined): Stood {
  const all = { stood: 0, made: 0 }
  const byArea = new Map<string, { stood: number; made: number }>()
  for (const { area, year, stay, total, known } of stays) {
    if (year === without || (elapsed > 0 && stay <= elapsed) || known < elapsed) continue
    const isMade = total <= within
    // Neither out yet nor known for long enough to say that it was not in time.
    if (!isMade && known < within) continue
    const here = byArea.get(area ?? '') ?? { stood: 0, made: 0 }
    byArea.set(area ?? '', here)
    for (const share of [all, here]) {
      share.stood += 1
      if (isMade) share.made += 1
    }
  }
  return { all, byArea }
}

const nobody: Share = { stood: 0, made: 0 }

/**
 * The empirical chance of being out in time: of the counties that stood at the same stage as long as this one has, the share that was
 * approved within as many days as are left. Of the area where enough of its counties stood there, else of the whole country.
 */
export function paceOf(stays: Stays, question: Question): Pace {
  const { all, byArea } = stoodAt(stays, question)
  const here = (question.area === null ? undefined : byArea.get(question.area)) ?? nobody
  const country = toward(all, question.byLaw)
  const isOfArea = here.stood >= AREA_COUNTIES_MIN
  return {
    p: isOfArea ? toward(here, country) : country,
    basis: isOfArea ? 'area' : all.stood > 0 ? 'country' : 'law',
    area: here,
    country: all,
  }
}

const FITS = 0.7
const FITS_NOT = 0.3

/**
 * Chance by the law alone: whether the time limits of all steps that are left fit into the days that are left. They are the most that
 * the law allows, and say little.
 */
export const chanceByLaw = (lawDays: number, left: number): number => (lawDays <= left ? FITS : FITS_NOT)
