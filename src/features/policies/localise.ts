import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { programmeBelow } from '#kernel/programme.ts'
import {
  documentAdvice,
  documentInput,
  documentRefusals,
  findByNumber,
  issueDocument,
  receiversOf,
} from './document.ts'
import { findPolicy, findReceipt, type PolicyFacts, policyRefusals } from './find.ts'
import { documentRule } from './formulate.ts'

type Receipt = { unit: string; policy: string; isInForce: boolean; mayLocalise: boolean }

/** A receiver issues measures of its own, from local conditions, under a document that it received. */
export const localisePolicy = act({
  name: 'policy.localise',
  title: { zh: '结合实际制定措施', en: 'Localise a policy' },
  purpose: {
    zh: '根据本地实际，为落实上级文件制定本地的政策措施，并注明所落实的文件。',
    en: 'Issues measures of the unit’s own, from local conditions, and names the document that they carry out.',
  },
  duty: 'localise-policies',
  input: z.object({
    ...documentInput,
    replaces: z
      .uuid()
      .optional()
      .meta({
        label: { zh: '所取代的本地措施', en: 'Own measures that it replaces' },
        hint: {
          zh: '本单位先前的本地措施，由本文件取代',
          en: 'Earlier measures of the unit’s own; they stay readable, marked',
        },
        widget: 'reference',
      }),
    policy: z.uuid().meta({ label: { zh: '所落实的文件', en: 'Document that it carries out' }, widget: 'reference' }),
  }),
  refusals: {
    ...documentRefusals,
    'policy-unknown': policyRefusals['policy-unknown'],
    'policy-superseded': policyRefusals['policy-superseded'],
    'not-received': {
      zh: '《{title}》没有主送{unit}，不能作为制定本地措施的依据。',
      en: '«{title}» was not sent to {unit}, which therefore has nothing to localise.',
      topic: { zh: '本单位收到该文件', en: 'the unit received the document' },
    },
    'not-acknowledged': {
      zh: '{unit}尚未签收《{title}》。',
      en: '{unit} has not acknowledged «{title}» yet.',
      topic: { zh: '上级文件已签收', en: 'the document was acknowledged' },
      remedy: { zh: '先签收该文件。', en: 'Acknowledge it first.' },
      cites: 'obligation:acknowledge-policy',
    },
    'replaced-unknown': {
      zh: '所取代的不是{unit}有效的本地措施。',
      en: 'What it would replace is no measure of {unit}’s own that is in force.',
      topic: { zh: '所取代的措施有效', en: 'what it replaces is in force' },
    },
  },
  advice: documentAdvice,
  about: {
    kind: 'receipt',
    offered: (receipt: Receipt) => receipt.isInForce && receipt.mayLocalise,
    input: (receipt: Receipt) => ({ unit: receipt.unit, policy: receipt.policy }),
  },
  over: (input) => input.unit,
  async facts(tx, input, by) {
    const [named, below, found, receipt, replaced] = await Promise.all([
      findByNumber(tx, input.number),
      programmeBelow(tx, input.unit, by.on),
      findPolicy(tx, input.policy, by.on),
      findReceipt(tx, input.policy, input.unit, by.on),
      input.replaces === undefined ? undefined : findPolicy(tx, input.replaces, by.on),
    ])
    return { named, receivers: receiversOf(input, below), found, receipt, replaced }
  },
  rule({ named, receivers, found, receipt, replaced }, input, refuse, by, advise) {
    const unit = by.lineage[0].name
    const title = found?.title ?? { zh: '', en: '' }
    return [
      ...documentRule({ named }, input, refuse, by),
      found !== undefined || refuse('policy-unknown', { unit }),
      !found?.supersededOn || refuse('policy-superseded', { title, on: found.supersededOn }),
      found === undefined || receipt !== undefined || refuse('not-received', { title, unit }),
      receipt?.acknowledgedOn !== null || refuse('not-acknowledged', { title, unit }),
      input.replaces === undefined || isOwnInForce(replaced, input.unit) || refuse('replaced-unknown', { unit }),
      receivers.length > 0 || advise('nobody-receives'),
    ]
  },
  async effect(tx, { policy, replaces, ...document }, { receivers }, by) {
    const issued = await issueDocument(tx, { ...document, kind: 'localisation', localises: policy }, receivers, by)
    if (replaces !== undefined)
      await tx
        .insertInto('policy_supersession')
        .values({
          policy_id: replaces,
          by_policy_id: issued.policy,
          reason: `${document.title.zh} · ${document.title.en}`,
          superseded_on: by.on,
          act_id: by.act,
        })
        .execute()
    return issued
  },
  subject: (_input, result) => result.policy,
  obliges: (_input, result) => result.receivers,
})

const isOwnInForce = (replaced: PolicyFacts | undefined, unit: string) =>
  replaced?.unit === unit && replaced.kind === 'localisation' && replaced.supersededOn === null
