import { addWorkingDays } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Day } from '#kernel/words.ts'
import { type Country, placeId } from './country.ts'
import type { UnitChange } from './facts.ts'
import { doer, need } from './founding.ts'
import type { Step } from './step.ts'

/** After the last exit: a poor county that was merged away before the year in which the list has its exit stays until then. */
const heldBackUntil = '2020-12-21'
const SHARE_OF_A_SPLIT = 0.5

/** The country's own changes during the campaign: renamed, recoded, moved, merged, divided. */
export function changeSteps(country: Country, charter: Charter): readonly Step[] {
  const exitYears = new Map(country.counties.map((county) => [county.key, county.poor.exitYear]))
  const turns = new Map<Day, number>()
  return country.changes.flatMap((change) => {
    const isHeldBack = change.kind === 'merge' && (exitYears.get(change.unitKey) ?? 0) >= Number(change.on.slice(0, 4))
    const on = isHeldBack ? addWorkingDays(heldBackUntil, 0, charter.calendar) : change.on
    return deedsOf(country, change).map(({ act, input }): Step => {
      const turn = (turns.get(on) ?? 30) + 1
      turns.set(on, turn)
      const key = `${act} ${change.unitKey} ${change.intoKey ?? ''} ${change.on}`
      return { on, turn, key, act: need(act), by: doer(charter, need(act), country.root, on), input }
    })
  })
}

type Deed = { readonly act: string; readonly input: Readonly<Record<string, unknown>> }

function deedsOf({ places }: Country, change: UnitChange): Deed[] {
  const unit = placeId(change.unitKey)
  const into = change.intoKey === null ? '' : placeId(change.intoKey)
  const name = change.nameNew
  const rename: Deed = { act: 'unit.rename', input: { unit, name } }
  const recode: Deed = { act: 'unit.recode', input: { unit, code: change.codeNew } }
  const parentOf = (key: string | null) => placeId(places.find((place) => place.key === key)?.parentKey ?? '')
  switch (change.kind) {
    case 'rename':
      return [rename]
    case 'recode':
      return [recode]
    case 'rename+recode':
      return [rename, recode]
    case 'move':
      return [{ act: 'unit.move', input: { unit, under: into } }, recode]
    case 'merge':
      return [{ act: 'unit.merge', input: { from: [unit], into } }]
    case 'establish':
      return [{ act: 'unit.establish', input: { unit, under: into, tier: 'county', name, code: change.codeNew } }]
    case 'split': {
      const founded = { under: parentOf(change.unitKey), name, code: change.codeNew }
      return [
        {
          act: 'unit.split',
          input: { unit, into: [{ unit: into, share: SHARE_OF_A_SPLIT, founded }], remains: 1 - SHARE_OF_A_SPLIT },
        },
      ]
    }
    case 'tier':
      throw new Error(`History can't replay a change of tier (${change.unitKey}).`)
  }
}
