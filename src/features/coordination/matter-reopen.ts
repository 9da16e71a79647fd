import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Reason, UnitId } from '#kernel/words.ts'
import { addStep, atStep, findMatter, MatterId, matterRefusals, notYours, raisersAbout } from './matters.ts'

/** Whoever raised a matter is not satisfied: it goes back, once, to the seat that settled it. */
export const reopenMatter = act({
  name: 'matter.reopen',
  title: { zh: '重新提出', en: 'Reopen a matter' },
  purpose: {
    zh: '答复没有解决问题的，说明理由重新提出，只能一次；再不解决，另行提出。',
    en: 'Says why the decision does not answer what was asked; a matter is reopened once only.',
  },
  duty: 'raise-matters',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '提出单位', en: 'Unit that raised it' } }),
    matter: MatterId,
    reason: Reason,
  }),
  refusals: {
    ...matterRefusals,
    ...notYours,
    'reopened-already': {
      zh: '《{title}》已经重新提出过一次。',
      en: '«{title}» was reopened once already.',
      topic: { zh: '还没有重新提出过', en: 'not reopened before' },
      remedy: { zh: '确认办结，或另行提出新的事项。', en: 'Close it, or raise a new matter.' },
    },
  },
  then: [{ zh: '答复它的职务在期限内再办。', en: 'The seat that settled it handles it again in time.' }],
  about: raisersAbout('settled'),
  over: (input) => input.unit,
  facts: (tx, { matter }) => findMatter(tx, matter),
  rule(found, { unit }, refuse, by) {
    if (!found) return [refuse('unknown-matter')]
    return [
      atStep(found, 'reopen', refuse),
      found.unit === unit || refuse('not-raised-by-you', { title: found.title, unit: by.lineage[0].name }),
      !found.reopened || refuse('reopened-already', { title: found.title }),
    ]
  },
  effect(tx, { matter, reason }, found, by) {
    if (!found) throw new Error('A matter that does not exist was not refused.')
    addStep(tx, by, found, 'reopen', found.handler, reason)
    return Promise.resolve({ matter, raiser: found.unit, to: found.handler.unit })
  },
  subject: (input) => input.matter,
  settles: (_input, result) => [result.raiser],
  obliges: (_input, result) => [result.to],
})
