import { crc32, createInflateRaw } from 'node:zlib'
import type { SheetLimits } from './limits.ts'
import { SheetProblem } from './problems.ts'
import type { Source } from './source.ts'

type Entry = {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly packedBytes: number
  readonly offset: number
  readonly isEncrypted: boolean
}

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_ENTRY = 0x04034b50
const TAIL_BYTES = 65_557
const STORED = 0
const DEFLATED = 8
/** A part this small harms nobody, however well it was packed. */
const RATIO_FREE_BYTES = 8 * 1024 * 1024

/**
 * The parts of a zip archive. What it says of its own sizes is not believed: bytes are counted as they come out, against a limit for
 * the whole archive and against how far one part may grow.
 */
export class Archive {
  readonly #source: Source
  readonly #limits: SheetLimits
  readonly #entries: ReadonlyMap<string, Entry>
  #unpackedBytes = 0

  private constructor(source: Source, limits: SheetLimits, entries: ReadonlyMap<string, Entry>) {
    this.#source = source
    this.#limits = limits
    this.#entries = entries
  }

  static async open(source: Source, limits: SheetLimits): Promise<Archive> {
    const tailAt = Math.max(0, source.bytes - TAIL_BYTES)
    const tail = await source.read(tailAt, TAIL_BYTES)
    const end = findEnd(tail)
    if (end === undefined) throw new SheetProblem('damaged', { part: 'zip' })
    const count = tail.readUInt16LE(end + 10)
    const bytes = tail.readUInt32LE(end + 12)
    const offset = tail.readUInt32LE(end + 16)
    if (count > limits.entriesMax) throw new SheetProblem('zip-bomb')
    if (offset + bytes > source.bytes) throw new SheetProblem('damaged', { part: 'zip' })
    return new Archive(source, limits, readDirectory(await source.read(offset, bytes), count))
  }

  has(name: string): boolean {
    return this.#entries.has(name)
  }

  get names(): readonly string[] {
    return [...this.#entries.keys()]
  }

  /** A small part as text. */
  async text(name: string): Promise<string> {
    let text = ''
    for await (const piece of this.texts(name)) text += piece
    return text
  }

  /** A part as pieces of text, unpacked as they are asked for. */
  async *texts(name: string): AsyncGenerator<string> {
    const decoder = new TextDecoder('utf-8', { fatal: true })
    try {
      for await (const bytes of this.#unpack(name)) yield decoder.decode(bytes, { stream: true })
      yield decoder.decode()
    } catch (error) {
      if (error instanceof TypeError) throw new SheetProblem('damaged', { part: name })
      throw error
    }
  }

  async *#unpack(name: string): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(name)
    if (!entry) throw new SheetProblem('damaged', { part: name })
    if (entry.isEncrypted) throw new SheetProblem('encrypted')
    if (entry.method !== STORED && entry.method !== DEFLATED) throw new SheetProblem('damaged', { part: name })
    const head = await this.#source.read(entry.offset, 30)
    if (head.length < 30 || head.readUInt32LE(0) !== LOCAL_ENTRY) throw new SheetProblem('damaged', { part: name })
    const from = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
    if (from + entry.packedBytes > this.#source.bytes) throw new SheetProblem('damaged', { part: name })
    const packed = this.#source.stream(from, entry.packedBytes)
    const inflate = createInflateRaw()
    const unpacked = entry.method === STORED ? packed : packed.pipe(inflate)
    packed.on('error', (error) => inflate.destroy(error))
    let bytes = 0
    let crc = 0
    try {
      for await (const chunk of unpacked as AsyncIterable<Buffer>) {
        bytes += chunk.length
        this.#unpackedBytes += chunk.length
        this.#refuseGrowth(entry, bytes)
        crc = crc32(chunk, crc)
        yield chunk
      }
    } catch (error) {
      if (String((error as { code?: unknown }).code).startsWith('Z_')) throw new SheetProblem('damaged', { part: name })
      throw error
    } finally {
      packed.destroy()
      inflate.destroy()
    }
    if (crc !== entry.crc) throw new SheetProblem('damaged', { part: name })
  }

  #refuseGrowth(entry: Entry, bytes: number) {
    const { unpackedBytesMax, ratioMax } = this.#limits
    const hasBurst = bytes > RATIO_FREE_BYTES && bytes > ratioMax * Math.max(1, entry.packedBytes)
    if (this.#unpackedBytes > unpackedBytesMax || hasBurst) throw new SheetProblem('zip-bomb')
  }
}

function findEnd(tail: Buffer): number | undefined {
  for (let at = tail.length - 22; at >= 0; at--) if (tail.readUInt32LE(at) === END_OF_DIRECTORY) return at
  return undefined
}

function readDirectory(directory: Buffer, count: number): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  let at = 0
  for (let n = 0; n < count; n++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== DIRECTORY_ENTRY)
      throw new SheetProblem('damaged', { part: 'zip' })
    const nameBytes = directory.readUInt16LE(at + 28)
    const name = directory.toString('utf8', at + 46, at + 46 + nameBytes)
    entries.set(name, {
      name,
      isEncrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      packedBytes: directory.readUInt32LE(at + 20),
      offset: directory.readUInt32LE(at + 42),
    })
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}
