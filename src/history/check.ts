import { sql } from 'kysely'
import { figures } from '#src/figures.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Db } from '#kernel/db.ts'
import { readFigure } from '#kernel/figure.ts'
import { type Country, readCountry } from './country.ts'
import { exitYears, readCentralFunds, readExitsByProvince, type Status } from './facts.ts'
import { historyEnd } from './replay.ts'

/** One cell of the table of exits: what the fact says, and what the replayed programme counts. */
export type Cell = {
  readonly province: string
  readonly year: number | 'total'
  readonly fact: number
  readonly replayed: number
}

/** A year's money: what the centre appropriated by the source, what the replayed books say of it, and what reached the provinces and counties. */
export type MoneyCell = {
  readonly year: number
  readonly factFen: bigint
  readonly replayedFen: bigint
  readonly status: Status
  /** What was handed down to the provinces and on to the counties, by the model: no fact to compare with. */
  readonly provincesFen: bigint
  readonly countiesFen: bigint
}

export type HistoryCheck = {
  readonly money: readonly MoneyCell[]
  readonly moneyDifferences: readonly MoneyCell[]
  readonly cells: readonly Cell[]
  readonly differences: readonly Cell[]
  readonly facts: readonly string[]
  readonly madeUp: readonly string[]
}

/** What of the replayed history is a fact, and what was made up around it. */
const facts = [
  '各级行政区划及其变更（来源与状态见 data/README.md） · the divisions and their changes (source and status in data/README.md)',
  '中央财政专项扶贫资金2013—2020年各年总额（2013、2014年未核实，2015年部分见于来源） · the centre’s special funds of each year 2013–2020 (2013 and 2014 not verified, 2015 seen in part)',
  '832个贫困县及其退出年度 · the 832 poor counties and the year of each one’s exit',
  '章程三个版本的施行日期、中央文件名称 · the days of the charter’s versions, the titles of the centre’s documents',
] as const
const madeUp = [
  '干部姓名、任免日期 · officials’ names and the days of their appointments',
  '年度内各步骤的日期、退回和异议 · the days of the steps within a year, returns and objections',
  '各县人数、贫困发生率、评估指标 · each county’s persons, headcount rate and evaluation metrics',
  '冷湖并入茫崖的日期：2018年撤并，名单记为2019年退出，回放中推迟到最后一批退出之后 · the day on which Lenghu was merged: it was in 2018, the list has its exit in 2019, and the replay holds the merger back until after the last exits',
  '资金在省、县之间的分配（按公式和虚构因素推算）、文号、项目、收款人和支付 · how money was shared among provinces and counties (by a formula over made-up factors), the documents’ numbers, projects, payees and payments',
  '重大工程项目的名称、总量和份额 · the major projects, their quantities and shares',
  '村、驻村人员、工作队、请假、考勤和帮扶责任人；每县几个村，不是实际数 · villages, people, teams, leave, attendance and helpers; a few villages for each county, not their true number',
  '抽样评估的村、户数、种子和答卷 · villages, counts, seeds and answers of evaluations by sample',
  '分省分年目标（按实际退出年度反推） · goals by province and year (derived from the true years of exit)',
] as const

/**
 * Compares the replayed exits with the published table, cell by cell, from the same figure that the screens show. Of a programme that
 * runs in some provinces alone, theirs are compared.
 */
export async function checkHistory(db: Db, charter: Charter, country: Country = readCountry()): Promise<HistoryCheck> {
  const figure = figures.find((each) => each.name === 'exits.by-year')
  if (!figure) throw new Error('The figure exits.by-year is missing.')
  const count = async (unit: string, year: number) =>
    (await readFigure(db, figure, { unit, on: historyEnd, map: historyEnd, year, charter })).counted
  const nameOf = new Map(country.provinces.map((province) => [province.name.zh, province]))
  const table = readExitsByProvince().filter((row) => nameOf.has(row.province))
  if (table.length < nameOf.size) throw new Error('A province of the programme is not in the table.')
  const cells: Cell[] = []
  for (const row of table) {
    const province = nameOf.get(row.province)
    if (!province) continue
    const counts = await Promise.all(exitYears.map((year) => count(province.id, year)))
    exitYears.forEach((year, at) =>
      cells.push({ province: row.province, year, fact: row.byYear[year], replayed: counts[at] ?? 0 }),
    )
    cells.push({
      province: row.province,
      year: 'total',
      fact: row.total,
      replayed: counts.reduce((sum, each) => sum + each, 0),
    })
  }
  for (const year of exitYears) {
    const fact = table.reduce((sum, row) => sum + row.byYear[year], 0)
    cells.push({ province: '合计', year, fact, replayed: await count(country.root.id, year) })
  }
  const money = await readMoney(db)
  return {
    cells,
    differences: cells.filter((cell) => cell.fact !== cell.replayed),
    money,
    moneyDifferences: money.filter((cell) => cell.factFen !== cell.replayedFen),
    facts,
    madeUp,
  }
}

/** The centre's money by year, read from the books. */
async function readMoney(db: Db): Promise<readonly MoneyCell[]> {
  const { rows } = await sql<{ year: number; appropriated: bigint; provinces: bigint; counties: bigint }>`
    select l.year, coalesce(sum(f.amount) filter (where f.flow = 'appropriate in'), 0)::bigint as appropriated,
           coalesce(sum(f.amount) filter (where f.flow = 'allocate out' and f.unit_id = l.unit_id), 0)::bigint as provinces,
           coalesce(sum(f.amount) filter (where f.flow = 'allocate out' and f.unit_id <> l.unit_id), 0)::bigint as counties
      from fund_line l join fund_flow f on f.line_id = l.id
     where l.source = 'central'
     group by l.year`.execute(db)
  const byYear = new Map(rows.map((row) => [row.year, row]))
  return readCentralFunds().map(({ year, fen, status }) => ({
    year,
    factFen: fen,
    replayedFen: byYear.get(year)?.appropriated ?? 0n,
    status,
    provincesFen: byYear.get(year)?.provinces ?? 0n,
    countiesFen: byYear.get(year)?.counties ?? 0n,
  }))
}
