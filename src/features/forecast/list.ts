import { z } from 'zod'
import { ask, type Reader } from '#kernel/ask.ts'
import { findBearer } from '#kernel/standing.ts'
import { type Text, UnitId, Year } from '#kernel/words.ts'
import { standings } from '#features/exits/index.ts'
import { dayText } from './days.ts'
import type { Forecaster } from './forecaster.ts'
import { type Grade, grades, percentOf } from './model.ts'
import type { Next } from './next.ts'
import { currentYear, lineageOf, outlookOn, type Row, type Status, statuses } from './outlook.ts'
import { gradeNames, stageName, statusNames } from './words.ts'

const orders: Readonly<Record<'risk' | 'code' | 'due', (a: Row, b: Row) => number>> = {
  risk: (a, b) => rankOf(a) - rankOf(b) || a.percent - b.percent,
  code: () => 0,
  due: (a, b) => (a.next[0]?.by ?? Infinity) - (b.next[0]?.by ?? Infinity),
}
/** What can be done something about comes first: who missed a year already, then who may. */
const rankOf = ({ status }: Row) => ({ missed: 0, open: 1, after: 2, made: 3 })[status]
const byCode = (a: Row, b: Row) => ((a.code ?? '~') < (b.code ?? '~') ? -1 : 1)

/** The counties below a unit with the chance that each makes the year of its schedule. */
export const listForecasts = ask({
  name: 'forecast.list',
  title: { zh: '退出预测', en: 'Forecast of exits' },
  purpose: {
    zh: '某单位以下、进度安排在某年度退出（或已误期仍未退出）的县，按期退出的可能性、主要原因和下一步最迟何时由谁办。',
    en: 'The counties below a unit whose schedules name a year, or that missed an earlier one: the chance that each makes it, and the next step with its last good day.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId,
    year: Year.optional(),
    status: z.enum(statuses).optional(),
    grade: z.enum(grades).optional(),
    behind: z.boolean().default(false),
    search: z.string().max(100).optional(),
    sort: z.enum(['risk', 'code', 'due']).default('risk'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, year = currentYear(reader), status, grade, behind, search, sort, offset, limit }) {
    const { forecaster, lesson, rows } = await outlookOn(reader, year)
    const { places } = forecaster.books.map
    const words = search?.toLowerCase() ?? ''
    const within = rows.filter((row) => places.get(row.unit)?.lineage.includes(unit))
    const found = within.filter(
      (row) =>
        (status === undefined || row.status === status) &&
        (grade === undefined || row.grade === grade) &&
        (!behind || row.behind) &&
        `${row.name.zh} ${row.name.en} ${row.code}`.toLowerCase().includes(words),
    )
    const count = (test: (row: Row) => boolean) => within.filter(test).length
    return {
      year,
      deadline: dayText(forecaster.deadlineOf(year)),
      total: found.length,
      counts: {
        counties: within.length,
        behind: count((row) => row.behind),
        statuses: byWord(statuses, (each) => count((row) => row.status === each)),
        grades: byWord(grades, (each) => count((row) => row.grade === each)),
      },
      /** How many counties would make it, if every chance were right. */
      expected: Math.round(within.reduce((sum, row) => sum + row.percent, 0) / 100),
      learned: { years: lesson.years, counties: lesson.counties, made: lesson.made },
      items: found
        .toSorted((a, b) => orders[sort](a, b) || byCode(a, b))
        .slice(offset, offset + limit)
        .map((row) => shown(reader, forecaster, row)),
    }
  },
})

const byWord = <Word extends string>(all: readonly Word[], value: (word: Word) => number) =>
  Object.fromEntries(all.map((word) => [word, value(word)])) as Record<Word, number>

/** A row as lists show it. */
export function shown(reader: Reader, forecaster: Forecaster, row: Row) {
  const { books } = forecaster
  const { unit, name, code, year, status, state, percent, grade, behind, position } = row
  const area = row.area === null ? undefined : books.map.places.get(row.area)
  const [next] = row.next
  return {
    unit,
    name,
    code,
    area: area ? { id: area.unit, name: area.name } : null,
    year,
    deadline: dayText(row.deadline),
    status: status satisfies Status,
    statusName: statusNames[status],
    state,
    stateName: standings[state].name,
    stage: position?.stage ?? null,
    stageName: position ? stageName(position.stage) : null,
    since: position && position.stage !== 'propose' ? dayText(position.since) : null,
    approvedOn: row.approvedOn === null ? null : dayText(row.approvedOn),
    percent,
    grade: grade satisfies Grade | null,
    gradeName: grade ? gradeNames[grade] : null,
    behind,
    next: next ? stepShown(reader, forecaster, unit, next) : null,
    /** By how many points of a hundred the pace and each sign move the chance. */
    moves: (row.forecast?.parts ?? [])
      .filter(({ part }) => part !== 'base')
      .map(({ part, from, to }) => ({ part, points: percentOf(to) - percentOf(from) })),
  }
}

/** A step ahead: what, by whom, and by which day. */
export function stepShown({ charter, on }: Reader, { books }: Forecaster, unit: string, next: Next) {
  const duty = charter.findDuty(next.duty, on)
  const lineage = lineageOf(books, unit)
  const bearer = duty && lineage && findBearer(charter, duty, lineage)
  const [post] = bearer?.posts ?? []
  return {
    stage: next.stage,
    name: stageName(next.stage) satisfies Text,
    duty: next.duty,
    unit: bearer ? { id: bearer.unit.id, name: bearer.unit.name } : null,
    post: post ?? null,
    postName: post === undefined ? null : charter.post(post).name,
    by: dayText(next.by),
    /** The law’s time limits are the most that it allows: past a day that stands on them alone nothing is lost yet. */
    isPast: next.basis !== 'law' && books.on > next.by,
    basis: next.basis,
    half: next.half,
  }
}
