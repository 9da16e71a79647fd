import { isDateFormat } from 'hucre'
import { Archive } from './archive.ts'
import { type SheetLimits, sheetLimits } from './limits.ts'
import { attribute, BadMarkup, type Listener, Markup } from './markup.ts'
import { SheetProblem } from './problems.ts'
import { readRows, type Row } from './rows.ts'
import { Shared } from './shared.ts'
import { openSource, type Source } from './source.ts'

export type BookSheet = {
  readonly name: string
  readonly isHidden: boolean
  /** One after another, blank ones left out. */
  rows(): AsyncGenerator<Row>
  /** Cells that were merged into one, such as `A2:A5`; known when all rows were read. */
  merged(): readonly string[]
}

export type Book = { readonly sheets: readonly BookSheet[]; close(): Promise<void> }

/**
 * Opens a workbook that somebody sent, in memory or in a file. Nothing in it is trusted: neither its name, nor what it says of its
 * sizes, nor what its formulas came to. Throws `SheetProblem` with a sentence for whoever sent it.
 */
export async function openBook(from: Uint8Array | string, limits: SheetLimits = sheetLimits): Promise<Book> {
  const source = await openSource(from)
  try {
    if (source.bytes > limits.fileBytesMax)
      throw new SheetProblem('too-large', { limit: Math.floor(limits.fileBytesMax / 1024 / 1024) })
    await refuseOtherForms(source)
    const archive = await Archive.open(source, limits)
    const { sheets, shared } = await readParts(archive, limits)
    return { sheets, close: () => (shared.clear(), source.close()) }
  } catch (error) {
    await source.close()
    throw toldProblem(error, 'xl/workbook.xml')
  }
}

const OLE_SIGNATURE = 'd0cf11e0a1b11ae1'
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le')

/** Looks at the first bytes, not at the name. */
async function refuseOtherForms(source: Source) {
  if (source.bytes === 0) throw new SheetProblem('empty')
  const head = await source.read(0, 8192)
  if (head.subarray(0, 8).toString('hex') === OLE_SIGNATURE) {
    const more = await source.read(0, 1024 * 1024)
    const tail = await source.read(Math.max(0, source.bytes - 1024 * 1024), 1024 * 1024)
    const isLocked = more.includes(ENCRYPTED_PACKAGE) || tail.includes(ENCRYPTED_PACKAGE)
    throw new SheetProblem(isLocked ? 'encrypted' : 'xls')
  }
  if (head.toString('latin1', 0, 2) === 'PK') return
  // Text in any encoding holds no zero byte, unless it is UTF-16 with its mark.
  const isText = !head.includes(0) || head.readUInt16LE(0) === 0xfeff || head.readUInt16BE(0) === 0xfeff
  throw new SheetProblem(isText && !head.toString('latin1', 0, 5).startsWith('%PDF') ? 'csv' : 'other-format')
}

const toldProblem = (error: unknown, part: string) =>
  error instanceof BadMarkup ? new SheetProblem('damaged', { part }) : error

async function readParts(archive: Archive, limits: SheetLimits) {
  if (archive.names.some((name) => /vbaProject\.bin$/i.test(name))) throw new SheetProblem('macros')
  const workbook = 'xl/workbook.xml'
  if (!archive.has('[Content_Types].xml') || !archive.has(workbook)) throw new SheetProblem('other-format')
  const parts = await readTargets(archive)
  const { listed, is1904 } = await readWorkbook(archive, workbook)
  if (listed.length > limits.sheetsMax)
    throw new SheetProblem('too-many-cells', { limit: `${limits.sheetsMax} sheets` })
  const shared = new Shared(archive, limits)
  const days = await readDayStyles(archive)
  const counted = { cells: 0 }
  const sheets = listed.flatMap(({ name, id, isHidden }): BookSheet[] => {
    const part = parts.get(id)
    if (part === undefined) throw new SheetProblem('damaged', { part: name })
    // A chart or a dialogue that fills a sheet of its own has no rows.
    if (!part.startsWith('xl/worksheets/')) return []
    const merged: string[] = []
    const rows = () => readRows({ archive, part, sheet: name, shared, days, is1904, limits, merged, counted })
    return [{ name, isHidden, rows, merged: () => merged }]
  })
  return { sheets, shared }
}

async function listen(archive: Archive, part: string, open: Listener['open']) {
  const markup = new Markup({ open, text: () => undefined, close: () => undefined })
  for await (const piece of archive.texts(part)) markup.push(piece)
  markup.end()
}

/** Which part each relationship of the workbook leads to. */
async function readTargets(archive: Archive): Promise<ReadonlyMap<string, string>> {
  const targets = new Map<string, string>()
  await listen(archive, 'xl/_rels/workbook.xml.rels', (name, attributes) => {
    const target = attribute(attributes, 'Target')
    const id = attribute(attributes, 'Id')
    if (name !== 'Relationship' || target === undefined || id === undefined) return
    targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`)
  })
  return targets
}

async function readWorkbook(archive: Archive, part: string) {
  const listed: { name: string; id: string; isHidden: boolean }[] = []
  let is1904 = false
  await listen(archive, part, (name, attributes) => {
    if (name === 'workbookPr') is1904 = isTrue(attribute(attributes, 'date1904'))
    if (name === 'sheet')
      listed.push({
        name: attribute(attributes, 'name') ?? '',
        id: attribute(attributes, 'r:id') ?? attribute(attributes, 'id') ?? '',
        isHidden: (attribute(attributes, 'state') ?? 'visible') !== 'visible',
      })
  })
  return { listed, is1904 }
}

const isTrue = (value: string | undefined) => value === '1' || value === 'true'

/** Which styles show a number as a day. */
async function readDayStyles(archive: Archive): Promise<ReadonlySet<number>> {
  const days = new Set<number>()
  if (!archive.has('xl/styles.xml')) return days
  const formats = new Map<string, string>()
  let isInCells = false
  let at = 0
  await listen(archive, 'xl/styles.xml', (name, attributes) => {
    if (name === 'numFmt')
      formats.set(attribute(attributes, 'numFmtId') ?? '', attribute(attributes, 'formatCode') ?? '')
    else if (name === 'cellXfs') isInCells = true
    else if (name === 'cellStyles') isInCells = false
    else if (name === 'xf' && isInCells) {
      const id = attribute(attributes, 'numFmtId') ?? '0'
      if (isDateFormat(formats.get(id) ?? id)) days.add(at)
      at++
    }
  })
  return days
}
