import { useDeferredValue, useId, useState } from 'react'
import { Answer, Card, Go, actPath, useAsk, useSay } from '#web/parts/index.ts'
import { FrameFile } from './FrameFile.tsx'
import { points, shared } from './sample-page-words.tsx'
import './sample.css'

const words = {
  title: { zh: '要多大的样本', en: 'How large a sample' },
  sub: {
    zh: '改动任何一个数，样本随即重算；什么也不保存。',
    en: 'Change any number and the sample is computed anew; nothing is kept.',
  },
  counties: { zh: '县数', en: 'Counties' },
  villages: { zh: '每县村数', en: 'Villages in a county' },
  households: { zh: '每县户数', en: 'Households in a county' },
  strata: { zh: '村分几层', en: 'Strata of villages' },
  expected: { zh: '预计比率（%）', en: 'Share expected (%)' },
  halfWidth: { zh: '允许误差（±百分点）', en: 'Half-width (± points)' },
  confidence: { zh: '置信水平（%）', en: 'Confidence (%)' },
  alike: { zh: '同村相似程度（%）', en: 'Likeness within a village (%)' },
  perVillage: { zh: '每村访问户数', en: 'Households per village' },
  needs: {
    zh: '每县 {villages} 个村、{households} 户',
    en: 'Each county: {villages} villages, {households} households',
  },
  all: { zh: '{count} 份问卷', en: '{count} questionnaires' },
  deff: {
    zh: '设计效应 {deff}：同村的户彼此相似，所以要多访。',
    en: 'Design effect {deff}: households of one village are alike, so more are needed.',
  },
  none: {
    zh: '达不到：这样的县没有哪个样本有这样的精度。',
    en: 'Out of reach: no sample of such a county is as exact as that.',
  },
  costs: { zh: '精度的代价', en: 'What precision costs' },
  others: { zh: '同样这些户，对别的比率', en: 'The same households, for other shares' },
  share: { zh: '比率', en: 'Share' },
  half: { zh: '误差 ±', en: '± points' },
  unreachable: { zh: '达不到', en: 'out of reach' },
  design: { zh: '按此设计', en: 'Design one like this' },
  note: {
    zh: '比率很小时区间不对称：一户也没有发现，也不等于没有。',
    en: 'For small shares the interval is not symmetric: that none was found does not mean that there is none.',
  },
}

const initial = {
  counties: 1,
  villages: 120,
  households: 42_000,
  strata: 2,
  expected: 2,
  halfWidth: 1.3,
  confidence: 95,
  alike: 2,
  perVillage: 20,
}
type Numbers = typeof initial
const keys = Object.keys(initial) as (keyof Numbers)[]

/** How large a sample must be for a precision, what it costs in questionnaires, and what it says of other shares. */
export function Precision({ unit, year }: { unit?: string; year: number }) {
  const { say, count } = useSay()
  const here = useId()
  const [typed, setTyped] = useState<Readonly<Record<keyof Numbers, string>>>(
    () => Object.fromEntries(keys.map((key) => [key, String(initial[key])])) as Record<keyof Numbers, string>,
  )
  const numbers = Object.fromEntries(
    keys.map((key) => [
      key,
      typed[key].trim() === '' || Number.isNaN(Number(typed[key])) ? initial[key] : Number(typed[key]),
    ]),
  ) as Numbers
  const asked = useDeferredValue(JSON.stringify(numbers))
  const answer = useAsk('evaluation.precision', JSON.parse(asked) as Numbers)
  const { expected, halfWidth, confidence, alike, perVillage } = numbers
  const precision = { expected, halfWidth, confidence, alike, perVillage }
  const fill = { ...(unit && { unit }), ...precision }
  return (
    <Card
      title={say(words.title)}
      aside={
        <Go to={actPath('evaluation.design', fill)} className="btn">
          {say(words.design)}
        </Go>
      }
    >
      <p className="sub">{say(words.sub)}</p>
      <div className="grid cols-wide">
        <div className="sample-fields">
          {keys.map((key) => (
            <div key={key}>
              <label htmlFor={`${here}-${key}`}>{say(words[key])}</label>
              <input
                id={`${here}-${key}`}
                className="field"
                inputMode="decimal"
                value={typed[key]}
                onChange={({ target }) => setTyped((before) => ({ ...before, [key]: target.value }))}
              />
            </div>
          ))}
        </div>
        <div aria-live="polite">
          <Answer of={answer} lines={5}>
            {({ plan, designEffect, costs }) => (
              <>
                {plan ? (
                  <>
                    <p className="sample-size">
                      <b className="num">{say(words.all, { count: count(plan.questionnaires) })}</b>
                    </p>
                    <p>{say(words.needs, { villages: count(plan.villages), households: count(plan.households) })}</p>
                    <p className="sub">{say(words.deff, { deff: designEffect.toFixed(2) })}</p>
                  </>
                ) : (
                  <p className="why warn">{say(words.none)}</p>
                )}
                <div className="grid cols-2">
                  <Table
                    caption={say(words.costs)}
                    heads={[say(words.half), say(shared.questionnaires)]}
                    rows={costs.map((each) => [
                      points(each.halfWidth),
                      each.questionnaires === null ? say(words.unreachable) : count(each.questionnaires),
                    ])}
                  />
                  {plan && (
                    <Table
                      caption={say(words.others)}
                      heads={[say(words.share), say(words.half)]}
                      rows={plan.others.map((each) => [points(each.expected), points(each.halfWidth)])}
                    />
                  )}
                </div>
                <p className="sub small">{say(words.note)}</p>
              </>
            )}
          </Answer>
        </div>
      </div>
      {unit && <FrameFile unit={unit} year={year} precision={precision} />}
    </Card>
  )
}

function Table({
  caption,
  heads,
  rows,
}: {
  caption: string
  heads: readonly string[]
  rows: readonly (readonly string[])[]
}) {
  return (
    <table className="small">
      <caption>{caption}</caption>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row[0]}>
            {row.map((cell, at) => (
              <td key={heads[at]} className="num">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
