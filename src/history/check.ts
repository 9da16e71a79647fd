import { figures } from '#src/figures.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Db } from '#kernel/db.ts'
import { readFigure } from '#kernel/figure.ts'
import { readCountry } from './country.ts'
import { exitYears, readExitsByProvince } from './facts.ts'
import { historyEnd } from './replay.ts'

/** One cell of the table of exits: what the fact says, and what the replayed programme counts. */
export type Cell = {
  readonly province: string
  readonly year: number | 'total'
  readonly fact: number
  readonly replayed: number
}

export type HistoryCheck = {
  readonly cells: readonly Cell[]
  readonly differences: readonly Cell[]
  readonly facts: readonly string[]
  readonly madeUp: readonly string[]
}

/** What of the replayed history is a fact, and what was made up around it. */
const facts = [
  '各级行政区划及其变更（来源与状态见 data/README.md） · the divisions and their changes (source and status in data/README.md)',
  '832个贫困县及其退出年度 · the 832 poor counties and the year of each one’s exit',
  '章程三个版本的施行日期、中央文件名称 · the days of the charter’s versions, the titles of the centre’s documents',
] as const
const madeUp = [
  '干部姓名、任免日期 · officials’ names and the days of their appointments',
  '年度内各步骤的日期、退回和异议 · the days of the steps within a year, returns and objections',
  '各县人数、贫困发生率、评估指标 · each county’s persons, headcount rate and evaluation metrics',
  '冷湖并入茫崖的日期：2018年撤并，名单记为2019年退出，回放中推迟到最后一批退出之后 · the day on which Lenghu was merged: it was in 2018, the list has its exit in 2019, and the replay holds the merger back until after the last exits',
  '分省分年目标（按实际退出年度反推） · goals by province and year (derived from the true years of exit)',
] as const

/** Compares the replayed exits with the published table, cell by cell, from the same figure that the screens show. */
export async function checkHistory(db: Db, charter: Charter): Promise<HistoryCheck> {
  const country = readCountry()
  const figure = figures.find((each) => each.name === 'exits.by-year')
  if (!figure) throw new Error('The figure exits.by-year is missing.')
  const count = async (unit: string, year: number) =>
    (await readFigure(db, figure, { unit, on: historyEnd, map: historyEnd, year, charter })).counted
  const table = readExitsByProvince()
  const cells: Cell[] = []
  for (const row of table) {
    const province = country.provinces.find((place) => place.name.zh === row.province)
    if (!province) throw new Error(`The table’s «${row.province}» is no province of the programme.`)
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
  return { cells, differences: cells.filter((cell) => cell.fact !== cell.replayed), facts, madeUp }
}
