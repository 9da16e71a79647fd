import { sql } from 'kysely'
import { z } from 'zod'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { NotYourDuty } from '#kernel/outcome.ts'
import { answerable, findBearer, findLineage, type Lineage } from '#kernel/standing.ts'
import { type Day, fillText, type Text, UnitId, Year } from '#kernel/words.ts'
import { factorOf, weightsAreYours } from './factors.ts'
import {
  allocatedTo,
  availableTo,
  type FactorValue,
  findFormula,
  type Formula,
  formulasOf,
  linesTo,
} from './formula-books.ts'
import { compute, type Outcome, type Situation, weighing } from './formula-compute.ts'
import { situationOf } from './formula-situation.ts'
import { formulaHead, lineHead } from './formula-what-if.ts'
import { findLine, type FundLine } from './lines.ts'
import { inWords } from './money.ts'

const DUTY = 'set-allocation-formula'

/** Why a unit got what it got: each factor's value, weight and contribution, the floor or cap, the odd fen, and the difference. */
export const explainAllocation = ask({
  name: 'allocation.explain',
  title: { zh: '分配说明', en: 'Explanation of an allocation' },
  purpose: {
    zh: '一个单位某年度按因素应得多少、为什么、与实际相差多少；本单位和上级可以查看。权重由使用者设定，不是官方数值。',
    en: 'What a unit gets by factors in a year, why, and how it differs from what it got; read by the unit itself and those above. The weights are the user’s, not official.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId,
    year: Year,
    line: z
      .uuid()
      .optional()
      .meta({ label: { zh: '资金', en: 'Line' } }),
    formula: z
      .uuid()
      .optional()
      .meta({ label: { zh: '公式', en: 'Formula' } }),
  }),
  async answer(reader, { unit, year, line, formula: named }) {
    const { db, charter, on } = reader
    const lineage = await findLineage(db, unit, on)
    if (!lineage) throw new NotFound({ zh: '当日没有这个单位。', en: 'There was no such unit that day.' })
    await mayRead(reader, lineage)
    const giver = giverOf(reader, lineage)
    if (!giver) throw new NotFound({ zh: '没有单位按因素向它分配资金。', en: 'Nobody gives it money by factors.' })
    const standing = named ? await findFormula(db, named, on) : (await formulasOf(db, giver.id, on, year))[0]
    if (named && standing?.unit !== giver.id)
      throw new NotFound({ zh: '上级当日没有这个公式。', en: 'The unit above had no such formula that day.' })
    const now = await situationOf(db, charter, { unit: giver.id, year }, on)
    if (!now.receivers.some((receiver) => receiver.id === unit))
      throw new NotFound({ zh: '没有单位按因素向它分配资金。', en: 'Nobody gives it money by factors.' })
    const shared = await linesShared(reader, giver.id, now, year, line)
    const told = await Promise.all(
      shared.map(async (each) => {
        const followed = named ? undefined : await followedBy(reader, giver.id, each.line)
        return lineTold(reader, { unit, year, giver: giver.id }, followed ?? { formula: standing, as: on }, each)
      }),
    )
    // What the money followed, as of its day, explains it; a version that was adopted since does not.
    const { formula, situation } = told[0] ?? { formula: standing, situation: now }
    const first = told.find((each) => each.outcome)?.outcome
    const factors = formula ? factorsTold(formula, situation, unit, first ?? shareOnly(formula, situation, unit)) : []
    const share = told.find((each) => each.outcome)?.outcome?.share ?? shareOnly(formula, situation, unit)?.share
    return {
      unit: lineage[0],
      giver,
      year,
      on,
      formula: formula ? formulaHead(formula) : null,
      limits: formula?.limits ?? null,
      notOfficial: weightsAreYours,
      share: share ?? null,
      receivers: now.receivers.length,
      factors,
      lines: told.map((each) => each.shown),
      sentences: [
        ...(formula ? [] : [fillText(says.noFormula, { giver: giver.name, year })]),
        ...factors.map((factor) => factor.sentence),
        ...(share === undefined ? [] : [fillText(says.share, { unit: lineage[0].name, share: percent(share) })]),
        ...told.flatMap((each) => each.sentences),
      ],
    }
  },
})

/** The unit itself and those above it read why; to others it is told whose it is. */
async function mayRead({ db, charter, actor, today }: Reader, lineage: Lineage) {
  if (actor?.kind === 'person' && lineage.some((unit) => unit.id === actor.seat.unit)) return
  const duty = charter.findDuty(DUTY, today)
  if (!duty) throw new NotFound({ zh: '没有这项职责。', en: 'There is no such duty.' })
  throw new NotYourDuty(
    { id: duty.id, title: duty.title },
    lineage[0],
    await answerable(db, charter, duty, lineage, today),
  )
}

/** Who sets the formula by which the unit gets money: the nearest above it whose duty that is. */
function giverOf({ charter, on }: Reader, [, ...above]: Lineage) {
  const duty = charter.findDuty(DUTY, on)
  const [first, ...rest] = above
  return duty && first && findBearer(charter, duty, [first, ...rest])?.unit
}

type SharedLine = { readonly line: FundLine; readonly total: bigint; readonly actual: ReadonlyMap<string, bigint> }

/** The lines that were shared out in the year, with their totals; before anything is, what could be. */
async function linesShared(
  { db, on }: Reader,
  giver: string,
  { receivers }: Situation,
  year: number,
  only: string | undefined,
): Promise<readonly SharedLine[]> {
  const ids = receivers.map((receiver) => receiver.id)
  const one = only === undefined ? undefined : await findLine(db, only, on)
  if (only !== undefined && !one)
    throw new NotFound({ zh: '当日没有这笔资金。', en: 'There was no such line that day.' })
  const lines = one ? [one] : await linesTo(db, ids, year, on)
  const shared = await Promise.all(
    lines.map(async (line) => {
      const actual = await allocatedTo(db, ids, year, on, { line: line.line })
      return { line, actual, total: [...actual.values()].reduce((all, fen) => all + fen, 0n) }
    }),
  )
  const given = shared.filter((each) => each.total > 0n)
  if (given.length > 0) return given
  const free = await availableTo(db, giver, year, on)
  return free
    .filter((each) => only === undefined || each.line === only)
    .map((line) => ({ line, total: line.availableFen, actual: new Map() }))
}

/** What the formula gives the unit of one line, beside what it got. */
async function lineTold(
  { db, charter }: Reader,
  { unit, year, giver }: { unit: string; year: number; giver: string },
  { formula, as }: Followed,
  { line, total, actual }: SharedLine,
) {
  const situation = await situationOf(db, charter, { unit: giver, year, line: line.line }, as)
  const result = formula && compute(formula, total, situation)
  const outcome = result?.ok ? result.byUnit.get(unit) : undefined
  const got = actual.get(unit) ?? 0n
  return {
    shown: {
      ...lineHead(line),
      formula: formula ? formulaHead(formula) : null,
      totalFen: total.toString(),
      isShared: actual.size > 0,
      rawFen: outcome?.rawFen.toString() ?? null,
      floorFen: outcome?.floorFen.toString() ?? null,
      capFen: outcome?.capFen?.toString() ?? null,
      held: outcome?.held ?? null,
      extra: outcome?.extra ?? false,
      fen: outcome?.fen.toString() ?? null,
      actualFen: got.toString(),
      lastFen: (situation.last.get(unit) ?? 0n).toString(),
      differenceFen: outcome ? (got - outcome.fen).toString() : null,
      problems: result && !result.ok ? result.problems : [],
    },
    sentences:
      formula && outcome
        ? lineSentences(formula, line, total, outcome, actual.size > 0 ? got : null)
        : result && !result.ok
          ? result.problems.map((problem) => problem.sentence)
          : [],
    outcome,
    formula,
    situation,
  }
}

type Followed = { readonly formula: Formula | undefined; readonly as: Day }

/** The formula that the last allocation of a line named, with the day as of which it was computed. */
async function followedBy({ db, on }: Reader, giver: string, { line }: FundLine): Promise<Followed | undefined> {
  const { rows } = await sql<{ formula: string; as: Day }>`
    select input ->> 'formula' as formula, done_on as "as" from journal
     where unit_id = ${giver} and act in ('funds.allocate', 'funds.hand-down') and outcome = 'done' and done_on <= ${on}::date
       and input ->> 'line' = ${line} and input ->> 'formula' is not null
     order by seq desc limit 1`.execute(db)
  const [last] = rows
  const formula = last && (await findFormula(db, last.formula, on))
  return last && formula && { formula, as: last.as }
}

function lineSentences(
  { title, version }: Formula,
  line: FundLine,
  total: bigint,
  outcome: Outcome,
  got: bigint | null,
): readonly Text[] {
  const { fen, rawFen, held, extra, floorFen, capFen } = outcome
  const more = (got ?? fen) - fen
  return [
    fillText(says.line, { title, version, line: line.name, total: inWords(total), raw: inWords(rawFen) }),
    ...(held === 'floor' ? [fillText(says.floor, { bound: inWords(floorFen) })] : []),
    ...(held === 'cap' ? [fillText(says.cap, { bound: inWords(capFen ?? 0n) })] : []),
    ...(held === null && fen - (extra ? 1n : 0n) !== rawFen ? [fillText(says.rest, { fen: inWords(fen) })] : []),
    ...(extra ? [says.extra] : []),
    fillText(says.result, { fen: inWords(fen) }),
    ...(got === null
      ? [says.notYet]
      : [
          fillText(more === 0n ? says.equal : more > 0n ? says.moreThan : says.lessThan, {
            got: inWords(got),
            difference: inWords(more < 0n ? -more : more),
          }),
        ]),
  ]
}

/** The share without money: what the factors alone say, before there is a total. */
function shareOnly(formula: Formula | undefined, situation: Situation, unit: string): Outcome | undefined {
  if (!formula) return undefined
  const unbound = { floorTotalBp: null, capTotalBp: null, floorLastBp: null, capLastBp: null }
  const result = compute({ ...formula, limits: unbound }, 0n, situation)
  return result.ok ? result.byUnit.get(unit) : undefined
}

function factorsTold(formula: Formula, { values, receivers }: Situation, unit: string, outcome: Outcome | undefined) {
  return weighing(formula.weights)
    .toSorted(([, a], [, b]) => b - a)
    .map(([factor, weightBp]) => {
      const about = factorOf(factor)
      const known: FactorValue | undefined = values.get(unit)?.get(factor)
      const contribution = outcome?.contributions[factor] ?? null
      const part = contribution === null ? null : (contribution * 10_000) / weightBp
      const all = receivers.flatMap(({ id }) => values.get(id)?.get(factor)?.value ?? [])
      return {
        factor,
        ...about,
        weightBp,
        value: known?.value ?? null,
        status: known?.status ?? null,
        source: known?.source ?? null,
        madeUp: known?.status === 'made-up',
        average: all.length === 0 ? null : all.reduce((sum, value) => sum + value, 0) / all.length,
        part,
        contribution,
        sentence: fillText(
          known && part !== null ? (about.direction === 'more' ? says.more : says.less) : says.missing,
          {
            factor: about.title,
            value: known?.value.toLocaleString('en-US') ?? '',
            measure: about.measure,
            part: percent(part ?? 0),
            weight: weightBp / 100,
            contribution: percent(contribution ?? 0),
          },
        ),
      }
    })
}

const percent = (share: number) => (share * 100).toFixed(3)

const says = {
  noFormula: {
    zh: '{giver}没有为{year}年确定公式，无法按因素说明。',
    en: '{giver} adopted no formula for {year}; nothing can be explained by factors.',
  },
  more: {
    zh: '{factor}：{value}{measure}，占各单位合计的{part}%；权重{weight}%，给份额增加{contribution}个百分点。',
    en: '{factor}: {value} {measure}, {part} % of all units’ together; with a weight of {weight} % it adds {contribution} points to the share.',
  },
  less: {
    zh: '{factor}：{value}{measure}，越低资金越多，按倒数计占{part}%；权重{weight}%，给份额增加{contribution}个百分点。',
    en: '{factor}: {value} {measure}; the less, the more money: {part} % by reciprocals; with a weight of {weight} % it adds {contribution} points to the share.',
  },
  missing: {
    zh: '{factor}（权重{weight}%）：数据不全，算不出结果。',
    en: '{factor} (weight {weight} %): values are missing, so that there is no result.',
  },
  share: {
    zh: '各因素相加，{unit}的份额为{share}%。',
    en: 'All factors together give {unit} a share of {share} %.',
  },
  line: {
    zh: '“{line}”共分配{total}，依据“{title}”第{version}版，按份额为{raw}。',
    en: '«{line}»: {total} to share by «{title}», version {version}; by its share alone it would get {raw}.',
  },
  floor: { zh: '低于下限，按下限{bound}计。', en: 'That lies below the floor: it gets the floor of {bound}.' },
  cap: { zh: '高于上限，按上限{bound}计。', en: 'That lies above the cap: it gets the cap of {bound}.' },
  rest: {
    zh: '其他单位受上下限约束，余下的资金重新按份额分配，为{fen}。',
    en: 'Floors and caps hold for others, and the rest was shared anew: {fen}.',
  },
  extra: { zh: '因余数较大，分得尾差一分。', en: 'Having one of the largest remainders, it gets one of the odd fen.' },
  result: { zh: '按公式应得{fen}。', en: 'By the formula it gets {fen}.' },
  notYet: {
    zh: '尚未下达：资金只在有人签发时划转。',
    en: 'Nothing was handed down yet: money moves only when a person signs.',
  },
  equal: { zh: '实际下达{got}，与公式一致。', en: 'It got {got}: exactly what the formula gives.' },
  moreThan: {
    zh: '实际下达{got}，比公式多{difference}。',
    en: 'It got {got}, {difference} more than the formula gives.',
  },
  lessThan: {
    zh: '实际下达{got}，比公式少{difference}。',
    en: 'It got {got}, {difference} less than the formula gives.',
  },
} as const satisfies Record<string, Text>
