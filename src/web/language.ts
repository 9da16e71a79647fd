import i18next from 'i18next'
import { useMemo } from 'react'
import { initReactI18next, useTranslation } from 'react-i18next'
import type { Text } from '#kernel/words.ts'
import { amountText, countText, dayText, measureText, percentText, type DayStyle } from './formats.ts'
import { recall, remember } from './memory.ts'
import { words, type Word } from './words.ts'

export type Language = keyof Text

const spoken = (language: Language) =>
  Object.fromEntries(Object.entries(words).map(([key, text]) => [key, text[language]]))

const preferred = (): Language =>
  (recall('language') as Language | null) ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en')

/** Readies both languages; the chosen one is remembered, and the document says which it speaks. */
export function startLanguage() {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  })
  void i18next.use(initReactI18next).init({
    lng: preferred(),
    resources: { zh: { translation: spoken('zh') }, en: { translation: spoken('en') } },
    interpolation: { prefix: '{', suffix: '}', escapeValue: false },
    initAsync: false,
    keySeparator: false,
    nsSeparator: false,
  })
}

export function switchLanguage(language: Language) {
  remember('language', language)
  void i18next.changeLanguage(language)
}

const isoDay = /\b\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\b/g

type Facts = Readonly<Record<string, string | number>>

const fill = (template: string, facts: Facts) =>
  template.replace(/\{(\w+)\}/g, (whole, key: string) => (key in facts ? String(facts[key]) : whole))

/** How a component speaks: `say({ zh, en })`, `t('key')`, and numbers, days and amounts as the reader expects them. */
export function useSay() {
  const { t, i18n } = useTranslation()
  const language: Language = i18n.language === 'zh' ? 'zh' : 'en'
  return useMemo(() => speaker(language, (key, facts) => t(key, facts)), [language, t])
}

const speaker = (language: Language, translate: (key: string, facts: Facts) => string) => ({
  language,
  other: (language === 'zh' ? 'en' : 'zh') satisfies Language as Language,
  /** Says a text of both languages in the reader's; `{name}` is filled from the facts, and a day within it is written as the reader writes days. */
  say: (text: Text, facts: Facts = {}) => fill(text[language], facts).replace(isoDay, (day) => dayText(language, day)),
  /** Says a word of the shell. */
  t: (key: Word, facts: Facts = {}) => translate(key, facts),
  day: (day: string, style?: DayStyle) => dayText(language, day, style),
  count: (value: number) => countText(language, value),
  /** What a number counts, in the form that fits it. */
  measure: (value: number | null, measure: Text) => measureText(language, value, measure[language]),
  /** A share between 0 and 1. */
  percent: (share: number, digits?: number) => percentText(language, share, digits),
  /** Fen, as 万元 and 亿元 or as yuan in millions and billions. */
  amount: (fen: number) => amountText(language, fen),
  list: (items: readonly string[]) => items.join(language === 'zh' ? '、' : ', '),
})
