import { acts } from '#src/acts.ts'
import { asks } from '#src/asks.ts'
import { figures } from '#src/figures.ts'
import type { AnyAct } from '#kernel/act.ts'
import type { AnyAsk } from '#kernel/ask.ts'
import { type Charter, readCharter } from '#kernel/charter.ts'
import { checkCharter } from '#kernel/charter-check.ts'
import { type Check, shippedChecks } from '#kernel/check.ts'
import { type Database, openDb } from '#kernel/db.ts'
import type { Figure } from '#kernel/figure.ts'
import { type Engine, engine } from '#kernel/perform.ts'
import type { Day } from '#kernel/words.ts'
import { type Clock, DemonstrationClock, findDemonstrationDay, realClock } from './clock.ts'
import { connect, type Connections } from './connect.ts'
import { ProgramError } from './error.ts'
import { type History, noHistory, startHistory } from './history.ts'
import { folderOf, type Mode, shippedCharter } from './home.ts'
import { type Identity, openIdentity } from './identity.ts'
import type { MailSettings } from './mail.ts'
import { readSecret } from './secret.ts'

/** The day that a demonstration stands on unless another is chosen: the first National Poverty Relief Day with exits under way. */
export const demonstrationDay = '2018-10-17'

/** All that can be done, asked, counted and found wrong. */
export type Registry = {
  readonly acts: readonly AnyAct[]
  readonly asks: readonly AnyAsk[]
  readonly figures: readonly Figure[]
  readonly checks: readonly Check[]
}

/** A programme that runs: its law, its memory, its clock, and whoever may come in. */
export type Program = Registry & {
  readonly mode: Mode
  readonly charter: Charter
  /** What acts run on. */
  readonly engine: Engine
  /** What reads run on, as a role that can't write. */
  readonly reads: Database
  readonly clock: Clock
  /** Set in a demonstration, whose clock can be moved. */
  readonly demonstration: DemonstrationClock | undefined
  /** Set in production, where people have accounts. */
  readonly identity: Identity | undefined
  readonly history: History
  readonly secret: string
  /** How mail leaves the house; undefined where none is sent. */
  readonly mail: MailSettings | undefined
  /** Where people find the program, for addresses in mail and calendars. */
  readonly url: string | undefined
  close(): Promise<void>
}

export type Opening = {
  readonly mode: Mode
  readonly charterFolder?: string
  /** Where the installation's own files lie; by default a folder for each mode. */
  readonly folder?: string
  readonly databaseUrl?: string | undefined
  /** The day that a new demonstration begins on. */
  readonly day?: Day | undefined
  readonly mail?: MailSettings | undefined
  readonly url?: string | undefined
}

/** Everything that the product can do, as it is shipped. */
export function shippedRegistry(): Registry {
  return { acts, asks, figures, checks: shippedChecks() }
}

/** Reads a charter that is fit to be run on; one with a gap or a contradiction is refused with the list of them. */
export function readSoundCharter(folder: string, registry: Pick<Registry, 'acts' | 'figures'>): Charter {
  const charter = readCharter(folder)
  const problems = checkCharter(charter, registry.acts, registry.figures)
  if (problems.length === 0) return charter
  const list = (language: 'zh' | 'en') =>
    problems.map(({ where, sentence }) => `\n· ${where}: ${sentence[language]}`).join('')
  throw new ProgramError({
    zh: `章程有 ${problems.length} 处缺口或矛盾，系统不予启动：${list('zh')}`,
    en: `The charter has ${problems.length} gaps or contradictions, so the program does not start:${list('en')}`,
  })
}

/** Opens a programme: its database is started, made and migrated as needed, and in a demonstration history begins to be performed. */
export async function openProgram({
  mode,
  charterFolder = shippedCharter,
  folder = folderOf(mode),
  databaseUrl,
  day,
  mail,
  url,
}: Opening): Promise<Program> {
  const registry = shippedRegistry()
  const charter = readSoundCharter(charterFolder, registry)
  const secret = readSecret(folder)
  const connections = await connect({ folder, secret, databaseUrl })
  try {
    return await assemble({
      mode,
      charter,
      registry,
      connections,
      secret,
      day,
      mail,
      url,
      historyOf: mode === 'demonstration' ? charterFolder : undefined,
    })
  } catch (error) {
    await connections.stop()
    throw error
  }
}

export type Parts = {
  readonly mode: Mode
  readonly charter: Charter
  readonly registry: Registry
  readonly connections: Connections
  readonly secret: string
  readonly day?: Day | undefined
  readonly mail?: MailSettings | undefined
  readonly url?: string | undefined
  /** The charter's folder under which history is performed; without it there is none. */
  readonly historyOf?: string | undefined
}

/** Puts a programme together on a database that is there. */
export async function assemble({
  mode,
  charter,
  registry,
  connections,
  secret,
  day,
  mail,
  url,
  historyOf,
}: Parts): Promise<Program> {
  const { owner, app, reader } = connections
  const forActs = openDb({ ...app, forActs: true, application_name: 'zeren' })
  const reads = openDb({ ...reader, readOnly: true, application_name: 'zeren-reads' })
  const identity = mode === 'production' ? openIdentity(app, secret) : undefined
  let history = noHistory
  const close = async () => {
    await history.stop()
    await Promise.all([forActs.close(), reads.close(), identity?.close()])
    await connections.stop()
  }
  try {
    await refuseTheOther(mode, forActs)
    const demonstration = mode === 'demonstration' ? await standOn(forActs, day) : undefined
    if (demonstration && historyOf !== undefined)
      history = await startHistory(forActs, owner, { app, charterFolder: historyOf, until: await firstDay(forActs) })
    const clock = demonstration ?? realClock
    return {
      ...registry,
      mode,
      charter,
      engine: engine(forActs, charter),
      reads,
      clock,
      demonstration,
      identity,
      history,
      secret,
      mail,
      url,
      close,
    }
  } catch (error) {
    await Promise.all([forActs.close(), reads.close(), identity?.close()])
    throw error
  }
}

/** A demonstration's made-up deeds and a real programme's never share a database. */
async function refuseTheOther(mode: Mode, database: Database) {
  const demonstration = await findDemonstrationDay(database)
  const real = await database.db
    .selectFrom('journal')
    .select('id')
    .where('via', 'in', ['web', 'cli', 'job'])
    .limit(1)
    .executeTakeFirst()
  if (mode === 'production' && demonstration !== undefined)
    throw new ProgramError({
      zh: `这个数据库是演示用的（停在 ${demonstration}），不能用于正式运行。请换一个空的数据库。`,
      en: `This database holds a demonstration (it stands on ${demonstration}); a production cannot run on it. Name an empty one.`,
    })
  if (mode === 'demonstration' && demonstration === undefined && real)
    throw new ProgramError({
      zh: '这个数据库属于正式运行的项目，不能用作演示。请换一个空的数据库。',
      en: 'This database belongs to a production; a demonstration cannot run on it. Name an empty one.',
    })
}

async function standOn(database: Database, day: Day | undefined): Promise<DemonstrationClock> {
  const clock = await DemonstrationClock.open(database, day ?? demonstrationDay)
  if (day === undefined || day === clock.today()) return clock
  throw new ProgramError({
    zh: `演示已停在 ${clock.today()}，不能以 ${day} 启动。请在演示中前移日期，或先运行 zeren reset。`,
    en: `The demonstration stands on ${clock.today()} and cannot start on ${day}. Move its day forward in the demonstration, or run zeren reset first.`,
  })
}

/** History is what came before the first day of the demonstration, wherever it was moved since. */
async function firstDay(database: Database): Promise<Day> {
  const row = await database.db
    .selectFrom('demonstration_day')
    .select('day')
    .orderBy('day')
    .limit(1)
    .executeTakeFirstOrThrow()
  return row.day
}
