import { sql } from 'kysely'
import { z } from 'zod'
import { lineagesOf } from '#kernel/abilities.ts'
import { act } from '#kernel/act.ts'
import { scattered } from '#kernel/uuid.ts'
import { type Text, UnitId, Year } from '#kernel/words.ts'
import { assessedBy, personOf } from './assess-read.ts'
import { assessorField, schemeField, schemeRefusals } from './assess-words.ts'

const UNITS_MAX = 400

/** The yearly assessment begins: each unit named, or all that stand below at the tier that is assessed, owes its own report. */
export const openAssessment = act({
  name: 'assessment.open',
  title: { zh: '启动年度考核', en: 'Open the yearly assessment' },
  purpose: {
    zh: '年末对下一级启动年度考核；被考核单位随即应自查自报，逐项附依据。',
    en: 'Opens the assessment of a year for the level below; whoever is assessed then owes its own report, item by item with evidence.',
  },
  duty: 'assess-below',
  input: z.object({
    unit: assessorField,
    scheme: schemeField,
    year: Year,
    units: z
      .array(UnitId)
      .max(UNITS_MAX)
      .default([])
      .meta({
        label: { zh: '被考核单位', en: 'Who is assessed' },
        hint: { zh: '不填则为本单位之下的全部。', en: 'Left empty: all that stand below.' },
      }),
  }),
  refusals: {
    ...schemeRefusals,
    'year-not-over': {
      zh: '{year}年尚未结束；考核自年末起进行。',
      en: '{year} has not ended; a year is assessed from its end on.',
      topic: { zh: '年度已结束', en: 'the year has ended' },
      remedy: { zh: '到12月31日再启动。', en: 'Open it from 31 December on.' },
    },
    'nobody-to-assess': {
      zh: '本单位之下没有应考核的单位。',
      en: 'Nobody stands below this unit to be assessed so.',
      topic: { zh: '有被考核单位', en: 'there is somebody to assess' },
      notJudgedWith: ['scheme-unknown', 'not-the-assessor'],
    },
    'not-assessed-here': {
      zh: '{name}不是本单位按此办法考核的单位；谁也不能考核自己或别人的下级。',
      en: '{name} is not assessed by this unit so; nobody assesses itself, or those below another.',
      topic: { zh: '都是本单位考核的单位', en: 'each is this unit’s to assess' },
      notJudgedWith: ['scheme-unknown', 'not-the-assessor'],
    },
    'unit-twice': {
      zh: '{name}列了两次。',
      en: '{name} is named twice.',
      topic: { zh: '单位没有重复', en: 'nobody is named twice' },
    },
    'already-opened': {
      zh: '{name}{year}年的考核已经启动。',
      en: 'The assessment of {name} for {year} is open already.',
      topic: { zh: '尚未启动', en: 'it is not open yet' },
    },
  },
  advice: {
    'weights-blank': {
      zh: '{year}年的权重还没有确定：没有权重，只核定数值，不计分、不排名。',
      en: 'No weights are adopted for {year}: without them values are verified, and nothing is scored or ranked.',
    },
  },
  then: [
    { zh: '被考核单位在时限内自查自报。', en: 'Each reports its own results within its time.' },
    { zh: '逐项核定，签发，落实结果运用。', en: 'They are verified item by item, signed, and acted upon.' },
  ],
  about: {
    kind: 'assessments',
    offered: (here: { isAssessor: boolean }) => here.isAssessor,
    input: (here: { unit: string; scheme: string; year: number }) => ({
      unit: here.unit,
      scheme: here.scheme,
      year: here.year,
    }),
  },
  over: (input) => input.unit,
  turns: (input) => input.units,
  async facts(tx, { unit, scheme: id, year, units }, by) {
    const scheme = by.charter.findAssessment(id)
    const below = scheme ? await assessedBy(tx, unit, scheme, by.on) : []
    const chosen = units.length > 0 ? units : below.map((each) => each.id)
    const { rows } = await sql<{ of: string }>`
      select of_unit_id as of from assessment where of_unit_id = any (${chosen}::uuid[]) and scheme = ${id} and year = ${year}`.execute(
      tx,
    )
    const weighed = await sql`
      select from assessment_weights where unit_id = ${unit} and scheme = ${id} and year = ${year} limit 1`.execute(tx)
    const lineages = await lineagesOf(tx, chosen, by.on)
    const opened = new Set(rows.map((row) => row.of))
    const isBelow = new Set(below.map((each) => each.id))
    return {
      hasWeights: weighed.rows.length > 0,
      chosen: chosen.map((each) => ({
        id: each,
        name: (lineages.get(each)?.[0]?.name ?? { zh: each, en: each }) satisfies Text,
        isBelow: isBelow.has(each),
        isOpen: opened.has(each),
      })),
    }
  },
  rule({ chosen, hasWeights }, { scheme: id, year, units }, refuse, by, advise) {
    const scheme = by.charter.findAssessment(id)
    const [unit] = by.lineage
    const isAssessor = scheme?.by === unit.tier
    return [
      scheme !== undefined || refuse('scheme-unknown', { scheme: id }),
      !scheme ||
        isAssessor ||
        refuse('not-the-assessor', { scheme: scheme.title, tier: by.charter.tier(scheme.by).name, unit: unit.name }),
      by.on >= `${year}-12-31` || refuse('year-not-over', { year }),
      !isAssessor || chosen.length > 0 || refuse('nobody-to-assess'),
      ...chosen.flatMap(({ id: each, name, isBelow, isOpen }, at) => [
        units.indexOf(each) === at || units.length === 0 || refuse('unit-twice', { name }),
        !isAssessor || isBelow || refuse('not-assessed-here', { name }),
        !isOpen || refuse('already-opened', { name, year }),
      ]),
      hasWeights || advise('weights-blank', { year }),
    ]
  },
  async effect(tx, { unit, scheme, year }, { chosen }, by) {
    const opened = chosen.map((each, at) => ({ assessment: scattered(by.act, at), of: each.id }))
    await tx
      .insertInto('assessment')
      .values(
        opened.map(({ assessment, of }) => ({
          id: assessment,
          unit_id: unit,
          of_unit_id: of,
          scheme,
          year,
          on_day: by.on,
          act_id: by.act,
        })),
      )
      .execute()
    await tx
      .insertInto('assessment_step')
      .values(
        opened.map(({ assessment }) => ({
          assessment_id: assessment,
          ordinal: 1,
          step: 'open',
          state: 'opened',
          reason: null,
          on_day: by.on,
          person_id: personOf(by),
          act_id: by.act,
          from_state: 'none',
          from_day: null,
        })),
      )
      .execute()
    return { unit, opened }
  },
  concerns: (_, { opened }) => opened.map(({ assessment, of }) => ({ unit: of, subject: assessment })),
})
