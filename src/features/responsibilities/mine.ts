import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import type { Light } from '#kernel/link.ts'
import { answerable, findBearer, findLineage, type Lineage, type Seat } from '#kernel/standing.ts'
import type { Text } from '#kernel/words.ts'
import { proposing, readyToPropose } from './candidates.ts'
import { ground, type Held, heldBy, postWords } from './held.ts'
import { type Item, owedOn, readItems } from './items.ts'

const MINE_MAX = 2000
const SHOWN_MAX = 60
const BELOW_MAX = 30
const READY_MAX = 5

/** Everything that the asker's seat answers for on a day: the home page. */
export const mine = ask({
  name: 'responsibilities.mine',
  title: { zh: '我的责任', en: 'My responsibilities' },
  purpose: {
    zh: '我的职务当日负有的职责、到期和逾期的事项、下级逾期的事项、现在可以办的事，以及不属于我的事归谁。',
    en: 'The duties of my seat on a day, what is due and late, what is late below me, what I may do now, and whose the rest is.',
  },
  access: 'seated',
  input: z.object({}),
  async answer(reader) {
    const { actor, charter, on, db } = reader
    if (actor?.kind !== 'person') throw new NotFound({ zh: '请先选择职务。', en: 'Take a seat first.' })
    const { seat } = actor
    const lineage = await findLineage(db, seat.unit, on)
    if (!lineage) throw new NotFound({ zh: `${on} 没有您的单位。`, en: `Your unit did not exist on ${on}.` })
    const [unit] = lineage
    const version = charter.versionOn(on)
    const [missing, only, tiersBelow] = await Promise.all([
      missingBelow(reader, unit.id, unit.tier),
      delegatedDuty(reader, actor.delegation),
      charter.findPost(seat.post) ? tierCounts(reader, unit.id) : [],
    ])
    const held = heldBy(charter, seat, unit.tier, missing, on).filter(
      ({ duty }) => only === undefined || duty.id === only,
    )
    const [items, ready] = await Promise.all([
      myItems(reader, seat, held),
      proposes(reader, held) ? readyToPropose(reader, unit.id, READY_MAX) : [],
    ])
    return {
      unit,
      lineage,
      tier: charter.tier(unit.tier),
      post: postWords(charter, seat.post),
      version: version && { id: version.id, title: version.title },
      clause: clauseOf(held, unit.tier, reader),
      designations: await designationsOf(reader, unit.id),
      below: tiersBelow,
      duties: held.map((each) => dutyLine(reader, each, items)),
      items: items.slice(0, SHOWN_MAX),
      counts: { due: items.length, late: items.filter((item) => item.light === 'red').length },
      /** Units here that should propose their exit this year; for their own seats, what is still missing. */
      ready: ready.filter((each) => each.unit.id === unit.id),
      lateBelow: await lateBelow(reader, unit.id, seat),
      can: actsOf(reader, held, items),
      others: await othersActs(reader, lineage, held),
    }
  },
})

const proposes = ({ acts }: Reader, held: readonly Held[]) =>
  held.some(({ duty }) => acts.some((act) => act.name === proposing && act.duty === duty.id))

/** The sentence of the law that stands above all that this seat does. */
function clauseOf(held: readonly Held[], tier: string, { charter }: Reader) {
  const own = held.filter((each) => each.takenOverFrom === undefined)
  const first =
    own.find(({ duty }) => Object.keys(duty.held_by).length === 1 && tier in duty.held_by) ?? own[0] ?? held[0]
  return first && { quote: first.duty.quote, title: first.duty.title, ...ground(charter, first.duty) }
}

function dutyLine(reader: Reader, { duty, answers, takenOverFrom }: Held, items: readonly Item[]) {
  const own = items.filter((item) => item.duty === duty.id)
  const late = own.filter((item) => item.light === 'red').length
  const near = own.filter((item) => item.light === 'yellow').length
  const hasDates = reader.charter.obligationsOn(reader.on).some((obligation) => obligation.duty === duty.id)
  const stand: { light: Light; words: Text } =
    late > 0
      ? { light: 'red', words: { zh: `${late} 件逾期`, en: `${late} late` } }
      : near > 0
        ? { light: 'yellow', words: { zh: `${near} 件临近`, en: `${near} due soon` } }
        : own.length > 0
          ? { light: 'green', words: { zh: `${own.length} 件在期限内`, en: `${own.length} within time` } }
          : hasDates
            ? { light: 'green', words: { zh: '无到期事项', en: 'nothing due' } }
            : { light: 'none', words: { zh: '未定期限', en: 'no date is set' } }
  return {
    id: duty.id,
    title: duty.title,
    quote: duty.quote,
    answers,
    takenOverFrom: takenOverFrom === undefined ? undefined : reader.charter.tier(takenOverFrom).name,
    isJoint: duty.joint,
    acts: reader.acts
      .filter((act) => act.duty === duty.id && !act.automatic)
      .map((act) => ({ act: act.name, title: act.title })),
    items: own.length,
    ...ground(reader.charter, duty),
    ...stand,
  }
}

/** What is owed by this seat's unit under its duties, at its own unit and below. */
async function myItems(reader: Reader, seat: Seat, held: readonly Held[]): Promise<readonly Item[]> {
  const duties = held.map(({ duty }) => duty.id)
  if (duties.length === 0) return []
  const items = await readItems(
    reader,
    sql`v.lineage @> array[${seat.unit}]::uuid[] and i.duty = any (${duties}::text[])`,
    MINE_MAX,
  )
  return items.filter(
    (item) => item.owes?.unit.id === seat.unit && item.owes.posts.some((post) => post.id === seat.post),
  )
}

/** What is late at units below, or here in another's hands; the asker's own late items stand among their items. */
async function lateBelow(reader: Reader, unit: string, seat: Seat) {
  const which = sql`v.lineage @> array[${unit}]::uuid[] and i.due_on < ${reader.on}::date
    and obligation_due(i.id, i.due_on, ${reader.on}::date) < ${reader.on}::date`
  const [{ rows }, items] = await Promise.all([
    sql<{ n: number }>`select count(*)::int as n from obligation_item i
      join unit_version v on v.unit_id = i.unit_id and (v.valid_at @> ${reader.on}::date) is true where ${owedOn(reader.on)} and ${which}`.execute(
      reader.db,
    ),
    readItems(reader, which, BELOW_MAX * 2),
  ])
  const isMine = (item: Item) =>
    item.owes?.unit.id === seat.unit && item.owes.posts.some((post) => post.id === seat.post)
  const others = items.filter((item) => !isMine(item))
  const shown = await Promise.all(
    others.slice(0, BELOW_MAX).map(async (item) => {
      const duty = reader.charter.findDuty(item.duty, reader.on)
      const lineage = await findLineage(reader.db, item.unit, reader.on)
      return {
        ...item,
        who: duty && lineage ? await answerable(reader.db, reader.charter, duty, lineage, reader.on) : null,
      }
    }),
  )
  return {
    total: (rows[0]?.n ?? 0) - (items.length - others.length),
    items: await withAbilities(reader, 'obligation', shown),
  }
}

/** The acts that stand under the seat's duties, those that something waits for first. */
function actsOf(reader: Reader, held: readonly Held[], items: readonly Item[]) {
  const lines = held.flatMap(({ duty }) =>
    reader.acts
      .filter((act) => act.duty === duty.id && !act.automatic && !act.founding)
      .map((act) => {
        const waiting = items.filter((item) => item.acts.some((each) => each.act === act.name))
        const [first] = waiting
        return {
          act: act.name,
          title: act.title,
          purpose: act.purpose,
          duty: { id: duty.id, title: duty.title },
          waiting: waiting.length,
          input: waiting.length === 1 ? (first?.acts.find((each) => each.act === act.name)?.input ?? {}) : {},
        }
      }),
  )
  return lines.toSorted((a, b) => b.waiting - a.waiting)
}

/** What others do on the same chain, and who they are: the answer to "why is it not here?". */
async function othersActs(reader: Reader, lineage: Lineage, held: readonly Held[]) {
  const mineIds = new Set(held.map(({ duty }) => duty.id))
  const theirs = reader.charter.dutiesOn(reader.on).filter((duty) => !mineIds.has(duty.id))
  const lines = theirs.map(async (duty) => {
    const acts = reader.acts.filter((act) => act.duty === duty.id && !act.automatic && !act.founding)
    if (acts.length === 0) return undefined
    const bearer = findBearer(reader.charter, duty, lineage)
    return {
      duty: { id: duty.id, title: duty.title },
      ...ground(reader.charter, duty),
      acts: acts.map((act) => ({ act: act.name, title: act.title })),
      who: bearer || duty.public ? await answerable(reader.db, reader.charter, duty, lineage, reader.on) : null,
      tiers: Object.keys(duty.held_by).map((tier) => reader.charter.tier(tier).name),
    }
  })
  return (await Promise.all(lines)).filter((line) => line !== undefined)
}

/** The tiers that some unit below lacks between itself and here. */
async function missingBelow({ db, charter, on }: Reader, unit: string, tier: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ tier: string }>`
    select distinct tier from unit_version where parent_id = ${unit} and (valid_at @> ${on}::date) is true`.execute(db)
  const order = charter.tiers.map((each) => each.id)
  const at = order.indexOf(tier)
  return new Set(rows.flatMap((row) => order.slice(at + 1, Math.max(at + 1, order.indexOf(row.tier)))))
}

async function delegatedDuty({ db }: Reader, delegation: string | undefined): Promise<string | undefined> {
  if (delegation === undefined) return undefined
  return (await db.selectFrom('delegation').select('duty').where('id', '=', delegation).executeTakeFirst())?.duty
}

async function tierCounts({ db, charter, on }: Reader, unit: string) {
  const { rows } = await sql<{ tier: string; units: number; designated: number }>`
    select v.tier, count(*)::int as units, count(d.unit_id)::int as designated
      from unit_version v
      left join unit_designation d on d.unit_id = v.unit_id and (d.valid_at @> ${on}::date) is true
     where v.lineage @> array[${unit}]::uuid[] and v.unit_id <> ${unit} and (v.valid_at @> ${on}::date) is true
     group by v.tier`.execute(db)
  return charter.tiers.flatMap((tier) => {
    const found = rows.find((row) => row.tier === tier.id)
    return found ? [{ ...found, name: tier.name }] : []
  })
}

async function designationsOf({ db, on }: Reader, unit: string) {
  const { rows } = await sql<{ kind: string; since: string }>`
    select kind, lower(valid_at) as since from unit_designation where unit_id = ${unit} and (valid_at @> ${on}::date) is true`.execute(
    db,
  )
  return rows
}
