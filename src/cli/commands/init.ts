import path from 'node:path'
import { perform } from '#kernel/perform.ts'
import { sittings } from '#kernel/standing.ts'
import { v7 } from '#kernel/uuid.ts'
import type { Text } from '#kernel/words.ts'
import { ProgramError } from '#src/program/error.ts'
import { shippedCharter } from '#src/program/home.ts'
import type { Program } from '#src/program/open.ts'
import { findRoot } from '#src/program/seats.ts'
import { type Command, exitCodes, type Given, textOption, UsageError } from '../command.ts'
import { tellReasons } from '../failure.ts'
import { readPassword } from '../password.ts'

/** Founds a programme in production and gives its first official an account; everybody else is appointed from there. */
export const init: Command = {
  name: 'init',
  usage: '--person "姓名/Name" --email ADDRESS [--unit "名称/Name"] [--post POST] [--charter FOLDER]',
  purpose: {
    zh: '启动正式项目，并为第一位经办人建立账号。',
    en: 'Founds a production’s programme and makes its first account.',
  },
  options: {
    person: { type: 'string' },
    email: { type: 'string' },
    unit: { type: 'string' },
    post: { type: 'string' },
    charter: { type: 'string' },
  },
  async run(given) {
    const name = twoNames(textOption(given, 'person'), '--person')
    const email = textOption(given, 'email')
    if (email === undefined)
      throw new UsageError({ zh: '请用 --email 给出邮箱。', en: 'Give the e-mail address with --email.' })
    const password = await readPassword(given.out)
    const { openProgram } = await import('#src/program/open.ts')
    const charterFolder = path.resolve(textOption(given, 'charter') ?? shippedCharter)
    const program = await openProgram({ mode: 'production', charterFolder, databaseUrl: process.env['DATABASE_URL'] })
    try {
      return await found(program, given, { name, email, password })
    } finally {
      await program.close()
    }
  },
}

type First = { readonly name: Text; readonly email: string; readonly password: string }

async function found(program: Program, given: Given, { name, email, password }: First): Promise<number> {
  const { charter, clock, engine, identity } = program
  const act = program.acts.find((each) => each.founding)
  const [top] = charter.tiers
  if (!act || !top || !identity) throw new Error('A production has an act that founds it, and accounts.')
  const half = await findFirstOfficial(program)
  const person = half ?? v7()
  if (half === undefined) {
    const unit = textOption(given, 'unit')
    const input = {
      unit: v7(),
      name: unit === undefined ? top.name : twoNames(unit, '--unit'),
      post: textOption(given, 'post') ?? firstPost(program),
      person: { id: person, name, madeUp: false },
    }
    const outcome = await perform(engine, act, input, {
      actor: { kind: 'mechanism' },
      key: 'init',
      at: clock.now(),
      via: 'cli',
    })
    if (outcome.outcome === 'refused') {
      tellReasons(outcome.refusals, '✗', given.out)
      return exitCodes.refused
    }
  }
  await identity.createAccount({ person, name: name.zh, email, password })
  given.out.print(
    given.out.say({
      zh: `✓ 项目已启动；${name.zh} 可用 ${email} 登录。`,
      en: `✓ The programme is founded; ${name.en} signs in as ${email}.`,
    }),
  )
  return exitCodes.done
}

/** An earlier init may have been cut off between the founding and the account: it is finished then, not begun anew. */
async function findFirstOfficial({ reads, clock, engine }: Program): Promise<string | undefined> {
  const root = await findRoot(reads.db, clock.today())
  if (!root) return undefined
  const accounts = await engine.database.pool.query('select from identity.account_person limit 1')
  if (accounts.rowCount !== 0)
    throw new ProgramError({
      zh: '项目已经启动，也已有账号。其他账号请用 zeren account create。',
      en: 'The programme is founded and has accounts. Make further ones with zeren account create.',
    })
  const [first] = await sittings(reads.db, [root.id], clock.today())
  return first?.person.id
}

/** The post that may appoint and maintain the divisions: who sits there can go on from nothing. */
function firstPost({ charter, clock }: Program): string {
  const top = charter.tiers[0]?.id ?? ''
  const holders = (duty: string) => charter.findDuty(duty, clock.today())?.held_by[top] ?? []
  const post =
    holders('appoint-officials').find((each) => holders('maintain-divisions').includes(each)) ??
    charter.tiers[0]?.principals[0]
  if (post === undefined) throw new Error('The charter has no post at its highest tier.')
  return post
}

function twoNames(said: string | undefined, option: string): Text {
  const [zh, en] = (said ?? '').split('/').map((each) => each.trim())
  if (!zh)
    throw new UsageError({
      zh: `请用 ${option} "中文名/Name" 给出名称。`,
      en: `Give the name with ${option} "中文名/Name".`,
    })
  return { zh, en: en || zh }
}
