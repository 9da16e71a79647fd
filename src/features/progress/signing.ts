import type { By, Line, RefusalText, Refuse } from '#kernel/act.ts'
import { fieldId, fieldsOf, type ReportKind } from '#kernel/charter-reports.ts'
import type { Day, Text } from '#kernel/words.ts'
import { type FieldRow, heldIn, openRemarks, type ReportCase } from './books.ts'
import { enteredFields, readEntered } from './entered.ts'
import { closedRefusals } from './heir.ts'
import { fits, opensOn, periodName, spanOf } from './period.ts'
import { stateNames } from './state.ts'

/** What an author gives: the fields that nobody has entered yet, and answers to what was remarked. */
export type Given = {
  readonly unit: string
  readonly kind: string
  readonly period: string
  readonly entered: readonly { readonly field: string; readonly value: string }[]
  readonly answers: readonly { readonly field: string; readonly answer: string }[]
}

/** All that must be known before a report may be signed. */
export type Facts = {
  readonly kind: ReportKind | undefined
  readonly report: ReportCase | undefined
  /** Since when the unit exists. */
  readonly since: Day | null
  readonly closed: { readonly name: Text; readonly day: Day | null } | undefined
  /** By when it is owed, if it is. */
  readonly due: Day | null
}

export const signingRefusals = {
  'kind-unknown': {
    zh: '{day}施行的章程没有“{kind}”这种报告。',
    en: 'The charter in force on {day} knows no report «{kind}».',
    topic: { zh: '报告种类存在', en: 'the report is one of the charter’s' },
  },
  'not-owed-here': {
    zh: '{report}由{tier}一级报送，不由{unit}在此签报。',
    en: '{report} is owed by the tier «{tier}»; it is not signed here for {unit}.',
    topic: { zh: '由本级报送', en: 'it is owed at this level' },
    notJudgedWith: ['kind-unknown'],
  },
  'wrong-period': {
    zh: '“{period}”不是{report}的报告期，应写成{example}。',
    en: '«{period}» is no period of {report}; it is written like {example}.',
    topic: { zh: '报告期无误', en: 'the period is right' },
    notJudgedWith: ['kind-unknown'],
  },
  'before-the-end': {
    zh: '{period}尚未结束，{opens}起方可签报。',
    en: '{period} has not ended; it may be signed from {opens} on.',
    topic: { zh: '报告期已到', en: 'its time has come' },
    notJudgedWith: ['kind-unknown', 'wrong-period'],
    remedy: { zh: '到{opens}再签报。', en: 'Sign it from {opens} on.' },
  },
  'before-the-unit': {
    zh: '{unit}自{since}起才存在，{period}已在此前结束；此前由它的前身报送。',
    en: '{unit} exists only since {since}, and {period} had ended before; what it was made of reported then.',
    topic: { zh: '报告期内单位存在', en: 'the unit existed in that period' },
    notJudgedWith: ['kind-unknown', 'wrong-period'],
  },
  'already-sent': {
    zh: '{unit}{period}的{report}第{version}版已于{since}处于“{state}”，不能再报一次。',
    en: 'Version {version} of {report} of {unit} for {period} stands at «{state}» since {since}; it is not sent twice.',
    topic: { zh: '尚未报送，或已退回', en: 'not sent yet, or returned' },
    remedy: { zh: '如有差错，请审核单位退回后补正。', en: 'If something is wrong, have it returned and put it right.' },
    notJudgedWith: ['kind-unknown'],
  },
  'field-missing': {
    zh: '还要填写：{fields}。',
    en: 'Still to be filled in: {fields}.',
    topic: { zh: '该填的都填了', en: 'all that only you know is there' },
    notJudgedWith: ['kind-unknown', 'already-sent'],
  },
  'not-yours-to-type': {
    zh: '{fields}不由人填写：系统已经知道，或报告中没有这一项。',
    en: '{fields} is not for anyone to type: the system knows it, or the report has no such field.',
    topic: { zh: '没有重复填写', en: 'nothing is typed that is known' },
    notJudgedWith: ['kind-unknown'],
  },
  unreadable: {
    zh: '{fields}读不出来：个数写成整数，金额写成元、最多两位小数。',
    en: '{fields} can’t be read: a number is whole, an amount is in yuan with at most two decimals.',
    topic: { zh: '数字读得出来', en: 'numbers can be read' },
    notJudgedWith: ['kind-unknown'],
  },
  'field-stands': {
    zh: '{fields}没有被提出意见，保持签报时的内容，不再修改或答复。',
    en: '{fields} was not remarked on and stands as it was signed; it is neither changed nor answered.',
    topic: { zh: '只改有意见的内容', en: 'only what was remarked on is changed' },
    notJudgedWith: ['kind-unknown', 'already-sent'],
  },
  'remark-unanswered': {
    zh: '{fields}的意见尚未答复。',
    en: 'The remark on {fields} is not answered yet.',
    topic: { zh: '逐条答复了意见', en: 'every remark is answered' },
    notJudgedWith: ['kind-unknown', 'already-sent'],
  },
  ...closedRefusals,
} as const satisfies Record<string, RefusalText>

export const signingAdvice = {
  late: {
    zh: '{report}应于{due}前报送，现在签报将记为逾期。',
    en: '{report} was due on {due}; signed now, it counts as late.',
  },
} as const satisfies Record<string, RefusalText>

type Code = keyof typeof signingRefusals
type Lines = readonly Line<Code | keyof typeof signingAdvice>[]

/** Whether a report may be signed under a duty: of the right kind, for a period that is over, once, and with all that only its author knows. */
export function mayBeSigned(
  facts: Facts,
  input: Given,
  duty: string,
  refuse: Refuse<Code>,
  by: By,
  advise: Refuse<keyof typeof signingAdvice>,
): Lines {
  const { kind } = facts
  const unit = by.lineage[0]
  if (facts.closed)
    return [refuse('unit-closed', { unit: facts.closed.name, day: facts.closed.day ?? by.on, heir: unit.name })]
  if (!kind) return [refuse('kind-unknown', { day: by.on, kind: input.kind })]
  const isOwed = kind.tier === unit.tier && kind.duty === duty
  return [
    isOwed || refuse('not-owed-here', { report: kind.title, tier: by.charter.tier(kind.tier).name, unit: unit.name }),
    ...periodLines(facts, kind, input.period, refuse, by),
    ...contentLines(facts.report, kind, input, refuse, by),
    facts.due === null || by.on <= facts.due || advise('late', { report: kind.title, due: facts.due }),
  ]
}

function periodLines(facts: Facts, kind: ReportKind, period: string, refuse: Refuse<Code>, by: By): Lines {
  if (!fits(kind.every, period))
    return [refuse('wrong-period', { period, report: kind.title, example: kind.every === 'year' ? '2018' : '2018-09' })]
  const opens = opensOn(kind, period)
  const { since } = facts
  return [
    opens <= by.on || refuse('before-the-end', { period: periodName(period), opens }),
    since === null ||
      since <= spanOf(period).to ||
      refuse('before-the-unit', { unit: by.lineage[0].name, since, period: periodName(period) }),
  ]
}

/** Whether what was typed is just what is asked for: of a new report all that only its author knows, of a returned one what was remarked on. */
function contentLines(
  report: ReportCase | undefined,
  kind: ReportKind,
  input: Given,
  refuse: Refuse<Code>,
  by: By,
): Lines {
  const titles = titlesOf(kind)
  const say = (fields: readonly string[]) => listed(fields.map((field) => titles.get(field) ?? plain(field)))
  const asked = enteredFields(kind)
  const typed = new Map(input.entered.map((each) => [each.field, each.value]))
  const strange = [...typed.keys()].filter((field) => !asked.some((each) => each.id === field))
  const unreadable = asked.filter((field) => typed.has(field.id) && !readEntered(field, typed.get(field.id) ?? ''))
  const lines: Lines = [
    strange.length === 0 || refuse('not-yours-to-type', { fields: say(strange) }),
    unreadable.length === 0 || refuse('unreadable', { fields: say(unreadable.map((field) => field.id)) }),
  ]
  if (report && report.state !== 'returned')
    return [
      ...lines,
      refuse('already-sent', {
        unit: by.lineage[0].name,
        period: periodName(report.period),
        report: kind.title,
        version: report.version,
        since: report.since,
        state: stateNames[report.state],
      }),
    ]
  const standing = standingFields(report, kind)
  const held: ReadonlyMap<string, FieldRow> = report ? heldIn(report, report.version) : new Map()
  const changed = [...typed].filter(([field, value]) => standing(field) && !holds(held.get(field), asked, value))
  const answered = new Set(input.answers.map((each) => each.field))
  const remarked = report ? openRemarks(report).map((remark) => remark.field) : []
  const stray = [...answered].filter((field) => !remarked.includes(field))
  const untouched = [...new Set([...changed.map(([field]) => field), ...stray])]
  const missing = asked.filter((field) => field.required && !typed.has(field.id) && !held.has(field.id))
  const silent = remarked.filter((field) => !answered.has(field))
  return [
    ...lines,
    missing.length === 0 || refuse('field-missing', { fields: say(missing.map((field) => field.id)) }),
    untouched.length === 0 || refuse('field-stands', { fields: say(untouched) }),
    silent.length === 0 || refuse('remark-unanswered', { fields: say(silent) }),
  ]
}

/** Which fields stand as they were signed: all but those remarked on; none, if the report is new or was returned as a whole. */
export function standingFields(report: ReportCase | undefined, kind: ReportKind): (field: string) => boolean {
  const remarked = report ? openRemarks(report).map((remark) => remark.field) : []
  const isWhole = !report || remarked.length === 0
  const known = new Set(fieldsOf(kind).map(fieldId))
  return (field) => !isWhole && known.has(field) && !remarked.includes(field)
}

/** Whether what was typed says what a field holds already. */
function holds(held: FieldRow | undefined, asked: ReturnType<typeof enteredFields>, typed: string): boolean {
  const field = asked.find((each) => each.id === held?.field)
  const read = field && readEntered(field, typed)
  if (!held || !read) return false
  return read.value === null ? held.text === read.text : held.value === Number(read.value)
}

const plain = (word: string): Text => ({ zh: word, en: word })

export const titlesOf = (kind: ReportKind): ReadonlyMap<string, Text> =>
  new Map(
    fieldsOf(kind).flatMap((field) =>
      'figure' in field ? [] : [[fieldId(field), 'acts' in field ? field.title : field.entered.title]],
    ),
  )

const listed = (names: readonly Text[]): Text => ({
  zh: names.map((name) => `“${name.zh}”`).join('、'),
  en: names.map((name) => `«${name.en}»`).join(', '),
})
