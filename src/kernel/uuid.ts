import { createHash, randomFillSync } from 'node:crypto'

const ID_BYTES = 16
/** Chance is fetched for many ids at once: asking the system for each costs more than all the rest of making it. */
const chance = Buffer.alloc(ID_BYTES * 256)
let used = chance.length

const written = (hex: string) =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`

/** A time-ordered id (RFC 9562, version 7), made by the application so that an act knows its id before it writes. */
export function v7(): string {
  if (used === chance.length) {
    randomFillSync(chance)
    used = 0
  }
  const id = chance.subarray(used, (used += ID_BYTES))
  id.writeUIntBE(Date.now(), 0, 6)
  id[6] = (id[6]! & 0x0f) | 0x70
  id[8] = (id[8]! & 0x3f) | 0x80
  return written(id.toString('hex'))
}

/**
 * The n-th id that an act gives (RFC 9562, version 8): the same each time, and far from those of acts at the same moment, so that
 * rows which many acts add and refer to do not lie on one page of an index, where serializable acts would fail on each other.
 */
export function scattered(act: string, n: number): string {
  const digest = createHash('sha256').update(`${act} ${n}`).digest()
  digest[6] = (digest[6]! & 0x0f) | 0x80
  digest[8] = (digest[8]! & 0x3f) | 0x80
  return written(digest.toString('hex'))
}
