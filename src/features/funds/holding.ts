import { sql } from 'kysely'
import { z } from 'zod'
import type { By, Line, Refuse, RefusalText } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import type { Day, Text } from '#kernel/words.ts'
import type { ProjectKind } from '#features/projects/index.ts'
import { closedBooks, type YearClose } from './balances.ts'
import { areOpen, bookRefusals, elsewhere, goesOn, handingRefusals, isOwnBooks, namesOf } from './handing.ts'
import type { Account } from './ledger.ts'
import { findLine, type FundLine } from './lines.ts'
import { totalOf } from './money.ts'

export const ProjectId = z
  .uuid()
  .meta({ label: { zh: '项目', en: 'Project' }, widget: 'reference', finds: 'find.projects' })

/** Money of one line that a unit holds in the books of a year. */
type Held = { readonly unit: string; readonly line: string; readonly year: number }

export const Note = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .optional()
  .meta({ label: { zh: '说明', en: 'Note' }, widget: 'prose' })

/** What a unit holds of a line, and what the line is. */
export type Holding = {
  readonly line: FundLine | undefined
  /** What is neither committed nor given away, by the year of the books; a year in which the unit never held any is missing. */
  readonly years: ReadonlyMap<number, bigint>
  readonly closed: readonly YearClose[]
  /** The day of the last entry in the accounts that are used: what is to dispose of, and what is committed to the projects named. */
  readonly last: Day | null
}

export async function readHolding(
  tx: Tx,
  { unit, line, year }: Held,
  on: Day,
  projects: readonly string[] = [],
): Promise<Holding> {
  const [found, years, closed] = await Promise.all([
    findLine(tx, line, on),
    sql<{ year: number; left: bigint; last: Day | null }>`
      select year, coalesce(sum(balance) filter (where kind = 'available'), 0)::bigint as left,
             max(last_on) filter (where year = ${year} and (project_id is null or project_id = any (${projects}::uuid[]))) as last
        from fund_account
       where line_id = ${line} and unit_id = ${unit} and kind in ('available', 'committed') group by year`.execute(tx),
    closedBooks(tx, [unit], year),
  ])
  const last = years.rows.find((row) => row.year === year)?.last ?? null
  return { line: found, years: new Map(years.rows.map((row) => [row.year, row.left])), closed, last }
}

/** The reasons that every use of a holding shares. */
export const holdingRefusals = { ...bookRefusals, 'wrong-year': handingRefusals['wrong-year'] } as const

export function holdingLines(
  { line, years, closed, last }: Holding,
  { line: id, year }: Omit<Held, 'unit'>,
  refuse: Refuse<keyof typeof holdingRefusals>,
  by: By,
): Line<keyof typeof holdingRefusals>[] {
  const [unit] = by.lineage
  return [
    isOwnBooks(refuse, by),
    line !== undefined || refuse('unknown-line', { line: id, day: by.on }),
    areOpen(closed, namesOf(by, []), refuse),
    line === undefined || goesOn([last], refuse, by),
    line === undefined ||
      years.has(year) ||
      refuse('wrong-year', {
        line: line.name,
        lineYear: line.year,
        unit: unit.name,
        year,
        elsewhere: elsewhere(years),
      }),
  ]
}

export const sumOf = (rows: readonly { readonly amount: bigint }[]) => totalOf(rows.map((row) => row.amount))

/** The numbers of some rows in a list, as a sentence says them: the first few, and how many more. */
export function rowsSaid(rows: readonly number[]): Text {
  const some = rows.slice(0, 5)
  const more = rows.length - some.length
  return {
    zh: `第${some.join('、')}笔${more > 0 ? `等${rows.length}笔` : ''}`,
    en: `${rows.length === 1 ? 'no.' : 'nos.'} ${some.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  }
}

/** A county's project, and how far money may go to it. */
export type ProjectFacts = {
  readonly id: string
  readonly unit: string
  readonly code: string
  readonly name: string
  readonly kind: ProjectKind
  readonly isAdmitted: boolean
  readonly isAssigned: boolean
  readonly isWithdrawn: boolean
  /** The amount with which it stands in the library. */
  readonly scale: bigint | null
  /** What is committed to it or paid for it, of all lines and years. */
  readonly placed: bigint
  /** What is committed to it of this holding, and not paid yet. */
  readonly committed: bigint
  /** Whether the person who acts has committed money of this line to it. */
  readonly isCommittedByActor: boolean
}

/** The projects that are to get money of a holding. */
export async function readProjects(
  tx: Tx,
  projects: readonly string[],
  { unit, line, year }: Held,
  person: string | null,
): Promise<ReadonlyMap<string, ProjectFacts>> {
  const { rows } = await sql<ProjectFacts>`
    select p.id, coalesce(h.unit_id, p.unit_id) as unit, p.code, v.name, v.kind, a.project_id is not null as "isAdmitted",
           s.project_id is not null as "isAssigned", w.project_id is not null as "isWithdrawn", v.amount_fen as scale,
           (select coalesce(sum(x.balance), 0)::bigint from fund_account x where x.project_id = p.id) as placed,
           coalesce(c.balance, 0)::bigint as committed,
           exists (select from fund_signature g where g.project_id = p.id and g.line_id = ${line} and g.role = 'commit'
                      and g.person_id = ${person}) as "isCommittedByActor"
      from unnest(${[...new Set(projects)]}::uuid[]) as x (id)
      join project p on p.id = x.id
      left join lateral (select h.unit_id from project_home h where h.project_id = p.id order by h.on_day desc limit 1) h on true
      left join project_admission a on a.project_id = p.id
      left join project_assignment s on s.project_id = p.id
      left join project_withdrawal w on w.project_id = p.id
      left join fund_account c on c.line_id = ${line} and c.unit_id = ${unit} and c.year = ${year} and c.kind = 'committed' and c.project_id = p.id
     cross join lateral (select * from project_version v where v.project_id = p.id and (a.version is null or v.version = a.version)
                          order by v.version desc limit 1) v`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

/** The reasons for which a project gets no money. */
export const projectRefusals = {
  'project-unknown': {
    zh: '没有这个项目（{rows}）。',
    en: 'There is no such project ({rows}).',
    topic: { zh: '项目存在', en: 'every project exists' },
    remedy: { zh: '从项目库中选择。', en: 'Choose it from the project library.' },
  },
  'project-elsewhere': {
    zh: '项目{code}“{name}”不是{unit}的项目。',
    en: 'Project {code} «{name}» is not a project of {unit}.',
    topic: { zh: '项目属于本单位', en: 'every project is the county’s own' },
  },
  'project-not-assigned': {
    zh: '项目{code}“{name}”尚未入库并下达，不能安排资金。',
    en: 'Project {code} «{name}» is not admitted to the library and assigned yet; it gets no money.',
    topic: { zh: '项目已入库并下达', en: 'every project is admitted and assigned' },
    remedy: { zh: '先入库，再由省级下达。', en: 'Have it admitted, and assigned from above.' },
    cites: 'duty:assign-projects',
  },
  'project-withdrawn': {
    zh: '项目{code}“{name}”已撤销。',
    en: 'Project {code} «{name}» was withdrawn.',
    topic: { zh: '项目未撤销', en: 'no project was withdrawn' },
  },
} as const satisfies Record<string, RefusalText>

/** The reasons against each project that is named in some rows. */
export function projectLines(
  rows: readonly { readonly project: string }[],
  known: ReadonlyMap<string, ProjectFacts>,
  refuse: Refuse<keyof typeof projectRefusals>,
  unit: { readonly id: string; readonly name: Text },
): Line<keyof typeof projectRefusals>[] {
  const unknown = rows.flatMap(({ project }, at) => (known.has(project) ? [] : [at + 1]))
  return [
    unknown.length === 0 || refuse('project-unknown', { rows: rowsSaid(unknown) }),
    ...[...known.values()].flatMap(({ code, name, ...project }) => [
      project.unit === unit.id || refuse('project-elsewhere', { code, name, unit: unit.name }),
      (project.isAdmitted && project.isAssigned) || refuse('project-not-assigned', { code, name }),
      !project.isWithdrawn || refuse('project-withdrawn', { code, name }),
    ]),
  ]
}

/** What each project is to get of a list. */
export function byProject(rows: readonly { readonly project: string; readonly amount: bigint }[]) {
  const sums = new Map<string, bigint>()
  for (const { project, amount } of rows) sums.set(project, (sums.get(project) ?? 0n) + amount)
  return sums
}

export const accountOf = ({ unit, line, year }: Held, kind: Account['kind'], project?: string): Account => ({
  line,
  unit,
  year,
  kind,
  ...(project && { project }),
})

/** Writes down who committed, or paid: the other of the two is somebody else. */
export const signatures = (
  tx: Tx,
  role: 'commit' | 'pay',
  {
    line,
    projects,
    person,
    on,
    act,
  }: { line: string; projects: Iterable<string>; person: string | null; on: Day; act: string },
) =>
  sql`
  insert into fund_signature (project_id, line_id, role, person_id, on_day, act_id)
  select x, ${line}, ${role}, ${person}, ${on}, ${act} from unnest(${[...projects]}::uuid[]) x`.compile(tx)
