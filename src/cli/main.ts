import { enableCompileCache } from 'node:module'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { Failure } from '#src/client/client.ts'
import { sentenceOf } from '#src/program/error.ts'
import { type Command, exitCodes, type Given, type Options, UsageError } from './command.ts'
import { allCommands, findCommand } from './commands.ts'
import { tellProblem } from './failure.ts'
import { help, helpOf } from './help.ts'
import { languageOf, type Out, outOf } from './say.ts'

// What was read once is read faster: later starts skip taking the types out of everything.
enableCompileCache(path.join(import.meta.dirname, '../../.cache/compiled'))

const common: Options = { lang: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } }

/** Runs what was typed, and gives the exit code. */
export async function run(typed: readonly string[]): Promise<number> {
  const [name, ...rest] = typed[0]?.startsWith('-') ? ['', ...typed] : typed
  const chosen = rest[rest.indexOf('--lang') + 1]
  const out = outOf(languageOf(rest.includes('--lang') ? chosen : undefined), rest.includes('--json'))
  const command = await findCommand(name ?? '')
  if (!command) return await withoutCommand(name ?? '', rest, out)
  try {
    const given = parse(command, rest, out)
    if (given.options['help'] === true) {
      out.print(helpOf(command, out.language))
      return exitCodes.done
    }
    return await command.run(given)
  } catch (error) {
    return tell(error, command, out)
  }
}

async function withoutCommand(name: string, rest: readonly string[], out: Out): Promise<number> {
  const wantsHelp = name === '' || name === 'help'
  const isKnown = rest.every((each) => ['--help', '-h', '--lang', 'zh', 'en'].includes(each))
  if (wantsHelp && isKnown) {
    out.print(help(await allCommands(), out.language))
    return exitCodes.done
  }
  out.note(out.say({ zh: `没有“${name || rest[0]}”这个命令。`, en: `There is no command «${name || rest[0]}».` }))
  out.note(help(await allCommands(), out.language))
  return exitCodes.usage
}

/** Options that the command declares; one that is open takes `--anything value` besides. */
function parse(command: Command, rest: readonly string[], out: Out): Given {
  const options = { ...common, ...command.options }
  const declared = command.open ? { ...options, ...undeclared(rest, options) } : options
  const { values, positionals } = parseArgs({
    args: [...rest],
    options: declared,
    allowPositionals: true,
    strict: true,
  })
  if (values['lang'] !== undefined && values['lang'] !== 'zh' && values['lang'] !== 'en')
    throw new UsageError({ zh: '语言只有 zh 和 en。', en: 'The languages are zh and en.' })
  return { words: positionals, options: values as Given['options'], out }
}

const undeclared = (rest: readonly string[], options: Options): Options =>
  Object.fromEntries(
    rest
      .filter((each) => each.startsWith('--'))
      .map((each) => each.slice(2).split('=')[0] ?? '')
      .filter((each) => each !== '' && !(each in options))
      .map((each) => [each, { type: 'string', multiple: true }] as const),
  )

/** Every failure as a plain sentence; only a bug shows where it happened. */
function tell(error: unknown, command: Command, out: Out): number {
  if (error instanceof Failure) return tellProblem(error.problem, out)
  if (error instanceof UsageError || isParseError(error)) {
    out.note(error instanceof UsageError ? out.say(error.text) : (error as Error).message)
    out.note(helpOf(command, out.language))
    return exitCodes.usage
  }
  const sentence = sentenceOf(error)
  if (sentence) {
    out.note(out.say(sentence))
    return exitCodes.refused
  }
  out.note(out.say({ zh: '程序出错：', en: 'This is a bug in the program:' }))
  out.note(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return exitCodes.bug
}

const isParseError = (error: unknown) => String((error as { code?: string }).code).startsWith('ERR_PARSE_ARGS')

// Whoever reads only the beginning of what is printed closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

if (process.argv[1] !== undefined && (import.meta.main || /zeren(\.mjs)?$/.test(process.argv[1])))
  process.exitCode = await run(process.argv.slice(2))
