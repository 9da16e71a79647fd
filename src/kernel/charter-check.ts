import { type AssessmentScheme, figuresOfScheme, indicatorsOf } from './charter-assessments.ts'
import type { Charter, Duty, Obligation } from './charter.ts'
import { NOUNS, type Problem, problem } from './charter-problems.ts'
import { type CheckedAct, Review } from './charter-review.ts'
import { fieldId, fieldsOf, type ReportKind } from './charter-reports.ts'
import type { Text } from './words.ts'

const list = (names: readonly string[]): Text =>
  names.length === 0 ? { zh: '无', en: 'none' } : { zh: names.join('、'), en: names.join(', ') }

/**
 * Lists all that is wrong with a charter, for the acts of a system: gaps, contradictions, duties that nobody holds, acts
 * without a duty, and obligations that nobody can meet. A charter is adopted only if the list is empty.
 * The figures that its reports name are looked up where the figures of the system are given.
 */
export function checkCharter(
  charter: Charter,
  acts: readonly CheckedAct[],
  figures?: readonly { readonly name: string }[],
): readonly Problem[] {
  const { reports, assessments } = charter.text
  const named = figures?.map((figure) => figure.name) ?? [
    ...reports.flatMap(figuresOf),
    ...assessments.flatMap(figuresOfScheme),
  ]
  const review = new Review(charter, acts, named)
  return [
    ...versionProblems(review),
    ...tierProblems(review),
    ...repeatedIds(review),
    ...charter.text.duties.flatMap((duty) => dutyProblems(review, duty)),
    ...charter.text.obligations.flatMap((obligation) => obligationProblems(review, obligation)),
    ...reports.flatMap((report) => reportProblems(review, report)),
    ...assessments.flatMap((scheme) => assessmentProblems(review, scheme)),
    ...valueProblems(review),
    ...neededValues(review),
    ...acts.flatMap((act) => actProblems(review, act)),
  ]
}

function versionProblems(review: Review): readonly Problem[] {
  const { versions } = review.charter.text
  if (versions.length === 0) return [problem('no-version', 'versions')]
  return versions.flatMap((version, at) => {
    const before = versions[at - 1]
    return [
      ...review.unknown(`versions/${version.id}`, 'sources', [version.source]),
      ...(before && version.from <= before.from
        ? [problem('versions-out-of-order', `versions/${version.id}`, { version: version.id, before: before.id })]
        : []),
    ]
  })
}

function tierProblems(review: Review): readonly Problem[] {
  const { tiers, bodies, posts } = review.charter.text
  return [
    ...bodies.flatMap((body) => review.unknown(`bodies/${body.id}`, 'tiers', [body.tier])),
    ...posts.flatMap((post) => review.unknown(`posts/${post.id}`, 'bodies', [post.body])),
    ...tiers.flatMap((tier, at) => {
      const where = `tiers/${tier.id}`
      const taker = tier.taken_over_by
      const isBelow = taker !== undefined && tiers.findIndex((each) => each.id === taker) >= at
      return [
        ...(posts.some((post) => review.tierOf(post.id) === tier.id)
          ? []
          : [problem('tier-without-posts', where, { tier: tier.name })]),
        ...review.unknown(where, 'tiers', [taker]),
        ...(isBelow ? [problem('tier-without-taker', where, { tier: tier.name, taker })] : []),
        ...review.unknown(where, 'posts', tier.principals),
        ...review.strangers(where, tier.id, tier.principals),
      ]
    }),
  ]
}

const repeated = (ids: readonly string[]): readonly string[] => [
  ...new Set(ids.filter((id, at) => ids.indexOf(id) !== at)),
]

function repeatedIds(review: Review): readonly Problem[] {
  const { text } = review.charter
  const timeless = ['tiers', 'bodies', 'posts', 'versions', 'sources', 'parameters', 'assessments'] as const
  const dated = ['duties', 'obligations', 'reports'] as const
  return [
    ...timeless.map((noun) => [noun, repeated(text[noun].map((entry) => entry.id))] as const),
    // The same duty may be worded anew by a later version, as long as only one wording is in force on a day.
    ...dated.map((noun) => {
      const entries: readonly (Duty | Obligation | ReportKind)[] = text[noun].filter(review.hasKnownVersions)
      const inForce = entries.flatMap((entry) => review.versionsOf(entry).map((version) => `${entry.id} ${version}`))
      return [noun, [...new Set(repeated(inForce).map((key) => key.split(' ')[0] ?? key))]] as const
    }),
  ].flatMap(([noun, ids]) => ids.map((id) => problem('id-twice', `${noun}/${id}`, { what: NOUNS[noun], id })))
}

function dutyProblems(review: Review, duty: Duty): readonly Problem[] {
  const where = `duties/${duty.id}`
  const tiers = Object.keys(duty.held_by)
  const isHeld = tiers.length > 0 && Object.values(duty.held_by).every((posts) => posts.length > 0)
  const under = [...review.acts.values()].filter((act) => act.duty === duty.id).map((act) => act.name)
  const isDead = review.hasKnownVersions(duty) && hasVersions(review) && review.versionsOf(duty).length === 0
  return [
    ...review.unknown(where, 'sources', [duty.source]),
    ...review.unknown(where, 'versions', [duty.from, duty.until]),
    ...review.unknown(where, 'tiers', tiers),
    ...(isDead ? [problem('duty-never-in-force', where, { duty: duty.title, acts: list(under) })] : []),
    ...(isHeld || duty.public ? [] : [problem('duty-without-post', where, { duty: duty.title })]),
    ...(tiers.length > 1 && !duty.joint
      ? [problem('two-tiers-not-joint', where, { duty: duty.title, tiers: list(tiers) })]
      : []),
    ...Object.entries(duty.held_by).flatMap(([tier, posts]) => [
      ...review.unknown(where, 'posts', posts),
      ...(review.known.tiers.has(tier) ? review.strangers(where, tier, posts) : []),
    ]),
    ...throughProblems(review, duty),
  ]
}

/** Whether the duties by which another is carried out have acts, and are its own holders' whenever it is in force. */
function throughProblems(review: Review, duty: Duty): readonly Problem[] {
  const where = `duties/${duty.id}`
  const isShared = (through: string, version: string) =>
    Object.entries(review.dutyIn(through, version)?.held_by ?? {}).some(([tier, posts]) =>
      posts.some((post) => duty.held_by[tier]?.includes(post)),
    )
  return [
    ...review.unknown(where, 'duties', duty.through),
    ...duty.through
      .filter((through) => review.known.duties.has(through))
      .flatMap((through) => {
        const hasActs = [...review.acts.values()].some((act) => act.duty === through)
        const lonely = review.versionsOf(duty).find((version) => !isShared(through, version))
        return [
          ...(hasActs ? [] : [problem('through-without-act', where, { duty: duty.title, through })]),
          ...(lonely === undefined
            ? []
            : [problem('through-others', where, { duty: duty.title, through, version: lonely })]),
        ]
      }),
  ]
}

const hasVersions = (review: Review) => review.charter.text.versions.length > 0

function obligationProblems(review: Review, obligation: Obligation): readonly Problem[] {
  const where = `obligations/${obligation.id}`
  const name = { obligation: obligation.title }
  const isDead =
    review.hasKnownVersions(obligation) && hasVersions(review) && review.versionsOf(obligation).length === 0
  return [
    ...review.unknown(where, 'sources', [obligation.source]),
    ...review.unknown(where, 'versions', [obligation.from, obligation.until]),
    ...review.unknown(where, 'duties', [obligation.duty]),
    ...review.unknown(where, 'acts', obligation.lapses_with),
    ...(isDead ? [problem('obligation-never-in-force', where, name)] : []),
    ...occasionProblems(review, obligation),
    ...whereProblems(review, obligation),
    ...limitProblems(review, obligation),
    ...meetingProblems(review, obligation),
  ]
}

function occasionProblems(review: Review, { id, title, triggered, recurring }: Obligation): readonly Problem[] {
  const where = `obligations/${id}`
  if (!triggered && !recurring) return [problem('obligation-without-occasion', where, { obligation: title })]
  if (!triggered) return []
  return triggered.by.some((act) => review.acts.has(act)) || recurring
    ? review.unknown(where, 'acts', triggered.by)
    : [problem('obligation-without-trigger', where, { obligation: title, acts: list(triggered.by) })]
}

/** What says for whom something is owed must be free to be silent: a parameter that has a value for everybody would say nothing. */
function whereProblems(review: Review, { id, title, recurring }: Obligation): readonly Problem[] {
  const at = `obligations/${id}`
  const where = recurring?.where
  if (where === undefined) return []
  const parameter = review.charter.text.parameters.find((each) => each.id === where)
  if (!parameter) return review.unknown(at, 'parameters', [where])
  return parameter.optional
    ? []
    : [problem('where-for-everybody', at, { obligation: title, parameter: parameter.title })]
}

function limitProblems(review: Review, { id, title, triggered, within }: Obligation): readonly Problem[] {
  const where = `obligations/${id}`
  if (within === undefined) return triggered ? [problem('obligation-without-limit', where, { obligation: title })] : []
  const parameter = review.charter.text.parameters.find((each) => each.id === within)
  if (!parameter) return review.unknown(where, 'parameters', [within])
  const all = [...parameter.values, ...Object.values(parameter.by_unit).flat()]
  const units = all.map((value) => value.unit ?? parameter.unit)
  const wrong = units.find((unit) => unit !== 'days' && unit !== 'working_days')
  return wrong === undefined
    ? []
    : [problem('limit-not-a-length-of-time', where, { parameter: parameter.title, unit: wrong })]
}

/** Whether, in every version in which it is in force and at every tier on which it may fall, its bearer may meet it. */
function meetingProblems(review: Review, obligation: Obligation): readonly Problem[] {
  const where = `obligations/${obligation.id}`
  const acts = obligation.met_by.flatMap((name) => review.acts.get(name) ?? [])
  const name = { obligation: obligation.title, acts: list(obligation.met_by) }
  if (acts.length === 0) return [problem('obligation-without-act', where, name)]
  const strays = review.unknown(where, 'acts', obligation.met_by)
  const canBeAsked = review.known.duties.has(obligation.duty) && review.hasKnownVersions(obligation)
  if (!canBeAsked || acts.some((act) => act.automatic)) return strays

  for (const version of review.versionsOf(obligation)) {
    const duty = review.dutyIn(obligation.duty, version)
    if (!duty)
      return [...strays, problem('obligation-without-duty', where, { ...name, version, duty: obligation.duty })]
    const idle = duty.public
      ? ['public']
      : Object.keys(duty.held_by).filter(
          (tier) => !acts.some((act) => (review.dutyIn(act.duty, version)?.held_by[tier] ?? []).length > 0),
        )
    if (idle.length > 0 && !lacksPosts(duty))
      return [...strays, problem('bearer-may-not', where, { ...name, version, tiers: list(idle) })]
  }
  return strays
}

/** A duty that is itself reported as held by nobody; what hangs on it is not reported again. */
const lacksPosts = (duty: Duty) => !duty.public && Object.values(duty.held_by).some((posts) => posts.length === 0)

const figuresOf = (report: ReportKind) => fieldsOf(report).flatMap((field) => ('figure' in field ? [field.figure] : []))

/** Whether somebody of the tier that owes a report may sign it, somebody above may scrutinise it, and all that it is made of exists. */
function reportProblems(review: Review, report: ReportKind): readonly Problem[] {
  const where = `reports/${report.id}`
  const name = { report: report.title }
  const fields = fieldsOf(report)
  const order = review.charter.tiers.map((tier) => tier.id)
  const holders = review.charter.text.duties.filter((duty) => duty.id === report.duty)
  const goesUp = order.indexOf(report.to) < order.indexOf(report.tier)
  return [
    ...review.unknown(where, 'sources', [report.source]),
    ...review.unknown(where, 'versions', [report.from, report.until]),
    ...review.unknown(where, 'tiers', [report.tier, report.to]),
    ...review.unknown(where, 'duties', [report.duty, report.scrutiny]),
    ...review.unknown(where, 'figures', figuresOf(report)),
    ...review.unknown(
      where,
      'acts',
      fields.flatMap((field) => ('acts' in field ? field.acts : [])),
    ),
    ...repeated(fields.map(fieldId)).map((field) => problem('report-field-twice', where, { ...name, field })),
    ...(goesUp || !order.includes(report.to)
      ? []
      : [problem('report-goes-nowhere', where, { ...name, to: report.to })]),
    ...(holders.length === 0 || holders.some((duty) => (duty.held_by[report.tier] ?? []).length > 0)
      ? []
      : [problem('report-without-author', where, { ...name, tier: report.tier, duty: report.duty })]),
  ]
}

/** Whether a scheme assesses downward, by numbers that exist, and its grades follow each other down to nothing. */
function assessmentProblems(review: Review, scheme: AssessmentScheme): readonly Problem[] {
  const where = `assessments/${scheme.id}`
  const order = review.charter.tiers.map((tier) => tier.id)
  const grades = scheme.grades.map((grade) => grade.id)
  const consequences = scheme.grades.flatMap((grade) => grade.consequences)
  const cited = [scheme, ...indicatorsOf(scheme), ...scheme.vetoes, ...scheme.grades, ...consequences]
  const points = scheme.grades.map((grade) => grade.from_points)
  const doTheyFall = points.at(-1) === 0 && points.every((from, at) => at === 0 || from < (points[at - 1] ?? 0))
  const title = { scheme: scheme.title }
  const parts = [
    ...indicatorsOf(scheme).map((each) => `indicator ${each.id}`),
    ...scheme.blocks.map((each) => `block ${each.id}`),
    ...scheme.vetoes.map((each) => `veto ${each.id}`),
    ...grades.map((id) => `grade ${id}`),
    ...scheme.grades.flatMap((grade) => grade.consequences.map((each) => `${grade.id}: ${each.id}`)),
  ]
  return [
    ...review.unknown(
      where,
      'sources',
      cited.map((each) => each.source),
    ),
    ...review.unknown(where, 'tiers', [scheme.of, scheme.by]),
    ...review.unknown(where, 'figures', figuresOfScheme(scheme)),
    ...repeated(parts).map((part) => problem('assessment-part-twice', where, { ...title, part })),
    ...(order.indexOf(scheme.by) < order.indexOf(scheme.of) ? [] : [problem('assessment-not-downward', where, title)]),
    ...(doTheyFall ? [] : [problem('assessment-grades-do-not-fall', where, title)]),
    ...scheme.vetoes
      .filter((veto) => !grades.includes(veto.at_most))
      .map((veto) => problem('assessment-veto-without-grade', where, { ...title, veto: veto.title, id: veto.at_most })),
  ]
}

function valueProblems(review: Review): readonly Problem[] {
  return review.charter.text.parameters.flatMap((parameter) => {
    const where = `parameters/${parameter.id}`
    const series = Object.values({ ...parameter.by_unit, '': parameter.values })
    return [
      ...review.unknown(
        where,
        'sources',
        series.flat().map((value) => value.source),
      ),
      ...[...new Set(series.flatMap((values) => repeated(values.map((value) => value.from))))].map((day) =>
        problem('two-values-from-a-day', where, { parameter: parameter.title, day }),
      ),
    ]
  })
}

/** Whether what the obligations and acts of a version need has a value for everybody from the version's first day on. */
function neededValues(review: Review): readonly Problem[] {
  const { text } = review.charter
  return text.parameters.flatMap((parameter) => {
    if (parameter.optional) return []
    for (const version of text.versions) {
      const hasValue = parameter.values.some((value) => value.from <= version.from)
      const needed = hasValue ? undefined : whatNeeds(review, parameter.id, version.id)
      if (needed)
        return [
          problem('parameter-without-value', `parameters/${parameter.id}`, {
            parameter: parameter.title,
            version: version.id,
            day: version.from,
            needed,
          }),
        ]
    }
    return []
  })
}

function whatNeeds(review: Review, parameter: string, version: string): Text | undefined {
  const obligation = review.charter.text.obligations.find(
    (each) => each.within === parameter && review.versionsOf(each).includes(version),
  )
  if (obligation) return { zh: `义务「${obligation.title.zh}」`, en: `the obligation «${obligation.title.en}»` }
  const act = [...review.acts.values()].find(
    (each) => each.parameters?.includes(parameter) && review.dutyIn(each.duty, version),
  )
  return act && { zh: `行为「${act.name}」`, en: `the act «${act.name}»` }
}

function actProblems(review: Review, act: CheckedAct): readonly Problem[] {
  const where = `acts/${act.name}`
  return [
    ...(review.known.duties.has(act.duty)
      ? []
      : [problem('act-without-duty', where, { act: act.name, duty: act.duty })]),
    ...review.unknown(where, 'parameters', act.parameters ?? []),
  ]
}
