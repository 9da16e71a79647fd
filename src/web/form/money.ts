import type { Text } from '#kernel/words.ts'

const wholeDigitsMax = 13

/** What somebody typed or pasted as an amount, as it goes over the wire: no separators, no signs of money, half-width digits. */
export const plainAmount = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[\s,，'’_¥￥元]/g, '')
    .replace(/^rmb|^cny|yuan$/i, '')

/** What is wrong with an amount in yuan, if something is. */
export function amountProblem(amount: string): Text | undefined {
  if (amount === '') return undefined
  if (amount.startsWith('-')) return { zh: '金额不能小于零。', en: 'An amount is never below zero.' }
  if (!/^\d+(\.\d*)?$/.test(amount))
    return { zh: '金额只写数字，如 1250000.50。', en: 'An amount is digits, such as 1250000.50.' }
  const [whole = '', part = ''] = amount.split('.')
  if (part.length > 2)
    return { zh: '金额精确到分，最多两位小数。', en: 'An amount has at most two decimals: whole fen.' }
  if (whole.length > wholeDigitsMax)
    return { zh: `元最多${wholeDigitsMax}位。`, en: `At most ${wholeDigitsMax} digits of yuan.` }
  if (/^0*(\.0*)?$/.test(amount)) return { zh: '金额须大于零。', en: 'An amount is above zero.' }
  return undefined
}

/** An amount with its thousands apart: 1,250,000.50. */
export function grouped(amount: string): string {
  if (!/^\d+(\.\d*)?$/.test(amount)) return amount
  const [whole = '', part] = amount.split('.')
  const apart = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return part === undefined ? apart : `${apart}.${part}`
}

/** The whole fen of an amount that is well formed. */
export function fenOfAmount(amount: string): bigint {
  const [whole = '0', part = ''] = amount.split('.')
  return BigInt(whole || '0') * 100n + BigInt(part.padEnd(2, '0'))
}

const digits = '零壹贰叁肆伍陆柒捌玖'
const places = ['', '拾', '佰', '仟']
const groups = ['', '万', '亿', '万亿']

/** An amount in banking capitals, as on a cheque: 壹佰贰拾伍万元伍角. */
export function inCapitals(fen: bigint): string {
  const yuan = fen / 100n
  const [jiao, last] = [Number((fen / 10n) % 10n), Number(fen % 10n)]
  const whole = yuan === 0n ? '' : `${wholeInCapitals(yuan.toString())}元`
  if (jiao === 0 && last === 0) return `${whole || '零元'}整`
  const between = jiao === 0 && whole !== '' ? '零' : ''
  return `${whole}${jiao ? `${digits[jiao]}角` : between}${last ? `${digits[last]}分` : '整'}`
}

function wholeInCapitals(text: string): string {
  const parts = text
    .padStart(Math.ceil(text.length / 4) * 4, '0')
    .match(/\d{4}/g)!
    .map((four) => [...four].map(Number))
  let said = ''
  let hasGap = false
  for (const [at, four] of parts.entries()) {
    const group = parts.length - 1 - at
    for (const [place, digit] of four.entries()) {
      if (digit === 0) hasGap = said !== ''
      else {
        said += `${hasGap ? '零' : ''}${digits[digit]}${places[3 - place]}`
        hasGap = false
      }
    }
    const isAlsoYi = group === 3 && parts[at + 1]?.some((digit) => digit > 0)
    if (four.some((digit) => digit > 0)) said += isAlsoYi ? '万' : groups[group]
  }
  return said
}
