import { isText, type Text } from '#kernel/words.ts'

/** The program cannot go on for a reason that the person who started it can put right; never a bug. */
export class ProgramError extends Error {
  readonly text: Text

  constructor(text: Text, options?: ErrorOptions) {
    super(`${text.zh}\n${text.en}`, options)
    this.name = 'ProgramError'
    this.text = text
  }
}

/** The sentence of an error that was made to be read: ours, or of the database's launcher and migrations. */
export function sentenceOf(error: unknown): Text | undefined {
  const text = error instanceof Error && 'text' in error ? error.text : undefined
  return isText(text) ? text : undefined
}
