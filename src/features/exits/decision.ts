import { decisionInput, withoutReason } from '#kernel/decision.ts'

export { hasReason } from '#kernel/decision.ts'

/** A decision upon a case: it passes, or is returned with a reason. */
export const Decision = decisionInput({ zh: '退回整改', en: 'Return for correction' })

export const decisionRefusals = withoutReason({
  zh: '退回必须说明理由，让县里知道怎么改。',
  en: 'A return must give its reason, so that the county knows what to put right.',
})
