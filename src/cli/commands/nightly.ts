import { Day } from '#kernel/words.ts'
import { ProgramError } from '#src/program/error.ts'
import { type Command, exitCodes, textOption, UsageError } from '../command.ts'

/** Does now what the mechanism does once a day: for an installation whose server was down, or whose clock somebody else keeps. */
export const nightly: Command = {
  name: 'nightly',
  usage: '[--on DAY]',
  purpose: {
    zh: '立即执行每日任务：开列到期事项，采取到了日子的催办步骤，运行全部核查；重复执行不会重复采取。',
    en: 'Does the daily work now: opens what begins, takes the steps whose day has come, runs every check; doing it again takes nothing twice.',
  },
  options: { on: { type: 'string' } },
  async run(given) {
    const { out } = given
    const said = textOption(given, 'on')
    if (said !== undefined && !Day.safeParse(said).success)
      throw new UsageError({ zh: `“${said}”不是日期。`, en: `«${said}» is not a day.` })
    const { openProgram } = await import('#src/program/open.ts')
    const { nightlyOf } = await import('#src/program/demonstration.ts')
    const { runNightly } = await import('#src/jobs/nightly.ts')
    const { runChecks } = await import('#src/jobs/checks.ts')
    const program = await openProgram({ mode: 'production', databaseUrl: process.env['DATABASE_URL'] })
    try {
      const today = program.clock.today()
      const on = said ?? today
      if (on > today)
        throw new ProgramError({
          zh: `${on} 还没有到；今天是 ${today}。`,
          en: `${on} has not come yet; today is ${today}.`,
        })
      const run = await runNightly(nightlyOf(program), on, {
        onAct: ({ step, taken }) => out.note(`${step}  ${taken}`),
      })
      const checked = await runChecks(nightlyOf(program), on, {
        onCheck: ({ check, total, fresh, gone }) => out.note(`${check}  ${total}  +${fresh}  −${gone}`),
      })
      if (out.json) out.print(JSON.stringify({ on, ...run, checked }))
      else
        out.print(
          out.say({
            zh: `✓ ${on}：办理 ${run.acts} 件，采取步骤 ${run.steps} 步${run.left > 0 ? `；${run.left} 件稍后再办` : ''}；核查 ${checked.checks} 条，查出 ${checked.total} 处，新增 ${checked.fresh}，消除 ${checked.gone}。`,
            en: `✓ ${on}: ${run.acts} acts, ${run.steps} steps taken${run.left > 0 ? `; ${run.left} acts are left for the next run` : ''}; ${checked.checks} checks, ${checked.total} found, ${checked.fresh} new, ${checked.gone} gone.`,
          }),
        )
      return run.left + checked.left === 0 ? exitCodes.done : exitCodes.refused
    } finally {
      await program.close()
    }
  },
}
