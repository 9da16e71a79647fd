import { mkdirSync } from 'node:fs'
import path from 'node:path'

/** Where the program itself lies: its charter, migrations, checks and pages. */
export const programRoot = path.resolve(import.meta.dirname, '../..')

/** The charter that comes with the program: the campaign's. */
export const shippedCharter = path.join(programRoot, 'charter/cn-poverty-2016')

export type Mode = 'demonstration' | 'production'

/** Where everything that an installation keeps outside the database lies; `ZEREN_HOME` changes it. */
export const homeFolder = (): string => path.resolve(process.env['ZEREN_HOME'] ?? path.join(programRoot, '.zeren'))

/** The folder of one mode: its embedded database and its secret. A demonstration and a production never share one. */
export const folderOf = (mode: Mode | 'replay', home = homeFolder()): string => path.join(home, mode)

export const databaseFolder = (folder: string): string => path.join(folder, 'database')

export function makeFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}
