import { fillText, type Text } from '#kernel/words.ts'

type Sentence = Text & {
  /** What to do about it. */
  readonly remedy: Text
}

/** What may be wrong with a row of a library file, for whoever filled it in. */
export const rowProblems = {
  missing: {
    zh: '缺少{field}。',
    en: '{field} is missing.',
    remedy: { zh: '填写这一格。', en: 'Fill the cell in.' },
  },
  formula: {
    zh: '{field}是公式，结果不予采信。',
    en: '{field} is a formula; what it comes to is not trusted.',
    remedy: { zh: '复制后“选择性粘贴—数值”。', en: 'Copy it and paste it as a value.' },
  },
  'cell-error': {
    zh: '{field}是错误值“{value}”。',
    en: '{field} holds the error «{value}».',
    remedy: { zh: '改为正确的内容。', en: 'Put in what is meant.' },
  },
  'digits-lost': {
    zh: '{field}按数字存放，超过 15 位的数字已丢失（现为 {value}）。',
    en: '{field} is stored as a number, and the digits beyond the 15th are lost (it now reads {value}).',
    remedy: { zh: '把该列设为“文本”格式，重新输入。', en: 'Set the column to «text» and type it again.' },
  },
  'code-form': {
    zh: '{field}“{value}”须为 1 至 40 个字符，不含空格。',
    en: '{field} «{value}» must be 1 to 40 characters without spaces.',
    remedy: { zh: '改正编号。', en: 'Put the code right.' },
  },
  'code-twice': {
    zh: '编号“{value}”在“{sheet}”第 {row} 行已出现。',
    en: 'The code «{value}» stands in row {row} of «{sheet}» already.',
    remedy: { zh: '每个项目一个编号，只留一行。', en: 'Give each project a code of its own, in one row.' },
  },
  'unknown-choice': {
    zh: '{field}没有“{value}”这一项。',
    en: '{field} knows no «{value}».',
    remedy: { zh: '可填：{choices}。', en: 'It may be: {choices}.' },
  },
  'bad-day': {
    zh: '{field}“{value}”不是日期。',
    en: '{field} «{value}» is not a day.',
    remedy: { zh: '写成 2016-03-01，在 2000 至 2100 年之间。', en: 'Write it as 2016-03-01, between 2000 and 2100.' },
  },
  'ends-before-start': {
    zh: '完成日{end}早于开始日{start}。',
    en: 'It ends on {end}, before it starts on {start}.',
    remedy: { zh: '改正日期先后。', en: 'Put the days in order.' },
  },
  'bad-amount': {
    zh: '{field}“{value}”不是金额。',
    en: '{field} «{value}» is not an amount.',
    remedy: {
      zh: '以元为单位，大于 0，至多两位小数，不带“万”等单位。',
      en: 'In yuan: digits above 0 with at most two decimals, without words such as 万.',
    },
  },
  'bad-count': {
    zh: '{field}“{value}”不是整数。',
    en: '{field} «{value}» is not a whole number.',
    remedy: { zh: '填 0 或更大的整数。', en: 'Put in a whole number of 0 or more.' },
  },
  'too-long': {
    zh: '{field}超过 {limit} 字。',
    en: '{field} is longer than {limit} characters.',
    remedy: { zh: '缩短。', en: 'Shorten it.' },
  },
  'bad-character': {
    zh: '{field}含有无法保存的字符。',
    en: '{field} holds a character that cannot be kept.',
    remedy: { zh: '删去该字符后重新输入。', en: 'Delete it and type the text again.' },
  },
  merged: {
    zh: '{range}是合并单元格，只有第一格有内容。',
    en: '{range} is merged; only its first cell holds anything.',
    remedy: { zh: '取消合并，逐行填写。', en: 'Unmerge it and fill in every row.' },
  },
  'hidden-row': {
    zh: '这一行被隐藏。',
    en: 'The row is hidden.',
    remedy: { zh: '取消隐藏，或删去这一行。', en: 'Show it, or delete it.' },
  },
  'no-header': {
    zh: '没有找到表头：前 10 行中没有“项目编号”和“项目名称”。',
    en: 'No header was found: none of the first 10 rows names a code and a name.',
    remedy: { zh: '使用模板的表头。', en: 'Use the header of the template.' },
  },
  'column-missing': {
    zh: '表头缺少“{field}”列。',
    en: 'The header lacks the column «{field}».',
    remedy: { zh: '照模板补上这一列。', en: 'Add the column as the template has it.' },
  },
  'column-twice': {
    zh: '表头有两列“{field}”。',
    en: 'The header has the column «{field}» twice.',
    remedy: { zh: '只留一列。', en: 'Keep one of them.' },
  },
  'unknown-major-project': {
    zh: '没有名为“{value}”的重大工程项目。',
    en: 'There is no major project named «{value}».',
    remedy: {
      zh: '可填：{choices}；都不是的留空。',
      en: 'It may be: {choices}; leave it empty where it is none of them.',
    },
  },
  'further-on': {
    zh: '项目“{value}”已到“{state}”，申报内容不能再改。',
    en: 'Project «{value}» is «{state}» already; what was proposed can no longer be changed.',
    remedy: {
      zh: '恢复原内容或删去这一行；退回后方可修改。',
      en: 'Leave it as it was or delete the row; it can change once it is returned.',
    },
  },
} as const satisfies Record<string, Sentence>

export type ProblemCode = keyof typeof rowProblems

/** Something wrong in one cell, or in the row as a whole. */
export type RowProblem = {
  readonly code: ProblemCode
  /** The letters of the cell's column. */
  readonly column?: string
  readonly facts?: Readonly<Record<string, unknown>>
}
/** As `RowProblem`, with its place in the file. */
export type PlacedProblem = RowProblem & { readonly sheet: string; readonly row: number }

export function tellProblem({ code, facts = {} }: RowProblem): { readonly sentence: Text; readonly remedy: Text } {
  const { zh, en, remedy } = rowProblems[code]
  return { sentence: fillText({ zh, en }, facts), remedy: fillText(remedy, facts) }
}
