import { sql } from 'kysely'
import { z } from 'zod'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { type Day, type Text, UnitId, Year } from '#kernel/words.ts'
import { shown, stepShown } from './list.ts'
import { type Part, percentOf } from './model.ts'
import { lineageOf, type Outlook, outlookOn, type Row } from './outlook.ts'
import { reliability } from './reliability.ts'
import { baseWords, paceWords, partNames, partRecords, signWords } from './words.ts'

const RECORDS_MAX = 5

type RecordShown = { readonly label: Text; readonly since: Day; readonly to: string }

/** One county and year: the chance, how it comes about, and what has to be done by whom and by when. */
export const showForecast = ask({
  name: 'forecast.show',
  title: { zh: '一个县的退出预测', en: 'The forecast for one county' },
  purpose: {
    zh: '按期退出的可能性从哪里来（逐项、附记录）、还差哪些步骤、每步最迟何时由谁办，以及同样的预测以往有多准。',
    en: 'How the chance comes about, part by part with its records; the steps ahead with who and by when; how often such forecasts came true.',
  },
  access: 'seated',
  input: z.object({ unit: UnitId, year: Year }),
  async answer(reader, { unit, year }) {
    const outlook = await outlookOn(reader, year)
    const { forecaster, lesson, rows } = outlook
    const row = rows.find((each) => each.unit === unit && each.year === year)
    if (!row)
      throw new NotFound({
        zh: '当日没有这个县在该年度退出的进度安排。',
        en: 'On that day no schedule had this county leave in that year.',
      })
    const lineage = lineageOf(forecaster.books, unit)
    return {
      ...shown(reader, forecaster, row),
      above: (lineage ?? []).slice(1, -1).map(({ id, name }) => ({ id, name })),
      daysLeft: row.deadline - forecaster.books.on,
      parts: await partsShown(reader, outlook, row),
      steps: row.next.map((next) => stepShown(reader, forecaster, unit, next)),
      learned: { years: lesson.years, counties: lesson.counties, made: lesson.made },
      /** What became of forecasts of the same tenth, in years that are over. */
      alike: row.forecast ? alike(outlook, row.forecast.p) : null,
    }
  },
})

async function partsShown(reader: Reader, { forecaster, lesson }: Outlook, row: Row) {
  const { forecast, unit, year } = row
  if (!forecast) return []
  const { books } = forecaster
  const seen = forecaster.sight.see(unit, year, books.on)
  const records = await recordsOf(reader, unit)
  const area = row.area === null ? null : (books.map.places.get(row.area)?.name ?? null)
  const words = (part: Part['part']): Text =>
    part === 'base'
      ? baseWords(lesson)
      : part === 'pace'
        ? paceWords(forecast, books.on, row.deadline, area)
        : signWords(part, seen)
  return forecast.parts.map(({ part, from, to }) => ({
    part,
    name: partNames[part],
    words: words(part),
    to: percentOf(to),
    points: percentOf(to) - percentOf(from),
    /** The most that this sign moves the odds, as the charter's settings begin and as the history has it. */
    odds: part === 'base' || part === 'pace' ? null : oddsOf(lesson, part),
    record: partRecords[part](unit, year),
    records: part === 'late' ? records.late : part === 'slipped' ? records.slipped : [],
  }))
}

export const oddsOf = ({ settings, weights }: Outlook['lesson'], sign: Exclude<Part['part'], 'base' | 'pace'>) => ({
  setting: percentOf(Math.exp(settings[sign])),
  fitted: percentOf(Math.exp(weights[sign])),
})

/** What is late, and what slipped, the longest first. */
async function recordsOf({ db, on, charter }: Reader, unit: string) {
  const [late, slipped] = await Promise.all([
    sql<{ id: string; obligation: string; since: Day }>`
      select i.id, i.obligation, obligation_due(i.id, i.due_on, ${on}::date) as since from obligation_item i
       where i.unit_id = ${unit} and i.opened_on <= ${on}::date and obligation_due(i.id, i.due_on, ${on}::date) < ${on}::date
         and (i.met_on is null or i.met_on > ${on}::date) and (i.lapsed_on is null or i.lapsed_on > ${on}::date)
       order by since, i.id limit ${RECORDS_MAX}`.execute(db),
    sql<{ project: string; name: string; milestone: string; since: Day }>`
      select p.project_id as project, p.name, m.name as milestone, m.due_on as since
        from project_on(${on}::date) p join milestone_on(${on}::date) m on m.project_id = p.project_id
       where p.unit_id = ${unit} and p.state = 'started' and m.done_on is null and m.due_on < ${on}::date
       order by m.due_on, p.code limit ${RECORDS_MAX}`.execute(db),
  ])
  return {
    late: late.rows.map(({ id, obligation, since }): RecordShown => {
      const title = charter.text.obligations.find((each) => each.id === obligation)?.title
      return { label: title ?? { zh: obligation, en: obligation }, since, to: `/obligations/${id}` }
    }),
    slipped: slipped.rows.map(({ project, name, milestone, since }): RecordShown => {
      const label = `${name} · ${milestone}`
      return { label: { zh: label, en: label }, since, to: `/projects/${project}` }
    }),
  }
}

const TENTHS = 10

function alike({ forecaster }: Outlook, p: number) {
  const tried = forecaster.yearsOver().flatMap((year) => forecaster.tryOn(year))
  const tenth = reliability(tried)[Math.min(TENTHS - 1, Math.floor(p * TENTHS))]
  return tenth && tenth.forecasts > 0 && tenth.came !== null
    ? { from: tenth.from, to: tenth.to, forecasts: tenth.forecasts, came: percentOf(tenth.came) }
    : null
}
