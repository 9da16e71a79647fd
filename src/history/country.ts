import {
  type Division,
  type PoorCounty,
  readDivisions,
  readPoorCounties,
  readUnitChanges,
  stableUuid,
  type UnitChange,
} from './facts.ts'

/** A unit of the real country with what lies below it that belongs to the programme. */
export type Place = Division & { readonly id: string }

/** The real country at the campaign's start, and the part of it that the programme covers. */
export type Country = {
  readonly root: Place
  readonly places: readonly Place[]
  readonly provinces: readonly Place[]
  readonly cities: readonly Place[]
  readonly counties: readonly (Place & { readonly poor: PoorCounty })[]
  readonly changes: readonly UnitChange[]
  /** The unit above at the campaign's start. */
  readonly parentOf: (place: Place) => Place
  /** The unit above from the end of 2015 on, when the one poor county that changed its city had moved. */
  readonly aboveOf: (place: Place) => Place
  readonly provinceOf: (place: Place) => Place
}

/** The id of a unit of the shipped data: the same on every machine. */
export const placeId = (key: string) => stableUuid(`unit ${key}`)

export function readCountry(): Country {
  const places = readDivisions().map((division) => ({ ...division, id: placeId(division.key) }))
  const byKey = new Map(places.map((place) => [place.key, place]))
  const get = (key: string | null) => {
    const place = byKey.get(key ?? '')
    if (!place) throw new Error(`divisions.csv has no unit «${key}».`)
    return place
  }
  const counties = readPoorCounties().map((poor) => ({ ...get(poor.unitKey), poor }))
  const changes = readUnitChanges()
  const moves = new Map(changes.flatMap((change) => (change.kind === 'move' ? [[change.unitKey, change.intoKey]] : [])))
  const parentOf = (place: Place) => get(place.parentKey)
  const aboveOf = (place: Place) => get(moves.get(place.key) ?? place.parentKey)
  const above = new Set(counties.flatMap((county) => [county.parentKey, aboveOf(county).key]))
  const cities = places.filter((place) => place.tier === 'prefecture' && above.has(place.key))
  const provinceKeys = new Set(
    [...cities, ...counties]
      .map((place) => parentOf(place))
      .flatMap((place) => (place.tier === 'province' ? [place.key] : [])),
  )
  return {
    root: get(places.find((place) => place.tier === 'centre')?.key ?? null),
    places,
    provinces: places.filter((place) => provinceKeys.has(place.key)),
    cities,
    counties,
    changes,
    parentOf,
    aboveOf,
    provinceOf(place) {
      let at = place
      while (at.tier !== 'province') at = parentOf(at)
      return at
    },
  }
}

/** The same country, with the programme in some of its provinces alone; for tests that need not tell of all. */
export function programmeIn(country: Country, provinces: readonly string[]): Country {
  const isIn = (place: Place) => provinces.includes(country.provinceOf(place).key)
  return {
    ...country,
    provinces: country.provinces.filter(isIn),
    cities: country.cities.filter(isIn),
    counties: country.counties.filter(isIn),
  }
}
