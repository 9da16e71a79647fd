import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import type { Db } from '#kernel/db.ts'
import { type Day, Reason } from '#kernel/words.ts'
import {
  drawUnits,
  findInspection,
  inspectDuty,
  inspectionAbout,
  inspectionField,
  inspectionRefusals,
  inspectionsOn,
  inspectorField,
  readFrame,
} from './inspection-facts.ts'
import { inspectionWords } from './states.ts'

/** On its day the list is opened and its seed told; the mechanism's clock does it where the planner did not. */
export const openInspection = act({
  name: 'inspection.open',
  title: { zh: '启封名单', en: 'Open the list' },
  purpose: {
    zh: '公开种子和抽中的单位；任何人用同样的数都得到同一名单。',
    en: 'Tells the seed and the units that were drawn; anybody with the same numbers finds the same list.',
  },
  duty: inspectDuty,
  automatic: true,
  rowSecurity: true,
  input: z.object({ unit: inspectorField, inspection: inspectionField }),
  refusals: {
    ...inspectionRefusals,
    'sealed-until-its-day': {
      zh: '名单封存至{day}。',
      en: 'The list is sealed until {day}.',
      topic: { zh: '启封日已到', en: 'the list’s day has come' },
      notJudgedWith: ['unknown-inspection', 'not-its-turn'],
    },
  },
  then: [{ zh: '到被抽中的单位督查，把发现的问题记入清单。', en: 'Visit the units drawn, and record what is found.' }],
  about: inspectionAbout(['drawn'], 'when due'),
  over: (input) => input.unit,
  async facts(tx, { inspection }) {
    const [found, frame, sealed] = await Promise.all([
      findInspection(tx, inspection),
      readFrame(tx, inspection),
      tx.selectFrom('inspection_sealed').select('seed').where('inspection_id', '=', inspection).executeTakeFirst(),
    ])
    return { found, frame, seed: sealed?.seed }
  },
  rule({ found }, { unit }, refuse, by) {
    if (found?.unit !== unit) return [refuse('unknown-inspection')]
    if (found.state !== 'drawn')
      return [refuse('not-its-turn', { title: found.title, standing: inspectionWords[found.state] })]
    return [found.opensOn <= by.on || refuse('sealed-until-its-day', { day: found.opensOn })]
  },
  async effect(tx, { unit, inspection }, { found, frame, seed }, by) {
    if (!found?.beacon || seed === undefined) throw new Error('A list that was not drawn was not refused.')
    const kept = { inspection_id: inspection, on_day: by.on, act_id: by.act }
    const { commitment, drawOn, opensOn } = found
    await tx
      .insertInto('inspection_opening')
      .values({ ...kept, unit_id: unit, commitment, draw_on: drawOn, opens_on: opensOn, seed })
      .execute()
    const drawn = drawUnits(frame, seed, found.beacon)
    await sql`
      insert into inspection_drawn (inspection_id, n, act_id)
      select ${inspection}, n, ${by.act} from unnest(${drawn}::int[]) n`.execute(tx)
    const units = frame.filter((each) => drawn.includes(each.n)).map((each) => each.unit)
    return { unit, inspection, units }
  },
})

/** A plan that can't be carried out any more, because its seed was lost or its ground fell away, is cancelled, with the reason. */
export const cancelInspection = act({
  name: 'inspection.cancel',
  title: { zh: '取消督查', en: 'Cancel an inspection' },
  purpose: {
    zh: '名单启封以前取消督查计划，说明理由。',
    en: 'Gives a plan up before its list is opened, and says why.',
  },
  duty: inspectDuty,
  final: true,
  input: z.object({ unit: inspectorField, inspection: inspectionField, reason: Reason }),
  refusals: inspectionRefusals,
  about: inspectionAbout(['planned', 'drawn']),
  over: (input) => input.unit,
  facts: async (tx, { inspection }) => ({ found: await findInspection(tx, inspection) }),
  rule({ found }, { unit }, refuse) {
    if (found?.unit !== unit) return [refuse('unknown-inspection')]
    return [
      found.state === 'planned' ||
        found.state === 'drawn' ||
        refuse('not-its-turn', { title: found.title, standing: inspectionWords[found.state] }),
    ]
  },
  async effect(tx, { unit, inspection, reason }, _facts, by) {
    await tx
      .insertInto('inspection_cancelled')
      .values({ inspection_id: inspection, reason, on_day: by.on, act_id: by.act })
      .execute()
    return { unit, inspection }
  },
})

export type DueInspection = {
  readonly id: string
  readonly unit: string
  readonly title: string
  readonly what: 'draw' | 'open'
  readonly day: Day
}

/** Inspections whose draw or opening is due by a day. */
export async function dueInspections(
  db: Db,
  on: Day,
  units: readonly string[] | 'all',
): Promise<readonly DueInspection[]> {
  const { rows } = await sql<DueInspection>`
    select i.id, i.unit, i.title, case when i.state = 'planned' then 'draw' else 'open' end as what,
           case when i.state = 'planned' then i."drawOn" else i."opensOn" end as day
      from (${inspectionsOn(on)}) i
     where (i.state = 'planned' and i."drawOn" <= ${on}::date or i.state = 'drawn' and i."opensOn" <= ${on}::date)
       and (${units === 'all'} or i.unit = any (${units === 'all' ? [] : units}::uuid[]))`.execute(db)
  return rows
}
