import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { ProgramError } from '#src/program/error.ts'
import type { Out } from './say.ts'

/** A password from the environment or typed unseen; never from the command line, where every process could read it. */
export async function readPassword(out: Out): Promise<string> {
  const given = process.env['ZEREN_PASSWORD']
  if (given !== undefined) return given
  if (!process.stdin.isTTY)
    throw new ProgramError({
      zh: '请在终端输入密码，或用环境变量 ZEREN_PASSWORD 给出。',
      en: 'Type the password at a terminal, or give it in ZEREN_PASSWORD.',
    })
  const first = await typeUnseen(out.say({ zh: '密码：', en: 'Password: ' }))
  const second = await typeUnseen(out.say({ zh: '再输一遍：', en: 'Once more: ' }))
  if (first !== second) throw new ProgramError({ zh: '两次输入不一致。', en: 'The two are not the same.' })
  return first
}

async function typeUnseen(question: string): Promise<string> {
  process.stderr.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reading = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  try {
    return await reading.question('')
  } finally {
    reading.close()
    process.stderr.write('\n')
  }
}

/** Asks before something that can't be taken back. */
export async function confirm(question: string): Promise<boolean> {
  const reading = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^(y|yes|是)$/i.test((await reading.question(question)).trim())
  } finally {
    reading.close()
  }
}
