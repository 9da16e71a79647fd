import type { AskName } from '#src/client/client.ts'
import { type Command, exitCodes, type Given, needWord } from '../command.ts'
import { remoteOptions, signedIn } from '../remote.ts'

const own = new Set(['lang', 'json', 'help', ...Object.keys(remoteOptions)])

/** Parameters that a question takes, as they were typed; the server reads numbers and lists out of them. */
export const parametersOf = ({ options }: Given, except: ReadonlySet<string> = own): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(options)
      .filter(([name]) => !except.has(name))
      .map(([name, value]) => [name, Array.isArray(value) && value.length === 1 ? value[0] : value]),
  )

/** Asks the running server a question. */
export const ask: Command = {
  name: 'ask',
  usage: 'NAME [--PARAMETER VALUE]… [--on DAY] [--map DAY] [--as UNIT/POST]',
  purpose: { zh: '提一个问题；可问任何一天的情况。', en: 'Asks a question, as of any day.' },
  options: remoteOptions,
  open: true,
  async run(given) {
    const name = needWord(given, 0, { zh: '问题名称', en: 'question’s name' }) as AskName
    const client = await signedIn(given)
    given.out.print(JSON.stringify(await client.ask(name, parametersOf(given) as never), null, 2))
    return exitCodes.done
  },
}
