import { consentToSchedule } from './consent.ts'
import { schedulesConsented } from './figures.ts'
import { scheduleLinks } from './links.ts'
import { listSchedules, showSchedule } from './list.ts'
import { returnSchedule } from './return.ts'
import { reviseSchedule } from './revise.ts'
import { setSchedule } from './set.ts'

export { isPoor, poorCounty, schedulesOn } from './books.ts'
export { consentToSchedule, returnSchedule, reviseSchedule, setSchedule }

export const acts = [setSchedule, reviseSchedule, consentToSchedule, returnSchedule] as const
export const asks = [listSchedules, showSchedule] as const
export const figures = [schedulesConsented] as const
export const links = [scheduleLinks] as const
