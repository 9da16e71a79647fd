import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Status } from '#kernel/charter.ts'
import { v7 } from '#kernel/uuid.ts'
import { Reason, UnitId } from '#kernel/words.ts'
import { assistDuty } from './fields.ts'
import { findAssistance, nobodyMatches, receivesHelp } from './partners.ts'

/** A central body takes a county on: from this day its seat helps there, and may pledge. */
export const beginAssistance = act({
  name: 'assistance.begin',
  title: { zh: '定点帮扶一个县', en: 'Assist a designated county' },
  purpose: {
    zh: '中央单位自当日起定点帮扶一个县，写明依据或打算；不脱贫不脱钩，到结束为止。',
    en: 'A central body helps a county from this day on, and says on what ground or how, until it is ended.',
  },
  duty: assistDuty,
  input: z.object({
    unit: UnitId,
    about: Reason.meta({ label: { zh: '依据和打算', en: 'Ground and intent' } }),
    status: Status.default('made-up').meta({
      label: { zh: '核实程度', en: 'How sure' },
      widget: 'choice',
      choices: {
        V: { zh: '已核原文', en: 'seen in a source' },
        P: { zh: '部分核对', en: 'partly seen' },
        K: { zh: '已知未核', en: 'known, not verified' },
        'made-up': { zh: '设定', en: 'made up' },
      },
    }),
  }),
  refusals: {
    ...nobodyMatches,
    'assists-already': {
      zh: '本单位已自{since}起定点帮扶{unit}。',
      en: 'This body assists {unit} already, since {since}.',
      topic: { zh: '尚未定点帮扶该县', en: 'it does not assist the county yet' },
    },
  },
  about: {
    kind: 'help-desk',
    offered: (desk: { receives: boolean }) => desk.receives,
    input: (desk: { unit: string }) => ({ unit: desk.unit }),
  },
  over: (input) => input.unit,
  facts: async (tx, { unit }, by) => ({ standing: await findAssistance(tx, unit, by) }),
  rule: ({ standing }, _input, refuse, by) => [
    receivesHelp(by) || refuse('nobody-matches', { unit: by.lineage[0].name }),
    standing?.until !== null || refuse('assists-already', { unit: by.lineage[0].name, since: standing.since }),
  ],
  async effect(tx, { unit, about, status }, _facts, by) {
    if (by.actor.kind !== 'person') throw new Error('Only a seat assists.')
    const id = v7()
    await tx
      .insertInto('partner')
      .values({
        id,
        unit_id: unit,
        kind: 'assistant',
        seat_unit_id: by.actor.seat.unit,
        post: by.actor.seat.post,
        name: null,
        about,
        status,
        valid_at: `[${by.on},)`,
        act_id: by.act,
        ended_by: null,
        end_reason: null,
      })
      .execute()
    return { partner: id }
  },
})
