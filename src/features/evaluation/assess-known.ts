import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { canonical } from '#kernel/canonical.ts'
import { type AssessmentIndicator, type AssessmentScheme, indicatorsOf } from '#kernel/charter-assessments.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Db } from '#kernel/db.ts'
import { type Figure, partsOf, type PartOf, readFigureOf } from '#kernel/figure.ts'
import type { Day } from '#kernel/words.ts'
import type { Basis } from './assess-tables.ts'

/** The figures of the programme, given when the slice is assembled. */
export type FiguresOf = () => readonly Figure[]

/** What the system knows of an indicator by itself, in hundredths of its measure. */
export type KnownValue = { readonly system: number | null; readonly basis: Basis | null }
export type Known = ReadonlyMap<string, KnownValue>

type Question = {
  readonly charter: Charter
  readonly figures: readonly Figure[]
  readonly scheme: AssessmentScheme
  /** The unit that is assessed. */
  readonly of: string
  readonly year: number
  readonly on: Day
}

const VALUE_MAX = 100_000_000
const hundredths = (value: number) => Math.max(-VALUE_MAX, Math.min(VALUE_MAX, Math.round(value * 100)))

/** What the system knows of every indicator of a unit and a year, as of a day. */
export async function knownOf(db: Db, question: Question): Promise<Known> {
  const parts = await partsOf(db, question.of, question.on)
  const known = await Promise.all(
    indicatorsOf(question.scheme).map(
      async (indicator) => [indicator.id, await readKnown(db, question, indicator, parts)] as const,
    ),
  )
  return new Map(known)
}

function readKnown(db: Db, question: Question, { value }: AssessmentIndicator, parts: readonly PartOf[]) {
  if ('figure' in value) return readFromFigures(db, question, value, parts)
  if ('sample' in value) return readFromSample(db, question, value)
  return { system: null, basis: null }
}

type FromFigures = { readonly figure: string; readonly of?: string | undefined }

/**
 * A figure, or one in percent of another. One that speaks of a year is read as of the day, since what is settled of a year is settled
 * after it; any other is read as it stood when the year ended.
 */
async function readFromFigures(
  db: Db,
  { charter, figures, year, on }: Question,
  { figure: name, of }: FromFigures,
  parts: readonly PartOf[],
): Promise<KnownValue> {
  const end = `${year}-12-31`
  const read = async (figure: Figure) => {
    const asOf = figure.yearly || on < end ? on : end
    return { asOf, ...(await readFigureOf(db, figure, { charter, on: asOf, year }, parts)) }
  }
  const first = figureCalled(figures, name)
  const second = of === undefined ? undefined : figureCalled(figures, of)
  const [reading, against] = await Promise.all([read(first), second && read(second)])
  const whole = against ? against.counted : (reading.of ?? 1)
  const isShare = against !== undefined || first.kind === 'ratio'
  return {
    system: whole === 0 ? null : hundredths((reading.counted / whole) * (isShare ? 100 : 1)),
    basis: {
      kind: 'figure',
      figure: name,
      ...(of !== undefined && { of }),
      definition: definitionOf(db, charter, second ? [first, second] : [first]),
      asOf: reading.asOf,
      counted: reading.counted,
      whole,
    },
  }
}

function figureCalled(figures: readonly Figure[], name: string): Figure {
  const found = figures.find((figure) => figure.name === name)
  if (!found) throw new Error(`An assessment of the charter names the figure «${name}», which does not exist.`)
  return found
}

/** A digest of what figures say of themselves and of the queries that count them: the same words over another query are another definition. */
function definitionOf(db: Db, charter: Charter, figures: readonly Figure[]): string {
  const scope = { charter, on: '2000-01-01', year: 2000 }
  const told = figures.map((figure) => ({
    name: figure.name,
    definition: figure.definition,
    measure: figure.measure,
    kind: figure.kind,
    queries: [figure.records(scope), figure.of?.(scope)].map((records) => records?.compile(db).sql ?? ''),
  }))
  return createHash('sha256').update(canonical(told)).digest('hex')
}

type FromSample = { readonly sample: string; readonly complement: boolean }
type EstimateRow = {
  sampling: string
  title: string
  madeUp: boolean
  inputs: string
  asOf: Day
  value: number
  low: number
  high: number
}

/** What the last sample of the year that was closed by the day says of the unit: of itself, or of a sample that lies wholly within it. */
async function readFromSample(
  db: Db,
  { of, year, on }: Question,
  { sample: metric, complement }: FromSample,
): Promise<KnownValue> {
  const { rows } = await sql<EstimateRow>`
    select s.id as sampling, s.title, s.made_up as "madeUp", c.inputs_digest as inputs, c.on_day as "asOf", e.value, e.low, e.high
      from sampling s
      join sampling_close c on c.sampling_id = s.id and c.on_day <= ${on}::date
      join sampling_estimate e on e.sampling_id = s.id and e.metric = ${metric}
     where s.year = ${year}
       and (exists (select from sampling_county k where k.sampling_id = s.id and k.n = e.county and k.unit_id = ${of})
            or (e.county = 0 and not exists (
                 select from sampling_county k where k.sampling_id = s.id and not exists (
                   select from unit_version v where v.unit_id = k.unit_id and v.lineage @> array[${of}]::uuid[] and lower(v.valid_at) <= ${on}::date))))
     order by e.county = 0, c.on_day desc, s.id limit 1`.execute(db)
  const [found] = rows
  if (!found) return { system: null, basis: null }
  const { value, low, high, ...rest } = found
  const told = (share: number) => hundredths((complement ? 1 - share : share) * 100)
  return {
    system: told(value),
    basis: { kind: 'sample', metric, ...rest, low: told(complement ? high : low), high: told(complement ? low : high) },
  }
}

/** Where there is nothing to know. */
export const NO_VALUES: Known = new Map()
