import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { acts } from '#src/acts.ts'
import { links } from '#src/links.ts'
import { fillOutbox } from '#src/jobs/mail.ts'
import { historyEnd } from '#src/history/replay.ts'
import { Mailbox } from '#test/mailbox.ts'
import type { MailTask } from '#test/mail-worker.ts'
import { benchWorld, report } from './world.ts'

const MAILS = 10_000
const CONNECTIONS = 4
const LEASE_MS = 1_000
const SECONDS_MAX = 120
const KILL_AT = 4_000

/** Ten thousand messages queued from what is owed in the replayed country, and sent to a server on this machine; the worker is killed half-way. */
const world = await benchWorld()
const { pool } = world.owner
const pause = (ms: number) => new Promise<void>((resume) => setTimeout(resume, ms))
const mailbox = await Mailbox.open()

/** The country between two runs has neither addresses nor mail. */
async function clear() {
  await pool.query(`set session_replication_role = replica;
    delete from mail; delete from mail_seen; delete from contact_private; delete from contact;
    set session_replication_role = origin`)
}

/** Everybody who sits somewhere has an address and wants to hear of everything, from the beginning. */
async function everybodyHasAnAddress() {
  await pool.query(`
    set session_replication_role = replica;
    insert into contact (id, person_id, shown, wants, set_on, set_by, confirmed_on, confirmed_by)
    select gen_random_uuid(), person_id, 'x…@bench.example', '{owed,late,below,waiting}', '2014-01-01', gen_random_uuid(), '2014-01-01', gen_random_uuid()
      from (select distinct person_id from appointment where valid_at @> '${historyEnd}'::date) p;
    insert into contact_private (contact_id, person_id, address, code, act_id)
    select id, person_id, person_id || '@bench.example', '000000', set_by from contact;
    insert into mail_seen (upto) values ('2014-01-01');
    set session_replication_role = origin`)
}

async function countOf(where: string): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(`select count(*)::int as n from mail where ${where}`)
  return rows[0]?.n ?? 0
}

function work() {
  const task: MailTask = {
    database: world.connections.app,
    port: mailbox.port,
    connections: CONNECTIONS,
    leaseMs: LEASE_MS,
  }
  return spawn(process.execPath, [path.join(import.meta.dirname, '../test/mail-worker.ts')], {
    env: { ...process.env, MAIL_TASK: JSON.stringify(task) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

await clear()
await everybodyHasAnAddress()
const on = historyEnd
const reader = {
  db: world.reads.db,
  charter: world.engine.charter,
  on,
  today: on,
  map: on,
  actor: undefined,
  acts,
  links,
}
const begun = performance.now()
const found = await fillOutbox(world.engine.database, reader)
const queued = (performance.now() - begun) / 1000
// Those beyond ten thousand are left out; where history holds fewer, the rest say the same to the same people under names of their own.
await pool.query(`delete from mail where id in (select id from mail order by id offset ${MAILS})`)
if (found < MAILS)
  await pool.query(`insert into mail (id, person_id, event, says, of_day)
    select gen_random_uuid(), m.person_id, m.event || '/' || n, m.says, m.of_day
      from generate_series(1, ${Math.ceil(MAILS / Math.max(1, found))}) n, (select * from mail order by id) m limit ${MAILS - found}`)

const from = performance.now()
const first = work()
while (mailbox.taken < KILL_AT) await pause(5)
first.kill('SIGKILL')
await once(first, 'exit')
const left = await countOf(`state <> 'sent'`)
await pause(LEASE_MS + 100)
const second = work()
const [code] = (await once(second, 'exit')) as [number | null]
const seconds = (performance.now() - from) / 1000
const sent = await countOf(`state = 'sent'`)
const again = mailbox.taken - mailbox.kept.size
report({
  claim: '10,000 e-mails queued and sent across a kill -9 of the worker: none lost, none doubled in the mailbox',
  measured: `${mailbox.kept.size} different messages in the mailbox, ${sent} marked sent (${left} were left when it was killed); ${again} were offered and taken twice under the same Message-ID, at most ${CONNECTIONS} under way; exit ${code}`,
  against: `${MAILS} messages, each once; at most ${CONNECTIONS} offered again`,
  ratio: mailbox.kept.size / MAILS,
  isMet: mailbox.kept.size === MAILS && sent === MAILS && again <= CONNECTIONS,
})
report({
  claim:
    '10,000 e-mails sent to a server on the same machine within two minutes, the kill and the wait for its lease included',
  measured: `${seconds.toFixed(1)} s, ${Math.round(MAILS / seconds)} a second over ${CONNECTIONS} connections; ${found} messages found and queued in ${queued.toFixed(1)} s`,
  against: `limit ${SECONDS_MAX} s`,
  ratio: seconds / SECONDS_MAX,
  isMet: seconds < SECONDS_MAX,
})
await clear()
await mailbox.close()
await world.close()
