import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Reader } from '#kernel/ask.ts'
import { parseInput } from '#kernel/input.ts'
import { Malformed } from '#kernel/outcome.ts'
import { Day } from '#kernel/words.ts'
import { links } from '#src/links.ts'
import type { Program } from '#src/program/open.ts'
import { languages } from './language.ts'
import { malformed } from './problems.ts'
import { shapeOf } from './shape.ts'
import { actorOf } from './session.ts'

type Query = Readonly<Record<string, string | readonly string[]>>

/** What any read may be asked with: as of which day, restated to which day's map, in which language. */
const common = ['on', 'map', 'lang'] as const

/** Reads a query string against a shape: numbers and yes-or-no become what the shape says they are; an unknown parameter is named. */
export function parseQuery<Shape extends z.ZodObject>(shape: Shape, request: FastifyRequest): z.output<Shape> {
  const query = request.query as Query
  const known = new Set([...Object.keys(shape.shape), ...common])
  const unknown = Object.keys(query).filter((key) => !known.has(key))
  if (unknown.length > 0)
    throw new Malformed(
      unknown.map((field) => ({ field, problem: { zh: '没有这个参数。', en: 'There is no such parameter.' } })),
    )
  const unwritable = Object.entries(query).filter(([, value]) => [value].flat().join('').includes('\0'))
  if (unwritable.length > 0)
    throw new Malformed(
      unwritable.map(([field]) => ({
        field,
        problem: { zh: '含有无法读取的字符。', en: 'It holds a character that cannot be read.' },
      })),
    )
  const { properties = {} } = shapeOf(shape)
  const raw = Object.entries(query)
    .filter(([key]) => key in shape.shape)
    .map(([key, value]) => [key, coerce(value, properties[key] ?? {})])
  return parseInput(shape, Object.fromEntries(raw))
}

type Property = {
  readonly type?: string | readonly string[]
  readonly items?: Property
  readonly anyOf?: readonly Property[]
}

/** A text as the type that a shape gives it; one that does not fit is left, so that the shape says what is wrong with it. */
function coerce(value: string | readonly string[], property: Property): unknown {
  const types = [property, ...(property.anyOf ?? [])].flatMap(({ type }) => type ?? [])
  if (types.includes('array')) return listOf(value).map((each) => coerce(each, property.items ?? {}))
  if (typeof value !== 'string') return value
  if ((types.includes('number') || types.includes('integer')) && /^-?\d+(\.\d+)?$/.test(value)) return Number(value)
  if (types.includes('boolean') && (value === 'true' || value === 'false')) return value === 'true'
  if (types.includes('object')) return readJson(value) ?? value
  return value
}

/** A list comes as JSON, as one parameter several times, or with commas between. */
function listOf(value: string | readonly string[]): readonly string[] {
  if (typeof value !== 'string') return value
  const read = value.startsWith('[') ? readJson(value) : undefined
  return Array.isArray(read) ? read.map(String) : value.split(',').filter((each) => each !== '')
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Who asks, as of which day, on which day's map. A day that has not come is refused. */
export async function readerOf(
  program: Program,
  request: FastifyRequest,
  spoken: readonly string[] = languages,
): Promise<Reader> {
  const today = program.clock.today()
  checkLanguage(request, spoken)
  const on = dayFrom(request, 'on', today) ?? today
  const map = dayFrom(request, 'map', today) ?? on
  const actor = await actorOf(program, request)
  return { db: program.reads.db, charter: program.charter, on, today, map, actor, acts: program.acts, links }
}

export function dayFrom(request: FastifyRequest, field: string, today: Day): Day | undefined {
  const value = (request.query as Query)[field]
  if (value === undefined) return undefined
  const day = Day.safeParse(value)
  if (!day.success)
    throw malformed(field, { zh: '不是 YYYY-MM-DD 形式的日期。', en: 'This is not a day of the form YYYY-MM-DD.' })
  if (day.data > today)
    throw malformed(field, {
      zh: `${day.data} 尚未到来，今天是 ${today}。`,
      en: `${day.data} has not come yet; it is ${today}.`,
    })
  return day.data
}

export function checkLanguage(request: FastifyRequest, spoken: readonly string[] = languages) {
  const { lang } = request.query as Query
  if (lang !== undefined && !(typeof lang === 'string' && spoken.includes(lang)))
    throw malformed('lang', { zh: `语言只有 ${spoken.join('、')}。`, en: `The languages are ${spoken.join(', ')}.` })
}
