import { queryString } from '#web/api.ts'
import type { AnswerOf } from '#web/ask.ts'
import { toCsv, download } from '#web/parts/table.ts'
import {
  Answer,
  AsOf,
  Card,
  type Column,
  DataTable,
  DayText,
  Go,
  Light,
  Page,
  UnitPicker,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import { send } from '#web/api.ts'
import { AccountName, exactYuan, Yuan } from './BookParts.tsx'
import { words } from './book-words.tsx'
import './books.css'

const LIMIT = 50
const FILE_LIMIT = 200
const ACCOUNTS_SHOWN = 12

const kinds = {
  source: { zh: '来源', en: 'Source' },
  available: { zh: '可用', en: 'Available' },
  committed: { zh: '已安排待支付', en: 'Committed, not paid' },
  paid: { zh: '已支付', en: 'Paid' },
  fee: { zh: '管理费', en: 'Management fee' },
} as const
const flows = {
  appropriate: { zh: '安排', en: 'Appropriated' },
  allocate: { zh: '下达', en: 'Passed down' },
  return: { zh: '退回', en: 'Returned' },
  pool: { zh: '统筹整合', en: 'Pooled' },
  commit: { zh: '安排到项目', en: 'Committed' },
  release: { zh: '收回安排', en: 'Released' },
  pay: { zh: '支付', en: 'Paid' },
  fee: { zh: '项目管理费', en: 'Management fee' },
  carry: { zh: '结转', en: 'Carried over' },
  reverse: { zh: '更正冲回', en: 'Reversed' },
} as const

type Entries = AnswerOf<'account.entries'>
type Entry = Entries['items'][number]

const within = <Key extends string>(known: Readonly<Record<Key, unknown>>, asked: string | undefined) =>
  (Object.keys(known) as Key[]).find((each) => each === asked)

/** What the address asks of the books: whose, of which line, year, kind of account, project. */
function useWhich() {
  const search = useSearch()
  const session = useSession()
  const kind = within(kinds, search['kind'])
  const flow = within(flows, search['flow'])
  return {
    unit: search['unit'] ?? session?.actor?.unit.id ?? session?.root ?? '',
    ...(search['line'] && { line: search['line'] }),
    ...(search['year'] && { year: Number(search['year']) }),
    ...(kind && { kind }),
    ...(flow && { flow }),
    ...(search['project'] && { project: search['project'] }),
    ...(search['projectKind'] && { projectKind: search['projectKind'] as 'housing' }),
  }
}

/** The books themselves: every entry of a unit's accounts, with the balance after it. */
export default function EntriesPage() {
  const { say } = useSay()
  const which = useWhich()
  const list = useListState()
  const setSearch = useSetSearch()
  const about = useAsk('find.units', { id: which.unit }, { enabled: which.unit !== '' }).data?.units[0]
  const entries = useAsk(
    'account.entries',
    { ...which, offset: list.offset, limit: LIMIT },
    { enabled: which.unit !== '' },
  )
  return (
    <Page
      title={about ? say(words.entriesTitle, { unit: say(about.name) }) : say(words.entryList)}
      sub={
        <p>
          <Go to={`/funds/county/${which.unit}`}>{say(words.money)}</Go> · {say(words.entriesSub)}
        </p>
      }
      aside={
        <>
          <span style={{ width: 220 }}>
            <UnitPicker
              label={say(words.unit)}
              value={which.unit || undefined}
              onChoose={(id) => setSearch({ unit: id, line: undefined, project: undefined, offset: undefined })}
            />
          </span>
          <AsOf />
        </>
      }
    >
      <div className="stack">
        <Card>
          <Filters />
        </Card>
        <Answer of={entries} lines={10}>
          {(data) => (
            <>
              <Accounts accounts={data.accounts} />
              <Card title={say(words.entryList)}>
                <List entries={data} list={list} />
              </Card>
            </>
          )}
        </Answer>
      </div>
    </Page>
  )
}

function Filters() {
  const { say } = useSay()
  const setSearch = useSetSearch()
  const search = useSearch()
  const which = useWhich()
  const session = useSession()
  const today = search['on'] ?? session?.today ?? ''
  const choose = (key: string, value: string) => setSearch({ [key]: value || undefined, offset: undefined })
  const lines = useAsk('find.fund-lines', { unit: which.unit, limit: 200 }, { enabled: which.unit !== '' })
  const projects = useAsk('find.projects', { id: which.project ?? '' }, { enabled: which.project !== undefined })
  const years = Array.from({ length: Math.max(1, Number(today.slice(0, 4)) - 2011) }, (_, at) => 2012 + at).toReversed()
  const known = projects.data?.choices.find((choice) => choice.id === which.project)
  return (
    <div className="row">
      <Select
        label={say(words.line)}
        value={which.line}
        all={say(words.every)}
        options={(lines.data?.choices ?? []).map(({ id, name }) => [id, say(name)])}
        onChoose={(value) => choose('line', value)}
      />
      <Select
        label={say(words.year)}
        value={which.year === undefined ? undefined : String(which.year)}
        all={say(words.everyYear)}
        options={years.map((year) => [String(year), say(words.yearOf, { year })])}
        onChoose={(value) => choose('year', value)}
      />
      <Select
        label={say(words.accountKind)}
        value={which.kind}
        all={say(words.everyKind)}
        options={Object.entries(kinds).map(([key, name]) => [key, say(name)])}
        onChoose={(value) => choose('kind', value)}
      />
      <Select
        label={say(words.flow)}
        value={which.flow}
        all={say(words.everyFlow)}
        options={Object.entries(flows).map(([key, name]) => [key, say(name)])}
        onChoose={(value) => choose('flow', value)}
      />
      {which.project && (
        <span>
          {say(words.onlyProject, { name: known ? say(known.name) : which.project })}{' '}
          <button type="button" className="btn tight" onClick={() => choose('project', '')}>
            {say(words.lift)}
          </button>
        </span>
      )}
      {which.projectKind && (
        <span>
          {say(words.ofKind, { kind: which.projectKind })}{' '}
          <button type="button" className="btn tight" onClick={() => choose('projectKind', '')}>
            {say(words.lift)}
          </button>
        </span>
      )}
    </div>
  )
}

type SelectProps = {
  readonly label: string
  readonly value: string | undefined
  readonly all: string
  readonly options: readonly (readonly [string, string])[]
  readonly onChoose: (value: string) => void
}

const Select = ({ label, value, all, options, onChoose }: SelectProps) => (
  <select
    className="field"
    aria-label={label}
    style={{ maxWidth: '100%', flex: '0 1 auto' }}
    value={value ?? ''}
    onChange={(event) => onChoose(event.target.value)}
  >
    <option value="">{all}</option>
    {options.map(([key, name]) => (
      <option key={key} value={key}>
        {name}
      </option>
    ))}
  </select>
)

/** The accounts whose entries these are, with what each holds. */
function Accounts({ accounts }: { accounts: Entries['accounts'] }) {
  const { say } = useSay()
  const list = useListState('a')
  if (accounts.length === 0) return null
  return (
    <Card title={say(words.accounts)}>
      <DataTable
        caption={say(words.accounts)}
        rows={accounts}
        state={list}
        limit={ACCOUNTS_SHOWN}
        searchable={accounts.length > ACCOUNTS_SHOWN}
        rowKey={(account) => account.account}
        columns={[
          {
            key: 'account',
            title: say(words.account),
            head: true,
            value: (account) =>
              `${say(account.kindName)} ${say(account.lineTitle)} ${account.year} ${account.project?.code ?? ''}`,
            cell: (account) => <AccountName account={account} beside={{ unit: account.unit }} />,
          },
          { key: 'entries', title: say(words.entryList), align: 'right', value: (account) => account.entries },
          {
            key: 'balance',
            title: say(words.balance),
            align: 'right',
            value: (account) => Number(account.balanceFen) / 100,
            cell: (account) => <Yuan fen={account.balanceFen} />,
          },
        ]}
      />
    </Card>
  )
}

function List({ entries, list }: { entries: Entries; list: ReturnType<typeof useListState> }) {
  const { say } = useSay()
  const which = useWhich()
  const { on } = useSearch()
  const accounts = new Map(entries.accounts.map((account) => [account.account, account]))
  const own = (entry: Entry) => accounts.get(entry.account)
  const columns: readonly Column<Entry>[] = [
    { key: 'on', title: say(words.day), cell: (entry) => <DayText day={entry.on} /> },
    {
      key: 'document',
      title: say(words.document),
      head: true,
      cell: (entry) => (
        <span>
          <Go to={entry.address}>{entry.document}</Go>
          <span className="sub small" style={{ display: 'block' }}>
            {say(entry.kindName)}
            {entry.payee && ` · ${entry.payee.shown}`}
            {entry.work && ` · ${entry.work}`}
          </span>
          {entry.reversedBy && (
            <Light light="yellow">
              <Go to={`/funds/postings/${entry.reversedBy.act}?n=${entry.reversedBy.n}`}>{say(words.corrected)}</Go>
            </Light>
          )}
          {entry.reverses && (
            <Go to={`/funds/postings/${entry.reverses.act}?n=${entry.reverses.n}`}>
              {say(words.corrects, { n: entry.reverses.n })}
            </Go>
          )}
        </span>
      ),
    },
    {
      key: 'account',
      title: say(words.account),
      cell: (entry) => {
        const account = own(entry)
        return account ? <AccountName account={account} beside={{ unit: account.unit }} /> : '—'
      },
    },
    {
      key: 'other',
      title: say(words.other),
      cell: (entry) => <AccountName account={entry.other} beside={own(entry)} />,
    },
    {
      key: 'amount',
      title: say(words.amount),
      align: 'right',
      cell: (entry) => <Yuan fen={entry.amountFen} signed />,
    },
    {
      key: 'balance',
      title: say(words.balance),
      align: 'right',
      cell: (entry) => <Yuan fen={entry.balanceFen} />,
    },
  ]
  return (
    <DataTable
      caption={say(words.entryList)}
      rows={entries.items}
      total={entries.total}
      state={list}
      limit={LIMIT}
      searchable={false}
      rowKey={(entry) => `${entry.account} ${entry.version} ${entry.act} ${entry.n}`}
      empty={say(words.noEntries)}
      tools={<File which={which} on={on} total={entries.total} />}
      columns={columns}
    />
  )
}

/** Every entry that was found, page after page, as one file. */
function File({ which, on, total }: { which: ReturnType<typeof useWhich>; on: string | undefined; total: number }) {
  const { say, t } = useSay()
  const columns = [
    { title: say(words.day), value: (entry: Entry) => entry.on },
    { title: say(words.document), value: (entry: Entry) => entry.document },
    { title: say(words.what), value: (entry: Entry) => say(entry.kindName) },
    { title: say(words.payee), value: (entry: Entry) => entry.payee?.shown ?? '' },
    { title: say(words.work), value: (entry: Entry) => entry.work ?? '' },
    { title: say(words.other), value: (entry: Entry) => `${say(entry.other.unitName)} ${say(entry.other.kindName)}` },
    { title: say(words.line), value: (entry: Entry) => say(entry.other.lineTitle) },
    { title: say(words.project), value: (entry: Entry) => entry.other.project?.code ?? '' },
    { title: say(words.amount), value: (entry: Entry) => plain(entry.amountFen) },
    { title: say(words.balance), value: (entry: Entry) => plain(entry.balanceFen) },
  ]
  const save = async () => {
    const rows: Entry[] = []
    while (rows.length < total) {
      const path = `/api/asks/account.entries${queryString({ ...which, on, offset: rows.length, limit: FILE_LIMIT })}`
      const { items } = await send<Entries>('GET', path)
      if (items.length === 0) break
      rows.push(...items)
    }
    download('entries.csv', toCsv(columns, rows))
  }
  return (
    <button type="button" className="btn tight push" disabled={total === 0} onClick={() => void save()}>
      {t('download')}
    </button>
  )
}

const plain = (fen: string) => exactYuan(fen).replaceAll(',', '').replace('−', '-')
