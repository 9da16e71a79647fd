import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Reason, UnitId } from '#kernel/words.ts'
import { documentRefusals } from './document.ts'
import { findPolicy, policyRefusals } from './find.ts'

type Shown = { unit: string; id: string; kind: string; isInForce: boolean }

/** A newer document replaces an older one of the same unit. The older stays readable, marked. */
export const supersedePolicy = act({
  name: 'policy.supersede',
  title: { zh: '以新文件取代旧文件', en: 'Supersede a policy' },
  purpose: {
    zh: '以本单位后发的文件取代先发的文件，说明理由；旧文件保留可查，不再要求签收。',
    en: 'A newer document of the unit replaces an older one, with a reason; the older stays readable and need no longer be acknowledged.',
  },
  duty: 'issue-policies-and-measures',
  final: true,
  input: z.object({
    unit: UnitId.meta({ label: { zh: '发文单位', en: 'Issuing unit' } }),
    policy: z.uuid().meta({ label: { zh: '被取代的文件', en: 'Document superseded' }, widget: 'reference' }),
    by: z.uuid().meta({ label: { zh: '取代它的新文件', en: 'Newer document' }, widget: 'reference' }),
    reason: Reason,
  }),
  refusals: {
    'not-the-issuer': documentRefusals['not-the-issuer'],
    'policy-unknown': policyRefusals['policy-unknown'],
    'policy-superseded': policyRefusals['policy-superseded'],
    'newer-unknown': {
      zh: '没有这份新文件，或不是{unit}的文件。',
      en: 'There is no such newer document, or it is not {unit}’s.',
      topic: { zh: '新文件存在', en: 'the newer document exists' },
    },
    'newer-not-in-force': {
      zh: '《{title}》自己已于{on}被取代。',
      en: '«{title}» was itself superseded on {on}.',
      topic: { zh: '新文件有效', en: 'the newer document is in force' },
    },
    'newer-is-older': {
      zh: '《{title}》（{on}）不晚于被取代的文件（{old}）。',
      en: '«{title}» ({on}) is not newer than the document it would replace ({old}).',
      topic: { zh: '新文件在后', en: 'the newer document is the later one' },
    },
  },
  about: {
    kind: 'policy',
    offered: (policy: Shown) => policy.isInForce && policy.kind !== 'localisation',
    input: (policy: Shown) => ({ unit: policy.unit, policy: policy.id }),
  },
  over: (input) => input.unit,
  async facts(tx, { policy, by: newer }, by) {
    const [old, next] = await Promise.all([findPolicy(tx, policy, by.on), findPolicy(tx, newer, by.on)])
    const receivers = await tx.selectFrom('policy_receiver').select('unit_id').where('policy_id', '=', policy).execute()
    return { old, next, receivers: receivers.map((row) => row.unit_id) }
  },
  rule({ old, next }, { unit }, refuse, by) {
    const name = by.lineage[0].name
    const isOlder = old && next && (next.id === old.id || next.issuedOn < old.issuedOn)
    return [
      by.bearer.id === unit || refuse('not-the-issuer', { unit: name, bearer: by.bearer.name }),
      old?.unit === unit || refuse('policy-unknown', { unit: name }),
      !old?.supersededOn || refuse('policy-superseded', { title: old.title, on: old.supersededOn }),
      next?.unit === unit || refuse('newer-unknown', { unit: name }),
      !next?.supersededOn || refuse('newer-not-in-force', { title: next.title, on: next.supersededOn }),
      !isOlder || refuse('newer-is-older', { title: next.title, on: next.issuedOn, old: old.issuedOn }),
    ]
  },
  async effect(tx, { policy, by: newer, reason }, { receivers }, by) {
    const row = { policy_id: policy, by_policy_id: newer, reason, superseded_on: by.on, act_id: by.act }
    await tx.insertInto('policy_supersession').values(row).execute()
    return { policy, by: newer, receivers }
  },
  subject: (input) => input.policy,
  settles: (_input, result) => result.receivers,
})
