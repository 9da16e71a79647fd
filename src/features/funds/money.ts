import { yuanOf } from '#kernel/words.ts'
import type { Text } from '#kernel/words.ts'

const YUAN = 100n
const WAN = 10_000n * YUAN
const YI = 10_000n * WAN

/**
 * An amount as people read it, exact to the fen: 亿元 and 万元 where these say it in at most four and two decimals, else 元;
 * yuan with separators in English.
 */
export const inWords = (fen: bigint): Text => ({ zh: inChinese(fen), en: `${separated(fen)} yuan` })

function inChinese(fen: bigint): string {
  const size = fen < 0n ? -fen : fen
  const sign = fen < 0n ? '-' : ''
  if (size >= YI && size % WAN === 0n) return `${sign}${decimal(size, YI, 4)}亿元`
  if (size >= WAN && size % (WAN / 100n) === 0n) return `${sign}${decimal(size, WAN, 2)}万元`
  return `${separated(fen)}元`
}

/** So many of a unit, in decimals as far as there are any. */
function decimal(fen: bigint, unit: bigint, decimals: number): string {
  const rest = ((fen % unit) * 10n ** BigInt(decimals)) / unit
  const part = rest.toString().padStart(decimals, '0').replace(/0+$/, '')
  return part === '' ? `${fen / unit}` : `${fen / unit}.${part}`
}

function separated(fen: bigint): string {
  const [whole = '', part] = yuanOf(fen).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return part === '00' ? grouped : `${grouped}.${part}`
}

/** All of some amounts together. */
export const totalOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n)
