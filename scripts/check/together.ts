import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** The test files named on the command line, in one process: the program that all of them import is read once. */
for (const file of process.argv.slice(2)) await import(pathToFileURL(resolve(file)).href)
