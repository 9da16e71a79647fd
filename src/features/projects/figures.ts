import { type RawBuilder, sql } from 'kysely'
import { figure, type FigureScope } from '#kernel/figure.ts'
import { landedStates, libraryStates, type State, standings } from './state.ts'

const stateName = (language: 'zh' | 'en') =>
  sql`case p.state ${sql.join(
    Object.entries(standings).map(([state, { name }]) => sql`when ${state} then ${name[language]}`),
    sql` `,
  )} end`

const records = (projects: RawBuilder<unknown>, states: readonly State[]) => sql`
  select p.unit_id, 1 as value, '/projects/' || p.project_id as record,
         p.code || ' ' || p.name || ' · ' || ${stateName('zh')} as label_zh, p.code || ' ' || p.name || ' · ' || ${stateName('en')} as label_en,
         p.since, p.act_id
    from (${projects}) p where p.state = any (${states}::text[])`

/** How many stand so in each unit: who came to stand so by the day, less who went on; a step knows where it came from. */
function count({ on, isOfFew }: FigureScope, states: readonly State[]) {
  const came = sql`(s.state = any (${states}::text[]))::int - (s.from_state = any (${states}::text[]))::int`
  return isOfFew
    ? sql`select p.unit_id, (select sum(${came}) from project_step s where s.project_id = p.id and s.on_day <= ${on}::date) as value
            from project_at(${on}::date) p`
    : sql`select p.unit_id, ${came} as value from project_step s join project_at(${on}::date) p on p.id = s.project_id
           where s.on_day <= ${on}::date`
}

const standingIn = (states: readonly State[]) => ({
  records: ({ on }: FigureScope) => records(sql`select * from project_on(${on}::date)`, states),
  totals: (scope: FigureScope) => count(scope, states),
})

const projects = { measure: { zh: '个项目', en: 'projects' }, kind: 'sum' } as const

export const projectsInLibrary = figure({
  name: 'projects.in-library',
  title: { zh: '在库项目', en: 'Projects in the library' },
  definition: {
    zh: '截至当日已审定入库、未撤销的项目，包括已下达、实施中、已验收和已移交的。',
    en: 'Projects admitted by the day and not withdrawn: also those assigned, under way, accepted and handed over.',
  },
  ...projects,
  duty: 'keep-project-library',
  better: 'more',
  ...standingIn(libraryStates),
})

export const projectsProposed = figure({
  name: 'projects.proposed',
  title: { zh: '入库前项目', en: 'Projects on their way into the library' },
  definition: {
    zh: '当日已申报、论证或公示，尚未审定入库的项目。',
    en: 'Projects that were proposed, argued or noticed by the day and not admitted yet.',
  },
  ...projects,
  duty: 'argue-projects',
  better: 'neither',
  ...standingIn(['proposed', 'argued', 'noticed']),
})

export const projectsReturned = figure({
  name: 'projects.returned',
  title: { zh: '退回修改的项目', en: 'Projects returned' },
  definition: {
    zh: '当日处于退回修改、尚未重新申报的项目。',
    en: 'Projects that were returned and not proposed again by the day.',
  },
  ...projects,
  duty: 'propose-projects',
  better: 'less',
  ...standingIn(['returned']),
})

export const projectsToAssign = figure({
  name: 'projects.to-assign',
  title: { zh: '待下达项目', en: 'Projects to be assigned' },
  definition: {
    zh: '当日已入库、尚未下达的项目。',
    en: 'Projects that stand in the library and were not assigned by the day.',
  },
  ...projects,
  duty: 'assign-projects',
  better: 'neither',
  ...standingIn(['admitted']),
})

export const projectsToStart = figure({
  name: 'projects.to-start',
  title: { zh: '待开工项目', en: 'Projects to be started' },
  definition: {
    zh: '当日已下达、尚未开工的项目。',
    en: 'Projects that were assigned and not started by the day.',
  },
  ...projects,
  duty: 'land-projects',
  better: 'less',
  ...standingIn(['assigned']),
})

export const projectsStarted = figure({
  name: 'projects.started',
  title: { zh: '开工项目', en: 'Projects started' },
  definition: {
    zh: '截至当日已开工的项目，包括已验收和已移交的；撤销的不计。',
    en: 'Projects whose work had begun by the day, also those accepted and handed over; withdrawn ones do not count.',
  },
  ...projects,
  duty: 'land-projects',
  better: 'more',
  ...standingIn(landedStates),
})

export const projectsAccepted = figure({
  name: 'projects.accepted',
  title: { zh: '验收项目', en: 'Projects accepted' },
  definition: {
    zh: '截至当日验收通过的项目，包括已移交的。',
    en: 'Projects that had passed their inspection by the day, also those handed over.',
  },
  ...projects,
  duty: 'accept-projects',
  better: 'more',
  ...standingIn(['accepted', 'handed-over']),
})

export const milestonesSlipped = figure({
  name: 'projects.milestones-slipped',
  title: { zh: '滞后节点', en: 'Milestones slipped' },
  definition: {
    zh: '实施中项目的节点，计划完成日已过、当日尚未报告完成的。',
    en: 'Milestones of projects under way whose day has passed and which were not reported done by the day.',
  },
  measure: { zh: '个节点', en: 'milestones' },
  kind: 'sum',
  duty: 'land-projects',
  better: 'less',
  records: ({ on }) => sql`
    select p.unit_id, 1 as value, '/projects/' || p.project_id as record,
           p.code || ' ' || p.name || '：' || m.name || '，应于' || m.due_on || '完成' as label_zh,
           p.code || ' ' || p.name || ': ' || m.name || ', due ' || m.due_on as label_en, m.due_on as since, p.act_id
      from milestone_on(${on}::date) m
      join project_on(${on}::date) p on p.project_id = m.project_id and p.state = 'started'
     where m.done_on is null and m.due_on < ${on}::date`,
})

export const libraryFigures = [
  projectsProposed,
  projectsReturned,
  projectsInLibrary,
  projectsToAssign,
  projectsToStart,
  projectsStarted,
  projectsAccepted,
  milestonesSlipped,
] as const
