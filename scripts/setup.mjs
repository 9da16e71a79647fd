import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

/*
 * Makes a fresh clone ready, and does nothing (in some 30 ms) when it is: packages when the lock file changed, with
 * `--build` the web pages when their sources changed, with `--browser` the browser of the tests. Plain JavaScript without
 * packages, because it runs before there are any, on whatever Node from 20 on the machine has.
 */

process.chdir(resolve(import.meta.dirname, '..'))

installPackages()
if (process.argv.includes('--build')) buildWeb()
if (process.argv.includes('--browser')) unpackBrowser()

function installPackages() {
  const stamp = 'node_modules/.setup-stamp'
  const wanted = fingerprint(['package-lock.json'])
  if (read(stamp) === wanted) return
  if (!isInstalled()) {
    const words = ['--no-audit', '--no-fund', '--loglevel=error']
    // `npm ci` stops at a lock that was written where another machine's packages could not be seen; install goes on.
    const ready = npm('packages', ['ci', ...words]) || npm('packages again', ['install', '--no-save', ...words])
    if (!ready) process.exit(1)
  }
  writeFileSync(stamp, wanted)
}

/** What the lock names is there already, because `npm ci` or `npm install` was run by hand. */
function isInstalled() {
  const installed = read('node_modules/.package-lock.json')
  if (!installed) return false
  const there = JSON.parse(installed).packages
  const locked = Object.entries(JSON.parse(read('package-lock.json')).packages)
  return locked.every(([path, { version, optional }]) => path === '' || optional || there[path]?.version === version)
}

function npm(what, words) {
  // The npm that runs us, if any. `npm ci` removes node_modules, and with it the Node that may be running us.
  const program = process.env.npm_execpath
  const [command, ...args] = program ? [outsideNode(), program, ...words] : ['npm', ...words]
  // Under NODE_ENV=production npm would leave out what builds the pages.
  return run(what, command, args, { NODE_ENV: '' })
}

function buildWeb() {
  if (!existsSync('vite.config.ts') || !existsSync('src/web')) return
  const stamp = 'dist/.web-stamp'
  const alone = ['vite.config.ts', 'package-lock.json', 'index.html'].filter((file) => existsSync(file))
  const wanted = fingerprint([...alone, ...filesBelow('src').filter((file) => !file.endsWith('.test.ts'))])
  if (read(stamp) === wanted && existsSync('dist/web')) return
  const vite = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn']
  if (!run('web pages', projectNode(), vite)) process.exit(1)
  mkdirSync('dist', { recursive: true })
  writeFileSync(stamp, wanted)
}

function unpackBrowser() {
  const { version } = JSON.parse(read('node_modules/@sparticuz/chromium/package.json'))
  if (existsSync(`.cache/chromium-${version}`)) return
  if (!run('test browser', projectNode(), ['scripts/unpack-chromium.ts'])) process.exit(1)
}

function run(what, command, args, environment = {}) {
  const start = performance.now()
  console.error(`setup · ${what} …`)
  const done = spawnSync(command, args, { stdio: ['ignore', 2, 2], env: { ...process.env, ...environment } })
  const end = done.status === 0 ? 'done' : `FAILED (${done.error?.message ?? done.signal ?? done.status})`
  console.error(`setup · ${what} ${end} · ${((performance.now() - start) / 1000).toFixed(1)} s`)
  return done.status === 0
}

/** Node 24 from the packages; a machine for which there is none must bring its own. */
function projectNode() {
  const own = resolve('node_modules/.bin/node')
  return existsSync(own) ? own : process.execPath
}

function outsideNode() {
  const places = (process.env.PATH ?? '').split(delimiter).filter((place) => place && !place.includes('node_modules'))
  return places.map((place) => join(place, 'node')).find((file) => existsSync(file)) ?? process.execPath
}

function fingerprint(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file))
  return hash.digest('hex')
}

function filesBelow(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}
