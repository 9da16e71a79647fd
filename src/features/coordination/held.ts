import { sql } from 'kysely'
import type { By } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import type { Figure, Records } from '#kernel/figure.ts'
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
  const below = await sql<{ id: string }>`
    select unit_id as id from unit_version where lineage @> array[${unit}]::uuid[] and (valid_at @> ${on}::date) is true`.execute(
    tx,
  )
  const units = below.rows.map((row) => row.id)
  const sum = async (side: Records) => {
    const { rows } = await sql<{ value: number }>`
      select coalesce(sum(r.value), 0)::float8 as value from (${side}) r where r.unit_id = any (${units}::uuid[])`.execute(
      tx,
    )
    return rows[0]?.value ?? 0
  }
  const counted = await sum(figure.totals?.(scope) ?? figure.records(scope))
  const side = figure.totalsOf?.(scope) ?? figure.of?.(scope)
  if (figure.kind === 'sum' || !side) return { value: counted, of: null }
  const of = await sum(side)
  return { value: of === 0 ? null : counted / of, of }
}
