import { isDeepStrictEqual } from 'node:util'
import type { CheckedAct } from './charter-review.ts'
import type { Charter, Duty, Obligation, ParameterValue } from './charter.ts'
import type { Day } from './words.ts'

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

/** The acts by which a duty is carried out: those under it, and those under the duties that the charter names for it. */
export function carriedOut<One extends { readonly duty: string }>(duty: Duty, acts: readonly One[]) {
  const under = (id: string) => acts.filter((act) => act.duty === id)
  return { acts: under(duty.id), through: duty.through.map((id) => ({ duty: id, acts: under(id) })) }
}

type Covered = {
  readonly duty: Duty
  readonly acts: readonly string[]
  readonly through: readonly { readonly duty: string; readonly acts: readonly string[] }[]
}
export type Coverage = { readonly covered: readonly Covered[]; readonly uncovered: readonly Duty[] }

/** Which duties acts carry out, under them or through others, and which no act of the system serves; a duty worded anew counts once, as worded last. */
export function coverage(charter: Charter, acts: readonly CheckedAct[]): Coverage {
  const duties = [...new Map(charter.text.duties.map((duty) => [duty.id, duty])).values()]
  const named = (some: readonly CheckedAct[]) => some.map((act) => act.name)
  const all = duties.map((duty) => {
    const { acts: own, through } = carriedOut(duty, acts)
    return { duty, acts: named(own), through: through.map((each) => ({ duty: each.duty, acts: named(each.acts) })) }
  })
  const isServed = ({ acts: own, through }: Covered) => own.length > 0 || through.some((each) => each.acts.length > 0)
  return {
    covered: all.filter(isServed),
    uncovered: all.filter((each) => !isServed(each)).map((each) => each.duty),
  }
}
