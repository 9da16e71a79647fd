import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { commissionerField, evaluationField } from './sample-commit.ts'
import { commitmentOf, drawSample, drawSeed, sampleDigest } from './sample-drawn.ts'
import { frameDigest } from './sample-frame.ts'
import { designOf, findSampling, readFrame } from './sample-read.ts'
import { type SampleState, samplingRefusals, stateWords } from './sample-words.ts'

const line = (min: number) =>
  z
    .string()
    .trim()
    .min(min)
    .max(200)
    .regex(/^[^\n\r]+$/)

/** The seed is revealed and the sample drawn. Before this act the list exists nowhere. */
export const drawEvaluation = act({
  name: 'evaluation.draw',
  title: { zh: '抽样', en: 'Draw the sample' },
  purpose: {
    zh: '公开种子和公开号码，按设计抽出县、村、户；任何人用同样的数都得到同一名单。',
    en: 'Reveals the seed and the public number and draws counties, villages and households by the design; anybody with the same numbers finds the same list.',
  },
  duty: 'sample-for-evaluation',
  final: true,
  input: z.object({
    unit: commissionerField,
    evaluation: evaluationField,
    // Kept out of the journal: a draw that was refused must not have told the seed.
    seed: line(12).meta({
      label: { zh: '种子', en: 'Seed' },
      hint: { zh: '与封存的摘要相符的原文。', en: 'The very text whose digest was committed.' },
      personal: true,
    }),
    beacon: line(2).meta({ label: { zh: '公开号码', en: 'Public number' } }),
  }),
  refusals: {
    ...samplingRefusals,
    'seed-not-committed': {
      zh: '种子与封存的摘要不符。',
      en: 'This is not the seed whose digest was committed.',
      topic: { zh: '种子与摘要相符', en: 'the seed is the one committed' },
      notJudgedWith: ['unknown-evaluation', 'not-its-turn'],
    },
    'before-its-day': {
      zh: '抽样日是{day}，到日才能抽样。',
      en: 'The day of the draw is {day}; nothing is drawn before.',
      topic: { zh: '抽样日已到', en: 'the day of the draw has come' },
      notJudgedWith: ['unknown-evaluation', 'not-its-turn'],
    },
    'frame-changed': {
      zh: '抽样框与封存时不一致。',
      en: 'The frame is not the one that the seed was committed for.',
      topic: { zh: '抽样框未变', en: 'the frame is unchanged' },
      notJudgedWith: ['unknown-evaluation', 'not-its-turn'],
    },
  },
  then: [
    { zh: '印制每户一份的空白问卷。', en: 'Print the blank questionnaires, one for each household.' },
    { zh: '录入或导入答卷，再结束评估。', en: 'Enter or import the answers, then close the evaluation.' },
  ],
  about: {
    kind: 'evaluation',
    offered: (each: { state: SampleState }) => each.state === 'committed',
    input: (each: { unit: string; id: string }) => ({ unit: each.unit, evaluation: each.id }),
  },
  over: (input) => input.unit,
  async facts(tx, { evaluation }) {
    const [found, frame] = await Promise.all([findSampling(tx, evaluation), readFrame(tx, evaluation)])
    return { found, frame }
  },
  rule({ found, frame }, { unit, seed }, refuse, by) {
    if (found?.unit !== unit) return [refuse('unknown-evaluation')]
    if (found.state !== 'committed' || found.drawOn === null)
      return [refuse('not-its-turn', { title: found.title, standing: stateWords[found.state] })]
    return [
      found.drawOn <= by.on || refuse('before-its-day', { day: found.drawOn }),
      commitmentOf(seed) === found.commitment || refuse('seed-not-committed'),
      frameDigest(designOf(found), frame) === found.frameDigest || refuse('frame-changed'),
    ]
  },
  async effect(tx, { unit, evaluation, seed, beacon }, { found, frame }, by) {
    if (!found?.commitment || !found.drawOn) throw new Error('A draw without a commitment was not refused.')
    const drawn = drawSample(designOf(found), frame, drawSeed(seed, beacon))
    const counts = {
      counties: new Set(drawn.map((each) => each.county)).size,
      villages: drawn.length,
      households: drawn.reduce((sum, each) => sum + each.main.length, 0),
    }
    const digest = sampleDigest(drawn)
    await tx
      .insertInto('sampling_draw')
      .values({
        sampling_id: evaluation,
        commitment: found.commitment,
        draw_on: found.drawOn,
        seed,
        beacon,
        sample_digest: digest,
        ...counts,
        on_day: by.on,
        act_id: by.act,
      })
      .execute()
    await sql`
      insert into sampling_drawn (sampling_id, county, village, probability, certain, main, reserve, act_id)
      select ${evaluation}, d.county, d.village, d.probability, d.certain, d.main, d.reserve, ${by.act}
        from jsonb_to_recordset(${JSON.stringify(drawn)}::jsonb)
             as d (county int, village int, probability float8, certain boolean, main int[], reserve int[])`.execute(tx)
    return { unit, evaluation, digest, ...counts }
  },
})
