import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { layOut, recognise } from '#src/database/data-directory.ts'
import { findPostmaster } from '#src/database/postmaster.ts'
import { runAs } from '#src/database/run-as.ts'
import { databaseFolder, folderOf } from '#src/program/home.ts'
import { type Command, exitCodes, isSet, UsageError } from '../command.ts'
import { confirm } from '../password.ts'
import { refuseSecond } from '../serving.ts'
import type { Out } from '../say.ts'

/** Forgets the demonstration, so that the next start begins anew. A directory that is not ours is left alone. */
export const reset: Command = {
  name: 'reset',
  usage: '[--yes]',
  purpose: {
    zh: '清除演示数据，下次启动重新开始；不涉及正式数据。',
    en: 'Forgets the demonstration’s data; a production’s are never touched.',
  },
  options: { yes: { type: 'boolean' } },
  async run(given) {
    const { out } = given
    const folder = folderOf('demonstration')
    await refuseSecond('demonstration')
    const layout = layOut(databaseFolder(folder), runAs())
    if (!existsSync(layout.root)) {
      out.print(out.say({ zh: '没有演示数据。', en: 'There is no demonstration to forget.' }))
      return exitCodes.done
    }
    // Throws, and says why, when the directory is not one that this program made.
    recogniseAny(layout)
    if (!isSet(given, 'yes') && !(await isSure(layout.root, out))) return exitCodes.refused
    await stopDatabase(layout.cluster)
    rmSync(layout.root, { recursive: true, force: true })
    rmSync(layout.socketDir, { recursive: true, force: true })
    rmSync(path.join(folder, 'secret'), { force: true })
    if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder)
    out.print(out.say({ zh: `✓ 已清除 ${layout.root}。`, en: `✓ Forgotten: ${layout.root}.` }))
    return exitCodes.done
  },
}

/** A cluster of ours that is damaged or of an older PostgreSQL may be forgotten too: only a stranger's may not. */
function recogniseAny(layout: ReturnType<typeof layOut>) {
  try {
    recognise(layout)
  } catch (error) {
    const { code } = error as { code?: string }
    if (code !== 'damaged' && code !== 'other-version') throw error
  }
}

async function isSure(root: string, out: Out): Promise<boolean> {
  if (!process.stdin.isTTY) throw new UsageError({ zh: '请加 --yes 确认。', en: 'Add --yes to confirm.' })
  return confirm(
    out.say({
      zh: `将删除 ${root} 中的演示数据，不可恢复。继续吗？[是/否] `,
      en: `This deletes the demonstration in ${root} for good. Go on? [yes/no] `,
    }),
  )
}

async function stopDatabase(cluster: string) {
  const server = findPostmaster(cluster)
  if (!server) return
  process.kill(server.pid, 'SIGINT')
  while (findPostmaster(cluster)?.pid === server.pid) await delay(20)
}
