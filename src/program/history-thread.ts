import { parentPort, workerData } from 'node:worker_threads'
import { readCharter } from '#kernel/charter.ts'
import { openDb } from '#kernel/db.ts'
import { engine } from '#kernel/perform.ts'
import type { Task, Told } from './history.ts'
import { loadReplay } from './replay.ts'

/** The thread in which history is performed, on a pool of its own. It can be cut off at any moment and begun again. */
const { app, charterFolder, until } = workerData as Task
const tell = (told: Told) => parentPort?.postMessage(told)

const database = openDb({ ...app, forActs: true, application_name: 'zeren-history' })
// What history performed can be performed again: its commits need not wait for the disk. The last word, written elsewhere, does.
database.pool.on('connect', (client) => void client.query('set synchronous_commit = off'))
try {
  const replay = await loadReplay()
  await replay({ engine: engine(database, readCharter(charterFolder)), until, onProgress: tell })
  tell('finished')
} finally {
  await database.close()
}
