import type { Reader } from '#kernel/ask.ts'
import type { Figure } from '#kernel/figure.ts'
import type { Text } from '#kernel/words.ts'
import { type Column, writeSheet, type Written } from '#src/sheets/index.ts'
import { type Shown, showRequest } from './request-show.ts'

const words = {
  unit: { zh: '单位', en: 'Unit' },
  on: { zh: '填报日期', en: 'Answered on' },
  who: { zh: '填报人', en: 'Answered by' },
  total: { zh: '合计', en: 'Total' },
  sheet: { zh: '填报汇总', en: 'Answers' },
} satisfies Record<string, Text>

const formats: Readonly<Record<Shown, string | undefined>> = {
  text: undefined,
  whole: '#,##0',
  amount: '#,##0.00',
  share: '0.0%',
}

/** The answers to a request as a workbook: a row for each unit asked, the sums below. */
export async function requestSheet(reader: Reader, figures: readonly Figure[], id: string, language: keyof Text) {
  const ask = showRequest(figures)
  const request = await ask.answer(reader, ask.input.parse({ id }))
  const cell = (shown: Shown, value: string | null): Written =>
    value === null || shown === 'text' ? value : Number(value)
  const columns: readonly Column[] = [
    { header: words.unit[language], width: 24 },
    { header: words.on[language], width: 12 },
    { header: words.who[language], width: 20 },
    ...request.fields.map(({ figureTitle, title, shown }): Column => {
      const format = formats[shown]
      return { header: figureTitle?.[language] ?? title, width: shown === 'text' ? 40 : 16, ...(format && { format }) }
    }),
  ]
  const rows: Written[][] = request.answers.map((answer) => [
    answer.name[language],
    answer.on,
    answer.person ? answer.person.name[language] : null,
    ...request.fields.map(({ shown }, at) => cell(shown, answer.values[at] ?? null)),
  ])
  const totals = request.fields.map(({ shown }, at) => cell(shown, request.totals[at] ?? null))
  return writeSheet([...rows, [words.total[language], null, null, ...totals]], columns, { name: words.sheet[language] })
}
