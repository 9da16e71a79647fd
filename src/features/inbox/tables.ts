import type { ColumnType } from 'kysely'
import type { Day } from '#kernel/words.ts'

declare module '#kernel/db.ts' {
  interface DB {
    inbox_reading: {
      act_id: string
      unit_id: string
      post: string
      upto_seq: bigint | null
      also: string[]
      on_day: Day
    }
    contact: {
      id: string
      person_id: string
      shown: string
      language: 'zh' | 'en' | null
      wants: string[]
      set_on: Day
      set_by: string
      confirmed_on: Day | null
      confirmed_by: string | null
      ended_on: Day | null
      ended_by: string | null
    }
    contact_private: { contact_id: string; person_id: string; address: string; code: string; act_id: string }
    calendar_share: {
      id: string
      unit_id: string
      post: string
      person_id: string
      version: number
      language: 'zh' | 'en' | null
      shared_on: Day
      shared_by: string
      withdrawn_on: Day | null
      withdrawn_by: string | null
    }
    mail: {
      id: string
      person_id: string
      contact_id: string | null
      event: string
      says: ColumnType<MailSays, string, never>
      of_day: Day
      queued_at: ColumnType<Date, never, never>
      state: ColumnType<MailState, never, MailState>
      offers: ColumnType<number, never, number>
      tries: ColumnType<number, never, number>
      not_before: ColumnType<Date, never, Date>
      worker: string | null
      lease_until: ColumnType<Date | null, never, Date | null>
      said: string | null
      settled_at: ColumnType<Date | null, never, Date | null>
    }
    mail_seen: { only_one: ColumnType<boolean, never, never>; upto: Day }
  }
}

/** How far a message has come; `dropped` is one whose reader no longer wants it. */
export const mailStates = ['queued', 'sending', 'sent', 'deferred', 'failed', 'dropped'] as const
export type MailState = (typeof mailStates)[number]

type Both = { readonly zh: string; readonly en: string }

/** What a message tells, before it is put into the reader's language. No name of a person, no amount, no address. */
export type MailSays =
  | { readonly kind: 'confirm' }
  | {
      readonly kind: 'event'
      readonly what: Both
      readonly title: Both
      readonly unit: Both
      readonly due: Day | null
      readonly record: string
    }
