import { sql } from 'kysely'
import { z } from 'zod'
import { ask } from '#kernel/ask.ts'
import { withAbilities } from '#kernel/abilities.ts'
import { findLineage, type Person } from '#kernel/standing.ts'
import type { Day } from '#kernel/words.ts'
import { type MailState, mailStates } from './tables.ts'

type Row = {
  id: string
  of_day: Day
  queued_at: Date
  settled_at: Date | null
  not_before: Date
  state: MailState
  tries: number
  said: string | null
  person: string
  zh: string
  en: string
  made_up: boolean
}

/** How mail goes, for whoever keeps the program running: what is on its way, and what no server would take and why. */
export const mailOutbox = ask({
  name: 'mail.outbox',
  title: { zh: '待寄邮件', en: 'The outbox' },
  purpose: {
    zh: '各状态的邮件数，以及未能寄出和推迟的邮件：给谁（不显示地址）、收件服务器怎么说、何时再试。',
    en: 'How many messages are in which state, and those that failed or were put off: for whom (never the address), what the server said, and when they are tried again.',
  },
  access: 'seated',
  input: z.object({
    state: z.enum(mailStates).default('failed'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { state, offset, limit }) {
    const { db, actor, charter, today } = reader
    const seat = actor?.kind === 'person' ? actor.seat : undefined
    const lineage = seat && (await findLineage(db, seat.unit, today))
    const keepers = charter.findDuty('keep-the-program-running', today)?.held_by[lineage?.[0].tier ?? ''] ?? []
    const isKeeper = seat !== undefined && keepers.includes(seat.post)
    const counted = await sql<{ state: MailState; n: number }>`
      select state, count(*)::int as n from mail group by state`.execute(db)
    const counts = Object.fromEntries(mailStates.map((each) => [each, 0])) as Record<MailState, number>
    for (const { state: each, n } of counted.rows) counts[each] = n
    if (!isKeeper || !seat) return { isKeeper: false, counts, total: 0, mails: [], can: [] }
    const { rows } = await sql<Row>`
      select m.id, m.of_day, m.queued_at, m.settled_at, m.not_before, m.state, m.tries, m.said, m.person_id as person, p.name_zh as zh,
             p.name_en as en, p.made_up
        from mail m join person p on p.id = m.person_id
       where m.state = ${state} order by m.settled_at desc nulls last, m.id limit ${limit} offset ${offset}`.execute(db)
    const [outbox] = await withAbilities(reader, 'outbox', [{ unit: seat.unit, failed: counts.failed }])
    return {
      isKeeper: true,
      counts,
      total: counts[state],
      mails: rows.map(({ person, zh, en, made_up, ...row }) => ({
        ...row,
        person: { id: person, name: { zh, en }, madeUp: made_up } satisfies Person,
      })),
      can: outbox?.can ?? [],
    }
  },
})
