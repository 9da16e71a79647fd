import { randomFillSync } from 'node:crypto'

const pool = Buffer.alloc(16)

/** A time-ordered id (RFC 9562, version 7), made by the application so that an act knows its id before it writes. */
export function v7(): string {
  randomFillSync(pool)
  pool.writeUIntBE(Date.now(), 0, 6)
  pool[6] = (pool[6]! & 0x0f) | 0x70
  pool[8] = (pool[8]! & 0x3f) | 0x80
  const hex = pool.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
