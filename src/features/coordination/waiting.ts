import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { ask, type Reader } from '#kernel/ask.ts'
import type { WaitingFor } from '#kernel/waiting.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import { type WaitsFor, waitsFor, type Wait } from './who.ts'

type Item = Wait & {
  readonly id: string
  /** What it is: an obligation of the charter, or what a slice has waiting. */
  readonly kind: string
  readonly title: Text
  readonly subject: string
  readonly record: string
  /** The unit that it is about; who is waited for may sit above it. */
  readonly about: { readonly id: string; readonly name: Text }
}
export type WaitingItem = Omit<Item, 'since' | 'due' | 'unit' | 'post' | 'duty'> & { readonly waits: WaitsFor }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Where the thing itself opens, for the obligations that name one. */
const pages: Readonly<Record<string, string>> = {
  'acknowledge-policy': '/policies/',
  'sign-letter': '/letters/',
  'answer-request': '/requests/',
  'answer-complaint': '/complaints/',
  'handle-matter': '/matters/',
  'complete-matter': '/matters/',
  'answer-settlement': '/matters/',
  'contribute-to-matter': '/matters/',
}
const recordOf = (obligation: string, subject: string, id: string) =>
  pages[obligation] && UUID.test(subject) ? `${pages[obligation]}${subject}` : `/obligations/${id}`

/** Every obligation that is owed on a day, as what waits. */
async function owed({ db, on, charter }: Reader, which: RawBuilder<unknown>): Promise<readonly Item[]> {
  const { rows } = await sql<{
    id: string
    obligation: string
    duty: string
    unit: string
    subject: string
    since: Day
    due: Day
    zh: string
    en: string
    post: string | null
  }>`
    select i.id, i.obligation, i.duty, i.unit_id as unit, i.subject, i.opened_on as since, i.due_on as due, v.name_zh as zh,
           v.name_en as en, s.owner_post as post
      from obligation_item i
      join unit_version v on v.unit_id = i.unit_id and (v.valid_at @> ${on}::date) is true
      left join lateral (
        select s.owner_post from matter_step s
         where i.obligation = 'handle-matter' and s.matter_id::text = i.subject and s.on_day <= ${on}::date
         order by s.ordinal desc limit 1) s on true
     where i.opened_on <= ${on}::date and (i.met_on is null or i.met_on > ${on}::date)
       and (i.lapsed_on is null or i.lapsed_on > ${on}::date) and (${which})
     order by i.due_on, i.id`.execute(db)
  return rows.map(({ id, obligation, zh, en, post, ...row }) => ({
    ...row,
    id,
    kind: obligation,
    title: charter.text.obligations.find((each) => each.id === obligation)?.title ?? { zh: obligation, en: obligation },
    post: post ?? undefined,
    record: recordOf(obligation, row.subject, id),
    about: { id: row.unit, name: { zh, en } },
  }))
}

/** What the slices have waiting beside the obligations, in the units asked for. */
async function beside(reader: Reader, slices: readonly WaitingFor[], units: readonly string[] | 'all') {
  const found = (await Promise.all(slices.map((slice) => slice(reader, units)))).flat()
  if (found.length === 0) return []
  const { rows } = await sql<{ id: string; zh: string; en: string }>`
    select unit_id as id, name_zh as zh, name_en as en from unit_version
     where unit_id = any (${[...new Set(found.map((each) => each.unit))]}::uuid[]) and (valid_at @> ${reader.on}::date) is true`.execute(
    reader.db,
  )
  const names = new Map(rows.map(({ id, zh, en }) => [id, { zh, en }]))
  return found.flatMap((each): Item[] => {
    const name = names.get(each.unit)
    return name ? [{ ...each, id: `${each.kind} ${each.subject} ${each.unit}`, about: { id: each.unit, name } }] : []
  })
}

async function named(reader: Reader, items: readonly Item[]): Promise<readonly WaitingItem[]> {
  const waits = await waitsFor(reader, items)
  return items.flatMap(({ id, kind, title, subject, record, about }, at) => {
    const who = waits[at]
    return who ? [{ id, kind, title, subject, record, about, waits: who }] : []
  })
}

async function unitsBelow({ db, on }: Reader, unit: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select unit_id as id from unit_version where lineage @> array[${unit}]::uuid[] and (valid_at @> ${on}::date) is true`.execute(
    db,
  )
  return rows.map((row) => row.id)
}

const PEOPLE_SHOWN = 60
const seatOf = ({ waits }: WaitingItem) => `${waits.unit.id}/${waits.post}`
const isRed = (item: WaitingItem) => item.waits.light === 'red'

/** Those who are waited for, whoever keeps most waiting first. */
function people(items: readonly WaitingItem[]) {
  const groups = [...Map.groupBy(items, seatOf)].flatMap(([seat, [first, ...others]]) => {
    if (!first) return []
    const all = [first, ...others]
    return [
      {
        seat,
        unit: first.waits.unit,
        postName: first.waits.postName,
        person: first.waits.person,
        isVacant: first.waits.isVacant,
        count: all.length,
        late: all.filter(isRed).length,
        since: all.reduce((day, each) => (each.waits.since < day ? each.waits.since : day), first.waits.since),
      },
    ]
  })
  return groups.toSorted((a, b) => b.late - a.late || b.count - a.count || (a.since < b.since ? -1 : 1))
}

const orders = {
  due: (a: WaitingItem, b: WaitingItem) => compare(a.waits.due ?? '9999', b.waits.due ?? '9999'),
  since: (a: WaitingItem, b: WaitingItem) => compare(a.waits.since, b.waits.since),
  who: (a: WaitingItem, b: WaitingItem) => compare(a.waits.person?.name.zh ?? '', b.waits.person?.name.zh ?? ''),
  unit: (a: WaitingItem, b: WaitingItem) => compare(a.about.name.zh, b.about.name.zh),
  kind: (a: WaitingItem, b: WaitingItem) => compare(a.kind, b.kind),
} as const
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Everything that waits for somebody, by name. */
export const listWaiting = (slices: readonly WaitingFor[]) =>
  ask({
    name: 'waiting.list',
    title: { zh: '在等谁', en: 'Waiting for whom' },
    purpose: {
      zh: '当日在办的一切：在等哪个职务的哪个人，从何时起，到何时止，是否逾期；按人归集。',
      en: 'Everything that waits on the day: for which person in which seat, since when, until when, and how that stands; gathered by person.',
    },
    access: 'seated',
    input: z.object({
      /** A unit and all below it; everywhere, unless one is named. */
      unit: UnitId.optional(),
      /** One kind of thing, such as `handle-matter`. */
      kind: z.string().max(80).optional(),
      light: z.enum(['all', 'late', 'near']).default('all'),
      /** One seat: `{unit}/{post}`. */
      seat: z.string().max(120).optional(),
      search: z.string().trim().max(100).optional(),
      sort: z.enum(['due', 'since', 'who', 'unit', 'kind']).default('due'),
      descending: z.boolean().default(false),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(200).default(50),
    }),
    async answer(reader, { unit, kind, light, seat, search, sort, descending, offset, limit }) {
      const [items, others] = await Promise.all([
        owed(reader, unit ? sql`v.lineage @> array[${unit}]::uuid[]` : sql`true`),
        slices.length === 0 ? [] : beside(reader, slices, unit ? await unitsBelow(reader, unit) : 'all'),
      ])
      const all = await named(reader, [...items, ...others])
      const wanted = search?.toLowerCase()
      const found = all.filter(
        (item) =>
          (kind === undefined || item.kind === kind) &&
          (light === 'all' || item.waits.light === (light === 'late' ? 'red' : 'yellow')) &&
          (!wanted || speaksOf(item).includes(wanted)),
      )
      const chosen = seat === undefined ? found : found.filter((item) => seatOf(item) === seat)
      const sorted = chosen.toSorted((a, b) => orders[sort](a, b) * (descending ? -1 : 1) || compare(a.id, b.id))
      const groups = people(found)
      const kinds = [...Map.groupBy(all, (item) => item.kind)].map(([id, [first, ...more]]) => ({
        id,
        title: first?.title ?? { zh: id, en: id },
        count: more.length + 1,
      }))
      return {
        total: chosen.length,
        late: chosen.filter(isRed).length,
        items: sorted.slice(offset, offset + limit),
        people: { total: groups.length, shown: groups.slice(0, PEOPLE_SHOWN) },
        kinds: kinds.toSorted((a, b) => b.count - a.count),
      }
    },
  })

const speaksOf = ({ title, about, waits }: WaitingItem) =>
  [title, about.name, waits.unit.name, waits.postName, ...(waits.person ? [waits.person.name] : [])]
    .flatMap((text) => [text.zh, text.en])
    .join(' ')
    .toLowerCase()

/** Who one thing waits for: an exit, a letter, a policy, a project, a matter, by the name that its obligations know it under. */
export const waitingAbout = (slices: readonly WaitingFor[]) =>
  ask({
    name: 'waiting.about',
    title: { zh: '这件事在等谁', en: 'Who a thing waits for' },
    purpose: {
      zh: '一件事当日在等哪些人，从何时起，到何时止。',
      en: 'For whom one thing waits on the day, since when and until when.',
    },
    access: 'seated',
    input: z.object({
      subject: z.string().min(1).max(200),
      unit: UnitId.optional(),
      limit: z.int().min(1).max(200).default(20),
    }),
    async answer(reader, { subject, unit, limit }) {
      const [items, others] = await Promise.all([
        owed(
          reader,
          sql`i.subject = ${subject} and (${unit ?? null}::uuid is null or i.unit_id = ${unit ?? null}::uuid)`,
        ),
        slices.length === 0 ? [] : beside(reader, slices, unit ? [unit] : 'all'),
      ])
      const about = [...items, ...others.filter((each) => each.subject === subject)]
      return { total: about.length, items: await named(reader, about.slice(0, limit)) }
    },
  })
