import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import { WorkerId } from './inputs.ts'
import { shared } from './words.ts'

/** Shows somebody's ID number and telephone to those who send them. That they looked is journalled; what they saw is kept nowhere. */
export const revealWorker = act({
  name: 'worker.reveal',
  title: { zh: '查看人员联系方式', en: 'See somebody’s telephone and ID number' },
  purpose: {
    zh: '为联系或核对查看人员的电话和证件号码；谁在何时查看过，记入日志。',
    en: 'Shows a person’s telephone and ID number, to reach or to check them; who looked, and when, is journalled.',
  },
  duty: 'coordinate-labour',
  confidential: true,
  rowSecurity: true,
  input: z.object({ unit: UnitId, worker: WorkerId }),
  refusals: { 'worker-unknown': shared['worker-unknown'] },
  about: {
    kind: 'worker',
    input: (worker: { unit: string; id: string }) => ({ unit: worker.unit, worker: worker.id }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, worker }) {
    const { rows } = await sql<{ phone: string; idNumber: string }>`
      select phone, id_number as "idNumber" from worker_private where worker_id = ${worker} and unit_id = ${unit}`.execute(
      tx,
    )
    return { found: rows[0] }
  },
  rule: ({ found }, { worker }, refuse, by) => [
    found !== undefined || refuse('worker-unknown', { unit: by.lineage[0].name, worker }),
  ],
  effect: (_tx, _input, { found }) => Promise.resolve({ phone: found?.phone ?? '', idNumber: found?.idNumber ?? '' }),
})
