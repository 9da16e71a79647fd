import { z } from 'zod'
import { ask } from '#kernel/ask.ts'
import type { Text } from '#kernel/words.ts'
import { dayText } from './days.ts'
import type { Forecaster } from './forecaster.ts'
import { signs } from './model.ts'
import { currentYear, forecasterOn } from './outlook.ts'
import { reliability, type Score, scoreOf, type Tried } from './reliability.ts'
import { oddsOf } from './show.ts'
import { partNames } from './words.ts'

type Part = { readonly id: string; readonly name: Text; readonly score: Score }

/** How far forecasts can be believed: each year that is over, forecast month by month from what the years before it taught. */
export const forecastCalibration = ask({
  name: 'forecast.calibration',
  title: { zh: '预测有多准', en: 'How far the forecast can be believed' },
  purpose: {
    zh: '用以前的年份预测以后的年份，逐月比对：预测的把握与实际按期的比例、布赖尔分数与“只报历年比例”的比较，按省、按年、按月。',
    en: 'Later years forecast from earlier ones, month by month: what was said beside what came, the Brier score beside that of the bare share, by area, year and month.',
  },
  access: 'seated',
  input: z.object({}),
  async answer(reader) {
    const forecaster = await forecasterOn(reader)
    const years = forecaster.yearsOver()
    const tried = years.flatMap((year) => forecaster.tryOn(year))
    const lesson = forecaster.learn(currentYear(reader))
    const text = (zh: string, en = zh): Text => ({ zh, en })
    return {
      /** Years that are over, and how many of their counties made them: where all did, nothing can be told. */
      outcomes: years.map((year) => ({ year, ...outcomeOf(forecaster, year) })),
      whole: scoreOf(tried),
      classes: reliability(tried),
      byArea: group(
        tried,
        ({ area }) => area ?? '',
        (area) => {
          const place = forecaster.books.map.places.get(area)
          return place?.name ?? text('不明', 'not known')
        },
      ),
      byYear: group(
        tried,
        ({ year }) => String(year),
        (year) => text(year),
      ),
      byMonth: group(
        tried,
        ({ on }) => dayText(on).slice(5, 7),
        (month) => text(`${Number(month)}月底`, `end of ${monthNames[Number(month)]}`),
      ),
      signs: signs.map((sign) => {
        const looks = lesson.looks.filter((look) => look.signs[sign] > 0)
        return {
          sign,
          name: partNames[sign],
          ...oddsOf(lesson, sign),
          looks: looks.length,
          counties: new Set(looks.map(({ unit, year }) => `${unit} ${year}`)).size,
        }
      }),
    }
  },
})

const monthNames = ['', 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov']

function outcomeOf(forecaster: Forecaster, year: number) {
  const { counties, made } = forecaster.outcomesOf(year)
  return { counties, made, missed: counties - made }
}

function group(tried: readonly Tried[], of: (each: Tried) => string, name: (id: string) => Text): readonly Part[] {
  return [...Map.groupBy(tried, of)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, each]) => ({ id, name: name(id), score: scoreOf(each) }))
}
