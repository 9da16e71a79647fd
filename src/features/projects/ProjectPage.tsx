import type { ReactNode } from 'react'
import { queryString } from '#web/api.ts'
import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  Go,
  languageOf,
  Light,
  Page,
  UnitLink,
  useAsk,
  useParams,
  useSay,
} from '#web/parts/index.ts'
import { ProjectMoney } from '#features/funds/ProjectMoney.tsx'
import { CrossCounty } from './CrossCounty.tsx'
import { Waits, words } from './library-words.tsx'
import { Acceptances, Fields, Handover, Notices, Task, Versions } from './ProjectFacts.tsx'
import { Ladder } from './ProjectLadder.tsx'
import { Milestones } from './ProjectMilestones.tsx'
import './library.css'

/** One project: what it is, where it stands, how its work and its money go, and what comes next. */
export default function ProjectPage() {
  const { say } = useSay()
  const { project = '' } = useParams()
  const shown = useAsk('project.show', { project })
  const { data } = shown
  return (
    <Page
      title={data ? `${data.code} ${data.name}` : say(words.project)}
      {...(data && { titleLanguage: languageOf(data.name) })}
      mark={data && <Stand project={data} />}
      sub={
        data && (
          <>
            {data.above.toReversed().map((each) => (
              <span key={each.id}>
                <UnitLink unit={each} /> ·{' '}
              </span>
            ))}
            <UnitLink unit={{ id: data.unit, name: data.unitName }} /> · {say(data.kindName)} ·{' '}
            <Go to={`/projects${queryString({ unit: data.unit })}`}>{say(words.library)}</Go> ·{' '}
            <Go to={`/funds/county/${data.unit}`}>{say(words.countyMoney)}</Go> ·{' '}
            <Go to={`/chain/${data.unit}`}>{say(words.chain)}</Go>
          </>
        )
      }
      aside={<AsOf />}
    >
      <Answer of={shown} lines={10}>
        {(each) => (
          <div className="grid cols-wide">
            <div className="stack">
              <Next>
                <p>
                  {each.waiting && <span className="sub">{say(words.waitsFor)}: </span>}
                  <Waits waiting={each.waiting} />
                </p>
                <Abilities can={each.can} others />
              </Next>
              {each.milestones.length > 0 && <Milestones project={each} />}
              <ProjectMoney
                project={each.id}
                milestones={each.milestones.map(({ n, name, doneBp }) => ({ n, name, doneBp }))}
              />
              <Fields project={each} />
            </div>
            <div className="stack">
              <Ladder project={each} />
              {each.task && <Task task={each.task} />}
              <CrossCounty project={each.id} />
              {each.notices.length > 0 && <Notices project={each} />}
              {each.acceptances.length > 0 && <Acceptances project={each} />}
              {each.handover && <Handover handover={each.handover} />}
              <Versions project={each} />
            </div>
          </div>
        )}
      </Answer>
    </Page>
  )
}

/** The state, and beside it how the project stands against what it owes, where there is more to say. */
function Stand({ project }: { project: AnswerOf<'project.show'> }) {
  const { say } = useSay()
  const { light, words: stand, stateName } = project
  if (say(stand) === say(stateName)) return <Light light={light}>{say(stateName)}</Light>
  return (
    <>
      <Light light="none">{say(stateName)}</Light>
      <Light light={light}>{say(stand)}</Light>
    </>
  )
}

function Next({ children }: { children: ReactNode }) {
  const { say } = useSay()
  return <Card title={say(words.can)}>{children}</Card>
}
