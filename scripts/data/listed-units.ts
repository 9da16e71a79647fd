/** A list of divisions as `china-area-data` gives it: names by code, under the code of the unit above. */
export type ListTree = Readonly<Record<string, Readonly<Record<string, string>>>>

export type CodeToName = Map<string, string>

/** The units of a list, without what is no unit of the campaign: see *Left out* in `data/README.md`. */
export function listedUnits(tree: ListTree): CodeToName {
  const units: CodeToName = new Map()
  for (const [code, name] of Object.values(tree).flatMap((children) => Object.entries(children))) {
    const isElsewhere = ['71', '81', '82'].includes(code.slice(0, 2))
    const isTownship = code.length !== 6
    const isHeading = name.endsWith('市辖区') || name === '县' || name.includes('直辖县级行政区划')
    const isZone = /7[1-9]$/.test(code) || code.startsWith('23276')
    const isIslands = /^4603(?!00)/.test(code)
    const isUnit = !isElsewhere && !isTownship && !isHeading && !isZone && !isIslands
    if (isUnit) units.set(code, name.replace('行政委员会', '行委'))
  }
  return units
}
