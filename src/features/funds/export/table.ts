import { Malformed } from '#kernel/outcome.ts'
import { type Text, yuanOf } from '#kernel/words.ts'
import { type Column, writeSheet, type Written } from '#src/sheets/index.ts'
import type { Book, BookAccount, BookTransfer } from './book.ts'
import { csvLine, sheetAmount, UTF8_MARK } from './cells.ts'
import type { Language } from './names.ts'
import { accountKindNames, kindNames } from './words.ts'
import { gathering, type Writer } from './write.ts'

type Field = {
  readonly name: Text
  readonly width: number
  /** A number of yuan, or a plain number. */
  readonly is?: 'amount' | 'number'
  of(transfer: BookTransfer, book: Book, language: Language): string | null
}

const side = (
  name: Text,
  accountOf: (transfer: BookTransfer) => BookAccount,
  balanceOf: (transfer: BookTransfer) => bigint,
): readonly Field[] => {
  const titled = (what: Text): Text => ({ zh: `${name.zh}${what.zh}`, en: `${name.en} ${what.en}` })
  return [
    {
      name: titled({ zh: '单位代码', en: 'unit code' }),
      width: 12,
      of: (transfer, { units }) => units.get(accountOf(transfer).unit)?.code ?? null,
    },
    {
      name: titled({ zh: '单位', en: 'unit' }),
      width: 16,
      of: (transfer, { units }, language) => units.get(accountOf(transfer).unit)?.[language] ?? null,
    },
    {
      name: titled({ zh: '资金文号', en: 'line document' }),
      width: 24,
      of: (transfer, { lines }) => lines.get(accountOf(transfer).line)?.document ?? null,
    },
    {
      name: titled({ zh: '资金', en: 'line' }),
      width: 28,
      of: (transfer, { lines }, language) => lines.get(accountOf(transfer).line)?.[language] ?? null,
    },
    {
      name: titled({ zh: '账目年度', en: 'year of the books' }),
      width: 8,
      is: 'number',
      of: (transfer) => String(accountOf(transfer).year),
    },
    {
      name: titled({ zh: '账户', en: 'account' }),
      width: 14,
      of: (transfer, _, language) => accountKindNames[accountOf(transfer).kind]?.[language] ?? null,
    },
    { name: titled({ zh: '项目', en: 'project' }), width: 14, of: (transfer) => accountOf(transfer).projectCode },
    {
      name: titled({ zh: '余额', en: 'balance after' }),
      width: 18,
      is: 'amount',
      of: (transfer) => yuanOf(balanceOf(transfer)),
    },
  ]
}

const fields: readonly Field[] = [
  { name: { zh: '日期', en: 'day' }, width: 12, of: ({ day }) => day },
  { name: { zh: '文号', en: 'document' }, width: 24, of: ({ document }) => document },
  { name: { zh: '行为', en: 'act' }, width: 38, of: ({ act }) => act },
  { name: { zh: '序号', en: 'transfer' }, width: 6, is: 'number', of: ({ n }) => String(n) },
  { name: { zh: '种类', en: 'kind' }, width: 12, of: ({ kind }, _, language) => kindNames[kind][language] },
  { name: { zh: '金额（元）', en: 'amount (yuan)' }, width: 18, is: 'amount', of: ({ amount }) => yuanOf(amount) },
  ...side(
    { zh: '付出方', en: 'from' },
    ({ from }) => from,
    ({ fromBalance }) => fromBalance,
  ),
  ...side(
    { zh: '收入方', en: 'to' },
    ({ to }) => to,
    ({ toBalance }) => toBalance,
  ),
  { name: { zh: '收款人', en: 'payee' }, width: 20, of: ({ payee }) => payee },
  { name: { zh: '工程内容', en: 'work' }, width: 20, of: ({ work }) => work },
  {
    name: { zh: '里程碑', en: 'milestone' },
    width: 6,
    is: 'number',
    of: ({ milestone }) => (milestone === null ? null : String(milestone)),
  },
  {
    name: { zh: '冲正的记录', en: 'reverses' },
    width: 40,
    of: ({ reverses }) => reverses && `${reverses.act}/${reverses.n}`,
  },
  { name: { zh: '备注', en: 'note' }, width: 30, of: ({ note }) => note },
]

const isNumber = (at: number) => fields[at]?.is !== undefined

/** Every transfer as a line of a table, one after the other. */
export const writeCsv: Writer = async (book, language, write) => {
  await write(
    UTF8_MARK +
      csvLine(
        fields.map(({ name }) => name[language]),
        () => false,
      ),
  )
  const { piece, flush } = gathering(write)
  for await (const transfer of book.transfers())
    await piece(
      csvLine(
        fields.map((field) => field.of(transfer, book, language)),
        isNumber,
      ),
    )
  await flush()
}

/** What a sheet of the format holds below its header. */
const SHEET_ROWS_MAX = 1_048_575

/** The same table as a sheet: amounts are numbers as far as fifteen digits hold them, ids stay text. */
export const writeXlsx: Writer = async (book, language, write) => {
  if (book.size > SHEET_ROWS_MAX)
    throw new Malformed([
      {
        field: 'format',
        problem: {
          zh: `共 ${book.size} 笔，超过一张表的 ${SHEET_ROWS_MAX} 行。请限定单位或年度，或改用 CSV。`,
          en: `These are ${book.size} transfers; a sheet holds ${SHEET_ROWS_MAX}. Ask for a unit or a year, or for CSV.`,
        },
      },
    ])
  const columns = fields.map(({ name, width, is }): Column => ({
    header: name[language],
    width,
    ...(is === 'amount' && { format: '#,##0.00' }),
  }))
  async function* rows(): AsyncGenerator<readonly Written[]> {
    for await (const transfer of book.transfers())
      yield fields.map((field) => {
        const cell = field.of(transfer, book, language)
        if (cell === null || field.is === undefined) return cell
        return field.is === 'amount' ? sheetAmount(cell) : Number(cell)
      })
  }
  const name = { zh: '资金往来', en: 'Transfers' }[language]
  for await (const part of writeSheet(rows(), columns, { name })) await write(part as Uint8Array)
}
