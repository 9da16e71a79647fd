import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { type Figure, readFigure } from '#kernel/figure.ts'
import { type Day, type Text, UnitId, yuanOf } from '#kernel/words.ts'
import { type FieldKind, kindWords, minutesOf } from './fields.ts'
import { readRequests } from './request-list.ts'
import { fieldsOf, lastAnswer, type RequestField } from './requests.ts'

/** How a value is shown: money in yuan, shares as shares, numbers and words as they are. */
export type Shown = 'text' | 'whole' | 'amount' | 'share'

type FieldLine = RequestField & {
  readonly kindWords: Text
  readonly shown: Shown
  readonly measure: Text | null
  readonly figureTitle: Text | null
  readonly minutes: number
}

function fieldLine(reader: Reader, figures: readonly Figure[], field: RequestField): FieldLine {
  const figure = figures.find((each) => each.name === field.figure)
  const kinds: Readonly<Record<FieldKind, Shown>> = {
    text: 'text',
    whole: 'whole',
    amount: 'amount',
    figure: figure?.kind === 'ratio' ? 'share' : figure?.money ? 'amount' : 'whole',
  }
  return {
    ...field,
    kindWords: kindWords[field.kind],
    shown: kinds[field.kind],
    measure: figure?.measure ?? null,
    figureTitle: figure?.title ?? null,
    minutes: field.kind === 'figure' ? 0 : minutesOf(reader.charter, field.kind, reader.on),
  }
}

type AnswerRow = {
  unit: string
  name: Text
  tier: string
  version: number | null
  on: Day | null
  act: string | null
  reason: string | null
  person: { name: Text; madeUp: boolean } | null
  measured: number | null
  values: readonly { n: number; text: string | null; number: string | null }[] | null
}

/** The newest answer that each unit had given by a day. */
async function answersOn({ db, on }: Reader, request: string) {
  const { rows } = await sql<AnswerRow>`
    select p.unit_id as unit, json_build_object('zh', v.name_zh, 'en', v.name_en) as name, v.tier, a.version, a.on_day as "on", a.act_id as act,
           a.reason, a.minutes_measured as measured,
           case when q.id is not null then json_build_object('name', json_build_object('zh', q.name_zh, 'en', q.name_en), 'madeUp', q.made_up) end as person,
           (select json_agg(json_build_object('n', x.n, 'text', x.text_value, 'number', x.number_value::text) order by x.n)
              from request_answer_value x where x.request_id = a.request_id and x.unit_id = a.unit_id and x.version = a.version) as values
      from report_request_receiver p
      join lateral (select name_zh, name_en, tier, code from unit_version w where w.unit_id = p.unit_id and lower(w.valid_at) <= ${on}::date
                     order by lower(w.valid_at) desc limit 1) v on true
      left join lateral (select * from request_answer a where a.request_id = p.request_id and a.unit_id = p.unit_id and a.on_day <= ${on}::date
                          order by a.version desc limit 1) a on true
      left join person q on q.id = a.person_id
     where p.request_id = ${request}
     order by a.on_day nulls last, v.code nulls last, v.name_en`.execute(db)
  return rows
}

/** A number as it travels: fen become yuan. */
const written = (shown: Shown, number: string | null): string | null =>
  number === null || shown !== 'amount' ? number : yuanOf(BigInt(number.split('.')[0] ?? '0'))

/** One request: what is asked, who has answered, the table of the answers. */
export const showRequest = (figures: readonly Figure[]) =>
  ask({
    name: 'request.show',
    title: { zh: '报送要求详情', en: 'One request' },
    purpose: {
      zh: '要什么、哪些由系统填、谁已填报、汇总表；本单位的填报表已预填。',
      en: 'What is asked, what the system fills in, who has answered, and the table of answers; one’s own form comes filled in as far as it can be.',
    },
    access: 'seated',
    input: z.object({
      id: z.uuid(),
      /** Whose form is to be filled in; the asker's own unit, unless another is named. */
      unit: UnitId.optional(),
    }),
    async answer(reader, { id, unit }) {
      const [line] = await readRequests(reader, sql`id = ${id}`)
      if (!line)
        throw new NotFound({ zh: '没有这件要求，或当日尚未提出。', en: 'There is no such request on that day.' })
      const fields = (await fieldsOf(reader.db, id)).map((field) => fieldLine(reader, figures, field))
      const rows = await answersOn(reader, id)
      const answers = rows.map(({ values, ...row }) => ({
        ...row,
        request: id,
        isWithdrawn: line.withdrawnOn !== null,
        values: fields.map(({ n, shown }) => {
          const value = values?.find((each) => each.n === n)
          return value ? (value.text ?? written(shown, value.number)) : null
        }),
      }))
      const own = unit ?? (reader.actor?.kind === 'person' ? reader.actor.seat.unit : undefined)
      const mine = answers.find((answer) => answer.unit === own)
      return {
        ...line,
        fields,
        answers: await withAbilities(reader, 'request-answer', answers),
        totals: fields.map(({ n, shown }) => (shown === 'text' || shown === 'share' ? null : totalOf(shown, rows, n))),
        form: mine ? await formFor(reader, figures, fields, id, mine.unit) : null,
      }
    },
  })

function totalOf(shown: Shown, rows: readonly AnswerRow[], n: number): string | null {
  const numbers = rows.flatMap((row) => row.values?.find((value) => value.n === n)?.number ?? [])
  if (numbers.length === 0) return null
  const sum = numbers.reduce((all, number) => all + BigInt(number.split('.')[0] ?? '0'), 0n)
  return written(shown, sum.toString())
}

/** A unit's own form: what the system holds as it stands today, and what it typed before. */
async function formFor(
  reader: Reader,
  figures: readonly Figure[],
  fields: readonly FieldLine[],
  request: string,
  unit: string,
) {
  const { db, charter, on } = reader
  const last = await lastAnswer(db, request, unit)
  const lines = fields.map(async ({ n, kind, shown, figure: name }) => {
    const figure = figures.find((each) => each.name === name)
    if (kind !== 'figure') {
      const before = last?.values.get(n)
      return { n, value: before ? (before.text ?? written(shown, before.number)) : null }
    }
    if (!figure) return { n, value: null }
    const question = { charter, unit, on, map: on, year: Number(on.slice(0, 4)) }
    const { value } = await readFigure(db, figure, question)
    return { n, value: value === null ? null : written(shown, String(shown === 'share' ? value : Math.round(value))) }
  })
  return { unit, version: last?.version ?? 0, answeredOn: last?.on ?? null, values: await Promise.all(lines) }
}
