import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Status } from '#kernel/charter.ts'
import { send } from '#kernel/db.ts'
import type { Text } from '#kernel/words.ts'
import { UnitId, Year } from '#kernel/words.ts'
import { FactorId, factorOf } from './factors.ts'
import { type FactorValues, factorValuesOf, receiversOf } from './formula-books.ts'
import { someNames } from './formula-compute.ts'

const VALUES_MAX = 10_000
const VALUE_MAX = 1e13

/** What the factors measure for the units below, year by year, in batches; a correction is a new version of a value. */
export const enterFactors = act({
  name: 'factors.enter',
  title: { zh: '录入因素数据', en: 'Enter values of factors' },
  purpose: {
    zh: '录入下级单位某年度的因素数据，注明出处和可信程度；更正即录入新值，旧值可查。',
    en: 'Enters what the factors measure for the units below in a year, with the source and how sure one is; a correction is a new value, the old stays readable.',
  },
  duty: 'set-allocation-formula',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '分配单位', en: 'Unit that allocates' } }),
    year: Year,
    source: z
      .string()
      .trim()
      .min(2)
      .max(500)
      .meta({ label: { zh: '出处', en: 'Source' } }),
    status: Status.default('made-up').meta({
      label: { zh: '可信程度', en: 'How sure' },
      widget: 'choice',
      choices: {
        V: { zh: '已见于来源', en: 'Seen in a source' },
        P: { zh: '部分见于来源', en: 'Seen in part' },
        K: { zh: '已知，未核对', en: 'Known, not verified' },
        'made-up': { zh: '虚构', en: 'Made up' },
      },
    }),
    values: z
      .array(
        z.strictObject({
          unit: UnitId,
          factor: FactorId,
          value: z
            .number()
            .min(0)
            .max(VALUE_MAX)
            .meta({ label: { zh: '数值', en: 'Value' } }),
        }),
      )
      .min(1)
      .max(VALUES_MAX)
      .meta({ label: { zh: '各单位数值', en: 'Values' } }),
  }),
  refusals: {
    'not-the-formula-setter': {
      zh: '因素数据由{bearer}录入，不由{unit}录入。',
      en: 'The values are {bearer}’s to enter, not {unit}’s.',
      topic: { zh: '由承担职责的单位录入', en: 'entered by the unit that holds the duty' },
      cites: 'duty:set-allocation-formula',
    },
    'year-too-far': {
      zh: '{year}年太早：只录入次年及以前的数据。',
      en: '{year} is too far ahead: values are entered for next year at the latest.',
      topic: { zh: '不晚于次年', en: 'next year at the latest' },
    },
    'not-a-receiver': {
      zh: '{unit}不向{names}按因素分配资金。',
      en: '{names}: {unit} gives them no money by factors.',
      topic: { zh: '都是接受分配的单位', en: 'every value is of a unit that money is shared among' },
      remedy: {
        zh: '中央录入各省，省录入本省贫困县；单位撤并的，录入承接的单位。',
        en: 'Each level enters its own receivers; where units were merged, enter the one that carries on.',
      },
    },
    'value-twice': {
      zh: '{values}出现两次。',
      en: '{values}: given twice.',
      topic: { zh: '每单位每因素一个数值', en: 'one value for each unit and factor' },
    },
    'value-out-of-range': {
      zh: '{values}超出范围：百分比不超过100；越小资金越多的因素须大于零；人数为整数，其余至多两位小数。',
      en: '{values}: out of range. Percentages end at 100; what calls for more money the less it is must be above nothing; people are whole, the rest has at most two decimals.',
      topic: { zh: '数值在范围内', en: 'every value is within its range' },
    },
    'nothing-new': {
      zh: '这些数值都已录入，没有变化。',
      en: 'All of these values stand already.',
      topic: { zh: '有新数值', en: 'something is new' },
    },
  },
  then: [
    {
      zh: '公式按最新数值计算；某日的结果按当日已录入的数值。',
      en: 'Formulas compute with the newest values; as of a day, with those entered by then.',
    },
  ],
  over: (input) => input.unit,
  async facts(tx, { unit, year, values }, by) {
    const receivers = await receiversOf(tx, by.charter, unit, by.on)
    const asked = [...new Set(values.map((each) => each.unit))]
    const [standing, { rows }] = await Promise.all([
      factorValuesOf(tx, asked, year, by.on),
      sql<{ id: string; zh: string; en: string }>`
        select distinct on (unit_id) unit_id as id, name_zh as zh, name_en as en from unit_version
         where unit_id = any (${asked}::uuid[]) order by unit_id, lower(valid_at) desc`.execute(tx),
    ])
    return {
      receivers: new Set(receivers.map((receiver) => receiver.id)),
      names: new Map(rows.map(({ id, zh, en }): [string, Text] => [id, { zh, en }])),
      standing,
    }
  },
  rule({ receivers, names, standing }, input, refuse, by) {
    const [unit] = by.lineage
    const nameOf = (id: string): Text => names.get(id) ?? { zh: id, en: id }
    const called = ({ unit: id, factor }: Value): Text => {
      const { title } = factorOf(factor)
      return { zh: `${nameOf(id).zh}“${title.zh}”`, en: `${nameOf(id).en} «${title.en}»` }
    }
    const strange = [...new Set(input.values.map((each) => each.unit).filter((id) => !receivers.has(id)))]
    const seen = new Set<string>()
    const twice = input.values.filter((each) => {
      const key = `${each.unit} ${each.factor}`
      return seen.has(key) || !seen.add(key)
    })
    const outside = input.values.filter((each) => !isWithin(each))
    const isNew = input.values.some((each) => !stands(each, input, standing))
    return [
      by.bearer.id === input.unit || refuse('not-the-formula-setter', { bearer: by.bearer.name, unit: unit.name }),
      input.year <= Number(by.on.slice(0, 4)) + 1 || refuse('year-too-far', { year: input.year }),
      strange.length === 0 || refuse('not-a-receiver', { unit: unit.name, names: someNames(strange.map(nameOf)) }),
      twice.length === 0 || refuse('value-twice', { values: someNames(twice.map(called)) }),
      outside.length === 0 || refuse('value-out-of-range', { values: someNames(outside.map(called)) }),
      isNew || refuse('nothing-new'),
    ]
  },
  effect: async (tx, input, { standing }, by) => {
    const { unit, year, source, status, values } = input
    const fresh = values.filter((each) => !stands(each, input, standing))
    const rows = fresh.map((each) => ({
      ...each,
      version: (standing.get(each.unit)?.get(each.factor)?.version ?? 0) + 1,
    }))
    send(
      tx,
      tx
        .insertInto('factor_batch')
        .values({ act_id: by.act, unit_id: unit, year, source, status, on_day: by.on })
        .compile(),
    )
    send(
      tx,
      sql`insert into factor_value (unit_id, year, factor, version, value, on_day, act_id)
          select r.unit, ${year}, r.factor, r.version, r.value, ${by.on}::date, ${by.act}
            from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (unit uuid, factor text, version int, value numeric)`.compile(
        tx,
      ),
    )
    return { unit, year, entered: rows.length, unchanged: values.length - rows.length }
  },
})

type Value = { readonly unit: string; readonly factor: FactorId; readonly value: number }

/** Whether the very value stands already, from the same source and as sure. */
function stands({ unit, factor, value }: Value, of: { source: string; status: Status }, standing: FactorValues) {
  const known = standing.get(unit)?.get(factor)
  return known?.value === value && known.source === of.source && known.status === of.status
}

function isWithin({ factor, value }: Value): boolean {
  const { direction, decimals, isPercent = false } = factorOf(factor)
  const grains = value * 10 ** decimals
  return (
    (direction === 'more' || value > 0) && (!isPercent || value <= 100) && Math.abs(grains - Math.round(grains)) < 1e-4
  )
}
