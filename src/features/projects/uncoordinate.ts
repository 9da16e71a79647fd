import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Reason, UnitId } from '#kernel/words.ts'
import type {} from './major-tables.ts'

/** The city takes a coordination back with a reason: the projects are again each county's own. */
export const uncoordinateProjects = act({
  name: 'project.uncoordinate',
  title: { zh: '解除跨县协调', en: 'End a coordination' },
  purpose: {
    zh: '说明理由，解除跨县项目，各项目仍由各县实施；原来的协调可查。',
    en: 'Ends a cross-county project with a reason; its projects go on as each county’s own, and what was agreed stays readable.',
  },
  duty: 'coordinate-cross-county-projects',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '牵头县', en: 'County that leads' } }),
    coordination: z.uuid().meta({ label: { zh: '跨县项目', en: 'Cross-county project' }, widget: 'reference' }),
    reason: Reason,
  }),
  refusals: {
    'unknown-coordination': {
      zh: '{unit}没有牵头这个跨县项目。',
      en: '{unit} leads no such cross-county project.',
      topic: { zh: '跨县项目存在', en: 'the cross-county project exists' },
    },
    'ended-already': {
      zh: '已于{on}解除。',
      en: 'It was ended on {on}.',
      topic: { zh: '尚未解除', en: 'it still stands' },
    },
  },
  about: {
    kind: 'coordination',
    offered: (coordination: { endedOn: string | null }) => coordination.endedOn === null,
    input: (coordination: { unit: string; id: string }) => ({ unit: coordination.unit, coordination: coordination.id }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, coordination }) {
    const found = await tx
      .selectFrom('coordination as c')
      .leftJoin('coordination_end as e', 'e.coordination_id', 'c.id')
      .select(['c.id', 'e.on_day as endedOn'])
      .where('c.id', '=', coordination)
      .where('c.lead_unit_id', '=', unit)
      .executeTakeFirst()
    return { found }
  },
  rule: ({ found }, _input, refuse, by) => [
    found !== undefined || refuse('unknown-coordination', { unit: by.lineage[0].name }),
    !found?.endedOn || refuse('ended-already', { on: found.endedOn }),
  ],
  async effect(tx, { coordination, reason }, _facts, by) {
    await tx
      .insertInto('coordination_end')
      .values({ coordination_id: coordination, reason, on_day: by.on, act_id: by.act })
      .execute()
    return { coordination }
  },
})
