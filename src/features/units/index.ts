import { foundProgramme } from './found.ts'
import { importUnits } from './import.ts'

export { foundProgramme, importUnits }

export const acts = [foundProgramme, importUnits] as const
export const asks = [] as const
export const figures = [] as const
