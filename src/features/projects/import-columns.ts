import type { Text } from '#kernel/words.ts'
import { type Field, mandatory, natures } from './draft.ts'
import { projectKinds } from './kinds.ts'

export type ImportField = 'code' | Field
type Kind = 'code' | 'text' | 'choice' | 'day' | 'amount' | 'count'

export type ImportColumn = {
  readonly field: ImportField
  readonly name: Text
  readonly kind: Kind
  readonly hint: Text
  /** Without it a row is no proposal at all. */
  readonly isNeeded?: true
  /** A file without the column is read all the same, and leaves what stands as it is. */
  readonly mayLack?: true
  readonly charactersMax?: number
  readonly choices?: Readonly<Record<string, Text>>
  readonly width: number
}

/** What a library file says of each project, column by column, in the template's order. */
export const importColumns: readonly ImportColumn[] = [
  {
    field: 'code',
    name: { zh: '项目编号', en: 'Code' },
    kind: 'code',
    isNeeded: true,
    width: 20,
    hint: {
      zh: '本县自编，1 至 40 个字符，不含空格，每个项目一个；以“文本”格式填写。',
      en: 'The county’s own number: 1 to 40 characters without spaces, one for each project; keep it as text.',
    },
  },
  {
    field: 'name',
    name: { zh: '项目名称', en: 'Name' },
    kind: 'text',
    isNeeded: true,
    charactersMax: 200,
    width: 30,
    hint: { zh: '至多 200 字。', en: 'At most 200 characters.' },
  },
  {
    field: 'kind',
    name: { zh: '项目类别', en: 'Kind' },
    kind: 'choice',
    isNeeded: true,
    choices: projectKinds,
    width: 16,
    hint: { zh: '从列表中选择。', en: 'Choose from the list.' },
  },
  {
    field: 'nature',
    name: { zh: '建设性质', en: 'Nature' },
    kind: 'choice',
    choices: natures,
    width: 14,
    hint: { zh: '从列表中选择。', en: 'Choose from the list.' },
  },
  {
    field: 'place',
    name: { zh: '实施地点', en: 'Place' },
    kind: 'text',
    charactersMax: 200,
    width: 20,
    hint: { zh: '到乡镇、村。', en: 'Down to township and village.' },
  },
  {
    field: 'startsOn',
    name: { zh: '计划开始', en: 'Starts on' },
    kind: 'day',
    width: 14,
    hint: { zh: '如 2016-03-01。', en: 'Such as 2016-03-01.' },
  },
  {
    field: 'endsOn',
    name: { zh: '计划完成', en: 'Ends on' },
    kind: 'day',
    width: 14,
    hint: { zh: '不早于计划开始。', en: 'Not before it starts.' },
  },
  {
    field: 'responsible',
    name: { zh: '责任单位', en: 'Responsible body' },
    kind: 'text',
    charactersMax: 200,
    width: 20,
    hint: { zh: '负责实施的单位。', en: 'Who carries it out.' },
  },
  {
    field: 'task',
    name: { zh: '建设任务', en: 'Task' },
    kind: 'text',
    charactersMax: 2000,
    width: 30,
    hint: { zh: '建什么、做什么、多少。', en: 'What is built or done, and how much.' },
  },
  {
    field: 'amount',
    name: { zh: '资金规模（元）', en: 'Amount (yuan)' },
    kind: 'amount',
    width: 16,
    hint: { zh: '以元为单位，至多两位小数。', en: 'In yuan, at most two decimals.' },
  },
  {
    field: 'financing',
    name: { zh: '筹资方式', en: 'Financing' },
    kind: 'text',
    charactersMax: 500,
    width: 20,
    hint: { zh: '如财政专项、统筹整合、社会帮扶。', en: 'Such as special funds, pooled funds, donations.' },
  },
  {
    field: 'households',
    name: { zh: '受益贫困户', en: 'Poor households' },
    kind: 'count',
    width: 12,
    hint: { zh: '户数，整数。', en: 'How many: a whole number.' },
  },
  {
    field: 'persons',
    name: { zh: '受益贫困人口', en: 'Poor people' },
    kind: 'count',
    width: 12,
    hint: { zh: '人数，整数。', en: 'How many: a whole number.' },
  },
  {
    field: 'target',
    name: { zh: '绩效目标', en: 'Performance target' },
    kind: 'text',
    charactersMax: 2000,
    width: 30,
    hint: { zh: '没有绩效目标不得入库。', en: 'No performance target, no entry.' },
  },
  {
    field: 'mechanism',
    name: { zh: '群众参与和带贫减贫机制', en: 'How the poor take part and gain' },
    kind: 'text',
    charactersMax: 2000,
    width: 30,
    hint: { zh: '群众如何参与，贫困户如何受益。', en: 'How people take part, and how the poor gain.' },
  },
  {
    field: 'proposedBy',
    name: { zh: '申报单位（村或部门）', en: 'Proposed by' },
    kind: 'text',
    isNeeded: true,
    charactersMax: 200,
    width: 20,
    hint: { zh: '申报的村或部门。', en: 'The village or the bureau.' },
  },
  {
    field: 'townshipOpinion',
    name: { zh: '乡镇审核意见', en: 'Opinion of the township' },
    kind: 'text',
    charactersMax: 2000,
    width: 24,
    hint: { zh: '村级项目由乡镇审核。', en: 'What the township found on review.' },
  },
  {
    field: 'majorProject',
    name: { zh: '所属重大工程', en: 'Major project' },
    kind: 'text',
    mayLack: true,
    charactersMax: 200,
    width: 24,
    hint: {
      zh: '写重大工程项目的名称；不属于任何一个的留空。',
      en: 'The name of the major project that it belongs to; left empty where there is none.',
    },
  },
]

/** Fields without which a project may be proposed and cannot enter the library. */
export const libraryFields: ReadonlySet<string> = new Set(mandatory.flatMap(({ fields }) => fields))

export const headerOf = ({ name, isNeeded }: ImportColumn) => `${name.zh} ${name.en}${isNeeded ? ' *' : ''}`
/** What the file that comes back is marked with; a file that still has it is read without it. */
export const errorsHeader = '错误 Errors'

const plain = (text: string) => text.replace(/[\s*＊]/g, '').toLowerCase()

const byHeader = new Map(
  importColumns.flatMap((column) =>
    [headerOf(column), column.name.zh, column.name.en, column.field].map((text) => [plain(text), column] as const),
  ),
)

/** The column that a header names, in either language. */
export const findColumn = (header: string): ImportColumn | undefined => byHeader.get(plain(header))
