/** What a part says, tag by tag. `attributes` is the tag's own text, from which `attribute` reads one. */
export type Listener = {
  open(name: string, attributes: string): void
  text(text: string): void
  close(name: string): void
}

/** The markup is none that a spreadsheet program writes. */
export class BadMarkup extends Error {}

const TOKEN_CHARACTERS_MAX = 4 * 1024 * 1024

/**
 * Reads markup as it comes in, in pieces cut anywhere. It knows no declarations of its own: a document that brings some (and with
 * them entities that grow without end) is refused.
 */
export class Markup {
  readonly #to: Listener
  #rest = ''

  constructor(to: Listener) {
    this.#to = to
  }

  push(piece: string) {
    const all = this.#rest + piece
    let at = 0
    for (;;) {
      const begin = all.indexOf('<', at)
      if (begin === -1) break
      if (begin > at) this.#to.text(decode(all.slice(at, begin)))
      const next = this.#tag(all, begin)
      at = next ?? begin
      if (next === undefined) break
    }
    this.#rest = all.slice(at)
    if (this.#rest.length > TOKEN_CHARACTERS_MAX) throw new BadMarkup()
  }

  end() {
    if (this.#rest.trim() !== '') throw new BadMarkup()
  }

  /** Reads one tag and says where it ends; undefined if it has not come in whole. */
  #tag(all: string, begin: number): number | undefined {
    const second = all.charCodeAt(begin + 1)
    if (second === EXCLAMATION) return this.#special(all, begin)
    if (second === QUESTION) return after(all, '?>', begin)
    const end = tagEnd(all, begin)
    if (end === -1) return undefined
    if (second === SLASH) {
      this.#to.close(local(all.slice(begin + 2, end)))
      return end + 1
    }
    const isEmpty = all.charCodeAt(end - 1) === SLASH
    const inside = all.slice(begin + 1, isEmpty ? end - 1 : end)
    const space = inside.search(/\s/)
    const name = local(space === -1 ? inside : inside.slice(0, space))
    this.#to.open(name, space === -1 ? '' : inside.slice(space))
    if (isEmpty) this.#to.close(name)
    return end + 1
  }

  #special(all: string, begin: number): number | undefined {
    if (all.startsWith('<!--', begin)) return after(all, '-->', begin)
    if (all.startsWith('<![CDATA[', begin)) {
      const end = after(all, ']]>', begin)
      if (end !== undefined) this.#to.text(all.slice(begin + 9, end - 3))
      return end
    }
    if (all.length - begin < 9) return undefined
    throw new BadMarkup()
  }
}

const EXCLAMATION = 33
const DOUBLE_QUOTE = 34
const SINGLE_QUOTE = 39
const SLASH = 47
const GREATER = 62
const QUESTION = 63

const after = (all: string, what: string, from: number) => {
  const at = all.indexOf(what, from)
  return at === -1 ? undefined : at + what.length
}

/** Where a tag ends; a `>` between quotes does not end it. */
function tagEnd(all: string, begin: number): number {
  let quote = 0
  for (let at = begin + 1; at < all.length; at++) {
    const code = all.charCodeAt(at)
    if (quote !== 0) {
      if (code === quote) quote = 0
    } else if (code === GREATER) return at
    else if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) quote = code
  }
  return -1
}

const local = (name: string) => {
  const trimmed = name.trimEnd()
  return trimmed.slice(trimmed.indexOf(':') + 1)
}

/** One attribute of a tag, without regard to its prefix; undefined if it has none of that name. */
export function attribute(attributes: string, name: string): string | undefined {
  let at = attributes.indexOf(`${name}=`)
  while (at > 0 && !/[\s:]/.test(attributes[at - 1] as string)) at = attributes.indexOf(`${name}=`, at + 1)
  if (at < 1) return undefined
  const quote = attributes[at + name.length + 1] as string
  const end = attributes.indexOf(quote, at + name.length + 2)
  return end === -1 ? undefined : decode(attributes.slice(at + name.length + 2, end))
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decode(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(#x[\da-fA-F]{1,6}|#\d{1,7}|\w+);/g, (_, entity: string) => {
    if (!entity.startsWith('#')) {
      const known = named[entity]
      if (known === undefined) throw new BadMarkup()
      return known
    }
    const code = entity[1] === 'x' ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1))
    if (code > 0x10ffff) throw new BadMarkup()
    return String.fromCodePoint(code)
  })
}

/** Spreadsheets write characters that markup cannot hold as `_x000D_`. */
export const unescaped = (text: string) =>
  text.includes('_x')
    ? text.replace(/_x([\da-fA-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text
