import { reportBoard } from './board.ts'
import type { FiguresOf } from './compose.ts'
import { composeReport } from './compose-ask.ts'
import { reportsReturned, reportsSent, reportsWaiting } from './figures.ts'
import { reportLinks } from './links.ts'
import { listReports } from './list.ts'
import { reportProgress, reportYear } from './report.ts'
import { returnReport } from './return.ts'
import { scrutiniseReport } from './scrutinise.ts'
import { showReport } from './show.ts'

/** A report is made of the programme's figures; they are given when the slice is assembled. */
export const actsWith = (figuresOf: FiguresOf) =>
  [reportProgress(figuresOf), reportYear(figuresOf), scrutiniseReport, returnReport] as const
export const asksWith = (figuresOf: FiguresOf) =>
  [reportBoard, listReports, composeReport(figuresOf), showReport(figuresOf)] as const
export const figures = [reportsSent, reportsWaiting, reportsReturned] as const
export const links = [reportLinks] as const
