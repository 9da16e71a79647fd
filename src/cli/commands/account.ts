import { sittings } from '#kernel/standing.ts'
import { ProgramError } from '#src/program/error.ts'
import type { Program } from '#src/program/open.ts'
import { findPerson, findUnits } from '#src/program/seats.ts'
import { type Command, exitCodes, textOption, UsageError } from '../command.ts'
import { readPassword } from '../password.ts'

/** Gives an official of a production an account. */
export const account: Command = {
  name: 'account',
  usage: 'create --person ID|"UNIT/POST" --email ADDRESS',
  purpose: {
    zh: '为在职人员建立账号；密码在终端输入或取自 ZEREN_PASSWORD。',
    en: 'Makes an account for an official; the password is typed, or taken from ZEREN_PASSWORD.',
  },
  options: { person: { type: 'string' }, email: { type: 'string' } },
  async run(given) {
    const said = textOption(given, 'person')
    const email = textOption(given, 'email')
    if (given.words[0] !== 'create' || said === undefined || email === undefined)
      throw new UsageError({
        zh: '请写 account create --person … --email …。',
        en: 'Write account create --person … --email ….',
      })
    const password = await readPassword(given.out)
    const { openProgram } = await import('#src/program/open.ts')
    const program = await openProgram({ mode: 'production', databaseUrl: process.env['DATABASE_URL'] })
    try {
      const person = await thePerson(program, said)
      await program.identity?.createAccount({ person: person.id, name: person.name.zh, email, password })
      given.out.print(
        given.out.say({
          zh: `✓ ${person.name.zh} 可用 ${email} 登录。`,
          en: `✓ ${person.name.en} signs in as ${email}.`,
        }),
      )
      return exitCodes.done
    } finally {
      await program.close()
    }
  },
}

async function thePerson({ reads, clock }: Program, said: string) {
  const nobody = new ProgramError({ zh: `找不到“${said}”所指的人。`, en: `«${said}» names nobody.` })
  const [unitSaid, post] = said.split('/')
  if (post === undefined) {
    const known = /^[0-9a-f-]{36}$/i.test(said) ? await findPerson(reads.db, said) : undefined
    if (!known) throw nobody
    return known
  }
  const [unit, ...others] = await findUnits(reads.db, unitSaid ?? '', clock.today())
  if (!unit || others.length > 0) throw nobody
  const holder = (await sittings(reads.db, [unit.id], clock.today())).find((each) => each.post === post)
  if (!holder) throw nobody
  return holder.person
}
