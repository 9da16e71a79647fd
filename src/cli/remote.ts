import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Client } from '#src/client/client.ts'
import { ProgramError } from '#src/program/error.ts'
import { homeFolder } from '#src/program/home.ts'
import { type Given, type Options, textOption, UsageError } from './command.ts'

/** What every command that speaks to a running server takes. */
export const remoteOptions: Options = { server: { type: 'string' }, as: { type: 'string' } }

export type Running = { readonly url: string; readonly pid: number; readonly mode: string }

export const serverFile = () => path.join(homeFolder(), 'server.json')

/** The server that was started here last, if its note is still there. */
export function findRunning(): Running | undefined {
  try {
    return JSON.parse(readFileSync(serverFile(), 'utf8')) as Running
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined
    throw error
  }
}

/** A client of the running server, signed in as the command line says. */
export async function signedIn(given: Given): Promise<Client> {
  const server = textOption(given, 'server') ?? findRunning()?.url
  if (server === undefined)
    throw new ProgramError({
      zh: '没有正在运行的服务器。请先运行 npm start，或用 --server 给出地址。',
      en: 'No server is running here. Run npm start first, or give its address with --server.',
    })
  if (!URL.canParse(server)) throw new UsageError({ zh: `“${server}”不是地址。`, en: `«${server}» is not an address.` })
  const client = new Client({ server: server.replace(/\/$/, ''), language: given.out.language, via: 'cli' })
  try {
    await signIn(client, textOption(given, 'as'))
  } catch (error) {
    throw unreachable(error, server)
  }
  return client
}

async function signIn(client: Client, as: string | undefined) {
  const email = process.env['ZEREN_EMAIL']
  const password = process.env['ZEREN_PASSWORD']
  if (email !== undefined && password !== undefined) await client.signIn({ email, password })
  if (as === undefined) {
    if (email === undefined) await client.session()
    return
  }
  const [unit, post] = as.split('/')
  if (!unit || !post)
    throw new UsageError({
      zh: '--as 的写法是 "单位代码或名称/职务"。',
      en: 'Write --as "<code or name of a unit>/<post>".',
    })
  await client.signIn({ unit, post })
}

/** `fetch` hides in its cause that nobody listens there. */
function unreachable(error: unknown, server: string): unknown {
  const cause = (error as { cause?: { code?: string } }).cause
  if (!(error instanceof TypeError) || cause === undefined) return error
  return new ProgramError(
    { zh: `${server} 没有响应（${cause.code ?? ''}）。`, en: `Nothing answers at ${server} (${cause.code ?? ''}).` },
    { cause: error },
  )
}

/** The id of the unit that a person named; as the server sees it on a day. */
export async function unitNamed(client: Client, said: string, on?: string): Promise<string> {
  const [unit, ...others] = await client.units(said, on)
  if (unit && others.length === 0) return unit.id
  const choices = [unit, ...others].map((each) => `${each?.name.zh ?? ''} ${each?.code ?? each?.id ?? ''}`).join('、')
  throw unit
    ? new ProgramError({
        zh: `有几个单位叫“${said}”：${choices}。请改用代码。`,
        en: `Several units are called «${said}»: ${choices}. Give the code.`,
      })
    : new ProgramError({ zh: `没有叫“${said}”的单位。`, en: `There is no unit «${said}».` })
}
