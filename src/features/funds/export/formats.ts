import type { Reader } from '#kernel/ask.ts'
import { writeBeancount } from './beancount.ts'
import { readBook } from './book.ts'
import { writeHledger, writeLedger } from './journal.ts'
import { writeIati } from './iati.ts'
import type { Language } from './names.ts'
import { XLSX_TYPE } from '#src/sheets/index.ts'
import { writeOc4ids } from './oc4ids.ts'
import type { Scope } from './scope.ts'
import { writeCsv, writeXlsx } from './table.ts'
import type { Write, Writer } from './write.ts'

export type Format = {
  /** How the file's name ends. */
  readonly ending: string
  readonly type: string
  /** Books name every payment: whoever reads them has a seat. What projects got is for everybody. */
  readonly access: 'public' | 'seated'
  readonly write: Writer
}

const TEXT = 'text/plain; charset=utf-8'

/** Everything that the books can be written as, for other programs to check and to use. */
export const formats = {
  hledger: { ending: 'journal', type: TEXT, access: 'seated', write: writeHledger },
  ledger: { ending: 'ledger', type: TEXT, access: 'seated', write: writeLedger },
  beancount: { ending: 'beancount', type: TEXT, access: 'seated', write: writeBeancount },
  csv: { ending: 'csv', type: 'text/csv; charset=utf-8', access: 'seated', write: writeCsv },
  xlsx: { ending: 'xlsx', type: XLSX_TYPE, access: 'seated', write: writeXlsx },
  iati: { ending: 'iati.xml', type: 'application/xml; charset=utf-8', access: 'public', write: writeIati },
  oc4ids: { ending: 'oc4ids.json', type: 'application/json; charset=utf-8', access: 'public', write: writeOc4ids },
} as const satisfies Record<string, Format>

export type FormatName = keyof typeof formats
export const formatNames = Object.keys(formats) as FormatName[]

/** Writes the books as of the reader's day, whole or in part, piece by piece. */
export const exportFunds = (
  { db, on }: Pick<Reader, 'db' | 'on'>,
  format: FormatName,
  about: Omit<Scope, 'on'> & { readonly language: Language },
  write: Write,
): Promise<void> =>
  readBook(db, { on, unit: about.unit, year: about.year }, (book) => formats[format].write(book, about.language, write))
