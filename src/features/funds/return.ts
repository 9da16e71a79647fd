import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { Fen, type Text, UnitId } from '#kernel/words.ts'
import { closedYearsOf, lastEntry } from './balances.ts'
import { aboutHanding, availableOf } from './handing.ts'
import { holdingLines, holdingRefusals, Note, readHolding } from './holding.ts'
import { post } from './ledger.ts'
import { InBooks, Paper, passingOn } from './lines.ts'
import { inWords, totalOf } from './money.ts'
import { listed } from './receivers.ts'

/** Whoever gave a unit money of a line, with how much of it has not gone back; heirs are who carries on a closed giver. */
type Giver = { readonly unit: string; readonly name: Text; readonly net: bigint; readonly heirs: readonly string[] }

/** A unit gives unspent money of a line back to where it came from. */
export const returnFunds = act({
  name: 'funds.return',
  title: { zh: '退回资金', en: 'Return money' },
  purpose: {
    zh: '把一笔资金中没有用完的部分退回给当初下达的上级。上级该年度账目已关闭的，记入其尚未关闭的年度。',
    en: 'Gives unspent money of a line back to the unit above that it came from. Where that unit has closed its books of the year, it goes into its next open ones.',
  },
  duty: 'keep-fund-books',
  input: z.object({
    ...InBooks,
    to: UnitId.meta({ label: { zh: '退给', en: 'Back to' }, widget: 'unit' }),
    amount: Fen,
    ...Paper,
    note: Note,
  }),
  refusals: {
    ...holdingRefusals,
    'not-from-there': {
      zh: '{unit}的“{line}”不是{to}下达的；{givers}。',
      en: '«{line}» did not come to {unit} from {to}; {givers}.',
      topic: { zh: '退给下达的单位', en: 'it goes back to where it came from' },
      notJudgedWith: ['unknown-line', 'wrong-year'],
      remedy: { zh: '退给当初下达的单位。', en: 'Return it to the unit that gave it.' },
    },
    'exceeds-received': {
      zh: '“{line}”从{to}收到且尚未退回的是{received}，本次要退{asked}。',
      en: '{received} of «{line}» came from {to} and has not gone back; {asked} was asked.',
      topic: { zh: '不超过收到的数额', en: 'no more than was received' },
      notJudgedWith: ['unknown-line', 'wrong-year', 'not-from-there'],
      remedy: { zh: '减少退回数额。', en: 'Return less.' },
    },
    'exceeds-left': {
      zh: '“{line}”在{unit}{year}年账上未安排的还有{left}，本次要退{asked}。',
      en: '{left} of «{line}» is uncommitted in the books of {unit} for {year}; {asked} was asked.',
      topic: { zh: '退的是没有安排的资金', en: 'only uncommitted money is returned' },
      notJudgedWith: ['unknown-line', 'wrong-year'],
      remedy: { zh: '减少数额，或先从项目收回。', en: 'Return less, or release money from a project first.' },
    },
  },
  advice: {
    'enters-later-year': {
      zh: '{to}{year}年的账已关闭，退回的资金记入其{later}年的账。',
      en: '{to} has closed its books of {year}; the money goes into those of {later}.',
    },
  },
  about: aboutHanding,
  over: (input) => input.unit,
  turns: (input) => [input.to],
  async facts(tx, { unit, line, year, to }, by) {
    const [holding, givers, closedThere, there, names] = await Promise.all([
      readHolding(tx, { unit, line, year }, by.on),
      giversOf(tx, line, unit),
      closedYearsOf(tx, to),
      lastEntry(tx, line, [to]),
      tx
        .selectFrom('unit_version')
        .select(['name_zh as zh', 'name_en as en'])
        .where('unit_id', '=', to)
        .where(sql<boolean>`(valid_at @> ${by.on}::date) is true`)
        .execute(),
    ])
    let entered = year
    while (closedThere.has(entered)) entered += 1
    return { holding, givers, to: names[0], entered, there }
  },
  rule({ holding, givers, to, entered, there }, { line: id, year, to: target, amount }, refuse, by, advise) {
    const [unit] = by.lineage
    const { line, years } = holding
    const name = to ?? { zh: target, en: target }
    const received = to ? receivedFrom(givers, target) : 0n
    const isHeld = line !== undefined && years.has(year)
    const left = years.get(year) ?? 0n
    const about = { line: line?.name, unit: unit.name, year, to: name, asked: inWords(amount) }
    return [
      ...holdingLines(
        { ...holding, last: there === null || (holding.last ?? '') > there ? holding.last : there },
        { line: id, year },
        refuse,
        by,
      ),
      !isHeld || received > 0n || refuse('not-from-there', { ...about, givers: givenBy(givers) }),
      !isHeld ||
        received === 0n ||
        amount <= received ||
        refuse('exceeds-received', { ...about, received: inWords(received) }),
      !isHeld || amount <= left || refuse('exceeds-left', { ...about, left: inWords(left) }),
      entered === year || advise('enters-later-year', { ...about, later: entered }),
    ]
  },
  async effect(tx, { unit, line, year, to, amount, document, note }, { holding, entered }, by) {
    const transfer = {
      kind: 'return' as const,
      from: availableOf(line, unit, year),
      to: availableOf(line, to, entered),
      amount,
    }
    post(tx, by, { unit, document, note, transfers: [transfer] })
    const left = totalOf([...holding.years.values()]) - amount
    return { line, lineYear: holding.line?.year ?? year, leftFen: left.toString(), year: entered }
  },
  subject: (_, { line, lineYear }) => passingOn(line, lineYear),
  settles: ({ unit }, { leftFen }) => (leftFen === '0' ? [unit] : []),
})

const receivedFrom = (givers: readonly Giver[], unit: string): bigint =>
  totalOf(givers.filter((each) => each.unit === unit || each.heirs.includes(unit)).map((each) => each.net))

function givenBy(givers: readonly Giver[]): Text {
  if (givers.length === 0) return { zh: '没有可退的来源', en: 'there is nobody to return it to' }
  const { zh, en } = listed(givers.map((each) => each.name))
  return { zh: `下达单位是${zh}`, en: `it came from ${en}` }
}

/** Who handed a unit, or those that it carries on, money of a line that has not gone back, in the books of all years. */
async function giversOf(tx: Tx, line: string, unit: string): Promise<readonly Giver[]> {
  const { rows } = await sql<Omit<Giver, 'name'> & Text>`
    with recursive forebear (unit_id) as (
      select ${unit}::uuid
      union
      select u.id from forebear f join unit_succession s on s.to_unit_id = f.unit_id
        join unit u on u.id = s.from_unit_id and u.closed_on = s.on_day),
    mine as (select a.id from forebear f join fund_account a on a.unit_id = f.unit_id and a.line_id = ${line} and a.kind = 'available'),
    moved as (
      select t.from_account as other, t.amount from fund_transfer t join mine on t.to_account = mine.id
       where t.kind in ('allocate', 'return', 'reverse')
      union all
      select t.to_account, -t.amount from fund_transfer t join mine on t.from_account = mine.id
       where t.kind in ('allocate', 'return', 'reverse')),
    net as (
      select g.unit_id, sum(moved.amount)::bigint as net from moved join fund_account g on g.id = moved.other
       where g.unit_id <> ${unit} group by g.unit_id having sum(moved.amount) > 0)
    select net.unit_id as unit, net.net, n.name_zh as zh, n.name_en as en,
           array(select s.to_unit_id from unit_succession s where s.from_unit_id = net.unit_id) as heirs
      from net
     cross join lateral (select w.name_zh, w.name_en from unit_version w where w.unit_id = net.unit_id
                          order by lower(w.valid_at) desc limit 1) n
     order by net.net desc`.execute(tx)
  return rows.map(({ zh, en, ...row }) => ({ ...row, name: { zh, en } }))
}
