import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Reason, UnitId } from '#kernel/words.ts'
import { addStep, atStep, findMatter, MatterId, matterRefusals, notYours, partiesOf, raisersAbout } from './matters.ts'

/** Whoever raised a matter takes it back before it is settled. */
export const withdrawMatter = act({
  name: 'matter.withdraw',
  title: { zh: '撤回事项', en: 'Withdraw a matter' },
  purpose: {
    zh: '已自行解决或不再需要的，说明理由撤回；各方不再需要办理。',
    en: 'Takes back what was settled otherwise or is no longer needed; nobody has anything to do about it any more.',
  },
  duty: 'raise-matters',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '提出单位', en: 'Unit that raised it' } }),
    matter: MatterId,
    reason: Reason,
  }),
  refusals: { ...matterRefusals, ...notYours },
  about: raisersAbout('open', 'returned'),
  over: (input) => input.unit,
  async facts(tx, { matter }) {
    const [found, parties] = await Promise.all([findMatter(tx, matter), partiesOf(tx, matter)])
    return { found, parties }
  },
  rule({ found }, { unit }, refuse, by) {
    if (!found) return [refuse('unknown-matter')]
    return [
      atStep(found, 'withdraw', refuse),
      found.unit === unit || refuse('not-raised-by-you', { title: found.title, unit: by.lineage[0].name }),
    ]
  },
  effect(tx, { matter, reason }, { found, parties }, by) {
    if (!found) throw new Error('A matter that does not exist was not refused.')
    addStep(tx, by, found, 'withdraw', null, reason)
    return Promise.resolve({ matter, raiser: found.unit, from: found.handler.unit, parties })
  },
  subject: (input) => input.matter,
  settles: (_input, { from, parties, raiser }) => [...new Set([from, raiser, ...parties])],
})
