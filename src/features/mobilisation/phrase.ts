import { scryptSync, timingSafeEqual } from 'node:crypto'
import type { Tx } from '#kernel/db.ts'
import type { By } from '#kernel/act.ts'
import type {} from './tables.ts'

const KEY_BYTES = 32
const COST = { N: 4096, r: 8, p: 1 }

/** A digest that is salted with the thing's own id, and costs enough that guessing at a copy of the table does not pay. */
const digestOf = (subject: string, phrase: string) => scryptSync(phrase.normalize('NFKC'), subject, KEY_BYTES, COST)

/** Keeps by what a thing's owner shows later that it is theirs. */
export const keepPhrase = (tx: Tx, by: By, subject: string, phrase: string) =>
  tx
    .insertInto('pledge_phrase')
    .values({ subject_id: subject, digest: digestOf(subject, phrase).toString('hex'), act_id: by.act })
    .execute()

/** Whether this is the phrase of a thing; it is not where there is no such thing. */
export async function isPhraseOf(tx: Tx, subject: string, phrase: string): Promise<boolean> {
  const row = await tx.selectFrom('pledge_phrase').select('digest').where('subject_id', '=', subject).executeTakeFirst()
  const given = digestOf(subject, phrase)
  return row !== undefined && timingSafeEqual(given, Buffer.from(row.digest, 'hex'))
}

export const phraseWrong = {
  'phrase-wrong': {
    zh: '口令不对。',
    en: 'The phrase is not the one that was chosen.',
    topic: { zh: '口令正确', en: 'the phrase is right' },
  },
} as const
