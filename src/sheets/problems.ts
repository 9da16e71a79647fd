import { fillText, type Text } from '#kernel/words.ts'

/** Why a file cannot be read as a workbook, and what to do. */
const sentences = {
  'too-large': {
    zh: '文件超过 {limit} MB。请拆成几个文件分别导入。',
    en: 'The file is larger than {limit} MB. Split it and import the parts one by one.',
  },
  'zip-bomb': {
    zh: '文件解压后超出限度（疑似压缩炸弹），未予读取。请用表格软件重新另存为 .xlsx。',
    en: 'Unpacked, the file grows beyond all measure (a zip bomb, it seems) and was not read. Save it anew as .xlsx.',
  },
  'too-many-cells': {
    zh: '表格的行、格或文字数超出限度（{limit}）。请删去多余的行列，或拆成几个文件。',
    en: 'The sheets hold more rows, cells or texts than can be read ({limit}). Delete what is not needed, or split the file.',
  },
  empty: { zh: '文件是空的。', en: 'The file is empty.' },
  csv: {
    zh: '这是文本（如 CSV），不是 .xlsx。请用表格软件打开后另存为“Excel 工作簿（.xlsx）”。',
    en: 'This is text such as CSV, not .xlsx. Open it in a spreadsheet program and save it as «Excel workbook (.xlsx)».',
  },
  xls: {
    zh: '这是旧格式 .xls。请打开后另存为“Excel 工作簿（.xlsx）”。',
    en: 'This is the old form .xls. Open it and save it as «Excel workbook (.xlsx)».',
  },
  encrypted: {
    zh: '文件设有打开密码。请取消密码后重新保存。',
    en: 'The file is locked with a password. Remove the password and save it again.',
  },
  macros: {
    zh: '文件带有宏，不予读取。请另存为不带宏的 .xlsx。',
    en: 'The file carries macros and is not read. Save it as .xlsx without macros.',
  },
  'other-format': {
    zh: '这不是 .xlsx 工作簿，不论扩展名如何。请使用模板，或另存为“Excel 工作簿（.xlsx）”。',
    en: 'Whatever its name ends in, this is no .xlsx workbook. Use the template, or save it as «Excel workbook (.xlsx)».',
  },
  damaged: {
    zh: '文件已损坏或不完整，读到“{part}”时中断。请重新保存后再试。',
    en: 'The file is damaged or incomplete; reading broke off at «{part}». Save it again and try once more.',
  },
} as const satisfies Record<string, Text>

export type SheetProblemCode = keyof typeof sentences

/** A file that cannot be read; the sentence is for whoever sent it. */
export class SheetProblem extends Error {
  readonly code: SheetProblemCode
  readonly sentence: Text
  constructor(code: SheetProblemCode, facts: Readonly<Record<string, unknown>> = {}) {
    const sentence = fillText(sentences[code], facts)
    super(sentence.en)
    this.code = code
    this.sentence = sentence
  }
}
