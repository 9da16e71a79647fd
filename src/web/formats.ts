import type { Language } from './language.ts'

export type DayStyle = 'full' | 'short' | 'weekday'

const LOCALE: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' }
const dayStyles: Record<DayStyle, Intl.DateTimeFormatOptions> = {
  full: { year: 'numeric', month: 'short', day: 'numeric' },
  short: { month: 'short', day: 'numeric' },
  weekday: { year: 'numeric', month: 'short', day: 'numeric', weekday: 'short' },
}
const known = new Map<string, Intl.DateTimeFormat>()

/** A calendar day as its reader writes it: 2018年10月17日, 17 Oct 2018. */
export function dayText(language: Language, day: string, style: DayStyle = 'full'): string {
  const key = `${language} ${style}`
  let format = known.get(key)
  if (!format)
    known.set(key, (format = new Intl.DateTimeFormat(LOCALE[language], { ...dayStyles[style], timeZone: 'UTC' })))
  const at = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(at) ? day : format.format(at)
}

/** A moment, to the minute, in the programme's time zone. */
export const momentText = (language: Language, at: string): string =>
  new Intl.DateTimeFormat(LOCALE[language], {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Asia/Shanghai',
  }).format(Date.parse(at))

export const countText = (language: Language, value: number): string =>
  new Intl.NumberFormat(LOCALE[language], { maximumFractionDigits: 2 }).format(value)

/** What one thing is counted in: «1 county», not «1 counties». Chinese has one form for both. */
export const measureText = (language: Language, value: number | null, measure: string): string =>
  language === 'zh' || value !== 1
    ? measure
    : measure
        .replace(/\bpeople\b/, 'person')
        .replace(/ies\b/, 'y')
        .replace(/(?<=[a-z]{2})(?<!s)s\b/, '')

export const percentText = (language: Language, share: number, digits = 1): string =>
  new Intl.NumberFormat(LOCALE[language], { style: 'percent', maximumFractionDigits: digits }).format(share)

const FEN_PER_WAN = 1_000_000
const FEN_PER_YI = 10_000_000_000
const FEN_PER_MILLION = 100_000_000
const FEN_PER_BILLION = 100_000_000_000

/** Money as each reader expects it: 万元 and 亿元, or millions and billions of yuan. */
export function amountText(language: Language, fen: number): string {
  const as = (per: number, unit: string) => `${countText(language, fen / per)} ${unit}`
  if (language === 'zh') return Math.abs(fen) >= FEN_PER_YI ? as(FEN_PER_YI, '亿元') : as(FEN_PER_WAN, '万元')
  return Math.abs(fen) >= FEN_PER_BILLION ? as(FEN_PER_BILLION, 'bn yuan') : as(FEN_PER_MILLION, 'm yuan')
}

const MS_PER_DAY = 86_400_000

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MS_PER_DAY)

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * MS_PER_DAY).toISOString().slice(0, 10)
