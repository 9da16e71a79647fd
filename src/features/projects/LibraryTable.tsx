import type { ReactNode } from 'react'
import type { Ability } from '#kernel/abilities.ts'
import {
  Abilities,
  DataTable,
  Go,
  Light,
  Share,
  type Column,
  type useListState,
  useSay,
  useSearch,
  useSession,
  Written,
} from '#web/parts/index.ts'
import { type Library, LIMIT, type Project, Waits, words } from './library-words.tsx'
import './library.css'

type Chosen = ReadonlyMap<string, Project>
type Props = {
  readonly data: Library
  readonly state: ReturnType<typeof useListState>
  readonly chosen: Chosen
  readonly onChoose: (chosen: Chosen) => void
  readonly tools: ReactNode
}

/** The projects found, and what can be done for several of them at once. */
export function LibraryTable({ data, state, chosen, onChoose, tools }: Props) {
  const { say } = useSay()
  const { on } = useSearch()
  const session = useSession()
  const isPast = on !== undefined && on !== session?.today
  const choosable = isPast ? [] : data.items.filter((project) => nextOf(project).length > 0)
  const toggle = (project: Project) => {
    const after = new Map(chosen)
    if (!after.delete(project.id)) after.set(project.id, project)
    onChoose(after)
  }
  return (
    <DataTable
      caption={say(words.library)}
      rows={data.items}
      total={data.total}
      state={state}
      limit={LIMIT}
      rowKey={(project) => project.id}
      empty={say(words.none)}
      tools={
        <>
          {choosable.length > 0 && (
            <Together
              chosen={chosen}
              onAll={() =>
                onChoose(new Map([...chosen, ...choosable.map((project) => [project.id, project] as const)]))
              }
              onNone={() => onChoose(new Map())}
            />
          )}
          {tools}
        </>
      }
      columns={useColumns(choosable.length > 0 ? { chosen, toggle } : undefined)}
    />
  )
}

/** Acts that are always possible, and not what a project waits for, stand on its own page only. */
const besides: ReadonlySet<string> = new Set(['project.withdraw', 'project.coordinate', 'project.propose'])

const nextOf = ({ can, state }: Project): readonly Ability[] =>
  can.filter(
    (ability) =>
      ability.mine && (!besides.has(ability.act) || (state === 'returned' && ability.act === 'project.propose')),
  )

type Input = Ability['input']

/** The forms of several projects as one: their lists put together; nothing, if they differ in anything else. */
function joined(inputs: readonly Input[]): Input | undefined {
  const keys = Object.keys(inputs[0] ?? {})
  const values = keys.map((key) => {
    const each = inputs.map((input) => input[key])
    if (each.every((value) => Array.isArray(value))) return each.flat() as unknown
    return new Set(each).size === 1 ? each[0] : undefined
  })
  return values.includes(undefined) ? undefined : Object.fromEntries(keys.map((key, at) => [key, values[at]]))
}

/** What can be done for all of some projects in one act. */
function togetherOf(projects: readonly Project[]): readonly Ability[] {
  const [first, ...others] = projects.map(nextOf)
  return (first ?? []).flatMap((ability) => {
    const same = others.map((can) => can.find((each) => each.act === ability.act))
    const input = joined([ability, ...same].map((each) => each?.input ?? {}))
    return input && same.every(Boolean) ? [{ ...ability, input }] : []
  })
}

type TogetherProps = { readonly chosen: Chosen; readonly onAll: () => void; readonly onNone: () => void }

function Together({ chosen, onAll, onNone }: TogetherProps) {
  const { say } = useSay()
  const can = togetherOf([...chosen.values()])
  return (
    <div className="row no-print" role="group" aria-label={say(words.together)}>
      <button type="button" className="btn tight" onClick={onAll}>
        {say(words.chooseAll)}
      </button>
      {chosen.size > 0 && (
        <>
          <span aria-live="polite">{say(words.chosen, { count: chosen.size })}</span>
          {can.length > 0 ? <Abilities can={can} tight /> : <span className="sub">{say(words.nothingTogether)}</span>}
          <button type="button" className="btn plain tight" onClick={onNone}>
            {say(words.clear)}
          </button>
        </>
      )}
    </div>
  )
}

type Choosing = { readonly chosen: Chosen; readonly toggle: (project: Project) => void }

function useColumns(choosing: Choosing | undefined): readonly Column<Project>[] {
  const { say, amount, day } = useSay()
  return [
    {
      key: 'name',
      title: say(words.project),
      width: '24%',
      head: true,
      value: (project) => project.name,
      cell: (project) => (
        <span className="library-name">
          {choosing && nextOf(project).length > 0 && (
            <input
              type="checkbox"
              className="no-print"
              aria-label={say(words.choose, { code: project.code })}
              checked={choosing.chosen.has(project.id)}
              onChange={() => choosing.toggle(project)}
            />
          )}
          <span>
            <Go to={`/projects/${project.id}`}>
              <Written>{project.name}</Written>
            </Go>
            <span className="sub small" style={{ display: 'block' }}>
              {say(project.kindName)}
            </span>
          </span>
        </span>
      ),
    },
    {
      key: 'code',
      width: '7.5rem',
      title: say(words.code),
      value: (project) => project.code,
      cell: (project) => (
        <span>
          <Go to={`/units/${project.unit}`}>{say(project.unitName)}</Go>
          <span className="mono" style={{ display: 'block' }}>
            {project.code}
          </span>
        </span>
      ),
    },
    {
      key: 'amount',
      title: say(words.amount),
      align: 'right',
      value: (project) => (project.amountFen === null ? null : Number(project.amountFen)),
      cell: (project) => (project.amountFen === null ? '—' : amount(Number(project.amountFen))),
    },
    {
      key: 'since',
      title: say(words.state),
      width: '9.5rem',
      value: (project) => project.since,
      cell: (project) => (
        <span>
          {say(project.stateName)}
          <span className="sub small" style={{ display: 'block' }}>
            {say(words.sinceDay, { day: day(project.since) })}
          </span>
        </span>
      ),
    },
    { key: 'work', title: say(words.work), width: '11rem', cell: (project) => <Work project={project} /> },
    {
      key: 'due',
      title: say(words.waitsFor),
      value: (project) => project.due,
      cell: (project) => <Waits waiting={project.waiting} />,
    },
    { key: 'can', title: '', cell: (project) => <Abilities can={nextOf(project)} tight /> },
  ]
}

/** How far the work is, and how it stands against its plan. */
function Work({ project }: { project: Project }) {
  const { say, percent } = useSay()
  const share = project.doneBp / 10_000
  const isPlain = say(project.words) === say(project.stateName)
  return (
    <span>
      {project.milestones > 0 && (
        <span className="row" style={{ gap: 6 }}>
          <Share share={share} light={project.light} label={`${say(words.work)} ${percent(share)}`} />
          <span className="num">{percent(share, 0)}</span>
        </span>
      )}
      {!isPlain && <Light light={project.light}>{say(project.words)}</Light>}
      {isPlain && project.milestones === 0 && <span className="faint">—</span>}
    </span>
  )
}
