import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import { findPolicy, findReceipt, policyRefusals } from './find.ts'

type Receipt = { unit: string; policy: string; acknowledgedOn: string | null; isInForce: boolean }

/** A receiver confirms that a document has arrived and that it answers for carrying it out. */
export const acknowledgePolicy = act({
  name: 'policy.acknowledge',
  title: { zh: '签收文件', en: 'Acknowledge a policy' },
  purpose: {
    zh: '主送单位确认收到文件，并对贯彻落实负责。',
    en: 'A receiver confirms that it has the document and answers for carrying it out.',
  },
  duty: 'carry-out-policies',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '签收单位', en: 'Receiving unit' } }),
    policy: z.uuid().meta({ label: { zh: '文件', en: 'Document' }, widget: 'reference' }),
  }),
  refusals: {
    'policy-unknown': policyRefusals['policy-unknown'],
    'policy-superseded': policyRefusals['policy-superseded'],
    'not-a-receiver': {
      zh: '《{title}》没有主送{unit}。',
      en: '«{title}» was not sent to {unit}.',
      topic: { zh: '本单位是主送单位', en: 'the unit is a receiver' },
    },
    'already-acknowledged': {
      zh: '{unit}已于{on}签收。',
      en: '{unit} acknowledged it on {on}.',
      topic: { zh: '尚未签收', en: 'not acknowledged yet' },
    },
  },
  about: {
    kind: 'receipt',
    offered: (receipt: Receipt) => receipt.acknowledgedOn === null && receipt.isInForce,
    input: (receipt: Receipt) => ({ unit: receipt.unit, policy: receipt.policy }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, policy }, by) {
    const [found, receipt] = await Promise.all([findPolicy(tx, policy, by.on), findReceipt(tx, policy, unit, by.on)])
    return { found, receipt }
  },
  rule({ found, receipt }, _input, refuse, by) {
    const unit = by.lineage[0].name
    if (!found) return [refuse('policy-unknown', { unit })]
    const { title, supersededOn } = found
    return [
      supersededOn === null || refuse('policy-superseded', { title, on: supersededOn }),
      receipt !== undefined || refuse('not-a-receiver', { title, unit }),
      !receipt?.acknowledgedOn || refuse('already-acknowledged', { unit, on: receipt.acknowledgedOn }),
    ]
  },
  async effect(tx, { unit, policy }, _facts, by) {
    const receipt = {
      policy_id: policy,
      unit_id: unit,
      acknowledged_on: by.on,
      person_id: by.principal?.id ?? null,
      act_id: by.act,
    }
    await tx.insertInto('policy_receipt').values(receipt).execute()
    return { policy, unit }
  },
  subject: (input) => input.policy,
})
