import { createHash, randomInt } from 'node:crypto'
import { z } from 'zod'
import { kindNames, kinds } from './words.ts'

/** An address of at most 254 characters of which only the domain is anybody's business. */
export const Address = z
  .email()
  .max(254)
  .transform((address) => address.trim())
  .meta({
    label: { zh: '邮箱地址', en: 'E-mail address' },
    hint: {
      zh: '只有本人看得到全文；确认码寄到这里。',
      en: 'Only you see it in full; a code is sent there to confirm it.',
    },
    personal: true,
  })

export const Wants = z
  .array(z.enum(kindNames).meta({ label: { zh: '种类', en: 'Kind' }, widget: 'choice', choices: kinds }))
  .min(1)
  .max(kindNames.length)
  .default([...kindNames])
  .meta({ label: { zh: '哪些事寄给我', en: 'What is sent to me' } })

export const languageChoices = {
  both: { zh: '中英文', en: 'Both' },
  zh: { zh: '中文', en: 'Chinese' },
  en: { zh: '英文', en: 'English' },
} as const
export const SpokenLanguage = z
  .enum(['both', 'zh', 'en'])
  .default('both')
  .meta({ label: { zh: '语言', en: 'Language' }, widget: 'choice', choices: languageChoices })

/** What may be shown of an address: its first letter and its domain. */
export function shownAddress(address: string): string {
  const [local = '', domain = ''] = address.split('@')
  return `${[...local][0] ?? ''}…@${domain}`
}

const CODE_DIGITS = 6

/** A code that cannot be known but from the message that carries it. */
export const newCode = (): string => String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0')

/** Whether two texts agree, told without telling how far they do. */
export const agrees = (given: string, known: string): boolean =>
  createHash('sha256').update(given.trim()).digest().equals(createHash('sha256').update(known).digest())

export const CODE_DAYS_MAX = 7
export const TRIES_PER_DAY_MAX = 5
