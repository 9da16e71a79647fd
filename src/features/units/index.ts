import { designateUnits } from './designate.ts'
import { establishUnit } from './establish.ts'
import { figures } from './figures.ts'
import { unitFind } from './find.ts'
import { foundProgramme } from './found.ts'
import { importUnits } from './import.ts'
import { mergeUnits } from './merge.ts'
import { moveUnit } from './move.ts'
import { recodeUnit } from './recode.ts'
import { renameUnit } from './rename.ts'
import { unitShow } from './show.ts'
import { splitUnit } from './split.ts'
import { unitProgramme, unitTable } from './table.ts'
import { unitTree } from './tree.ts'

export { designate, endDesignation } from './closing.ts'
export { searched, typed } from './find.ts'
export { rootOf } from './tree.ts'
export {
  designateUnits,
  establishUnit,
  foundProgramme,
  importUnits,
  mergeUnits,
  moveUnit,
  recodeUnit,
  renameUnit,
  splitUnit,
}
export { unitFind, unitProgramme, unitShow, unitTable, unitTree }

export const acts = [
  foundProgramme,
  importUnits,
  establishUnit,
  renameUnit,
  recodeUnit,
  moveUnit,
  mergeUnits,
  splitUnit,
  designateUnits,
] as const
export const asks = [unitTree, unitFind, unitTable, unitShow, unitProgramme] as const
export { figures }
