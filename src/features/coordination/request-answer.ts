import { sql } from 'kysely'
import { z } from 'zod'
import { act, type By, type Line, type Refuse } from '#kernel/act.ts'
import { send } from '#kernel/db.ts'
import type { Figure } from '#kernel/figure.ts'
import { Reason, UnitId } from '#kernel/words.ts'
import { type FieldKind, minutesOf, minutesParameters, readTyped, type TypedValue } from './fields.ts'
import { figureNow, type HeldValue } from './held.ts'
import { fieldsOf, findRequest, lastAnswer, receiversOf, type RequestField } from './requests.ts'

const VALUE_MAX = 4000
const MINUTES_MAX = 10_000

const Entered = z.strictObject({
  n: z
    .int()
    .min(1)
    .max(100)
    .meta({ label: { zh: '项', en: 'Field' }, widget: 'count' }),
  value: z
    .string()
    .trim()
    .max(VALUE_MAX)
    .meta({ label: { zh: '填报', en: 'Answer' }, widget: 'prose' }),
})
type Entered = z.output<typeof Entered>
type Code = 'field-missing' | 'field-unknown' | 'filled-by-the-system' | 'not-of-its-kind'

/** A unit answers a request: only what nobody has entered. What the system holds is added as it stands, and kept so. */
export const answerRequest = (figures: readonly Figure[]) =>
  act({
    name: 'request.answer',
    title: { zh: '填报并签署', en: 'Answer a request' },
    purpose: {
      zh: '只填系统没有的；指标按签署时的数留存。再次填报即为更正，须说明理由。',
      en: 'Fills in only what the system does not hold; figures are kept as they stand when it is signed. Answering again corrects it, with a reason.',
    },
    duty: 'answer-requests',
    parameters: minutesParameters,
    input: z.object({
      unit: UnitId.meta({ label: { zh: '填报单位', en: 'Unit that answers' } }),
      request: z.uuid().meta({ label: { zh: '要求', en: 'Request' }, widget: 'reference', finds: 'find.requests' }),
      entered: z
        .array(Entered)
        .max(100)
        .meta({ label: { zh: '填报内容', en: 'Answers' } }),
      reason: Reason.optional().meta({
        label: { zh: '更正的理由', en: 'Reason for correcting' },
        hint: { zh: '首次填报不需要。', en: 'Not needed the first time.' },
      }),
      minutes: z
        .int()
        .min(0)
        .max(MINUTES_MAX)
        .optional()
        .meta({ label: { zh: '实际用时（分钟）', en: 'Minutes it took' }, widget: 'count' }),
    }),
    refusals: {
      'unknown-request': { zh: '没有这件要求。', en: 'There is no such request.' },
      'not-asked': {
        zh: '这件要求没有向{unit}提出。',
        en: '{unit} was not asked.',
        topic: { zh: '本单位是被要求的单位', en: 'the unit was asked' },
      },
      'request-withdrawn': {
        zh: '这件要求已于{on}撤回，不用填。',
        en: 'It was withdrawn on {on}; nothing needs to be answered.',
        topic: { zh: '要求仍有效', en: 'the request stands' },
      },
      'field-missing': {
        zh: '第{n}项“{title}”没有填。',
        en: 'Field {n}, «{title}», is not filled in.',
        topic: { zh: '每项都填了', en: 'every field is filled in' },
      },
      'field-unknown': {
        zh: '这件要求没有第{n}项，或填了两次。',
        en: 'The request has no field {n}, or it was filled in twice.',
        topic: { zh: '没有多余的项', en: 'nothing is filled in that was not asked' },
      },
      'filled-by-the-system': {
        zh: '第{n}项“{title}”由系统填，不必也不能手填。',
        en: 'Field {n}, «{title}», is filled in by the system and by nobody else.',
        topic: { zh: '没有手填系统已有的', en: 'nothing is typed that the system holds' },
      },
      'not-of-its-kind': {
        zh: '第{n}项“{title}”要填{kind}，“{value}”不是。',
        en: 'Field {n}, «{title}», asks for {kind}; «{value}» is none.',
        topic: { zh: '填法正确', en: 'every answer is of its kind' },
      },
      'reason-missing': {
        zh: '{unit}已于{on}填报；更正须说明理由。',
        en: '{unit} answered on {on}; a correction needs its reason.',
        topic: { zh: '更正有理由', en: 'a correction has its reason' },
        remedy: { zh: '写明更正的理由。', en: 'Say why it is corrected.' },
      },
    },
    then: [
      { zh: '要材料的单位随即看到；没有人再向你要同一项。', en: 'Whoever asked sees it at once.' },
      {
        zh: '填的每一项计入“负担”，记在要求者名下。',
        en: 'Each field typed counts as burden, in the name of whoever asked.',
      },
    ],
    about: {
      kind: 'request-answer',
      offered: (answer: { isWithdrawn: boolean }) => !answer.isWithdrawn,
      input: (answer: { unit: string; request: string }) => ({ unit: answer.unit, request: answer.request }),
    },
    over: (input) => input.unit,
    async facts(tx, { unit, request }, by) {
      const found = await findRequest(tx, request)
      if (!found) return undefined
      const [fields, receivers, last] = await Promise.all([
        fieldsOf(tx, request),
        receiversOf(tx, request),
        lastAnswer(tx, request, unit),
      ])
      const held = new Map<number, HeldValue>()
      for (const field of fields) {
        const figure = figures.find((each) => each.name === field.figure)
        if (field.kind === 'figure') held.set(field.n, figure ? await figureNow(tx, figure, unit, by) : nothing)
      }
      return { found, fields, isAsked: receivers.includes(unit), last, held }
    },
    rule(facts, { entered, reason }, refuse, by) {
      const unit = by.lineage[0].name
      if (!facts) return [refuse('unknown-request')]
      const { found, fields, isAsked, last } = facts
      return [
        isAsked || refuse('not-asked', { unit }),
        found.withdrawnOn === null || refuse('request-withdrawn', { on: found.withdrawnOn }),
        ...enteredRule(fields, entered, refuse),
        last === undefined || reason !== undefined || refuse('reason-missing', { unit, on: last.on }),
      ]
    },
    async effect(tx, { unit, request, entered, reason, minutes }, facts, by) {
      if (!facts) throw new Error('A request that does not exist was not refused.')
      const version = (facts.last?.version ?? 0) + 1
      await tx
        .insertInto('request_answer')
        .values({
          request_id: request,
          unit_id: unit,
          version,
          reason: version === 1 ? null : (reason ?? null),
          minutes_measured: minutes ?? null,
          on_day: by.on,
          person_id: by.principal?.id ?? null,
          act_id: by.act,
        })
        .execute()
      const values = facts.fields.map((field) =>
        valueOf(field, entered, facts.held.get(field.n), facts.last?.values.get(field.n), by),
      )
      send(
        tx,
        sql`insert into request_answer_value (request_id, unit_id, version, n, text_value, number_value, of_value, is_typed, minutes, act_id)
          select ${request}, ${unit}, ${version}, v.n, v.text, v.number, v.of, v.typed, v.minutes, ${by.act}
            from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
                 as v (n int, text text, number numeric, of numeric, typed boolean, minutes numeric)`.compile(tx),
      )
      return { request, unit, version, typed: values.filter((value) => value.typed).length }
    },
    subject: (input) => input.request,
  })

const nothing: HeldValue = { value: null, of: null }

const kindNames: Readonly<Record<Exclude<FieldKind, 'figure'>, { zh: string; en: string }>> = {
  text: { zh: '文字', en: 'text' },
  whole: { zh: '整数', en: 'a whole number' },
  amount: { zh: '金额（元，至多两位小数）', en: 'an amount in yuan with at most two decimals' },
}

function enteredRule(
  fields: readonly RequestField[],
  entered: readonly Entered[],
  refuse: Refuse<Code>,
): readonly Line<Code>[] {
  const given = new Map(entered.map((each) => [each.n, each.value]))
  const isStrange = ({ n }: Entered, at: number) =>
    !fields.some((field) => field.n === n) || entered.findIndex((each) => each.n === n) !== at
  return [
    ...entered.filter(isStrange).map(({ n }) => refuse('field-unknown', { n })),
    ...fields.map(({ n, title, kind }): Line<Code> => {
      const value = given.get(n)
      if (kind === 'figure') return value === undefined || refuse('filled-by-the-system', { n, title })
      if (value === undefined || value === '') return refuse('field-missing', { n, title })
      return (
        readTyped(kind, value) !== undefined || refuse('not-of-its-kind', { n, title, kind: kindNames[kind], value })
      )
    }),
  ]
}

/** A field's value as it is kept: typed now, carried over from the version before, or held by the system. */
function valueOf(
  { n, kind }: RequestField,
  entered: readonly Entered[],
  held: HeldValue | undefined,
  before: TypedValue | undefined,
  { charter, on }: By,
) {
  if (kind === 'figure')
    return { n, text: null, number: held?.value ?? null, of: held?.of ?? null, typed: false, minutes: 0 }
  const { text, number } = readTyped(kind, entered.find((each) => each.n === n)?.value ?? '') ?? {
    text: '',
    number: null,
  }
  const typed = before === undefined || before.text !== text || before.number !== number
  return { n, text, number, of: null, typed, minutes: typed ? minutesOf(charter, kind, on) : 0 }
}
