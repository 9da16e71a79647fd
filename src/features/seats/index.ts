import { dutyAnswerable } from './answerable.ts'
import { delegateDuty } from './delegate.ts'
import { endAppointment } from './end.ts'
import { exceptAppointment } from './except.ts'
import { figures } from './figures.ts'
import { makeAppointment } from './make.ts'
import { personShow } from './person.ts'
import { recallDuty } from './recall.ts'
import { seatChoose, seatRoster } from './roster.ts'

export { dutyAnswerable, personShow, seatChoose, seatRoster }
export { delegateDuty, endAppointment, exceptAppointment, makeAppointment, recallDuty }

export const acts = [makeAppointment, endAppointment, exceptAppointment, delegateDuty, recallDuty] as const
export const asks = [seatRoster, seatChoose, personShow, dutyAnswerable] as const
export { figures }
