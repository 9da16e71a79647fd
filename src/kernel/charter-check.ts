import { isDeepStrictEqual } from 'node:util'
import type { Charter, Duty, Obligation, ParameterValue } from './charter.ts'
import { fillText, type Day, type Text } from './words.ts'

/** What the check needs to know of an act; the registry's acts have it. */
export type CheckedAct = {
  readonly name: string
  readonly duty: string
  readonly parameters?: readonly string[]
  readonly automatic?: boolean
}

export type ProblemKind =
  | 'gap'
  | 'contradiction'
  | 'duty-without-post'
  | 'act-without-duty'
  | 'obligation-nobody-can-meet'

const PROBLEMS = {
  'no-version': {
    kind: 'gap',
    zh: '本章程没有任何版本，哪一天都不生效。请写明版本及其生效日期。',
    en: 'The charter has no version, so that it is in force on no day. Give it a version with its first day.',
  },
  'tier-without-posts': {
    kind: 'gap',
    zh: '层级「{tier}」没有任何职务。请为其设立机构和职务，或删去该层级。',
    en: 'The tier «{tier}» has no post. Give it a body with a post, or remove the tier.',
  },
  'tier-without-taker': {
    kind: 'gap',
    zh: '层级「{tier}」可以缺位，但「{taker}」不在其上，无人接管其职责。请在 taken_over_by 写明一个更高的层级。',
    en: 'The tier «{tier}» may be missing, and «{taker}» does not stand above it, so that nobody takes its duties over. Name a higher tier in taken_over_by.',
  },
  'duty-never-in-force': {
    kind: 'gap',
    zh: '职责「{duty}」在任何版本中都不生效（依此行使的行为：{acts}）。请改正其 from 或 until。',
    en: 'The duty «{duty}» is in force in no version (acts done under it: {acts}). Mend its from or until.',
  },
  'obligation-never-in-force': {
    kind: 'gap',
    zh: '义务「{obligation}」在任何版本中都不生效。请改正其 from 或 until，或将其删去。',
    en: 'The obligation «{obligation}» is in force in no version. Mend its from or until, or remove it.',
  },
  'obligation-without-limit': {
    kind: 'gap',
    zh: '义务「{obligation}」由行为触发，却没有时限。请在 within 写明给出时限的参数。',
    en: 'The obligation «{obligation}» is triggered and has no time limit. Name the parameter that gives it in within.',
  },
  'parameter-without-value': {
    kind: 'gap',
    zh: '参数「{parameter}」自版本「{version}」生效之日（{day}）起没有普遍适用的值，而{needed}需要它。请补上该日或更早生效的值。',
    en: 'The parameter «{parameter}» has no general value from {day} on, the first day of the version «{version}», and {needed} needs it. Give it a value from that day or earlier.',
  },
  'id-twice': {
    kind: 'contradiction',
    zh: '{what}「{id}」出现不止一次，同一时间两处并存。请只保留一处，或错开生效版本。',
    en: 'The {what} «{id}» stands there more than once for the same time. Keep one of them, or give them versions that do not overlap.',
  },
  'two-tiers-not-joint': {
    kind: 'contradiction',
    zh: '职责「{duty}」由多个层级（{tiers}）承担，但没有写明是共同职责。请写 joint: true，或只留一个层级。',
    en: 'The duty «{duty}» is held by more than one tier ({tiers}) without being joint. Say joint: true, or leave it to one tier.',
  },
  'post-of-another-tier': {
    kind: 'contradiction',
    zh: '职务「{post}」属于层级「{its}」，却写在层级「{tier}」之下。请移到本层级，或改用该层级的职务。',
    en: 'The post «{post}» belongs to the tier «{its}» and is named under the tier «{tier}». Move it to its own tier, or name a post of this one.',
  },
  'two-values-from-a-day': {
    kind: 'contradiction',
    zh: '参数「{parameter}」有两个值自同一天（{day}）起生效。请只保留一个。',
    en: 'The parameter «{parameter}» has two values from the same day, {day}. Keep one.',
  },
  'versions-out-of-order': {
    kind: 'contradiction',
    zh: '版本「{version}」排在「{before}」之后，生效却不比它晚。请按生效日期先后排列版本。',
    en: 'The version «{version}» is listed after «{before}» and is not in force later. List the versions by their first days.',
  },
  'unknown-id': {
    kind: 'contradiction',
    zh: '这里引用的{what}「{id}」并不存在。请改正写法，或补上该项。',
    en: 'The {what} «{id}» that is named here does not exist. Mend its spelling, or add it.',
  },
  'limit-not-a-length-of-time': {
    kind: 'contradiction',
    zh: '参数「{parameter}」被用作时限，单位却是「{unit}」。请改用 days 或 working_days。',
    en: 'The parameter «{parameter}» is used as a time limit and is in «{unit}». Use days or working_days.',
  },
  'duty-without-post': {
    kind: 'duty-without-post',
    zh: '职责「{duty}」没有任何职务承担。请在 held_by 写明职务，或写明它是公众的权利（public: true）。',
    en: 'The duty «{duty}» is held by no post. Name its posts in held_by, or say that it is a right of the public (public: true).',
  },
  'act-without-duty': {
    kind: 'act-without-duty',
    zh: '行为「{act}」依据的职责「{duty}」不在章程中。请把该职责写入章程，或改正行为所依据的职责。',
    en: 'The act «{act}» is done under the duty «{duty}», which the charter lacks. Add the duty to the charter, or mend the duty that the act names.',
  },
  'obligation-without-occasion': {
    kind: 'obligation-nobody-can-meet',
    zh: '义务「{obligation}」既无触发行为，也不定期发生，永远不会产生。请写明 triggered 或 recurring。',
    en: 'The obligation «{obligation}» is neither triggered nor recurring, so that it never arises. Give it triggered or recurring.',
  },
  'obligation-without-trigger': {
    kind: 'obligation-nobody-can-meet',
    zh: '义务「{obligation}」的触发行为（{acts}）都不存在，永远不会产生。请写明存在的行为。',
    en: 'No act that would trigger the obligation «{obligation}» exists ({acts}), so that it never arises. Name an act that exists.',
  },
  'obligation-without-act': {
    kind: 'obligation-nobody-can-meet',
    zh: '可以履行义务「{obligation}」的行为（{acts}）都不存在。请在 met_by 写明存在的行为。',
    en: 'No act that would meet the obligation «{obligation}» exists ({acts}). Name an act that exists in met_by.',
  },
  'obligation-without-duty': {
    kind: 'obligation-nobody-can-meet',
    zh: '义务「{obligation}」在版本「{version}」中生效，而其职责「{duty}」不生效。请使二者的生效版本一致。',
    en: 'The obligation «{obligation}» is in force in the version «{version}» and its duty «{duty}» is not. Give both the same versions.',
  },
  'bearer-may-not': {
    kind: 'obligation-nobody-can-meet',
    zh: '义务「{obligation}」落在「{tiers}」，但在版本「{version}」中，那里没有职务承担可以履行它的行为（{acts}）所依据的职责。请把该职责交给那里的职务，或改正 met_by。',
    en: 'The obligation «{obligation}» falls on «{tiers}», where in the version «{version}» no post holds a duty of the acts that meet it ({acts}). Give such a duty to a post there, or mend met_by.',
  },
} as const satisfies Record<string, Text & { kind: ProblemKind }>

export type ProblemCode = keyof typeof PROBLEMS

/** What is wrong with a charter, where, and what to do about it. */
export type Problem = {
  readonly kind: ProblemKind
  readonly code: ProblemCode
  /** The entry at fault, as `duties/set-goals` or `acts/goal.set`. */
  readonly where: string
  readonly sentence: Text
}

type Facts = Readonly<Record<string, string | Text>>
const problem = (code: ProblemCode, where: string, facts: Facts = {}): Problem => {
  const { kind, zh, en } = PROBLEMS[code]
  return { kind, code, where, sentence: fillText({ zh, en }, facts) }
}

/** What is named by an id, as a sentence calls it. */
const NOUNS = {
  tiers: { zh: '层级', en: 'tier' },
  bodies: { zh: '机构', en: 'body' },
  posts: { zh: '职务', en: 'post' },
  versions: { zh: '版本', en: 'version' },
  sources: { zh: '出处', en: 'source' },
  duties: { zh: '职责', en: 'duty' },
  obligations: { zh: '义务', en: 'obligation' },
  parameters: { zh: '参数', en: 'parameter' },
  acts: { zh: '行为', en: 'act' },
} as const satisfies Record<string, Text>
type Noun = keyof typeof NOUNS

const list = (names: readonly string[]): Text =>
  names.length === 0 ? { zh: '无', en: 'none' } : { zh: names.join('、'), en: names.join(', ') }

/** The charter, the acts and the ways to look them up that every part of the check shares. */
class Review {
  readonly charter: Charter
  readonly acts: ReadonlyMap<string, CheckedAct>
  readonly known: Readonly<Record<Noun, ReadonlySet<string>>>

  constructor(charter: Charter, acts: readonly CheckedAct[]) {
    const { text } = charter
    const ids = (entries: readonly { readonly id: string }[]) => new Set(entries.map((entry) => entry.id))
    this.charter = charter
    this.acts = new Map(acts.map((act) => [act.name, act]))
    this.known = {
      tiers: ids(text.tiers),
      bodies: ids(text.bodies),
      posts: ids(text.posts),
      versions: ids(text.versions),
      sources: ids(text.sources),
      duties: ids(text.duties),
      obligations: ids(text.obligations),
      parameters: ids(text.parameters),
      acts: new Set(this.acts.keys()),
    }
  }

  /** A problem for each of some ids that names nothing. */
  unknown(where: string, noun: Noun, ids: readonly (string | undefined)[]): readonly Problem[] {
    return [...new Set(ids)]
      .filter((id) => id !== undefined && !this.known[noun].has(id))
      .map((id) => problem('unknown-id', where, { what: NOUNS[noun], id: id ?? '' }))
  }

  /** The tier of a post, or undefined where a link on the way to it is broken (and reported as such). */
  tierOf(post: string): string | undefined {
    const body = this.charter.text.posts.find((each) => each.id === post)?.body
    return this.charter.text.bodies.find((each) => each.id === body)?.tier
  }

  strangers(where: string, tier: string, posts: readonly string[]): readonly Problem[] {
    return posts.flatMap((post) => {
      const its = this.tierOf(post)
      return its === undefined || its === tier ? [] : [problem('post-of-another-tier', where, { post, its, tier })]
    })
  }

  /** The versions in which a duty or an obligation is in force; a bound that names no version (reported as such) binds nothing. */
  versionsOf(entry: Duty | Obligation): readonly string[] {
    const order = this.charter.text.versions.map((version) => version.id)
    const first = entry.from === undefined ? -1 : order.indexOf(entry.from)
    const end = entry.until === undefined ? -1 : order.indexOf(entry.until)
    return order.filter((_, at) => at >= first && (end === -1 || at < end))
  }

  hasKnownVersions = (entry: Duty | Obligation): boolean =>
    [entry.from, entry.until].every((id) => id === undefined || this.known.versions.has(id))

  dutyIn = (id: string, version: string): Duty | undefined =>
    this.charter.text.duties.find((duty) => duty.id === id && this.versionsOf(duty).includes(version))
}

/**
 * Lists all that is wrong with a charter, for the acts of a system: gaps, contradictions, duties that nobody holds, acts
 * without a duty, and obligations that nobody can meet. A charter is adopted only if the list is empty.
 */
export function checkCharter(charter: Charter, acts: readonly CheckedAct[]): readonly Problem[] {
  const review = new Review(charter, acts)
  return [
    ...versionProblems(review),
    ...tierProblems(review),
    ...repeatedIds(review),
    ...charter.text.duties.flatMap((duty) => dutyProblems(review, duty)),
    ...charter.text.obligations.flatMap((obligation) => obligationProblems(review, obligation)),
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
  const timeless = ['tiers', 'bodies', 'posts', 'versions', 'sources', 'parameters'] as const
  const dated = ['duties', 'obligations'] as const
  return [
    ...timeless.map((noun) => [noun, repeated(text[noun].map((entry) => entry.id))] as const),
    // The same duty may be worded anew by a later version, as long as only one wording is in force on a day.
    ...dated.map((noun) => {
      const entries: readonly (Duty | Obligation)[] = text[noun].filter(review.hasKnownVersions)
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

type Changes<Entry> = {
  readonly added: readonly Entry[]
  readonly removed: readonly Entry[]
  readonly changed: readonly { readonly before: Entry; readonly after: Entry }[]
}

export type CharterDifference = {
  readonly duties: Changes<Duty>
  readonly obligations: Changes<Obligation>
  /** Values that began after the first day of the one version, up to the first day of the other; `code` is a unit's. */
  readonly parameters: readonly { readonly parameter: string; readonly code?: string; readonly value: ParameterValue }[]
}

/** What a version of the charter changed against an earlier one; without an earlier one, all that it brought. */
export function diffCharter(charter: Charter, fromVersion: string | undefined, toVersion: string): CharterDifference {
  const before = fromVersion === undefined ? undefined : firstDay(charter, fromVersion)
  const after = firstDay(charter, toVersion)
  const old = fromVersion === undefined ? { duties: [], obligations: [] } : charter.of(fromVersion)
  const now = charter.of(toVersion)
  const isNew = (value: ParameterValue) => (before === undefined || value.from > before) && value.from <= after
  return {
    duties: changes(old.duties, now.duties),
    obligations: changes(old.obligations, now.obligations),
    parameters: charter.text.parameters.flatMap((parameter) => [
      ...parameter.values.filter(isNew).map((value) => ({ parameter: parameter.id, value })),
      ...Object.entries(parameter.by_unit).flatMap(([code, values]) =>
        values.filter(isNew).map((value) => ({ parameter: parameter.id, code, value })),
      ),
    ]),
  }
}

function firstDay(charter: Charter, version: string): Day {
  const found = charter.text.versions.find((each) => each.id === version)
  if (!found) throw new Error(`The charter ${charter.id} has no version «${version}».`)
  return found.from
}

function changes<Entry extends Duty | Obligation>(before: readonly Entry[], after: readonly Entry[]): Changes<Entry> {
  const find = (entries: readonly Entry[], id: string) => entries.find((entry) => entry.id === id)
  return {
    added: after.filter((entry) => !find(before, entry.id)),
    removed: before.filter((entry) => !find(after, entry.id)),
    changed: after.flatMap((entry) => {
      const old = find(before, entry.id)
      return old && !isDeepStrictEqual(withoutDates(old), withoutDates(entry)) ? [{ before: old, after: entry }] : []
    }),
  }
}

/** Since when and until when an entry stands is not a change of what it says. */
const withoutDates = ({ from: _from, until: _until, ...rest }: Duty | Obligation) => rest

export type Coverage = {
  readonly covered: readonly { readonly duty: Duty; readonly acts: readonly string[] }[]
  readonly uncovered: readonly Duty[]
}

/** Which duties acts are done under, and which no act of the system serves; a duty worded anew counts once, as worded last. */
export function coverage(charter: Charter, acts: readonly CheckedAct[]): Coverage {
  const duties = [...new Map(charter.text.duties.map((duty) => [duty.id, duty])).values()]
  const all = duties.map((duty) => ({
    duty,
    acts: acts.filter((act) => act.duty === duty.id).map((act) => act.name),
  }))
  return {
    covered: all.filter((each) => each.acts.length > 0),
    uncovered: all.filter((each) => each.acts.length === 0).map((each) => each.duty),
  }
}
