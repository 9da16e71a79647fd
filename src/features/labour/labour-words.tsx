import type { AnswerOf } from '#web/ask.ts'
import type { Text } from '#kernel/words.ts'
import { Go, MadeUp, useSay } from '#web/parts/index.ts'

export type Village = AnswerOf<'village.list'>['items'][number]
export type Team = AnswerOf<'team.show'>
export type Worker = AnswerOf<'worker.list'>['items'][number]
/** Rows on one page of a list. */
export const LIMIT = 50

/** Words that the pages of labour share. */
export const words = {
  labour: { zh: '驻村力量', en: 'Labour' },
  labourSub: {
    zh: '每个贫困村有工作队，每户有帮扶责任人；缺人的、缺专长的，一看就知道。',
    en: 'A team for every poor village, a helper for every household; where people or skills are missing is seen at once.',
  },
  plan: { zh: '调配方案', en: 'Plan of deployment' },
  villages: { zh: '各村', en: 'Villages' },
  village: { zh: '村', en: 'Village' },
  within: { zh: '范围', en: 'Within' },
  state: { zh: '状态', en: 'State' },
  every: { zh: '全部', en: 'All' },
  team: { zh: '工作队', en: 'Team' },
  noTeam: { zh: '没有工作队', en: 'no team' },
  people: { zh: '人数', en: 'People' },
  peopleOf: { zh: '{people} 人，需 {needed} 人', en: '{people} of {needed}' },
  missing: { zh: '还缺', en: 'Missing' },
  missingPeople: { zh: '{count} 人', en: 'people: {count}' },
  missingSkills: { zh: '{count} 项专长', en: 'skills: {count}' },
  households: { zh: '有帮扶责任人的户', en: 'Households helped' },
  helpedOf: { zh: '{helped} / {households}', en: '{helped} of {households}' },
  noVillages: { zh: '没有登记的村。', en: 'No village is registered.' },
  peopleList: { zh: '可选派人员', en: 'People who can be sent' },
  peopleSub: {
    zh: '谁能去、会什么、在哪里、什么时候期满。电话和证件号码不在这里显示。',
    en: 'Who can go, what they can do, where they are, when their term ends. Telephones and ID numbers are not shown here.',
  },
  noPeople: { zh: '没有符合条件的人员。', en: 'Nobody was found.' },
  name: { zh: '姓名', en: 'Name' },
  employer: { zh: '派出单位', en: 'Sent by' },
  skills: { zh: '专长', en: 'Skills' },
  skill: { zh: '专长', en: 'Skill' },
  anySkill: { zh: '全部专长', en: 'Every skill' },
  serves: { zh: '驻村', en: 'Serves in' },
  term: { zh: '期限至', en: 'Term until' },
  termOver: { zh: '已期满', en: 'over' },
  role: { zh: '职责', en: 'Role' },
  firstSecretary: { zh: '第一书记', en: 'First secretary' },
  since: { zh: '自', en: 'Since' },
  until: { zh: '至', en: 'Until' },
  needs: { zh: '需求', en: 'What it needs' },
  stated: { zh: '{day} 填报', en: 'stated {day}' },
  notStated: { zh: '还没有填报需求。', en: 'Its needs were not stated yet.' },
  members: { zh: '队员', en: 'Members' },
  formerTeams: { zh: '历任工作队', en: 'Teams' },
  helpers: { zh: '帮扶责任人', en: 'Helpers' },
  noHelpers: { zh: '还没有帮扶责任人。', en: 'No household has a helper yet.' },
  household: { zh: '户', en: 'Household' },
  helper: { zh: '帮扶责任人', en: 'Helper' },
  statements: { zh: '历次填报', en: 'Statements' },
  can: { zh: '可以办理', en: 'What can be done' },
  leave: { zh: '请假', en: 'Leave' },
  leaveWaiting: { zh: '待批的请假', en: 'Leave that waits for a decision' },
  noLeave: { zh: '没有请假。', en: 'No leave.' },
  noLeaveWaiting: { zh: '没有待批的请假。', en: 'No leave waits for a decision.' },
  kind: { zh: '类别', en: 'Kind' },
  days: { zh: '天数', en: 'Days' },
  daysOf: { zh: '{days} 天', en: '{days} days' },
  granted: { zh: '已批准', en: 'granted' },
  refused: { zh: '未批准', en: 'refused' },
  waiting: { zh: '待批', en: 'waiting' },
  attendance: { zh: '考勤', en: 'Attendance' },
  month: { zh: '月份', en: 'Month' },
  present: { zh: '在村', en: 'Present' },
  presentOf: { zh: '{present} 天', en: '{present} days' },
  notEntered: { zh: '未登记', en: 'not entered' },
  nobodyServed: { zh: '这个月没有人在队。', en: 'Nobody served in this month.' },
  short: { zh: '{people} 人，应不少于 {min} 人', en: '{people} people, at least {min} are needed' },
  complete: { zh: '{people} 人', en: '{people} people' },
  dissolved: { zh: '{day} 撤回', en: 'dissolved {day}' },
  owed: { zh: '限期办理', en: 'Owed' },
  completeTeam: { zh: '{day} 前补齐工作队', en: 'to be completed by {day}' },
  replaceRecalled: { zh: '{day} 前补派被召回人员', en: 'somebody recalled to be replaced by {day}' },
  former: { zh: '离队：{why}', en: '{why}' },
  record: { zh: '情况', en: 'Record' },
  home: { zh: '籍贯', en: 'Comes from' },
  homeAllowed: { zh: '允许在家乡驻村', en: 'may serve at home' },
  limits: { zh: '限制', en: 'Limits' },
  noLimits: { zh: '无', en: 'none' },
  travel: { zh: '不超过 {km} 公里', en: 'no farther than {km} km' },
  noNight: { zh: '不能住村', en: 'cannot stay overnight' },
  service: { zh: '驻村经历', en: 'Service' },
  noService: { zh: '没有驻过村。', en: 'Has not served in a village.' },
  months: { zh: '逐月考勤', en: 'Attendance by month' },
  noMonths: { zh: '没有登记考勤。', en: 'No attendance was entered.' },
  presentShare: { zh: '{present} / {counted} 天', en: '{present} of {counted} days' },
  helps: { zh: '帮扶的户', en: 'Households helped' },
  helpsNobody: { zh: '没有帮扶任何户。', en: 'Helps no household.' },
  contact: { zh: '电话和证件号码', en: 'Telephone and ID number' },
  reveal: { zh: '查看', en: 'Show' },
  revealWhy: { zh: '谁在何时查看，记入日志。', en: 'Who looked, and when, is journalled.' },
  phoneIs: { zh: '电话 {phone} · 证件 {idNumber}', en: 'Telephone {phone} · ID {idNumber}' },
  villageMadeUp: { zh: '演示用的虚构村名', en: 'A village made up for the demonstration' },
} as const satisfies Record<string, Text>

/** Somebody who can be sent, by name, opening their page. */
export function WorkerName({
  worker,
}: {
  worker: { readonly worker: string; readonly name: Text; readonly madeUp: boolean }
}) {
  const { say } = useSay()
  return (
    <span>
      <Go to={`/labour/people/${worker.worker}`}>{say(worker.name)}</Go> {worker.madeUp && <MadeUp />}
    </span>
  )
}
