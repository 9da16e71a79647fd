import type { FastifyRequest } from 'fastify'
import type { Text } from '#kernel/words.ts'

export type Language = keyof Text
export const languages = ['zh', 'en'] as const satisfies readonly Language[]

const isLanguage = (value: string): value is Language => (languages as readonly string[]).includes(value)

/** The first of our languages that the caller accepts; without one, that of the law. */
export function languageOf(request: FastifyRequest): Language {
  const asked = (request.query as { lang?: unknown } | undefined)?.lang
  if (typeof asked === 'string' && isLanguage(asked)) return asked
  const wanted = (request.headers['accept-language'] ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const quality = parameters.find((each) => each.trim().startsWith('q='))
      return { language: tag.split('-')[0] ?? '', quality: quality ? Number(quality.trim().slice(2)) : 1 }
    })
    .toSorted((a, b) => b.quality - a.quality)
  return wanted.map(({ language }) => language).find(isLanguage) ?? 'zh'
}
