import type { AnswerOf } from '#web/ask.ts'
import { DayText, PersonName, useSay } from '#web/parts/index.ts'
import './paper.css'

const words = {
  head: { zh: '{from}责任书', en: '{from}: Letter of Responsibility' },
  title: { zh: '{from}与{to}{years}年责任书', en: 'Letter of Responsibility between {from} and {to}, {years}' },
  opening: {
    zh: '根据{programme}（{charter}），{from}与{to}签订本责任书，双方主要负责人对下列目标和职责负责。',
    en: 'Under the {programme} ({charter}), {from} and {to} enter into this letter; the principals of both sides answer for the targets and duties below.',
  },
  targets: { zh: '一、目标任务', en: 'I. Targets' },
  duties: { zh: '二、承担的职责', en: 'II. Duties' },
  signatures: { zh: '三、签署', en: 'III. Signatures' },
  year: { zh: '年度', en: 'Year' },
  total: { zh: '合计', en: 'Total' },
  waiting: { zh: '待签', en: 'not signed yet' },
}

type Letter = AnswerOf<'letter.show'>

/** The letter as it looks: red head, number, title, targets, duties, signatures. */
export function Paper({ letter }: { letter: Letter }) {
  const { say } = useSay()
  const { firstYear, lastYear } = letter
  const names = { from: say(letter.fromUnit.name), to: say(letter.toUnit.name) }
  const years = firstYear === lastYear ? String(firstYear) : `${firstYear}–${lastYear}`
  return (
    <article className="paper" aria-label={say(letter.number)}>
      <p className="head">{say(words.head, names)}</p>
      <p className="number">{say(letter.number)}</p>
      <h2>{say(words.title, { ...names, years })}</h2>
      <p className="indent">
        {say(words.opening, {
          ...names,
          programme: say(letter.programme),
          charter: letter.charter ? say(letter.charter) : '',
        })}
      </p>
      <h3>{say(words.targets)}</h3>
      <Targets letter={letter} />
      {letter.duties.length > 0 && (
        <>
          <h3>{say(words.duties)}</h3>
          <ol>
            {letter.duties.map((duty) => (
              <li key={duty.id}>
                {say(duty.title)}{' '}
                {say(duty.quote) !== say(duty.title) && <span className="quote">——{say(duty.quote)}</span>}
              </li>
            ))}
          </ol>
        </>
      )}
      <h3>{say(words.signatures)}</h3>
      <div className="sides">
        {[letter.fromUnit, letter.toUnit].map((unit) => (
          <section key={unit.id} aria-label={say(unit.name)}>
            <b>{say(unit.name)}</b>
            {letter.signatures
              .filter((each) => each.unit === unit.id)
              .map((each) => (
                <p key={each.post} className="signature">
                  <span className="small">{say(each.postName)}</span>
                  {each.person ? (
                    <>
                      <b className="name">
                        <PersonName person={each.person} />
                      </b>
                      <span className="small">
                        <DayText day={each.signedOn} />
                      </span>
                    </>
                  ) : (
                    <span className="sub">（{say(words.waiting)}）</span>
                  )}
                </p>
              ))}
          </section>
        ))}
      </div>
    </article>
  )
}

function Targets({ letter: { targets } }: { letter: Letter }) {
  const { say, count } = useSay()
  const columns = [...new Map(targets.map((target) => [target.indicator, target])).values()]
  const years = [...new Set(targets.map((target) => target.year))].toSorted((a, b) => a - b)
  const at = (indicator: string, year: number) =>
    targets.find((target) => target.indicator === indicator && target.year === year)?.target
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{say(words.year)}</th>
          {columns.map((column) => (
            <th key={column.indicator} scope="col" className="right">
              {say(column.title)} <span className="small">({say(column.measure)})</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {years.map((year) => (
          <tr key={year}>
            <th scope="row">{year}</th>
            {columns.map((column) => (
              <td key={column.indicator} className="right num">
                {at(column.indicator, year) === undefined ? '—' : count(at(column.indicator, year) ?? 0)}
              </td>
            ))}
          </tr>
        ))}
        <tr>
          <th scope="row">{say(words.total)}</th>
          {columns.map((column) => (
            <td key={column.indicator} className="right num">
              <b>{count(years.reduce((sum, year) => sum + (at(column.indicator, year) ?? 0), 0))}</b>
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  )
}
