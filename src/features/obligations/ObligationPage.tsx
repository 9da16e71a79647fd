import { actOf, useActs } from '#web/acts.ts'
import {
  Abilities,
  actPath,
  Answer,
  AsOf,
  Card,
  DayText,
  Go,
  ItemLight,
  Page,
  Status,
  UnitLink,
  useAsk,
  useNames,
  useParams,
  useSay,
} from '#web/parts/index.ts'

const words = {
  plain: { zh: '应办事项', en: 'An obligation' },
  unit: { zh: '单位', en: 'Unit' },
  owes: { zh: '应办单位', en: 'Owed by' },
  opened: { zh: '产生于', en: 'Opened on' },
  due: { zh: '期限', en: 'Due' },
  met: { zh: '办结于', en: 'Met on' },
  ground: { zh: '依据', en: 'Ground' },
  article: { zh: '第{article}条', en: 'art. {article}' },
  acts: { zh: '办结它的事', en: 'What meets it' },
  entry: { zh: '看记录', en: 'see the entry' },
  chain: { zh: '看责任链', en: 'See the chain' },
  mine: { zh: '这是我的事', en: 'This is mine to do' },
  can: { zh: '可以办', en: 'What may be done' },
}

export default function ObligationPage() {
  const { say, list } = useSay()
  const { id = '' } = useParams()
  const item = useAsk('obligation.show', { id })
  const acts = useActs()
  const names = useNames()
  const data = item.data
  return (
    <Page
      title={data ? say(data.title) : say(words.plain)}
      mark={data && <ItemLight item={data} />}
      sub={data && <UnitLink unit={{ id: data.unit, name: data.name }} />}
      aside={<AsOf />}
    >
      <Answer of={item}>
        {(each) => (
          <div className="grid cols-2">
            <Card>
              <dl className="facts">
                <dt>{say(words.unit)}</dt>
                <dd>
                  {say(each.name)} · <Go to={`/chain/${each.unit}`}>{say(words.chain)}</Go>
                </dd>
                <dt>{say(words.owes)}</dt>
                <dd>{each.owes ? <UnitLink unit={each.owes.unit} to={`/chain/${each.owes.unit.id}`} /> : '—'}</dd>
                <dt>{say(words.opened)}</dt>
                <dd>
                  <DayText day={each.opened_on} /> · <Go to={`/journal/${each.opened_by}`}>{say(words.entry)}</Go>
                </dd>
                <dt>{say(words.due)}</dt>
                <dd>
                  <DayText day={each.due_on} />
                </dd>
                {each.met_on && (
                  <>
                    <dt>{say(words.met)}</dt>
                    <dd>
                      <DayText day={each.met_on} />{' '}
                      {each.met_by && <Go to={`/journal/${each.met_by}`}>{say(words.entry)}</Go>}
                    </dd>
                  </>
                )}
                <dt>{say(words.ground)}</dt>
                <dd>
                  <Go to={`/charter?duty=${each.duty}`}>
                    {names?.duties[each.duty] ? say(names.duties[each.duty] as { zh: string; en: string }) : each.duty}
                  </Go>{' '}
                  {each.article && say(words.article, { article: each.article })}{' '}
                  {each.status && <Status status={each.status} />}
                </dd>
                <dt>{say(words.acts)}</dt>
                <dd>
                  {list(
                    each.acts.map((name) => {
                      const act = actOf(acts.data, name)
                      return act ? say(act.title) : name
                    }),
                  )}
                </dd>
              </dl>
            </Card>
            <Meeting id={each.id} />
            {each.can.length > 0 && (
              <Card title={say(words.can)}>
                <Abilities can={each.can} others />
              </Card>
            )}
          </div>
        )}
      </Answer>
    </Page>
  )
}

/** For whoever owes it: the act that meets it, with what is known filled in. */
function Meeting({ id }: { id: string }) {
  const { say } = useSay()
  const mine = useAsk('responsibilities.mine')
  const item = mine.data?.items.find((each) => each.id === id)
  if (!item) return null
  return (
    <Card title={say(words.mine)}>
      <div className="row">
        {item.acts.map((act, at) => (
          <Go key={act.act} to={actPath(act.act, act.input)} className={`btn ${at === 0 ? 'primary' : ''}`}>
            {say(act.title)}
          </Go>
        ))}
      </div>
    </Card>
  )
}
