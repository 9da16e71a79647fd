import { type Command, exitCodes, needWord, textOption, UsageError } from '../command.ts'
import { remoteOptions, signedIn, unitNamed } from '../remote.ts'

/** Reads a figure of a unit, with the units directly below it. */
export const figure: Command = {
  name: 'figure',
  usage: 'NAME [--unit CODE|NAME|ID] [--on DAY] [--map DAY] [--year YEAR]',
  purpose: { zh: '读一项指标，并列出下一级各单位。', en: 'Reads a figure of a unit and of those below it.' },
  options: {
    ...remoteOptions,
    unit: { type: 'string' },
    on: { type: 'string' },
    map: { type: 'string' },
    year: { type: 'string' },
  },
  async run(given) {
    const { out } = given
    const name = needWord(given, 0, { zh: '指标名称', en: 'figure’s name' })
    const [on, map, said, year] = ['on', 'map', 'unit', 'year'].map((each) => textOption(given, each))
    if (year !== undefined && !/^\d{4}$/.test(year))
      throw new UsageError({ zh: '--year 是四位年份。', en: '--year is a year of four digits.' })
    const client = await signedIn(given)
    const unit = said === undefined ? undefined : await unitNamed(client, said, map ?? on)
    const told = await client.figure(name, {
      ...(unit !== undefined && { unit }),
      ...(on !== undefined && { on }),
      ...(map !== undefined && { map }),
      ...(year !== undefined && { year: Number(year) }),
    })
    if (out.json) out.print(JSON.stringify(told, null, 2))
    else {
      const { figure: about, reading, below } = told
      out.print(`${out.say(about.title)} · ${told.on} · ${format(about, reading.value)} ${out.say(about.measure)}`)
      out.print(`  ${out.say(about.definition)}`)
      for (const row of below)
        out.print(`  ${row.code ?? '      '}  ${format(about, row.value).padStart(8)}  ${out.say(row.name)}`)
    }
    return exitCodes.done
  },
}

const FEN_PER_YUAN = 100

const format = ({ kind, money }: { kind: 'sum' | 'ratio'; money?: boolean }, value: number | null) => {
  if (value === null) return '–'
  if (kind === 'ratio') return `${(value * 100).toFixed(1)} %`
  return money ? (value / FEN_PER_YUAN).toFixed(2) : String(Math.round(value * 100) / 100)
}
