import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import { addStep, atStep, findMatter, MatterId, matterRefusals, notYours, raisersAbout } from './matters.ts'

/** Whoever raised a matter is satisfied with how it was settled. */
export const closeMatter = act({
  name: 'matter.close',
  title: { zh: '确认办结', en: 'Close a matter' },
  purpose: {
    zh: '提出单位确认答复解决了问题；分工仍按期限办理。',
    en: 'Says that the decision answers what was asked; assignments still have to be done by their day.',
  },
  duty: 'raise-matters',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '提出单位', en: 'Unit that raised it' } }),
    matter: MatterId,
    note: z
      .string()
      .trim()
      .max(2000)
      .optional()
      .meta({ label: { zh: '评价', en: 'Remark' }, widget: 'prose' }),
  }),
  refusals: { ...matterRefusals, ...notYours },
  advice: {
    'assignments-open': {
      zh: '还有{count}项分工没有办完；确认后仍须办理。',
      en: '{count} assignments are not done yet; they remain owed.',
    },
  },
  about: raisersAbout('settled'),
  over: (input) => input.unit,
  async facts(tx, { matter }) {
    const [found, open] = await Promise.all([
      findMatter(tx, matter),
      sql<{ n: number }>`
        select count(*)::int as n from matter_assignment a
         where a.matter_id = ${matter} and not exists (select from matter_assignment_done d where d.assignment_id = a.id)`.execute(
        tx,
      ),
    ])
    return { found, open: open.rows[0]?.n ?? 0 }
  },
  rule({ found, open }, { unit }, refuse, by, advise) {
    if (!found) return [refuse('unknown-matter')]
    return [
      atStep(found, 'close', refuse),
      found.unit === unit || refuse('not-raised-by-you', { title: found.title, unit: by.lineage[0].name }),
      open === 0 || advise('assignments-open', { count: open }),
    ]
  },
  effect(tx, { matter, note }, { found }, by) {
    if (!found) throw new Error('A matter that does not exist was not refused.')
    addStep(tx, by, found, 'close', null, note ?? null)
    return Promise.resolve({ matter })
  },
  subject: (input) => input.matter,
})
