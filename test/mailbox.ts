import type { AddressInfo, Socket } from 'node:net'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'

/** What a mailbox's server does when it is spoken with; by default it takes everything. */
export type Manners = {
  /** Says that it takes nothing at all, before it was asked anything. */
  refuses?: boolean
  /** What it says to a recipient: a code, silence, or nothing against it. */
  recipient?: (address: string) => number | 'silence' | undefined
  /** Ends the connection while the message with this number is on its way. */
  drops?: (times: number) => boolean
  /** How long it thinks before it says that it has a message. */
  slowMs?: number
}

export type Kept = { readonly id: string; readonly to: string; readonly subject: string; readonly raw: string }

/** A server of mail on this machine that keeps each message once by its Message-ID, as mailboxes do, and counts what it was offered. */
export class Mailbox {
  manners: Manners = {}
  readonly kept = new Map<string, Kept>()
  /** How often a message was taken, the same ones again included. */
  taken = 0
  readonly #server: SMTPServer
  #datas = 0

  private constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      closeTimeout: 100,
      maxClients: 50,
      onConnect: (_session, answer) => answer(this.manners.refuses ? coded('not today', 554) : null),
      onRcptTo: ({ address }, _session, answer) => {
        const said = this.manners.recipient?.(address)
        if (said === 'silence') return
        answer(said === undefined ? null : coded('not this one', said))
      },
      onData: (stream, session, answer) => {
        this.#datas += 1
        const isDropped = this.manners.drops?.(this.#datas) ?? false
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
          if (isDropped) this.#socketOf(session)?.destroy()
        })
        stream.on('end', () => {
          if (isDropped) return
          // It has the message from here on, whether or not the other side hears of it.
          this.#keep(Buffer.concat(chunks).toString('utf8'), session)
          setTimeout(() => answer(null), this.manners.slowMs ?? 0)
        })
      },
    })
    this.#server.on('error', () => undefined)
  }

  static async open(): Promise<Mailbox> {
    const mailbox = new Mailbox()
    await new Promise<void>((resolve) => mailbox.#server.listen(0, '127.0.0.1', resolve))
    return mailbox
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port
  }

  close = () => new Promise<void>((resolve) => this.#server.close(() => resolve()))

  #socketOf({ id }: SMTPServerSession): Socket | undefined {
    const connections = this.#server.connections as unknown as Iterable<{ id: string; _socket: Socket }>
    return [...connections].find((connection) => connection.id === id)?._socket
  }

  #keep(raw: string, { envelope }: SMTPServerSession) {
    this.taken += 1
    const id = /^Message-ID: <(.+?)>/im.exec(raw)?.[1] ?? ''
    const subject = /^Subject: ((?:.|\r\n[ \t])*)/im.exec(raw)?.[1] ?? ''
    if (!this.kept.has(id)) this.kept.set(id, { id, to: envelope.rcptTo[0]?.address ?? '', subject, raw })
  }
}

const coded = (message: string, responseCode: number) => Object.assign(new Error(message), { responseCode })
