import type { AnswerOf } from '#web/ask.ts'
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
  PersonName,
  Problem,
  UnitLink,
  useAsk,
  useParams,
  useSay,
  Written,
} from '#web/parts/index.ts'
import { useDeed } from './deed.tsx'
import { findingLights, inspectionLights, shared } from './supervision-words.tsx'
import { findingStateWords } from './FindingsPage.tsx'
import './supervision.css'

type Inspection = AnswerOf<'inspection.show'>

const words = {
  plain: { zh: '督查', en: 'An inspection' },
  all: { zh: '全部督查', en: 'All inspections' },
  plan: { zh: '计划', en: 'The plan' },
  period: { zh: '期间', en: 'Period' },
  topics: { zh: '督查内容', en: 'Subjects' },
  people: { zh: '督查人员', en: 'Inspectors' },
  nobody: { zh: '未列明', en: 'not named' },
  drawnOf: { zh: '在 {frame} 个单位中抽 {units} 个', en: '{units} of {frame} units are drawn' },
  frame: { zh: '抽取范围', en: 'Units that may be drawn' },
  lot: { zh: '种子和名单', en: 'Seed and list' },
  digest: { zh: '种子的 SHA-256 摘要', en: 'SHA-256 of the seed' },
  committed: { zh: '公布于', en: 'published on' },
  public: { zh: '并入的公开号码', en: 'Public number joined' },
  drawOn: { zh: '抽取日', en: 'Day of the draw' },
  drawnOn: { zh: '抽取于', en: 'Drawn on' },
  opensOn: { zh: '名单启封日', en: 'List opens on' },
  seed: { zh: '种子', en: 'Seed' },
  sealed: {
    zh: '名单封存至启封日：除督查单位以外，谁也读不到，数据库里也没有写下名单。',
    en: 'The list is sealed until its day: nobody but the planner can read it, and it is written down nowhere in the database.',
  },
  list: { zh: '抽中的单位', en: 'Units drawn' },
  same: { zh: '用公开的种子重新抽取，名单相同', en: 'drawn again from the seed that was told: the same list' },
  other: { zh: '用公开的种子重新抽取，名单不同', en: 'drawn again from the seed that was told: another list' },
  how: {
    zh: '重算：把种子、换行符、公开号码连起来取 SHA-256，以其为种子、以“units 层名”为标签，从范围名单中依次抽取；算法见 src/statistics/stream.ts。',
    en: 'To draw it again: take SHA-256 of the seed, a line feed and the public number as the seed and «units stratum» as the label, and draw from the frame in its order; src/statistics/stream.ts says how.',
  },
  look: { zh: '查看封存名单', en: 'Look at the sealed list' },
  lookWhy: { zh: '每次查看都记入日志。', en: 'Each look goes into the journal.' },
  findings: { zh: '查出的问题', en: 'What was found' },
  none: { zh: '尚未记入问题。', en: 'Nothing was recorded yet.' },
  why: { zh: '取消理由', en: 'Why it was cancelled' },
}

/** One inspection: the plan, the committed seed, the sealed or opened list, what was found. */
export default function InspectionPage() {
  const { say } = useSay()
  const { id = '' } = useParams()
  const answer = useAsk('inspection.show', { id })
  const { data } = answer
  return (
    <Page
      title={data?.title ?? say(words.plain)}
      {...(data && { titleLanguage: languageOf(data.title) })}
      mark={
        data && (
          <>
            <Light light={inspectionLights[data.state]}>{say(data.stateWords)}</Light>{' '}
            {data.madeUp && <MadeUp why={say(shared.madeUp)} />}
          </>
        )
      }
      sub={
        data && (
          <span className="row supervision">
            <UnitLink unit={{ id: data.unit, name: data.unitName }} />
            <DayText day={data.on} />
            <Go to={`/inspections?unit=${data.unit}`}>{say(words.all)}</Go>
          </span>
        )
      }
      aside={<AsOf />}
    >
      <Answer of={answer} lines={10}>
        {(inspection) => (
          <div className="stack supervision">
            <div className="grid cols-2">
              <Plan of={inspection} />
              <Lot of={inspection} />
            </div>
            {inspection.drawn.length > 0 && <Drawn of={inspection} />}
            {inspection.state === 'opened' && <Found of={inspection} />}
            <Card title={say(words.frame)}>
              <ol className="supervision-list">
                {inspection.frame.map((each) => (
                  <li key={each.n} value={each.n}>
                    <span className="num sub">{each.n}</span> <UnitLink unit={{ id: each.unit, name: each.name }} />
                    {each.stratum !== 'all' && <span className="sub small"> {each.stratum}</span>}
                  </li>
                ))}
              </ol>
            </Card>
          </div>
        )}
      </Answer>
    </Page>
  )
}

function Plan({ of }: { of: Inspection }) {
  const { say, count } = useSay()
  return (
    <Card title={say(words.plan)}>
      <dl className="facts">
        <dt>{say(words.period)}</dt>
        <dd>
          <DayText day={of.from} /> – <DayText day={of.until} />
        </dd>
        <dt>{say(words.topics)}</dt>
        <dd>
          {of.topics.map((topic) => (
            <div key={topic.id}>
              <Go to={topic.isCheck ? `/checks/${topic.id}` : `/charter?duty=${topic.id}`}>{say(topic.title)}</Go>
            </div>
          ))}
        </dd>
        <dt>{say(words.list)}</dt>
        <dd>{say(words.drawnOf, { units: count(of.units), frame: count(of.frame.length) })}</dd>
        <dt>{say(words.people)}</dt>
        <dd>
          {of.inspectors.length === 0 && say(words.nobody)}
          {of.inspectors.map((person) => (
            <div key={person.id}>
              <PersonName person={person} />
            </div>
          ))}
        </dd>
        {of.reason && (
          <>
            <dt>{say(words.why)}</dt>
            <dd>
              <Written>{of.reason}</Written>
            </dd>
          </>
        )}
      </dl>
    </Card>
  )
}

function Lot({ of }: { of: Inspection }) {
  const { say } = useSay()
  const looks = of.can.find((each) => each.act === 'inspection.look' && each.mine)
  const others = of.can.filter((each) => each.act !== 'inspection.look')
  return (
    <Card title={say(words.lot)}>
      {(of.state === 'planned' || of.state === 'drawn') && <p className="why note">{say(words.sealed)}</p>}
      <dl className="facts">
        <dt>{say(words.digest)}</dt>
        <dd>
          <span className="mono break">{of.commitment}</span>
          <div className="sub small">
            {say(words.committed)} <DayText day={of.on} />
          </div>
        </dd>
        <dt>{say(words.public)}</dt>
        <dd>
          <Written>{of.publicNumber}</Written> {of.beacon && <span className="mono break">{of.beacon}</span>}
        </dd>
        <dt>{say(of.drawnOn ? words.drawnOn : words.drawOn)}</dt>
        <dd>
          <DayText day={of.drawnOn ?? of.drawOn} />
        </dd>
        <dt>{say(words.opensOn)}</dt>
        <dd>
          <DayText day={of.openedOn ?? of.opensOn} />
        </dd>
        {of.seed && (
          <>
            <dt>{say(words.seed)}</dt>
            <dd className="mono break">{of.seed}</dd>
          </>
        )}
      </dl>
      {looks && <Look of={of} />}
      <Abilities can={others} others />
    </Card>
  )
}

/** The sealed list, on this screen and nowhere else. */
function Look({ of }: { of: Inspection }) {
  const { say } = useSay()
  const deed = useDeed<{ units: readonly string[] }>('inspection.look')
  if (deed.result) {
    const seen = new Set(deed.result.units)
    return (
      <div role="status">
        <ul className="supervision-list">
          {of.frame
            .filter((each) => seen.has(each.unit))
            .map((each) => (
              <li key={each.n}>
                <UnitLink unit={{ id: each.unit, name: each.name }} />
              </li>
            ))}
        </ul>
      </div>
    )
  }
  return (
    <p>
      <button
        type="button"
        className="btn"
        disabled={deed.isRunning}
        onClick={() => void deed.run({ unit: of.unit, inspection: of.id })}
      >
        {say(words.look)}
      </button>{' '}
      <span className="sub small">{say(words.lookWhy)}</span>
      {deed.failure && <Problem error={deed.failure} />}
    </p>
  )
}

function Drawn({ of }: { of: Inspection }) {
  const { say } = useSay()
  return (
    <Card
      title={say(words.list)}
      aside={
        <Light light={of.isSameDrawnAgain ? 'green' : 'red'}>
          {say(of.isSameDrawnAgain ? words.same : words.other)}
        </Light>
      }
    >
      <ul className="supervision-list">
        {of.drawn.map((each) => (
          <li key={each.n}>
            <UnitLink unit={{ id: each.unit, name: each.name }} /> <Abilities can={each.can} tight />
          </li>
        ))}
      </ul>
      <p className="sub small">{say(words.how)}</p>
    </Card>
  )
}

function Found({ of }: { of: Inspection }) {
  const { say } = useSay()
  return (
    <Card title={say(words.findings)}>
      {of.findings.length === 0 && <p className="sub">{say(words.none)}</p>}
      <ul className="supervision-list" style={{ columns: 'auto' }}>
        {of.findings.map((each) => (
          <li key={each.id}>
            <Go to={`/findings/${each.id}`}>
              <Written>{each.title}</Written>
            </Go>{' '}
            · {say(each.name)} <Light light={findingLights[each.state]}>{say(findingStateWords[each.state])}</Light>
          </li>
        ))}
      </ul>
    </Card>
  )
}
