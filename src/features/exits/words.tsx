import type { Person } from '#kernel/standing.ts'
import type { Light as LightColour } from '#kernel/link.ts'
import type { Text } from '#kernel/words.ts'
import { Light, MadeUp, PersonName, useSay, useSession } from '#web/parts/index.ts'

export const words = {
  exits: { zh: '贫困退出', en: 'Exits from poverty' },
  exitsSub: { zh: '七个步骤，依次办理；沉默不等于同意。', en: 'Seven steps, in order; silence is never consent.' },
  year: { zh: '退出年度', en: 'Year of exit' },
  within: { zh: '范围', en: 'Within' },
  whole: { zh: '全部', en: 'All of it' },
  late: { zh: '超期', en: 'late' },
  lateOnly: { zh: '只看超期', en: 'Late only' },
  everyStep: { zh: '全部步骤', en: 'Every step' },
  cases: { zh: '{count} 个县', en: '{count} counties' },
  more: { zh: '其余 {count} 个 →', en: '{count} more →' },
  noneHere: { zh: '没有', en: 'none' },
  noCases: { zh: '该年度还没有县提出退出。', en: 'No county has proposed its exit for this year yet.' },
  county: { zh: '县', en: 'County' },
  step: { zh: '步骤', en: 'Step' },
  waitsFor: { zh: '等谁办理', en: 'Waits for' },
  waitsSince: { zh: '{since} 起', en: 'since {since}' },
  due: { zh: '期限', en: 'Due' },
  round: { zh: '第 {round} 轮', en: 'round {round}' },
  vacant: { zh: '职位空缺', en: 'the seat is vacant' },
  candidates: { zh: '本年度拟退出、尚未提出的县', en: 'Scheduled for this year and not proposed yet' },
  missing: { zh: '还差什么', en: 'What is still missing' },
  ready: { zh: '可以提出', en: 'ready to propose' },
  title: { zh: '{county} · {year}年退出', en: '{county} · exit for {year}' },
  steps: { zh: '七个步骤', en: 'The seven steps' },
  ahead: { zh: '尚未到这一步', en: 'not there yet' },
  now: { zh: '正在这一步', en: 'here now' },
  skipped: { zh: '未抽中，不评估', en: 'not drawn, not evaluated' },
  basis: { zh: '退出依据', en: 'What it stands on' },
  rate: { zh: '贫困发生率', en: 'Headcount' },
  ofRural: { zh: '{poor} / {rural} 人', en: '{poor} of {rural} rural people' },
  limitMax: { zh: '上限 {limit}', en: 'limit {limit}' },
  villages: { zh: '贫困村已退出', en: 'Poor villages out' },
  asOf: { zh: '截至', en: 'As of' },
  corrected: { zh: '更正过 {count} 次', en: 'corrected {count} times' },
  notAttested: { zh: '县尚未确认贫困发生率。', en: 'The county has not attested its headcount.' },
  metrics: { zh: '评估指标', en: 'Metrics of the evaluation' },
  metric: { zh: '指标', en: 'Metric' },
  value: { zh: '结果', en: 'Result' },
  asked: { zh: '标准', en: 'Asked' },
  below: { zh: '低于 {limit}', en: 'below {limit}' },
  atLeast: { zh: '不低于 {limit}', en: 'at least {limit}' },
  passes: { zh: '达标', en: 'passes' },
  fails: { zh: '不达标', en: 'fails' },
  notice: { zh: '公示', en: 'Public notice' },
  notices: { zh: '退出公示', en: 'Public notices' },
  noticesSub: { zh: '公示期内任何人都可以提出异议。', en: 'While a notice stands, anyone may object.' },
  place: { zh: '{above} {name}', en: '{name}, {above}' },
  stands: { zh: '公示中，还剩 {days} 天', en: 'stands, {days} days left' },
  lastDay: { zh: '公示中，今日截止', en: 'stands until tonight' },
  ended: { zh: '已结束', en: 'ended' },
  fromUntil: { zh: '{from} 至 {until}', en: '{from} to {until}' },
  openNotice: { zh: '打开公示', en: 'open the notice' },
  became: { zh: '结果', en: 'Outcome' },
  objections: { zh: '异议', en: 'Objections' },
  noneObjected: { zh: '无', en: 'none' },
  noObjections: { zh: '没有异议。', en: 'No objections.' },
  answered: { zh: '已答复 {answered} / {objections}', en: '{answered} of {objections} answered' },
  upheld: { zh: '成立，退回整改', en: 'upheld: returned for correction' },
  dismissed: { zh: '不成立', en: 'dismissed' },
  unanswered: { zh: '尚未答复', en: 'not answered yet' },
  sealed: { zh: '封存的证据', en: 'The sealed evidence' },
  sealedWhy: {
    zh: '批准时全部证据逐字封存。任何人重新计算，得到同一校验码，即未被改动。',
    en: 'All evidence was sealed word for word with the approval. Whoever computes the digest again and finds the same, knows that nothing was changed.',
  },
  letters: { zh: '{count} 字', en: '{count} characters' },
  download: { zh: '下载原文', en: 'Download the text' },
  earlier: { zh: '以往各轮', en: 'Earlier rounds' },
  chain: { zh: '看责任链', en: 'See the chain' },
  board: { zh: '退出进展', en: 'The board' },
  forecast: { zh: '预测', en: 'Forecast' },
  can: { zh: '可以办', en: 'What may be done' },
  nothingWaits: { zh: '不再等待任何人。', en: 'Nobody is waited for any more.' },
  entry: { zh: '记录', en: 'entry' },
  reveal: { zh: '查看异议人', en: 'See who objected' },
  revealWhy: { zh: '查看会记入日志。', en: 'That you looked goes into the journal.' },
  noName: { zh: '未留姓名', en: 'no name' },
  noContact: { zh: '未留联系方式', en: 'no contact' },
} satisfies Record<string, Text>

export const outcomes: Readonly<Record<string, Text>> = {
  pass: { zh: '通过', en: 'passed' },
  return: { zh: '退回整改', en: 'returned' },
  drawn: { zh: '抽中', en: 'drawn' },
  released: { zh: '未抽中', en: 'not drawn' },
}
export const stepNames: Readonly<Record<string, Text>> = {
  propose: { zh: '提出', en: 'proposed' },
  withdraw: { zh: '撤回', en: 'withdrawn' },
  review: { zh: '初审', en: 'review' },
  commission: { zh: '委托评估', en: 'commissioned evaluation' },
  verify: { zh: '核查', en: 'verification' },
  notice: { zh: '公示', en: 'notice posted' },
  objection: { zh: '异议', en: 'objection upheld' },
  report: { zh: '审定报告', en: 'reported' },
  draw: { zh: '抽取', en: 'draw' },
  evaluate: { zh: '专项评估检查', en: 'special evaluation' },
  approve: { zh: '批准', en: 'approved' },
  revoke: { zh: '撤销批准', en: 'approval revoked' },
}
export const metricWords: Readonly<Record<string, Text>> = {
  headcount: { zh: '综合贫困发生率', en: 'Composite headcount' },
  wrongExit: { zh: '错退率', en: 'Wrong exits' },
  miss: { zh: '漏评率', en: 'Misses' },
  approval: { zh: '群众认可度', en: 'Public approval' },
}

export type WaitingShown = {
  readonly unit: { readonly id: string; readonly name: Text }
  readonly postName: Text
  readonly person: Person | null
  readonly isVacant: boolean
  readonly since: string | null
  readonly due: string | null
  readonly light: LightColour
  readonly words: Text
} | null

const isSameYear = (a: string, b: string | undefined) => a.slice(0, 4) === b?.slice(0, 4)

/** Who is waited for, by name, and how it stands against the date. */
export function Waits({ waiting, brief = false }: { waiting: WaitingShown; brief?: boolean }) {
  const { say, day } = useSay()
  const today = useSession()?.today
  if (!waiting) return <span className="sub">{say(words.nothingWaits)}</span>
  return (
    <span>
      <Light light={waiting.light}>
        {brief && waiting.light === 'none' && waiting.due && <span className="visually-hidden">{say(words.due)} </span>}
        {brief && waiting.light === 'none' && waiting.due
          ? day(waiting.due, isSameYear(waiting.due, today) ? 'short' : 'full')
          : say(waiting.words)}
      </Light>
      <span className={brief ? 'small' : ''} style={{ display: 'block' }}>
        {say(waiting.unit.name)} {!brief && <>· {say(waiting.postName)}</>}{' '}
        {waiting.isVacant ? (
          <span className="sub">({say(words.vacant)})</span>
        ) : (
          waiting.person && <PersonName person={waiting.person} />
        )}
      </span>
      {!brief && waiting.since && (
        <span className="sub small" style={{ display: 'block' }}>
          {say(words.waitsSince, { since: day(waiting.since) })}
        </span>
      )}
    </span>
  )
}

/** In a demonstration the numbers of counties and evaluations are made up, and say so. */
export function DemonstrationMark() {
  return useSession()?.mode === 'demonstration' ? <MadeUp /> : null
}

export const basisPoints = (value_bp: number) => `${(value_bp / 100).toFixed(2)}%`
/** As the server tells it: cut, and never rounded in anybody's favour. */
export const rateOf = (part: number, whole: number) =>
  whole === 0 ? '—' : basisPoints(Math.floor((part * 10_000) / whole))
