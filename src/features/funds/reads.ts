import { accountEntries } from './entries.ts'
import { showPosting } from './books-show.ts'
import { fundsCash } from './cash.ts'
import { fundsExecution } from './execution.ts'
import { findLines, findPayees, findPostings } from './find.ts'
import { fundsFlow } from './flows.ts'
import { listForebears } from './forebears.ts'
import { listFundLines } from './line-list.ts'
import { showLine } from './line-show.ts'
import { listProjectMoney } from './project-list.ts'
import { showProjectMoney } from './project-money.ts'
import { traceFunds } from './trace-show.ts'

/** Every question about money that has come into the books. */
export const moneyAsks = [
  listFundLines,
  listForebears,
  showLine,
  fundsExecution,
  fundsFlow,
  accountEntries,
  showPosting,
  fundsCash,
  showProjectMoney,
  listProjectMoney,
  findLines,
  findPayees,
  findPostings,
  traceFunds,
] as const
