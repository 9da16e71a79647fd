import { fillText, type Text } from './words.ts'

export type ProblemKind =
  | 'gap'
  | 'contradiction'
  | 'duty-without-post'
  | 'act-without-duty'
  | 'obligation-nobody-can-meet'

const PROBLEMS = {
  'no-version': {
    kind: 'gap',
    zh: '本章程没有任何版本，哪一天都不生效。请写明版本及其生效日期。',
    en: 'The charter has no version, so that it is in force on no day. Give it a version with its first day.',
  },
  'tier-without-posts': {
    kind: 'gap',
    zh: '层级「{tier}」没有任何职务。请为其设立机构和职务，或删去该层级。',
    en: 'The tier «{tier}» has no post. Give it a body with a post, or remove the tier.',
  },
  'tier-without-taker': {
    kind: 'gap',
    zh: '层级「{tier}」可以缺位，但「{taker}」不在其上，无人接管其职责。请在 taken_over_by 写明一个更高的层级。',
    en: 'The tier «{tier}» may be missing, and «{taker}» does not stand above it, so that nobody takes its duties over. Name a higher tier in taken_over_by.',
  },
  'duty-never-in-force': {
    kind: 'gap',
    zh: '职责「{duty}」在任何版本中都不生效（依此行使的行为：{acts}）。请改正其 from 或 until。',
    en: 'The duty «{duty}» is in force in no version (acts done under it: {acts}). Mend its from or until.',
  },
  'obligation-never-in-force': {
    kind: 'gap',
    zh: '义务「{obligation}」在任何版本中都不生效。请改正其 from 或 until，或将其删去。',
    en: 'The obligation «{obligation}» is in force in no version. Mend its from or until, or remove it.',
  },
  'obligation-without-limit': {
    kind: 'gap',
    zh: '义务「{obligation}」由行为触发，却没有时限。请在 within 写明给出时限的参数。',
    en: 'The obligation «{obligation}» is triggered and has no time limit. Name the parameter that gives it in within.',
  },
  'parameter-without-value': {
    kind: 'gap',
    zh: '参数「{parameter}」自版本「{version}」生效之日（{day}）起没有普遍适用的值，而{needed}需要它。请补上该日或更早生效的值。',
    en: 'The parameter «{parameter}» has no general value from {day} on, the first day of the version «{version}», and {needed} needs it. Give it a value from that day or earlier.',
  },
  'id-twice': {
    kind: 'contradiction',
    zh: '{what}「{id}」出现不止一次，同一时间两处并存。请只保留一处，或错开生效版本。',
    en: 'The {what} «{id}» stands there more than once for the same time. Keep one of them, or give them versions that do not overlap.',
  },
  'two-tiers-not-joint': {
    kind: 'contradiction',
    zh: '职责「{duty}」由多个层级（{tiers}）承担，但没有写明是共同职责。请写 joint: true，或只留一个层级。',
    en: 'The duty «{duty}» is held by more than one tier ({tiers}) without being joint. Say joint: true, or leave it to one tier.',
  },
  'post-of-another-tier': {
    kind: 'contradiction',
    zh: '职务「{post}」属于层级「{its}」，却写在层级「{tier}」之下。请移到本层级，或改用该层级的职务。',
    en: 'The post «{post}» belongs to the tier «{its}» and is named under the tier «{tier}». Move it to its own tier, or name a post of this one.',
  },
  'two-values-from-a-day': {
    kind: 'contradiction',
    zh: '参数「{parameter}」有两个值自同一天（{day}）起生效。请只保留一个。',
    en: 'The parameter «{parameter}» has two values from the same day, {day}. Keep one.',
  },
  'versions-out-of-order': {
    kind: 'contradiction',
    zh: '版本「{version}」排在「{before}」之后，生效却不比它晚。请按生效日期先后排列版本。',
    en: 'The version «{version}» is listed after «{before}» and is not in force later. List the versions by their first days.',
  },
  'unknown-id': {
    kind: 'contradiction',
    zh: '这里引用的{what}「{id}」并不存在。请改正写法，或补上该项。',
    en: 'The {what} «{id}» that is named here does not exist. Mend its spelling, or add it.',
  },
  'limit-not-a-length-of-time': {
    kind: 'contradiction',
    zh: '参数「{parameter}」被用作时限，单位却是「{unit}」。请改用 days 或 working_days。',
    en: 'The parameter «{parameter}» is used as a time limit and is in «{unit}». Use days or working_days.',
  },
  'duty-without-post': {
    kind: 'duty-without-post',
    zh: '职责「{duty}」没有任何职务承担。请在 held_by 写明职务，或写明它是公众的权利（public: true）。',
    en: 'The duty «{duty}» is held by no post. Name its posts in held_by, or say that it is a right of the public (public: true).',
  },
  'through-without-act': {
    kind: 'gap',
    zh: '职责「{duty}」写明经由「{through}」履行，而没有任何行为依后者行使。请在 through 写明有行为的职责。',
    en: 'The duty «{duty}» is to be carried out through «{through}», under which no act is done. Name a duty that has acts in through.',
  },
  'through-others': {
    kind: 'contradiction',
    zh: '职责「{duty}」写明经由「{through}」履行，而在版本「{version}」中，承担前者的职务没有一个承担后者。请改正 through，或把后者交给那里的职务。',
    en: 'The duty «{duty}» is to be carried out through «{through}», which in the version «{version}» none of its own posts holds. Mend through, or give that duty to a post of it.',
  },
  'act-without-duty': {
    kind: 'act-without-duty',
    zh: '行为「{act}」依据的职责「{duty}」不在章程中。请把该职责写入章程，或改正行为所依据的职责。',
    en: 'The act «{act}» is done under the duty «{duty}», which the charter lacks. Add the duty to the charter, or mend the duty that the act names.',
  },
  'where-for-everybody': {
    kind: 'contradiction',
    zh: '义务「{obligation}」由参数「{parameter}」说明谁须承担，该参数却须对所有人有值。请将其设为 optional: true。',
    en: 'The parameter «{parameter}» is to say who owes the obligation «{obligation}», and yet must have a value for everybody. Make it optional: true.',
  },
  'report-without-author': {
    kind: 'gap',
    zh: '报告「{report}」由「{tier}」报送，而那里没有职务承担签报所依据的职责「{duty}」。请把该职责交给那里的职务，或改正报告的 duty 或 tier。',
    en: 'The report «{report}» is owed by the tier «{tier}», where no post holds the duty «{duty}» under which it is signed. Give that duty to a post there, or mend the report’s duty or tier.',
  },
  'report-goes-nowhere': {
    kind: 'contradiction',
    zh: '报告「{report}」的报送对象「{to}」不在报送单位之上。请在 to 写明更高的层级。',
    en: 'The report «{report}» goes to the tier «{to}», which does not stand above the one that owes it. Name a higher tier in to.',
  },
  'report-field-twice': {
    kind: 'contradiction',
    zh: '报告「{report}」中「{field}」出现不止一次。请只保留一处。',
    en: 'The field «{field}» stands more than once in the report «{report}». Keep one of them.',
  },
  'assessment-not-downward': {
    kind: 'contradiction',
    zh: '考核办法「{scheme}」的考核层级不在被考核层级之上。请改正 by 或 of。',
    en: 'By the assessment «{scheme}» a tier is assessed by one that does not stand above it. Mend its by or of.',
  },
  'assessment-part-twice': {
    kind: 'contradiction',
    zh: '考核办法「{scheme}」中「{part}」出现不止一次。请只保留一处。',
    en: 'In the assessment «{scheme}» the {part} stands more than once. Keep one of them.',
  },
  'assessment-grades-do-not-fall': {
    kind: 'contradiction',
    zh: '考核办法「{scheme}」的等次须由高到低，最后一等自0分起，使每个得分恰有一个等次。',
    en: 'The grades of the assessment «{scheme}» must fall, the last from 0 points on, so that every score has exactly one.',
  },
  'assessment-veto-without-grade': {
    kind: 'contradiction',
    zh: '考核办法「{scheme}」的一票否决「{veto}」所限的等次「{id}」不存在。请改正 at_most。',
    en: 'The veto «{veto}» of the assessment «{scheme}» allows at most the grade «{id}», which does not exist. Mend its at_most.',
  },
  'obligation-without-occasion': {
    kind: 'obligation-nobody-can-meet',
    zh: '义务「{obligation}」既无触发行为，也不定期发生，永远不会产生。请写明 triggered 或 recurring。',
    en: 'The obligation «{obligation}» is neither triggered nor recurring, so that it never arises. Give it triggered or recurring.',
  },
  'obligation-without-trigger': {
    kind: 'obligation-nobody-can-meet',
    zh: '义务「{obligation}」的触发行为（{acts}）都不存在，永远不会产生。请写明存在的行为。',
    en: 'No act that would trigger the obligation «{obligation}» exists ({acts}), so that it never arises. Name an act that exists.',
  },
  'obligation-without-act': {
    kind: 'obligation-nobody-can-meet',
    zh: '可以履行义务「{obligation}」的行为（{acts}）都不存在。请在 met_by 写明存在的行为。',
    en: 'No act that would meet the obligation «{obligation}» exists ({acts}). Name an act that exists in met_by.',
  },
  'obligation-without-duty': {
    kind: 'obligation-nobody-can-meet',
    zh: '义务「{obligation}」在版本「{version}」中生效，而其职责「{duty}」不生效。请使二者的生效版本一致。',
    en: 'The obligation «{obligation}» is in force in the version «{version}» and its duty «{duty}» is not. Give both the same versions.',
  },
  'bearer-may-not': {
    kind: 'obligation-nobody-can-meet',
    zh: '义务「{obligation}」落在「{tiers}」，但在版本「{version}」中，那里没有职务承担可以履行它的行为（{acts}）所依据的职责。请把该职责交给那里的职务，或改正 met_by。',
    en: 'The obligation «{obligation}» falls on «{tiers}», where in the version «{version}» no post holds a duty of the acts that meet it ({acts}). Give such a duty to a post there, or mend met_by.',
  },
} as const satisfies Record<string, Text & { kind: ProblemKind }>

export type ProblemCode = keyof typeof PROBLEMS

/** What is wrong with a charter, where, and what to do about it. */
export type Problem = {
  readonly kind: ProblemKind
  readonly code: ProblemCode
  /** The entry at fault, as `duties/set-goals` or `acts/goal.set`. */
  readonly where: string
  readonly sentence: Text
}

export type Facts = Readonly<Record<string, string | Text>>
export const problem = (code: ProblemCode, where: string, facts: Facts = {}): Problem => {
  const { kind, zh, en } = PROBLEMS[code]
  return { kind, code, where, sentence: fillText({ zh, en }, facts) }
}

/** What is named by an id, as a sentence calls it. */
export const NOUNS = {
  tiers: { zh: '层级', en: 'tier' },
  bodies: { zh: '机构', en: 'body' },
  posts: { zh: '职务', en: 'post' },
  versions: { zh: '版本', en: 'version' },
  sources: { zh: '出处', en: 'source' },
  duties: { zh: '职责', en: 'duty' },
  obligations: { zh: '义务', en: 'obligation' },
  parameters: { zh: '参数', en: 'parameter' },
  acts: { zh: '行为', en: 'act' },
  reports: { zh: '报告', en: 'report' },
  assessments: { zh: '考核办法', en: 'assessment' },
  figures: { zh: '指标', en: 'figure' },
} as const satisfies Record<string, Text>
export type Noun = keyof typeof NOUNS
