import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FormatName } from '#features/funds/index.ts'
import type { Client } from '#src/client/client.ts'
import { ProgramError } from '#src/program/error.ts'
import { type Command, exitCodes, type Given, needWord, textOption, UsageError } from '../command.ts'
import { remoteOptions, signedIn, unitNamed } from '../remote.ts'

/** Named here too, because the help need not read the program to tell them; the compiler sees that none is missing. */
const formatNames = Object.keys({
  hledger: true,
  ledger: true,
  beancount: true,
  csv: true,
  xlsx: true,
  iati: true,
  oc4ids: true,
} satisfies Record<FormatName, true>) as FormatName[]

/** Takes the books of funds away for other programs, and makes the file that a bank is given. */
export const funds: Command = {
  name: 'funds',
  usage: `export --format ${formatNames.join('|')} [--unit CODE|NAME|ID] [--year YEAR] [--on DAY] [--out FILE] [--as UNIT/POST]
  zeren funds payments --act ID --format csv|xlsx [--unit CODE|NAME|ID] [--out FILE] --as UNIT/POST`,
  purpose: {
    zh: '导出资金账簿，供其他程序核对；或为一次支付生成银行文件。',
    en: 'Exports the books of funds for other programs to check, or a payment as a file for the bank.',
  },
  options: {
    ...remoteOptions,
    format: { type: 'string' },
    unit: { type: 'string' },
    year: { type: 'string' },
    on: { type: 'string' },
    act: { type: 'string' },
    out: { type: 'string' },
  },
  run(given) {
    const what = needWord(given, 0, { zh: 'export 或 payments', en: 'export or payments' })
    if (what === 'export') return exportBooks(given)
    if (what === 'payments') return exportPayments(given)
    throw new UsageError({ zh: `没有“funds ${what}”。`, en: `There is no «funds ${what}».` })
  },
}

async function exportBooks(given: Given): Promise<number> {
  const format = formatOf(given, formatNames)
  const [year, said, on] = ['year', 'unit', 'on'].map((each) => textOption(given, each))
  if (year !== undefined && !/^\d{4}$/.test(year))
    throw new UsageError({ zh: '--year 是四位年份。', en: '--year is a year of four digits.' })
  const { formats } = await import('#features/funds/index.ts')
  const client = await signedIn(given)
  const unit = said === undefined ? undefined : await unitNamed(client, said, on)
  const response = await client.download(`/api/exports/funds.${formats[format].ending}`, {
    lang: given.out.language,
    unit,
    year,
    on,
  })
  return save(given, Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]))
}

async function exportPayments(given: Given): Promise<number> {
  const payment = textOption(given, 'act')
  if (payment === undefined)
    throw new UsageError({ zh: '请用 --act 给出支付的编号。', en: 'Give the id of the payment with --act.' })
  const format = formatOf(given, ['csv', 'xlsx'] as const)
  const client = await signedIn(given)
  const unit = await payingUnit(given, client)
  const { result } = await client.act('payment-file.make', { unit, payment, format }, { key: randomUUID() })
  return save(given, Readable.from([Buffer.from(result.base64, 'base64')]))
}

/** The unit that was named, or else that of the seat. */
async function payingUnit(given: Given, client: Client): Promise<string> {
  const said = textOption(given, 'unit')
  if (said !== undefined) return unitNamed(client, said)
  const { actor } = await client.session()
  if (actor) return actor.unit.id
  throw new UsageError({
    zh: '请用 --as 说明以何职务办理。',
    en: 'Say with --as in which seat it is done.',
  })
}

function formatOf<Name extends FormatName>(given: Given, allowed: readonly Name[]): Name {
  const said = textOption(given, 'format')
  const format = allowed.find((name) => name === said)
  if (format !== undefined) return format
  const names = allowed.join(', ')
  throw new UsageError({ zh: `--format 可以是 ${names}。`, en: `--format is one of ${names}.` })
}

/** Writes to a file that is there whole or not at all, or to whatever the standard output leads to. */
async function save(given: Given, content: Readable): Promise<number> {
  const file = textOption(given, 'out')
  if (file === undefined) {
    await pipeline(content, process.stdout, { end: false })
    return exitCodes.done
  }
  const half = `${file}.part`
  try {
    await pipeline(content, createWriteStream(half))
    await rename(half, file)
  } catch (error) {
    await rm(half, { force: true })
    throw cannotWrite(error, file)
  }
  given.out.note(given.out.say({ zh: `已写入 ${file}。`, en: `Written to ${file}.` }))
  return exitCodes.done
}

function cannotWrite(error: unknown, file: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === undefined || syscall === undefined) return error
  return new ProgramError(
    { zh: `无法写入 ${file}（${code}）。`, en: `${file} cannot be written (${code}).` },
    { cause: error },
  )
}
