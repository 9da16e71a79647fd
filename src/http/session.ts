import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Actor } from '#kernel/act.ts'
import { parseInput } from '#kernel/input.ts'
import type { Person } from '#kernel/standing.ts'
import type { Text } from '#kernel/words.ts'
import type { Identity } from '#src/program/identity.ts'
import type { Program } from '#src/program/open.ts'
import { findPerson, findRoot, type OwnSeat, ownSeats } from '#src/program/seats.ts'
import { type Chosen, clearChosen, findChosen, markVisitor, setChosen } from './cookies.ts'
import { networkOf } from './limits.ts'
import { Problem } from './problems.ts'
import { whoSits } from './sign-in.ts'

type PersonActor = Extract<Actor, { kind: 'person' }>
const known = new WeakMap<FastifyRequest, Promise<PersonActor | undefined>>()

/** Who a request comes from, as its cookies say: whether they still sit there is for `perform` and `seatedActor` to see. */
export function actorOf(program: Program, request: FastifyRequest): Promise<PersonActor | undefined> {
  let actor = known.get(request)
  if (!actor) {
    actor = readActor(program, request)
    known.set(request, actor)
  }
  return actor
}

async function readActor({ identity }: Program, request: FastifyRequest): Promise<PersonActor | undefined> {
  const chosen = findChosen(request)
  if (!chosen) return undefined
  const person = identity ? await identity.findPerson(headersOf(request)) : chosen.person
  if (person === undefined) return undefined
  return { kind: 'person', person, seat: { unit: chosen.unit, post: chosen.post }, delegation: chosen.delegation }
}

/** Who asks, if they sit today where they say they sit; else they are asked to sign in. */
export async function seatedActor(program: Program, request: FastifyRequest): Promise<PersonActor> {
  const actor = await actorOf(program, request)
  const seats = actor ? await ownSeats(program.reads.db, actor.person, program.clock.today()) : []
  if (!actor || !findOwn(seats, chosenBy(actor))) throw new Problem('sign-in-first')
  return actor
}

const chosenBy = (actor: PersonActor): Chosen => ({ ...actor.seat, delegation: actor.delegation })
const findOwn = (seats: readonly OwnSeat[], chosen: Chosen) =>
  seats.find(
    ({ seat, delegation }) =>
      seat.unit === chosen.unit && seat.post === chosen.post && delegation?.id === chosen.delegation,
  )

const headersOf = (request: FastifyRequest) => new Headers({ cookie: request.headers.cookie ?? '' })

const SignIn = z.object({ email: z.string().max(200), password: z.string().max(200) })
const Choose = z.object({
  unit: z.string().trim().min(1).max(100),
  post: z.string().trim().min(1).max(100),
  delegation: z.uuid().optional(),
})

/** Who is here, signing in, choosing a seat and signing out. */
export function sessionRoutes(app: FastifyInstance, program: Program, signInsPerMinute: number) {
  app.get('/api/session', (request, reply) => {
    markVisitor(request, reply)
    return describeSession(program, request)
  })
  app.post(
    '/api/session',
    {
      config: {
        rateLimit: {
          max: signInsPerMinute,
          timeWindow: 60_000,
          keyGenerator: ({ ip }: FastifyRequest) => networkOf(ip),
        },
      },
    },
    async (request, reply) => {
      const { identity } = program
      if (!identity) await chooseAnySeat(program, request, reply)
      else if ('email' in ((request.body ?? {}) as object)) await signIn(program, identity, request, reply)
      else await chooseOwnSeat(program, identity, request, reply)
      return { signedIn: true }
    },
  )
  app.delete('/api/session', async (request, reply) => {
    clearChosen(reply)
    relay(request, reply, (await program.identity?.signOut(headersOf(request))) ?? [])
    return { signedIn: false }
  })
}

/** In a demonstration a visitor sits down wherever somebody sits. */
async function chooseAnySeat(program: Program, request: FastifyRequest, reply: FastifyReply) {
  setChosen(request, reply, await whoSits(program, parseInput(Choose, request.body)))
}

async function signIn(program: Program, identity: Identity, request: FastifyRequest, reply: FastifyReply) {
  const { email, password } = parseInput(SignIn, request.body)
  const cookies = await identity.signIn(email, password, headersOf(request))
  if (!cookies) throw new Problem('wrong-credentials')
  const signedIn = new Headers({ cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') })
  const person = await identity.findPerson(signedIn)
  const [first] = person === undefined ? [] : await ownSeats(program.reads.db, person, program.clock.today())
  if (!first) throw new Problem('no-seat')
  relay(request, reply, cookies)
  setChosen(request, reply, { ...first.seat, ...(first.delegation && { delegation: first.delegation.id }) })
}

/** In production people move between the seats that are theirs, and those that they act for. */
async function chooseOwnSeat(program: Program, identity: Identity, request: FastifyRequest, reply: FastifyReply) {
  const chosen = parseInput(Choose, request.body)
  const person = await identity.findPerson(headersOf(request))
  if (person === undefined) throw new Problem('sign-in-first')
  const own = findOwn(await ownSeats(program.reads.db, person, program.clock.today()), chosen)
  if (!own) throw new Problem('not-your-seat')
  setChosen(request, reply, { ...own.seat, ...(own.delegation && { delegation: own.delegation.id }) })
}

/** Hands on the cookies of the accounts, marked to travel over TLS alone where the caller came that way. */
function relay(request: FastifyRequest, reply: FastifyReply, cookies: readonly string[]) {
  const isSecure = request.protocol === 'https'
  for (const cookie of cookies) reply.header('set-cookie', isSecure ? `${cookie}; Secure` : cookie)
}

async function describeSession(program: Program, request: FastifyRequest) {
  const { clock, charter, mode, history, reads } = program
  const today = clock.today()
  const actor = await actorOf(program, request)
  const [root, seats, person] = await Promise.all([
    findRoot(reads.db, today),
    actor ? ownSeats(reads.db, actor.person, today) : [],
    actor && findPerson(reads.db, actor.person),
  ])
  const own = actor && findOwn(seats, chosenBy(actor))
  const sitting = (seat: OwnSeat) => describeSeat(program, person as Person, seat)
  return {
    mode,
    charter: charter.id,
    today,
    ready: history.failure ? { ...noProgress, ...history.progress, label: stopped } : history.progress,
    root: root?.id ?? null,
    actor: own && person ? sitting(own) : null,
    seats: person ? seats.map(sitting) : [],
  }
}

const noProgress = { done: 0, total: 0 }
const stopped: Text = { zh: '历史回放中断', en: 'history stopped short' }

function describeSeat({ charter }: Program, person: Person, { seat, unit, delegation }: OwnSeat) {
  const postName: Text = charter.findPost(seat.post)?.name ?? { zh: seat.post, en: seat.post }
  return { person, seat, unit, postName, ...(delegation && { delegation: delegation.id, under: delegation }) }
}
