import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import { assistDuty, joinDuty, offerInput, pairDuty, PartnerId, Phrase } from './fields.ts'
import { addPledge, offerFacts, offerRefusals, offerRule } from './offers.ts'
import { findAssistance, findPartner } from './partners.ts'
import { isPhraseOf, keepPhrase, phraseWrong } from './phrase.ts'
import type { HelpKind, NeedState } from './states.ts'

const then: readonly Text[] = [
  { zh: '县里在限期内对接或答复。', en: 'The county matches it or answers in time.' },
  {
    zh: '对接后按约定日期兑现，由县里核实。',
    en: 'Once matched it is delivered by its day, and the county confirms it.',
  },
]
const County = UnitId.meta({ label: { zh: '给哪个县', en: 'To which county' }, widget: 'unit' })

type ShownNeed = {
  readonly id: string
  readonly unit: string
  readonly kind: HelpKind
  readonly measure: string | null
  readonly state: NeedState
}

/** Anyone pledges help to a county, or a partner in its own name; without an account, by a phrase of their own. */
export const makePledge = act({
  name: 'pledge.make',
  title: { zh: '认捐', en: 'Pledge help' },
  purpose: {
    zh: '任何人可向一个县认捐资金、物资、岗位、采购或人才；不留姓名，凭自定的口令办理后续。企业和社会组织参与后可用自己的名义。',
    en: 'Anyone pledges money, goods, jobs, purchases or talent to a county, without a name, and goes on by a phrase of their own. An enterprise or organisation that joined pledges in its name.',
  },
  duty: joinDuty,
  input: z.object({
    unit: County,
    ...offerInput,
    partner: PartnerId.optional().meta({
      label: { zh: '以哪个帮扶方的名义', en: 'In whose name' },
      hint: { zh: '个人不选。', en: 'None for a person.' },
      widget: 'reference',
      finds: 'find.partners',
    }),
    phrase: Phrase,
  }),
  refusals: {
    ...offerRefusals,
    'not-a-partner': {
      zh: '这个帮扶方不在{unit}，尚未被接受，或已结束。',
      en: 'There is no such partner of {unit}, it is not admitted yet, or it has ended.',
      topic: { zh: '帮扶方正在参与', en: 'the partner takes part' },
    },
    ...phraseWrong,
  },
  then,
  about: {
    kind: 'need',
    offered: ({ state }: ShownNeed) => state === 'open',
    input: ({ unit, id, kind, measure }: ShownNeed) => ({ unit, need: id, kind, ...(measure !== null && { measure }) }),
  },
  over: (input) => input.unit,
  async facts(tx, input, by) {
    const { partner, phrase, unit } = input
    const [offer, found, isRight] = await Promise.all([
      offerFacts(tx, by, unit, input),
      partner === undefined ? undefined : findPartner(tx, partner, unit),
      partner === undefined ? true : isPhraseOf(tx, partner, phrase),
    ])
    return { offer, takesPart: found !== undefined && found.until === null && found.admittedOn !== null, isRight }
  },
  rule: ({ offer, takesPart, isRight }, input, refuse, by) => [
    ...offerRule(offer, input, refuse, by),
    input.partner === undefined || takesPart || refuse('not-a-partner', { unit: by.lineage[0].name }),
    !takesPart || isRight || refuse('phrase-wrong'),
  ],
  async effect(tx, input, _facts, by) {
    const { partner, phrase, unit } = input
    const pledge = await addPledge(
      tx,
      by,
      unit,
      input,
      partner === undefined ? { by_kind: 'person' } : { by_kind: 'partner', partner_id: partner },
    )
    if (partner === undefined) await keepPhrase(tx, by, pledge, phrase)
    return { pledge }
  },
  subject: (_input, { pledge }) => pledge,
})

/** A central body pledges to the county that it assists. */
export const makePledgeAsAssistant = act({
  name: 'pledge.make-as-assistant',
  title: { zh: '定点帮扶认捐', en: 'Pledge to the assisted county' },
  purpose: {
    zh: '中央单位向自己定点帮扶的县承诺帮扶，写明什么、多少、何时兑现。',
    en: 'A central body pledges to a county that it assists: what, how much, by when.',
  },
  duty: assistDuty,
  input: z.object({ unit: County, ...offerInput }),
  refusals: {
    ...offerRefusals,
    'not-assisting': {
      zh: '本单位没有定点帮扶{unit}。',
      en: 'This body does not assist {unit}.',
      topic: { zh: '本单位定点帮扶该县', en: 'this body assists the county' },
    },
  },
  then,
  about: {
    kind: 'partner',
    offered: (partner: { kind: string; until: Day | null }) => partner.kind === 'assistant' && partner.until === null,
    input: (partner: { unit: string }) => ({ unit: partner.unit }),
  },
  over: (input) => input.unit,
  async facts(tx, input, by) {
    const [offer, standing] = await Promise.all([
      offerFacts(tx, by, input.unit, input),
      findAssistance(tx, input.unit, by),
    ])
    return { offer, standing }
  },
  rule: ({ offer, standing }, input, refuse, by) => [
    ...offerRule(offer, input, refuse, by),
    standing?.until === null || refuse('not-assisting', { unit: by.lineage[0].name }),
  ],
  async effect(tx, input, { standing }, by) {
    if (!standing) throw new Error('A pledge of a body that does not assist was not refused.')
    return { pledge: await addPledge(tx, by, input.unit, input, { by_kind: 'assistant', partner_id: standing.id }) }
  },
  subject: (_input, { pledge }) => pledge,
})

/** An eastern unit pledges to a county on the western side of one of its pairs. */
export const makePledgeAsPair = act({
  name: 'pledge.make-as-pair',
  title: { zh: '结对帮扶认捐', en: 'Pledge as a pair' },
  purpose: {
    zh: '东部单位向结对地区的一个县承诺帮扶，写明什么、多少、何时兑现。',
    en: 'An eastern unit pledges to a county within the area that it is paired with: what, how much, by when.',
  },
  duty: pairDuty,
  input: z.object({
    unit: UnitId.meta({ label: { zh: '东部单位', en: 'Eastern unit' } }),
    county: County,
    ...offerInput,
  }),
  refusals: {
    ...offerRefusals,
    'not-paired': {
      zh: '{unit}没有和这个县所在的地区结对。',
      en: '{unit} is not paired with the area that this county lies in.',
      topic: { zh: '与该地区结对', en: 'the area is paired with' },
    },
  },
  then,
  about: {
    kind: 'pairing',
    offered: (pairing: { until: Day | null }) => pairing.until === null,
    input: (pairing: { unit: string }) => ({ unit: pairing.unit }),
  },
  over: (input) => input.unit,
  turns: (input) => [input.county],
  async facts(tx, input, by) {
    const [offer, pairing] = await Promise.all([
      offerFacts(tx, by, input.county, input),
      findPairing(tx, input.unit, input.county, by.on),
    ])
    return { offer, pairing }
  },
  rule: ({ offer, pairing }, input, refuse, by) => [
    ...offerRule(offer, input, refuse, by),
    pairing !== undefined || refuse('not-paired', { unit: by.lineage[0].name }),
  ],
  async effect(tx, input, { pairing }, by) {
    if (pairing === undefined) throw new Error('A pledge of somebody who is not paired was not refused.')
    const pledger = { by_kind: 'pair', by_unit_id: input.unit, pairing_id: pairing } as const
    return { pledge: await addPledge(tx, by, input.county, input, pledger) }
  },
  subject: (_input, { pledge }) => pledge,
  obliges: (input) => [input.county],
})

/** The pair under which an eastern unit helps a county: the county itself, or an area that it lies in. */
async function findPairing(tx: Tx, east: string, county: string, on: Day): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select p.id from pairing p join unit_version v on v.unit_id = ${county} and (v.valid_at @> ${on}::date) is true
     where p.east_unit_id = ${east} and (p.valid_at @> ${on}::date) is true and p.west_unit_id = any (v.lineage)
     order by array_position(v.lineage, p.west_unit_id) desc limit 1`.execute(tx)
  return rows[0]?.id
}
