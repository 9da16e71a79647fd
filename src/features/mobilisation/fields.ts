import { z } from 'zod'
import type { Line, RefusalText, Refuse } from '#kernel/act.ts'
import { Count, Day, Fen, Reason, type Text, yuanOf } from '#kernel/words.ts'
import { type HelpKind, helpKinds, helpKindWords, isMoney } from './states.ts'

export const matchDuty = 'match-help'
export const joinDuty = 'join-the-campaign'
export const pairDuty = 'lead-pairing'
export const assistDuty = 'assist-designated-counties'

export const NeedId = z.uuid().meta({ label: { zh: '需求', en: 'Need' }, widget: 'reference', finds: 'find.needs' })
export const PledgeId = z
  .uuid()
  .meta({ label: { zh: '认捐', en: 'Pledge' }, widget: 'reference', finds: 'find.pledges' })
export const PartnerId = z
  .uuid()
  .meta({ label: { zh: '帮扶方', en: 'Partner' }, widget: 'reference', finds: 'find.partners' })
export const CampaignId = z
  .uuid()
  .meta({ label: { zh: '活动', en: 'Campaign' }, widget: 'reference', finds: 'find.campaigns' })

/** A phrase by which somebody without an account shows later that this is theirs; the journal keeps only that it was given. */
export const Phrase = z
  .string()
  .trim()
  .min(8)
  .max(100)
  .meta({
    label: { zh: '口令', en: 'Phrase' },
    hint: {
      zh: '自定，至少8个字符；以后凭它办理，请记好。',
      en: 'Your own, at least 8 characters; by it you go on later, so keep it.',
    },
    personal: true,
  })

export const Title = z
  .string()
  .trim()
  .min(2)
  .max(200)
  .meta({ label: { zh: '名称', en: 'Title' } })

/** What is needed or offered, and how much of it. */
export const quantityInput = {
  kind: z.enum(helpKinds).meta({ label: { zh: '类别', en: 'Kind' }, widget: 'choice', choices: helpKindWords }),
  amount: Fen.optional().meta({
    label: { zh: '金额（元）', en: 'Amount (yuan)' },
    hint: { zh: '资金和采购填金额。', en: 'For money and purchases.' },
    widget: 'money',
  }),
  count: Count.min(1)
    .optional()
    .meta({
      label: { zh: '数量', en: 'Quantity' },
      hint: { zh: '物资填件数，岗位和人才填人数。', en: 'Pieces of goods; people for jobs and talent.' },
      widget: 'count',
    }),
  measure: z
    .string()
    .trim()
    .min(1)
    .max(20)
    .optional()
    .meta({
      label: { zh: '计量单位', en: 'Measure' },
      hint: { zh: '只有物资要填，如“套”。', en: 'Only for goods, such as “sets”.' },
    }),
}
export const campaignInput = { campaign: CampaignId.optional() }

/** What whoever pledges says of it. */
export const offerInput = {
  need: NeedId.optional().meta({
    label: { zh: '针对的需求', en: 'For which need' },
    hint: { zh: '不选则由县里对接。', en: 'If none is chosen the county finds one.' },
    widget: 'reference',
    finds: 'find.needs',
  }),
  ...quantityInput,
  what: Reason.meta({
    label: { zh: '提供什么', en: 'What is offered' },
    hint: {
      zh: '请勿写入身份证号、电话等个人信息。',
      en: 'Leave out personal data, such as ID or phone numbers.',
    },
  }),
  by: Day.meta({ label: { zh: '最迟何时兑现', en: 'Delivered by' } }),
  ...campaignInput,
}

type Quantity = {
  readonly kind: HelpKind
  readonly amount?: bigint | undefined
  readonly count?: number | undefined
  readonly measure?: string | undefined
}

/** How much was said, in whole fen or pieces; undefined where it was not said as its kind is counted. */
export function quantityOf({ kind, amount, count, measure }: Quantity): bigint | undefined {
  if (isMoney(kind)) return count === undefined && measure === undefined ? amount : undefined
  if (amount !== undefined || count === undefined || (kind === 'goods') !== (measure !== undefined)) return undefined
  return BigInt(count)
}

export const quantityRefusals = {
  'quantity-missing': {
    zh: '{kind}要填{asked}，其他数量不填。',
    en: '{kind}: give {asked}, and no other quantity.',
    topic: { zh: '数量填写正确', en: 'the quantity is given as its kind is counted' },
  },
} as const satisfies Record<string, RefusalText>

export const hasQuantity = (input: Quantity, refuse: Refuse<'quantity-missing'>): Line<'quantity-missing'> =>
  quantityOf(input) !== undefined ||
  refuse('quantity-missing', { kind: helpKindWords[input.kind], asked: askedFor(input.kind) })

const askedFor = (kind: HelpKind): Text => {
  if (isMoney(kind)) return { zh: '金额', en: 'the amount' }
  return kind === 'goods'
    ? { zh: '数量和计量单位', en: 'the quantity and its measure' }
    : { zh: '人数', en: 'the number of people' }
}

/** A quantity as a sentence says it. */
export function saidQuantity(kind: HelpKind, quantity: bigint, measure: string | null): Text {
  if (isMoney(kind)) return { zh: `${yuanOf(quantity)}元`, en: `${yuanOf(quantity)} yuan` }
  return kind === 'goods'
    ? { zh: `${quantity}${measure ?? ''}`, en: `${quantity} (${measure ?? ''})` }
    : { zh: `${quantity}人`, en: `${quantity} people` }
}

export const dayPast = {
  'day-past': {
    zh: '{day}不在今天之后。',
    en: '{day} does not lie after today.',
    topic: { zh: '日期在今天之后', en: 'the day lies ahead' },
  },
} as const satisfies Record<string, RefusalText>
