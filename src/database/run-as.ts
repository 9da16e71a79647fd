import { spawnSync, type SpawnOptions } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** How PostgreSQL's programs are run so that they do not see themselves as root. */
export interface RunAs {
  /** Words to put before the command. */
  prefix: string[]
  options: SpawnOptions
  /** Set when the programs run as another real user, who must then own the cluster's files. */
  owner?: { uid: number; gid: number }
}

const userNamespace = ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--']

/**
 * PostgreSQL refuses to run as root, and many containers have nobody else. First choice: a user namespace in which our
 * uid 0 is seen as nobody; files stay root's, it works below /root, no user is made and nothing changes its owner.
 * Second choice, where user namespaces are forbidden: a real other user, who needs an entry in /etc/passwd for initdb.
 */
export function runAs(): RunAs {
  if (process.getuid?.() !== 0) return { prefix: [], options: {} }
  const [command, ...args] = userNamespace
  const namespaceWorks = process.env['ZEREN_RUN_AS'] !== 'user' && spawnSync(command!, [...args, 'true']).status === 0
  if (namespaceWorks) return { prefix: userNamespace, options: {} }
  const owner = otherUser()
  return { prefix: [], options: { ...owner, cwd: '/' }, owner }
}

function otherUser(): { uid: number; gid: number } {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody')
  if (!user) throw new Error('Running as root, and there is no user "postgres" or "nobody" to run PostgreSQL as.')
  return { uid: Number(user[2]), gid: Number(user[3]) }
}

/** Whether the user that PostgreSQL runs as may pass through this directory. */
export function maySearch(directory: string, as: RunAs): boolean {
  return spawnSync('test', ['-x', directory], as.options).status === 0
}
