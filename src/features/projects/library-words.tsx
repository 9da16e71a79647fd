import type { Person } from '#kernel/standing.ts'
import type { Text } from '#kernel/words.ts'
import type { AnswerOf } from '#web/ask.ts'
import { DayText, PersonName, useSay } from '#web/parts/index.ts'

export type Library = AnswerOf<'project.list'>
export type Project = Library['items'][number]
/** Projects on one page of the list. */
export const LIMIT = 50

/** Words of the library and of a project's page. */
export const words = {
  library: { zh: '项目库', en: 'Project library' },
  librarySub: {
    zh: '先入库、再下达；没有进展的，谁都看得到。',
    en: 'Into the library first, assigned after; what does not move is seen by everybody.',
  },
  within: { zh: '范围', en: 'Within' },
  state: { zh: '状态', en: 'State' },
  everyState: { zh: '全部', en: 'All' },
  kind: { zh: '类别', en: 'Kind' },
  everyKind: { zh: '全部类别', en: 'Every kind' },
  lateOnly: { zh: '只看滞后和逾期', en: 'Late only' },
  inAll: { zh: '共 {count} 个，{amount}', en: '{count} in all, {amount}' },
  importFile: { zh: '导入文件', en: 'Import a file' },
  project: { zh: '项目', en: 'Project' },
  code: { zh: '县、编号', en: 'County and code' },
  county: { zh: '县', en: 'County' },
  number: { zh: '编号', en: 'Code' },
  amount: { zh: '资金规模', en: 'Amount' },
  amountYuan: { zh: '资金规模（元）', en: 'Amount (yuan)' },
  since: { zh: '自', en: 'Since' },
  sinceDay: { zh: '{day} 起', en: 'since {day}' },
  work: { zh: '完成工作', en: 'Work done' },
  workPercent: { zh: '完成工作（%）', en: 'Work done (%)' },
  waitsFor: { zh: '等谁办理', en: 'Waits for' },
  due: { zh: '期限 {day}', en: 'due {day}' },
  dueDay: { zh: '期限', en: 'Due' },
  stand: { zh: '进展情况', en: 'How it stands' },
  vacant: { zh: '职位空缺', en: 'the seat is vacant' },
  nobody: { zh: '不再等待任何人。', en: 'Nobody is waited for any more.' },
  none: { zh: '没有这样的项目。', en: 'There is no such project.' },
  choose: { zh: '选择 {code}', en: 'Choose {code}' },
  chooseAll: { zh: '选择本页全部', en: 'Choose this page' },
  chosen: { zh: '已选 {count} 个', en: '{count} chosen' },
  together: { zh: '所选项目一并办理', en: 'For all that are chosen' },
  nothingTogether: { zh: '所选项目没有可以一并办理的事。', en: 'There is nothing that can be done for all of them.' },
  clear: { zh: '取消选择', en: 'Choose none' },
  file: { zh: '下载 CSV', en: 'Download CSV' },
  filing: { zh: '正在读取 {done} / {total}', en: 'Reading {done} of {total}' },
  fileFails: { zh: '没有读完，未下载。请再试。', en: 'It was not read to its end; nothing was downloaded. Try again.' },
  chain: { zh: '看责任链', en: 'See the chain' },
  countyMoney: { zh: '本县资金', en: 'The county’s money' },
  can: { zh: '可以办', en: 'What may be done' },
  ladder: { zh: '办理过程', en: 'Its way' },
  now: { zh: '正在这一步', en: 'here now' },
  ahead: { zh: '尚未到这一步', en: 'not there yet' },
  passed: { zh: '通过', en: 'passed' },
  returned: { zh: '退回', en: 'returned' },
  entry: { zh: '记录', en: 'entry' },
  says: { zh: '入库内容', en: 'What the library asks' },
  complete: { zh: '十一项齐全', en: 'all eleven are there' },
  lacks: { zh: '缺 {count} 项', en: '{count} of eleven missing' },
  missing: { zh: '缺', en: 'missing' },
  benefit: { zh: '贫困户 {households} 户，{persons} 人', en: '{households} poor households, {persons} people' },
  proposedBy: { zh: '申报单位', en: 'Proposed by' },
  township: { zh: '乡镇意见', en: 'The township says' },
  major: { zh: '所属重大工程', en: 'Major project' },
  notices: { zh: '三级公示', en: 'Notices at three levels' },
  stands: { zh: '公示中，还剩 {days} 天', en: 'stands, {days} days left' },
  endsToday: { zh: '今天是最后一天', en: 'today is its last day' },
  ended: { zh: '期满', en: 'stood its time' },
  stood: { zh: '{days} 天', en: '{days} days' },
  milestones: { zh: '节点：计划与实际', en: 'Milestones: planned and actual' },
  today: { zh: '今天', en: 'Today' },
  planned: { zh: '计划', en: 'Planned' },
  actual: { zh: '实际', en: 'Actual' },
  share: { zh: '占 {share}', en: '{share} of the work' },
  done: { zh: '完成 {done}', en: '{done} done' },
  reports: { zh: '进度报告 {count} 次', en: 'Progress reports: {count}' },
  noReports: { zh: '还没有报告进度。', en: 'No progress is reported yet.' },
  evidence: { zh: '依据', en: 'Evidence' },
  reason: { zh: '进度回退的理由', en: 'Why it fell back' },
  task: { zh: '下达的任务', en: 'What was assigned' },
  document: { zh: '文号', en: 'Document' },
  assigner: { zh: '下达单位', en: 'Assigned by' },
  tasks: { zh: '任务', en: 'Task' },
  indicator: { zh: '指标', en: 'Indicator' },
  day: { zh: '日期', en: 'Day' },
  acceptance: { zh: '验收', en: 'Acceptance' },
  handover: { zh: '移交管护', en: 'Handed over' },
  handedTo: { zh: '接收', en: 'To' },
  upkeep: { zh: '管护', en: 'Upkeep' },
  earlier: { zh: '此前 {count} 次', en: 'earlier: {count}' },
  incomplete: { zh: '内容不全', en: 'incomplete' },
  versions: { zh: '历次版本', en: 'Versions' },
  versionNumber: { zh: '版本', en: 'Version' },
  version: { zh: '第 {version} 版', en: 'version {version}' },
  inForce: { zh: '当前', en: 'in force' },
} satisfies Record<string, Text>

type Waiting = {
  readonly unit: { readonly id: string; readonly name: Text }
  readonly postName: Text
  readonly person: Person | null
  readonly isVacant: boolean
  readonly due: string | null
} | null

/** Who a project waits for, by seat and name, and until when they have. */
export function Waits({ waiting }: { waiting: Waiting }) {
  const { say, day } = useSay()
  if (!waiting) return <span className="sub">{say(words.nobody)}</span>
  return (
    <span>
      {say(waiting.unit.name)} {say(waiting.postName)}{' '}
      {waiting.isVacant ? (
        <span className="sub">({say(words.vacant)})</span>
      ) : (
        waiting.person && <PersonName person={waiting.person} />
      )}
      {waiting.due && (
        <span className="sub small" style={{ display: 'block' }}>
          {say(words.due, { day: day(waiting.due) })}
        </span>
      )}
    </span>
  )
}

type By = { readonly unitName: Text; readonly postName: Text; readonly person: Person | null } | null

/** Who took a step, by seat and name. */
export function Taker({ by }: { by: By }) {
  const { say } = useSay()
  if (!by) return null
  return (
    <span style={{ display: 'block' }}>
      {say(by.unitName)} {say(by.postName)} {by.person && <PersonName person={by.person} />}
    </span>
  )
}

/** A stretch of days. */
export function Days({ from, until }: { from: string | null; until: string | null }) {
  return (
    <span>
      <DayText day={from} /> – <DayText day={until} />
    </span>
  )
}
