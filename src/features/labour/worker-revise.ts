import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import { WorkerId } from './inputs.ts'
import { addVersions, profile, profileLines, profileRefusals } from './profile.ts'
import { readSkills, readWorkers } from './read.ts'
import { shared } from './words.ts'

/** What is known of somebody changed: from the day of the deed another version holds. */
export const reviseWorker = act({
  name: 'worker.revise',
  title: { zh: '更新人员情况', en: 'Bring a person’s record up to date' },
  purpose: {
    zh: '更新派出单位、籍贯、专长、限制、电话，或标明暂不可选派；以前的情况仍可查看。',
    en: 'Changes who sends them, their home, skills, limits or telephone, or that they cannot be sent for now; what was known before stays to be seen.',
  },
  duty: 'coordinate-labour',
  rowSecurity: true,
  input: z.object({
    unit: UnitId,
    worker: WorkerId,
    ...profile,
    available: z
      .boolean()
      .default(true)
      .meta({ label: { zh: '可以选派', en: 'Can be sent' } }),
    phone: z
      .string()
      .trim()
      .regex(/^\+?[0-9 -]{5,20}$/)
      .optional()
      .meta({ label: { zh: '新的电话', en: 'New telephone' }, personal: true }),
  }),
  refusals: { 'worker-unknown': shared['worker-unknown'], ...profileRefusals },
  about: {
    kind: 'worker',
    input: (worker: { unit: string; id: string; profile?: Readonly<Record<string, unknown>> }) => ({
      unit: worker.unit,
      worker: worker.id,
      ...worker.profile,
    }),
  },
  over: (input) => input.unit,
  async facts(tx, { worker }) {
    const [found, skills] = await Promise.all([readWorkers(tx, [worker]), readSkills(tx)])
    return { found: found.get(worker), skills }
  },
  rule: ({ found, skills }, input, refuse, by) => [
    found?.unit === input.unit || refuse('worker-unknown', { unit: by.lineage[0].name, worker: input.worker }),
    ...profileLines(found?.name ?? { zh: input.worker, en: input.worker }, input, skills, refuse),
  ],
  async effect(tx, { worker, phone, ...input }, { found, skills }, by) {
    await addVersions(tx, by, skills, [{ ...input, id: worker, n: (found?.versions ?? 0) + 1 }])
    if (phone !== undefined)
      await sql`update worker_private set phone = ${phone}, act_id = ${by.act} where worker_id = ${worker}`.execute(tx)
    return { unit: input.unit, worker }
  },
})
