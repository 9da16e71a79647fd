import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { type Day, Reason, UnitId } from '#kernel/words.ts'
import type {} from './tables.ts'

type Facts = { unit: string; task: string; doneOn: Day | null }

/** A unit says that it has done what a settled matter gave it to do. */
export const completeAssignment = act({
  name: 'assignment.complete',
  title: { zh: '办结分工', en: 'Complete an assignment' },
  purpose: {
    zh: '承办单位写明办理结果，分给它的一项随即办结。',
    en: 'Says what came of it; the assignment is then done.',
  },
  duty: 'raise-matters',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '承办单位', en: 'Unit that does it' } }),
    assignment: z
      .uuid()
      .meta({ label: { zh: '分工', en: 'Assignment' }, widget: 'reference', finds: 'find.assignments' }),
    result: Reason.meta({ label: { zh: '办理结果', en: 'What came of it' } }),
  }),
  refusals: {
    'unknown-assignment': { zh: '没有这项分工。', en: 'There is no such assignment.' },
    'not-assigned-to-you': {
      zh: '“{task}”不是分给{unit}的。',
      en: '«{task}» was not assigned to {unit}.',
      topic: { zh: '分给本单位', en: 'assigned to this unit' },
    },
    'done-already': {
      zh: '“{task}”已于{on}办结。',
      en: '«{task}» was done on {on} already.',
      topic: { zh: '尚未办结', en: 'not done yet' },
    },
  },
  about: {
    kind: 'assignment',
    offered: (assignment: { doneOn: string | null }) => assignment.doneOn === null,
    input: (assignment: { unit: string; id: string }) => ({ unit: assignment.unit, assignment: assignment.id }),
  },
  over: (input) => input.unit,
  async facts(tx, { assignment }): Promise<Facts | undefined> {
    const { rows } = await sql<Facts>`
      select a.unit_id as unit, a.task,
             (select d.on_day from matter_assignment_done d where d.assignment_id = a.id) as "doneOn"
        from matter_assignment a where a.id = ${assignment}`.execute(tx)
    return rows[0]
  },
  rule(found, { unit }, refuse, by) {
    if (!found) return [refuse('unknown-assignment')]
    const { task, doneOn } = found
    return [
      found.unit === unit || refuse('not-assigned-to-you', { task, unit: by.lineage[0].name }),
      doneOn === null || refuse('done-already', { task, on: doneOn }),
    ]
  },
  async effect(tx, { assignment, result }, _found, by) {
    await tx
      .insertInto('matter_assignment_done')
      .values({
        assignment_id: assignment,
        result,
        on_day: by.on,
        person_id: by.principal?.id ?? null,
        act_id: by.act,
      })
      .execute()
    return { assignment }
  },
  subject: (input) => input.assignment,
})
