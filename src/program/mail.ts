import { ProgramError } from './error.ts'

/** How mail leaves the house. Without it nothing is mailed, and the inbox says so. */
export type MailSettings = {
  readonly host: string
  readonly port: number
  /** TLS from the first byte, TLS asked for after the greeting and insisted on, or none. */
  readonly tls: 'tls' | 'starttls' | 'none'
  readonly user: string | undefined
  readonly password: string | undefined
  /** What stands in «From», and whose domain numbers the messages. */
  readonly from: string
  /** How many connections to the server are open at once. */
  readonly connections: number
}

const tlsKinds = ['tls', 'starttls', 'none'] as const
const PORTS = { tls: 465, starttls: 587, none: 25 } as const
const CONNECTIONS = 4

export const mailOptions = ['host', 'port', 'tls', 'user', 'from'] as const
export type MailOption = (typeof mailOptions)[number]

/**
 * Reads how mail leaves the house: from the command's options, else from `ZEREN_SMTP_HOST` and its like; no host, no mail.
 * The password comes from `ZEREN_SMTP_PASSWORD` alone: a command line is seen by everybody on the machine.
 */
export function readMailSettings(option: (name: MailOption) => string | undefined): MailSettings | undefined {
  const setting = (name: MailOption) => option(name) ?? process.env[`ZEREN_SMTP_${name.toUpperCase()}`]
  const host = setting('host')
  if (host === undefined || host === '') return undefined
  const said = setting('tls') ?? 'starttls'
  const tls = tlsKinds.find((each) => each === said)
  if (!tls) throw wrong('tls', said, { zh: 'tls、starttls 或 none', en: 'tls, starttls or none' })
  const port = Number(setting('port') ?? PORTS[tls])
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw wrong('port', String(setting('port')), { zh: '端口号', en: 'a port' })
  const from = setting('from') ?? ''
  if (!/^[^\s@]+@[^\s@]+$/.test(from)) throw wrong('from', from, { zh: '发件邮箱', en: 'an address to send from' })
  return {
    host,
    port,
    tls,
    user: setting('user'),
    password: process.env['ZEREN_SMTP_PASSWORD'],
    from,
    connections: CONNECTIONS,
  }
}

const wrong = (name: MailOption, said: string, wanted: { zh: string; en: string }) =>
  new ProgramError({
    zh: `--smtp-${name}（或 ZEREN_SMTP_${name.toUpperCase()}）为“${said}”，应为${wanted.zh}。`,
    en: `--smtp-${name} (or ZEREN_SMTP_${name.toUpperCase()}) is «${said}»; it should be ${wanted.en}.`,
  })

/** Where people find the program, for addresses in mail and calendars: `--url`, else `ZEREN_URL`. */
export function readPublicUrl(option: string | undefined): string | undefined {
  const said = option ?? process.env['ZEREN_URL']
  if (said === undefined || said === '') return undefined
  if (URL.canParse(said) && /^https?:$/.test(new URL(said).protocol)) return said.replace(/\/+$/, '')
  throw new ProgramError({
    zh: `--url（或 ZEREN_URL）为“${said}”，应为网址，如 https://zeren.example.org。`,
    en: `--url (or ZEREN_URL) is «${said}»; it should be an address such as https://zeren.example.org.`,
  })
}
