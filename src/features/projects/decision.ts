import { z } from 'zod'
import type { Line, RefusalText, Refuse } from '#kernel/act.ts'

/** A decision upon projects: they pass, or are returned with a reason. */
export const Decision = {
  outcome: z.enum(['pass', 'return']).meta({
    label: { zh: '结论', en: 'Outcome' },
    widget: 'choice',
    choices: { pass: { zh: '通过', en: 'Pass' }, return: { zh: '退回', en: 'Return' } },
  }),
  remarks: z
    .string()
    .trim()
    .max(2000)
    .optional()
    .meta({
      label: { zh: '意见', en: 'Remarks' },
      hint: { zh: '退回时必须说明理由。', en: 'A return needs its reason.' },
      widget: 'prose',
    }),
}
type Decision = { readonly outcome: 'pass' | 'return'; readonly remarks?: string | undefined }

const REASON_MIN = 4

export const decisionRefusals = {
  'reason-missing': {
    zh: '退回必须说明理由，让申报单位知道怎么改。',
    en: 'A return must give its reason, so that whoever proposed knows what to put right.',
    topic: { zh: '退回有理由', en: 'a return has its reason' },
    remedy: { zh: '在“意见”中写明理由。', en: 'Write the reason into the remarks.' },
  },
} as const satisfies Record<string, RefusalText>

export const hasReason = (
  { outcome, remarks }: Decision,
  refuse: Refuse<keyof typeof decisionRefusals>,
): Line<keyof typeof decisionRefusals> =>
  outcome === 'pass' || (remarks ?? '').length >= REASON_MIN || refuse('reason-missing')
