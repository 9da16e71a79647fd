import { Answer, Card, Clause, DayText, MadeUp, Status, useAsk, useSay, useSearch, Written } from '#web/parts/index.ts'
import type { AnswerOf } from '#web/ask.ts'
import { assess, type Board, written } from './assess-page-words.tsx'
import './assess.css'

type Weights = AnswerOf<'assessment.weights'>

const words = {
  title: { zh: '权重', en: 'Weights' },
  blank: {
    zh: '{unit}没有为{year}年确定权重；章程中的权重是空的。',
    en: '{unit} adopted no weights for {year}; those of the charter are blank.',
  },
  version: { zh: '第 {version} 版', en: 'Version {version}' },
  zero: { zh: '得零分', en: 'Gives nothing' },
  full: { zh: '得满分', en: 'Gives all' },
  notWeighed: { zh: '不计分', en: 'does not count' },
  between: {
    zh: '得零分与得满分之间按比例计分，每项四舍五入到百分之一分，总分是各项之和。',
    en: 'Between nothing and all, points go in proportion, each rounded to a hundredth; the score is their sum.',
  },
  samples: { zh: '见过的地方样本', en: 'Local samples that were seen' },
  notUsed: { zh: '只供参照，不是默认值。', en: 'To be read beside one’s own; never a default.' },
}

/** What a unit's scores of a year are made of: the newest weights that whoever assesses adopted. */
export function WeightsCard({ board }: { board: Board }) {
  const { say } = useSay()
  const search = useSearch()
  const assessor = board.isAssessor ? board.unit.id : board.rows[0]?.unit.id
  const scheme = board.scheme?.id ?? search['scheme'] ?? ''
  const answer = useAsk(
    'assessment.weights',
    { unit: assessor ?? '', scheme, year: board.year },
    { enabled: assessor !== undefined },
  )
  if (assessor === undefined) return null
  return (
    <Card title={say(words.title)} aside={<span className="num">{board.year}</span>}>
      <Answer of={answer} lines={5}>
        {(weights) => (
          <>
            <Versions of={weights} year={board.year} />
            <h3>{say(words.samples)}</h3>
            <p className="sub small">{say(words.notUsed)}</p>
            {weights.samples.map((sample) => (
              <Clause
                key={sample.title.en}
                cite={
                  <>
                    {say(sample.title)} <Status status={sample.status} />
                  </>
                }
              >
                {say(sample.weights)}
              </Clause>
            ))}
          </>
        )}
      </Answer>
    </Card>
  )
}

function Versions({ of, year }: { of: Weights; year: number }) {
  const { say } = useSay()
  const [newest, ...older] = of.versions
  const caption = newest
    ? say(words.version, { version: newest.version })
    : say(words.blank, { unit: say(of.unit.name), year })
  return (
    <>
      <p>
        <b>{caption}</b> {newest && <Written>{newest.title}</Written>}{' '}
        {newest && (
          <>
            <DayText day={newest.on} /> {newest.madeUp && <MadeUp why={say(assess.madeUpWeights)} />}
          </>
        )}
      </p>
      <div className="sample-scroll" tabIndex={0} role="region" aria-label={say(words.title)}>
        <table>
          <caption className="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{say(assess.indicator)}</th>
              <th scope="col" className="right">
                {say(assess.weight)}
              </th>
              <th scope="col" className="right">
                {say(words.zero)}
              </th>
              <th scope="col" className="right">
                {say(words.full)}
              </th>
            </tr>
          </thead>
          <tbody>
            {of.indicators.map(({ indicator, title, measure, status }) => {
              const scale = newest?.scales[indicator]
              return (
                <tr key={indicator}>
                  <th scope="row">
                    {say(title)} <Status status={status} />
                    <div className="sub small">{say(measure)}</div>
                  </th>
                  <td className="right num">
                    {scale ? (
                      `${written(scale.weight)}%`
                    ) : newest ? (
                      <span className="faint">{say(words.notWeighed)}</span>
                    ) : (
                      '—'
                    )}
                  </td>
                  <td className="right num">{written(scale?.zero ?? null)}</td>
                  <td className="right num">{written(scale?.full ?? null)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <p className="sub small">{say(words.between)}</p>
      {older.map((each) => (
        <p key={each.id} className="sub small">
          {say(words.version, { version: each.version })} <Written>{each.title}</Written> <DayText day={each.on} />
        </p>
      ))}
    </>
  )
}
