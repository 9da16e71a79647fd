import { z } from 'zod'
import type { By, Line, RefusalText, Refuse } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { type Text, UnitId } from '#kernel/words.ts'
import { addStep, findReport, heldIn, type ReportCase } from './books.ts'
import { closedRefusals, closingOf } from './heir.ts'
import { received, stateNames } from './state.ts'
import './tables.ts'

const REMARKS_MAX = 80

/** Which version of which report is looked through; the version says that it was read as it stands. */
export const scrutinyInput = {
  unit: UnitId,
  report: z.uuid().meta({ label: { zh: '报告', en: 'Report' }, widget: 'hidden' }),
  version: z
    .int()
    .min(1)
    .meta({ label: { zh: '版本', en: 'Version' }, widget: 'hidden' }),
  remarks: z
    .array(
      z.object({
        field: z.string().meta({ label: { zh: '栏目', en: 'Field' } }),
        remark: z
          .string()
          .trim()
          .min(2)
          .max(2000)
          .meta({ label: { zh: '意见', en: 'Remark' }, widget: 'prose' }),
      }),
    )
    .max(REMARKS_MAX)
    .refine((all) => new Set(all.map((each) => each.field)).size === all.length, { error: 'each field once' })
    .default([])
    .meta({ label: { zh: '逐栏意见', en: 'Remarks on fields' } }),
}

type Given = {
  readonly unit: string
  readonly report: string
  readonly version: number
  readonly remarks: readonly { readonly field: string; readonly remark: string }[]
}

export const scrutinyRefusals = {
  'report-unknown': {
    zh: '{unit}没有这份报告。',
    en: '{unit} has sent no such report.',
    topic: { zh: '报告存在', en: 'the report exists' },
  },
  'not-scrutinised': {
    zh: '{report}送达即可，没有哪一级审核它。',
    en: '{report} has arrived once it is sent: no level scrutinises it.',
    topic: { zh: '这种报告须经审核', en: 'reports of this kind are scrutinised' },
    notJudgedWith: ['report-unknown'],
  },
  'not-sent': {
    zh: '报告自{since}起处于“{state}”，没有待审核的内容。',
    en: 'The report stands at «{state}» since {since}: nothing of it waits for scrutiny.',
    topic: { zh: '报告待审核', en: 'it waits for scrutiny' },
    notJudgedWith: ['report-unknown', 'not-scrutinised'],
  },
  'another-version': {
    zh: '您看的是第{read}版，现在是第{version}版；请先看新的一版。',
    en: 'You read version {read}; version {version} stands now. Read that one first.',
    topic: { zh: '看的是现在这一版', en: 'the version read is the one that stands' },
    notJudgedWith: ['report-unknown'],
  },
  'own-report': {
    zh: '这一版由您本人签报，须由另一人审核。',
    en: 'You signed this version yourself; somebody else looks through it.',
    topic: { zh: '不审核自己签报的', en: 'nobody looks through their own' },
    notJudgedWith: ['report-unknown'],
  },
  'field-unknown': {
    zh: '报告中没有这些栏目：{fields}。',
    en: 'The report has no such fields: {fields}.',
    topic: { zh: '意见对得上栏目', en: 'every remark is on a field of it' },
    notJudgedWith: ['report-unknown'],
  },
  ...closedRefusals,
} as const satisfies Record<string, RefusalText>
type Code = keyof typeof scrutinyRefusals

export type Facts = {
  readonly report: ReportCase | undefined
  readonly closed: Awaited<ReturnType<typeof closingOf>> | undefined
}

export async function scrutinyFacts(tx: Tx, { unit, report: id }: Given, by: By): Promise<Facts> {
  const report = await findReport(tx, { id })
  const closed = unit === by.lineage[0].id ? undefined : await closingOf(tx, unit)
  return { report: report?.unit === unit ? report : undefined, closed }
}

/** Whether a version may be decided on: it is the one that stands, waits for that, and was signed by somebody else. */
export function mayBeScrutinised(
  { report, closed }: Facts,
  { version, remarks }: Given,
  refuse: Refuse<Code>,
  by: By,
): readonly Line<Code>[] {
  const heir = by.lineage[0].name
  if (closed) return [refuse('unit-closed', { unit: closed.name, day: closed.day ?? by.on, heir })]
  if (!report) return [refuse('report-unknown', { unit: heir })]
  const kind = by.charter.findReport(report.kind, by.on)
  const isScrutinised = kind?.scrutiny !== undefined
  const fields = heldIn(report, report.version)
  const strange = remarks.map((each) => each.field).filter((field) => !fields.has(field))
  const person = by.actor.kind === 'person' ? by.actor.person : undefined
  return [
    isScrutinised || refuse('not-scrutinised', { report: kind?.title ?? report.kind }),
    !isScrutinised ||
      report.state === 'sent' ||
      refuse('not-sent', { since: report.since, state: stateNames[report.state] }),
    version === report.version || refuse('another-version', { read: version, version: report.version }),
    person !== authorOf(report) || refuse('own-report'),
    strange.length === 0 || refuse('field-unknown', { fields: strange.join(', ') }),
  ]
}

const authorOf = ({ steps }: ReportCase) => steps.findLast((step) => step.step === 'send')?.person

/** Passes or returns what waits, with what was remarked on its fields. */
export async function decide(
  tx: Tx,
  { report }: Facts,
  { remarks }: Given,
  { step, reason }: { readonly step: 'pass' | 'return'; readonly reason: string | null },
  by: By,
) {
  if (!report || by.actor.kind !== 'person') throw new Error('A person decides on a report that there is.')
  const { version } = report
  const state = step === 'pass' ? 'passed' : 'returned'
  const ordinal = await addStep(tx, report, {
    step,
    state,
    version,
    reason,
    on: by.on,
    person: by.actor.person,
    act: by.act,
  })
  if (remarks.length > 0)
    await tx
      .insertInto('report_remark')
      .values(remarks.map((each) => ({ ...each, report_id: report.id, ordinal, act_id: by.act })))
      .execute()
  return { report: report.id, kind: report.kind, period: report.period, version, state, remarked: remarks.length }
}

/** What a list of reports says of each. */
export const standing = (state: ReportCase['state'], isScrutinised: boolean): Text =>
  state === 'sent' && !isScrutinised ? received : stateNames[state]
