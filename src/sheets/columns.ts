/** The letters of a column, counted from 0: `A`, `Z`, `AA`. */
export function lettersOf(column: number): string {
  let letters = ''
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters
  return letters
}

/** A cell's column, counted from 0, from its address: `AB12` is 27; undefined if there is no address. */
export function columnOf(address: string): number | undefined {
  let column = 0
  let at = 0
  for (; at < address.length; at++) {
    const code = address.charCodeAt(at)
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  return at === 0 || at > 3 ? undefined : column - 1
}
