import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import type { Light } from '#kernel/link.ts'
import type { Waiting } from '#kernel/waiting.ts'
import type { Day, Text } from '#kernel/words.ts'
import { standOf } from '#features/obligations/index.ts'
import { readItems } from '#features/responsibilities/index.ts'
import type { Desks, SeatDesks } from './desks.ts'
import { type Counts, countUnread, desksOn, happened, type Happening, readingOf } from './events.ts'
import { type AllWaiting, waitingKey, waitsFor } from './waiting.ts'
import { type Kind, kindNames, kinds, said, waits } from './words.ts'

const PAGE_MAX = 200

type Delegated = { readonly duty: string }

/** The asker's seat with all that lies on its desk, and up to where it has read. */
async function atDesk(reader: Reader) {
  const { actor, db, on } = reader
  if (actor?.kind !== 'person') throw new NotFound({ zh: '请先选择职务。', en: 'Take a seat first.' })
  const [desks, reading, only] = await Promise.all([
    desksOn(reader),
    readingOf(db, actor.seat, on),
    delegated(reader, actor.delegation),
  ])
  return { seat: actor.seat, desks, mine: desks.of(actor.seat, only?.duty), reading }
}

/** Whoever acts for another sees of the other's desk what was handed to them. */
async function delegated({ db }: Reader, delegation: string | undefined): Promise<Delegated | undefined> {
  if (delegation === undefined) return undefined
  return db.selectFrom('delegation').select('duty').where('id', '=', delegation).executeTakeFirst()
}

/** All that came to the asker's seat, the newest first: what it owes, what was done about it, what was done in its name, what waits. */
export const listInbox = (all: AllWaiting) =>
  ask({
    name: 'inbox.list',
    title: { zh: '收件箱', en: 'Inbox' },
    purpose: {
      zh: '到所选日期为止与我的职务有关的事：新的应办事项，提醒、预警、逾期、督办、报告、通报、约谈，下级的逾期，以及等我办理的其他事。由已有的记录得出，没有人填写。',
      en: 'What has come to my seat by a day: newly owed, reminders, lights, lateness, urging, reports, notices, summons, what is late below, and what else waits for me. Derived from what was done; nobody fills it in.',
    },
    access: 'seated',
    input: z.object({
      only: z.enum(['all', 'unread']).default('all'),
      kind: z.enum(kindNames).optional(),
      offset: z.int().min(0).max(100_000).default(0),
      limit: z.int().min(1).max(PAGE_MAX).default(50),
    }),
    async answer(reader, { only, kind, offset, limit }) {
      const { seat, desks, mine, reading } = await atDesk(reader)
      const wanted = { unread: only === 'unread', kind, limit: offset + limit }
      const [{ counts, newest, last }, waiting] = await Promise.all([
        happened(reader, mine, reading.upto, wanted),
        waitsFor(reader, desks, mine, all),
      ])
      const open = waiting.map((each) => ({ each, isRead: reading.also.has(waitingKey(each)) }))
      const chosen = open.filter(({ isRead }) => !(wanted.unread && isRead) && (kind ?? 'waiting') === 'waiting')
      const of: Counts = {
        ...counts,
        waiting: { all: open.length, unread: open.filter((each) => !each.isRead).length },
      }
      const page = merged(newest, chosen).slice(offset, offset + limit)
      return {
        seat,
        total: totalOf(of, wanted),
        unread: totalOf(of, { unread: true, kind: undefined }),
        /** What is to be named so that all of it is marked as read. */
        latest: {
          upto: last,
          also: open.flatMap(({ each, isRead }) => (isRead ? [] : [waitingKey(each)])).slice(0, PAGE_MAX),
        },
        kinds: kindNames.map((name) => ({ kind: name, title: kinds[name], ...(of[name] ?? { all: 0, unread: 0 }) })),
        events: await described(reader, desks, mine, page),
      }
    },
  })

/** How much the asker's seat has not read: the number on the bell. */
export const unreadInbox = (all: AllWaiting) =>
  ask({
    name: 'inbox.unread',
    title: { zh: '未读数', en: 'Unread' },
    purpose: { zh: '我的职务收件箱中未读的件数。', en: 'How many events in my seat’s inbox are unread.' },
    access: 'seated',
    input: z.object({}),
    async answer(reader) {
      const { desks, mine, reading } = await atDesk(reader)
      const [happenings, waiting] = await Promise.all([
        countUnread(reader, mine, reading.upto),
        waitsFor(reader, desks, mine, all),
      ])
      return { unread: happenings + waiting.filter((each) => !reading.also.has(waitingKey(each))).length }
    },
  })

const totalOf = (counts: Counts, { unread, kind }: { unread: boolean; kind: Kind | undefined }) =>
  Object.entries(counts)
    .filter(([name]) => kind === undefined || name === kind)
    .reduce((sum, [, each]) => sum + (unread ? each.unread : each.all), 0)

type Line =
  | { readonly on: Day; readonly happening: Happening; readonly waiting?: never; readonly isRead: boolean }
  | { readonly on: Day; readonly waiting: Waiting; readonly happening?: never; readonly isRead: boolean }

function merged(
  happenings: readonly Happening[],
  waiting: readonly { readonly each: Waiting; readonly isRead: boolean }[],
): readonly Line[] {
  const lines: Line[] = [
    ...waiting.map(({ each, isRead }) => ({ on: each.since, waiting: each, isRead })),
    ...happenings.map((happening) => ({ on: happening.on, happening, isRead: happening.isRead })),
  ]
  // The order among those of one day stays: sorting is stable.
  return lines.toSorted((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0))
}

type ItemRow = {
  id: string
  obligation: string
  duty: string
  unit: string
  subject: string
  opened_on: Day
  due_on: Day
  met_on: Day | null
  lapsed_on: Day | null
}

/** The things that a page of events speaks of, as they stand on the day. */
async function itemsOf({ db, on }: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, ItemRow>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<ItemRow>`
    select id, obligation, duty, unit_id as unit, subject, opened_on, obligation_due(id, due_on, ${on}) as due_on,
           case when met_on <= ${on}::date then met_on end as met_on,
           case when lapsed_on <= ${on}::date then lapsed_on end as lapsed_on
      from obligation_item where id = any (${ids}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

const lapsed: { light: Light; words: Text } = { light: 'none', words: { zh: '不再需要办理', en: 'no longer owed' } }

async function described(reader: Reader, desks: Desks, mine: SeatDesks, page: readonly Line[]) {
  const ids = [...new Set(page.flatMap(({ happening }) => happening?.item ?? []))]
  const [items, owed] = await Promise.all([itemsOf(reader, ids), toDo(reader, mine, page)])
  const able = await withAbilities(
    reader,
    'obligation',
    [...items.values()].map((item) => ({ ...item, ...standing(reader, item) })),
  )
  const abilities = new Map(able.map((item) => [item.id, item]))
  const { charter } = reader
  return page.map((line) => {
    if (line.waiting) return { ...waitingEvent(line.waiting, desks), isRead: line.isRead }
    const { key, item: id, step, kind, on, act, isRead } = line.happening
    const item = abilities.get(id)
    const declared = charter.text.obligations.find((each) => each.id === item?.obligation)
    const own = owed.get(id)
    return {
      key,
      kind,
      on,
      act,
      isRead,
      what: said(step, kind !== 'below', charter.text.escalation.find((each) => each.step === step)?.title),
      title: declared?.title ?? { zh: item?.obligation ?? '', en: item?.obligation ?? '' },
      about: own?.about ?? null,
      unit: unitOf(desks, item?.unit ?? ''),
      due: item?.due_on ?? null,
      stand: item?.lapsed_on ? lapsed : item ? { light: item.light, words: item.words } : null,
      record: `/obligations/${id}`,
      /** What meets it, for whoever owes it. */
      acts: own?.acts ?? [],
      can: item?.can ?? [],
    }
  })
}

const standing = (reader: Reader, item: ItemRow) => standOf(reader, item.due_on, item.met_on)

/** The acts that meet what the seat still owes, with what they need to know. */
async function toDo(reader: Reader, { seat }: SeatDesks, page: readonly Line[]) {
  const own = [
    ...new Set(page.flatMap(({ happening }) => (happening && happening.kind !== 'below' ? happening.item : []))),
  ]
  if (own.length === 0) return new Map<string, Awaited<ReturnType<typeof readItems>>[number]>()
  const items = await readItems(reader, sql`i.id = any (${own}::uuid[])`, PAGE_MAX)
  const isMine = (item: (typeof items)[number]) =>
    item.owes?.unit.id === seat.unit && item.owes.posts.some((post) => post.id === seat.post)
  return new Map(items.filter(isMine).map((item) => [item.id, item]))
}

function unitOf(desks: Desks, id: string) {
  const unit = desks.findUnit(id)
  return unit ? { id: unit.id, name: unit.name } : null
}

const noActs: Awaited<ReturnType<typeof readItems>>[number]['acts'] = []
const noAbilities: Awaited<ReturnType<typeof withAbilities>>[number]['can'] = []

const waitingEvent = (waiting: Waiting, desks: Desks) => ({
  key: waitingKey(waiting),
  kind: 'waiting' as const,
  on: waiting.since,
  act: null,
  what: waits,
  title: waiting.title,
  about: null,
  unit: unitOf(desks, waiting.unit),
  due: waiting.due,
  stand: null,
  record: waiting.record,
  acts: noActs,
  can: noAbilities,
})
