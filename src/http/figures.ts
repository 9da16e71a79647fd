import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { NotFound, type Reader } from '#kernel/ask.ts'
import { addDays } from '#kernel/calendar.ts'
import {
  type Figure,
  type FigureQuestion,
  type Reading,
  readFigure,
  readFigureBelow,
  readFigureRecords,
} from '#kernel/figure.ts'
import { answerable, findLineage } from '#kernel/standing.ts'
import { Day, UnitId, Year } from '#kernel/words.ts'
import type { Program } from '#src/program/open.ts'
import { findRoot } from '#src/program/seats.ts'
import { toCsv } from './csv.ts'
import { languageOf } from './language.ts'
import { malformed } from './problems.ts'
import { checkLanguage, dayFrom, parseQuery, readerOf } from './query.ts'
import { seatedActor } from './session.ts'

const POINTS_MAX = 120
const RECORDS_MAX = 200

const About = z.object({ unit: UnitId.optional(), year: Year.optional() })
const Records = About.extend({
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(RECORDS_MAX).default(50),
  side: z.enum(['counted', 'of']).default('counted'),
})
const Series = About.extend({
  from: Day.optional(),
  to: Day.optional(),
  every: z.enum(['month', 'quarter', 'year']).default('month'),
})

/** Routes for each figure: its reading, its records, its course over time and its table. Records name people; they need a seat. */
export function figureRoutes(app: FastifyInstance, program: Program) {
  app.get('/api/figures', (request) => {
    checkLanguage(request)
    return program.figures.map(describeFigure)
  })
  for (const figure of program.figures) {
    const at = `/api/figures/${figure.name}`
    app.get(at, (request) => readingOf(program, figure, request))
    app.get(`${at}/records`, (request) => recordsOf(program, figure, request))
    app.get(`${at}/series`, (request) => seriesOf(program, figure, request))
    app.get(`${at}.csv`, async (request, reply) => {
      const { text, name } = await tableOf(program, figure, request)
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(text)
    })
  }
}

export const describeFigure = ({ name, title, definition, measure, kind, duty, better, yearly, money }: Figure) => ({
  name,
  title,
  definition,
  measure,
  kind,
  duty,
  better,
  yearly: yearly ?? false,
  money: money ?? false,
})

/** What a request asks a figure: of which unit (the root, unless said), as of which day, for which year (that day's, unless said). */
async function questionOf(reader: Reader, { unit, year }: z.output<typeof About>): Promise<FigureQuestion> {
  const { on, map } = reader
  const of = unit ?? (await findRoot(reader.db, map))?.id
  const lineage = of === undefined ? undefined : await findLineage(reader.db, of, map)
  if (of === undefined || !lineage)
    throw new NotFound({ zh: `${map} 没有这个单位。`, en: `There was no such unit on ${map}.` })
  return { charter: reader.charter, unit: of, on, map, year: year ?? Number(on.slice(0, 4)) }
}

async function readingOf(program: Program, figure: Figure, request: FastifyRequest) {
  const about = parseQuery(About, request)
  const reader = await readerOf(program, request)
  const question = await questionOf(reader, about)
  const [reading, below, whose] = await Promise.all([
    readFigure(reader.db, figure, question),
    readFigureBelow(reader.db, figure, question),
    answerableFor(reader, figure, question),
  ])
  return {
    figure: describeFigure(figure),
    unit: question.unit,
    on: question.on,
    map: question.map,
    year: question.year,
    reading,
    below,
    answerable: whose,
  }
}

/** Who answered for a figure on the day asked as of, where the unit stood on the day's map. */
async function answerableFor({ db, charter, on }: Reader, figure: Figure, { unit }: FigureQuestion) {
  const duty = charter.findDuty(figure.duty, on)
  const lineage = await findLineage(db, unit, on)
  return duty && lineage ? answerable(db, charter, duty, lineage, on) : { kind: 'nobody' as const }
}

async function recordsOf(program: Program, figure: Figure, request: FastifyRequest) {
  const { offset, limit, side, ...about } = parseQuery(Records, request)
  await seatedActor(program, request)
  const reader = await readerOf(program, request)
  return readFigureRecords(reader.db, figure, await questionOf(reader, about), { offset, limit, side })
}

async function seriesOf(program: Program, figure: Figure, request: FastifyRequest) {
  const { from, to, every, ...about } = parseQuery(Series, request)
  const reader = await readerOf(program, request)
  dayFrom(request, 'to', reader.today)
  const last = to ?? reader.on
  const first = from ?? program.charter.text.versions[0]?.from ?? last
  if (first > last)
    throw malformed('from', { zh: '起始日期晚于截止日期。', en: 'The first day is later than the last.' })
  const question = await questionOf(reader, about)
  const days = periodEnds(first, last, every)
  if (days.length > POINTS_MAX)
    throw malformed('every', {
      zh: `一次最多 ${POINTS_MAX} 个时点，请缩短时段或放宽间隔。`,
      en: `At most ${POINTS_MAX} points at once; ask for a shorter time or longer steps.`,
    })
  const points = await Promise.all(
    days.map(async (on) => {
      const year = about.year ?? Number(on.slice(0, 4))
      return { on, ...(await readFigure(reader.db, figure, { ...question, on, year })) }
    }),
  )
  return { figure: describeFigure(figure), unit: question.unit, map: question.map, every, points }
}

const MONTHS = { month: 1, quarter: 3, year: 12 } as const

/** The last day of each period that ends in a stretch of time, and the last day of the stretch itself. */
export function periodEnds(from: Day, to: Day, every: keyof typeof MONTHS): readonly Day[] {
  const ends: Day[] = []
  const step = MONTHS[every]
  const [year = 0, month = 1] = from.split('-').map(Number)
  for (let ahead = Math.floor((month - 1) / step) * step + step; ; ahead += step) {
    const next = `${year + Math.floor(ahead / 12)}-${String((ahead % 12) + 1).padStart(2, '0')}-01`
    const end = addDays(next, -1)
    if (end >= to) return [...ends, to]
    ends.push(end)
  }
}

const FEN_PER_YUAN = 100

/** What a program that reads the table expects: money in yuan, everything else as it is. */
const numberFor = (figure: Figure, value: number | null) =>
  value !== null && figure.money ? value / FEN_PER_YUAN : value

async function tableOf(program: Program, figure: Figure, request: FastifyRequest) {
  const about = parseQuery(About, request)
  const reader = await readerOf(program, request)
  const question = await questionOf(reader, about)
  const [total, below] = await Promise.all([
    readFigure(reader.db, figure, question),
    readFigureBelow(reader.db, figure, question),
  ])
  const language = languageOf(request)
  const words = {
    zh: ['代码', '单位', '数值', '分子', '分母', '截至'],
    en: ['code', 'unit', 'value', 'counted', 'of', 'as of'],
  }[language]
  const whole = { zh: '合计', en: 'total' }[language]
  const cells = ({ value, counted, of }: Reading) => [
    figure.kind === 'sum' ? numberFor(figure, value) : value,
    numberFor(figure, counted),
    numberFor(figure, of),
    question.on,
  ]
  const lines = below.map((row) => [row.code, row.name[language], ...cells(row)])
  const sum = [null, whole, ...cells(total)]
  return { text: toCsv([words, ...lines, sum]), name: `${figure.name}-${question.on}.csv` }
}
