/** The parts of the description that no declaration gives: what every answer is made of, and the routes that are always there. */

const text = { type: 'object', required: ['zh', 'en'], properties: { zh: { type: 'string' }, en: { type: 'string' } } }
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const object = (
  properties: Readonly<Record<string, unknown>>,
  required: readonly string[] = Object.keys(properties),
) => ({
  type: 'object',
  required,
  properties,
})
const string = { type: 'string' }
const number = { type: 'number' }
const list = (items: object) => ({ type: 'array', items })

const problem = { type: string, title: string, status: { type: 'integer' }, sentence: ref('Text') }
const problemWith = (more: Readonly<Record<string, unknown>>) => object({ ...problem, ...more })
const reading = { value: { type: ['number', 'null'] }, counted: number, of: { type: ['number', 'null'] } }

export const schemas = {
  Text: text,
  Problem: object(problem),
  Malformed: problemWith({ issues: list(object({ field: string, problem: ref('Text') })) }),
  Refused: problemWith({ refusals: list(ref('Told')) }),
  NotYourDuty: problemWith({
    duty: object({ id: string, title: ref('Text') }),
    unit: ref('Unit'),
    answerable: ref('Answerable'),
  }),
  Bug: problemWith({ incident: { type: 'string', format: 'uuid' } }),
  Told: object({ code: string, sentence: ref('Text'), remedy: ref('Text'), cites: string }, ['code', 'sentence']),
  Unit: object({
    id: { type: 'string', format: 'uuid' },
    tier: string,
    code: { type: ['string', 'null'] },
    name: ref('Text'),
  }),
  Answerable: object({ kind: { type: 'string', enum: ['holder', 'vacancy', 'public', 'nobody'] } }),
  Done: object({ id: { type: 'string', format: 'uuid' }, outcome: { const: 'done' }, result: {} }),
  Rehearsal: object({ refusals: list(ref('Told')), advice: list(ref('Told')), fine: list(ref('Text')) }),
  FigureAnswer: object({
    figure: { type: 'object' },
    reading: object(reading),
    below: list(
      object({ unit: string, name: ref('Text'), tier: string, code: { type: ['string', 'null'] }, ...reading }),
    ),
    answerable: ref('Answerable'),
  }),
} as const

const answer = (description: string, schema: object = {}) => ({
  '200': { description, content: { 'application/json': { schema } } },
})
const problems = {
  '4XX': { description: 'Not carried out', content: { 'application/problem+json': { schema: ref('Problem') } } },
  '5XX': { description: 'Nothing was changed', content: { 'application/problem+json': { schema: ref('Problem') } } },
}
const route = (tag: string, operationId: string, summary: string, more: object = {}) => ({
  tags: [tag],
  operationId,
  summary,
  responses: { ...answer(summary), ...problems },
  ...more,
})
const query = (name: string, required: boolean, schema: object = string) => ({ name, in: 'query', required, schema })
const body = (schema: object) => ({ requestBody: { required: true, content: { 'application/json': { schema } } } })
const day = { type: 'string', format: 'date' }
const uuid = { type: 'string', format: 'uuid' }

const signIn = {
  oneOf: [
    object({ unit: string, post: string, delegation: uuid }, ['unit', 'post']),
    object({ email: string, password: string }),
  ],
}

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const binary = { type: 'string', format: 'binary' }
const workbook = { '200': { description: 'The workbook', content: { [xlsx]: { schema: binary } } }, ...problems }
const file = (type: string) => ({
  '200': { description: 'The file', content: { [type]: { schema: binary } } },
  ...problems,
})
const sampleCounty = [
  { name: 'id', in: 'path', required: true, schema: uuid },
  { name: 'county', in: 'path', required: true, schema: { type: 'integer', minimum: 1, maximum: 999 } },
]

export const fixedPaths = {
  '/api/acts': { get: route('acts', 'acts', 'Every act, with its form and its refusals') },
  '/api/asks': { get: route('asks', 'asks', 'Every question') },
  '/api/figures': { get: route('figures', 'figures', 'Every figure, with its definition') },
  '/api/checks': { get: route('checks', 'checks', 'Every check') },
  '/api/answerable': {
    get: route('asks', 'answerable', 'Who answers for a duty over a unit on a day', {
      parameters: [query('duty', true), query('unit', true, uuid), query('on', false, day)],
    }),
  },
  '/api/units': {
    get: route('asks', 'units', 'Units by code or name', {
      parameters: [query('named', true), query('on', false, day)],
    }),
  },
  '/api/letters/{id}.pdf': {
    get: route('asks', 'letter.pdf', 'A responsibility letter as a document', {
      parameters: [
        { name: 'id', in: 'path', required: true, schema: uuid },
        query('lang', false, { type: 'string', enum: ['zh', 'en'] }),
      ],
      responses: {
        '200': {
          description: 'The document',
          content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } },
        },
        ...problems,
      },
    }),
  },
  '/api/plans/deployment': {
    delete: route('asks', 'plan.cancel', 'Stop the search for a county’s plan of deployment; nothing is changed', {
      parameters: [query('unit', true, uuid)],
    }),
  },
  '/api/imports/library': {
    get: route('imports', 'import.reading', 'How far the reading of a county’s file has come', {
      parameters: [query('unit', true, uuid)],
    }),
    post: route('imports', 'import.library', 'Send a library file to be looked at; library.import then imports it', {
      parameters: [query('unit', true, uuid), query('name', false)],
      requestBody: {
        required: true,
        content: { [xlsx]: { schema: binary }, 'application/octet-stream': { schema: binary } },
      },
    }),
  },
  '/api/requests/{id}.xlsx': {
    get: route('asks', 'request.answers', 'The answers to a request as a workbook', {
      parameters: [
        { name: 'id', in: 'path', required: true, schema: uuid },
        query('on', false, day),
        query('lang', false),
      ],
      responses: workbook,
    }),
  },
  '/api/imports/template.xlsx': {
    get: route('imports', 'import.template', 'An empty library file with its guide', { responses: workbook }),
  },
  '/api/imports/answers': {
    post: route(
      'imports',
      'import.answers',
      'Send a file of answers to be looked at; evaluation.answers then enters them',
      {
        parameters: [query('evaluation', true, uuid)],
        requestBody: {
          required: true,
          content: {
            [xlsx]: { schema: binary },
            'text/csv': { schema: binary },
            'application/octet-stream': { schema: binary },
          },
        },
      },
    ),
  },
  '/api/imports/frame': {
    post: route(
      'imports',
      'import.frame',
      'Send a list of villages to be looked at; evaluation.design then takes them',
      {
        requestBody: {
          required: true,
          content: {
            [xlsx]: { schema: binary },
            'text/csv': { schema: binary },
            'application/octet-stream': { schema: binary },
          },
        },
      },
    ),
  },
  '/api/evaluations/{id}/questionnaires/{county}.html': {
    get: route(
      'asks',
      'evaluation.questionnaires',
      'A county’s blank questionnaires to print, a page for each household',
      {
        parameters: [...sampleCounty, query('lang', false, { type: 'string', enum: ['zh', 'en'] })],
        responses: file('text/html'),
      },
    ),
  },
  '/api/evaluations/{id}/answers/{county}.xlsx': {
    get: route('asks', 'evaluation.answer-sheet', 'A county’s sheet of answers to fill in, the codes filled in', {
      parameters: sampleCounty,
      responses: workbook,
    }),
  },
  '/api/evaluations/{id}/{name}.csv': {
    get: route('asks', 'evaluation.csv', 'What an evaluation was drawn from, and every answer with its weight', {
      parameters: [
        { name: 'id', in: 'path', required: true, schema: uuid },
        { name: 'name', in: 'path', required: true, schema: { type: 'string', enum: ['frame', 'answers'] } },
      ],
      responses: file('text/csv'),
    }),
  },
  '/api/imports/{sha}/marked.xlsx': {
    get: route('imports', 'import.marked', 'The file that was sent, with its errors marked', {
      parameters: [{ name: 'sha', in: 'path', required: true, schema: string }, query('unit', false, uuid)],
      responses: workbook,
    }),
  },
  '/api/exports/funds.{ending}': {
    get: route('asks', 'funds.export', 'The books of funds for other programs', {
      parameters: [
        {
          name: 'ending',
          in: 'path',
          required: true,
          schema: {
            type: 'string',
            enum: ['journal', 'ledger', 'beancount', 'csv', 'xlsx', 'iati.xml', 'oc4ids.json'],
          },
        },
        query('unit', false, uuid),
        query('year', false, { type: 'integer' }),
        query('on', false, day),
        query('lang', false, { type: 'string', enum: ['zh', 'en'] }),
      ],
      responses: {
        '200': {
          description: 'The file, as it is made',
          content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
        },
        ...problems,
      },
    }),
  },
  '/api/inbox/delivery': {
    get: route('asks', 'inbox.delivery', 'Whether mail is sent, and where the calendar of one’s seat is found'),
  },
  '/calendar/{token}.ics': {
    get: route('asks', 'calendar.feed', 'What a seat owes, for calendar programs (RFC 5545)', {
      parameters: [{ name: 'token', in: 'path', required: true, schema: string }],
      responses: {
        '200': { description: 'The calendar', content: { 'text/calendar': { schema: { type: 'string' } } } },
        ...problems,
      },
    }),
  },
  '/api/session': {
    get: route('session', 'session', 'Who is here, and which day it is'),
    post: route('session', 'session.open', 'Sign in, or choose a seat', body(signIn)),
    delete: route('session', 'session.close', 'Sign out'),
  },
  '/api/demonstration/day': {
    post: route('session', 'demonstration.day', 'Move the demonstration’s day forward', body(object({ day }))),
  },
  '/healthz': { get: route('operation', 'healthz', 'Whether the process lives') },
  '/readyz': { get: route('operation', 'readyz', 'Whether it can be worked with') },
  '/metrics': { get: route('operation', 'metrics', 'Figures for the operator') },
} as const
