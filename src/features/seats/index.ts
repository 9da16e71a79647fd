import { makeAppointment } from './make.ts'

export { appointingUnit } from './make.ts'
export { makeAppointment }

export const acts = [makeAppointment] as const
export const asks = [] as const
export const figures = [] as const
