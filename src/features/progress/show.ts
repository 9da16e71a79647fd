import { sql } from 'kysely'
import { z } from 'zod'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { withAbilities } from '#kernel/abilities.ts'
import { findBearer, findLineage, type Person, type UnitFacts } from '#kernel/standing.ts'
import { type Day, type Text } from '#kernel/words.ts'
import { type FieldRow, findReport, heldIn, type RemarkRow, type ReportCase } from './books.ts'
import { composeKnown, type FiguresOf, type Known } from './compose.ts'
import { asSigned, type DescribedField, sectionsOf } from './describe.ts'
import { periodName, spanOf } from './period.ts'
import { standing } from './scrutiny.ts'
import { stateNames, stepNames } from './state.ts'

/** One report: what it said when it was signed, what the same figures say now, what was remarked and answered, and every version. */
export const showReport = (figuresOf: FiguresOf) =>
  ask({
    name: 'report.show',
    title: { zh: '一份报告', en: 'One report' },
    purpose: {
      zh: '签报时的每个值、现在的值、逐栏意见和答复、历次版本及其差别。',
      en: 'Each value as it was signed, the value now, the remarks and their answers, and every version with what it changed.',
    },
    access: 'seated',
    input: z.object({ id: z.uuid(), version: z.int().min(1).optional() }),
    async answer(reader, { id, version: asked }) {
      const { on, charter, db } = reader
      const report = await findReport(db, { id }, on)
      const signedOn = report?.steps.findLast((step) => step.step === 'send')?.on ?? on
      const kind = report && (charter.findReport(report.kind, on) ?? charter.findReport(report.kind, signedOn))
      if (!report || !kind)
        throw new NotFound({
          zh: '没有这份报告，或那一天还没有。',
          en: 'There is no such report, or was not on that day.',
        })
      const version = Math.min(asked ?? report.version, report.version)
      const question = { charter, figures: figuresOf(), kind, unit: report.unit, period: report.period }
      const unit = await unitOf(reader, report.unit)
      const [again, today, people] = await Promise.all([
        composeKnown(db, { ...question, on }),
        readToday(reader, question, spanOf(report.period).to),
        peopleOf(reader, report),
      ])
      const lineage = await findLineage(db, report.unit, on)
      const scrutiny = kind.scrutiny === undefined ? undefined : charter.findDuty(kind.scrutiny, on)
      const bearer = scrutiny && lineage && findBearer(charter, scrutiny, lineage)
      const scrutinised = kind.scrutiny !== undefined
      const [shown] = await withAbilities(reader, 'report', [
        {
          id,
          unit: report.unit,
          kind: report.kind,
          period: report.period,
          state: report.state,
          version: report.version,
          duty: kind.duty,
          scrutinised,
        },
      ])
      return {
        id,
        unit,
        kind: { id: kind.id, title: kind.title, status: kind.status, to: charter.tier(kind.to).name },
        period: report.period,
        periodName: periodName(report.period),
        span: spanOf(report.period),
        state: report.state,
        stateName: standing(report.state, scrutinised),
        since: report.since,
        scrutinised,
        /** Who looks through it: the level above, or who has its duties where that tier is missing. */
        scrutineer: bearer ? bearer.unit : null,
        version,
        versions: versionsOf(report, people),
        steps: report.steps.map((step) => ({
          ordinal: step.ordinal,
          step: step.step,
          name: stepNames[step.step],
          state: stateNames[step.state],
          version: step.version,
          on: step.on,
          reason: step.reason,
          act: step.act,
          by: people.get(step.ordinal) ?? null,
        })),
        sections: sectionsOf(reader, question.figures, kind).map((section) => ({
          ...section,
          fields: section.fields.flatMap((field) => fieldOf(field, report, version, again, today)),
        })),
        can: shown?.can ?? [],
      }
    },
  })

type Question = Parameters<typeof composeKnown>[1]

/** The same figures as of the day asked on, once the period is over. */
async function readToday({ db, on }: Reader, question: Omit<Question, 'on'>, end: Day): Promise<readonly Known[]> {
  if (on <= end) return []
  const period = question.kind.every === 'year' ? on.slice(0, 4) : on.slice(0, 7)
  return composeKnown(db, { ...question, period, on }, (field) => field.includes('.'))
}

type Shown = DescribedField & {
  readonly value: number | null
  readonly text: string | null
  readonly asOf: Day | null
  readonly from: Day | null
  readonly digest: string | null
  readonly sinceVersion: number
  /** What the version before held, if it held something else. */
  readonly before: { readonly value: number | null; readonly text: string | null } | null
  /** What the same count gives now for the same day, if that is something else: the records were put right since. */
  readonly again: number | null
  readonly isDifferentAgain: boolean
  /** What the figure is today. */
  readonly today: number | null
  readonly isDifferentToday: boolean
  readonly remarks: readonly { readonly version: number; readonly remark: string; readonly ordinal: number }[]
  readonly answer: string | null
}

/** A field of a version; one that the version does not have, because the charter asks for it only now, is left out. */
function fieldOf(
  field: DescribedField,
  report: ReportCase,
  version: number,
  again: readonly Known[],
  today: readonly Known[],
): readonly Shown[] {
  const row = heldIn(report, version).get(field.id)
  if (!row) return []
  const before = version > 1 ? heldIn(report, version - 1).get(field.id) : undefined
  const recounted = again.find((each) => each.field === field.id && each.asOf === row.asOf)
  const now = today.find((each) => each.field === field.id)
  return [
    {
      ...asSigned(field, row),
      value: row.value,
      text: row.text,
      asOf: row.asOf,
      from: row.from,
      digest: row.digest,
      sinceVersion: row.sinceVersion,
      before: before && isOther(before, row) ? { value: before.value, text: before.text } : null,
      again: recounted?.value ?? null,
      isDifferentAgain: recounted !== undefined && differs(recounted.value, row.value),
      today: now?.value ?? null,
      isDifferentToday: now !== undefined && differs(now.value, row.value),
      remarks: remarksOn(report, field.id),
      answer: row.answer,
    },
  ]
}

const RELATIVE_DIFFERENCE = 1e-12

/** Shares are sums divided, so that their last digits may fall otherwise; counts and amounts are exact. */
const differs = (a: number | null, b: number | null) =>
  a === null || b === null ? a !== b : Math.abs(a - b) > RELATIVE_DIFFERENCE * Math.max(Math.abs(a), Math.abs(b))

const isOther = (a: FieldRow, b: FieldRow) => a.text !== b.text || differs(a.value, b.value)

const remarksOn = ({ remarks, steps }: ReportCase, field: string) =>
  remarks
    .filter((remark) => remark.field === field)
    .map((remark: RemarkRow) => ({
      ordinal: remark.ordinal,
      remark: remark.remark,
      version: steps.find((step) => step.ordinal === remark.ordinal)?.version ?? 0,
    }))

type Who = { readonly unit: UnitFacts['name']; readonly postName: Text; readonly person: Person | null }

/** How much of each version the system wrote, how much was typed, and how much stands from the version before. */
const versionsOf = (report: ReportCase, people: ReadonlyMap<number, Who>) =>
  report.steps
    .filter((step) => step.step === 'send')
    .map((step) => {
      const fields = [...heldIn(report, step.version).values()]
      const fresh = fields.filter((field) => field.sinceVersion === step.version)
      const typed = fresh.filter((field) => field.source === 'entered').length
      return {
        version: step.version,
        on: step.on,
        act: step.act,
        by: people.get(step.ordinal) ?? null,
        fields: fields.length,
        typed,
        prefilled: fresh.length - typed,
        kept: fields.length - fresh.length,
      }
    })

/** The unit as it was last known: its reports stay when it is gone. */
async function unitOf({ db, on }: Reader, id: string) {
  const { rows } = await sql<{ tier: string; code: string | null; zh: string; en: string }>`
    select tier, code, name_zh as zh, name_en as en from unit_version
     where unit_id = ${id} and lower(valid_at) <= ${on}::date order by lower(valid_at) desc limit 1`.execute(db)
  const { zh = '', en = '', tier = '', code = null } = rows[0] ?? {}
  return { id, tier, code, name: { zh, en } }
}

/** Who took each step, in which seat, by the step's number. */
async function peopleOf({ db, charter }: Reader, { id }: ReportCase): Promise<ReadonlyMap<number, Who>> {
  const { rows } = await sql<{
    ordinal: number
    zh: string
    en: string
    post: string
    person: string | null
    personZh: string | null
    personEn: string | null
    madeUp: boolean | null
  }>`
    select s.ordinal, v.name_zh as zh, v.name_en as en, j.seat_post as post, p.id as person, p.name_zh as "personZh",
           p.name_en as "personEn", p.made_up as "madeUp"
      from report_step s join journal j on j.id = s.act_id
      join lateral (select * from unit_version w where w.unit_id = j.seat_unit_id and lower(w.valid_at) <= s.on_day
                     order by lower(w.valid_at) desc limit 1) v on true
      left join person p on p.id = j.person_id
     where s.report_id = ${id}`.execute(db)
  return new Map(
    rows.map((row) => [
      row.ordinal,
      {
        unit: { zh: row.zh, en: row.en },
        postName: charter.findPost(row.post)?.name ?? { zh: row.post, en: row.post },
        person:
          row.person === null
            ? null
            : { id: row.person, name: { zh: row.personZh ?? '', en: row.personEn ?? '' }, madeUp: row.madeUp === true },
      },
    ]),
  )
}
