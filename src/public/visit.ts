import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { asks } from '#src/asks.ts'
import { type Language, languageOf } from '#src/http/language.ts'
import { malformed } from '#src/http/problems.ts'
import { checkLanguage, dayFrom, parseQuery } from '#src/http/query.ts'
import type { Program } from '#src/program/open.ts'
import type { AnyAsk, Reader } from '#kernel/ask.ts'
import type { Day, Text } from '#kernel/words.ts'

type Asks = (typeof asks)[number]
type AskOf<Name extends Asks['name']> = Extract<Asks, { readonly name: Name }>
type AnswerOf<Name extends Asks['name']> = Awaited<ReturnType<AskOf<Name>['answer']>>
type InputOf<Name extends Asks['name']> = z.input<AskOf<Name>['input']>

const byName = new Map<string, AnyAsk>(asks.map((ask) => [ask.name, ask]))

/** Forms and what follows them are of the present day, whichever day led there. */
const isForm = (path: string) => /^\/public\/(complaints|objections|notices\/.*\/object)/.test(path)

/** One reader at one address of the public site: nobody in particular, in a language, as of the day that it is or an earlier one. */
export class Visit {
  readonly program: Program
  readonly language: Language
  /** The language stands in the address, so that it stays with whoever follows the links. */
  readonly isSaid: boolean
  readonly today: Day
  /** The day as of which the page tells; a form only knows the present one. */
  readonly on: Day
  /** Whether the page can be read as of an earlier day. */
  readonly isDated: boolean
  readonly path: string
  readonly reader: Reader
  readonly #request: FastifyRequest

  constructor(program: Program, request: FastifyRequest, isDated = false) {
    checkLanguage(request)
    this.program = program
    this.#request = request
    this.language = languageOf(request)
    this.isSaid = (request.query as { lang?: unknown }).lang !== undefined
    this.today = program.clock.today()
    this.path = request.url.split('?')[0] ?? '/public'
    this.isDated = isDated
    const today = this.today
    const on = isDated ? (dayFrom(request, 'on', today) ?? today) : today
    this.on = on
    this.reader = {
      db: program.reads.db,
      charter: program.charter,
      on,
      today,
      map: on,
      actor: undefined,
      // What may be done is told by the site itself; without acts no answer looks it up.
      acts: [],
      links: [],
    }
  }

  say = (text: Text): string => text[this.language]

  /** An address of the site in the language that was asked for, as of the same day. */
  to(path: string, query: Readonly<Record<string, string | number | undefined>> = {}): string {
    const search = new URLSearchParams()
    for (const [key, value] of Object.entries(query)) if (value !== undefined) search.set(key, String(value))
    if (this.on !== this.today && !isForm(path)) search.set('on', this.on)
    if (this.isSaid) search.set('lang', this.language)
    const text = search.toString()
    return text ? `${path}?${text}` : path
  }

  /** What stands behind the question mark, each value in the form that the page expects; anything else is told. */
  query<Shape extends z.ZodObject>(shape: Shape): z.output<Shape> {
    const asked = this.#request.query as Readonly<Record<string, unknown>>
    if ('map' in asked || ('on' in asked && !this.isDated))
      throw malformed('map' in asked ? 'map' : 'on', {
        zh: '公开网页按所示日期的区划显示；表单只在当日办理。',
        en: 'The public pages tell each day on its own map, and a form is of the present day only.',
      })
    return parseQuery(shape, this.#request)
  }

  /** Asks what the public may ask; anything else is a fault of the page that asks it. */
  async ask<Name extends Asks['name']>(name: Name, input: InputOf<Name>): Promise<AnswerOf<Name>> {
    const ask = byName.get(name)
    if (ask?.access !== 'public') throw new Error(`The public may not ask ${name}.`)
    return (await ask.answer(this.reader, ask.input.parse(input))) as AnswerOf<Name>
  }
}

const dayForms = {
  zh: (year: number, month: number, day: number) => `${year}年${month}月${day}日`,
  en: (year: number, month: number, day: number) =>
    `${day} ${['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'][month - 1]} ${year}`,
}

export function dayIn(language: Language, day: Day): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return dayForms[language](year, month, date)
}

const numbers = { zh: new Intl.NumberFormat('zh-CN'), en: new Intl.NumberFormat('en-GB') }
export const numberIn = (language: Language, value: number): string => numbers[language].format(value)

const FEN_PER_YUAN = 100n
/** Whole fen as yuan with groups, as people read them. */
export function yuanIn(language: Language, fen: bigint): string {
  const whole = numbers[language].format(fen / FEN_PER_YUAN)
  const rest = String((fen < 0n ? -fen : fen) % FEN_PER_YUAN).padStart(2, '0')
  return language === 'zh' ? `${whole}.${rest}元` : `CNY ${whole}.${rest}`
}
