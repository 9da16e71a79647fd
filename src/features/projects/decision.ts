import { decisionInput, withoutReason } from '#kernel/decision.ts'

export { hasReason } from '#kernel/decision.ts'

/** A decision upon projects: they pass, or are returned with a reason. */
export const Decision = decisionInput({ zh: '退回', en: 'Return' })

export const decisionRefusals = withoutReason({
  zh: '退回必须说明理由，让申报单位知道怎么改。',
  en: 'A return must give its reason, so that whoever proposed knows what to put right.',
})
