import { z } from 'zod'
import type { Line, RefusalText, Refuse } from './act.ts'
import type { Text } from './words.ts'

type Decision = { readonly outcome: 'pass' | 'return'; readonly remarks?: string | undefined }

const REASON_MIN = 4

/** The fields of a decision upon what was put before somebody: it passes, or is returned with a reason. */
export const decisionInput = (returned: Text) => ({
  outcome: z.enum(['pass', 'return']).meta({
    label: { zh: '结论', en: 'Outcome' },
    widget: 'choice',
    choices: { pass: { zh: '通过', en: 'Pass' }, return: returned },
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
})

/** The refusal of a return without a reason, in the words of those who get it back. */
export const withoutReason = (sentence: Text) =>
  ({
    'reason-missing': {
      ...sentence,
      topic: { zh: '退回有理由', en: 'a return has its reason' },
      remedy: { zh: '在“意见”中写明理由。', en: 'Write the reason into the remarks.' },
    },
  }) as const satisfies Record<string, RefusalText>

export const hasReason = ({ outcome, remarks }: Decision, refuse: Refuse<'reason-missing'>): Line<'reason-missing'> =>
  outcome === 'pass' || (remarks ?? '').length >= REASON_MIN || refuse('reason-missing')
