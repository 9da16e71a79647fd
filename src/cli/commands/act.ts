import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import type { ActName } from '#src/client/client.ts'
import type { Rehearsal } from '#kernel/outcome.ts'
import { type Command, exitCodes, type Given, isSet, needWord, textOption, UsageError } from '../command.ts'
import { tellReasons } from '../failure.ts'
import { remoteOptions, signedIn } from '../remote.ts'
import type { Out } from '../say.ts'

/** Does an act on the running server, or says what would be refused. */
export const actCommand: Command = {
  name: 'act',
  usage: 'NAME --input FILE|- [--dry-run] [--key KEY] [--as UNIT/POST] [--server URL]',
  purpose: {
    zh: '办理一件事；--dry-run 只说明会不会被拒绝。',
    en: 'Does an act; with --dry-run only says what would be refused.',
  },
  options: { ...remoteOptions, input: { type: 'string' }, 'dry-run': { type: 'boolean' }, key: { type: 'string' } },
  async run(given) {
    const { out } = given
    // The server says whether there is such an act, so that an older program can speak to a newer server.
    const name = needWord(given, 0, { zh: '行为名称', en: 'act’s name' }) as ActName
    const input = (await readInput(given)) as never
    const client = await signedIn(given)
    if (isSet(given, 'dry-run')) return tellRehearsal(await client.rehearse(name, input), out)
    const key = textOption(given, 'key') ?? randomUUID()
    const done = await client.act(name, input, { key })
    if (out.json) out.print(JSON.stringify(done, null, 2))
    else out.print(`✓ ${name} · ${done.id}\n${JSON.stringify(done.result, null, 2)}`)
    return exitCodes.done
  },
}

async function readInput(given: Given): Promise<unknown> {
  const file = textOption(given, 'input')
  if (file === undefined)
    throw new UsageError({
      zh: '请用 --input 给出内容的文件，或用 - 从标准输入读取。',
      en: 'Give the file of the input with --input, or - for standard input.',
    })
  const written = file === '-' ? await text(process.stdin) : readText(file)
  try {
    return JSON.parse(written)
  } catch (error) {
    const reason = (error as Error).message
    throw new UsageError({ zh: `${file} 不是有效的 JSON：${reason}`, en: `${file} is not valid JSON: ${reason}` })
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError({ zh: `无法读取 ${file}（${code}）。`, en: `${file} cannot be read (${code}).` })
  }
}

function tellRehearsal(told: Rehearsal, out: Out): number {
  if (out.json) out.print(JSON.stringify(told, null, 2))
  else {
    for (const fine of told.fine) out.print(`✓ ${out.say(fine)}`)
    tellReasons(told.refusals, '✗', out)
    tellReasons(told.advice, '!', out)
    if (told.refusals.length === 0)
      out.print(out.say({ zh: '可以办理；什么也没有改变。', en: 'It would be done; nothing was changed.' }))
  }
  return told.refusals.length === 0 ? exitCodes.done : exitCodes.refused
}
