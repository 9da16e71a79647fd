import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Calendar, Span } from './calendar.ts'
import { AssessmentScheme } from './charter-assessments.ts'
import { ReportKind } from './charter-reports.ts'
import { Day, DutyId, PostId, Text } from './words.ts'

/** How sure we are of a quotation or a number: seen in a source, seen in part, known but not verified, or made up. */
export const Status = z.enum(['V', 'P', 'K', 'made-up'])
export type Status = z.output<typeof Status>

const Id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/)
const ParameterId = z.string().regex(/^[a-z][a-z0-9_]*$/)
const ActName = z.string().regex(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/)
const Source = z.strictObject({
  id: Id,
  title: Text,
  on: Day.optional(),
  number: z.string().optional(),
  status: Status,
})

const Tier = z.strictObject({
  id: Id,
  name: Text,
  /** What the mechanism says of this tier in a word, such as 统筹 / makes overall plans. */
  role: Text,
  /** The posts that sign for a unit of this tier; the first answers for what no other post is named for. */
  principals: z.array(PostId).min(1),
  /** Whether units may stand directly under a higher tier; then `taken_over_by` has this tier's duties there. */
  taken_over_by: Id.optional(),
})
const Body = z.strictObject({ id: Id, tier: Id, name: Text, department: z.boolean().default(false) })
const Post = z.strictObject({
  id: PostId,
  body: Id,
  name: Text,
  /** Whether its holder stays until a poor unit has left poverty (不脱贫不调整、不摘帽不调离). */
  tenure_bound: z.boolean().default(false),
})
const Version = z.strictObject({ id: Id, from: Day, title: Text, source: Id, status: Status })

const Since = { from: Id.optional(), until: Id.optional() }

export const Duty = z.strictObject({
  id: DutyId,
  title: Text,
  quote: Text,
  source: Id,
  article: z.string(),
  status: Status,
  /** The posts that hold it, by tier; the first of a tier answers, the others may act. */
  held_by: z.record(Id, z.array(PostId)).default({}),
  /** More than one tier holds it, and is meant to. */
  joint: z.boolean().default(false),
  /**
   * Duties by whose acts it is carried out as well: an act stands under one duty, and what several levels do alike stands under a joint one,
   * while the law may name it for each level by itself.
   */
  through: z.array(DutyId).default([]),
  /** Anyone may act under it, without an account: it is a right of the public. */
  public: z.boolean().default(false),
  ...Since,
})
export type Duty = z.output<typeof Duty>

const Escalation = z.strictObject({
  step: z.enum(['remind', 'yellow', 'late', 'urge', 'report', 'notice', 'interview']),
  title: Text,
  /** Working days after the due day; negative is before it. */
  after_working_days: z.int(),
  /** Who executes the step: the bearer's own clock, the level above, or the level above that. */
  by: z.enum(['mechanism', 'superior', 'superior-of-superior']),
})
export type Escalation = z.output<typeof Escalation>

/** Which units owe what recurs, beyond those whose seats hold the duty. */
const ForWhom = {
  /** Only units that are designated poor on the day it is opened, or that stand above one that is: after the last exit nobody owes it. */
  applies: z.literal('poor').optional(),
  /** Only units for which this optional parameter has a value on the day: it says from when and for whom it is owed. */
  where: ParameterId.optional(),
}
const Recurring = z.discriminatedUnion('every', [
  /** Month and day of the year that it is owed for; its subject is the year, `2018`. */
  z.strictObject({ every: z.literal('year'), on: z.string().regex(/^\d\d-\d\d$/), ...ForWhom }),
  /** Day of the month after the one that it is owed for; its subject is the month, `2018-09`. At most 28, which every month has. */
  z.strictObject({ every: z.literal('month'), on: z.string().regex(/^(0[1-9]|1\d|2[0-8])$/), ...ForWhom }),
])
export type Recurring = z.output<typeof Recurring>

export const Obligation = z.strictObject({
  id: Id,
  duty: DutyId,
  title: Text,
  triggered: z.strictObject({ by: z.array(ActName).min(1) }).optional(),
  recurring: Recurring.optional(),
  /** For a triggered one: the parameter that gives its time limit. */
  within: ParameterId.optional(),
  met_by: z.array(ActName).min(1),
  /** Whether a superior may put it off; what a law sets stays. */
  extendable: z.boolean().default(true),
  /** Acts after which it no longer has an object. */
  lapses_with: z.array(ActName).default([]),
  /** When the unit that owes it is closed, whoever carries it on owes it by the same day; any other ends with the unit. */
  passes_on: z.boolean().default(false),
  source: Id,
  article: z.string(),
  status: Status,
  ...Since,
})
export type Obligation = z.output<typeof Obligation>

const Value = z.strictObject({
  from: Day,
  value: z.number(),
  unit: z.string().optional(),
  source: z.string(),
  status: Status,
})
const Parameter = z.strictObject({
  id: ParameterId,
  title: Text,
  unit: z.string(),
  /** Where it has no value, what it would limit is not limited; every other parameter has one for everybody. */
  optional: z.boolean().default(false),
  values: z.array(Value).default([]),
  by_unit: z.record(z.string(), z.array(Value)).default({}),
})
export type Parameter = z.output<typeof Parameter>
export type ParameterValue = z.output<typeof Value>

const Head = z.strictObject({
  id: Id,
  title: Text,
  calendar: z.enum(['china', 'weekdays']),
  tiers: z.array(Tier).min(2),
  bodies: z.array(Body),
  posts: z.array(Post),
  versions: z.array(Version).min(1),
  sources: z.array(Source),
  escalation: z.array(Escalation).default([]),
})

export type CharterText = z.output<typeof Head> & {
  readonly duties: readonly Duty[]
  readonly obligations: readonly Obligation[]
  readonly parameters: readonly Parameter[]
  readonly reports: readonly ReportKind[]
  readonly assessments: readonly AssessmentScheme[]
}

/**
 * The law as data: who owes what, from when, under which article.
 * Every question is asked *on a day*, so that the past stays computable under the law of its day.
 */
export class Charter {
  readonly text: CharterText
  readonly id: string
  readonly calendar: Calendar
  readonly tiers: CharterText['tiers']

  constructor(text: CharterText) {
    this.text = text
    this.id = text.id
    this.calendar = text.calendar
    this.tiers = text.tiers
  }

  /** The version in force on a day, or undefined before the first. */
  versionOn(day: Day) {
    return this.text.versions.findLast((version) => version.from <= day)
  }

  #isOf(since: { from?: string | undefined; until?: string | undefined }, version: string): boolean {
    const order = this.text.versions.map((each) => each.id)
    const at = order.indexOf(version)
    return (
      (since.from === undefined || order.indexOf(since.from) <= at) &&
      (since.until === undefined || at < order.indexOf(since.until))
    )
  }

  #memo = new Map<string, { duties: Duty[]; obligations: Obligation[]; reports: ReportKind[] }>()

  of(version: string) {
    let found = this.#memo.get(version)
    if (!found) {
      found = {
        duties: this.text.duties.filter((duty) => this.#isOf(duty, version)),
        obligations: this.text.obligations.filter((obligation) => this.#isOf(obligation, version)),
        reports: this.text.reports.filter((report) => this.#isOf(report, version)),
      }
      this.#memo.set(version, found)
    }
    return found
  }

  dutiesOn(day: Day): readonly Duty[] {
    const version = this.versionOn(day)
    return version ? this.of(version.id).duties : []
  }

  findDuty(id: string, day: Day): Duty | undefined {
    return this.dutiesOn(day).find((duty) => duty.id === id)
  }

  obligationsOn(day: Day): readonly Obligation[] {
    const version = this.versionOn(day)
    return version ? this.of(version.id).obligations : []
  }

  reportsOn(day: Day): readonly ReportKind[] {
    const version = this.versionOn(day)
    return version ? this.of(version.id).reports : []
  }

  findAssessment(id: string): AssessmentScheme | undefined {
    return this.text.assessments.find((scheme) => scheme.id === id)
  }

  findReport(id: string, day: Day): ReportKind | undefined {
    return this.reportsOn(day).find((report) => report.id === id)
  }

  tier(id: string) {
    const tier = this.tiers.find((each) => each.id === id)
    if (!tier) throw new Error(`The charter ${this.id} has no tier «${id}».`)
    return tier
  }

  post(id: string) {
    const post = this.text.posts.find((each) => each.id === id)
    if (!post) throw new Error(`The charter ${this.id} has no post «${id}».`)
    return post
  }

  findPost(id: string) {
    return this.text.posts.find((each) => each.id === id)
  }

  body(id: string) {
    const body = this.text.bodies.find((each) => each.id === id)
    if (!body) throw new Error(`The charter ${this.id} has no body «${id}».`)
    return body
  }

  tierOfPost = (id: string): string => this.body(this.post(id).body).tier

  postsOf(tier: string) {
    return this.text.posts.filter((post) => this.body(post.body).tier === tier)
  }

  /** A dated parameter for a unit, looked up from the unit upward by its codes, then the general value. */
  findParameter(id: string, day: Day, codes: readonly (string | null)[] = []): ParameterValue | undefined {
    const parameter = this.text.parameters.find((each) => each.id === id)
    if (!parameter) throw new Error(`The charter ${this.id} has no parameter «${id}».`)
    for (const code of codes) {
      const own = code === null ? undefined : newest(parameter.by_unit[code], day)
      if (own) return own
    }
    return newest(parameter.values, day)
  }

  getParameter(id: string, day: Day, codes: readonly (string | null)[] = []): ParameterValue & { unit: string } {
    const found = this.findParameter(id, day, codes)
    if (!found) throw new Error(`The charter ${this.id} gives no «${id}» for ${day}.`)
    const unit = found.unit ?? this.text.parameters.find((each) => each.id === id)?.unit ?? ''
    return { ...found, unit }
  }

  /** A parameter that is a length of time. */
  getSpan(id: string, day: Day, codes: readonly (string | null)[] = []): Span {
    const { value, unit } = this.getParameter(id, day, codes)
    if (unit !== 'days' && unit !== 'working_days') throw new Error(`«${id}» is in ${unit}, not in days.`)
    return { value, unit }
  }
}

const newest = (values: readonly ParameterValue[] | undefined, day: Day) =>
  values?.filter((value) => value.from <= day).toSorted((a, b) => (a.from < b.from ? 1 : -1))[0]

/** Reads a charter's folder: `charter.yaml`, `duties/*.yaml`, `obligations.yaml`, `parameters/*.yaml`, and `reports.yaml` and `assessment.yaml` if it asks for any. Refuses unknown keys. */
export function readCharter(folder: string): Charter {
  const read = <T>(file: string, shape: z.ZodType<T>): T => {
    const outcome = shape.safeParse(parse(readFileSync(path.join(folder, file), 'utf8')))
    if (!outcome.success) throw new Error(`${path.join(folder, file)}: ${z.prettifyError(outcome.error)}`)
    return outcome.data
  }
  const all = (sub: string) =>
    readdirSync(path.join(folder, sub))
      .filter((file) => file.endsWith('.yaml'))
      .toSorted()
      .map((file) => path.join(sub, file))
  return new Charter({
    ...read('charter.yaml', Head),
    duties: all('duties').flatMap((file) => read(file, z.array(Duty))),
    obligations: read('obligations.yaml', z.array(Obligation)),
    parameters: all('parameters').flatMap((file) => read(file, z.array(Parameter))),
    reports: existsSync(path.join(folder, 'reports.yaml')) ? read('reports.yaml', z.array(ReportKind)) : [],
    assessments: existsSync(path.join(folder, 'assessment.yaml'))
      ? read('assessment.yaml', z.array(AssessmentScheme))
      : [],
  })
}
