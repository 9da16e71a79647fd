import { isDeepStrictEqual } from 'node:util'
import type { CheckedAct } from './charter-check.ts'
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
