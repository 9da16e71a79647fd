import { z } from 'zod'
import { Text } from './words.ts'

const Id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/)
const FigureName = z.string().regex(/^[a-z-]+\.[a-z-]+$/)
const Status = z.enum(['V', 'P', 'K', 'made-up'])

/** A number that the system counts: a figure, or one in proportion to another. */
const FigureValue = z.strictObject({ figure: FigureName, of: FigureName.optional() })
/** What a third party's sample estimated; `complement` where the indicator is what the metric leaves of the whole. */
const SampleValue = z.strictObject({
  sample: z.enum(['headcount', 'wrongExit', 'miss', 'approval']),
  complement: z.boolean().default(false),
})
/** What nobody counts here: the unit says it with its evidence. */
const EnteredValue = z.strictObject({ entered: Text })

const Indicator = z.strictObject({
  id: Id,
  title: Text,
  /** What its number is a number of; every indicator is told in hundredths of it. */
  measure: Text,
  value: z.union([FigureValue, SampleValue, EnteredValue]),
  /** The published words for where the number comes from. */
  data_source: Text,
  source: Id,
  status: Status,
})
export type AssessmentIndicator = z.output<typeof Indicator>

const Consequence = z.strictObject({
  id: Id,
  title: Text,
  /** It is owed wherever the grade is given; others may be taken. */
  owed: z.boolean().default(false),
  source: Id,
  article: z.string(),
  status: Status,
})

/**
 * How one tier is assessed by another: indicators in blocks, what spoils a result, and what follows from it. It holds no weights: none
 * are published, so that whoever assesses adopts their own.
 */
export const AssessmentScheme = z.strictObject({
  id: Id,
  title: Text,
  /** The tier that is assessed, and the one that assesses it. */
  of: Id,
  by: Id,
  source: Id,
  article: z.string(),
  status: Status,
  blocks: z.array(z.strictObject({ id: Id, title: Text, indicators: z.array(Indicator).min(1) })).min(1),
  vetoes: z
    .array(z.strictObject({ id: Id, title: Text, at_most: Id, source: Id, article: z.string(), status: Status }))
    .default([]),
  /** From the best downward; each from so many points on, of a hundred. */
  grades: z
    .array(
      z.strictObject({
        id: Id,
        title: Text,
        from_points: z.number().min(0).max(100),
        source: Id,
        status: Status,
        consequences: z.array(Consequence).default([]),
      }),
    )
    .min(1),
  /** Weights that some place was seen to use, to be read beside one's own; never a default. */
  samples: z.array(z.strictObject({ title: Text, weights: Text, status: Status })).default([]),
})
export type AssessmentScheme = z.output<typeof AssessmentScheme>

export const indicatorsOf = (scheme: AssessmentScheme): readonly AssessmentIndicator[] =>
  scheme.blocks.flatMap((block) => block.indicators)

/** The figures that a scheme reads. */
export const figuresOfScheme = (scheme: AssessmentScheme): readonly string[] =>
  indicatorsOf(scheme).flatMap(({ value }) =>
    'figure' in value ? [value.figure, ...(value.of === undefined ? [] : [value.of])] : [],
  )
