import { useState } from 'react'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  DayText,
  Go,
  Light,
  MadeUp,
  Page,
  Status,
  UnitLink,
  useAsk,
  useParams,
  useSay,
  Written,
} from '#web/parts/index.ts'
import { AssessEntry } from './AssessEntry.tsx'
import {
  assess,
  BasisText,
  Grade,
  inPoints,
  type Item,
  type Shown,
  signed,
  StateLight,
  written,
} from './assess-page-words.tsx'
import './assess.css'
import './sample.css'

const words = {
  plain: { zh: '年度考核', en: 'Yearly assessment' },
  all: { zh: '全部考核', en: 'All assessments' },
  title: { zh: '{unit}{year}年考核', en: '{unit}, assessed for {year}' },
  result: { zh: '结果', en: 'Result' },
  noResult: { zh: '还没有签发。', en: 'Nothing is signed yet.' },
  version: { zh: '第 {version} 版，{day} 签发', en: 'Version {version}, signed on {day}' },
  capped: { zh: '按得分为“{grade}”，受一票否决限制。', en: 'By its points «{grade}», capped by a veto.' },
  anew: {
    zh: '已重新核定，尚未签发；在此之前上一版有效。',
    en: 'Verified anew and not signed yet; the last version stands until then.',
  },
  weights: { zh: '第 {version} 版权重', en: 'weights of version {version}' },
  items: { zh: '逐项', en: 'Item by item' },
  reported: { zh: '自报', en: 'Self-reported' },
  verified: { zh: '核定', en: 'Verified' },
  evidence: { zh: '依据', en: 'Evidence' },
  differs: { zh: '比自报 {by}', en: '{by} on the self-report' },
  now: { zh: '系统数值现在是 {value}，签发时 {before}', en: 'the system’s value is now {value}, when signed {before}' },
  defined: { zh: '指标口径已变', en: 'the figure is defined anew' },
  since: {
    zh: '签发以来 {changed} 项系统数值已变；签发的结果不变。按现在的数值{weights}会得 {score} 分（{by}）。',
    en: 'Since it was signed {changed} values of the system have changed; what was signed stays. By today’s values{weights} it would be {score} points ({by}).',
  },
  andWeights: { zh: '和新版权重', en: ' and the newer weights' },
  unchanged: { zh: '签发以来，依据没有变化。', en: 'Nothing that it stands on has changed since it was signed.' },
  vetoes: { zh: '一票否决', en: 'Vetoes' },
  noVeto: { zh: '没有认定一票否决。', en: 'No veto was found.' },
  consequences: { zh: '结果运用', en: 'What follows' },
  open: { zh: '待落实', en: 'to be done' },
  may: { zh: '可以运用', en: 'may be done' },
  can: { zh: '可以办理', en: 'What may be done' },
  steps: { zh: '经过', en: 'How it went' },
  again: { zh: '重算', en: 'Compute it again' },
  againWhy: {
    zh: '只用签发时封存的依据重新计分，与签发的逐项对照；依据可以下载，自己再算。',
    en: 'Scores again from nothing but the evidence that was kept with the signature, point by point; it can be downloaded, to be computed by oneself.',
  },
  same: { zh: '相同', en: 'the same' },
  different: { zh: '不同', en: 'different' },
  download: { zh: '下载依据（JSON）', en: 'Download the evidence (JSON)' },
  digest: { zh: '摘要', en: 'Digest' },
}

/** One assessment: indicator by indicator, what follows from it, and the means to compute it again. */
export default function AssessmentPage() {
  const { say } = useSay()
  const { id = '' } = useParams()
  const answer = useAsk('assessment.show', { id })
  const { data } = answer
  return (
    <Page
      title={data?.ofFacts ? say(words.title, { unit: say(data.ofFacts.name), year: data.year }) : say(words.plain)}
      mark={data && <StateLight of={data} />}
      sub={
        data && (
          <span className="row">
            {say(data.schemeTitle)}
            {data.unitFacts && (
              <span>
                {say(assess.by)} <UnitLink unit={data.unitFacts} />
              </span>
            )}
            <Go to={`/assessments?unit=${data.of}&scheme=${data.scheme}&year=${data.year}`}>{say(words.all)}</Go>
          </span>
        )
      }
      aside={<AsOf />}
    >
      <Answer of={answer} lines={10}>
        {(shown) => (
          <div className="stack">
            <div className="grid cols-2">
              <Result of={shown} />
              <Following of={shown} />
            </div>
            <Items of={shown} />
            <AssessEntry of={shown} />
            {shown.version > 0 && <Again id={shown.id} version={shown.version} />}
            <History of={shown} />
          </div>
        )}
      </Answer>
    </Page>
  )
}

function Result({ of }: { of: Shown }) {
  const { say, day } = useSay()
  const last = of.signedBefore.at(-1)
  if (!last)
    return (
      <Card title={say(words.result)}>
        <p>{say(words.noResult)}</p>
        {of.weights === null && <p className="why note">{say(assess.blank)}</p>}
      </Card>
    )
  return (
    <Card title={say(words.result)}>
      <p className="assess-score">
        <b className="num">{inPoints(last.score)}</b> <Grade title={of.gradeTitle} status={of.gradeStatus} />
      </p>
      <p className="sub">
        {say(words.version, { version: last.version, day: day(last.on) })}
        {of.signedWeights && ` · ${say(words.weights, { version: of.signedWeights.version })}`}{' '}
        {of.weights?.madeUp && <MadeUp why={say(assess.madeUpWeights)} />}
      </p>
      {of.gradeByPoints && of.gradeTitle && of.gradeByPoints.en !== of.gradeTitle.en && (
        <p className="why warn">{say(words.capped, { grade: say(of.gradeByPoints) })}</p>
      )}
      {of.isAnew && <p className="why warn">{say(words.anew)}</p>}
      {of.since && of.since.score !== null && last.score !== null ? (
        <p className="why warn">
          {say(words.since, {
            changed: of.since.changed,
            weights: of.since.hasNewWeights ? say(words.andWeights) : '',
            score: inPoints(of.since.score),
            by: signed(of.since.score - last.score),
          })}
        </p>
      ) : (
        of.since?.changed === 0 && <p className="why ok">{say(words.unchanged)}</p>
      )}
      <p className="small sub">{say(last.score === null ? assess.blank : assess.notOfficial)}</p>
      <p className="small mono break sub">
        {say(words.digest)} {last.digest}
      </p>
    </Card>
  )
}

function Following({ of }: { of: Shown }) {
  const { say } = useSay()
  return (
    <div className="stack">
      <Card title={say(words.vetoes)}>
        {of.vetoes.length === 0 && <p className="sub">{say(words.noVeto)}</p>}
        {of.vetoes.map((each) => (
          <p key={each.veto}>
            <Light light="red">{each.title ? say(each.title) : each.veto}</Light>
            <br />
            <Written>{each.evidence}</Written>
          </p>
        ))}
      </Card>
      {(of.consequences.length > 0 || of.open.length > 0) && (
        <Card title={say(words.consequences)}>
          <ul className="assess-steps">
            {of.consequences.map((each) => (
              <li key={`${each.version} ${each.consequence}`}>
                <Light light="green">{each.meant ? say(each.meant.title) : each.consequence}</Light>{' '}
                <DayText day={each.on} /> <Written>{each.words}</Written>
              </li>
            ))}
            {of.open.map((each) => (
              <li key={each.id}>
                <Light light={each.owed ? 'yellow' : 'none'}>{say(each.owed ? words.open : words.may)}</Light>{' '}
                {say(each.title)} <Status status={each.status} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      {of.can.length > 0 && (
        <Card title={say(words.can)}>
          <Abilities can={of.can.filter((each) => !entryActs.has(each.act) || !each.mine)} others />
        </Card>
      )}
    </div>
  )
}

/** These are done in the page itself, item by item. */
const entryActs = new Set(['assessment.report', 'assessment.verify'])

function Items({ of }: { of: Shown }) {
  const { say } = useSay()
  return (
    <Card title={say(words.items)}>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={say(words.items)}>
        <table className="stacking">
          <caption className="visually-hidden">{say(words.items)}</caption>
          <thead>
            <tr>
              <th scope="col">{say(assess.indicator)}</th>
              <th scope="col">{say(words.reported)}</th>
              <th scope="col">{say(words.verified)}</th>
              <th scope="col">{say(words.evidence)}</th>
              <th scope="col" className="right">
                {say(assess.weight)}
              </th>
              <th scope="col" className="right">
                {say(assess.points)}
              </th>
            </tr>
          </thead>
          {of.blocks.map((block) => (
            <tbody key={block.id}>
              <tr className="assess-block">
                <th scope="rowgroup" colSpan={6}>
                  {say(block.title)}
                </th>
              </tr>
              {block.indicators.map((item) => (
                <ItemRow key={item.id} item={item} of={of} />
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </Card>
  )
}

function ItemRow({ item, of }: { item: Item; of: Shown }) {
  const { say } = useSay()
  const apart = item.reported !== null && item.verified !== null ? item.verified - item.reported : 0
  return (
    <tr>
      <th scope="row" data-label="">
        <span>
          {say(item.title)} <Status status={item.status} />
          <span className="sub small assess-now">
            {say(item.measure)} · {say(item.data_source)}
          </span>
        </span>
      </th>
      <td data-label={say(words.reported)} className="num">
        <span>{written(item.reported)}</span>
      </td>
      <td data-label={say(words.verified)}>
        <span>
          <b className="num">{written(item.verified)}</b>{' '}
          {apart !== 0 && <Light light="yellow">{say(words.differs, { by: signed(apart) })}</Light>}
          {item.hasChanged && (
            <span className="assess-now">
              <Light light="yellow">
                {say(words.now, { value: written(item.now), before: written(item.signedSystem) })}
              </Light>
            </span>
          )}
          {item.isDefinedAnew && (
            <span className="assess-now">
              <Light light="yellow">{say(words.defined)}</Light>
            </span>
          )}
        </span>
      </td>
      <td data-label={say(words.evidence)}>
        <span>
          {item.verifiedEvidence && (
            <div>
              <Written>{item.verifiedEvidence}</Written>
            </div>
          )}
          {item.reportedEvidence && (
            <div className="sub">
              {say(words.reported)}: <Written>{item.reportedEvidence}</Written>
            </div>
          )}
          <BasisText of={item.basis ?? item.nowBasis} unit={of.of} year={of.year} />
          {!item.verifiedEvidence && !item.reportedEvidence && !item.basis && !item.nowBasis && '—'}
        </span>
      </td>
      <td data-label={say(assess.weight)} className="right num">
        <span>{item.scale ? `${written(item.scale.weight)}%` : '—'}</span>
      </td>
      <td data-label={say(assess.points)} className="right num">
        <span>{inPoints(item.points)}</span>
      </td>
    </tr>
  )
}

/** The score computed again, for whoever doubts it. */
function Again({ id, version }: { id: string; version: number }) {
  const { say } = useSay()
  const [isAsked, setAsked] = useState(false)
  const answer = useAsk('assessment.recompute', { id, version }, { enabled: isAsked })
  return (
    <Card title={say(words.again)}>
      <p className="sub">{say(words.againWhy)}</p>
      <div className="row">
        <button type="button" className="btn primary" onClick={() => setAsked(true)}>
          {say(words.again)}
        </button>
        {answer.data && (
          <a
            className="btn"
            download={`assessment-${id}-${version}.json`}
            href={`data:application/json;charset=utf-8,${encodeURIComponent(answer.data.evidence)}`}
          >
            {say(words.download)}
          </a>
        )}
      </div>
      <div aria-live="polite">
        {isAsked && (
          <Answer of={answer} lines={4}>
            {({ lines }) => (
              <ul className="assess-steps">
                {lines.map((line) => (
                  <li key={line.what.en}>
                    <Light light={line.isSame ? 'green' : 'red'}>
                      {say(line.isSame ? words.same : words.different)}
                    </Light>{' '}
                    {say(line.what)}{' '}
                    <span className="mono sub">{line.title ? say(line.title) : line.found.slice(0, 16)}</span>
                  </li>
                ))}
              </ul>
            )}
          </Answer>
        )}
      </div>
    </Card>
  )
}

function History({ of }: { of: Shown }) {
  const { say } = useSay()
  return (
    <Card title={say(words.steps)}>
      <ul className="assess-steps">
        {of.steps.map((step) => {
          const signature = of.signedBefore.find((each) => each.act === step.act)
          return (
            <li key={step.ordinal}>
              <DayText day={step.on} /> <Go to={`/journal/${step.act}`}>{say(step.words)}</Go>
              {signature && (
                <span className="num">
                  {' '}
                  · {inPoints(signature.score)} {signature.grade && say(signature.grade)}
                </span>
              )}
              {step.reason && (
                <>
                  {' '}
                  — <Written>{step.reason}</Written>
                </>
              )}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
