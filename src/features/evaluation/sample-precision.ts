import { z } from 'zod'
import { ask } from '#kernel/ask.ts'
import { allocate } from '#src/statistics/index.ts'
import { designFrom } from './sample-design.ts'
import { precisionInput } from './sample-input.ts'
import { halfWidthFor, plannedEffect } from './sample-plan.ts'
import { planSample } from '#src/statistics/index.ts'

const TWENTIETHS = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.5, 2, 3] as const

/** How large a county's sample has to be for a precision, before anything is designed: for trying out. */
export const evaluationPrecision = ask({
  name: 'evaluation.precision',
  title: { zh: '样本量与精度', en: 'Size of a sample and its precision' },
  purpose: {
    zh: '按村数、户数、预计比率和允许误差算出要访问的村和户；不改变任何内容。',
    en: 'Villages and households to visit for a county of so many, an expected share and a half-width. Changes nothing.',
  },
  access: 'seated',
  input: z.object({
    counties: z.int().min(1).max(300).default(1),
    villages: z.int().min(2).max(2000).default(120),
    households: z.int().min(10).max(1_000_000).default(42_000),
    strata: z.int().min(1).max(20).default(2),
    ...precisionInput,
  }),
  answer(_reader, { counties, villages, households, strata, ...input }) {
    const design = designFrom(input)
    const wanted = {
      villages,
      households,
      strata,
      expected: design.expected_bp / 10_000,
      confidence: design.confidence_bp / 10_000,
      alike: design.alike_bp / 10_000,
      perVillage: design.perVillage,
    }
    const plan = planSample({ ...wanted, halfWidth: design.halfWidth_bp / 10_000 })
    const of = { households, strata }
    return Promise.resolve({
      designEffect: plannedEffect(design),
      plan:
        'unreachable' in plan
          ? null
          : {
              ...plan,
              questionnaires: counties * plan.households,
              perStratum: allocate(
                plan.villages,
                Array.from({ length: strata }, () => ({ households: households / strata, villages })),
              ),
              /** What the same villages tell of other shares. */
              others: [0.01, 0.02, 0.05, 0.1, 0.5].map((expected) => ({
                expected,
                halfWidth: halfWidthFor(design, of, plan.villages, expected),
              })),
            },
      unreachable: 'unreachable' in plan ? plan.unreachable : null,
      /** What more or less precision costs. */
      costs: TWENTIETHS.map((factor) => {
        const halfWidth = (factor * design.halfWidth_bp) / 10_000
        const each = planSample({ ...wanted, halfWidth })
        return {
          halfWidth,
          villages: 'villages' in each ? each.villages : null,
          questionnaires: 'households' in each ? counties * each.households : null,
        }
      }),
    })
  },
})
