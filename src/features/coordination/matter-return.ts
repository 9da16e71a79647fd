import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import {
  addStep,
  atStep,
  findMatter,
  handleDuty,
  isWith,
  MatterId,
  matterRefusals,
  Note,
  notWithYou,
  ownerName,
  ownersAbout,
  raiserOf,
} from './matters.ts'

/** Whoever has a matter returns it to whoever raised it: not theirs, or something is missing. The reason is mandatory. */
export const returnMatter = act({
  name: 'matter.return',
  title: { zh: '退回事项', en: 'Return a matter' },
  purpose: {
    zh: '不属本级办理，或材料不全的，说明理由退回提出单位。',
    en: 'Sends it back to whoever raised it, because it lies elsewhere or something is missing; the reason is mandatory.',
  },
  duty: handleDuty,
  input: z.object({
    unit: UnitId.meta({ label: { zh: '办理单位', en: 'Unit that has it' } }),
    matter: MatterId,
    ground: z.enum(['not-ours', 'incomplete']).meta({
      label: { zh: '退回原因', en: 'Why' },
      widget: 'choice',
      choices: {
        'not-ours': { zh: '不属本级办理', en: 'not ours to settle' },
        incomplete: { zh: '情况或依据不全', en: 'facts or evidence are missing' },
      },
    }),
    reason: Note.meta({ label: { zh: '理由', en: 'Reason' }, widget: 'prose' }),
  }),
  refusals: { ...matterRefusals, ...notWithYou },
  then: [{ zh: '提出单位在期限内补充或撤回。', en: 'Whoever raised it completes or withdraws it in time.' }],
  about: ownersAbout,
  over: (input) => input.unit,
  facts: (tx, { matter }) => findMatter(tx, matter),
  rule(found, { unit }, refuse, by) {
    if (!found) return [refuse('unknown-matter')]
    return [
      atStep(found, 'return', refuse),
      found.state !== 'open' ||
        isWith(found, unit, by) ||
        refuse('not-with-you', { title: found.title, owner: ownerName(found, by) }),
    ]
  },
  async effect(tx, { matter, ground, reason }, found, by) {
    if (!found) throw new Error('A matter that does not exist was not refused.')
    const why = ground === 'not-ours' ? '不属本级办理' : '情况或依据不全'
    addStep(tx, by, found, 'return', await raiserOf(tx, found, by), `${why}：${reason}`)
    return { matter, from: found.owner?.unit ?? found.unit, raiser: found.unit }
  },
  subject: (input) => input.matter,
  settles: (_input, result) => [result.from],
  obliges: (_input, result) => [result.raiser],
})
