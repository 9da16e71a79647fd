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
      description:
        'Every change is an act: sent under an Idempotency-Key, done under a duty, refused with all its reasons in both languages.',
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
      ...checks.map((check) => [
        `/api/checks/${check.id}/summary`,
        { get: reading('checks', `check.${check.id}.summary`, `${check.title.en}: by unit`, check.why.en, asOf) },
      ]),
      ...checks.map((check) => [
        `/api/checks/${check.id}`,
        { get: reading('checks', `check.${check.id}`, check.title.en, check.why.en, given('Unit', 'On', 'Map')) },
      ]),
      ...Object.entries(fixedPaths),
    ]),
    components: {
      schemas,
      responses,
      parameters,
      securitySchemes: {
        seat: { type: 'apiKey', in: 'cookie', name: 'zeren_seat', description: 'Set by POST /api/session.' },
      },
    },
  }
}

const ref = (name: keyof typeof schemas) => ({ $ref: `#/components/schemas/${name}` })
const json = (schema: Json, description: string) => ({ description, content: { 'application/json': { schema } } })
const problem = (description: string, name: keyof typeof schemas = 'Problem') => ({
  description,
  content: { 'application/problem+json': { schema: ref(name) } },
})

const responses = {
  Malformed: problem('Malformed: which fields, and why', 'Malformed'),
  SignInFirst: problem('Sign in first'),
  NotYourDuty: problem('The duty lies elsewhere: with whom, is told', 'NotYourDuty'),
  NotFound: problem('There is no such thing'),
  TooLarge: problem('Too large'),
  TooOften: problem('Too many requests'),
  Bug: problem('A bug, with the number of its incident', 'Bug'),
  Unavailable: problem('The database cannot be reached, or too much is going on'),
  Unchanged: { description: 'What the caller has still stands' },
}
const told = (name: keyof typeof responses) => ({ $ref: `#/components/responses/${name}` })

const failures = {
  '400': told('Malformed'),
  '401': told('SignInFirst'),
  '429': told('TooOften'),
  '500': told('Bug'),
  '503': told('Unavailable'),
}

const day = { type: 'string', format: 'date' }
const query = (name: string, schema: Json, description: string) => ({ name, in: 'query', schema, description })
const parameters = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    schema: { type: 'string', minLength: 1, maxLength: 200 },
    description: 'One for each deed, the same when it is sent again.',
  },
  DryRun: { ...query('dry-run', { type: 'string' }, 'Only say what would be refused.'), allowEmptyValue: true },
  On: query('on', day, 'As of which day; today, unless said.'),
  Map: query('map', day, 'Restated to the map of which day; that of `on`, unless said.'),
  Unit: query('unit', { type: 'string', format: 'uuid' }, 'Of which unit; the root, unless said.'),
  Year: query('year', { type: 'integer' }, 'For which year; that of `on`, unless said.'),
  Offset: query('offset', { type: 'integer', minimum: 0 }, 'How many to pass over.'),
  Limit: query('limit', { type: 'integer', minimum: 1, maximum: 200 }, 'How many to give.'),
  Side: query(
    'side',
    { type: 'string', enum: ['counted', 'of'] },
    'The records counted, or those that they are in proportion to.',
  ),
  From: query('from', day, 'The first day.'),
  To: query('to', day, 'The last day.'),
  Every: query('every', { type: 'string', enum: ['month', 'quarter', 'year'] }, 'At the end of each of which.'),
}
const given = (...names: readonly (keyof typeof parameters)[]) =>
  names.map((name) => ({ $ref: `#/components/parameters/${name}` }))

function actPath(charter: Charter, act: AnyAct): Json {
  const duty = charter.text.duties.findLast(({ id }) => id === act.duty)
  return {
    post: {
      tags: ['acts'],
      operationId: act.name,
      summary: act.title.en,
      description: `${act.purpose.en} Done under the duty «${duty?.title.en ?? act.duty}».`,
      'x-title': act.title,
      'x-duty': act.duty,
      ...(!duty?.public && { security: [{ seat: [] }] }),
      parameters: given('IdempotencyKey', 'DryRun'),
      requestBody: { required: true, content: { 'application/json': { schema: described(shapeOf(act.input)) } } },
      responses: {
        '200': json({ oneOf: [ref('Done'), ref('Rehearsal')] }, 'Done; or, with dry-run, what would be refused'),
        ...failures,
        '403': told('NotYourDuty'),
        '409': problem(`Refused: ${['key-reused', 'unit-busy', ...Object.keys(act.refusals)].join(', ')}`, 'Refused'),
        '413': told('TooLarge'),
      },
    },
  }
}

const asOf = given('On', 'Map')

const reading = (
  tag: string,
  operationId: string,
  summary: string,
  description: string,
  parameters: readonly Json[],
  answer: Json = {},
) => ({
  tags: [tag],
  operationId,
  summary,
  description,
  parameters,
  responses: { '200': json(answer, 'The answer'), '304': told('Unchanged'), ...failures, '404': told('NotFound') },
})

const parametersOf = (input: z.ZodObject): readonly Json[] => {
  const { properties = {}, required = [] } = shapeOf(input)
  return Object.entries(properties)
    .filter(([name]) => name !== 'on' && name !== 'map')
    .map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema: described(schema) }))
}

function figurePaths(name: string, title: string, definition: string) {
  const about = given('Unit', 'Year', 'On', 'Map')
  const at = `/api/figures/${name}`
  const table = reading('figures', `${name}.csv`, title, `${definition} As a table.`, about)
  const csv = { description: 'The table', content: { 'text/csv': { schema: { type: 'string' } } } }
  const records = [...about, ...given('Offset', 'Limit', 'Side')]
  return [
    [at, { get: reading('figures', name, title, definition, about, ref('FigureAnswer')) }],
    [
      `${at}/records`,
      { get: reading('figures', `${name}.records`, title, `${definition} The records that it counts.`, records) },
    ],
    [
      `${at}/series`,
      {
        get: reading('figures', `${name}.series`, title, `${definition} Over time.`, [
          ...about,
          ...given('From', 'To', 'Every'),
        ]),
      },
    ],
    [`${at}.csv`, { get: { ...table, responses: { ...table.responses, '200': csv } } }],
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
      houseWords.has(key)
        ? [`x-${key}`, each]
        : key === 'properties'
          ? [key, mapValues(each as object, walk)]
          : [key, walk(each)],
    )
    return {
      ...Object.fromEntries(entries),
      ...(label && { title: label.en, 'x-label': label }),
      ...(hint && { description: hint.en, 'x-hint': hint }),
    }
  }
  return walk(value) as Json
}

const mapValues = (value: object, map: (each: unknown) => unknown) =>
  Object.fromEntries(Object.entries(value).map(([key, each]) => [key, map(each)]))

/** The description itself, for whoever writes a client. */
export function openApiRoutes(app: FastifyInstance, charter: Charter, registry: Registry) {
  const text = JSON.stringify(openApi(charter, registry))
  app.get('/openapi.json', (_request, reply) => reply.type('application/json; charset=utf-8').send(text))
}
