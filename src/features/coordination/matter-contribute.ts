import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { v7 } from '#kernel/uuid.ts'
import { Reason, UnitId } from '#kernel/words.ts'
import { findMatter, MatterId, matterRefusals, partiesOf } from './matters.ts'
import { stateWords } from './states.ts'

/** A unit that a joint matter concerns says its part; it may do so again while the matter is open. */
export const contributeToMatter = act({
  name: 'matter.contribute',
  title: { zh: '参与协调', en: 'Take part in a matter' },
  purpose: {
    zh: '涉及的单位说明本单位的情况、意见和能做的事；办理中可以再补充。',
    en: 'A unit concerned says how things stand with it and what it can do; it may add to that while the matter is open.',
  },
  duty: 'raise-matters',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '涉及的单位', en: 'Unit concerned' } }),
    matter: MatterId,
    statement: Reason.meta({ label: { zh: '情况和意见', en: 'Facts and view' } }),
  }),
  refusals: {
    ...matterRefusals,
    'takes-no-part': {
      zh: '《{title}》不涉及{unit}。',
      en: '«{title}» does not concern {unit}.',
      topic: { zh: '本单位是涉及的单位', en: 'the unit is concerned' },
    },
  },
  about: {
    kind: 'matter-party',
    offered: (party: { state: string }) => party.state === 'open',
    input: (party: { unit: string; matter: string }) => ({ unit: party.unit, matter: party.matter }),
  },
  over: (input) => input.unit,
  async facts(tx, { matter }) {
    const [found, parties] = await Promise.all([findMatter(tx, matter), partiesOf(tx, matter)])
    return { found, parties }
  },
  rule({ found, parties }, { unit }, refuse, by) {
    if (!found) return [refuse('unknown-matter')]
    return [
      found.state === 'open' || refuse('not-at-this-step', { title: found.title, state: stateWords[found.state] }),
      parties.includes(unit) || refuse('takes-no-part', { title: found.title, unit: by.lineage[0].name }),
    ]
  },
  async effect(tx, { matter, unit, statement }, _facts, by) {
    const id = v7()
    await tx
      .insertInto('matter_contribution')
      .values({
        id,
        matter_id: matter,
        unit_id: unit,
        statement,
        on_day: by.on,
        person_id: by.principal?.id ?? null,
        act_id: by.act,
      })
      .execute()
    return { matter, contribution: id }
  },
  subject: (input) => input.matter,
})
