import type { SeededStream } from './stream.ts'

/**
 * Draws `size` of the numbers 1 … `of` without replacement, each set of them as likely, in the order drawn: a shuffle (Fisher and Yates)
 * that stops early. The n-th takes place n, and what stood there moves to where it came from.
 */
export function drawNumbers(stream: SeededStream, of: number, size: number): readonly number[] {
  if (size > of) throw new RangeError(`${size} of ${of} cannot be drawn.`)
  const moved = new Map<number, number>()
  return Array.from({ length: size }, (_, at) => {
    const from = at + stream.below(of - at)
    const drawn = moved.get(from) ?? from
    moved.set(from, moved.get(at) ?? at)
    return drawn + 1
  })
}

/** A cluster that was drawn: its place in the frame, counted from 0, and how likely it was to be drawn. */
export type DrawnCluster = {
  readonly at: number
  readonly probability: number
  /** It is so large that it had to be in the sample: its households are then what was drawn, not the cluster. */
  readonly isCertain: boolean
}

/**
 * Draws clusters with probability proportional to size, without replacement: those so large that they must be in are taken first; the
 * others are shuffled, laid end to end, and every (total ÷ count)-th unit from a random start on picks the cluster it falls in
 * (randomised systematic sampling; Hartley and Rao 1962, Annals of Mathematical Statistics 33: 350–374). All in whole numbers.
 */
export function drawClusters(stream: SeededStream, sizes: readonly number[], count: number): readonly DrawnCluster[] {
  if (count > sizes.filter((size) => size > 0).length)
    throw new RangeError(`${count} of ${sizes.length} cannot be drawn.`)
  const certain = new Set<number>()
  const left = () => sizes.flatMap((size, at) => (size > 0 && !certain.has(at) ? [{ at, size }] : []))
  for (let again = true; again;) {
    const others = left()
    const total = others.reduce((sum, each) => sum + each.size, 0)
    const wanted = count - certain.size
    const sure = others.filter((each) => each.size * wanted >= total && wanted > 0)
    for (const each of sure) certain.add(each.at)
    again = sure.length > 0
  }
  const sure = [...certain].map((at) => ({ at, probability: 1, isCertain: true }))
  const rest = systematic(stream, left(), count - certain.size)
  return [...sure, ...rest].toSorted((a, b) => a.at - b.at)
}

function systematic(
  stream: SeededStream,
  among: readonly { at: number; size: number }[],
  count: number,
): DrawnCluster[] {
  if (count === 0) return []
  const order = drawNumbers(stream, among.length, among.length).map((number) => among[number - 1]!)
  const total = among.reduce((sum, each) => sum + each.size, 0)
  // The points (start + j × total) / count, compared after multiplying by count, so that no fraction is rounded.
  const start = stream.below(total)
  const drawn: DrawnCluster[] = []
  let laid = 0
  for (const { at, size } of order) {
    laid += size
    if (laid * count > start + drawn.length * total)
      drawn.push({ at, probability: (count * size) / total, isCertain: false })
  }
  return drawn
}
