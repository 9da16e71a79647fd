import { parentPort, workerData } from 'node:worker_threads'
import { readCharter } from '#kernel/charter.ts'
import { engine } from '#kernel/perform.ts'
import type { Task, Told } from './history.ts'
import { loadReplay, openForHistory } from './replay.ts'

/** The thread in which history is performed, on a pool of its own. It can be cut off at any moment and begun again. */
const { app, charterFolder, until } = workerData as Task
const tell = (told: Told) => parentPort?.postMessage(told)

// The last word, that all was performed, is written elsewhere and waits for the disk.
const database = openForHistory({ ...app, application_name: 'zeren-history' })
try {
  const replay = await loadReplay()
  await replay({ engine: engine(database, readCharter(charterFolder)), until, onProgress: tell })
  tell('finished')
} finally {
  await database.close()
}
