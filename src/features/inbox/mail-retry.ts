import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'

const RETRIED_MAX = 1000

/** Whoever keeps the program running has messages tried again that no server would take. */
export const retryMail = act({
  name: 'mail.retry',
  title: { zh: '重新寄送', en: 'Try mail again' },
  purpose: {
    zh: '把未能寄出的邮件重新放入待寄；编号不变，收件服务器不会收到两份。',
    en: 'Puts messages that could not be sent back into the queue. Each keeps its number, so that a server that took it before does not keep it twice.',
  },
  duty: 'keep-the-program-running',
  input: z.object({
    unit: UnitId,
    mails: z
      .array(z.uuid())
      .max(RETRIED_MAX)
      .default([])
      .meta({
        label: { zh: '哪些邮件', en: 'Which messages' },
        hint: { zh: '不填为全部未能寄出的。', en: 'All that failed, if none is named.' },
      }),
  }),
  refusals: {
    'nothing-failed': {
      zh: '没有未能寄出的邮件。',
      en: 'There is no such message that failed.',
      topic: { zh: '有未能寄出的邮件', en: 'a message failed' },
    },
  },
  about: {
    kind: 'outbox',
    offered: (outbox: { failed: number }) => outbox.failed > 0,
    input: (outbox: { unit: string }) => ({ unit: outbox.unit }),
  },
  over: (input) => input.unit,
  async facts(tx, { mails }) {
    const { rows } = await sql<{ id: string }>`
      select id from mail where state = 'failed' and (cardinality(${mails}::uuid[]) = 0 or id = any (${mails}::uuid[]))
       order by settled_at limit ${RETRIED_MAX}`.execute(tx)
    return { failed: rows.map((row) => row.id) }
  },
  rule: ({ failed }, _input, refuse) => [failed.length > 0 || refuse('nothing-failed')],
  async effect(tx, _input, { failed }) {
    await sql`
      update mail set state = 'queued', tries = 0, not_before = now(), settled_at = null
       where id = any (${failed}::uuid[]) and state = 'failed'`.execute(tx)
    return { queued: failed.length }
  },
})
