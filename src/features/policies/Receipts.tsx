import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  Answer,
  Card,
  Choice,
  DataTable,
  DayText,
  Light,
  UnitLink,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSetSearch,
} from '#web/parts/index.ts'
import { Acknowledged, words } from './words.tsx'

const own = {
  receipts: { zh: '签收情况', en: 'Receipts' },
  missing: { zh: '还没有签收', en: 'Missing' },
  receiver: { zh: '主送单位', en: 'Receiver' },
  nobodyMissing: { zh: '没有符合的单位。', en: 'No such receiver.' },
}

const LIMIT = 20

/** Who received a document, who acknowledged it, and who is missing. */
export function Receipts({ policy }: { policy: AnswerOf<'policy.show'> }) {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const state = useListState('receipts')
  const which = search['receipts'] === 'acknowledged' || search['receipts'] === 'all' ? search['receipts'] : 'missing'
  const answer = useAsk('policy.receipts', { policy: policy.id, state: which, offset: state.offset, limit: LIMIT })
  const labels = { missing: own.missing, acknowledged: words.acknowledged, all: words.all }
  return (
    <Card title={say(own.receipts)} aside={<Acknowledged {...policy} />}>
      <Answer of={answer}>
        {({ total, receipts }) => (
          <DataTable
            caption={say(own.receipts)}
            rows={receipts}
            total={total}
            state={state}
            limit={LIMIT}
            searchable={false}
            rowKey={(receipt) => receipt.unit}
            empty={say(own.nobodyMissing)}
            tools={
              <Choice
                label={say(own.receipts)}
                value={which}
                options={(['missing', 'acknowledged', 'all'] as const).map((value) => ({
                  value,
                  label: say(labels[value]),
                }))}
                onChoose={(value) =>
                  setSearch({ receipts: value === 'missing' ? undefined : value, 'receipts.offset': undefined })
                }
              />
            }
            columns={[
              {
                key: 'unit',
                title: say(own.receiver),
                head: true,
                cell: (receipt) => <UnitLink unit={{ id: receipt.unit, name: receipt.name }} />,
              },
              {
                key: 'light',
                title: say(words.acknowledged),
                cell: (receipt) => (
                  <>
                    <Light light={receipt.light}>{say(receipt.words)}</Light>{' '}
                    {receipt.acknowledgedOn && <DayText day={receipt.acknowledgedOn} />}
                  </>
                ),
              },
              { key: 'can', title: '', cell: (receipt) => <Abilities can={receipt.can} tight /> },
            ]}
          />
        )}
      </Answer>
    </Card>
  )
}
