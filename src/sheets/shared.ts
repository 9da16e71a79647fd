import type { Archive } from './archive.ts'
import type { SheetLimits } from './limits.ts'
import { Markup, unescaped } from './markup.ts'
import { SheetProblem } from './problems.ts'

/** The texts that cells refer to by number, read when the first cell needs one. */
export class Shared {
  readonly #archive: Archive
  readonly #limits: SheetLimits
  #texts: string[] | undefined

  constructor(archive: Archive, limits: SheetLimits) {
    this.#archive = archive
    this.#limits = limits
  }

  clear() {
    this.#texts = []
  }

  text(at: number): string {
    const text = this.#texts?.[at]
    if (text === undefined) throw new SheetProblem('damaged', { part: 'xl/sharedStrings.xml' })
    return text
  }

  async load() {
    if (this.#texts) return
    const texts: string[] = []
    let text = ''
    let isText = false
    let isPhonetic = false
    const markup = new Markup({
      open(name) {
        if (name === 'si') text = ''
        else if (name === 'rPh') isPhonetic = true
        else if (name === 't') isText = !isPhonetic
      },
      text: (piece) => {
        if (isText) text += piece
      },
      close: (name) => {
        if (name === 't') isText = false
        else if (name === 'rPh') isPhonetic = false
        else if (name === 'si' && texts.push(unescaped(text)) > this.#limits.sharedStringsMax)
          throw new SheetProblem('too-many-cells', { limit: this.#limits.sharedStringsMax })
      },
    })
    const part = 'xl/sharedStrings.xml'
    if (this.#archive.has(part)) for await (const piece of this.#archive.texts(part)) markup.push(piece)
    markup.end()
    this.#texts = texts
  }
}
