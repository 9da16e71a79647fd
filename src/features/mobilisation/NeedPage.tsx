import {
  Abilities,
  Answer,
  AsOf,
  Card,
  DayText,
  Go,
  languageOf,
  Light,
  MadeUp,
  Page,
  Share,
  UnitLink,
  useAsk,
  useParams,
  useSay,
  Written,
} from '#web/parts/index.ts'
import { needLights, PledgeLine, shared, Quantity } from './help-parts.tsx'

const words = {
  plain: { zh: '需求', en: 'A need' },
  what: { zh: '需要什么', en: 'What is needed' },
  received: { zh: '已核实收到', en: 'Confirmed as received' },
  matched: { zh: '已对接', en: 'Matched' },
  left: { zh: '还差', en: 'Still needed' },
  wanted: { zh: '何时要', en: 'Wanted by' },
  village: { zh: '村', en: 'Village' },
  campaign: { zh: '所属活动', en: 'Campaign' },
  closed: { zh: '关闭理由', en: 'Why it was closed' },
  none: { zh: '还没有人认捐。', en: 'Nobody has pledged yet.' },
  can: { zh: '可以办理', en: 'What may be done' },
  all: { zh: '全部需求', en: 'All needs' },
}

/** One need: what, how much, by when, and what has been pledged, matched and received. */
export default function NeedPage() {
  const { say } = useSay()
  const { id = '' } = useParams()
  const answer = useAsk('need.show', { id })
  const { data } = answer
  return (
    <Page
      title={data?.title ?? say(words.plain)}
      {...(data && { titleLanguage: languageOf(data.title) })}
      mark={
        data && (
          <>
            <Light light={needLights[data.state]}>{say(data.stateWords)}</Light> {data.madeUp && <MadeUp />}
          </>
        )
      }
      sub={
        data && (
          <span className="linked">
            <UnitLink unit={{ id: data.unit, name: data.unitName }} /> · <DayText day={data.on} /> ·{' '}
            <Go to={`/mobilisation?unit=${data.unit}`}>{say(words.all)}</Go>
          </span>
        )
      }
      aside={<AsOf />}
    >
      <Answer of={answer} lines={10}>
        {(need) => (
          <div className="grid cols-wide">
            <Card title={say(shared.pledges)}>
              {need.list.length === 0 ? (
                <p className="sub">{say(words.none)}</p>
              ) : (
                <ul className="pledges">
                  {need.list.map((pledge) => (
                    <PledgeLine key={pledge.id} pledge={pledge} />
                  ))}
                </ul>
              )}
            </Card>
            <div className="stack">
              <Card title={say(words.can)}>
                <Abilities can={need.can} others />
              </Card>
              <Card title={say(words.what)}>
                <p>
                  <Written>{need.why}</Written>
                </p>
                <Share share={Math.min(1, need.confirmed / need.quantity)} label={say(words.received)} />
                <dl className="facts">
                  <dt>{say(need.kindWords)}</dt>
                  <dd>
                    <Quantity of={need} quantity={need.quantity} />
                  </dd>
                  <dt>{say(words.matched)}</dt>
                  <dd>
                    <Quantity of={need} quantity={need.matched} />
                  </dd>
                  <dt>{say(words.received)}</dt>
                  <dd>
                    <Quantity of={need} quantity={need.confirmed} />
                  </dd>
                  <dt>{say(words.left)}</dt>
                  <dd>
                    <Quantity of={need} quantity={Math.max(0, need.quantity - need.matched)} />
                  </dd>
                  <dt>{say(words.wanted)}</dt>
                  <dd>
                    <DayText day={need.wanted} />
                  </dd>
                  {need.village && (
                    <>
                      <dt>{say(words.village)}</dt>
                      <dd>{say(need.village)}</dd>
                    </>
                  )}
                  {need.campaign && (
                    <>
                      <dt>{say(words.campaign)}</dt>
                      <dd>
                        <Go to={`/mobilisation?unit=${need.unit}&view=campaigns`}>
                          <Written>{need.campaign}</Written>
                        </Go>
                      </dd>
                    </>
                  )}
                  {need.closedFor && (
                    <>
                      <dt>{say(words.closed)}</dt>
                      <dd>
                        <DayText day={need.closedOn} />: “<Written>{need.closedFor}</Written>”
                      </dd>
                    </>
                  )}
                </dl>
              </Card>
            </div>
          </div>
        )}
      </Answer>
    </Page>
  )
}
