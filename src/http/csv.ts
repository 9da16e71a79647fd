type Cell = string | number | null

/** Lines as every spreadsheet reads them: UTF-8 with its mark, CRLF, quotes doubled, and no text that a spreadsheet would run. */
export const toCsv = (lines: readonly (readonly Cell[])[]): string =>
  `\uFEFF${lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('')}`

function cell(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  // A spreadsheet keeps fifteen digits of a number and no zero before it: a longer code stays text behind a blank that nobody sees.
  if (/^(\d{16,}|0\d+)$/.test(value)) return `"\t${value}"`
  const harmless = /^[=+\-@\t\r]/.test(value) && !/^-\d+(\.\d+)?$/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
