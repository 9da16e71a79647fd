import type { Text } from '#kernel/words.ts'
import { stageNames } from '#features/exits/index.ts'
import { dayText } from './days.ts'
import type { Forecast, Lesson } from './forecaster.ts'
import type { Grade, Part } from './model.ts'
import type { Status } from './outlook.ts'
import type { PaceStage } from './pace.ts'
import type { Seen } from './signs.ts'

export const gradeNames: Readonly<Record<Grade, Text>> = {
  likely: { zh: '较有把握', en: 'likely' },
  open: { zh: '难以断定', en: 'open' },
  unlikely: { zh: '恐难按期', en: 'unlikely' },
}
export const statusNames: Readonly<Record<Status, Text>> = {
  open: { zh: '进行中', en: 'under way' },
  made: { zh: '已按期退出', en: 'out in its year' },
  after: { zh: '年后才批准', en: 'approved after its year' },
  missed: { zh: '已误期', en: 'missed its year' },
}
export const stageName = (stage: PaceStage): Text =>
  stage === 'again' ? { zh: '整改后重新提出', en: 'Proposal, again' } : stageNames[stage]

export const partNames: Readonly<Record<Part['part'], Text>> = {
  base: { zh: '起点：以往各年的县', en: 'To begin with: counties of earlier years' },
  pace: { zh: '进度：步骤与剩余时间', en: 'Pace: steps done and days left' },
  late: { zh: '逾期事项', en: 'Late obligations' },
  slipped: { zh: '滞后的项目节点', en: 'Slipped milestones' },
  idle: { zh: '闲置资金', en: 'Idle money' },
  headcount: { zh: '贫困发生率', en: 'Headcount' },
}

const whole = (share: number) => Math.round(100 * share)
const are = (count: number) => (count === 1 ? 'is' : 'are')
const was = (count: number) => (count === 1 ? 'was' : 'were')
const counted = (count: number) => (count === 1 ? 'one county' : `${count} counties`)

/** Why the forecast begins where it does. */
export const baseWords = ({ years, counties, made }: Lesson): Text =>
  counties === 0
    ? {
        zh: '还没有任何一年结束，没有经验可依，从一半对一半开始。',
        en: 'No year is over yet, and there is nothing to learn from: it begins at even chances.',
      }
    : {
        zh: `${spanOf(years)}年进度安排在当年退出的${counties}个县（次）中，${made}个在当年获批准。`,
        en: `Of ${counted(counties)} whose schedules named ${spanOf(years, '–')}, ${made} ${was(made)} approved within the year.`,
      }

const spanOf = (years: readonly number[], dash = '—') =>
  years.length > 1 ? `${years[0]}${dash}${years.at(-1)}` : String(years[0])

/** What the pace stands on: how many counties stood as long at the same step, and how many of them were out in time. */
export function paceWords({ position, pace }: Forecast, on: number, deadline: number, area: Text | null): Text {
  const elapsed = Math.max(0, on - position.since)
  const left = deadline - on
  const share = pace.basis === 'area' ? pace.area : pace.country
  const stage = stageName(position.stage)
  const whose =
    pace.basis === 'area' && area
      ? { zh: area.zh, en: `of ${area.en} alone` }
      : { zh: '全国', en: 'of the whole country' }
  const stands =
    position.stage === 'propose'
      ? { zh: '尚未提出退出', en: 'It has not proposed yet' }
      : {
          zh: `${dayText(position.since)}起停在“${stage.zh}”已${elapsed}天`,
          en: `It stands at “${stage.en}” since ${dayText(position.since)}, ${elapsed} days`,
        }
  const sofar = { zh: `${stands.zh}，还剩${left}天。`, en: `${stands.en}; ${left} days are left. ` }
  if (pace.basis === 'law')
    return {
      zh: `${sofar.zh}以往没有县走到这一步可比，只能以法定期限推断。`,
      en: `${sofar.en}No county of earlier years can be compared: only the law’s time limits can be told from.`,
    }
  if (pace.asIf) {
    const next = stageName(pace.asIf)
    return {
      zh: `${sofar.zh}以往几乎没有县这么久停在这一步。假如今天就办完：以往走到“${next.zh}”的县（${whose.zh}）有${share.stood}个，其中${share.made}个在同样的天数内获批准。`,
      en: `${sofar.en}Hardly any county of earlier years stood there for so long. If the step were done today: of ${counted(share.stood)} that came to “${next.en}” (${whose.en}), ${share.made} ${was(share.made)} approved within as many days.`,
    }
  }
  return {
    zh: `${sofar.zh}以往各年同样久地停在这一步的县（${whose.zh}）有${share.stood}个次，其中${share.made}个在同样的天数内获批准。`,
    en: `${sofar.en}Of ${counted(share.stood)} that stood there as long in earlier years (${whose.en}), ${share.made} ${was(share.made)} approved within as many days.`,
  }
}

/** What a sign is, as it was seen on the day. */
export function signWords(part: Exclude<Part['part'], 'base' | 'pace'>, seen: Seen): Text {
  switch (part) {
    case 'late':
      return {
        zh: `${seen.late}项应办事项逾期未办。`,
        en: `${seen.late} of what is owed over the county ${are(seen.late)} late.`,
      }
    case 'slipped':
      return {
        zh: `${seen.slipped}个在建项目节点已过期未完成。`,
        en: `${seen.slipped} milestone${seen.slipped === 1 ? '' : 's'} of projects under way ${seen.slipped === 1 ? 'has' : 'have'} slipped.`,
      }
    case 'idle':
      return {
        zh: `本年度资金的${whole(seen.idle?.share ?? 0)}%尚未安排；各县中位数为${whole(seen.idle?.usual ?? 0)}%。`,
        en: `${whole(seen.idle?.share ?? 0)} % of the year’s money lies idle; in the middle county of all it is ${whole(seen.idle?.usual ?? 0)} %.`,
      }
    case 'headcount':
      return {
        zh: '最近一次确认的贫困发生率高于退出上限，提出将被退回。',
        en: 'The headcount attested last is above the limit: a proposal would be refused.',
      }
  }
}

export const partRecords: Readonly<Record<Part['part'], (unit: string, year: number) => string>> = {
  base: () => '/forecast#error',
  pace: (unit, year) => `/exits/${unit}/${year}`,
  late: (unit) => `/obligations?unit=${unit}`,
  slipped: (unit) => `/milestones?unit=${unit}`,
  idle: (unit, year) => `/funds/county/${unit}?year=${year}`,
  headcount: (unit, year) => `/exits/${unit}/${year}`,
}
