import { sql } from 'kysely'
import { z } from 'zod'
import type { By, Line, Refusal, RefusalText, Refuse } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { type Day, Fen, type Text, UnitId } from '#kernel/words.ts'
import { inWords, totalOf } from './money.ts'

const SHARES_MAX = 5000
const NAMES_SHOWN_MAX = 10

/** Who gets how much. */
export const Shares = z
  .array(
    z.strictObject({ unit: UnitId.meta({ label: { zh: '接收单位', en: 'Receiver' }, widget: 'unit' }), amount: Fen }),
  )
  .min(1)
  .max(SHARES_MAX)
  .meta({ label: { zh: '分配方案', en: 'Shares' } })
export type Share = { readonly unit: string; readonly amount: bigint }

/** A unit that is to get money, as it stands on the day; a closed one has no tier and nothing above it, but perhaps successors. */
export type Receiver = {
  readonly unit: string
  readonly name: Text
  readonly tier: string | null
  /** From the root down to the unit itself, with the tier of each. */
  readonly above: readonly { readonly unit: string; readonly tier: string }[]
  readonly closedOn: Day | null
  readonly successors: Text | null
}

/** The receivers that the day knows or knew; an id that never was a unit is missing. */
export async function readReceivers(tx: Tx, units: readonly string[], on: Day): Promise<readonly Receiver[]> {
  if (units.length === 0) return []
  const { rows } = await sql<Omit<Receiver, 'name' | 'above'> & Text & { above: Receiver['above'] | null }>`
    select u.id as unit, v.tier, u.closed_on as "closedOn", n.name_zh as zh, n.name_en as en,
           (select json_agg(json_build_object('unit', a.unit_id, 'tier', a.tier) order by array_position(v.lineage, a.unit_id))
              from unit_version a where a.unit_id = any (v.lineage) and (a.valid_at @> ${on}::date) is true) as above,
           case when v.unit_id is null then
             (select json_build_object('zh', string_agg(s.name_zh, '、'), 'en', string_agg(s.name_en, ', '))
                from unit_succession c join unit_version s on s.unit_id = c.to_unit_id and (s.valid_at @> ${on}::date) is true
               where c.from_unit_id = u.id having count(*) > 0) end as successors
      from unit u
      left join unit_version v on v.unit_id = u.id and (v.valid_at @> ${on}::date) is true
     cross join lateral (select w.name_zh, w.name_en from unit_version w where w.unit_id = u.id and lower(w.valid_at) <= ${on}::date
                          order by lower(w.valid_at) desc limit 1) n
     where u.id = any (${units}::uuid[]) and u.established_on <= ${on}::date`.execute(tx)
  return rows.map(({ zh, en, above, ...row }) => ({ ...row, name: { zh, en }, above: above ?? [] }))
}

/** Names put into a sentence; a long list is cut and its length told. */
export function listed(names: readonly (Text | string)[]): Text {
  const rest = names.length > NAMES_SHOWN_MAX ? ` … (${names.length})` : ''
  const shown = names
    .slice(0, NAMES_SHOWN_MAX)
    .map((name) => (typeof name === 'string' ? { zh: name, en: name } : name))
  return { zh: shown.map((name) => name.zh).join('、') + rest, en: shown.map((name) => name.en).join(', ') + rest }
}

export const receiverRefusals = {
  'unit-unknown': {
    zh: '{day}没有这些单位：{ids}。',
    en: 'There were no such units on {day}: {ids}.',
    topic: { zh: '接收单位存在', en: 'every receiver exists' },
    remedy: { zh: '核对单位和日期。', en: 'Check the units and the day.' },
  },
  'unit-closed': {
    zh: '{closed}，不能再接收资金。',
    en: '{closed}, and can receive no more money.',
    topic: { zh: '接收单位没有撤销', en: 'no receiver has closed since' },
    remedy: { zh: '改为下达给接续单位。', en: 'Give it to whoever carried on the closed unit.' },
  },
  'unit-twice': {
    zh: '{names}列了两次。',
    en: '{names} is listed twice.',
    topic: { zh: '每个单位只列一次', en: 'each receiver stands once' },
    remedy: { zh: '合并为一笔。', en: 'Put both amounts into one.' },
  },
  'not-within': {
    zh: '{names}不在{unit}所辖范围内。',
    en: '{names} does not lie below {unit}.',
    topic: { zh: '都在所辖范围内', en: 'all receivers lie within' },
    remedy: { zh: '只能下达给所辖单位。', en: 'Hand money only to units below your own.' },
  },
  'passes-over': {
    zh: '{names}的资金由其上级{duty}，不能越过。',
    en: 'Money for {names} goes through a unit between that holds the duty «{duty}» and can’t be passed over.',
    topic: { zh: '没有越级下达', en: 'nobody is passed over' },
    remedy: { zh: '先下达给其所属的上一级。', en: 'Hand it to the unit between, which passes it down.' },
    cites: 'duty:allocate-funds',
  },
} as const satisfies Record<string, RefusalText>

type Code = keyof typeof receiverRefusals

/** Whether all who are to get money may get it from the unit acted over. */
export function receiverLines(
  receivers: readonly Receiver[],
  shares: readonly Share[],
  refuse: Refuse<Code>,
  by: By,
): readonly Line<Code>[] {
  const [giver] = by.lineage
  const byId = new Map(receivers.map((each) => [each.unit, each]))
  const ids = shares.map((share) => share.unit)
  const unknown = [...new Set(ids.filter((id) => !byId.has(id)))]
  const again = [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))]
  const closed = receivers.filter((each) => each.tier === null)
  const open = receivers.filter((each) => each.tier !== null)
  const outside = open.filter((each) => each.unit === giver.id || !each.above.some((one) => one.unit === giver.id))
  const skipping = open.filter((each) => !outside.includes(each) && skips(each, by))
  const names = (units: readonly Receiver[]) => listed(units.map((each) => each.name))
  return [
    unknown.length === 0 || refuse('unit-unknown', { day: by.on, ids: listed(unknown) }),
    closed.length === 0 || refuse('unit-closed', { closed: closings(closed) }),
    again.length === 0 || refuse('unit-twice', { names: listed(again.map((id) => byId.get(id)?.name ?? id)) }),
    outside.length === 0 || refuse('not-within', { names: names(outside), unit: giver.name }),
    skipping.length === 0 ||
      refuse('passes-over', {
        names: names(skipping),
        duty: by.charter.findDuty('allocate-funds', by.on)?.title ?? '',
      }),
  ]
}

/** Whether between the giver and the receiver there stands a unit whose own duty it is to allocate. */
function skips({ unit, above }: Receiver, by: By): boolean {
  const holders = by.charter.findDuty('allocate-funds', by.on)?.held_by ?? {}
  const at = above.findIndex((one) => one.unit === by.lineage[0].id)
  return above.slice(at + 1).some((one) => one.unit !== unit && one.tier in holders)
}

/** What became of closed units, as the beginning of a sentence. */
export function closings(closed: readonly Receiver[]): Text {
  const said = closed.map(({ name, closedOn, successors }) => ({
    zh: `${name.zh}已于${closedOn}撤销${successors ? `，由${successors.zh}接续` : ''}`,
    en: `${name.en} closed on ${closedOn}${successors ? ` and is carried on by ${successors.en}` : ''}`,
  }))
  return listed(said)
}

/** The receivers whose own duty it is to hand on what they get. */
export const owing = (receivers: readonly Receiver[], duty: string, by: By): string[] => {
  const holders = by.charter.findDuty(duty, by.on)?.held_by ?? {}
  return receivers.filter((each) => each.tier !== null && each.tier in holders).map((each) => each.unit)
}

export const announcedAdvice = {
  'differs-from-announced': {
    zh: '与提前下达的数额不同：{differences}。',
    en: 'It differs from what was announced in advance: {differences}.',
    topic: { zh: '与提前下达的数额一致', en: 'it agrees with what was announced' },
    cites: 'parameter:advance_notice_share_min',
  },
} as const satisfies Record<string, RefusalText>

/** What was announced to some units for a year, and what they have been handed so far; only where something was announced. */
export type Announced = { readonly unit: string; readonly announced: bigint; readonly received: bigint }

export async function readAnnounced(
  tx: Tx,
  units: readonly string[],
  year: number,
  on: Day,
): Promise<readonly Announced[]> {
  if (units.length === 0) return []
  const { rows } = await sql<{ unit: string; announced: bigint }>`
    select unit_id as unit, sum(amount)::bigint as announced from fund_announced_on(${on}::date)
     where unit_id = any (${units}::uuid[]) and year = ${year} group by unit_id`.execute(tx)
  if (rows.length === 0) return []
  const { rows: flows } = await sql<{ unit: string; received: bigint }>`
    select unit_id as unit, sum(amount)::bigint as received from fund_flow
     where year = ${year} and unit_id = any (${rows.map((row) => row.unit)}::uuid[]) and flow = 'allocate in'
     group by unit_id`.execute(tx)
  const received = new Map(flows.map((row) => [row.unit, row.received]))
  return rows.map((row) => ({ ...row, received: received.get(row.unit) ?? 0n }))
}

/** Tells whose total of the year, with what is handed over now, is not what was announced to them. */
export function announcedLine(
  announced: readonly Announced[],
  receivers: readonly Receiver[],
  shares: readonly Share[],
  advise: Refuse<keyof typeof announcedAdvice>,
): true | Refusal<keyof typeof announcedAdvice> {
  const differences = announced.flatMap(({ unit, announced: said, received }) => {
    const now = totalOf(shares.filter((share) => share.unit === unit).map((share) => share.amount))
    const name = receivers.find((each) => each.unit === unit)?.name
    if (!name || received + now === said) return []
    const [before, after] = [inWords(said), inWords(received + now)]
    return [
      {
        zh: `${name.zh}提前下达${before.zh}，本次后共${after.zh}`,
        en: `${name.en} was announced ${before.en} and has ${after.en} with this`,
      },
    ]
  })
  return differences.length === 0 || advise('differs-from-announced', { differences: listed(differences) })
}
