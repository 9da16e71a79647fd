import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { type Day, Reason, UnitId } from '#kernel/words.ts'
import { type Ending, endedAlready, isOngoing } from './ending.ts'

/** A pair is ended from this day on; what it pledged before stays to be delivered. */
export const endPairing = act({
  name: 'pairing.end',
  title: { zh: '结束结对关系', en: 'End a pair' },
  purpose: {
    zh: '自当日起结束一对结对关系，写明理由；已认捐的仍应兑现。',
    en: 'Ends a pair from this day on, with the reason; what was pledged is still to be delivered.',
  },
  duty: 'coordinate-the-campaign',
  input: z.object({
    unit: UnitId,
    pairing: z.uuid().meta({ label: { zh: '结对', en: 'Pair' }, widget: 'reference' }),
    reason: Reason,
  }),
  refusals: {
    'no-such-pair': { zh: '没有这对结对关系。', en: 'There is no such pair.' },
    ...endedAlready,
  },
  about: {
    kind: 'pairing',
    offered: (pairing: { until: Day | null }) => pairing.until === null,
    input: (pairing: { id: string; root: string }) => ({ unit: pairing.root, pairing: pairing.id }),
    over: (pairing: { root: string }) => pairing.root,
  },
  over: (input) => input.unit,
  async facts(tx, { pairing }) {
    const { rows } = await sql<Ending>`
      select lower(valid_at) as since, upper(valid_at) as until from pairing where id = ${pairing}`.execute(tx)
    return { found: rows[0] }
  },
  rule: ({ found }, _input, refuse, by) => (found ? isOngoing(found, refuse, by) : [refuse('no-such-pair')]),
  async effect(tx, { pairing, reason }, _facts, by) {
    await sql`update pairing set valid_at = daterange(lower(valid_at), ${by.on}), ended_by = ${by.act}, end_reason = ${reason}
      where id = ${pairing}`.execute(tx)
    return { pairing }
  },
})
