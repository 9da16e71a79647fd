/** What a file may cost before it is put aside unread. */
export type SheetLimits = {
  /** Of the file as it was sent. */
  readonly fileBytesMax: number
  /** Of all its parts unpacked. */
  readonly unpackedBytesMax: number
  /** How many times larger a part may become than it was packed, once it is larger than a few megabytes. */
  readonly ratioMax: number
  readonly entriesMax: number
  readonly sheetsMax: number
  readonly sharedStringsMax: number
  readonly cellsMax: number
}

const MiB = 1024 * 1024

/** Far above a county's library of 100,000 rows, far below what would hold up a server. */
export const sheetLimits: SheetLimits = {
  fileBytesMax: 200 * MiB,
  unpackedBytesMax: 1024 * MiB,
  ratioMax: 200,
  entriesMax: 2_000,
  sheetsMax: 50,
  sharedStringsMax: 3_000_000,
  cellsMax: 10_000_000,
}
