import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { v7 } from '#kernel/uuid.ts'
import { Reason, UnitId } from '#kernel/words.ts'
import { joinDuty, matchDuty, PartnerId, Phrase } from './fields.ts'
import { findPartner, nobodyMatches, noSuchPartner, receivesHelp } from './partners.ts'
import { keepPhrase } from './phrase.ts'

/** An enterprise or an organisation joins: it names itself, and is shown to the public once the county has looked. */
export const joinAsPartner = act({
  name: 'partner.join',
  title: { zh: '企业或社会组织参与帮扶', en: 'Join as an enterprise or organisation' },
  purpose: {
    zh: '企业、社会组织报名帮扶一个县；县里答复后公开名称，以后凭自定的口令认捐。',
    en: 'An enterprise or organisation joins to help a county. Its name is shown once the county has answered; by its own phrase it pledges later.',
  },
  duty: joinDuty,
  input: z.object({
    unit: UnitId.meta({ label: { zh: '帮扶哪个县', en: 'Which county' } }),
    kind: z.enum(['enterprise', 'organisation']).meta({
      label: { zh: '类别', en: 'Kind' },
      widget: 'choice',
      choices: { enterprise: { zh: '企业', en: 'Enterprise' }, organisation: { zh: '社会组织', en: 'Organisation' } },
    }),
    name: z
      .string()
      .trim()
      .min(2)
      .max(200)
      .meta({
        label: { zh: '单位名称', en: 'Its name' },
        hint: {
          zh: '填单位名称，不填个人姓名。',
          en: 'The name of the enterprise or organisation, not of a person.',
        },
      }),
    about: Reason.meta({ label: { zh: '打算怎么帮', en: 'How it means to help' } }),
    phrase: Phrase,
  }),
  refusals: { ...nobodyMatches },
  then: [{ zh: '县里在限期内答复。', en: 'The county answers in time.' }],
  about: {
    kind: 'help-desk',
    offered: (desk: { receives: boolean }) => desk.receives,
    input: (desk: { unit: string }) => ({ unit: desk.unit }),
  },
  over: (input) => input.unit,
  facts: () => Promise.resolve({}),
  rule: (_facts, _input, refuse, by) => [receivesHelp(by) || refuse('nobody-matches', { unit: by.lineage[0].name })],
  async effect(tx, { unit, kind, name, about, phrase }, _facts, by) {
    const id = v7()
    const row = { id, unit_id: unit, kind, name, about, valid_at: `[${by.on},)`, act_id: by.act }
    await tx
      .insertInto('partner')
      .values({ ...row, status: 'stated', seat_unit_id: null, post: null, ended_by: null, end_reason: null })
      .execute()
    await keepPhrase(tx, by, id, phrase)
    return { partner: id }
  },
  subject: (_input, { partner }) => partner,
})

type Shown = { readonly id: string; readonly unit: string; readonly state: string }

/** The county has looked at who joined, and shows it to the public from this day on. */
export const admitPartner = act({
  name: 'partner.admit',
  title: { zh: '接受参与', en: 'Admit a partner' },
  purpose: {
    zh: '县里了解后接受企业或社会组织参与，自当日起公开其名称，它可以以自己的名义认捐。',
    en: 'The county has looked and admits the enterprise or organisation: from this day its name is public, and it may pledge in it.',
  },
  duty: matchDuty,
  input: z.object({ unit: UnitId, partner: PartnerId }),
  refusals: {
    ...noSuchPartner,
    'answered-already': {
      zh: '{name}已经答复过了。',
      en: '{name} has been answered already.',
      topic: { zh: '尚未答复', en: 'it has not been answered yet' },
    },
  },
  about: {
    kind: 'partner',
    offered: ({ state }: Shown) => state === 'asking',
    input: (partner: Shown) => ({ unit: partner.unit, partner: partner.id }),
  },
  over: (input) => input.unit,
  facts: async (tx, { partner, unit }) => ({ found: await findPartner(tx, partner, unit) }),
  rule({ found }, _input, refuse, by) {
    if (!found) return [refuse('no-such-partner', { unit: by.lineage[0].name })]
    const isOpen = found.name !== null && found.until === null && found.admittedOn === null
    return [isOpen || refuse('answered-already', { name: found.name ?? found.post ?? '' })]
  },
  async effect(tx, { partner }, _facts, by) {
    await tx.insertInto('partner_admission').values({ partner_id: partner, on_day: by.on, act_id: by.act }).execute()
    return { partner }
  },
  subject: (input) => input.partner,
})
