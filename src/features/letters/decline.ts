import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Reason, UnitId } from '#kernel/words.ts'
import { findLetter, isSigned, letterRefusals } from './find.ts'

type Side = { unit: string; letter: string; mayBeDeclined: boolean }

/** The receiver sends a letter back, with its reason; the unit above may offer another one. */
export const declineLetter = act({
  name: 'letter.decline',
  title: { zh: '退回责任书', en: 'Decline the letter' },
  purpose: {
    zh: '接受单位的主要负责人说明理由，退回尚未全部签署的责任书；上级可重新发出。',
    en: 'A principal of the receiver sends back, with a reason, a letter that is not complete; the unit above may offer another.',
  },
  duty: 'sign-letters',
  final: true,
  input: z.object({
    unit: UnitId.meta({ label: { zh: '接受单位', en: 'Receiving unit' } }),
    letter: z.uuid().meta({ label: { zh: '责任书', en: 'Letter' }, widget: 'reference' }),
    reason: Reason,
  }),
  refusals: {
    ...letterRefusals,
    'not-the-receiver': {
      zh: '责任书{number}由{unit}发出，只有接受单位可以退回。',
      en: '{unit} offered the letter {number}; only its receiver may decline it.',
      topic: { zh: '本单位是接受单位', en: 'the unit is the receiver' },
    },
    'letter-complete': {
      zh: '责任书{number}已由双方全部签署，不能退回。',
      en: 'The letter {number} was signed by all; it can’t be declined any more.',
      topic: { zh: '尚未全部签署', en: 'not signed by all yet' },
    },
  },
  then: [{ zh: '上级按理由调整后可重新发出。', en: 'The unit above may put it right and offer another.' }],
  about: {
    kind: 'letter-side',
    offered: (side: Side) => side.mayBeDeclined,
    input: (side: Side) => ({ unit: side.unit, letter: side.letter }),
  },
  over: (input) => input.unit,
  facts: async (tx, { letter }) => ({ found: await findLetter(tx, letter) }),
  rule({ found }, { unit }, refuse, by) {
    const name = by.lineage[0].name
    if (!found || ![found.from, found.to].includes(unit)) return [refuse('letter-unknown', { unit: name })]
    const { number } = found
    return [
      found.to === unit || refuse('not-the-receiver', { number, unit: name }),
      found.declinedOn === null || refuse('letter-declined', { number, on: found.declinedOn }),
      !isSigned(found.seats) || refuse('letter-complete', { number }),
    ]
  },
  async effect(tx, { letter, reason }, { found }, by) {
    const post = by.actor.kind === 'person' ? by.actor.seat.post : null
    await tx
      .updateTable('letter')
      .set({ declined_on: by.on, declined_by: by.act, declined_post: post, reason })
      .where('id', '=', letter)
      .execute()
    return { letter, parties: found ? [found.from, found.to] : [] }
  },
  subject: (input) => input.letter,
  settles: (_input, result) => result.parties,
})
