import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Day, UnitId } from '#kernel/words.ts'
import { findSampling } from './sample-read.ts'
import { type SampleState, samplingRefusals, stateWords } from './sample-words.ts'

export const evaluationField = z.uuid().meta({ label: { zh: '评估', en: 'Evaluation' }, widget: 'hidden' })
export const commissionerField = UnitId.meta({ label: { zh: '组织单位', en: 'Who commissions it' } })

/** The digest of a secret seed is published before the draw, so that nobody can choose a seed once they see what it gives. */
export const commitSeed = act({
  name: 'evaluation.commit-seed',
  title: { zh: '封存随机种子', en: 'Commit the seed' },
  purpose: {
    zh: '公布随机种子的 SHA-256 摘要和抽样日；种子本身保密到抽样时。抽样还要并入当日公开产生的号码，谁也无法事先算出名单。',
    en: 'Publishes the SHA-256 of a secret seed and the day of the draw. A number drawn in public on that day is joined to it, so that nobody, not even whoever holds the seed, can know the list before.',
  },
  duty: 'sample-for-evaluation',
  final: true,
  input: z.object({
    unit: commissionerField,
    evaluation: evaluationField,
    commitment: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[0-9a-f]{64}$/)
      .meta({
        widget: 'digest',
        label: { zh: '种子的 SHA-256 摘要', en: 'SHA-256 of the seed' },
        hint: {
          zh: '64 位十六进制。种子自己保管：丢失就要重新设计。',
          en: '64 hexadecimal digits. Keep the seed yourself: once it is lost, a new evaluation has to be designed.',
        },
      }),
    drawOn: Day.meta({ label: { zh: '抽样日', en: 'Day of the draw' }, widget: 'day' }),
    publicNumber: z
      .string()
      .trim()
      .min(2)
      .max(200)
      .meta({
        label: { zh: '并入哪个公开号码', en: 'Which public number is joined' },
        hint: {
          zh: '例如抽样日当天某彩票的开奖号码。',
          en: 'For instance the numbers of a named lottery on that day.',
        },
      }),
  }),
  refusals: {
    ...samplingRefusals,
    'draw-not-later': {
      zh: '抽样日须在封存之后；{day}已到。',
      en: 'The draw must come after the seed is committed; {day} has come already.',
      topic: { zh: '抽样日在以后', en: 'the day of the draw lies ahead' },
    },
  },
  then: [
    {
      zh: '到抽样日公开种子和公开号码，当众抽样。',
      en: 'On its day, reveal the seed and the public number, and draw.',
    },
  ],
  about: {
    kind: 'evaluation',
    offered: (each: { state: SampleState }) => each.state === 'designed',
    input: (each: { unit: string; id: string }) => ({ unit: each.unit, evaluation: each.id }),
  },
  over: (input) => input.unit,
  facts: async (tx, { evaluation }) => ({ found: await findSampling(tx, evaluation) }),
  rule({ found }, { unit, drawOn }, refuse, by) {
    if (found?.unit !== unit) return [refuse('unknown-evaluation')]
    return [
      found.state === 'designed' || refuse('not-its-turn', { title: found.title, standing: stateWords[found.state] }),
      drawOn > by.on || refuse('draw-not-later', { day: drawOn }),
    ]
  },
  async effect(tx, { unit, evaluation, commitment, drawOn, publicNumber }, _facts, by) {
    await tx
      .insertInto('sampling_seed')
      .values({
        sampling_id: evaluation,
        commitment,
        draw_on: drawOn,
        public_number: publicNumber,
        on_day: by.on,
        act_id: by.act,
      })
      .execute()
    return { unit, evaluation, drawOn }
  },
})
