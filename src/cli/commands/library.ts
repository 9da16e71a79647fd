import { randomUUID } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import path from 'node:path'
import type { AskAnswer, Client } from '#src/client/client.ts'
import { type Command, exitCodes, type Given, isSet, needWord, textOption, UsageError } from '../command.ts'
import { remoteOptions, signedIn, unitNamed } from '../remote.ts'
import type { Out } from '../say.ts'

type Report = AskAnswer<'library.file'> & { readonly errors: AskAnswer<'library.errors'> }

/** Sends a county's library as a workbook, tells what it would do, and imports it. */
export const library: Command = {
  name: 'library',
  usage: 'import FILE.xlsx --unit CODE|NAME|ID [--dry-run] [--key KEY] --as UNIT/POST',
  purpose: {
    zh: '从 XLSX 文件导入项目库；--dry-run 只检查，不导入。',
    en: 'Imports a project library from an XLSX file; with --dry-run it is only looked at.',
  },
  options: { ...remoteOptions, unit: { type: 'string' }, 'dry-run': { type: 'boolean' }, key: { type: 'string' } },
  async run(given) {
    const what = needWord(given, 0, { zh: 'import', en: 'word import' })
    if (what !== 'import') throw new UsageError({ zh: `没有“library ${what}”。`, en: `There is no «library ${what}».` })
    const file = needWord(given, 1, { zh: '文件', en: 'file' })
    const said = textOption(given, 'unit')
    if (said === undefined) throw new UsageError({ zh: '请用 --unit 给出县。', en: 'Give the county with --unit.' })
    const blob = await readFile(file)
    const client = await signedIn(given)
    const unit = await unitNamed(client, said)
    const report = await client.upload<Report>('/api/imports/library', blob, { unit, name: path.basename(file) })
    if (report.wrong > 0 || isSet(given, 'dry-run')) return tellReport(client, report, given.out)
    return importIt(client, report, given)
  },
}

async function readFile(file: string): Promise<Blob> {
  try {
    return await openAsBlob(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError({ zh: `无法读取 ${file}（${code}）。`, en: `${file} cannot be read (${code}).` })
  }
}

const ERRORS_AT_ONCE = 200

/** Tells what the file comes to and every error in it, by sheet, row and column. */
async function tellReport(client: Client, report: Report, out: Out): Promise<number> {
  const { unit, file } = report
  const errors: Report['errors']['errors'][number][] = []
  for (let offset = 0; offset < report.errors.total; offset += ERRORS_AT_ONCE)
    errors.push(...(await client.ask('library.errors', { unit, file, offset, limit: ERRORS_AT_ONCE })).errors)
  if (out.json) out.print(JSON.stringify({ ...report, errors }, null, 2))
  else {
    out.print(out.say(counted(report)))
    for (const { sheet, row, column, sentence, remedy } of errors)
      out.print(`✗ ${sheet}!${column ?? ''}${row}  ${out.say(sentence)} ${out.say(remedy)}`)
    if (report.ignored.length > 0)
      out.note(
        out.say({
          zh: `未读取的工作表：${report.ignored.join('、')}`,
          en: `Sheets read over: ${report.ignored.join(', ')}`,
        }),
      )
  }
  return report.wrong > 0 ? exitCodes.refused : exitCodes.done
}

const counted = ({ rows, made, renewed, unchanged, wrong }: Report) => ({
  zh: `共 ${rows} 行：新增 ${made}，变更 ${renewed}，未变 ${unchanged}，错误 ${wrong}；什么也没有改变。`,
  en: `${rows} rows: ${made} new, ${renewed} changed, ${unchanged} unchanged, ${wrong} wrong; nothing was changed.`,
})

async function importIt(client: Client, { unit, file }: Report, given: Given): Promise<number> {
  const { out } = given
  const done = await client.act('library.import', { unit, file }, { key: textOption(given, 'key') ?? randomUUID() })
  const { made, renewed, unchanged } = done.result
  if (out.json) out.print(JSON.stringify(done, null, 2))
  else
    out.print(
      out.say({
        zh: `✓ library.import · ${done.id}\n新增 ${made}，变更 ${renewed}，未变 ${unchanged}`,
        en: `✓ library.import · ${done.id}\n${made} new, ${renewed} changed, ${unchanged} unchanged`,
      }),
    )
  return exitCodes.done
}
