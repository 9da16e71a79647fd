import { sql } from 'kysely'
import { z } from 'zod'
import { goalsOf } from '#features/goals/index.ts'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { verificationCode, readCode } from './code.ts'
import type { LetterContent } from './compose.ts'
import { withSides } from './list.ts'
import { readLetters, readSignatures } from './read.ts'

async function readLetter(reader: Reader, id: string) {
  const [letter] = await withSides(reader, await readLetters(reader, sql`id = ${id}`))
  if (!letter)
    throw new NotFound({
      zh: '没有这份责任书，或当日尚未发出。',
      en: 'There is no such letter, or it was not offered by that day.',
    })
  const [signatures, frozen, goals] = await Promise.all([
    readSignatures(reader, [id]),
    reader.db
      .selectFrom('letter')
      .select(['content', 'reason', 'declined_post'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
    goalsOf(reader.db, letter.to, reader.on),
  ])
  const content = frozen.content satisfies LetterContent
  const changed = content.targets.flatMap((target) => {
    const goal = goals.find((each) => each.indicator === target.indicator && each.year === target.year)
    return goal?.target === target.target
      ? []
      : [{ indicator: target.indicator, year: target.year, was: target.target, is: goal?.target ?? null }]
  })
  return {
    ...letter,
    /** The programme, and the version of its charter under which the letter was offered. */
    programme: reader.charter.text.title,
    charter: reader.charter.text.versions.find((version) => version.id === content.charter)?.title ?? null,
    asOf: reader.on,
    duties: content.duties,
    signatures: content.seats.map((seat) => {
      const found = signatures.find((each) => each.unit === seat.unit && each.post === seat.post)
      return {
        unit: seat.unit,
        post: seat.post,
        postName: seat.name,
        person: found?.person ?? null,
        hand: found?.hand ?? null,
        signedOn: found?.signedOn ?? null,
        act: found?.act ?? null,
      }
    }),
    declined:
      letter.declinedOn === null
        ? null
        : { on: letter.declinedOn, reason: frozen.reason ?? '', post: frozen.declined_post },
    /** Goals that have become others since the letter was offered. */
    changedSince: changed,
    /** The content still gives the code that was made of it. */
    isGenuine: verificationCode(content) === letter.code,
  }
}
export type LetterShown = Awaited<ReturnType<typeof readLetter>>

/** One letter with its targets, its signatures, and how it stood on the day. */
export const showLetter = ask({
  name: 'letter.show',
  title: { zh: '责任书详情', en: 'One letter' },
  purpose: {
    zh: '一份责任书的双方、目标、职责、签署人和日期、验证码，以及目标此后有无变化。',
    en: 'A letter’s parties, targets, duties, signatures with their days, its verification code, and whether the goals have changed since.',
  },
  access: 'seated',
  input: z.object({ id: z.uuid() }),
  answer: (reader, { id }) => readLetter(reader, id),
})

/** Anyone may check by its code that a letter is true, and read what it says. */
export const verifyLetter = ask({
  name: 'letter.verify',
  title: { zh: '验证责任书', en: 'Verify a letter' },
  purpose: {
    zh: '凭验证码查证一份责任书是否真实：双方、年度、目标和签署情况；查不到即没有这份责任书。',
    en: 'Checks by its code whether a letter is true: its parties, years, targets and signatures; or there is no such letter.',
  },
  access: 'public',
  input: z.object({ code: z.string().trim().min(1).max(40) }),
  async answer(reader, { code }) {
    const [letter] = await readLetters(reader, sql`code = ${readCode(code)}`)
    if (!letter) return { isFound: false as const }
    const {
      number,
      fromUnit,
      toUnit,
      firstYear,
      lastYear,
      offeredOn,
      state,
      completedOn,
      declinedOn,
      targets,
      seats,
      signed,
      madeUp,
    } = letter
    const { content } = await reader.db
      .selectFrom('letter')
      .select('content')
      .where('id', '=', letter.id)
      .executeTakeFirstOrThrow()
    return {
      isFound: true as const,
      isGenuine: verificationCode(content) === letter.code,
      code: letter.code,
      number,
      from: fromUnit.name,
      to: toUnit.name,
      firstYear,
      lastYear,
      offeredOn,
      state,
      completedOn,
      declinedOn,
      seats,
      signed,
      targets,
      madeUp,
    }
  },
})
