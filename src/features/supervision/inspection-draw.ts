import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { commitmentOf } from '#features/evaluation/index.ts'
import {
  drawUnits,
  findInspection,
  inspectDuty,
  inspectionAbout,
  inspectionField,
  inspectionRefusals,
  inspectorField,
  readFrame,
  seedLine,
} from './inspection-facts.ts'
import { inspectionWords } from './states.ts'

/** The units are drawn. Who was drawn goes to whoever draws, and is kept under seal until the list's own day. */
export const drawInspection = act({
  name: 'inspection.draw',
  title: { zh: '抽取被督查单位', en: 'Draw the units' },
  purpose: {
    zh: '以封存的种子并入当日公开号码抽取。名单只告诉督查单位，启封日以前别处读不到。',
    en: 'Draws by the committed seed joined with the public number of the day. The list is told to the planner alone; until its day it is read nowhere else.',
  },
  duty: inspectDuty,
  final: true,
  confidential: true,
  rowSecurity: true,
  input: z.object({
    unit: inspectorField,
    inspection: inspectionField,
    seed: seedLine(12).meta({
      label: { zh: '种子', en: 'Seed' },
      hint: { zh: '与公布的摘要相符的原文。', en: 'The very text whose digest was published.' },
      personal: true,
    }),
    beacon: seedLine(2).meta({ label: { zh: '公开号码', en: 'Public number' } }),
  }),
  refusals: {
    ...inspectionRefusals,
    'seed-not-committed': {
      zh: '种子与公布的摘要不符。',
      en: 'This is not the seed whose digest was published.',
      topic: { zh: '种子与摘要相符', en: 'the seed is the one committed' },
      notJudgedWith: ['unknown-inspection', 'not-its-turn'],
    },
    'before-its-day': {
      zh: '抽取日是{day}，到日才能抽取。',
      en: 'The day of the draw is {day}; nothing is drawn before.',
      topic: { zh: '抽取日已到', en: 'the day of the draw has come' },
      notJudgedWith: ['unknown-inspection', 'not-its-turn'],
    },
  },
  then: [
    {
      zh: '名单启封以前，要看名单须“查看封存名单”，每次记入日志。',
      en: 'Until it opens, each look at the list goes into the journal.',
    },
  ],
  about: inspectionAbout(['planned'], 'when due'),
  over: (input) => input.unit,
  async facts(tx, { inspection }) {
    const [found, frame] = await Promise.all([findInspection(tx, inspection), readFrame(tx, inspection)])
    return { found, frame }
  },
  rule({ found }, { unit, seed }, refuse, by) {
    if (found?.unit !== unit) return [refuse('unknown-inspection')]
    if (found.state !== 'planned')
      return [refuse('not-its-turn', { title: found.title, standing: inspectionWords[found.state] })]
    return [
      found.drawOn <= by.on || refuse('before-its-day', { day: found.drawOn }),
      commitmentOf(seed) === found.commitment || refuse('seed-not-committed'),
    ]
  },
  async effect(tx, { unit, inspection, seed, beacon }, { found, frame }, by) {
    if (!found) throw new Error('An inspection that does not exist was not refused.')
    const kept = { inspection_id: inspection, on_day: by.on, act_id: by.act }
    await tx
      .insertInto('inspection_draw')
      .values({ ...kept, beacon })
      .execute()
    const { commitment, drawOn, opensOn } = found
    await tx
      .insertInto('inspection_sealed')
      .values({ ...kept, unit_id: unit, commitment, draw_on: drawOn, opens_on: opensOn, seed })
      .execute()
    const drawn = new Set(drawUnits(frame, seed, beacon))
    return { inspection, opensOn, units: frame.filter((each) => drawn.has(each.n)).map((each) => each.unit) }
  },
})

/** The planner's own seats look at a sealed list. That they looked is journalled; what they saw is kept nowhere. */
export const lookAtInspection = act({
  name: 'inspection.look',
  title: { zh: '查看封存名单', en: 'Look at the sealed list' },
  purpose: {
    zh: '启封以前为准备督查查看名单；谁在何时看过，记入日志。',
    en: 'Shows the list before its day to those who prepare the visits; who looked, and when, is journalled.',
  },
  duty: inspectDuty,
  confidential: true,
  rowSecurity: true,
  input: z.object({ unit: inspectorField, inspection: inspectionField }),
  refusals: inspectionRefusals,
  about: inspectionAbout(['drawn']),
  over: (input) => input.unit,
  async facts(tx, { inspection }) {
    const [found, frame, sealed] = await Promise.all([
      findInspection(tx, inspection),
      readFrame(tx, inspection),
      tx.selectFrom('inspection_sealed').select('seed').where('inspection_id', '=', inspection).executeTakeFirst(),
    ])
    return { found, frame, seed: sealed?.seed }
  },
  rule({ found }, { unit }, refuse) {
    if (found?.unit !== unit) return [refuse('unknown-inspection')]
    return [
      found.state === 'drawn' || refuse('not-its-turn', { title: found.title, standing: inspectionWords[found.state] }),
    ]
  },
  effect(_tx, { inspection }, { found, frame, seed }) {
    const drawn = new Set(drawUnits(frame, seed ?? '', found?.beacon ?? ''))
    return Promise.resolve({ inspection, units: frame.filter((each) => drawn.has(each.n)).map((each) => each.unit) })
  },
})
