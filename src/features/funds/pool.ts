import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { send } from '#kernel/db.ts'
import { scattered } from '#kernel/uuid.ts'
import { type Day, Fen, Text } from '#kernel/words.ts'
import { isPoor } from '#features/schedules/index.ts'
import { accountOf, Note, rowsSaid, sumOf } from './holding.ts'
import { closedBooks } from './balances.ts'
import { areOpen, bookRefusals, goesOn, isOwnBooks, namesOf } from './handing.ts'
import { post } from './ledger.ts'
import { FundLineId, InBooks, Paper, readLines } from './lines.ts'
import { inWords } from './money.ts'
import { listed } from './receivers.ts'

/** A poor county pools money of several lines, earmarked ones too, in a line of its own. Where each yuan came from stays in the books. */
export const poolFunds = act({
  name: 'funds.pool',
  title: { zh: '统筹整合资金', en: 'Pool funds' },
  purpose: {
    zh: '贫困县把几项涉农资金统筹整合为本县的一项资金，用于库内任何项目；每一笔的来源仍可追溯。',
    en: 'A poor county pools several lines for agriculture in one line of its own, free for any project of its library; the books keep where each yuan came from.',
  },
  duty: 'pool-agriculture-funds',
  input: z.object({
    unit: InBooks.unit,
    year: InBooks.year,
    ...Paper,
    from: z
      .array(z.strictObject({ line: FundLineId, amount: Fen }))
      .min(1)
      .max(100)
      .meta({ label: { zh: '来源资金', en: 'From these lines' } }),
    into: FundLineId.optional().meta({
      label: { zh: '并入已有的统筹资金', en: 'Into a pool that is there' },
      hint: { zh: '不填则新设一项。', en: 'Left out, a new one is set up.' },
      widget: 'reference',
    }),
    name: Text.optional().meta({ label: { zh: '新设统筹资金的名称', en: 'Name of the new pool' } }),
    note: Note,
  }),
  refusals: {
    'not-a-poor-county': {
      zh: '{unit}不在当日的贫困县名单上，不能统筹整合涉农资金。',
      en: '{unit} is not on the list of poor counties that day; only poor counties pool.',
      topic: { zh: '在贫困县名单上', en: 'on the list of poor counties' },
      cites: 'duty:pool-agriculture-funds',
    },
    ...bookRefusals,
    'line-twice': {
      zh: '同一项资金列了两次（{rows}）。',
      en: 'A line is named twice ({rows}).',
      topic: { zh: '每项资金只列一次', en: 'every line is named once' },
      remedy: { zh: '合并为一行。', en: 'Name it once, with the whole amount.' },
    },
    'pool-of-a-pool': {
      zh: '“{line}”已是统筹整合的资金，不能再次整合。',
      en: '«{line}» is a pool already and is not pooled again.',
      topic: { zh: '来源不是统筹资金', en: 'no pool is pooled' },
    },
    'exceeds-holding': {
      zh: '{unit}{year}年度“{line}”可用余额{left}，要整合{asked}。',
      en: '{unit} holds {left} of «{line}» in the books of {year}; {asked} was asked.',
      topic: { zh: '不超过各项余额', en: 'within what is left of each line' },
      notJudgedWith: ['unknown-line'],
      remedy: { zh: '减少金额，或核对预算年度。', en: 'Pool less, or check the budget year.' },
    },
    'pool-unknown': {
      zh: '没有{unit}{year}年度的这项统筹资金。',
      en: '{unit} has no such pool of the year {year}.',
      topic: { zh: '统筹资金存在', en: 'the pool exists' },
      remedy: {
        zh: '选择本县本年度的统筹资金，或新设一项。',
        en: 'Choose a pool of the county’s own of that year, or set up a new one.',
      },
    },
    'pool-not-named': {
      zh: '要么选择已有的统筹资金，要么给出新设资金的名称，二者取一。',
      en: 'Either choose a pool that is there, or name a new one: one of the two.',
      topic: { zh: '已选择或命名', en: 'chosen or named' },
    },
    'pool-named-already': {
      zh: '文件{document}已设有名为“{name}”的统筹资金。',
      en: 'There is a pool «{name}» under {document} already.',
      topic: { zh: '名称未用过', en: 'the name is new' },
      remedy: { zh: '并入已有的统筹资金。', en: 'Pool into the one that is there.' },
    },
  },
  over: (input) => input.unit,
  async facts(tx, { unit, year, from, into, name, document }, by) {
    const ids = [...from.map((each) => each.line), ...(into === undefined ? [] : [into])]
    const [poor, lines, closed, held, same] = await Promise.all([
      isPoor(tx, unit, by.on),
      readLines(tx, ids, by.on),
      closedBooks(tx, [unit], year),
      sql<{ line: string; balance: bigint; last: Day | null }>`
        select line_id as line, balance, last_on as last from fund_account
         where line_id = any (${ids}::uuid[]) and unit_id = ${unit} and year = ${year} and kind = 'available'`.execute(
        tx,
      ),
      sql`select from fund_line where unit_id = ${unit} and year = ${year} and document = ${document} and name_zh = ${name?.zh ?? ''}`.execute(
        tx,
      ),
    ])
    return {
      poor,
      lines: new Map(lines.map((line) => [line.line, line])),
      closed,
      held: new Map(held.rows.map(({ line, balance }) => [line, balance])),
      last: held.rows.map((row) => row.last),
      isNamedAlready: same.rows.length > 0,
    }
  },
  rule({ poor, lines, closed, held, last, isNamedAlready }, { from, into, name, year, document }, refuse, by) {
    const [unit] = by.lineage
    const about = { unit: unit.name, year }
    const unknown = from.filter(({ line }) => !lines.has(line)).map(({ line }) => line)
    const twice = from.flatMap(({ line }, at) => (from.findIndex((each) => each.line === line) < at ? [at + 1] : []))
    const pool = into === undefined ? undefined : lines.get(into)
    return [
      isOwnBooks(refuse, by),
      poor || refuse('not-a-poor-county', { unit: unit.name }),
      areOpen(closed, namesOf(by, []), refuse),
      goesOn(last, refuse, by),
      unknown.length === 0 || refuse('unknown-line', { line: listed(unknown), day: by.on }),
      twice.length === 0 || refuse('line-twice', { rows: rowsSaid(twice) }),
      ...from.flatMap(({ line: id, amount }) => {
        const line = lines.get(id)
        if (!line) return []
        const left = held.get(id) ?? 0n
        return [
          line.source !== 'pool' || refuse('pool-of-a-pool', { line: line.name }),
          amount <= left ||
            refuse('exceeds-holding', { ...about, line: line.name, left: inWords(left), asked: inWords(amount) }),
        ]
      }),
      (into === undefined) !== (name === undefined) || refuse('pool-not-named'),
      into === undefined ||
        (pool?.source === 'pool' && pool.unit === unit.id && pool.year === year) ||
        refuse('pool-unknown', about),
      !isNamedAlready || refuse('pool-named-already', { name: name ?? '', document }),
    ]
  },
  effect(tx, { unit, year, from, into, name, document, note }, _facts, by) {
    const pool = into ?? scattered(by.act, 0)
    if (into === undefined)
      send(
        tx,
        sql`insert into fund_line (id, unit_id, source, year, name_zh, name_en, document, on_day, act_id)
          values (${pool}, ${unit}, 'pool', ${year}, ${name?.zh}, ${name?.en}, ${document}, ${by.on}, ${by.act})`.compile(
          tx,
        ),
      )
    post(tx, by, {
      unit,
      document,
      note,
      transfers: from.map(({ line, amount }) => ({
        kind: 'pool',
        from: accountOf({ unit, line, year }, 'available'),
        to: accountOf({ unit, line: pool, year }, 'available'),
        amount,
      })),
    })
    return Promise.resolve({ line: pool, pooledFen: sumOf(from).toString() })
  },
  subject: (_input, { line }) => line,
})
