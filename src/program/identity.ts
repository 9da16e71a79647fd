import { betterAuth } from 'better-auth'
import pg from 'pg'
import { ProgramError } from './error.ts'
import { derive } from './secret.ts'

const PASSWORD_LENGTH_MIN = 10
const PASSWORD_LENGTH_MAX = 128
const POOL_MAX = 4

/** Accounts and passwords of a production installation, and whose they are. */
export type Identity = {
  /** Cookies that sign the browser in, or undefined when the address or the password is wrong. */
  signIn(email: string, password: string, headers: Headers): Promise<readonly string[] | undefined>
  /** Cookies that sign it out; the session ends here as well. */
  signOut(headers: Headers): Promise<readonly string[]>
  /** Whose session the cookies name. */
  findPerson(headers: Headers): Promise<string | undefined>
  createAccount(account: NewAccount): Promise<void>
  close(): Promise<void>
}

export type NewAccount = {
  readonly person: string
  readonly name: string
  readonly email: string
  readonly password: string
}

const auth = (pool: pg.Pool, secret: string) =>
  betterAuth({
    database: pool,
    secret: derive(secret, 'accounts'),
    // Only used to build links, of which there are none; without it the library guesses from the request.
    baseURL: 'http://localhost',
    logger: { disabled: true },
    telemetry: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH_MIN,
      maxPasswordLength: PASSWORD_LENGTH_MAX,
    },
    advanced: { cookiePrefix: 'zeren', disableCSRFCheck: true },
  })

/** Opens the accounts on the application's role; the tables lie in a schema of their own. */
export function openIdentity(app: pg.ClientConfig, secret: string): Identity {
  const pool = new pg.Pool({
    ...app,
    max: POOL_MAX,
    options: '-c search_path=identity -c timezone=UTC',
    application_name: 'zeren-identity',
  })
  // A connection that breaks while idle is replaced at its next use.
  pool.on('error', () => undefined)
  const accounts = auth(pool, secret)
  return {
    async signIn(email, password, headers) {
      const answer = await accounts.api.signInEmail({ body: { email, password }, headers, asResponse: true })
      if (answer.status >= 500) throw new Error(`Signing in failed: ${await answer.text()}`)
      return answer.ok ? answer.headers.getSetCookie() : undefined
    },
    async signOut(headers) {
      const answer = await accounts.api.signOut({ headers, asResponse: true })
      return answer.headers.getSetCookie()
    },
    async findPerson(headers) {
      const session = await accounts.api.getSession({ headers })
      if (!session) return undefined
      const { rows } = await pool.query<{ person: string }>(
        'select person_id as person from account_person where user_id = $1',
        [session.user.id],
      )
      return rows[0]?.person
    },
    createAccount: (account) => createAccount(accounts, pool, account),
    close: () => pool.end(),
  }
}

async function createAccount(
  accounts: ReturnType<typeof auth>,
  pool: pg.Pool,
  { person, name, email, password }: NewAccount,
) {
  if (password.length < PASSWORD_LENGTH_MIN || password.length > PASSWORD_LENGTH_MAX)
    throw new ProgramError({
      zh: `密码须为 ${PASSWORD_LENGTH_MIN} 至 ${PASSWORD_LENGTH_MAX} 个字符。`,
      en: `A password has ${PASSWORD_LENGTH_MIN} to ${PASSWORD_LENGTH_MAX} characters.`,
    })
  if (!/^[^@\s]+@[^@\s]+$/.test(email))
    throw new ProgramError({ zh: `“${email}”不是电子邮箱地址。`, en: `«${email}» is not an e-mail address.` })
  const taken = await pool.query('select from account_person where person_id = $1', [person])
  if (taken.rowCount) throw new ProgramError({ zh: `${name}已有账号。`, en: `${name} has an account already.` })
  const context = await accounts.$context
  if (await context.internalAdapter.findUserByEmail(email.toLowerCase()))
    throw new ProgramError({ zh: `邮箱 ${email} 已有账号使用。`, en: `Another account uses the address ${email}.` })
  const user = await context.internalAdapter.createUser(
    { email: email.toLowerCase(), name, emailVerified: true },
    { method: 'email-password' },
  )
  try {
    const hashed = await context.password.hash(password)
    await context.internalAdapter.linkAccount({
      userId: user.id,
      accountId: user.id,
      providerId: 'credential',
      password: hashed,
    })
    await pool.query('insert into account_person (user_id, person_id) values ($1, $2)', [user.id, person])
  } catch (error) {
    // An account without a password or a person is no account.
    await pool.query('delete from "user" where id = $1', [user.id])
    throw error
  }
}
