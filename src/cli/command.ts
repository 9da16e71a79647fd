import type { ParseArgsConfig } from 'node:util'
import type { Text } from '#kernel/words.ts'
import type { Out } from './say.ts'

/** How a command ended; 1 is a bug and never meant. */
export const exitCodes = { done: 0, bug: 1, usage: 2, refused: 3 } as const

export type Options = NonNullable<ParseArgsConfig['options']>
export type Given = {
  /** The words after the command's name. */
  readonly words: readonly string[]
  readonly options: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>
  readonly out: Out
}

/** One thing that can be typed after `zeren`. */
export type Command = {
  readonly name: string
  /** What stands after the name, as the help shows it. */
  readonly usage: string
  readonly purpose: Text
  readonly options?: Options
  /** Whether options that nobody declared belong to the question asked. */
  readonly open?: boolean
  /** Gives the exit code; every error is for `main` to tell. */
  run(given: Given): Promise<number>
}

/** The command was typed wrongly; how to type it is told. */
export class UsageError extends Error {
  readonly text: Text
  constructor(text: Text) {
    super(text.en)
    this.text = text
  }
}

export const textOption = (given: Given, name: string): string | undefined => {
  const value = given.options[name]
  return typeof value === 'string' ? value : undefined
}
export const isSet = (given: Given, name: string): boolean => given.options[name] === true

export function needWord(given: Given, at: number, what: Text): string {
  const word = given.words[at]
  if (word === undefined) throw new UsageError({ zh: `缺少${what.zh}。`, en: `The ${what.en} is missing.` })
  return word
}
