import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import { addStep, atStep, findMatter, MatterId, matterRefusals, Note, notYours, raisersAbout } from './matters.ts'

/** Whoever raised a matter that was returned completes it: it goes back to the seat that returned it. */
export const answerMatter = act({
  name: 'matter.answer',
  title: { zh: '补充后再报', en: 'Complete a returned matter' },
  purpose: {
    zh: '对退回的事项补充情况、回应理由，交回退回它的职务办理。',
    en: 'Adds what was missing from a matter that was returned, or answers why it belongs there; it goes back to that seat.',
  },
  duty: 'raise-matters',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '提出单位', en: 'Unit that raised it' } }),
    matter: MatterId,
    note: Note.meta({ label: { zh: '补充内容', en: 'What is added' }, widget: 'prose' }),
  }),
  refusals: { ...matterRefusals, ...notYours },
  then: [{ zh: '退回它的职务在期限内办理。', en: 'The seat that returned it handles it in time.' }],
  about: raisersAbout('returned'),
  over: (input) => input.unit,
  facts: (tx, { matter }) => findMatter(tx, matter),
  rule(found, { unit }, refuse, by) {
    if (!found) return [refuse('unknown-matter')]
    return [
      atStep(found, 'answer', refuse),
      found.unit === unit || refuse('not-raised-by-you', { title: found.title, unit: by.lineage[0].name }),
    ]
  },
  effect(tx, { matter, note }, found, by) {
    if (!found) throw new Error('A matter that does not exist was not refused.')
    addStep(tx, by, found, 'answer', found.handler, note)
    return Promise.resolve({ matter, raiser: found.unit, to: found.handler.unit })
  },
  subject: (input) => input.matter,
  settles: (_input, result) => [result.raiser],
  obliges: (_input, result) => [result.to],
})
