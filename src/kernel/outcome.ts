import type { Refusal, RefusalText } from './act.ts'
import type { Answerable, UnitFacts } from './standing.ts'
import { fillText, type Text } from './words.ts'

/** A reason told to a person: the sentence with its facts, what it stands on, and how to put it right. */
export type Told = {
  readonly code: string
  readonly sentence: Text
  readonly remedy?: Text | undefined
  readonly cites?: string | undefined
}

export type Outcome =
  | { readonly id: string; readonly outcome: 'done'; readonly result: unknown }
  | { readonly id: string; readonly outcome: 'refused'; readonly refusals: readonly Told[] }

/** What a dry run says: nothing was changed. */
export type Rehearsal = {
  readonly refusals: readonly Told[]
  readonly advice: readonly Told[]
  /** What was looked at and found in order. */
  readonly fine: readonly Text[]
}

/** The input can't be read: which field, and why, in both languages. */
export class Malformed extends Error {
  readonly issues: readonly { readonly field: string; readonly problem: Text }[]
  constructor(issues: Malformed['issues']) {
    super(issues.map((issue) => `${issue.field}: ${issue.problem.en}`).join('; '))
    this.issues = issues
  }
}

/** The duty lies elsewhere: with whom, is told. */
export class NotYourDuty extends Error {
  readonly duty: { readonly id: string; readonly title: Text }
  readonly unit: UnitFacts
  readonly answerable: Answerable
  constructor(duty: NotYourDuty['duty'], unit: UnitFacts, whose: Answerable) {
    super(`The duty «${duty.id}» over ${unit.name.en} is not yours.`)
    this.duty = duty
    this.unit = unit
    this.answerable = whose
  }
}

/** Reasons that the kernel itself gives, for any act. They are not written to the journal: the same key may be tried again. */
export const kernelRefusals = {
  'key-reused': {
    zh: '这个办理编号已用于另一份内容，原办理结果未变。',
    en: 'This idempotency key was already used with another input; what was done first stands.',
    remedy: { zh: '换一个编号重新提交。', en: 'Send it again under a new key.' },
  },
  'unit-busy': {
    zh: '{unit}正有其他事项在办理，未能在限时内轮到；什么也没有改变。',
    en: 'Other acts over {unit} took too long; nothing was done.',
    remedy: { zh: '稍后用同一编号重试。', en: 'Try again with the same key.' },
  },
  'unit-unknown': {
    zh: '{day}没有这个单位（{unit}）。',
    en: 'There was no such unit ({unit}) on {day}.',
    remedy: { zh: '核对单位和日期。', en: 'Check the unit and the day.' },
  },
  'no-charter-in-force': {
    zh: '{day}尚无生效的章程。',
    en: 'No charter was in force on {day}.',
    remedy: { zh: '选择章程生效之后的日期。', en: 'Choose a day on which a charter is in force.' },
  },
  'duty-not-in-force': {
    zh: '{day}生效的章程（{version}）没有“{duty}”这项职责。',
    en: 'The charter in force on {day} ({version}) knows no duty «{duty}».',
    remedy: { zh: '核对日期，或修订章程。', en: 'Check the day, or amend the charter.' },
  },
} as const satisfies Record<string, RefusalText>

export const tell = (texts: Readonly<Record<string, RefusalText>>, refusal: Omit<Refusal, 'weight'>): Told => {
  const text = texts[refusal.code]
  if (!text) throw new Error(`No sentence is declared for «${refusal.code}».`)
  return {
    code: refusal.code,
    sentence: fillText({ zh: text.zh, en: text.en }, refusal.facts),
    ...(text.remedy && { remedy: fillText(text.remedy, refusal.facts) }),
    ...(text.cites && { cites: text.cites }),
  }
}
