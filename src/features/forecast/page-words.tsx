import type { Text } from '#kernel/words.ts'
import type { Light as LightColour } from '#kernel/link.ts'
import { Light, MadeUp, useSay, useSession } from '#web/parts/index.ts'

export const words = {
  title: { zh: '退出预测', en: 'Forecast of exits' },
  sub: {
    zh: '按进度安排退出的县，能不能在当年获批准：可能性从哪里来，下一步最迟何时由谁办。',
    en: 'Whether counties will be approved within the year of their schedule: where the chance comes from, and who has to do what by when.',
  },
  within: { zh: '范围', en: 'Within' },
  year: { zh: '退出年度', en: 'Year of exit' },
  county: { zh: '县', en: 'County' },
  chance: { zh: '按期的可能性', en: 'Chance of being in time' },
  stands: { zh: '现在停在', en: 'Stands at' },
  since: { zh: '{since} 起', en: 'since {since}' },
  next: { zh: '下一步', en: 'Next step' },
  moves: { zh: '影响（百分点）', en: 'Moved by (points)' },
  points: { zh: '{points} 个百分点', en: '{points} points' },
  byDay: { zh: '最迟 {day}', en: 'by {day}' },
  pastDay: { zh: '最迟日 {day} 已过', en: 'last good day {day} has passed' },
  empty: { zh: '没有符合条件的县。', en: 'No county fits.' },
  all: { zh: '全部', en: 'All' },
  atRisk: { zh: '有风险', en: 'At risk' },
  show: { zh: '显示', en: 'Show' },
  inYear: { zh: '已按期退出', en: 'Out in its year' },
  counted: { zh: '{count} 个县', en: '{count} counties' },
  likely: { zh: '较有把握', en: 'Likely' },
  open: { zh: '难以断定', en: 'Open' },
  unlikely: { zh: '恐难按期', en: 'Unlikely' },
  missed: { zh: '已误期', en: 'Missed' },
  after: { zh: '年后批准', en: 'Approved afterwards' },
  likelyMeans: { zh: '可能性75%及以上', en: 'a chance of 75 % or more' },
  openMeans: { zh: '可能性40%—74%', en: 'a chance of 40 to 74 %' },
  unlikelyMeans: { zh: '可能性不到40%', en: 'a chance below 40 %' },
  missedMeans: { zh: '安排的年度已过，仍是贫困县', en: 'its year is over, and it is still poor' },
  expected: { zh: '预计 {year} 年共 {count} 个县按期', en: 'Expected to make {year}, counties: {count}' },
  // One county.
  countyTitle: { zh: '{county} · {year}年退出预测', en: '{county} · forecast for {year}' },
  exit: { zh: '退出办理', en: 'The exit' },
  allForecasts: { zh: '全部预测', en: 'All forecasts' },
  chain: { zh: '责任链', en: 'The chain' },
  daysLeft: { zh: '距 {deadline} 还剩 {days} 天', en: '{days} days are left until {deadline}' },
  why: { zh: '可能性从哪里来', en: 'How the chance comes about' },
  so: { zh: '至此', en: 'So far' },
  how: { zh: '变动（百分点）', en: 'Change (points)' },
  part: { zh: '因素', en: 'Part' },
  records: { zh: '查看记录', en: 'see the records' },
  oddsSet: {
    zh: '该因素最多把比值降到{setting}%（章程设定）。',
    en: 'At most it lowers the odds to {setting} % (the charter’s setting).',
  },
  odds: {
    zh: '该因素最多把比值降到{fitted}%（章程设定{setting}%，按历史修正）。',
    en: 'At most it lowers the odds to {fitted} % (the charter’s setting says {setting} %; the history has corrected it).',
  },
  steps: { zh: '还差哪些步骤', en: 'What is still to be done' },
  step: { zh: '步骤', en: 'Step' },
  who: { zh: '谁办', en: 'By whom' },
  last: { zh: '最迟', en: 'Last good day' },
  usual: { zh: '通常需要', en: 'Usually takes' },
  days: { zh: '{days} 天', en: '{days} days' },
  basisArea: { zh: '按本省以往', en: 'by its own area' },
  basisCountry: { zh: '按全国以往', en: 'by the whole country' },
  basisYear: { zh: '即期限', en: 'the deadline itself' },
  basisLaw: { zh: '按法定期限', en: 'by the law’s time limits' },
  lastMeans: {
    zh: '最迟日从年底倒推：以往走完这一步之后，五个县中有四个在这么多天内获批准。再晚就比多数县更赶。',
    en: 'Last good days are counted back from the year’s end: once the step was done, four in five counties were approved within so many days.',
  },
  alike: {
    zh: '以往说 {from}%—{to}% 的 {forecasts} 次预测中，{came}% 真的按期。',
    en: 'Of {forecasts} earlier forecasts of {from} to {to} %, {came} % came true.',
  },
  notAlike: { zh: '以往没有这样的预测可比。', en: 'No earlier forecast was like this one.' },
  howFar: { zh: '有多准', en: 'How far to believe it' },
  // Calibration.
  error: { zh: '预测有多准', en: 'How far the forecast can be believed' },
  errorHow: {
    zh: '每个已结束的年度，都只用以前的年度来预测，每月末一次，再与结果比对。按期，是指在进度安排的年度内获批准（章程给宽限天数的，含宽限）。',
    en: 'Each year that is over is forecast from the years before it alone, at the end of each month, and held against what came. In time means approved within the year of the schedule, and the days of grace if the charter gives any.',
  },
  madeUpDays: {
    zh: '演示：退出年度是真实的，年内各步的日期是虚构的。所以这里验证的是方法，不是现实；信号与结果之间也没有真实的联系。',
    en: 'Demonstration: the years of exit are facts; the days within them are made up. What is shown here proves the method and not the world; nor do the signs have any true bearing on what came.',
  },
  noYears: { zh: '还没有已结束的年度可比。', en: 'No year is over yet that it could be held against.' },
  outcome: { zh: '{year}年：{counties}个县，{made}个按期', en: '{year}: {made} of {counties} in time' },
  said: { zh: '预测', en: 'Said' },
  came: { zh: '实际按期', en: 'Came true' },
  forecasts: { zh: '预测次数', en: 'Forecasts' },
  class: { zh: '预测档', en: 'Said between' },
  group: { zh: '分组', en: 'Group' },
  byArea: { zh: '按省', en: 'By area' },
  byYear: { zh: '按年度', en: 'By year' },
  byMonth: { zh: '按月份', en: 'By month' },
  brier: { zh: '布赖尔分数', en: 'Brier score' },
  brierBase: { zh: '只报历年比例', en: 'Bare share' },
  brierHindsight: { zh: '事后比例', en: 'Share in hindsight' },
  brierMeans: {
    zh: '布赖尔分数越小越好：0为全对，一律说五成得0.25。“只报历年比例”是每次都说以往各年的按期比例；“事后比例”是假如事先就知道这一组的实际比例。',
    en: 'The lower the Brier score the better: nought is perfect, always saying one half scores 0.25. “Bare share” always says the share of the years before; “in hindsight” would have known this very group’s share.',
  },
  outcomes: { zh: '县（误期）', en: 'Counties (missed)' },
  cantTell: { zh: '结果几乎一样，说明不了什么', en: 'too much alike to tell' },
  better: { zh: '优于只报比例', en: 'better than the bare share' },
  worse: { zh: '不如只报比例', en: 'worse than the bare share' },
  signs: { zh: '各信号的分量', en: 'What each sign weighs' },
  sign: { zh: '信号', en: 'Sign' },
  setting: { zh: '章程设定', en: 'Setting' },
  fitted: { zh: '按历史', en: 'By history' },
  seen: { zh: '历史中出现', en: 'Seen in history' },
  seenIn: { zh: '{counties} 县 · {looks} 次', en: '{counties} counties · {looks} times' },
  signsMean: {
    zh: '有该信号（满值）的县，按期的比值是没有该信号的县的百分之几。设定是虚构的，相当于二十个县的经验；历史越多，设定越不起作用。任何信号都不会提高可能性。',
    en: 'The odds of a county with the sign in full, in percent of those of one without. The settings are made up and count as much as twenty counties; the more history, the less they do. No sign ever raises the chance.',
  },
} satisfies Record<string, Text>

export const lightOf = (status: string, grade: string | null): LightColour =>
  status === 'made'
    ? 'green'
    : status === 'open'
      ? (({ likely: 'green', open: 'yellow' } as const)[grade ?? ''] ?? 'red')
      : 'red'

type Told = {
  readonly status: string
  readonly statusName: Text
  readonly percent: number
  readonly grade: string | null
  readonly gradeName: Text | null
}

/** The chance in whole percent with its word; of a year that is decided, what became of it. */
export function Chance({ of }: { of: Told }) {
  const { say, percent } = useSay()
  const light = lightOf(of.status, of.grade)
  if (of.status !== 'open') return <Light light={light}>{say(of.statusName)}</Light>
  return (
    <>
      <b className="num">{percent(of.percent / 100, 0)}</b>{' '}
      <Light light={light}>{say(of.gradeName ?? of.statusName)}</Light>
    </>
  )
}

/** Points up or down, with their sign. */
export const signed = (points: number): string => (points > 0 ? `+${points}` : points < 0 ? `−${-points}` : '±0')

/** In a demonstration the days within the years are made up, and say so. */
export function DemonstrationMark() {
  return useSession()?.mode === 'demonstration' ? <MadeUp /> : null
}
