import { readDivisions, readLines, type Status, statuses } from './facts.ts'

/** A pair of east and west as compiled: no day and no end of any pair was found. */
export interface Pair {
  eastKey: string
  westKey: string
  status: Status
}

/** The pairs of `east-west-pairing.csv`; each names two units of the tree, and stands once. */
export function readPairs(): Pair[] {
  const names = new Map(readDivisions().map((division) => [division.key, division.name.zh]))
  const seen = new Set<string>()
  return readLines('east-west-pairing.csv', ['east_key', 'west_key', 'east', 'west', 'status'], (line) => {
    const keyOf = (side: 'east' | 'west') => {
      const key = line.filled(`${side}_key`)
      const name = names.get(key) ?? line.fail(`there is no unit ${key}`)
      // Autonomous prefectures stand here by their short names (恩施州), and all below a province behind its name.
      if (!line.filled(side).includes(name.slice(0, 2))) line.fail(`${key} is ${name}, not ${line.text(side)}`)
      return key
    }
    const pair = { eastKey: keyOf('east'), westKey: keyOf('west'), status: line.oneOf('status', statuses) }
    const both = `${pair.eastKey} ${pair.westKey}`
    if (seen.has(both)) line.fail('the pair stands twice')
    seen.add(both)
    return pair
  })
}
