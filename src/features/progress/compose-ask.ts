import { sql } from 'kysely'
import { z } from 'zod'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { withAbilities } from '#kernel/abilities.ts'
import type { ReportKind } from '#kernel/charter-reports.ts'
import { findLineage } from '#kernel/standing.ts'
import { type Day, UnitId } from '#kernel/words.ts'
import { findReport, heldIn, openRemarks } from './books.ts'
import { composeKnown, type FiguresOf } from './compose.ts'
import { sectionsOf } from './describe.ts'
import { fits, lastPeriod, opensOn, periodName, spanOf, asOf } from './period.ts'
import { standingFields } from './signing.ts'
import { standing } from './scrutiny.ts'

/** What a report would hold if it were signed now: what the system knows, what only the author can add, what changed since the last one. */
export const composeReport = (figuresOf: FiguresOf) =>
  ask({
    name: 'report.compose',
    title: { zh: '报告草稿', en: 'A report as it writes itself' },
    purpose: {
      zh: '现在签报会写成什么样：系统已经知道的、只有你能补充的、和上一期相比的变化；退回的还有逐条意见。',
      en: 'What a report would hold if signed now: what is known, what only you can add, what changed since the last one; and the remarks, if it was returned.',
    },
    access: 'seated',
    input: z.object({
      unit: UnitId,
      kind: z.string().optional(),
      period: z.string().max(7).optional(),
    }),
    async answer(reader, { unit, kind: id, period: asked }) {
      const { on, charter, db } = reader
      const lineage = await findLineage(db, unit, on)
      if (!lineage) throw new NotFound({ zh: '这一天没有这个单位。', en: 'There was no such unit on that day.' })
      const kinds = charter.reportsOn(on).filter((kind) => kind.tier === lineage[0].tier)
      const kind = kinds.find((each) => each.id === id) ?? kinds[0]
      if (!kind) return { unit: lineage[0], kinds: [], draft: null }
      const period = asked && fits(kind.every, asked) ? asked : lastPeriod(kind, on)
      const draft = await draftOf(reader, figuresOf, kind, unit, period)
      return { unit: lineage[0], kinds: kinds.map(({ id, title, every }) => ({ id, title, every })), draft }
    },
  })

async function draftOf(reader: Reader, figuresOf: FiguresOf, kind: ReportKind, unit: string, period: string) {
  const { on, charter, db } = reader
  const question = { charter, figures: figuresOf(), kind, unit, period, on }
  const [report, known, before, due] = await Promise.all([
    findReport(db, { unit, kind: kind.id, period }, on),
    composeKnown(db, question),
    lastBefore(db, unit, kind, period, on),
    dueOf(db, unit, kind, period, on),
  ])
  const stands = standingFields(report, kind)
  const held = report ? heldIn(report, report.version) : new Map<string, never>()
  const remarks = report ? openRemarks(report) : []
  const knownOf = new Map(known.map((each) => [each.field, each]))
  const sections = sectionsOf(reader, question.figures, kind).map((section) => ({
    ...section,
    fields: section.fields.map((field) => {
      const now = knownOf.get(field.id)
      const was = held.get(field.id)
      const isStanding = stands(field.id)
      return {
        ...field,
        value: isStanding || (!now && was) ? (was?.value ?? null) : (now?.value ?? null),
        text: was?.text ?? null,
        asOf: isStanding ? (was?.asOf ?? null) : (now?.asOf ?? null),
        from: now?.from ?? null,
        isStanding,
        before: before?.get(field.id)?.value ?? null,
        beforeText: before?.get(field.id)?.text ?? null,
        remark: remarks.find((remark) => remark.field === field.id)?.remark ?? null,
      }
    }),
  }))
  const state = report?.state ?? 'none'
  const [shown] = await withAbilities(reader, 'report', [
    {
      id: report?.id ?? null,
      unit,
      kind: kind.id,
      period,
      state: state === 'none' ? ('returned' as const) : state,
      duty: kind.duty,
      version: report?.version ?? 0,
      scrutinised: kind.scrutiny !== undefined,
    },
  ])
  return {
    kind: {
      id: kind.id,
      title: kind.title,
      every: kind.every,
      duty: kind.duty,
      status: kind.status,
      to: charter.tier(kind.to).name,
    },
    period,
    periodName: periodName(period),
    span: spanOf(period),
    asOf: asOf(period, on),
    opens: opensOn(kind, period),
    due,
    report: report?.id ?? null,
    version: report?.version ?? 0,
    state,
    stateName: standing(state, kind.scrutiny !== undefined),
    reason: report?.state === 'returned' ? report.last.reason : null,
    act: signingActOf(reader, kind),
    sections,
    can: shown?.can ?? [],
  }
}

/** The act by which a kind of report is signed: the one under its duty. */
export const signingActOf = ({ acts }: Reader, kind: ReportKind): string | null =>
  acts.find((act) => act.name.startsWith('progress.report') && act.duty === kind.duty)?.name ?? null

/** What the newest report of the kind for an earlier period holds. */
async function lastBefore(db: Reader['db'], unit: string, kind: ReportKind, period: string, on: Day) {
  const { rows } = await sql<{ id: string }>`
    select report_id as id from report_on(${on}::date)
     where unit_id = ${unit} and kind = ${kind.id} and period < ${period} order by period desc limit 1`.execute(db)
  const report = rows[0] && (await findReport(db, { id: rows[0].id }, on))
  return report && heldIn(report, report.version)
}

async function dueOf(db: Reader['db'], unit: string, kind: ReportKind, period: string, on: Day): Promise<Day | null> {
  const { rows } = await sql<{ due: Day }>`
    select due_on as due from obligation_item
     where unit_id = ${unit} and subject = ${period} and duty = ${kind.duty} and opened_on <= ${on}::date order by due_on limit 1`.execute(
    db,
  )
  return rows[0]?.due ?? null
}
