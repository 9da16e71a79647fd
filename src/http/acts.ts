import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Actor, AnyAct, RefusalText } from '#kernel/act.ts'
import type { Duty } from '#kernel/charter.ts'
import { tell } from '#kernel/outcome.ts'
import { perform, rehearse } from '#kernel/perform.ts'
import type { Program } from '#src/program/open.ts'
import { visitorOf } from './cookies.ts'
import { type Limits, networkOf } from './limits.ts'
import { malformed, Problem, refused } from './problems.ts'
import { parseQuery } from './query.ts'
import { actorOf } from './session.ts'
import { formOf } from './shape.ts'

/** Whole lists may be long; everything else is a form that a person filled in. */
const LARGE_BODIES: Readonly<Record<string, number>> = {
  'unit.import': 20 * 1024 * 1024,
  'funds.pay': 20 * 1024 * 1024,
  'payee.register': 20 * 1024 * 1024,
  'complaint.file': 3 * 1024 * 1024,
  'complaint.add': 3 * 1024 * 1024,
  'complaint.contest': 3 * 1024 * 1024,
}

const KEY_HEADER = 'idempotency-key'
const Key = /^[\x21-\x7e]{1,200}$/

export const historyRefusals = {
  'history-loading': {
    zh: '历史正在回放（{label}，{done}/{total}），暂时只能查阅，不能办理。',
    en: 'History is being replayed ({label}, {done} of {total}); for now everything can be read and nothing done.',
    remedy: { zh: '回放完成后用同一编号重试。', en: 'Try again with the same key when it is finished.' },
  },
  'history-stopped': {
    zh: '历史回放中断，只能查阅，不能办理。',
    en: 'The replay of history stopped short; everything can be read and nothing done.',
    remedy: {
      zh: '重新启动以继续回放，或运行 zeren reset。',
      en: 'Start the program again to go on with it, or run zeren reset.',
    },
  },
} as const satisfies Record<string, RefusalText>

type Count = (act: string, outcome: string) => void

/** A route for each act, and the catalogue of all of them. */
export function actRoutes(app: FastifyInstance, program: Program, limits: Limits, count: Count) {
  app.get('/api/acts', () => program.acts.map((act) => describeAct(program, act)))
  for (const act of program.acts) {
    const isPublic = program.charter.text.duties.some((duty) => duty.id === act.duty && duty.public)
    app.get(`/api/acts/${act.name}`, () => describeAct(program, act))
    app.post(
      `/api/acts/${act.name}`,
      {
        bodyLimit: LARGE_BODIES[act.name] ?? app.initialConfig.bodyLimit ?? 0,
        ...(isPublic && {
          config: {
            rateLimit: {
              max: limits.publicActsPerMinute,
              timeWindow: 60_000,
              keyGenerator: ({ ip }: FastifyRequest) => networkOf(ip),
            },
          },
        }),
      },
      (request) => doAct(program, act, request, count),
    )
  }
}

async function doAct(program: Program, act: AnyAct, request: FastifyRequest, count: Count) {
  const isRehearsal = parseQuery(Query, request)['dry-run'] !== undefined
  const key = isRehearsal ? '' : keyOf(request)
  const actor = await actorFor(program, act, request)
  refuseWhileLoading(program)
  const at = program.clock.now()
  if (isRehearsal) return rehearse(program.engine, act, request.body, { actor, at })
  const outcome = await perform(program.engine, act, request.body, { actor, key, at, via: viaOf(request) })
  count(act.name, outcome.outcome)
  if (outcome.outcome === 'refused') throw refused(outcome.refusals, outcome.id === '' ? {} : { id: outcome.id })
  return outcome
}

const Query = z.object({ 'dry-run': z.string().optional() })

function keyOf(request: FastifyRequest): string {
  const key = request.headers[KEY_HEADER]
  if (typeof key === 'string' && Key.test(key)) return key
  throw malformed('Idempotency-Key', {
    zh: '请求头须带办理编号 Idempotency-Key（1 至 200 个可见字符，不含空格），每件事一个，重发时不变。',
    en: 'Every act needs the header Idempotency-Key: 1 to 200 visible characters without spaces, one for each deed, the same when it is sent again.',
  })
}

/** Who stands in the journal for one of the public who is not told from others. */
export const ANYBODY = 'anybody'

/** Under a right of the public everybody acts as one of the public; all other acts are done from a seat. */
async function actorFor(program: Program, act: AnyAct, request: FastifyRequest): Promise<Actor> {
  const duty = program.charter.findDuty(act.duty, program.clock.today())
  if (duty?.public) return { kind: 'public', from: act.anonymous ? ANYBODY : visitorOf(request, program.secret) }
  const actor = await actorOf(program, request)
  if (!actor) throw new Problem('sign-in-first', { duty: duty && { id: duty.id, title: duty.title } })
  return actor
}

/** A deed in the midst of history would be older than what follows it. */
export function refuseWhileLoading({ history }: Program) {
  const { progress, failure } = history
  if (failure) throw refused([tell(historyRefusals, { code: 'history-stopped', facts: {} })])
  if (progress)
    throw refused([tell(historyRefusals, { code: 'history-loading', facts: { ...progress } })], { progress })
}

const viaOf = (request: FastifyRequest) => (request.headers['zeren-via'] === 'cli' ? 'cli' : 'web')

function describeAct({ charter, clock }: Program, act: AnyAct) {
  const duty = charter.findDuty(act.duty, clock.today())
  return {
    name: act.name,
    title: act.title,
    purpose: act.purpose,
    duty: duty ? describeDuty(duty) : null,
    public: duty?.public ?? false,
    final: act.final ?? false,
    then: act.then ?? [],
    refusals: reasonsOf(act.refusals),
    advice: reasonsOf(act.advice ?? {}),
    form: formOf(act.input),
  }
}

export const describeDuty = ({ id, title, quote, source, article, status }: Duty) => ({
  id,
  title,
  quote,
  source,
  article,
  status,
})

/** Every sentence that may come back; facts stand in braces. */
const reasonsOf = (texts: Readonly<Record<string, RefusalText>>) =>
  Object.entries(texts).map(([code, { zh, en, topic, remedy, cites }]) => ({
    code,
    sentence: { zh, en },
    ...(topic && { topic }),
    ...(remedy && { remedy }),
    ...(cites && { cites }),
  }))
