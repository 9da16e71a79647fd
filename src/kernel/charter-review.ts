import type { Charter, Duty, Obligation } from './charter.ts'
import { NOUNS, type Noun, type Problem, problem } from './charter-problems.ts'
import type { ReportKind } from './charter-reports.ts'

/** What the check needs to know of an act; the registry's acts have it. */
export type CheckedAct = {
  readonly name: string
  readonly duty: string
  readonly parameters?: readonly string[]
  readonly automatic?: boolean
}

/** The charter, the acts and the ways to look them up that every part of the check shares. */
export class Review {
  readonly charter: Charter
  readonly acts: ReadonlyMap<string, CheckedAct>
  readonly known: Readonly<Record<Noun, ReadonlySet<string>>>

  constructor(charter: Charter, acts: readonly CheckedAct[], figures: readonly string[]) {
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
      reports: ids(text.reports),
      assessments: ids(text.assessments),
      figures: new Set(figures),
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
  versionsOf(entry: Duty | Obligation | ReportKind): readonly string[] {
    const order = this.charter.text.versions.map((version) => version.id)
    const first = entry.from === undefined ? -1 : order.indexOf(entry.from)
    const end = entry.until === undefined ? -1 : order.indexOf(entry.until)
    return order.filter((_, at) => at >= first && (end === -1 || at < end))
  }

  hasKnownVersions = (entry: Duty | Obligation | ReportKind): boolean =>
    [entry.from, entry.until].every((id) => id === undefined || this.known.versions.has(id))

  dutyIn = (id: string, version: string): Duty | undefined =>
    this.charter.text.duties.find((duty) => duty.id === id && this.versionsOf(duty).includes(version))
}
