import type { Text } from '#kernel/words.ts'

/** Both languages in one line. */
export const both = ({ zh, en }: Text): string => `${line(zh)} · ${line(en)}`

/** A text on one line, so that it fits a cell of a table. */
export const line = (text: string): string => text.replace(/\s+/g, ' ').trim()

const cell = (text: string) => line(text).replaceAll('|', '\\|')

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')
}

export const code = (text: string): string => `\`${text}\``

/** A page of parts with an empty line between them; what is empty is left out. */
export const page = (...parts: readonly string[]): string => `${parts.filter((part) => part !== '').join('\n\n')}\n`

const note = '由 scripts/generate.ts 生成，请勿手改。 · Made by scripts/generate.ts; do not edit.'
export const head = (title: Text, about: Text): readonly string[] => [
  `# ${both(title)}`,
  `<!-- ${note} -->`,
  about.zh,
  about.en,
]
