import { resolve } from 'node:path'
import { it } from 'node:test'
import { pathToFileURL } from 'node:url'

/** The test files named on the command line, in one process: the program that all of them import is read once. */
for (const file of process.argv.slice(2)) {
  try {
    await import(pathToFileURL(resolve(file)).href)
  } catch (error) {
    // Those beside it are tested all the same.
    it(`${file} can be read`, () => {
      throw error
    })
  }
}
