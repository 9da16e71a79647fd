import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'

/** Bytes that can be read from any place: a file that was uploaded, or what is in memory already. */
export type Source = {
  readonly bytes: number
  read(offset: number, length: number): Promise<Buffer>
  stream(offset: number, length: number): Readable
  close(): Promise<void>
}

export async function openSource(from: Uint8Array | string): Promise<Source> {
  return typeof from === 'string' ? openFile(from) : ofBytes(from)
}

function ofBytes(from: Uint8Array): Source {
  const all = Buffer.from(from.buffer, from.byteOffset, from.byteLength)
  return {
    bytes: all.length,
    read: async (offset, length) => all.subarray(offset, offset + length),
    stream: (offset, length) => Readable.from(slices(all.subarray(offset, offset + length))),
    close: async () => undefined,
  }
}

const SLICE_BYTES = 64 * 1024

function* slices(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) yield bytes.subarray(at, at + SLICE_BYTES)
}

async function openFile(path: string): Promise<Source> {
  const file = await open(path, 'r')
  const { size } = await file.stat()
  return {
    bytes: size,
    async read(offset, length) {
      const into = Buffer.alloc(Math.max(0, Math.min(length, size - offset)))
      const { bytesRead } = await file.read(into, 0, into.length, offset)
      return into.subarray(0, bytesRead)
    },
    stream: (offset, length) =>
      length === 0
        ? Readable.from([])
        : createReadStream(path, { start: offset, end: offset + length - 1, highWaterMark: SLICE_BYTES }),
    close: () => file.close(),
  }
}
