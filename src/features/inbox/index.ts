import type { WaitingFor } from '#kernel/waiting.ts'
import { myContact } from './contact.ts'
import { confirmContact } from './contact-confirm.ts'
import { endContact } from './contact-end.ts'
import { revealContact } from './contact-reveal.ts'
import { setContact } from './contact-set.ts'
import { shareCalendar } from './calendar-share.ts'
import { withdrawCalendar } from './calendar-withdraw.ts'
import { listInbox, unreadInbox } from './list.ts'
import { retryMail } from './mail-retry.ts'
import { mailOutbox } from './outbox.ts'
import { readInbox } from './read.ts'

export { calendarFile, findOwnShare, findShare, type Share } from './feed.ts'
export { messageOf } from './message.ts'
export { queueMail } from './queue.ts'
export { type MailSays, mailStates } from './tables.ts'

export const acts = [
  readInbox,
  setContact,
  confirmContact,
  endContact,
  revealContact,
  shareCalendar,
  withdrawCalendar,
  retryMail,
] as const

/** The inbox shows what every slice has waiting; the registry knows them all. */
export const asksWith = (waiting: () => readonly WaitingFor[]) =>
  [listInbox(waiting), unreadInbox(waiting), myContact, mailOutbox] as const
