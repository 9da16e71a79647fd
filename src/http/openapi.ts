import type { FastifyInstance } from 'fastify'
import type { AnyAct } from '#kernel/act.ts'
import type { Charter } from '#kernel/charter.ts'
import type { z } from 'zod'
import type { Registry } from '#src/program/open.ts'
import { fixedPaths, schemas } from './openapi-fixed.ts'
import { type Shape, shapeOf } from './shape.ts'

type Json = Readonly<Record<string, unknown>>

/** The description of everything that can be sent to the server (OpenAPI 3.1), made from the same declarations as the routes. */
export function openApi(charter: Charter, { acts, asks, figures, checks }: Registry): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Zeren 责任',
      version: '0.1.0',
      summary: charter.text.title.en,
      description: 'Every change is an act: sent under an Idempotency-Key, done under a duty, refused with all its reasons in both languages.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: ['acts', 'asks', 'figures', 'checks', 'session', 'operation'].map((name) => ({ name })),
    paths: Object.fromEntries([
      ...acts.map((act) => [`/api/acts/${act.name}`, actPath(charter, act)]),
      ...asks.map(({ name, title, purpose, input }) => [
        `/api/asks/${name}`,
        { get: reading('asks', name, title.en, purpose.en, [...parametersOf(input), ...asOf]) },
      ]),
      ...figures.flatMap((figure) => figurePaths(figure.name, figure.title.en, figure.definition.en)),
      ...checks.map((check) => [`/api/checks/${check.id}`, { get: reading('checks', `check.${check.id}`, check.title.en, check.why.en, asOf) }]),
      ...Object.entries(fixedPaths),
    ]),
    components: {
      schemas,
      securitySchemes: { seat: { type: 'apiKey', in: 'cookie', name: 'zeren_seat', description: 'Set by POST /api/session.' } },
    },
  }
}

const ref = (name: keyof typeof schemas) => ({ $ref: `#/components/schemas/${name}` })
const json = (schema: Json, description: string) => ({ description, content: { 'application/json': { schema } } })
const problem = (description: string, name: keyof typeof schemas = 'Problem') => ({
  description,
  content: { 'application/problem+json': { schema: ref(name) } },
})

const failures = {
  '400': problem('Malformed: which fields, and why', 'Malformed'),
  '401': problem('Sign in first'),
  '429': problem('Too many requests'),
  '500': problem('A bug, with the number of its incident', 'Bug'),
  '503': problem('The database cannot be reached, or too much is going on'),
}

function actPath(charter: Charter, act: AnyAct): Json {
  const duty = charter.text.duties.findLast(({ id }) => id === act.duty)
  const key = { name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', minLength: 1, maxLength: 200 } }
  const dryRun = { name: 'dry-run', in: 'query', allowEmptyValue: true, schema: { type: 'string' }, description: 'Only say what would be refused.' }
  return {
    post: {
      tags: ['acts'],
      operationId: act.name,
      summary: act.title.en,
      description: `${act.purpose.en} Done under the duty «${duty?.title.en ?? act.duty}».`,
      'x-title': act.title,
      'x-duty': act.duty,
      ...(!duty?.public && { security: [{ seat: [] }] }),
      parameters: [key, dryRun],
      requestBody: { required: true, content: { 'application/json': { schema: described(shapeOf(act.input)) } } },
      responses: {
        '200': json({ oneOf: [ref('Done'), ref('Rehearsal')] }, 'Done; or, with dry-run, what would be refused'),
        ...failures,
        '403': problem('The duty lies elsewhere: with whom, is told', 'NotYourDuty'),
        '409': problem(`Refused: ${['key-reused', 'unit-busy', ...Object.keys(act.refusals)].join(', ')}`, 'Refused'),
        '413': problem('Too large'),
      },
    },
  }
}

const asOf = [
  { name: 'on', in: 'query', schema: { type: 'string', format: 'date' }, description: 'As of which day; today, unless said.' },
  { name: 'map', in: 'query', schema: { type: 'string', format: 'date' }, description: 'Restated to the map of which day; that of `on`, unless said.' },
]

const reading = (tag: string, operationId: string, summary: string, description: string, parameters: readonly Json[], answer: Json = {}) => ({
  tags: [tag],
  operationId,
  summary,
  description,
  parameters,
  responses: { '200': json(answer, 'The answer'), '304': { description: 'What the caller has still stands' }, ...failures, '404': problem('There is no such thing') },
})

const parametersOf = (input: z.ZodObject): readonly Json[] => {
  const { properties = {}, required = [] } = shapeOf(input)
  return Object.entries(properties)
    .filter(([name]) => name !== 'on' && name !== 'map')
    .map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema: described(schema) }))
}

function figurePaths(name: string, title: string, definition: string) {
  const unit = { name: 'unit', in: 'query', schema: { type: 'string', format: 'uuid' }, description: 'Of which unit; the root, unless said.' }
  const year = { name: 'year', in: 'query', schema: { type: 'integer' }, description: 'For which year; that of `on`, unless said.' }
  const whole = (each: string, type: string): Json => ({ name: each, in: 'query', schema: { type } })
  const day = (each: string): Json => ({ name: each, in: 'query', schema: { type: 'string', format: 'date' } })
  const one = (each: string, values: readonly string[]): Json => ({ name: each, in: 'query', schema: { type: 'string', enum: values } })
  const about = [unit, year, ...asOf]
  const at = `/api/figures/${name}`
  const table = reading('figures', `${name}.csv`, title, `${definition} As a table.`, about)
  return [
    [at, { get: reading('figures', name, title, definition, about, ref('FigureAnswer')) }],
    [
      `${at}/records`,
      { get: reading('figures', `${name}.records`, title, `${definition} The records that it counts.`, [...about, whole('offset', 'integer'), whole('limit', 'integer'), one('side', ['counted', 'of'])]) },
    ],
    [
      `${at}/series`,
      { get: reading('figures', `${name}.series`, title, `${definition} Over time.`, [...about, day('from'), day('to'), one('every', ['month', 'quarter', 'year'])]) },
    ],
    [`${at}.csv`, { get: { ...table, responses: { ...table.responses, '200': { description: 'The table', content: { 'text/csv': { schema: { type: 'string' } } } } } } }],
  ] as const
}

const houseWords = new Set(['label', 'hint', 'widget', 'tiers', 'choices', 'personal'])

/** The schema with what the house says of a field under names that belong to it: `title`, `description`, `x-…`. */
function described(value: Shape): Json {
  const walk = (schema: unknown): unknown => {
    if (Array.isArray(schema)) return schema.map(walk)
    if (typeof schema !== 'object' || schema === null) return schema
    const { label, hint, $schema: _dialect, ...rest } = schema as Shape & { $schema?: string }
    const entries = Object.entries(rest).map(([key, each]) =>
      houseWords.has(key) ? [`x-${key}`, each] : key === 'properties' ? [key, mapValues(each as object, walk)] : [key, walk(each)],
    )
    return { ...Object.fromEntries(entries), ...(label && { title: label.en, 'x-label': label }), ...(hint && { description: hint.en, 'x-hint': hint }) }
  }
  return walk(value) as Json
}

const mapValues = (value: object, map: (each: unknown) => unknown) => Object.fromEntries(Object.entries(value).map(([key, each]) => [key, map(each)]))

/** The description itself, for whoever writes a client. */
export function openApiRoutes(app: FastifyInstance, charter: Charter, registry: Registry) {
  const text = JSON.stringify(openApi(charter, registry))
  app.get('/openapi.json', (_request, reply) => reply.type('application/json; charset=utf-8').send(text))
}
