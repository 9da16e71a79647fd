/** Lines as every spreadsheet and RFC 4180 have them: CRLF, quotes doubled, and no text that a spreadsheet would run. */
export const csvLine = (cells: readonly (string | null)[], isNumber: (at: number) => boolean): string =>
  `${cells.map((cell, at) => csvCell(cell, isNumber(at))).join(',')}\r\n`

/** The mark by which spreadsheets know that a text is UTF-8. */
export const UTF8_MARK = '\uFEFF'

function csvCell(value: string | null, isNumber: boolean): string {
  if (value === null) return ''
  const harmless = !isNumber && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

const EXACT_FEN_MAX = 10n ** 15n

/** An amount as a number that a spreadsheet adds up, or as text where its fifteen digits would lose the fen. */
export const sheetAmount = (yuan: string): number | string => {
  const fen = BigInt(yuan.replace('.', ''))
  return fen < EXACT_FEN_MAX && fen > -EXACT_FEN_MAX ? Number(yuan) : yuan
}
