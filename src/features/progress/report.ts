import { act } from '#kernel/act.ts'
import type { FiguresOf } from './compose.ts'
import { standingOf } from './heir.ts'
import { knownAhead, ReportInput, sign, type Signed, signingFacts } from './sign.ts'
import { mayBeSigned, signingAdvice, signingRefusals } from './signing.ts'
import type { State } from './state.ts'
import type { Given } from './signing.ts'

type Shown = {
  readonly unit: string
  readonly kind: string
  readonly period: string
  readonly state: State
  readonly duty: string
}

/** What a report's obligation speaks of: its period where it recurs, else the report itself. */
const subjectOf = ({ period }: Given, { report }: Signed, obligation: string): string =>
  obligation.startsWith('report-') ? period : report

const isReturned = (duty: string) => (report: Shown) => report.state === 'returned' && report.duty === duty
const inputOf = ({ unit, kind, period }: Shown) => ({ unit, kind, period })

const COUNTY_DUTY = 'urge-progress'
const PROVINCE_DUTY = 'report-yearly'

/** A unit signs what the system knows of its month and what only it can add, and sends it to the level above. */
export const reportProgress = (figuresOf: FiguresOf) =>
  act({
    name: 'progress.report',
    title: { zh: '签报工作进展', en: 'Sign and send a report' },
    purpose: {
      zh: '系统已经知道的由系统写成，只补上没人录入过的；签报后数字保持签报时的值。退回的只改有意见的内容，逐条答复。',
      en: 'What the system knows is written by itself; only what nobody has entered is added. Figures keep the value that they had when signed. Of a returned report only what was remarked on is changed, and every remark is answered.',
    },
    duty: COUNTY_DUTY,
    input: ReportInput,
    refusals: signingRefusals,
    advice: signingAdvice,
    then: [
      { zh: '报告送上一级逐栏审核。', en: 'The level above looks through it field by field.' },
      {
        zh: '通过后送再上一级；有问题的附意见退回。',
        en: 'Passed, it goes on to the level above that; else it comes back with remarks.',
      },
    ],
    about: { kind: 'report', offered: isReturned(COUNTY_DUTY), input: inputOf },
    over: ({ unit }, { db, on }) => standingOf(db, unit, on),
    turns: ({ unit }) => [unit],
    ahead: (db, input, read) => knownAhead(db, input, read, figuresOf),
    facts: signingFacts,
    rule: (facts, input, refuse, by, advise) => mayBeSigned(facts, input, COUNTY_DUTY, refuse, by, advise),
    effect: (tx, input, facts, by, ahead) => sign(tx, input, facts, by, ahead),
    subject: subjectOf,
    obliges: ({ unit }, { scrutinised }) => (scrutinised ? [unit] : []),
  })

/** The same under the duty to report to the centre every year. */
export const reportYear = (figuresOf: FiguresOf) =>
  act({
    name: 'progress.report-year',
    title: { zh: '签报年度进展', en: 'Sign and send the year’s report' },
    purpose: {
      zh: '向上一级报告全年进展：数字和办过的事项由系统写成，只补上没人录入过的。',
      en: 'Reports the year’s progress to the level above: figures and what was done are written by the system, only the rest is added.',
    },
    duty: PROVINCE_DUTY,
    input: ReportInput,
    refusals: signingRefusals,
    advice: signingAdvice,
    then: [{ zh: '报告即送达上一级。', en: 'The report is with the level above at once.' }],
    about: { kind: 'report', offered: isReturned(PROVINCE_DUTY), input: inputOf },
    over: ({ unit }, { db, on }) => standingOf(db, unit, on),
    turns: ({ unit }) => [unit],
    ahead: (db, input, read) => knownAhead(db, input, read, figuresOf),
    facts: signingFacts,
    rule: (facts, input, refuse, by, advise) => mayBeSigned(facts, input, PROVINCE_DUTY, refuse, by, advise),
    effect: (tx, input, facts, by, ahead) => sign(tx, input, facts, by, ahead),
    subject: subjectOf,
    obliges: ({ unit }, { scrutinised }) => (scrutinised ? [unit] : []),
  })
