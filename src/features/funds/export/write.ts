import type { Book } from './book.ts'
import type { Language } from './names.ts'

/** Takes a piece of the file, and settles when there is room for more. */
export type Write = (piece: string | Uint8Array) => Promise<void>

/** Writes a book in one format. */
export type Writer = (book: Book, language: Language, write: Write) => Promise<void>

const PIECE_LENGTH_MIN = 32_768

/** Gathers lines, so that a file of a million of them leaves in some thousands of pieces. */
export function gathering(write: Write) {
  let waiting: string[] = []
  let length = 0
  const flush = async () => {
    if (length === 0) return
    const piece = waiting.join('')
    waiting = []
    length = 0
    await write(piece)
  }
  const piece = async (text: string) => {
    waiting.push(text)
    length += text.length
    if (length >= PIECE_LENGTH_MIN) await flush()
  }
  return {
    piece,
    line: (...texts: string[]) => piece(texts.map((text) => `${text}\n`).join('')),
    flush,
  }
}
