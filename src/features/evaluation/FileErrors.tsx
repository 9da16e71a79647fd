import type { Text } from '#kernel/words.ts'
import { DataTable, useSay } from '#web/parts/index.ts'

const words = {
  errors: { zh: '错误', en: 'Errors' },
  sheet: { zh: '工作表', en: 'Sheet' },
  row: { zh: '行', en: 'Row' },
  column: { zh: '列', en: 'Column' },
  what: { zh: '错误', en: 'What is wrong' },
  todo: { zh: '怎么改', en: 'What to do' },
}

export type FileError = {
  readonly sheet: string
  readonly row: number
  readonly column: string
  readonly problem: Text
  readonly remedy: Text
}

/** What is wrong in a file, by sheet, row and column, and what to do. */
export function FileErrors({ errors }: { errors: readonly FileError[] }) {
  const { say } = useSay()
  if (errors.length === 0) return null
  return (
    <DataTable
      caption={say(words.errors)}
      rows={errors}
      rowKey={(row) => `${row.sheet}/${row.row}/${row.column}/${row.problem.en}`}
      csv="file-errors"
      columns={[
        { key: 'sheet', title: say(words.sheet), cell: (row) => row.sheet },
        { key: 'row', title: say(words.row), head: true, value: (row) => row.row, cell: (row) => row.row },
        { key: 'column', title: say(words.column), cell: (row) => row.column },
        { key: 'what', title: say(words.what), cell: (row) => say(row.problem) },
        { key: 'todo', title: say(words.todo), cell: (row) => say(row.remedy) },
      ]}
    />
  )
}
