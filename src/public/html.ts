/** Text that is HTML already; whatever is not is escaped where it is put in. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = Html | string | number | null | undefined | false | readonly Part[]

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (letter) => escapes[letter] ?? letter)

function written(part: Part): string {
  if (part instanceof Html) return part.text
  if (part === null || part === undefined || part === false) return ''
  return typeof part === 'object' ? part.map(written).join('') : escaped(String(part))
}

/** A piece of a page: what stands in the template is HTML, what is put into it is text unless it is HTML itself. */
export const html = (template: readonly string[], ...parts: readonly Part[]): Html =>
  new Html(template.map((piece, at) => (at === 0 ? piece : `${written(parts[at - 1])}${piece}`)).join(''))
