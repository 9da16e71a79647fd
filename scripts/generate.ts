import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readCharter } from '#kernel/charter.ts'
import { openApi } from '#src/http/openapi.ts'
import { shippedCharter } from '#src/program/home.ts'
import { shippedRegistry } from '#src/program/open.ts'
import { actsPage } from './generate/acts.ts'
import { dutiesPage, obligationsPage, parametersPage } from './generate/charter.ts'
import { asksPage, checksPage, figuresPage } from './generate/reads.ts'

/** Writes the reference pages, which are made from the declarations alone; with `--check` it only says whether they still agree. */
const folder = path.join(import.meta.dirname, '../docs/generated')
const charter = readCharter(shippedCharter)
const registry = shippedRegistry()
const pages: Readonly<Record<string, string>> = {
  'acts.md': actsPage(charter, registry.acts),
  'asks.md': asksPage(registry.asks),
  'figures.md': figuresPage(registry.figures),
  'duties.md': dutiesPage(charter, registry.acts),
  'obligations.md': obligationsPage(charter),
  'parameters.md': parametersPage(charter),
  'checks.md': checksPage(registry.checks),
  'openapi.json': `${JSON.stringify(openApi(charter, registry), null, 1)}\n`,
}

mkdirSync(folder, { recursive: true })
const present = readdirSync(folder)
const strangers = present.filter((file) => !(file in pages))
const different = Object.entries(pages).filter(
  ([file, text]) => !present.includes(file) || readFileSync(path.join(folder, file), 'utf8') !== text,
)

if (process.argv.includes('--check')) {
  for (const file of [...different.map(([name]) => name), ...strangers])
    console.log(`docs/generated/${file} is not what scripts/generate.ts makes.`)
  if (different.length + strangers.length > 0) process.exitCode = 1
} else {
  for (const [file, text] of different) writeFileSync(path.join(folder, file), text)
  for (const file of strangers) rmSync(path.join(folder, file))
}
console.log(`${Object.keys(pages).length} pages, ${different.length + strangers.length} differed`)
