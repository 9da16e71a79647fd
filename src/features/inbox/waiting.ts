import type { Reader } from '#kernel/ask.ts'
import type { Seat } from '#kernel/standing.ts'
import type { Waiting, WaitingFor } from '#kernel/waiting.ts'
import type { Desks, SeatDesks } from './desks.ts'

/** What other slices have waiting; given by the registry, which knows them all. */
export type AllWaiting = () => readonly WaitingFor[]

export const waitingKey = ({ kind, subject }: Waiting) => `waiting/${kind}/${subject}`.slice(0, 300)

const newestFirst = (a: Waiting, b: Waiting) => (a.since < b.since ? 1 : a.since > b.since ? -1 : 0)

/** What waits for anybody on a day, beyond what is owed. */
export const allThatWaits = async (reader: Reader, all: AllWaiting): Promise<readonly Waiting[]> =>
  (await Promise.all(all().map((waitingFor) => waitingFor(reader, 'all')))).flat()

/** What waits for a seat on a day, beyond what it owes; the newest first. */
export async function waitsFor(reader: Reader, desks: Desks, { seat, below }: SeatDesks, all: AllWaiting) {
  const found = (await Promise.all(all().map((waitingFor) => waitingFor(reader, below)))).flat()
  const isTheirs = (each: Seat) => each.unit === seat.unit && each.post === seat.post
  return found
    .filter(({ duty, unit, since }) => since <= reader.on && desks.seatsOf(duty, unit).some(isTheirs))
    .toSorted(newestFirst)
}
