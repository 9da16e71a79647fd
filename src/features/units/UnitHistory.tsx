import type { AnswerOf } from '#web/ask.ts'
import { Card, DayText, Go, UnitLink, useSay } from '#web/parts/index.ts'

type Unit = AnswerOf<'unit.show'>

const words = {
  title: { zh: '沿革', en: 'History' },
  from: { zh: '由何而来', en: 'Made of' },
  to: { zh: '归向何处', en: 'Became' },
  share: { zh: '{share}', en: '{share}' },
  under: { zh: '隶属{name}', en: 'under {name}' },
  record: { zh: '记录', en: 'record' },
  began: { zh: '设立', en: 'established' },
}

/** How a unit has stood, what it was made of and what became of it: each line opens the act that did it. */
export function UnitHistory({ unit }: { unit: Unit }) {
  const { say, percent } = useSay()
  const kin = [
    { title: words.from, units: unit.predecessors },
    { title: words.to, units: unit.successors },
  ].filter((each) => each.units.length > 0)
  return (
    <Card title={say(words.title)}>
      <ol style={{ listStyle: 'none', padding: 0 }}>
        {unit.history.map((each) => (
          <li key={each.from} style={{ marginBottom: 8 }}>
            <DayText day={each.from} /> <b>{say(each.name)}</b> <span className="mono faint">{each.code ?? '—'}</span>{' '}
            {each.parent && <span className="sub small">{say(words.under, { name: say(each.parent.name) })}</span>}{' '}
            <Go className="small" to={`/journal/${each.act}`}>
              {say(words.record)}
            </Go>
          </li>
        ))}
      </ol>
      {kin.map(({ title, units }) => (
        <div key={title.en}>
          <h3>{say(title)}</h3>
          <ul>
            {units.map((each) => (
              <li key={`${each.unit} ${each.on}`}>
                <DayText day={each.on} /> <UnitLink unit={{ id: each.unit, name: each.name }} />{' '}
                {each.share < 1 && <span className="num">{percent(each.share)}</span>}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Card>
  )
}
