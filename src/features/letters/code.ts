import { createHash } from 'node:crypto'
import { canonical } from '#kernel/canonical.ts'

/** Digits and letters that nobody mistakes for one another (Crockford's). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 12
const GROUP = 4

/** The short code under which anyone can check that a letter is true: a digest of all that was promised in it. */
export function verificationCode(content: unknown): string {
  const digest = createHash('sha256').update(canonical(content)).digest()
  const letters = Array.from({ length: LENGTH }, (_, at) => ALPHABET[(digest[at] ?? 0) % ALPHABET.length] ?? '0').join(
    '',
  )
  return grouped(letters)
}

/** A code as somebody typed it: in small letters, without its dashes, with O for 0 and l for 1. */
export const readCode = (typed: string) =>
  grouped(
    typed
      .toUpperCase()
      .replaceAll(/[^0-9A-Z]/g, '')
      .replaceAll('O', '0')
      .replaceAll(/[IL]/g, '1'),
  )

const grouped = (letters: string) => letters.replaceAll(new RegExp(`(.{${GROUP}})(?=.)`, 'g'), '$1-')
