import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ProgramError } from './error.ts'
import { makeFolder } from './home.ts'

const SECRET_LENGTH_MIN = 32

/** The secret that cookies are signed with: `ZEREN_SECRET`, or one made once and kept beside the data, readable to its owner only. */
export function readSecret(folder: string): string {
  const given = process.env['ZEREN_SECRET']
  const file = path.join(folder, 'secret')
  if (given === undefined && !existsSync(file)) makeSecret(file)
  const secret = given ?? readFileSync(file, 'utf8').trim()
  if (secret.length < SECRET_LENGTH_MIN)
    throw new ProgramError({
      zh: `${given === undefined ? file : 'ZEREN_SECRET'} 中的密钥过短，至少需要 ${SECRET_LENGTH_MIN} 个字符。`,
      en: `The secret in ${given === undefined ? file : 'ZEREN_SECRET'} is too short; it needs at least ${SECRET_LENGTH_MIN} characters.`,
    })
  return secret
}

/** Written beside its place and linked there, so that two programs that start at once end up with one secret. */
function makeSecret(file: string) {
  makeFolder(path.dirname(file))
  const half = `${file}.${process.pid}`
  writeFileSync(half, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
  try {
    linkSync(half, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(half)
  }
}

/** A secret of its own for one use, so that knowing it tells nothing of the others. */
export const derive = (secret: string, use: string): string =>
  createHmac('sha256', secret).update(use).digest('base64url')
