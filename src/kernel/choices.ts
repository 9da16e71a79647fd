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
