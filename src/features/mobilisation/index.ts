import { addToComplaint } from './complaint-add.ts'
import { answerComplaint } from './complaint-answer.ts'
import { contestComplaint } from './complaint-contest.ts'
import { complaintsInTime, complaintsOpen } from './complaint-figures.ts'
import { fileComplaint } from './complaint-file.ts'
import { listComplaints, showComplaint } from './complaint-list.ts'
import { openEnclosure, readComplaint, revealComplainant } from './complaint-read.ts'
import { complaintStatus } from './complaint-status.ts'
import { transferComplaint } from './complaint-transfer.ts'
import { helpActs, helpAsks, helpFigures } from './help.ts'

export { complaintOf, receiptFrom } from './complaint-books.ts'
export { FILE_BYTES_MAX } from './complaint-file-kind.ts'
export { complaintKinds, complaintTargets } from './complaint-words.ts'
export { isMoney } from './states.ts'

export const acts = [
  ...helpActs,
  fileComplaint,
  addToComplaint,
  contestComplaint,
  answerComplaint,
  transferComplaint,
  readComplaint,
  revealComplainant,
  openEnclosure,
] as const
export const asks = [...helpAsks, listComplaints, showComplaint, complaintStatus] as const
export const figures = [...helpFigures, complaintsOpen, complaintsInTime] as const
export { helpLinks } from './help-links.ts'
