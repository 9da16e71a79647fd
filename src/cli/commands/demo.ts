import path from 'node:path'
import { Day } from '#kernel/words.ts'
import { shippedCharter } from '#src/program/home.ts'
import type { Program } from '#src/program/open.ts'
import { type Command, textOption, UsageError } from '../command.ts'
import { listeningOf, reachingOf, refuseSecond, servingOptions } from '../serving.ts'
import type { Out } from '../say.ts'

const PROGRESS_MS = 5_000

/** A world to work in: history up to a day, everything after it the visitor's to do. */
export const demo: Command = {
  name: 'demo',
  usage: '[--day DAY] [--port PORT]',
  purpose: {
    zh: '启动演示：历史回放到所选日期，之后由您来办。',
    en: 'Starts the demonstration: history up to a day, the rest is yours to do.',
  },
  options: { ...servingOptions, day: { type: 'string' } },
  async run(given) {
    const { out } = given
    const day = textOption(given, 'day')
    if (day !== undefined && !Day.safeParse(day).success)
      throw new UsageError({
        zh: `“${day}”不是 YYYY-MM-DD 形式的日期。`,
        en: `«${day}» is not a day of the form YYYY-MM-DD.`,
      })
    const listening = listeningOf(given)
    await refuseSecond('demonstration')
    // The program itself is read when it is wanted, and not to say how the command is typed.
    const { openProgram } = await import('#src/program/open.ts')
    const { serveUntilStopped } = await import('../until-stopped.ts')
    const charterFolder = path.resolve(textOption(given, 'charter') ?? shippedCharter)
    const program = await openProgram({
      mode: 'demonstration',
      charterFolder,
      databaseUrl: process.env['DATABASE_URL'],
      day,
      ...reachingOf(given),
    })
    const telling = tellHistory(program, out)
    try {
      return await serveUntilStopped(program, listening, out, (url) => welcome(program, url, out))
    } finally {
      clearInterval(telling)
    }
  },
}

function welcome({ clock, history }: Program, url: string, out: Out) {
  const today = clock.today()
  out.print(
    out.say({
      zh: `\n  责任 · 演示停在 ${today}\n  打开      ${url}\n  登录      选一个职务即可，如：河北省望都县 县长；人名均为虚构\n  命令行    zeren act|ask … --as "望都县/county-head"\n  停止      Ctrl-C；重新开始：zeren reset\n`,
      en: `\n  Zeren · the demonstration stands on ${today}\n  Open      ${url}\n  Sign in   by choosing a seat, such as the head of Wangdu County, Hebei; the people are made up\n  Commands  zeren act|ask … --as "望都县/county-head"\n  Stop      Ctrl-C; begin anew: zeren reset\n`,
    }),
  )
  if (history.progress)
    out.note(
      out.say({
        zh: '历史正在回放，期间可以查阅。',
        en: 'History is being replayed; meanwhile everything can be read.',
      }),
    )
}

/** Says now and then how far history is, and when it is done. */
function tellHistory({ history }: Program, out: Out) {
  const timer = setInterval(() => {
    const { progress } = history
    if (progress && progress.total > 0)
      out.note(`  ${Math.floor((100 * progress.done) / progress.total)} %  ${out.say(progress.label)}`)
  }, PROGRESS_MS)
  const isRunning = history.progress !== null
  history.finished.then(
    () => {
      clearInterval(timer)
      // A replay that was cut off by a stop has not finished either.
      if (isRunning && history.progress === null)
        out.note(out.say({ zh: '历史已就绪，可以办理了。', en: 'History is in place; now act.' }))
    },
    (error: Error) => {
      clearInterval(timer)
      out.note(
        out.say({ zh: `历史回放中断：${error.message}`, en: `The replay of history stopped short: ${error.message}` }),
      )
    },
  )
  return timer
}
