import { z } from 'zod'
import { act, type Refuse } from '#kernel/act.ts'
import type { By } from '#kernel/act.ts'
import { type ProgrammeUnit, programmeBelow } from '#kernel/programme.ts'
import type { Text } from '#kernel/words.ts'
import {
  documentAdvice,
  documentInput,
  documentRefusals,
  findByNumber,
  issueDocument,
  receiversOf,
  yearOfNumber,
} from './document.ts'
import type { PolicyKind } from './tables.ts'

type Formulation<Name extends string> = {
  readonly name: Name
  readonly kind: PolicyKind
  readonly duty: string
  readonly title: Text
  readonly purpose: Text
}

type Facts = { readonly named: Text | undefined; readonly receivers: readonly ProgrammeUnit[] }
type Input = z.output<z.ZodObject<typeof documentInput>>

/** What must be in order for any document handed down. */
export function documentRule(
  { named }: Pick<Facts, 'named'>,
  input: Pick<Input, 'unit' | 'number' | 'receivers'>,
  refuse: Refuse<keyof typeof documentRefusals>,
  by: By,
) {
  const [unit] = by.lineage
  const order = by.charter.tiers.map((tier) => tier.id)
  const notBelow = (input.receivers ?? []).filter((tier) => order.indexOf(tier) <= order.indexOf(unit.tier))
  const year = input.number === undefined ? undefined : yearOfNumber(input.number)
  return [
    by.bearer.id === input.unit || refuse('not-the-issuer', { unit: unit.name, bearer: by.bearer.name }),
    named === undefined || refuse('number-in-use', { number: input.number, title: named }),
    year === undefined || String(year) <= by.on.slice(0, 4) || refuse('number-year-ahead', { year, on: by.on }),
    notBelow.length === 0 || refuse('tier-not-below', { tiers: notBelow.join('、'), unit: unit.name }),
  ]
}

/** A principle, a strategy, or a policy with its measures: three duties of one shape. */
export const formulation = <const Name extends string>({ name, kind, duty, title, purpose }: Formulation<Name>) =>
  act({
    name,
    title,
    purpose,
    duty,
    input: z.object(documentInput),
    refusals: documentRefusals,
    advice: documentAdvice,
    then: [
      { zh: '主送单位在时限内签收。', en: 'Each receiver acknowledges it within the time limit.' },
      { zh: '重要政策措施再分工到部门。', en: 'Its measures may be divided among departments.' },
      { zh: '下级结合实际制定本地措施。', en: 'Those below localise it to their own conditions.' },
    ],
    about: { kind: 'policy-desk', input: (desk: { unit: string }) => ({ unit: desk.unit }) },
    over: (input) => input.unit,
    async facts(tx, input, by): Promise<Facts> {
      const [named, below] = await Promise.all([findByNumber(tx, input.number), programmeBelow(tx, input.unit, by.on)])
      return { named, receivers: receiversOf(input, below) }
    },
    rule: (facts, input, refuse, by, advise) => [
      ...documentRule(facts, input, refuse, by),
      facts.receivers.length > 0 || advise('nobody-receives'),
    ],
    effect: (tx, input, { receivers }, by) => issueDocument(tx, { ...input, kind }, receivers, by),
    subject: (_input, result) => result.policy,
    obliges: (_input, result) => result.receivers,
  })
