import { Abilities, Card, DataTable, DayText, Go, Light, UnitLink, useSay } from '#web/parts/index.ts'
import type { AnswerOf } from '#web/ask.ts'
import { Part, words } from './major-words.tsx'

const own = {
  shares: { zh: '各省份额', en: 'Shares' },
  unit: { zh: '单位', en: 'Unit' },
  division: { zh: '分解', en: 'Division' },
  counties: { zh: '分解到县', en: 'Counties' },
  of: { zh: '{name}：{count} 个县', en: '{name}: {count} counties' },
  outside: { zh: '未承担份额而有项目的县', en: 'Counties with projects and no share' },
} as const

type Major = AnswerOf<'major-project.show'>
type PartLine = Major['outside'][number]

/** The shares of the units directly below, how each is divided and covered. */
export function Shares({ major }: { major: Major }) {
  const { say, count } = useSay()
  return (
    <Card title={say(own.shares)}>
      <DataTable
        caption={say(own.shares)}
        rows={major.shares}
        name="shares"
        csv="major-project-shares"
        rowKey={(share) => share.unit}
        columns={[
          {
            key: 'unit',
            title: say(own.unit),
            head: true,
            value: (share) => say(share.name),
            cell: (share) => <UnitLink unit={{ id: share.unit, name: share.name }} />,
          },
          {
            key: 'quantity',
            title: say(words.share),
            align: 'right',
            value: (share) => share.quantity,
            cell: (share) => <span className="num">{count(share.quantity)}</span>,
          },
          {
            key: 'division',
            title: say(own.division),
            value: (share) => share.dividedOn,
            cell: (share) => (
              <span>
                <Light light={share.light}>{say(share.words)}</Light>{' '}
                <span className="sub small">
                  {share.divided > 0 && share.act && (
                    <Go to={`/journal/${share.act}`}>
                      <DayText day={share.dividedOn} />
                    </Go>
                  )}
                </span>
              </span>
            ),
          },
          ...(major.counts === 'nothing'
            ? []
            : [
                {
                  key: 'covered',
                  title: say(words.covered),
                  value: (share: Major['shares'][number]) => share.covered,
                  cell: (share: Major['shares'][number]) => (
                    <Part of={share.quantity} part={share.covered} label={say(words.covered)} />
                  ),
                },
                {
                  key: 'uncovered',
                  title: say(words.uncovered),
                  align: 'right' as const,
                  value: (share: Major['shares'][number]) => share.uncovered,
                  cell: (share: Major['shares'][number]) => <span className="num">{count(share.uncovered)}</span>,
                },
              ]),
          { key: 'can', title: '', cell: (share) => <Abilities can={share.can} tight /> },
        ]}
      />
    </Card>
  )
}

/** What each county took, by the unit that divided it. */
export function Counties({ major }: { major: Major }) {
  const { say } = useSay()
  const groups = [
    ...major.shares
      .filter((share) => share.parts.length > 0 && share.hasBelow)
      .map((share) => ({
        key: share.unit,
        name: say(own.of, { name: say(share.name), count: share.parts.length }),
        parts: share.parts,
      })),
    ...(major.outside.length > 0 ? [{ key: 'outside', name: say(own.outside), parts: major.outside }] : []),
  ]
  if (groups.length === 0) return null
  return (
    <Card title={say(own.counties)}>
      {groups.map((group) => (
        <details key={group.key} open={groups.length === 1}>
          <summary>{group.name}</summary>
          <Parts caption={group.name} parts={group.parts} counts={major.counts} name={`c${group.key.slice(0, 8)}`} />
        </details>
      ))}
    </Card>
  )
}

type PartsProps = { caption: string; parts: readonly PartLine[]; counts: Major['counts']; name: string }

function Parts({ caption, parts, counts, name }: PartsProps) {
  const { say, count } = useSay()
  const number = (key: 'part' | 'coming' | 'uncovered' | 'projects', title: string) => ({
    key,
    title,
    align: 'right' as const,
    value: (part: PartLine) => part[key],
    cell: (part: PartLine) => <span className="num">{count(part[key])}</span>,
  })
  return (
    <DataTable
      caption={caption}
      rows={parts}
      name={name}
      rowKey={(part) => part.unit}
      columns={[
        {
          key: 'unit',
          title: say(words.county),
          head: true,
          value: (part) => say(part.name),
          cell: (part) => <UnitLink unit={{ id: part.unit, name: part.name }} />,
        },
        number('part', say(words.share)),
        ...(counts === 'nothing'
          ? []
          : [
              {
                key: 'covered',
                title: say(words.covered),
                value: (part: PartLine) => part.covered,
                cell: (part: PartLine) => <Part of={part.part} part={part.covered} label={say(words.covered)} />,
              },
              number('coming', say(words.coming)),
              number('uncovered', say(words.uncovered)),
            ]),
        number('projects', say(words.serving)),
      ]}
    />
  )
}
