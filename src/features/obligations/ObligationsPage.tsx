import {
  Answer,
  AsOf,
  Card,
  Choice,
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
import { Unpublished, useItemColumns } from './columns.tsx'
import { words } from './words.tsx'

const PAGE = 50

/** What is owed at and below a unit, and how far it has been followed up. */
export default function ObligationsPage() {
  const { say } = useSay()
  const session = useSession()
  const { unit = session?.actor?.unit.id ?? session?.root, state = 'open', step } = useSearch()
  const setSearch = useSetSearch()
  const list = useListState()
  const answer = useAsk(
    'obligation.list',
    {
      ...(unit && { unit }),
      ...(step && { step: step as 'late' }),
      state: state as 'open',
      text: list.find,
      sort: list.sort === '' ? 'due' : list.sort,
      offset: list.offset,
      limit: PAGE,
    },
    { enabled: unit !== undefined },
  )
  const columns = useItemColumns(answer.data?.items)
  return (
    <Page
      title={say(words.title)}
      sub={say(words.sub)}
      aside={
        <>
          <span style={{ width: 220 }}>
            <UnitPicker
              label={say(words.within)}
              value={unit}
              onChoose={(id) => setSearch({ unit: id, offset: undefined })}
            />
          </span>
          <Go to={`/urging${unit ? `?unit=${unit}` : ''}`} className="btn">
            {say(words.toUrging)}
          </Go>
          <AsOf />
        </>
      }
    >
      <Card>
        <Answer of={answer} lines={8}>
          {(data) => (
            <>
              <DataTable
                caption={say(words.title)}
                rows={data.items}
                columns={columns}
                rowKey={(item) => item.id}
                total={data.total}
                state={list}
                limit={PAGE}
                csv="obligations"
                tools={
                  <>
                    <Choice
                      label={say(words.state)}
                      value={state}
                      options={(['open', 'late', 'met', 'all'] as const).map((value) => ({
                        value,
                        label: say(words[value]),
                      }))}
                      onChoose={(value) =>
                        setSearch({ state: value === 'open' ? undefined : value, offset: undefined })
                      }
                    />
                    <StepFilter steps={data.steps} />
                  </>
                }
              />
              <Unpublished items={data.items} />
            </>
          )}
        </Answer>
      </Card>
    </Page>
  )
}

/** Only what has come to a step of the ladder. */
export function StepFilter({ steps }: { steps: readonly { step: string; title: { zh: string; en: string } }[] }) {
  const { say } = useSay()
  const { step = '' } = useSearch()
  const setSearch = useSetSearch()
  return (
    <select
      className="field"
      aria-label={say(words.reached)}
      value={step}
      onChange={(event) => setSearch({ step: event.target.value || undefined, offset: undefined })}
    >
      <option value="">{say(words.anyStep)}</option>
      <option value="none">{say(words.noStep)}</option>
      {steps.map((each) => (
        <option key={each.step} value={each.step}>
          {say(each.title)}
        </option>
      ))}
    </select>
  )
}
