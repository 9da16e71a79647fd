import type { Book, BookAccount, BookUnit } from './book.ts'

export type Language = 'zh' | 'en'

/**
 * A text as one part of an account's name that hledger, ledger and beancount all take: letters of any script, digits and
 * hyphens, beginning with a digit or a capital.
 */
export function component(text: string): string {
  const plain = text
    .normalize('NFC')
    .replace(/[^\p{L}\p{Nd}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  return /^[\p{Lu}\p{Nd}]/u.test(plain) ? plain : `U-${plain}`
}

/** A text on one line, without the signs that end a field in a journal. */
export const inline = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll(';', '；')
    .replaceAll('|', '／')
    .replaceAll('(', '（')
    .replaceAll(')', '）')
    .trim()

/** Names to tell things apart by: those that two things would share get a piece of their id. */
function labels<Thing extends { readonly id: string }>(things: Iterable<Thing>, labelOf: (thing: Thing) => string) {
  const all = [...things].map((thing) => ({ id: thing.id, label: labelOf(thing) }))
  const times = Map.groupBy(all, ({ label }) => label)
  return new Map(all.map(({ id, label }) => [id, times.get(label)?.length === 1 ? label : `${label}-${hexOf(id)}`]))
}

const hexOf = (id: string) => id.replaceAll('-', '')

const roots = { source: 'Income', available: 'Assets', committed: 'Assets', paid: 'Expenses', fee: 'Expenses' } as const
const kinds = {
  source: 'Appropriated',
  available: 'Available',
  committed: 'Committed',
  paid: 'Paid',
  fee: 'Fee',
} as const

/** The letter by which hledger knows what an account is. */
export const types = { Income: 'R', Assets: 'A', Expenses: 'X', Equity: 'E' } as const

export type Names = { account(of: BookAccount): string; outside(unit: string): string; unit(id: string): string }

/** What the accounts of a book are called: `Assets:130627-柳县:2016:2016-财农-2016-36号-…:Available`. */
export function namesOf({ units, lines }: Book, language: Language): Names {
  const unitLabels = labels(units.values(), (unit) => component(titleOf(unit, language)))
  const lineLabels = labels(lines.values(), (line) => component(`${line.year} ${line.document} ${line[language]}`))
  const unit = (id: string) => unitLabels.get(id) ?? `U-${hexOf(id)}`
  const project = ({ project: id, projectCode }: BookAccount) => {
    if (id === null || projectCode === null) return []
    const plain = component(projectCode)
    return [plain === projectCode ? plain : `${plain}-${hexOf(id)}`]
  }
  return {
    unit,
    outside: (id) => `Equity:Outside:${unit(id)}`,
    account: (of) =>
      [roots[of.kind], unit(of.unit), of.year, lineLabels.get(of.line), kinds[of.kind], ...project(of)].join(':'),
  }
}

export const titleOf = (unit: BookUnit, language: Language) => `${unit.code ?? ''} ${unit[language]}`.trim()
