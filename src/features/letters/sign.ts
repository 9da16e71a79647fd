import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { isDesignated } from '#kernel/programme.ts'
import { UnitId } from '#kernel/words.ts'
import { findLetter, isSigned, letterRefusals } from './find.ts'

type Side = { unit: string; letter: string; mayBeSigned: boolean }

/** A principal of one side signs. The letter is complete when every principal of both sides has, in whatever order. */
export const signLetter = act({
  name: 'letter.sign',
  title: { zh: '签署责任书', en: 'Sign the letter' },
  purpose: {
    zh: '由一方的主要负责人签署；双方的主要负责人全部签署后，责任书生效。',
    en: 'A principal of one side signs; when every principal of both sides has signed, the letter is in force.',
  },
  duty: 'sign-letters',
  final: true,
  input: z.object({
    unit: UnitId.meta({ label: { zh: '签署单位', en: 'Signing unit' } }),
    letter: z.uuid().meta({ label: { zh: '责任书', en: 'Letter' }, widget: 'reference' }),
  }),
  refusals: {
    ...letterRefusals,
    'not-a-signing-seat': {
      zh: '“{post}”不是{unit}应当签署责任书{number}的职务。',
      en: '«{post}» is not a seat that signs the letter {number} for {unit}.',
      topic: { zh: '由主要负责人签署', en: 'signed by a principal of the unit' },
      remedy: {
        zh: '由责任书所列的主要负责人签署；空缺的先补足。',
        en: 'Let a principal named in the letter sign; fill the seat first if it is vacant.',
      },
      cites: 'duty:sign-letters',
    },
    'already-signed': {
      zh: '这一职务已由{person}于{on}签署。',
      en: 'This seat’s signature was given by {person} on {on}.',
      topic: { zh: '尚未签署', en: 'not signed yet' },
    },
    'person-signed-already': {
      zh: '{person}已在另一职务上签署，一人不能签两处。',
      en: '{person} has signed in another seat; nobody signs twice.',
      topic: { zh: '一人只签一处', en: 'nobody signs in two seats' },
    },
  },
  then: [
    {
      zh: '全部签署后生效；贫困县随即制定进度安排。',
      en: 'Signed by all, it is in force; a poor county then sets its schedule.',
    },
  ],
  about: {
    kind: 'letter-side',
    offered: (side: Side) => side.mayBeSigned,
    input: (side: Side) => ({ unit: side.unit, letter: side.letter }),
  },
  over: (input) => input.unit,
  async facts(tx, { letter }, by) {
    const found = await findLetter(tx, letter)
    return { found, isPoorCounty: found !== undefined && (await isDesignated(tx, found.to, by.on)) }
  },
  rule({ found }, { unit }, refuse, by) {
    const name = by.lineage[0].name
    if (!found || ![found.from, found.to].includes(unit) || by.actor.kind !== 'person')
      return [refuse('letter-unknown', { unit: name })]
    const { seat, person } = by.actor
    const own = found.seats.find((each) => each.unit === unit && seat.unit === unit && each.post === seat.post)
    const people = [by.principal?.id, person]
    const elsewhere = found.seats.find(
      (each) => each !== own && [each.person, each.hand].some((signed) => signed !== null && people.includes(signed)),
    )
    return [
      found.declinedOn === null || refuse('letter-declined', { number: found.number, on: found.declinedOn }),
      own !== undefined ||
        refuse('not-a-signing-seat', {
          post: by.charter.findPost(seat.post)?.name ?? seat.post,
          unit: name,
          number: found.number,
        }),
      !own?.signedOn || refuse('already-signed', { person: own.name ?? '', on: own.signedOn }),
      elsewhere === undefined || refuse('person-signed-already', { person: elsewhere.name ?? '' }),
    ]
  },
  async effect(tx, { unit, letter }, { found, isPoorCounty }, by) {
    if (!found || by.actor.kind !== 'person' || !by.principal)
      throw new Error('Only a person signs, for a letter that exists.')
    const { seat, person } = by.actor
    await tx
      .insertInto('letter_signature')
      .values({
        letter_id: letter,
        unit_id: unit,
        post: seat.post,
        person_id: by.principal.id,
        hand_id: person,
        signed_on: by.on,
        act_id: by.act,
      })
      .execute()
    const seats = found.seats.map((each) =>
      each.unit === unit && each.post === seat.post ? { ...each, signedOn: by.on } : each,
    )
    return {
      letter,
      post: seat.post,
      isUnitDone: isSigned(seats.filter((each) => each.unit === unit)),
      isComplete: isSigned(seats),
      /** Who now owes a schedule. */
      scheduler: isSigned(seats) && isPoorCounty ? found.to : null,
    }
  },
  subject: (input, _result, obligation) => (obligation === 'set-schedule' ? 'schedule' : input.letter),
  obliges: (_input, { scheduler }) => (scheduler === null ? [] : [scheduler]),
  meets: (_input, result) => result.isUnitDone,
})
