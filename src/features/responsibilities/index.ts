import { chainOf } from './chain.ts'
import { findAnything } from './find.ts'
import { searchJournal, showEntry } from './journal.ts'
import { charterMatrix, charterParameters, charterWords } from './matrix.ts'
import { mine } from './mine.ts'
import { findPeople, findUnits } from './pickers.ts'
import { seatsOf, suggestedSeats } from './seats.ts'

export { readItems } from './items.ts'

export const asks = [
  mine,
  chainOf,
  charterMatrix,
  charterParameters,
  charterWords,
  searchJournal,
  showEntry,
  findAnything,
  findUnits,
  findPeople,
  seatsOf,
  suggestedSeats,
] as const
