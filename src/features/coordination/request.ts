import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { addWorkingDays } from '#kernel/calendar.ts'
import { send } from '#kernel/db.ts'
import type { Figure } from '#kernel/figure.ts'
import { v7 } from '#kernel/uuid.ts'
import { Day, Reason, UnitId } from '#kernel/words.ts'
import { kindWords, minutesParameters } from './fields.ts'
import { listed, titlesThatSpeakOf } from './held.ts'
import {
  askedBefore,
  budgetOf,
  budgetRule,
  chosenBelow,
  fieldRule,
  minutesFor,
  NAMED_MAX,
  yearOf,
} from './request-rules.ts'
import { freeSlot, usesOf } from './requests.ts'

const FIELDS_MAX = 40
const RECEIVERS_MAX = 1000

const fieldOf = (figures: readonly Figure[]) =>
  z.strictObject({
    kind: z.enum(['text', 'whole', 'amount', 'figure']).meta({
      label: { zh: '怎样填', en: 'How it is answered' },
      widget: 'choice',
      choices: kindWords,
    }),
    title: z
      .string()
      .trim()
      .max(200)
      .optional()
      .meta({ label: { zh: '问题', en: 'Question' } }),
    figure: z
      .string()
      .max(80)
      .optional()
      .meta({
        label: { zh: '指标', en: 'Figure' },
        hint: { zh: '系统已有的，由系统填。', en: 'What the system holds, the system fills in.' },
        widget: 'choice',
        choices: Object.fromEntries(figures.map((figure) => [figure.name, figure.title])),
      }),
  })
/** A superior asks units below for a report that the charter does not ask for. It costs their time, and the form says how much. */
export const requestReport = (figures: readonly Figure[]) =>
  act({
    name: 'report.request',
    title: { zh: '要求报送章程以外的材料', en: 'Request a report outside the charter' },
    purpose: {
      zh: '向下级要章程没有规定的材料，须说明理由；占用每个单位当年的额度，系统已有的由系统填。',
      en: 'Asks units below for what the charter does not ask; it needs a reason, takes a place in each unit’s budget of the year, and what the system holds is filled in.',
    },
    duty: 'request-reports',
    parameters: ['request_budget', 'request_time_min', ...minutesParameters],
    input: z.object({
      unit: UnitId.meta({ label: { zh: '要材料的单位', en: 'Unit that asks' } }),
      title: z
        .string()
        .trim()
        .min(2)
        .max(200)
        .meta({ label: { zh: '名称', en: 'Title' } }),
      reason: Reason.meta({
        label: { zh: '为什么要', en: 'Why it is needed' },
        hint: { zh: '填表的人会看到。', en: 'Whoever has to answer reads it.' },
      }),
      receivers: z
        .array(UnitId.meta({ label: { zh: '单位', en: 'Unit' } }))
        .max(RECEIVERS_MAX)
        .optional()
        .meta({
          label: { zh: '向哪些单位要', en: 'Units asked' },
          hint: { zh: '不填则为辖区内所有贫困县。', en: 'Every poor county below, unless units are named.' },
        }),
      due: Day.meta({ label: { zh: '报送期限', en: 'Due' } }),
      fields: z
        .array(fieldOf(figures))
        .min(1)
        .max(FIELDS_MAX)
        .meta({ label: { zh: '要什么', en: 'What is asked' } }),
    }),
    refusals: {
      'not-below': {
        zh: '{names}不在{unit}之下，或不承担报送。',
        en: '{names}: not below {unit}, or not a level that answers requests.',
        topic: { zh: '都是下级单位', en: 'every unit asked stands below' },
        cites: 'duty:answer-requests',
      },
      'nobody-asked': {
        zh: '{unit}之下当日没有可以要材料的单位。',
        en: 'Below {unit} there is nobody on that day to be asked.',
        topic: { zh: '有接收单位', en: 'somebody is asked' },
      },
      'field-incomplete': {
        zh: '第{n}项没有写明问题，或没有选定指标。',
        en: 'Field {n} has no question, or names no figure.',
        topic: { zh: '每项写明', en: 'every field says what it asks' },
      },
      'unknown-figure': {
        zh: '系统没有“{figure}”这个指标。',
        en: 'The system has no figure «{figure}».',
        topic: { zh: '指标存在', en: 'every figure exists' },
      },
      'nothing-to-ask': {
        zh: '所要的系统都有：{figures}。不需要任何人填报。',
        en: 'The system holds all of it: {figures}. Nobody needs to report anything.',
        topic: { zh: '确有系统没有的内容', en: 'something is asked that the system does not hold' },
        notJudgedWith: ['unknown-figure'],
        remedy: {
          zh: '在“指标”页查看，随时可下载。',
          en: 'Read it under «Figures», where it can be downloaded any day.',
        },
      },
      'due-too-soon': {
        zh: '期限{due}太急，最早{earliest}（{days}个工作日后）。',
        en: 'Due {due} is too soon: not before {earliest}, {days} working days from now.',
        topic: { zh: '给足时间', en: 'there is time to answer' },
        cites: 'parameter:request_time_min',
      },
      'budget-spent': {
        zh: '{unit}{year}年的额度{budget}件已经用完：{used}。',
        en: '{unit}’s budget of {budget} requests for {year} is spent: {used}.',
        topic: { zh: '额度未用完', en: 'the budget of the year is not spent' },
        remedy: {
          zh: '先撤回尚无人填报的要求，或等到下一年度；系统已有的直接查看。',
          en: 'Withdraw a request that nobody has answered yet, or wait for the next year; read what the system holds.',
        },
        cites: 'parameter:request_budget',
      },
    },
    advice: {
      'held-already': {
        zh: '“{title}”系统已有：{figures}。改为指标，就不用填。',
        en: '«{title}» is held already: {figures}. As a figure, nobody has to type it.',
      },
      'filled-in': {
        zh: '{count}项由系统填好：{figures}。',
        en: '{count} of the fields are filled in by the system: {figures}.',
      },
      'costs-minutes': {
        zh: '{fields}项 × {units}个单位，约占用{minutes}分钟（{hours}小时）。按设定折算。',
        en: '{fields} fields × {units} units: about {minutes} minutes ({hours} hours) of their time, by the setting.',
      },
      'asked-before': {
        zh: '“{title}”{on}已由{by}要过（《{request}》）。',
        en: '«{title}» was asked on {on} by {by} («{request}»).',
      },
    },
    then: [
      {
        zh: '接收单位收到应办事项，逾期按章程督办。',
        en: 'Each unit asked owes an answer by the day, with the charter’s ladder.',
      },
      {
        zh: '系统已有的数自动填好；填报后汇总可下载。',
        en: 'What the system holds is filled in; the answers come as one table.',
      },
      { zh: '占用的时间计入“负担”。', en: 'What is typed counts as burden, in your name.' },
    ],
    about: { kind: 'request-desk', input: (desk: { unit: string }) => ({ unit: desk.unit }) },
    over: (input) => input.unit,
    turns: (input) => input.receivers ?? [],
    async facts(tx, { unit, receivers, fields }, by) {
      const chosen = await chosenBelow(tx, unit, receivers, by)
      const [uses, before] = await Promise.all([
        usesOf(
          tx,
          chosen.found.map((each) => each.id),
          yearOf(by),
        ),
        askedBefore(tx, chosen.found, fields, by),
      ])
      return { ...chosen, uses, before }
    },
    rule({ found, strange, uses, before }, { fields, due }, refuse, by, advise) {
      const unit = by.lineage[0].name
      const time = by.parameter('request_time_min').value
      const earliest = addWorkingDays(by.on, time, by.charter.calendar)
      const held = fields.flatMap((field) => figures.find((figure) => figure.name === field.figure) ?? [])
      const typed = fields.filter((field) => field.kind !== 'figure')
      const minutes = found.length * minutesFor(typed, by)
      return [
        strange.length === 0 || refuse('not-below', { names: listed(strange.slice(0, NAMED_MAX)), unit }),
        found.length > 0 || strange.length > 0 || refuse('nobody-asked', { unit }),
        ...fields.flatMap((field, at) => fieldRule(field, at + 1, figures, refuse)),
        typed.length > 0 || refuse('nothing-to-ask', { figures: listed(held.map((figure) => figure.title)) }),
        due >= earliest || refuse('due-too-soon', { due, earliest, days: time }),
        ...budgetRule(found, uses, by, refuse),
        ...typed.flatMap(({ title = '' }) => {
          const known = titlesThatSpeakOf(title, figures)
          return known.length > 0 ? [advise('held-already', { title, figures: listed(known) })] : []
        }),
        held.length === 0 ||
          advise('filled-in', { count: held.length, figures: listed(held.map((figure) => figure.title)) }),
        ...before.map((each) => advise('asked-before', each)),
        typed.length === 0 ||
          advise('costs-minutes', {
            fields: typed.length,
            units: found.length,
            minutes,
            hours: (minutes / 60).toFixed(1),
          }),
      ]
    },
    async effect(tx, { unit, title, reason, due, fields }, { found, uses }, by) {
      const id = v7()
      const post = by.actor.kind === 'person' ? by.actor.seat.post : ''
      await tx
        .insertInto('report_request')
        .values({ id, unit_id: unit, post, title, reason, due_on: due, on_day: by.on, act_id: by.act })
        .execute()
      const asked = fields.map((field, at) => ({
        n: at + 1,
        kind: field.kind,
        title: field.title || (figures.find((figure) => figure.name === field.figure)?.title.zh ?? ''),
        figure: field.kind === 'figure' ? (field.figure ?? null) : null,
      }))
      const places = found.map((each) => ({
        unit: each.id,
        slot: freeSlot(uses.filter((use) => use.unit === each.id)),
        budget: budgetOf(each, by),
      }))
      send(
        tx,
        sql`insert into report_request_field (request_id, n, title, kind, figure, act_id)
          select ${id}, f.n, f.title, f.kind, f.figure, ${by.act}
            from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as f (n int, title text, kind text, figure text)`.compile(
          tx,
        ),
      )
      // Where two ask at once, the later one's snapshot does not know the other's place: this makes it look again, and take the next.
      send(
        tx,
        sql`insert into report_request_receiver (request_id, unit_id, on_day, year, slot, budget, act_id)
          select ${id}, p.unit, ${by.on}::date, ${yearOf(by)}, p.slot, p.budget, ${by.act}
            from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as p (unit uuid, slot int, budget int)
          on conflict do nothing`.compile(tx),
      )
      return { request: id, due, receivers: found.map((each) => each.id) }
    },
    concerns: (_input, { request, due, receivers }) => receivers.map((unit) => ({ unit, subject: request, due })),
  })
