import { createTransport } from 'nodemailer'
import type { MailSettings } from '#src/program/mail.ts'

export type Envelope = {
  /** The message's own number: the same however often it is offered. */
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly date: Date
}

/**
 * What became of offering a message. `away`: the server did not come to speak of this message at all, so that nothing is said of it.
 * `uncertain`: the connection broke while it had the message in hand; it may have kept it.
 */
export type Offered = { readonly how: 'taken' | 'later' | 'never' | 'away' | 'uncertain'; readonly said: string }

export type MailServer = { offer(envelope: Envelope): Promise<Offered>; close(): void }

const TIMEOUT_MS = 30_000
const SAID_MAX = 500

/** A server that takes mail over SMTP, over a few connections that stay open. */
export function openMailServer(settings: MailSettings, timeoutMs = TIMEOUT_MS): MailServer {
  const { host, port, tls, user, password, from, connections } = settings
  const domain = from.split('@')[1] ?? 'zeren'
  const transport = createTransport({
    pool: true,
    maxConnections: connections,
    maxMessages: Number.POSITIVE_INFINITY,
    // It asks again by itself only where no byte of the message was sent.
    maxRequeues: 1,
    host,
    port,
    secure: tls === 'tls',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async offer({ id, to, subject, text, date }) {
      try {
        const { response } = await transport.sendMail({
          from: { name: 'Zeren 责任', address: from },
          to: { name: '', address: to },
          subject,
          text,
          date,
          messageId: `<${id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        })
        return { how: 'taken', said: cut(response) }
      } catch (error) {
        return offeredInVain(error as SmtpError)
      }
    },
    close: () => transport.close(),
  }
}

type SmtpError = Error & {
  readonly code?: string
  readonly originalCode?: string
  readonly responseCode?: number
  readonly timeoutType?: string
}

const cut = (text: string) => text.slice(0, SAID_MAX)

/** It closes the connection whatever was asked: it says nothing of the message. */
const CLOSING = 421

function offeredInVain({ code, originalCode, responseCode, timeoutType, message }: SmtpError): Offered {
  const said = cut(message)
  const isAnswer = code === 'EENVELOPE' || code === 'EMESSAGE'
  if (isAnswer && responseCode !== CLOSING)
    return { how: responseCode !== undefined && responseCode < 500 ? 'later' : 'never', said }
  const isBroken =
    timeoutType === 'SOCKET_TIMEOUT' ||
    originalCode === 'ECONNRESET' ||
    originalCode === 'EPIPE' ||
    (code === 'ECONNECTION' && responseCode === undefined && message.includes('closed'))
  return { how: isBroken && !message.includes('retries') ? 'uncertain' : 'away', said }
}
