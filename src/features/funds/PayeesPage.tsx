import type { AnswerOf } from '#web/ask.ts'
import {
  actPath,
  Answer,
  AsOf,
  Card,
  Choice,
  type Column,
  DataTable,
  Go,
  Page,
  UnitPicker,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import { words } from './book-words.tsx'
import { RevealPayee } from './deed.tsx'

const LIMIT = 50
const kinds = ['household', 'cooperative', 'company', 'institution'] as const

type Payee = AnswerOf<'payee.list'>['items'][number]

/** Whom a county pays: people masked, accounts shown only to those who pay, and that they looked is journalled. */
export default function PayeesPage() {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const session = useSession()
  const list = useListState()
  const unit = search['unit'] ?? session?.actor?.unit.id ?? ''
  const kind = kinds.find((each) => each === search['kind'])
  const about = useAsk('find.units', { id: unit }, { enabled: unit !== '' }).data?.units[0]
  const mine = useAsk('responsibilities.mine', {}, { enabled: Boolean(session?.actor) })
  const payees = useAsk('payee.list', {
    unit,
    ...(kind && { kind }),
    ...(list.find && { search: list.find }),
    offset: list.offset,
    limit: LIMIT,
  })
  const registers = unit === session?.actor?.unit.id && mine.data?.can.some((line) => line.act === 'payee.register')
  const columns: readonly Column<Payee>[] = [
    {
      key: 'shown',
      title: say(words.shown),
      head: true,
      value: (payee) => payee.shown,
      cell: (payee) => payee.shown,
    },
    {
      key: 'kind',
      title: say(words.payeeKind),
      cell: (payee) => say(payee.kindName),
      value: (payee) => say(payee.kindName),
    },
    {
      key: 'id',
      title: say(words.payeeId),
      value: (payee) => payee.id,
      cell: (payee) => (
        <span className="mono" style={{ overflowWrap: 'anywhere' }}>
          {payee.id}
        </span>
      ),
    },
    ...(payees.data?.items.some((payee) => payee.can.some((ability) => ability.mine))
      ? [
          {
            key: 'reveal',
            title: say(words.bank),
            cell: (payee: Payee) => <RevealPayee key={payee.id} unit={unit} payee={payee.id} />,
          },
        ]
      : []),
  ]
  return (
    <Page
      title={about ? say(words.payeesTitle, { unit: say(about.name) }) : say(words.payees)}
      sub={
        <p>
          <Go to={`/funds/county/${unit}`}>{say(words.money)}</Go> · {say(words.payeesSub)}
        </p>
      }
      aside={
        <>
          <span style={{ width: 220 }}>
            <UnitPicker
              label={say(words.unit)}
              value={unit || undefined}
              onChoose={(id) => setSearch({ unit: id, offset: undefined })}
            />
          </span>
          <AsOf />
          {registers && (
            <Go to={actPath('payee.register', { unit })} className="btn primary">
              {say(words.register)}
            </Go>
          )}
        </>
      }
    >
      <Card>
        <Answer of={payees} lines={8}>
          {({ items, total }) => (
            <DataTable
              caption={say(words.payees)}
              rows={items}
              total={total}
              state={list}
              limit={LIMIT}
              csv="payees"
              rowKey={(payee) => payee.id}
              empty={say(words.noPayees)}
              tools={
                <Choice
                  label={say(words.payeeKind)}
                  value={kind ?? 'all'}
                  options={[
                    { value: 'all', label: say(words.everyPayee) },
                    ...kinds.map((value) => ({ value, label: say(words[value]) })),
                  ]}
                  onChoose={(value) => setSearch({ kind: value === 'all' ? undefined : value, offset: undefined })}
                />
              }
              columns={columns}
            />
          )}
        </Answer>
      </Card>
    </Page>
  )
}
