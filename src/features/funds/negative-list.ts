import { sql } from 'kysely'
import { z } from 'zod'
import { ask } from '#kernel/ask.ts'
import type { Db, Tx } from '#kernel/db.ts'
import type { Text } from '#kernel/words.ts'

/** A purpose that the money may never be used for. The words that hint at one are a setting. */
export type NegativePurpose = {
  readonly id: string
  readonly name: Text
  readonly words: readonly string[]
  readonly source: string
  readonly status: string
  readonly wordsStatus: string
}

export async function readNegativeList(db: Db | Tx): Promise<readonly NegativePurpose[]> {
  const { rows } = await sql<Omit<NegativePurpose, 'name'> & Text>`
    select id, zh, en, words, source, status, words_status as "wordsStatus" from negative_purpose order by id`.execute(
    db,
  )
  return rows.map(({ zh, en, ...row }) => ({ ...row, name: { zh, en } }))
}

/** Which purposes some texts hint at, by which word first, and the places of the texts. */
export function hintsOf(list: readonly NegativePurpose[], texts: readonly (string | undefined)[]) {
  const found = new Map<string, { purpose: Text; word: string; places: number[] }>()
  const distinct = new Map<string, readonly { readonly id: string; readonly name: Text; readonly word: string }[]>()
  const hints = (text: string) => {
    const known = distinct.get(text)
    if (known) return known
    const said = text.toLowerCase()
    const hit = list.flatMap(({ id, name, words }) => {
      const word = words.find((each) => said.includes(each.toLowerCase()))
      return word === undefined ? [] : [{ id, name, word }]
    })
    distinct.set(text, hit)
    return hit
  }
  for (const [at, text] of texts.entries())
    for (const { id, name, word } of text === undefined ? [] : hints(text)) {
      const hint = found.get(id) ?? { purpose: name, word, places: [] }
      hint.places.push(at)
      found.set(id, hint)
    }
  return [...found.values()]
}

/** What the money is never for: the rule's purposes, and our words that hint at them. */
export const listNegative = ask({
  name: 'fund.negative-list',
  title: { zh: '资金负面清单', en: 'What the money is never for' },
  purpose: {
    zh: '资金不得使用的用途及提示词；提示词为设置，并非规定。',
    en: 'The purposes that are closed to the money, and the words that hint at them; the words are a setting, not the rule’s.',
  },
  access: 'public',
  input: z.object({}),
  answer: async (reader) => ({ items: await readNegativeList(reader.db) }),
})
