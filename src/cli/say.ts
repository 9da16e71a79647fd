import type { Text } from '#kernel/words.ts'

export type Language = keyof Text

/** The language to speak in: `--lang`, or that of the terminal's surroundings. */
export function languageOf(chosen: string | undefined, environment: NodeJS.ProcessEnv = process.env): Language {
  if (chosen === 'zh' || chosen === 'en') return chosen
  const locale = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || ''
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

/** Where a command writes: what was asked for, and beside it what a person should know. */
export type Out = {
  readonly language: Language
  /** Whether answers are wanted as JSON, for another program. */
  readonly json: boolean
  print(text: string): void
  note(text: string): void
  say(text: Text): string
}

export const outOf = (language: Language, json: boolean): Out => ({
  language,
  json,
  print: (text) => void process.stdout.write(`${text}\n`),
  note: (text) => void process.stderr.write(`${text}\n`),
  say: (text) => text[language],
})
