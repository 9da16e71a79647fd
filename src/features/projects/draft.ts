import { z } from 'zod'
import { Count, Day, Fen, type Text } from '#kernel/words.ts'
import { ProjectKind } from './kinds.ts'

export const natures = {
  new: { zh: '新建', en: 'New' },
  extension: { zh: '改扩建', en: 'Extension' },
  continuation: { zh: '续建', en: 'Continuation' },
} as const satisfies Record<string, Text>

const line = (label: Text, max = 200) => z.string().trim().min(1).max(max).meta({ label })
const prose = (label: Text) => z.string().trim().min(1).max(2000).meta({ label, widget: 'prose' })
const count = (label: Text) => Count.meta({ label, widget: 'count' })
const day = (label: Text) => Day.meta({ label, widget: 'day' })

/** The county's own number for a project: no spaces. */
export const ProjectCode = z
  .string()
  .trim()
  .regex(/^\S{1,40}$/)
  .meta({ label: { zh: '项目编号', en: 'Project code' } })

/** A project as a village or a bureau proposes it. It may lack fields; an entry in the library may not. */
export const ProjectDraft = z.strictObject({
  code: ProjectCode,
  name: line({ zh: '项目名称', en: 'Name' }),
  kind: ProjectKind,
  nature: z
    .enum(['new', 'extension', 'continuation'])
    .optional()
    .meta({ label: { zh: '建设性质', en: 'Nature of the work' }, widget: 'choice', choices: natures }),
  place: line({ zh: '实施地点', en: 'Place' }).optional(),
  startsOn: day({ zh: '计划开始', en: 'Starts on' }).optional(),
  endsOn: day({ zh: '计划完成', en: 'Ends on' }).optional(),
  responsible: line({ zh: '责任单位', en: 'Responsible body' }).optional(),
  task: prose({ zh: '建设任务', en: 'What is to be built or done' }).optional(),
  amount: Fen.meta({ label: { zh: '资金规模（元）', en: 'Amount (yuan)' }, widget: 'money' }).optional(),
  financing: line({ zh: '筹资方式', en: 'Financing' }, 500).optional(),
  households: count({ zh: '受益贫困户', en: 'Poor households that benefit' }).optional(),
  persons: count({ zh: '受益贫困人口', en: 'Poor people who benefit' }).optional(),
  target: prose({ zh: '绩效目标', en: 'Performance target' }).optional(),
  mechanism: prose({ zh: '群众参与和带贫减贫机制', en: 'How the people take part and the poor gain' }).optional(),
  proposedBy: line({ zh: '申报单位（村或部门）', en: 'Proposed by (village or bureau)' }),
  townshipOpinion: prose({ zh: '乡镇审核意见', en: 'The township’s opinion' }).optional(),
  majorProject: z
    .uuid()
    .optional()
    .meta({ label: { zh: '所属重大工程', en: 'Major project' }, widget: 'reference', finds: 'find.major-projects' }),
})
export type ProjectDraft = z.output<typeof ProjectDraft>

/** What a draft says, apart from its code, with the column that keeps it. */
export const columns = {
  name: 'name',
  kind: 'kind',
  nature: 'nature',
  place: 'place',
  startsOn: 'starts_on',
  endsOn: 'ends_on',
  responsible: 'responsible',
  task: 'task',
  amount: 'amount_fen',
  financing: 'financing',
  households: 'households',
  persons: 'persons',
  target: 'target',
  mechanism: 'mechanism',
  proposedBy: 'proposed_by',
  townshipOpinion: 'township_opinion',
  majorProject: 'major_project_id',
} as const satisfies Record<Exclude<keyof ProjectDraft, 'code'>, string>
export type Field = keyof typeof columns
export const fields = Object.keys(columns) as readonly Field[]

/** What a version of a project says, field by field; what is not said is null. */
export type Content = { readonly [Key in Field]: NonNullable<ProjectDraft[Key]> | null }

/** Whether a draft says just what stands already. */
export const saysTheSame = (draft: ProjectDraft, content: Content): boolean =>
  fields.every((field) => String(draft[field] ?? '') === String(content[field] ?? ''))

/** The eleven fields that an entry in the library needs, the performance target last. */
export const mandatory: readonly { readonly fields: readonly Field[]; readonly name: Text }[] = [
  { fields: ['name'], name: { zh: '项目名称', en: 'name' } },
  { fields: ['kind'], name: { zh: '项目类别', en: 'kind' } },
  { fields: ['nature'], name: { zh: '建设性质', en: 'nature of the work' } },
  { fields: ['place'], name: { zh: '实施地点', en: 'place' } },
  { fields: ['startsOn', 'endsOn'], name: { zh: '时间进度', en: 'dates' } },
  { fields: ['responsible'], name: { zh: '责任单位', en: 'responsible body' } },
  { fields: ['task'], name: { zh: '建设任务', en: 'task' } },
  { fields: ['amount', 'financing'], name: { zh: '资金规模和筹资方式', en: 'amount and financing' } },
  { fields: ['households', 'persons'], name: { zh: '受益对象', en: 'who benefits' } },
  { fields: ['mechanism'], name: { zh: '群众参与和带贫减贫机制', en: 'how the people take part' } },
  { fields: ['target'], name: { zh: '绩效目标', en: 'performance target' } },
]

/** Which of the eleven fields a version lacks. */
export const missingOf = (content: Content) =>
  mandatory.filter((each) => each.fields.some((field) => content[field] === null))
