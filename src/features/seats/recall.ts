import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { isOwnSeat } from './delegate.ts'

/** Takes a delegated duty back, from the day of the deed. */
export const recallDuty = act({
  name: 'duty.recall',
  title: { zh: '收回委托', en: 'Recall a delegation' },
  purpose: {
    zh: '收回一项委托，自当日起受托人不得再办理。',
    en: 'Takes a delegated duty back: from the day of the deed the delegate may no longer act under it.',
  },
  duty: 'delegate-duties',
  input: z.object({ delegation: z.uuid().meta({ label: { zh: '委托', en: 'Delegation' }, widget: 'reference' }) }),
  refusals: {
    'not-your-seat': {
      zh: '委托只能由该职务的任职者本人收回。',
      en: 'Only the holder of the seat that delegated recalls it.',
      topic: { zh: '由任职者本人收回', en: 'you hold the seat yourself' },
    },
    'ended-already': {
      zh: '该委托已经终止或收回。',
      en: 'This delegation has ended or was recalled already.',
      topic: { zh: '委托仍有效', en: 'the delegation is in force' },
    },
  },
  about: {
    kind: 'delegation',
    offered: (delegation: { isOpen: boolean }) => delegation.isOpen,
    input: (delegation: { id: string }) => ({ delegation: delegation.id }),
  },
  // A delegation that nobody made lies over no unit; the kernel says so.
  over: async ({ delegation }, { db }) =>
    (await db.selectFrom('delegation').select('unit_id').where('id', '=', delegation).executeTakeFirst())?.unit_id ??
    delegation,
  facts: async (tx, { delegation }, by) =>
    tx
      .selectFrom('delegation')
      .select([
        'unit_id as unit',
        'post',
        sql<boolean>`recalled_by is null and upper(valid_at) > ${by.on}`.as('isOpen'),
      ])
      .where('id', '=', delegation)
      .executeTakeFirstOrThrow(),
  rule: (found, _input, refuse, by) => [
    isOwnSeat(by.actor, found) || refuse('not-your-seat'),
    found.isOpen || refuse('ended-already'),
  ],
  async effect(tx, { delegation }, _facts, by) {
    await sql`update delegation set valid_at = valid_at * daterange(null, ${by.on}), recalled_by = ${by.act}
      where id = ${delegation}`.execute(tx)
    return { delegation }
  },
})
