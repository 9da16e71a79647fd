import { z } from 'zod'
import { Malformed } from './outcome.ts'
import type { Text } from './words.ts'

/** What stands in the journal where personal data was given or shown. */
export const MASK = '〔个人信息 · personal〕'
const inChinese = z.locales.zhCN().localeError
const inEnglish = z.locales.en().localeError

const stricts = new WeakMap<z.ZodObject, z.ZodObject>()

/** The shape that knows no further keys; made once, since zod compiles each object anew. */
function strictOf(shape: z.ZodObject): z.ZodObject {
  let strict = stricts.get(shape)
  if (!strict) {
    strict = shape.strict()
    stricts.set(shape, strict)
  }
  return strict
}

/** Reads an input against its shape; what can't be read is told field by field, in both languages. */
export function parseInput<Shape extends z.ZodObject>(shape: Shape, raw: unknown): z.output<Shape> {
  const strict = strictOf(shape)
  const read = strict.safeParse(raw, { error: inEnglish })
  if (read.success) return read.data as z.output<Shape>
  const chinese = strict.safeParse(raw, { error: inChinese }).error?.issues ?? []
  throw new Malformed(
    read.error.issues.map((issue, at) => ({
      field: issue.path.join('.') || '(input)',
      problem: { zh: ownWords(issue) ?? chinese[at]?.message ?? issue.message, en: issue.message } satisfies Text,
    })),
  )
}

/** What a shape of our own says in Chinese; see `said`. */
function ownWords(issue: z.core.$ZodIssue): string | undefined {
  const zh: unknown = issue.code === 'custom' ? issue.params?.['zh'] : undefined
  return typeof zh === 'string' ? zh : undefined
}

/** The input as the journal keeps it: that personal data was given is kept, what it was is not; in lists and parts too. */
export function masked(shape: z.ZodObject, raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return raw
  return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, maskedField(shape.shape[key], value)]))
}

function maskedField(field: z.core.$ZodType | undefined, value: unknown): unknown {
  if (!field || value === undefined) return value
  if (metaOf(field)?.personal) return MASK
  const { innerType, element, shape } = (field as Inner)._zod?.def ?? {}
  if (innerType) return maskedField(innerType, value)
  if (element && Array.isArray(value)) return value.map((each) => maskedField(element, each))
  return shape ? masked(field as z.ZodObject, value) : value
}

type Inner = {
  readonly _zod?: {
    readonly def?: {
      readonly innerType?: z.core.$ZodType
      readonly element?: z.core.$ZodType
      readonly shape?: Readonly<Record<string, z.core.$ZodType>>
    }
  }
}

/** What was said of a field, also when it is optional or has a default. */
export function metaOf(field: z.core.$ZodType | undefined): z.GlobalMeta | undefined {
  if (!field) return undefined
  const own = z.globalRegistry.get(field)
  if (own) return own
  const inner = (field as { _zod?: { def?: { innerType?: z.core.$ZodType } } })._zod?.def?.innerType
  return inner && metaOf(inner)
}
