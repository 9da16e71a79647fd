import { z } from 'zod'
import { type Text, UnitId } from './words.ts'

/** What a form asks to fill in a reference: by what somebody typed, by an id, or by many texts at once, as a spreadsheet holds them. */
export const ChoiceInput = z.object({
  unit: UnitId.optional(),
  text: z
    .string()
    .trim()
    .max(100)
    .default('')
    .meta({ label: { zh: '查找内容', en: 'Text' } }),
  id: z.uuid().optional(),
  /** Only what is called exactly so: by its id, its key or its name. */
  texts: z.array(z.string().trim().min(1).max(200)).max(50).default([]),
  limit: z.int().min(1).max(200).default(12),
})
export type ChoiceInput = z.output<typeof ChoiceInput>

/** One thing to choose. */
export type Chosen = {
  readonly id: string
  /** What people and spreadsheets call it. */
  readonly key: string
  readonly name: Text
  /** What tells it from others. */
  readonly about: Text
}
export type ChoiceAnswer = { readonly choices: readonly Chosen[] }

/** As `ChoiceInput`, for things of the charter: their ids are words, such as `use-funds-well`. */
export const WordInput = ChoiceInput.extend({ id: z.string().trim().max(100).optional() })
export type WordInput = z.output<typeof WordInput>

/** Of a few things, what was asked for: by its id, by texts that mean it exactly, or by what somebody typed; those whose name has it come first. */
export function chosenOf(things: readonly Chosen[], { id, text, texts, limit }: WordInput): ChoiceAnswer {
  const namesOf = ({ id: own, key, name }: Chosen) => [own, key, name.zh, name.en]
  const isWanted = (each: Chosen) =>
    (id === undefined || each.id === id) &&
    (texts.length === 0 || texts.some((one) => namesOf(each).includes(one))) &&
    [...namesOf(each), each.about.zh, each.about.en].some((name) => name.toLowerCase().includes(text.toLowerCase()))
  const isNamed = (each: Chosen) => namesOf(each).some((name) => name.toLowerCase().includes(text.toLowerCase()))
  const found = things.filter(isWanted).toSorted((a, b) => Number(isNamed(b)) - Number(isNamed(a)))
  return { choices: found.slice(0, limit) }
}
