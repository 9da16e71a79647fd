import { rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { buildServer } from '#src/http/server.ts'
import { keepMail } from '#src/jobs/mail.ts'
import { openMailServer } from '#src/jobs/mail-server.ts'
import { runChecks } from '#src/jobs/checks.ts'
import { keepNightly, runNightly } from '#src/jobs/nightly.ts'
import { links } from '#src/links.ts'
import { nightlyOf } from '#src/program/demonstration.ts'
import { ProgramError } from '#src/program/error.ts'
import { homeFolder, makeFolder } from '#src/program/home.ts'
import type { Program } from '#src/program/open.ts'
import { findRunning, type Running, serverFile } from './remote.ts'
import type { Out } from './say.ts'
import type { Listening } from './serving.ts'

const PORTS_TRIED = 20

/** Serves a programme until it is told to stop, finishes what is under way, and lets go of the database. */
export async function serveUntilStopped(
  program: Program,
  listening: Listening,
  out: Out,
  welcome: (url: string) => void,
): Promise<number> {
  const level = process.env['ZEREN_LOG'] ?? (program.mode === 'production' ? 'info' : 'warn')
  const logger = pino({ level }, pino.destination({ dest: 2, sync: true }))
  const app = await buildServer(program, { logger, trustProxy: process.env['ZEREN_TRUST_PROXY'] === '1' })
  const stopped = untilStopped()
  const leaveNightly = beginNightly(program, (error) => logger.error(error, 'the nightly run was not finished'))
  let leaveMail = () => Promise.resolve()
  try {
    const url = await listen(app, listening, out)
    note(url, program)
    leaveMail = startMail(program, url, (error) => logger.error(error, 'mail was not carried'))
    welcome(url)
    await stopped
    out.note(out.say({ zh: '正在停止 …', en: 'Stopping …' }))
  } finally {
    await leaveNightly()
    await leaveMail()
    await app.close()
    await program.close()
    forget()
  }
  return 0
}

/**
 * In production the mechanism's daily work is done for as long as it runs. A demonstration's day changes only when its visitor moves it, and
 * that move does the work of each day on the way; what is left is the day on which its history ends.
 */
function beginNightly(program: Program, onFailure: (error: unknown) => void): () => Promise<void> {
  const keeper = nightlyOf(program)
  if (program.mode === 'production') return keepNightly(keeper, onFailure)
  const leaving = new AbortController()
  const run = program.history.finished
    .then(async () => {
      const { signal } = leaving
      if (signal.aborted) return
      await runNightly(keeper, keeper.today(), { signal })
      await runChecks(keeper, keeper.today(), { signal })
    })
    .catch((error: unknown) => (leaving.signal.aborted ? undefined : onFailure(error)))
  // History that is not finished yet is cut off by the program's own end.
  let isFinished = false
  void run.finally(() => (isFinished = true))
  return async () => {
    leaving.abort()
    if (program.history.progress === null && !isFinished) await run
  }
}

/** Mail is carried where it was said how, once history is in place; nobody is written to about the past. */
function startMail(program: Program, url: string, onFailure: (error: unknown) => void): () => Promise<void> {
  const { mail, engine, charter, clock, acts, history } = program
  if (!mail) return () => Promise.resolve()
  const post = {
    database: engine.database,
    server: openMailServer(mail),
    connections: mail.connections,
    url: program.url ?? url,
  }
  const readerNow = () => {
    const today = clock.today()
    const reader = { db: engine.database.db, charter, on: today, today, map: today, actor: undefined, acts, links }
    return Promise.resolve(history.progress === null ? reader : undefined)
  }
  return keepMail(post, readerNow, onFailure)
}

/** The first signal asks to stop in order; the second no longer waits. */
function untilStopped(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.once(signal, () => {
      resolve()
      process.once(signal, () => process.exit(1))
    })
  }
  return promise
}

async function listen(app: FastifyInstance, { host, port, isChosen }: Listening, out: Out): Promise<string> {
  for (let at = port; ; at++) {
    try {
      await app.listen({ host, port: at })
      break
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
      if (at >= port + PORTS_TRIED || at >= 65_535) throw noPort(port, at)
      out.note(out.say({ zh: `端口 ${at} 已被占用，改用 ${at + 1}。`, en: `Port ${at} is taken; trying ${at + 1}.` }))
      if (isChosen && at === port)
        out.note(out.say({ zh: '（--port 所选端口不可用）', en: '(the port of --port cannot be had)' }))
    }
  }
  const { port: got, family } = app.server.address() as AddressInfo
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : family === 'IPv6' ? `[${host}]` : host
  return `http://${name}:${got}`
}

const noPort = (first: number, last: number) =>
  new ProgramError({
    zh: `端口 ${first} 至 ${last} 都被占用。请用 --port 另选。`,
    en: `The ports ${first} to ${last} are all taken. Choose another with --port.`,
  })

/** Leaves word of where the server listens, for the other commands. */
function note(url: string, { mode }: Program) {
  makeFolder(homeFolder())
  writeFileSync(serverFile(), `${JSON.stringify({ url, pid: process.pid, mode } satisfies Running)}\n`)
}

function forget() {
  if (findRunning()?.pid === process.pid) rmSync(serverFile(), { force: true })
}
