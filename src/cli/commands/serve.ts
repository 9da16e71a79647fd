import path from 'node:path'
import { shippedCharter } from '#src/program/home.ts'
import { findRoot } from '#src/program/seats.ts'
import { type Command, textOption } from '../command.ts'
import { listeningOf, reachingOf, refuseSecond, servingOptions } from '../serving.ts'

/** The real thing: the real clock, people with accounts, and no made-up data. */
export const serve: Command = {
  name: 'serve',
  usage: '[--port PORT] [--host HOST] [--charter FOLDER] [--url ADDRESS] [--smtp-host HOST --smtp-from ADDRESS …]',
  purpose: {
    zh: '正式运行：真实日期，凭密码登录；数据库用 DATABASE_URL，未设则用自带的。',
    en: 'Runs a production: real clock, passwords; on DATABASE_URL, or else on the database that comes with it.',
  },
  options: servingOptions,
  async run(given) {
    const { out } = given
    const listening = listeningOf(given)
    await refuseSecond('production')
    // The program itself is read when it is wanted, and not to say how the command is typed.
    const { openProgram } = await import('#src/program/open.ts')
    const { serveUntilStopped } = await import('../until-stopped.ts')
    const charterFolder = path.resolve(textOption(given, 'charter') ?? shippedCharter)
    const program = await openProgram({
      mode: 'production',
      charterFolder,
      databaseUrl: process.env['DATABASE_URL'],
      ...reachingOf(given),
    })
    const root = await findRoot(program.reads.db, program.clock.today())
    return serveUntilStopped(program, listening, out, (url) => {
      out.print(out.say({ zh: `责任 · 正式运行 · ${url}`, en: `Zeren · production · ${url}` }))
      if (!root)
        out.note(
          out.say({ zh: '项目尚未启动：请运行 zeren init。', en: 'The programme is not founded yet: run zeren init.' }),
        )
    })
  },
}
