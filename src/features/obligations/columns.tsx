import type { AnswerOf } from '#web/ask.ts'
import { Abilities, type Column, DayText, Go, ItemLight, UnitLink, useSay } from '#web/parts/index.ts'
import { words } from './words.tsx'

export type Item = AnswerOf<'obligation.list'>['items'][number]

/** The columns of a list of what is owed: on the whole list, and on the superior's. */
export function useItemColumns(items: readonly Item[] | undefined): Column<Item>[] {
  const { say } = useSay()
  const reached = (item: Item) => (item.reached?.title ? say(item.reached.title) : say(words.noStep))
  return [
    {
      key: 'stand',
      title: say(words.stand),
      width: 150,
      value: (item) => say(item.words),
      cell: (item) => <ItemLight item={item} />,
    },
    {
      key: 'matter',
      title: say(words.matter),
      head: true,
      value: (item) => say(item.title),
      cell: (item) => <Go to={`/obligations/${item.id}`}>{say(item.title)}</Go>,
    },
    {
      key: 'unit',
      title: say(words.unit),
      value: (item) => say(item.name),
      cell: (item) => (
        <>
          <UnitLink unit={{ id: item.unit, name: item.name }} to={`/chain/${item.unit}`} />
          {item.owes && item.owes.unit.id !== item.unit && (
            <span className="sub small" style={{ display: 'block' }}>
              {say(words.owes)} <UnitLink unit={item.owes.unit} to={`/chain/${item.owes.unit.id}`} />
            </span>
          )}
        </>
      ),
    },
    {
      key: 'due',
      title: say(words.due),
      value: (item) => item.due_on,
      cell: (item) => <Due item={item} />,
    },
    {
      key: 'reached',
      title: say(words.reached),
      value: reached,
      cell: (item) =>
        item.reached ? (
          <>
            {reached(item)} <span className="sub small">{<DayText day={item.reached.on} />}</span>
          </>
        ) : (
          <span className="faint">{reached(item)}</span>
        ),
    },
    {
      key: 'superior',
      title: say(words.superior),
      value: (item) => (item.superior ? say(item.superior.name) : null),
      cell: (item) => (item.superior ? <UnitLink unit={item.superior} /> : '—'),
    },
    ...(items?.some((item) => item.can.some((ability) => ability.mine))
      ? [{ key: 'can', title: say(words.act), cell: (item: Item) => <Abilities can={item.can} tight /> }]
      : []),
  ]
}

/** The day of an item, with the one that it was put off from, and whether it was counted without an official calendar. */
function Due({ item }: { item: Item }) {
  const { say, day } = useSay()
  return (
    <>
      <DayText day={item.due_on} />
      {item.isExtended && (
        <span className="sub small" style={{ display: 'block' }}>
          {say(words.putOff, { day: day(item.first_due_on) })}
        </span>
      )}
      {!item.isCalendarPublished && (
        <span className="sub small" title={say(words.weekdays)}>
          {' '}
          *
        </span>
      )}
    </>
  )
}

/** Says below a list what its star means. */
export function Unpublished({ items }: { items: readonly Item[] }) {
  const { say } = useSay()
  return items.some((item) => !item.isCalendarPublished) ? <p className="sub small">* {say(words.weekdays)}</p> : null
}
