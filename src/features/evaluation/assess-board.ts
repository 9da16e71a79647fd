import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { indicatorsOf } from '#kernel/charter-assessments.ts'
import { findLineage } from '#kernel/standing.ts'
import { type Text, UnitId, Year } from '#kernel/words.ts'
import { type ScoreOf, type Standing, standingsOf } from './assess-rank.ts'
import { type Assessment, assessmentsOn, schemeOf, weightsOf } from './assess-read.ts'
import { weightsInput } from './assess-weights.ts'
import { assessStateWords } from './assess-words.ts'

type Row = Assessment & {
  zh: string
  en: string
  unitZh: string
  unitEn: string
  lineage: readonly string[]
  scales: string | null
  madeUp: boolean | null
}

const sorts = ['level', 'improved', 'score', 'improvement', 'name', 'state'] as const
type Sort = (typeof sorts)[number]

const nameOn = (unit: 'of' | 'unit', on: string) => sql`
  (select name_zh as zh, name_en as en, lineage from unit_version w
    where w.unit_id = a.${sql.ref(unit)} and lower(w.valid_at) <= ${on}::date order by lower(w.valid_at) desc limit 1)`

/** Every assessment of a year that lies in a unit or is the unit's own work; a further year's scores to compare with. */
async function readYear({ db, on }: Reader, scheme: string, year: number): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select a.*, v.zh, v.en, v.lineage, u.zh as "unitZh", u.en as "unitEn",
           encode(sha256(convert_to(w.scales::text, 'UTF8')), 'hex') as scales, w.made_up as "madeUp"
      from (${assessmentsOn(on)}) a
      cross join lateral ${nameOn('of', on)} v
      cross join lateral ${nameOn('unit', on)} u
      left join assessment_weights w on w.id = a.weights
     where a.scheme = ${scheme} and a.year = ${year}`.execute(db)
  return rows
}

const scoresIn = (rows: readonly Row[]): readonly ScoreOf[] =>
  rows.map(({ of, unit, score, scales }) => ({ of, unit, score, scales }))

/** Who was assessed in a year, with what score and grade; ranked by level and by improvement. */
export const assessmentBoard = ask({
  name: 'assessment.board',
  title: { zh: '年度考核', en: 'Yearly assessment' },
  purpose: {
    zh: '某年度各单位的考核进度、得分和等次；按得分、按比上年的提高分别排名，并列如实写明。没有权重的不排名。',
    en: 'How far each unit’s assessment of a year has come, its score and grade; ranked by level and by improvement on last year, ties said. Without weights nothing is ranked.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId,
    scheme: z.string().max(60).optional(),
    year: Year.optional(),
    search: z.string().max(100).optional(),
    sort: z.enum(sorts).default('level'),
    down: z.stringbool().or(z.boolean()).default(false),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, scheme: asked, year: askedYear, search = '', sort, down, offset, limit }) {
    const { db, on, charter } = reader
    const lineage = await findLineage(db, unit, on)
    if (!lineage) throw new NotFound({ zh: '当日没有这个单位。', en: 'There was no such unit that day.' })
    const schemes = charter.text.assessments
    const [here] = lineage
    const scheme =
      schemes.find((each) => each.id === asked) ??
      schemes.find((each) => each.by === here.tier) ??
      schemes.find((each) => each.of === here.tier) ??
      schemes[0]
    const years = await yearsOf(reader, scheme?.id ?? '')
    const year = askedYear ?? years[0] ?? Number(on.slice(0, 4)) - 1
    const common = { unit: here, schemes: schemes.map(({ id, title }) => ({ id, title })), years, year }
    if (!scheme)
      return {
        ...common,
        scheme: null,
        total: 0,
        rows: [],
        can: [],
        weights: null,
        isAssessor: false,
        signed: 0,
        scored: 0,
      }
    const [all, last] = await Promise.all([readYear(reader, scheme.id, year), readYear(reader, scheme.id, year - 1)])
    const standings = standingsOf(scoresIn(all), scoresIn(last))
    const peers = here.tier === scheme.of ? new Set(all.filter((row) => row.of === unit).map((row) => row.unit)) : null
    const found = all
      .filter((row) => (peers ? peers.has(row.unit) : row.lineage.includes(unit) || row.unit === unit))
      .filter((row) => `${row.zh} ${row.en}`.toLowerCase().includes(search.trim().toLowerCase()))
      .map((row) => ({ row, standing: standings.get(row.of)! }))
      .toSorted(by(sort, down))
    const page = found.slice(offset, offset + limit).map(({ row, standing }) => ({
      id: row.id,
      of: { id: row.of, name: { zh: row.zh, en: row.en } satisfies Text },
      unit: { id: row.unit, name: { zh: row.unitZh, en: row.unitEn } satisfies Text },
      state: row.state,
      stateWords: assessStateWords[row.state],
      since: row.since,
      version: row.version,
      signedOn: row.signedOn,
      score: row.score,
      grade: schemeOf(charter, row).grades.find((grade) => grade.id === row.grade) ?? null,
      /** Scored by weights that were made up to show how it works. */
      madeUp: row.madeUp ?? false,
      isOwn: row.of === unit,
      ...standing,
    }))
    const isAssessor = here.tier === scheme.by
    const versions = isAssessor ? await weightsOf(db, unit, scheme.id, on, year) : []
    const form = {
      unit,
      scheme: scheme.id,
      year,
      ...(versions[0] && {
        title: versions[0].title,
        weights: weightsInput(versions[0].scales),
        madeUp: versions[0].madeUp,
      }),
      ...(!versions[0] && { weights: indicatorsOf(scheme).map(({ id }) => ({ indicator: id })) }),
    }
    const [thing] = await withAbilities(reader, 'assessments', [
      { unit, scheme: scheme.id, year, isAssessor, weightsForm: form },
    ])
    return {
      ...common,
      scheme,
      total: found.length,
      rows: page,
      can: thing?.can ?? [],
      weights: isAssessor ? (versions[0] ?? null) : null,
      isAssessor,
      signed: found.filter(({ row }) => row.version > 0).length,
      scored: found.filter(({ row }) => row.score !== null).length,
    }
  },
})

async function yearsOf({ db, on }: Reader, scheme: string): Promise<readonly number[]> {
  const { rows } = await sql<{ year: number }>`
    select distinct year from assessment where scheme = ${scheme} and on_day <= ${on}::date order by year desc`.execute(
    db,
  )
  return rows.map((row) => row.year)
}

type Found = { readonly row: Row; readonly standing: Standing }

/** Whoever has no number stands last, whichever way one sorts. */
function by(sort: Sort, down: boolean) {
  const numberOf = ({ row, standing }: Found): number | null =>
    sort === 'level'
      ? (standing.level?.rank ?? null)
      : sort === 'improved'
        ? (standing.improved?.rank ?? null)
        : sort === 'score'
          ? row.score
          : standing.improvement
  return (a: Found, b: Found): number => {
    const way = down ? -1 : 1
    const name = a.row.en < b.row.en ? -1 : a.row.en > b.row.en ? 1 : 0
    if (sort === 'name') return name * way
    if (sort === 'state') return (a.row.state < b.row.state ? -1 : a.row.state > b.row.state ? 1 : name) * way
    const [x, y] = [numberOf(a), numberOf(b)]
    if (x === null || y === null) return x === y ? name : x === null ? 1 : -1
    return x === y ? name : (x - y) * way
  }
}
