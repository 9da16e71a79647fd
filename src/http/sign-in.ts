import type { RefusalText } from '#kernel/act.ts'
import type { Charter } from '#kernel/charter.ts'
import { tell } from '#kernel/outcome.ts'
import { sittings, type UnitFacts } from '#kernel/standing.ts'
import type { Program } from '#src/program/open.ts'
import { findDelegate, findUnits, ownSeats } from '#src/program/seats.ts'
import type { Chosen } from './cookies.ts'
import { refused } from './problems.ts'

export const seatRefusals = {
  'unit-unknown': {
    zh: '{day}没有叫“{unit}”的单位。',
    en: 'There was no unit «{unit}» on {day}.',
    remedy: { zh: '用单位的名称、六位代码或编号。', en: 'Give a unit’s name, its code of six digits or its id.' },
  },
  'unit-ambiguous': {
    zh: '有{count}个单位叫“{unit}”：{choices}。',
    en: '{count} units are called «{unit}»: {choices}.',
    remedy: { zh: '改用六位代码。', en: 'Give the code of six digits.' },
  },
  'post-unknown': {
    zh: '{unit}没有“{post}”这一职务；有：{posts}。',
    en: '{unit} has no post «{post}»; it has: {posts}.',
  },
  'seat-vacant': {
    zh: '{unit}的{post}在{day}空缺，没有人可以登录。',
    en: 'The seat {post} of {unit} was vacant on {day}; there is nobody to sign in as.',
    remedy: {
      zh: '请选择另一个职务，或以上级身份任命。',
      en: 'Choose another seat, or appoint somebody as the level above.',
    },
  },
  'delegation-not-of-seat': {
    zh: '{day}没有对这一职务有效的这项委托。',
    en: 'There was no such delegation for this seat on {day}.',
  },
} as const satisfies Record<string, RefusalText>

const because = (code: keyof typeof seatRefusals, facts: Readonly<Record<string, unknown>>) =>
  refused([tell(seatRefusals, { code, facts })])

/** Whoever sits in a seat that a visitor of the demonstration named, or acts for it under the delegation named. */
export async function whoSits(
  program: Program,
  said: { readonly unit: string; readonly post: string; readonly delegation?: string | undefined },
): Promise<Chosen> {
  const day = program.clock.today()
  const unit = await theUnit(program, said.unit)
  const post = thePost(program.charter, unit, said.post)
  const seat = { unit: unit.id, post: post.id }
  if (said.delegation !== undefined)
    return { ...seat, person: await theDelegate(program, seat, said.delegation), delegation: said.delegation }
  const holder = (await sittings(program.reads.db, [unit.id], day)).find((sitting) => sitting.post === post.id)
  if (!holder) throw because('seat-vacant', { unit: unit.name, post: post.name, day })
  return { ...seat, person: holder.person.id }
}

async function theUnit({ reads, clock }: Program, said: string): Promise<UnitFacts> {
  const day = clock.today()
  const [unit, ...others] = await findUnits(reads.db, said, day)
  if (!unit) throw because('unit-unknown', { unit: said, day })
  if (others.length > 0) {
    const choices = [unit, ...others].map(({ name, code }) => `${name.zh} ${code ?? ''}`.trim()).join('、')
    throw because('unit-ambiguous', { unit: said, count: others.length + 1, choices })
  }
  return unit
}

function thePost(charter: Charter, unit: UnitFacts, said: string) {
  const posts = charter.postsOf(unit.tier)
  const post = posts.find(
    ({ id, name }) => id === said || name.zh === said || name.en.toLowerCase() === said.toLowerCase(),
  )
  if (!post) throw because('post-unknown', { unit: unit.name, post: said, posts: posts.map(({ id }) => id).join(', ') })
  return post
}

async function theDelegate(
  { reads, clock }: Program,
  seat: { unit: string; post: string },
  delegation: string,
): Promise<string> {
  const day = clock.today()
  const person = await findDelegate(reads.db, delegation, day)
  const own = person === undefined ? [] : await ownSeats(reads.db, person, day)
  const isOfSeat = own.some(
    (each) => each.delegation?.id === delegation && each.seat.unit === seat.unit && each.seat.post === seat.post,
  )
  if (person === undefined || !isOfSeat) throw because('delegation-not-of-seat', { day })
  return person
}
