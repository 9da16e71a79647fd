import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { programs } from '../test/ledger-programs.ts'
import { readText } from '../test/plain-text-books.ts'
import { problemsOfIati, problemsOfOc4ids, problemsOfXml } from '../test/standards.ts'

const USAGE = 'node scripts/check-exports.ts [--schemas FOLDER] FILE…'

const run = promisify(execFile)
const env = { ...process.env, LC_ALL: 'C.UTF-8' }
const { values, positionals } = parseArgs({ options: { schemas: { type: 'string' } }, allowPositionals: true })

/** What a program itself says that each account holds, in fen; undefined where it is only asked whether all is well. */
const reported: Readonly<Record<string, (file: string) => Promise<Map<string, bigint>>>> = {
  async hledger(file) {
    const { stdout } = await run(
      'hledger',
      ['-f', file, 'balance', '--flat', '--empty', '--no-total', '--output-format', 'csv'],
      { env, maxBuffer: 2 ** 30 },
    )
    const rows = [...stdout.matchAll(/^"([^"]+)","(-?[\d.]+)(?: CNY)?"$/gm)]
    return new Map(rows.map(([, name = '', amount = '']) => [name, fen(amount)]))
  },
  async ledger(file) {
    const format = '%(account)\t%(quantity(scrub(amount)))\n'
    const { stdout } = await run(
      'ledger',
      ['-f', file, 'balance', '--flat', '--empty', '--no-total', '--balance-format', format],
      { env, maxBuffer: 2 ** 30 },
    )
    const rows = stdout
      .split('\n')
      .filter((row) => row.includes('\t'))
      .map((row) => row.split('\t'))
    return new Map(rows.map(([name = '', amount = '']) => [name.trim(), fen(amount)]))
  },
}

function fen(text: string): bigint {
  const [, sign = '', whole, part = ''] = /^(-?)(\d+)(?:\.(\d\d?))?$/.exec(text.trim()) ?? []
  if (whole === undefined) throw new Error(`«${text}» is no amount.`)
  return BigInt(`${sign}${whole}${part.padEnd(2, '0')}`)
}

/** A program that finds something says so by its exit code. */
const asked = (program: string, words: readonly string[]) =>
  run(program, words, { env, maxBuffer: 2 ** 30 }).then(
    (told) => ({ ...told, failed: false }),
    (error: { stdout?: string; stderr?: string }) => ({
      stdout: error.stdout ?? '',
      stderr: error.stderr ?? '',
      failed: true,
    }),
  )

async function problemsOfBooks(file: string, format: 'hledger' | 'ledger' | 'beancount'): Promise<string[]> {
  const { counted, asserted, unbalanced, undeclared } = readText(readFileSync(file, 'utf8'))
  const problems = [...unbalanced, ...undeclared.map((name) => `${name} is not declared`)]
  for (const [name, balance] of asserted)
    if (counted.get(name) !== balance && !(balance === 0n && !counted.has(name)))
      problems.push(`${name} holds ${counted.get(name)}, not ${balance}`)
  const installed = await programs(format)
  if (installed.length === 0) console.log(`  ${format} is not installed: only added up again`)
  for (const { program, strict } of installed) {
    const { stdout, stderr, failed } = await asked(program, strict(file))
    if (failed) {
      problems.push(`${program}: ${stdout}${stderr}`)
      continue
    }
    if (stderr !== '' || (format !== 'ledger' && stdout !== '')) problems.push(stdout + stderr)
    const theirs = await reported[program]?.(file)
    if (theirs)
      for (const [name, balance] of asserted)
        if ((theirs.get(name) ?? 0n) !== balance)
          problems.push(`${program}: ${name} holds ${theirs.get(name)}, not ${balance}`)
    console.log(`  ${program} ${theirs ? `holds the same in ${asserted.size} accounts` : 'is content'}`)
  }
  return problems
}

/** The published schemas of a standard, where the user has put them. */
async function problemsOfPublished(file: string, folder: string): Promise<string[]> {
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8')
  if (file.endsWith('.xml')) {
    const first = 'iati-activities-schema.xsd'
    const others = readdirSync(folder).filter((name) => name.endsWith('.xsd') && name !== first)
    const schema = (fileName: string) => ({ fileName, contents: read(fileName) })
    return problemsOfXml(readFileSync(file, 'utf8'), schema(first), others.map(schema))
  }
  // Draft 4 names a schema by `id`; what it says here means the same in the draft that the validator knows. The standard lets
  // other fields stand beside its own; ours are held to its own, as nobody reads the others.
  const schema = (name: string) => {
    const closed = (_key: string, value: unknown) =>
      isFields(value) ? { ...value, additionalProperties: false } : value
    const { id, $schema: _, ...rest } = JSON.parse(read(name), closed) as { id: string; $schema: string }
    return { ...rest, $id: id }
  }
  const ajv = new Ajv({ allErrors: true, strict: false })
  formats.default(ajv)
  ajv.addSchema(schema('project-schema.json'))
  const isPackage = ajv.compile(schema('project-package-schema.json'))
  if (isPackage(JSON.parse(readFileSync(file, 'utf8')))) return []
  return (isPackage.errors ?? []).map((each) =>
    [each.instancePath, each.message, each.params['additionalProperty']].join(' ').trimEnd(),
  )
}

const isFields = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && 'properties' in value && 'type' in value && value.type === 'object'

async function problemsOf(file: string): Promise<string[]> {
  const published =
    values.schemas === undefined || !/\.(xml|json)$/.test(file) ? [] : await problemsOfPublished(file, values.schemas)
  if (file.endsWith('.xml')) return [...(await problemsOfIati(readFileSync(file, 'utf8'))), ...published]
  if (file.endsWith('.json')) return [...problemsOfOc4ids(readFileSync(file, 'utf8')), ...published]
  const format = { '.journal': 'hledger', '.ledger': 'ledger', '.beancount': 'beancount' }[path.extname(file)]
  if (format === undefined) return [`${file} is none of .journal, .ledger, .beancount, .iati.xml, .oc4ids.json`]
  return problemsOfBooks(file, format as 'hledger' | 'ledger' | 'beancount')
}

if (positionals.length === 0) {
  console.error(USAGE)
  process.exitCode = 2
}
for (const file of positionals) {
  console.log(file)
  const problems = await problemsOf(file)
  for (const problem of problems) console.error(`  ✗ ${problem}`)
  if (problems.length > 0) process.exitCode = 1
}
