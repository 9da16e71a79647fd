import type { By } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { type Figure, partsOf, readFigureOf } from '#kernel/figure.ts'
import type { Text } from '#kernel/words.ts'
import { plainTitle } from './fields.ts'

/** Texts one after the other, as each language lists them. */
export const listed = (texts: readonly Text[]): Text => ({
  zh: texts.map((text) => text.zh).join('、'),
  en: texts.map((text) => text.en).join(', '),
})

/** The titles of the figures that a question speaks of: what the system holds already under that name. */
export function titlesThatSpeakOf(question: string, figures: readonly Figure[]): readonly Text[] {
  const asked = plainTitle(question)
  if (asked === '') return []
  return figures
    .filter(({ title }) => [title.zh, title.en].some((name) => asked.includes(plainTitle(name))))
    .map((figure) => figure.title)
}

export type HeldValue = { readonly value: number | null; readonly of: number | null }

/** A figure for one unit as it stands in the act that signs it: the very number that is kept. */
export async function figureNow(tx: Tx, figure: Figure, unit: string, { charter, on }: By): Promise<HeldValue> {
  const scope = { charter, on, year: Number(on.slice(0, 4)) }
  const { value, of } = await readFigureOf(tx, figure, scope, await partsOf(tx, unit, on))
  return { value, of }
}
