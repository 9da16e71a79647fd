import { ProgramError } from '#src/program/error.ts'
import { mailOptions, readMailSettings, readPublicUrl } from '#src/program/mail.ts'
import { type Given, type Options, textOption, UsageError } from './command.ts'
import { findRunning, type Running } from './remote.ts'

export const servingOptions: Options = {
  port: { type: 'string' },
  host: { type: 'string' },
  charter: { type: 'string' },
  url: { type: 'string' },
  ...Object.fromEntries(mailOptions.map((name) => [`smtp-${name}`, { type: 'string' as const }])),
}

/** How the program is told to reach people: by mail or not, and under which address it is found. */
export const reachingOf = (given: Given) => ({
  mail: readMailSettings((name) => textOption(given, `smtp-${name}`)),
  url: readPublicUrl(textOption(given, 'url')),
})

const PORT = 8320

export type Listening = { readonly host: string; readonly port: number; readonly isChosen: boolean }

export function listeningOf(given: Given): Listening {
  const said = textOption(given, 'port')
  const port = Number(said ?? PORT)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError({ zh: `“${said}”不是端口号。`, en: `«${said}» is not a port.` })
  return { host: textOption(given, 'host') ?? '127.0.0.1', port, isChosen: said !== undefined }
}

/** Refuses to start beside a server that runs on the same data: its clock and its turns would not know of ours. */
export async function refuseSecond(mode: string) {
  const running = findRunning()
  if (running?.mode !== mode || !(await answers(running))) return
  throw new ProgramError({
    zh: `已有一个服务器在运行：${running.url}（进程 ${running.pid}）。请先停止它。`,
    en: `A server runs already: ${running.url} (process ${running.pid}). Stop it first.`,
  })
}

export const answers = ({ url }: Running): Promise<boolean> =>
  fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  )
