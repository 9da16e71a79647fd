import {
  Abilities,
  Answer,
  Card,
  DataTable,
  DayText,
  MadeUp,
  UnitLink,
  useAsk,
  useListState,
  useSay,
} from '#web/parts/index.ts'

const words = {
  title: { zh: '规划计划', en: 'Plans' },
  plan: { zh: '标题', en: 'Title' },
  unit: { zh: '单位', en: 'Unit' },
  kind: { zh: '种类', en: 'Kind' },
  annual: { zh: '年度计划', en: 'Annual plan' },
  rolling: { zh: '滚动规划', en: 'Rolling plan' },
  version: { zh: '第 {version} 版', en: 'version {version}' },
  adoptedOn: { zh: '制定日期', en: 'Adopted on' },
  none: { zh: '这一天还没有规划计划。', en: 'No plan was adopted by this day.' },
}

const LIMIT = 10

/** The plans that are in force at and below a unit, the newest first. */
export function Plans({ unit }: { unit: string }) {
  const { say } = useSay()
  const state = useListState('plans')
  const answer = useAsk('plan.list', { unit, offset: state.offset, limit: LIMIT })
  return (
    <Card title={say(words.title)}>
      <Answer of={answer}>
        {({ total, plans }) => (
          <DataTable
            caption={say(words.title)}
            rows={plans}
            total={total}
            state={state}
            limit={LIMIT}
            searchable={false}
            rowKey={(plan) => plan.id}
            empty={say(words.none)}
            columns={[
              {
                key: 'title',
                title: say(words.plan),
                head: true,
                cell: (plan) => (
                  <details>
                    <summary>
                      {say(plan.title)} {plan.madeUp && <MadeUp />}
                    </summary>
                    <p style={{ whiteSpace: 'pre-line', margin: '8px 0' }}>{say(plan.text)}</p>
                    <Abilities can={plan.can} tight />
                  </details>
                ),
              },
              {
                key: 'unit',
                title: say(words.unit),
                cell: (plan) => <UnitLink unit={{ id: plan.unit, name: plan.unitName }} />,
              },
              { key: 'kind', title: say(words.kind), cell: (plan) => `${say(words[plan.kind])} ${plan.year}` },
              {
                key: 'adoptedOn',
                title: say(words.adoptedOn),
                cell: (plan) => (
                  <>
                    <DayText day={plan.adoptedOn} />{' '}
                    <span className="sub small">{say(words.version, { version: plan.version })}</span>
                  </>
                ),
              },
            ]}
          />
        )}
      </Answer>
    </Card>
  )
}
