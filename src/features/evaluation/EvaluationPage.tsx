import { useState } from 'react'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  DataTable,
  DayText,
  Go,
  Light,
  MadeUp,
  Page,
  Share,
  UnitLink,
  actPath,
  useAsk,
  useParams,
  useSay,
  useSession,
  Written,
} from '#web/parts/index.ts'
import { AnswerFile } from './AnswerFile.tsx'
import { type Estimate, type Evaluation, Interval, shared, stateLights, Verdict } from './sample-page-words.tsx'
import './sample.css'

type County = Evaluation['frame'][number]

const words = {
  plain: { zh: '抽样评估', en: 'An evaluation by sample' },
  all: { zh: '全部评估', en: 'All evaluations' },
  design: { zh: '设计', en: 'Design' },
  expected: { zh: '预计比率', en: 'Share expected' },
  precision: { zh: '精度', en: 'Precision' },
  stated: { zh: '±{half} 个百分点，置信水平 {confidence}', en: '± {half}, with {confidence} confidence' },
  per: { zh: '每村 {main} 户，备用 {reserve} 户', en: '{main} households per village, {reserve} standing by' },
  likeness: { zh: '同村相似程度', en: 'Likeness within a village' },
  cost: { zh: '问卷', en: 'Questionnaires' },
  frame: { zh: '抽样框', en: 'Frame' },
  frameIs: {
    zh: '村名单和户数；按村花名册上的序号 1…N 抽户（户的登记册尚未建立）。',
    en: 'Villages with their households, drawn by their number 1…N on the village’s paper list (there is no register of households yet).',
  },
  digest: { zh: '摘要', en: 'Digest' },
  seed: { zh: '种子和抽样', en: 'Seed and draw' },
  sealed: { zh: '封存的摘要', en: 'Digest committed' },
  public: { zh: '并入的公开号码', en: 'Public number joined' },
  drawOn: { zh: '抽样日', en: 'Day of the draw' },
  revealed: { zh: '公开的种子', en: 'Seed revealed' },
  beacon: { zh: '公开号码', en: 'Public number' },
  list: { zh: '名单摘要', en: 'Digest of the list' },
  drawn: { zh: '抽中', en: 'Drawn' },
  drawnWhat: {
    zh: '{counties} 个县、{villages} 个村、{households} 户',
    en: '{counties} counties, {villages} villages, {households} households',
  },
  nothing: {
    zh: '抽样之前没有名单：谁也看不到，因为它还不存在。',
    en: 'Before the draw there is no list: nobody can see it, because it does not exist.',
  },
  how: {
    zh: '封存办法：自己想好一句种子（至少 12 个字符），算出它的 SHA-256，只公布摘要；Linux 上：printf %s "种子" | sha256sum',
    en: 'To commit: choose a seed (12 characters at least), take its SHA-256 and publish only that. On Linux: printf %s "seed" | sha256sum',
  },
  answers: { zh: '各县进度和结果', en: 'Counties: progress and results' },
  progress: { zh: '答卷', en: 'Answers' },
  papers: { zh: '材料', en: 'Papers' },
  print: { zh: '问卷', en: 'Questionnaires' },
  sheet: { zh: '答卷表', en: 'Answer sheet' },
  notDrawn: { zh: '未抽中', en: 'not drawn' },
  missing: {
    zh: '未找到 {away}，拒访 {refused}，未填完 {half}',
    en: '{away} not found, {refused} refused, {half} half filled in',
  },
  together: { zh: '全部县合计', en: 'All counties together' },
  metric: { zh: '指标', en: 'Metric' },
  estimate: { zh: '估计（区间）', en: 'Estimate (interval)' },
  limit: { zh: '限值', en: 'Limit' },
  below: { zh: '低于 {limit}', en: 'below {limit}' },
  least: { zh: '不低于 {limit}', en: 'at least {limit}' },
  verdict: { zh: '判断', en: 'Verdict' },
  quality: { zh: '设计效应 · 有效样本', en: 'Design effect · effective size' },
  byPlan: { zh: '按设计', en: 'by plan' },
  verdictWhy: {
    zh: '整个区间都在限值一侧才算达标或未达标；跨着限值就是无法判断，不能当作达标。区间：Korn–Graubard（1998），村为初级单元，按层计算。',
    en: 'Met or not met only where the whole interval lies on one side of the limit; an interval that straddles it can’t tell, and is no pass. Intervals: Korn and Graubard (1998), villages as primary units within strata.',
  },
  over: { zh: '带入退出评估', en: 'Take over into the exit' },
  recompute: { zh: '重算', en: 'Compute again' },
  recomputeWhy: {
    zh: '用公开的种子重新抽样，用留存的答卷重新估计，逐项对照。',
    en: 'Draws again from the seed and estimates again from the answers, line by line.',
  },
  same: { zh: '一致', en: 'the same' },
  different: { zh: '不一致', en: 'different' },
  downloads: { zh: '下载', en: 'Downloads' },
  frameCsv: { zh: '抽样框和名单（CSV）', en: 'Frame and list (CSV)' },
  answersCsv: { zh: '全部答卷（CSV）', en: 'All answers (CSV)' },
  can: { zh: '可以办理', en: 'What may be done' },
}

/** One evaluation by sample: design, seed, draw, answers, estimates, and the means to compute all of it again. */
export default function EvaluationPage() {
  const { say } = useSay()
  const { id = '' } = useParams()
  const answer = useAsk('evaluation.show', { id })
  const { data } = answer
  return (
    <Page
      title={data?.title ?? say(words.plain)}
      mark={
        data && (
          <>
            <Light light={stateLights[data.state]}>{say(data.stateWords)}</Light>{' '}
            {data.madeUp && <MadeUp why={say(shared.madeUp)} />}
          </>
        )
      }
      sub={
        data && (
          <>
            <UnitLink unit={{ id: data.unit, name: data.unitName }} /> · {data.year} ·{' '}
            <Go to={`/evaluations?unit=${data.unit}`}>{say(words.all)}</Go>
          </>
        )
      }
      aside={<AsOf />}
    >
      <Answer of={answer} lines={10}>
        {(evaluation) => (
          <div className="stack">
            {evaluation.madeUp && <p className="why note">{say(shared.madeUp)}</p>}
            <div className="grid cols-2">
              <Design of={evaluation} />
              <Seed of={evaluation} />
            </div>
            {evaluation.can.length > 0 && (
              <Card title={say(words.can)}>
                <Abilities can={evaluation.can} others />
              </Card>
            )}
            {evaluation.state === 'drawn' && <AnswerFile of={evaluation} />}
            <Counties of={evaluation} />
            {evaluation.together.length > 0 && (
              <Card title={say(words.together)}>
                <Estimates of={evaluation.together} caption={say(words.together)} />
              </Card>
            )}
            {evaluation.drawnOn && <Again id={evaluation.id} isClosed={evaluation.closedOn !== null} />}
          </div>
        )}
      </Answer>
    </Page>
  )
}

const percent = (bp: number) => `${bp / 100}%`

function Design({ of }: { of: Evaluation }) {
  const { say, count } = useSay()
  return (
    <Card title={say(words.design)}>
      <dl className="facts">
        <dt>{say(words.precision)}</dt>
        <dd>{say(words.stated, { half: percent(of.halfWidth_bp), confidence: percent(of.confidence_bp) })}</dd>
        <dt>{say(words.expected)}</dt>
        <dd className="num">{percent(of.expected_bp)}</dd>
        <dt>{say(shared.villages)}</dt>
        <dd>{say(words.per, { main: of.perVillage, reserve: of.reserve })}</dd>
        <dt>{say(words.likeness)}</dt>
        <dd className="num">{percent(of.alike_bp)}</dd>
        <dt>{say(words.cost)}</dt>
        <dd className="num">{count(of.households ?? of.questionnaires)}</dd>
        <dt>{say(words.frame)}</dt>
        <dd>{say(words.frameIs)}</dd>
        <dt>{say(words.digest)}</dt>
        <dd className="mono break">{of.frameDigest}</dd>
      </dl>
    </Card>
  )
}

function Seed({ of }: { of: Evaluation }) {
  const { say, count } = useSay()
  return (
    <Card title={say(words.seed)}>
      {of.state === 'designed' && <p className="sub">{say(words.how)}</p>}
      {of.drawnOn === null && <p className="why note">{say(words.nothing)}</p>}
      <dl className="facts">
        {of.commitment && (
          <>
            <dt>{say(words.sealed)}</dt>
            <dd>
              <DayText day={of.committedOn} /> <span className="mono break">{of.commitment}</span>
            </dd>
            <dt>{say(words.public)}</dt>
            <dd>
              <Written>{of.publicNumber ?? ''}</Written>
            </dd>
            <dt>{say(words.drawOn)}</dt>
            <dd>
              <DayText day={of.drawOn} />
            </dd>
          </>
        )}
        {of.drawnOn && (
          <>
            <dt>{say(words.revealed)}</dt>
            <dd className="mono break">{of.seed}</dd>
            <dt>{say(words.beacon)}</dt>
            <dd className="mono break">{of.beacon}</dd>
            <dt>{say(words.drawn)}</dt>
            <dd>
              <DayText day={of.drawnOn} /> ·{' '}
              {say(words.drawnWhat, {
                counties: count(of.counties ?? 0),
                villages: count(of.villages ?? 0),
                households: count(of.households ?? 0),
              })}
            </dd>
            <dt>{say(words.list)}</dt>
            <dd className="mono break">{of.sampleDigest}</dd>
          </>
        )}
      </dl>
    </Card>
  )
}

function Counties({ of }: { of: Evaluation }) {
  const { say, count, language } = useSay()
  const session = useSession()
  const isClosed = of.closedOn !== null
  return (
    <Card title={say(words.answers)}>
      <DataTable
        caption={say(words.answers)}
        rows={of.frame}
        rowKey={(row) => String(row.n)}
        csv="evaluation-counties"
        columns={[
          {
            key: 'county',
            title: say(shared.county),
            head: true,
            value: (row: County) => say(row.name),
            cell: (row: County) => <UnitLink unit={{ id: row.unit, name: row.name }} />,
          },
          {
            key: 'progress',
            title: say(words.progress),
            value: (row: County) => row.interviewed,
            cell: (row: County) =>
              of.drawnOn && !row.isDrawn ? (
                <span className="sub">{say(words.notDrawn)}</span>
              ) : (
                <>
                  <span className="num">
                    {count(row.interviewed)} / {count(row.isDrawn ? row.sought : row.villagesDrawn * of.perVillage)}
                  </span>{' '}
                  {row.isDrawn && (
                    <Share share={row.interviewed / Math.max(1, row.sought)} label={say(words.progress)} />
                  )}
                  {row.interviewed > 0 && (
                    <div className="sub small">
                      {say(words.missing, { away: row.notFound, refused: row.refused, half: row.halfFilled })}
                    </div>
                  )}
                </>
              ),
          },
          ...(isClosed
            ? (['headcount', 'wrongExit', 'miss', 'approval'] as const).map((metric) => ({
                key: metric,
                title: say(of.metrics[metric]),
                value: (row: County) => row.estimates.find((each) => each.metric === metric)?.value ?? null,
                cell: (row: County) => {
                  const each = row.estimates.find((estimate) => estimate.metric === metric)
                  return each ? (
                    <>
                      <Interval of={each} />
                      <div>
                        <Verdict of={each.verdict} /> <Limit of={each} />
                      </div>
                    </>
                  ) : (
                    '—'
                  )
                },
              }))
            : []),
          ...(of.drawnOn
            ? [
                {
                  key: 'papers',
                  title: say(words.papers),
                  cell: (row: County) =>
                    row.isDrawn && (
                      <>
                        <a
                          href={`/api/evaluations/${of.id}/questionnaires/${row.n}.html?lang=${language}`}
                          target="_blank"
                          rel="noreferrer"
                        >
                          {say(words.print)}
                        </a>
                        <br />
                        <a href={`/api/evaluations/${of.id}/answers/${row.n}.xlsx?lang=${language}`} download>
                          {say(words.sheet)}
                        </a>
                        {isClosed && row.estimates.length === 4 && !of.madeUp && (
                          <>
                            <br />
                            <Go to={takeOver(of, row, session?.root === of.unit)}>{say(words.over)}</Go>
                          </>
                        )}
                      </>
                    ),
                },
              ]
            : []),
        ]}
      />
      {isClosed && <p className="sub small">{say(words.verdictWhy)}</p>}
    </Card>
  )
}

/** The form of the exit's own evaluation, with what was estimated filled in; whoever does it still decides. */
function takeOver(of: Evaluation, county: County, isRoot: boolean): string {
  const values = Object.fromEntries(
    county.estimates.map((each) => [each.metric, Math.round(each.value * 10_000) / 100]),
  )
  return actPath(isRoot ? 'exit.evaluate' : 'evaluation.commission', { unit: county.unit, year: of.year, ...values })
}

function Limit({ of }: { of: Estimate }) {
  const { say } = useSay()
  if (of.limit_bp === null) return null
  return (
    <span className="sub small">
      {say(of.sense === 'below' ? words.below : words.least, { limit: percent(of.limit_bp) })}
    </span>
  )
}

function Estimates({ of, caption }: { of: readonly Estimate[]; caption: string }) {
  const { say } = useSay()
  return (
    <div className="sample-scroll">
      <table>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{say(words.metric)}</th>
            <th scope="col">{say(words.estimate)}</th>
            <th scope="col">{say(words.quality)}</th>
          </tr>
        </thead>
        <tbody>
          {of.map((each) => (
            <tr key={each.metric}>
              <th scope="row">{say(each.name)}</th>
              <td>
                <Interval of={each} />
              </td>
              <td className="num">
                {each.designEffect.toFixed(2)} · {each.effectiveSize.toFixed(0)}{' '}
                {each.byPlan && <span className="sub small">({say(words.byPlan)})</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The sample and the estimates computed again, for whoever doubts them. */
function Again({ id, isClosed }: { id: string; isClosed: boolean }) {
  const { say } = useSay()
  const [isAsked, setAsked] = useState(false)
  const answer = useAsk('evaluation.recompute', { id }, { enabled: isAsked })
  return (
    <Card title={say(words.recompute)}>
      <p className="sub">{say(words.recomputeWhy)}</p>
      <div className="row">
        <button type="button" className="btn primary" onClick={() => setAsked(true)}>
          {say(words.recompute)}
        </button>
        <a className="btn" href={`/api/evaluations/${id}/frame.csv`} download>
          {say(words.frameCsv)}
        </a>
        {isClosed && (
          <a className="btn" href={`/api/evaluations/${id}/answers.csv`} download>
            {say(words.answersCsv)}
          </a>
        )}
      </div>
      <div aria-live="polite">
        {isAsked && (
          <Answer of={answer} lines={4}>
            {({ lines }) => (
              <ul className="sample-lines">
                {lines.map((line) => (
                  <li key={line.what.en}>
                    <Light light={line.isSame ? 'green' : 'red'}>
                      {say(line.isSame ? words.same : words.different)}
                    </Light>{' '}
                    {say(line.what)} <span className="mono break sub">{line.found.slice(0, 16)}</span>
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
