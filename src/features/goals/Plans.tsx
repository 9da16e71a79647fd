import { Abilities, Answer, Card, DayText, Empty, Status, UnitLink, useAsk, useSay } from '#web/parts/index.ts'

const words = {
  title: { zh: '规划计划', en: 'Plans' },
  annual: { zh: '年度计划', en: 'Annual plan' },
  rolling: { zh: '滚动规划', en: 'Rolling plan' },
  version: { zh: '第 {version} 版', en: 'version {version}' },
  none: { zh: '这一天还没有规划计划。', en: 'No plan was adopted by this day.' },
}

/** The plans that are in force at and below a unit, the newest first. */
export function Plans({ unit }: { unit: string }) {
  const { say } = useSay()
  const answer = useAsk('plan.list', { unit })
  return (
    <Card title={say(words.title)}>
      <Answer of={answer}>
        {({ plans }) =>
          plans.length === 0 ? (
            <Empty>{say(words.none)}</Empty>
          ) : (
            <div className="stack">
              {plans.map((plan) => (
                <details key={plan.id}>
                  <summary>
                    <b>{say(plan.title)}</b>{' '}
                    <span className="sub small">
                      <UnitLink unit={{ id: plan.unit, name: plan.unitName }} /> · {say(words[plan.kind])} {plan.year} ·{' '}
                      {say(words.version, { version: plan.version })} · <DayText day={plan.adoptedOn} />
                    </span>{' '}
                    {plan.madeUp && <Status status={plan.status} />}
                  </summary>
                  <p style={{ whiteSpace: 'pre-line', margin: '8px 0' }}>{say(plan.text)}</p>
                  <Abilities can={plan.can} tight />
                </details>
              ))}
            </div>
          )
        }
      </Answer>
    </Card>
  )
}
