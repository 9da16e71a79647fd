import { z } from 'zod'
import { Text } from './words.ts'

const Id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/)
const ActName = z.string().regex(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/)

/** A number that the system counts by itself, as of the report's day. */
const FigureField = z.strictObject({ figure: z.string().regex(/^[a-z-]+\.[a-z-]+$/) })

/** What was done in the period, counted from the journal. */
const ActsField = z.strictObject({ acts: z.array(ActName).min(1), id: Id, title: Text })

/** What nobody has entered yet: the only thing that a report asks of its author. */
const EnteredField = z.strictObject({
  entered: z.strictObject({
    id: Id,
    title: Text,
    kind: z.enum(['text', 'whole', 'amount']),
    required: z.boolean().default(false),
    hint: Text.optional(),
  }),
})

export const ReportField = z.union([FigureField, ActsField, EnteredField])
export type ReportField = z.output<typeof ReportField>

/** What a report consists of: who owes it to whom, for which stretch of time, and what stands in it. */
export const ReportKind = z.strictObject({
  id: Id,
  title: Text,
  /** The tier that owes it, and the one to which it goes in the end. */
  tier: Id,
  to: Id,
  every: z.enum(['month', 'year']),
  /** The duty under which it is signed, and the one under which a level in between scrutinises it field by field, if one does. */
  duty: Id,
  scrutiny: Id.optional(),
  /** How many days before its period ends it may be signed; what it tells is then as of the day on which it is signed. */
  days_before_end: z.int().min(0).max(31).default(0),
  source: Id,
  article: z.string(),
  status: z.enum(['V', 'P', 'K', 'made-up']),
  from: Id.optional(),
  until: Id.optional(),
  sections: z.array(z.strictObject({ id: Id, title: Text, fields: z.array(ReportField).min(1) })).min(1),
})
export type ReportKind = z.output<typeof ReportKind>

/** What a field is called within its report: a figure by its name, everything else by its id. */
export const fieldId = (field: ReportField): string =>
  'figure' in field ? field.figure : 'acts' in field ? field.id : field.entered.id

export const fieldsOf = (kind: ReportKind): readonly ReportField[] => kind.sections.flatMap((section) => section.fields)
