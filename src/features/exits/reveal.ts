import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import { findObjection, ObjectionId, objectionRefusals } from './find-objection.ts'

/** Shows who objected to those who must look into it. That they looked is journalled; what they saw is kept nowhere. */
export const revealObjector = act({
  name: 'objection.reveal',
  title: { zh: '查看异议人', en: 'See who objected' },
  purpose: {
    zh: '为核实异议查看异议人的姓名和联系方式；谁在何时查看过，记入日志。',
    en: 'Shows the objector’s name and contact so that the objection can be looked into; who looked, and when, is journalled.',
  },
  duty: 'verify-exit',
  confidential: true,
  rowSecurity: true,
  input: z.object({ unit: UnitId, objection: ObjectionId }),
  refusals: {
    ...objectionRefusals,
    'nobody-named': {
      zh: '异议人没有留下姓名或联系方式。',
      en: 'The objector left neither name nor contact.',
      topic: { zh: '异议人留有姓名或联系方式', en: 'the objector can be reached' },
    },
  },
  about: {
    kind: 'objection',
    input: (objection: { unit: string; id: string }) => ({ unit: objection.unit, objection: objection.id }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, objection }) {
    const [found, objector] = await Promise.all([
      findObjection(tx, objection, unit),
      tx.selectFrom('objector').select(['name', 'contact']).where('objection_id', '=', objection).executeTakeFirst(),
    ])
    return { isKnown: found !== undefined, objector }
  },
  rule: ({ isKnown, objector }, _input, refuse, by) => [
    isKnown || refuse('objection-unknown', { unit: by.lineage[0].name }),
    !isKnown || objector !== undefined || refuse('nobody-named'),
  ],
  effect: async (_tx, _input, { objector }) => ({ name: objector?.name ?? null, contact: objector?.contact ?? null }),
})
