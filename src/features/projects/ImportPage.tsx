import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import {
  Abilities,
  Answer,
  Card,
  DataTable,
  Go,
  Page,
  Problem,
  UnitLink,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSetSearch,
} from '#web/parts/index.ts'
import type { AnswerOf } from '#web/ask.ts'
import { Failure, queryString, send } from '#web/api.ts'
import { useSession } from '#web/session.ts'
import { upload } from '#web/upload.ts'

const words = {
  title: { zh: '导入项目库', en: 'Import the library' },
  sub: {
    zh: '选择文件即检查，不改变任何内容；没有错误时再办理导入，全部申报或一行不动。',
    en: 'Choosing a file only looks at it. When nothing is wrong it can be imported: all of its rows, or none.',
  },
  library: { zh: '项目库', en: 'The library' },
  file: { zh: '文件', en: 'The file' },
  choose: { zh: '选择 .xlsx 文件', en: 'Choose an .xlsx file' },
  limit: {
    zh: '至多 200 MB；每行一个项目；金额以元为单位。',
    en: 'At most 200 MB; one project a row; amounts in yuan.',
  },
  template: { zh: '下载模板', en: 'Download the template' },
  sending: { zh: '正在上传', en: 'Sending' },
  reading: { zh: '正在检查，已读 {rows} 行', en: 'Looking at it: {rows} rows read' },
  result: { zh: '检查结果', en: 'What it comes to' },
  rows: { zh: '行', en: 'rows' },
  made: { zh: '新增', en: 'new' },
  renewed: { zh: '变更', en: 'changed' },
  unchanged: { zh: '未变', en: 'unchanged' },
  wrong: { zh: '错误', en: 'wrong' },
  sent: { zh: '{name}，{day}由{by}上传', en: '{name}, sent by {by} on {day}' },
  incomplete: {
    zh: '{count} 行缺少入库必填内容：可以申报，补齐前不得入库。',
    en: '{count} rows lack what the library asks for: they can be proposed, and cannot enter it before that is filled in.',
  },
  ignored: { zh: '未读取的工作表：{sheets}', en: 'Sheets read over: {sheets}' },
  fine: { zh: '没有错误，可以导入。', en: 'Nothing is wrong; it can be imported.' },
  nothing: {
    zh: '与项目库现有内容一致，导入不会改变任何内容。',
    en: 'It says just what the library says; importing it changes nothing.',
  },
  empty: { zh: '文件里没有项目。', en: 'There is no project in the file.' },
  bad: {
    zh: '有错误，一行也不能导入。改正后重新选择文件。',
    en: 'Something is wrong, and no row can be imported. Put it right and choose the file again.',
  },
  marked: { zh: '下载标出错误的文件', en: 'Download the file with the errors marked' },
  errors: { zh: '错误', en: 'Errors' },
  sheet: { zh: '工作表', en: 'Sheet' },
  row: { zh: '行', en: 'Row' },
  column: { zh: '列', en: 'Column' },
  what: { zh: '错误', en: 'What is wrong' },
  todo: { zh: '怎么改', en: 'What to do' },
} as const

type Summary = AnswerOf<'library.file'>

/** A county's library from a workbook: chosen, looked at, put right, and only then imported by the act. */
export default function ImportPage() {
  const { say } = useSay()
  const search = useSearch()
  const session = useSession()
  const unit = search['unit'] ?? session?.actor?.unit.id
  return (
    <Page title={say(words.title)} sub={say(words.sub)} aside={<Go to="/projects">{say(words.library)}</Go>}>
      <div className="stack">
        {session && !unit && <Problem error={new Failure({ status: 401 })} />}
        {unit && <Choosing unit={unit} />}
        {unit && search['file'] && <Result unit={unit} file={search['file']} />}
      </div>
    </Page>
  )
}

/** How far one file has come: on its way, being read, or refused. */
type Going = { readonly share: number } | { readonly error: unknown } | undefined

function Choosing({ unit }: { unit: string }) {
  const { say } = useSay()
  const id = useId()
  const setSearch = useSetSearch()
  const queries = useQueryClient()
  const [going, setGoing] = useState<Going>()
  const [isFocused, setFocused] = useState(false)
  const isGoing = going !== undefined && 'share' in going
  const take = async (file: File) => {
    setSearch({ file: undefined, offset: undefined })
    setGoing({ share: 0 })
    try {
      const path = `/api/imports/library${queryString({ unit, name: file.name.slice(-200) })}`
      const told = await upload<Summary>(path, file, (share) => setGoing({ share }))
      await queries.invalidateQueries({ queryKey: ['ask'] })
      setGoing(undefined)
      setSearch({ unit, file: told.file, offset: undefined })
    } catch (error) {
      setGoing({ error })
    }
  }
  return (
    <Card
      title={say(words.file)}
      aside={
        <a className="btn" href="/api/imports/template.xlsx" download>
          {say(words.template)}
        </a>
      }
    >
      <div className="row">
        <label
          className={`btn primary ${isGoing ? 'disabled' : ''}`}
          style={isFocused ? { outline: '3px solid var(--blue)', outlineOffset: 2 } : undefined}
        >
          {say(words.choose)}
          <input
            className="visually-hidden"
            type="file"
            accept=".xlsx"
            disabled={isGoing}
            aria-describedby={id}
            onFocus={() => setFocused(true)}
            onBlur={() => setFocused(false)}
            onChange={({ target }) => {
              const file = target.files?.[0]
              // Emptied, so that the same file can be chosen again once it was put right.
              if (file) void take(file).finally(() => (target.value = ''))
            }}
          />
        </label>
        <span className="sub small" id={id}>
          {say(words.limit)}
        </span>
      </div>
      {isGoing && <Progress unit={unit} share={going.share} />}
      {going && 'error' in going && <Problem error={going.error} />}
    </Card>
  )
}

const PROGRESS_INTERVAL_MS = 500

function Progress({ unit, share }: { unit: string; share: number }) {
  const { say, count } = useSay()
  const isSent = share >= 1
  const { data } = useQuery({
    queryKey: ['import', unit],
    queryFn: () => send<{ reading: { rows: number } | null }>('GET', `/api/imports/library${queryString({ unit })}`),
    enabled: isSent,
    refetchInterval: PROGRESS_INTERVAL_MS,
  })
  const label = isSent ? say(words.reading, { rows: count(data?.reading?.rows ?? 0) }) : say(words.sending)
  return (
    <p role="status" style={{ marginTop: 12 }}>
      <span className="sub">{label}</span>{' '}
      <progress aria-label={label} style={{ width: '100%' }} {...(!isSent && { value: share })} />
    </p>
  )
}

function Result({ unit, file }: { unit: string; file: string }) {
  const { say } = useSay()
  const answer = useAsk('library.file', { unit, file })
  return (
    <>
      <Card title={say(words.result)} aside={answer.data && <UnitLink unit={answer.data.county} />}>
        <Answer of={answer}>{(data) => <Comes data={data} />}</Answer>
      </Card>
      {answer.data && answer.data.wrong > 0 && <Errors unit={unit} file={file} />}
    </>
  )
}

function Comes({ data }: { data: Summary }) {
  const { say, count, day } = useSay()
  const parts = ['made', 'renewed', 'unchanged', 'wrong'] as const
  const changes = data.made + data.renewed
  return (
    <div className="stack" aria-live="polite">
      <p className="sub small" style={{ overflowWrap: 'anywhere' }}>
        {say(words.sent, { name: data.name || 'xlsx', day: day(data.sentOn), by: say(data.by) })} · {count(data.rows)}{' '}
        {say(words.rows)}
      </p>
      <div className="grid cols-4">
        {parts.map((part) => (
          <p key={part} style={{ margin: 0 }}>
            <b className="num" style={{ fontSize: '1.6em' }}>
              {count(data[part])}
            </b>{' '}
            {say(words[part])}
          </p>
        ))}
      </div>
      {data.incomplete > 0 && <p className="why warn">{say(words.incomplete, { count: count(data.incomplete) })}</p>}
      {data.ignored.length > 0 && <p className="why note">{say(words.ignored, { sheets: data.ignored.join('、') })}</p>}
      {data.wrong > 0 ? (
        <div className="why no">
          <p>{say(words.bad)}</p>
          <a className="btn" href={`/api/imports/${data.file}/marked.xlsx${queryString({ unit: data.unit })}`} download>
            {say(words.marked)}
          </a>
        </div>
      ) : (
        <div className="why ok">
          <p>{say(data.rows === 0 ? words.empty : changes === 0 ? words.nothing : words.fine)}</p>
          {changes > 0 && <Abilities can={data.can} others />}
        </div>
      )}
    </div>
  )
}

const LIMIT = 50

function Errors({ unit, file }: { unit: string; file: string }) {
  const { say, count } = useSay()
  const state = useListState()
  const answer = useAsk('library.errors', { unit, file, offset: state.offset, limit: LIMIT })
  return (
    <Card title={say(words.errors)}>
      <Answer of={answer}>
        {({ errors, total }) => (
          <DataTable
            caption={say(words.errors)}
            rows={errors}
            rowKey={({ sheet, row, column, code }) => `${sheet} ${row} ${column} ${code}`}
            total={total}
            state={state}
            limit={LIMIT}
            searchable={false}
            columns={[
              { key: 'sheet', title: say(words.sheet), cell: ({ sheet }) => sheet },
              { key: 'row', title: say(words.row), align: 'right', cell: ({ row }) => count(row) },
              { key: 'column', title: say(words.column), cell: ({ column }) => column ?? '—' },
              { key: 'what', title: say(words.what), cell: ({ sentence }) => say(sentence) },
              { key: 'todo', title: say(words.todo), cell: ({ remedy }) => say(remedy) },
            ]}
          />
        )}
      </Answer>
    </Card>
  )
}
