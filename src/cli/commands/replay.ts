import { engine as engineOn } from '#kernel/perform.ts'
import type { HistoryCheck } from '#src/history/check.ts'
import { Day, yuanOf } from '#kernel/words.ts'
import { connect } from '#src/program/connect.ts'
import { folderOf, shippedCharter } from '#src/program/home.ts'
import { loadCheck, loadReplay, openForHistory } from '#src/program/replay.ts'
import { readSecret } from '#src/program/secret.ts'
import { type Command, exitCodes, isSet, textOption, UsageError } from '../command.ts'
import type { Out } from '../say.ts'

const TELL_EVERY_MS = 2_000

/** Performs the whole history in a database of its own, and compares it with what the sources tell. */
export const replay: Command = {
  name: 'replay',
  usage: '[--to DAY] [--check]',
  purpose: {
    zh: '在单独的数据库中回放 2015–2020 年的历史；--check 与史实逐项核对。',
    en: 'Replays 2015–2020 in a database of its own; --check compares it with the facts.',
  },
  options: { to: { type: 'string' }, check: { type: 'boolean' } },
  async run(given) {
    const { out } = given
    const until = textOption(given, 'to') ?? '2020-12-31'
    if (!Day.safeParse(until).success)
      throw new UsageError({ zh: `“${until}”不是日期。`, en: `«${until}» is not a day.` })
    const folder = folderOf('replay')
    const { readSoundCharter, shippedRegistry } = await import('#src/program/open.ts')
    const charter = readSoundCharter(shippedCharter, shippedRegistry())
    const connections = await connect({
      folder,
      secret: readSecret(folder),
      databaseUrl: process.env['DATABASE_URL'],
      fresh: true,
    })
    const database = openForHistory({ ...connections.app, application_name: 'zeren-replay' })
    try {
      const engine = engineOn(database, charter)
      const begun = performance.now()
      await (
        await loadReplay()
      )({ engine, until, onProgress: telling(out) })
      out.note(
        out.say({
          zh: `回放至 ${until}，用时 ${seconds(begun)} 秒。`,
          en: `Replayed up to ${until} in ${seconds(begun)} s.`,
        }),
      )
      return isSet(given, 'check') ? compare(await (await loadCheck())(database.db, charter), out) : exitCodes.done
    } finally {
      await database.close()
      await connections.stop()
    }
  },
}

const seconds = (begun: number) => ((performance.now() - begun) / 1000).toFixed(1)

function telling(out: Out) {
  let last = 0
  return ({ done, total, on }: { done: number; total: number; on: string }) => {
    if (performance.now() - last < TELL_EVERY_MS) return
    last = performance.now()
    out.note(`  ${Math.floor((100 * done) / Math.max(1, total))} %  ${on}`)
  }
}

/** The table of exits as replayed, what is fact in it and what was made up around it, and every difference. */
function compare(told: HistoryCheck, out: Out): number {
  const { cells, differences, money, moneyDifferences, facts, madeUp } = told
  if (out.json)
    out.print(JSON.stringify(told, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value), 2))
  else {
    const rows = Map.groupBy(cells, ({ province }) => province)
    for (const [province, row] of rows)
      out.print(`${row.map(({ replayed }) => String(replayed).padStart(5)).join('')}  ${province}`)
    out.print(
      out.say({
        zh: '中央财政专项扶贫资金，元：年度、总额（事实）、分配到省、下达到县（均为演示模型）',
        en: 'The centre’s special funds, yuan: year, total (fact), handed to provinces, allocated to counties (both modelled)',
      }),
    )
    for (const { year, replayedFen, status, provincesFen, countiesFen } of money)
      out.print(
        `  ${year} ${status} ${[replayedFen, provincesFen, countiesFen].map((fen) => yuanOf(fen).padStart(20)).join('')}`,
      )
    out.print(out.say({ zh: '事实：', en: 'Facts:' }))
    for (const fact of facts) out.print(`  ${fact}`)
    out.print(out.say({ zh: '虚构：', en: 'Made up:' }))
    for (const each of madeUp) out.print(`  ${each}`)
    for (const { province, year, fact, replayed } of differences)
      out.print(
        out.say({
          zh: `✗ ${province} ${year}：事实 ${fact}，回放 ${replayed}`,
          en: `✗ ${province} ${year}: ${fact} in fact, ${replayed} replayed`,
        }),
      )
    for (const { year, factFen, replayedFen } of moneyDifferences)
      out.print(
        out.say({
          zh: `✗ ${year}年中央资金：事实 ${yuanOf(factFen)} 元，账上 ${yuanOf(replayedFen)} 元`,
          en: `✗ The centre's funds of ${year}: ${yuanOf(factFen)} yuan in fact, ${yuanOf(replayedFen)} in the books`,
        }),
      )
    if (differences.length === 0 && moneyDifferences.length === 0)
      out.print(
        out.say({
          zh: `✓ ${cells.length} 格和 ${money.length} 个年度的中央资金与事实完全一致。`,
          en: `✓ ${cells.length} cells and the central funds of ${money.length} years, none different from the facts.`,
        }),
      )
  }
  return differences.length === 0 && moneyDifferences.length === 0 ? exitCodes.done : exitCodes.refused
}
