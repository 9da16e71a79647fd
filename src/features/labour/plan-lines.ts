import type { By, Line, RefusalText, Refuse } from '#kernel/act.ts'
import type { Day } from '#kernel/words.ts'
import { type DecisionRow, factsChanged, moverOf } from './plan-decision.ts'
import type { PlanFacts } from './plan-facts.ts'
import { brokenFor, type Limit } from './plan-model.ts'
import type { Move, Rosters } from './plan-rosters.ts'
import { rulesOf, type Wishes } from './plan-wishes.ts'
import { shared } from './words.ts'

/** Why a decision upon a plan may be refused. */
export const decisionRefusals = {
  'facts-changed': factsChanged,
  'nothing-accepted': {
    zh: '没有采纳任何变动。',
    en: 'No change is accepted.',
    topic: { zh: '有采纳的变动', en: 'something is accepted' },
    remedy: { zh: '如整体不采纳，请否决方案。', en: 'To accept none, reject the plan.' },
  },
  'mover-unknown': {
    zh: '第{row}行不是本县可调配的工作队或人员；人数足够的工作队整队调动。',
    en: 'Row {row} names no team or person of this county that can be moved; a team that is large enough moves as a whole.',
    topic: { zh: '队伍和人员都在本县可调配之列', en: 'every row names a team or person of this county' },
    notJudgedWith: ['facts-changed'],
  },
  'mover-twice': {
    zh: '{mover}列了两次。',
    en: '{mover} is listed twice.',
    topic: { zh: '没有重复', en: 'nobody is listed twice' },
    notJudgedWith: ['facts-changed'],
  },
  'village-unknown': shared['village-unknown'],
  'two-teams': {
    zh: '{village}将有两支工作队：每村只有一支。',
    en: '{village} would have two teams; a village has one.',
    topic: { zh: '每村一队', en: 'one team for a village' },
    notJudgedWith: ['facts-changed'],
    remedy: { zh: '互换的两行要么都采纳，要么都不采纳。', en: 'Accept both rows of an exchange, or neither.' },
  },
  'too-few-people': {
    zh: '{village}的工作队将只有{count}人，不足{min}人。',
    en: 'The team of {village} would have {count} people, fewer than {min}.',
    topic: { zh: '每队人数符合规定', en: 'every team has enough people' },
    cites: 'parameter:team_people_min',
    notJudgedWith: ['facts-changed'],
  },
  'home-barred': {
    zh: '{worker}不得在{village}驻村：那是家乡。',
    en: '{worker} may not serve in {village}: it is home.',
    topic: { zh: '没有人在家乡驻村', en: 'nobody serves at home' },
    cites: 'parameter:home_township_barred',
    notJudgedWith: ['facts-changed'],
  },
  'too-far': {
    zh: '{village}超过{worker}的路程上限。',
    en: '{village} is farther than {worker} can be sent.',
    topic: { zh: '没有人超过自己的路程上限', en: 'nobody goes farther than they can be sent' },
    notJudgedWith: ['facts-changed'],
  },
  'term-over': {
    zh: '{worker}任期已满，不能再调往{village}。',
    en: 'The term of {worker} is over; they cannot be moved to {village}.',
    topic: { zh: '调动者任期未满', en: 'nobody whose term is over is moved' },
    remedy: { zh: '先办理轮换。', en: 'Relieve them first.' },
    notJudgedWith: ['facts-changed'],
  },
  'not-available': shared['not-available'],
  'joined-too-late': shared['joined-too-late'],
} as const satisfies Record<string, RefusalText>
type Codes = keyof typeof decisionRefusals

export const villageName = ({ villages }: PlanFacts, id: string) =>
  villages.find((village) => village.id === id)?.name ?? id

/** Each row names one team or person of the county, once, and a village of it. */
export function namedLines(
  { movers, villages }: PlanFacts,
  rows: readonly DecisionRow[],
  refuse: Refuse<Codes>,
  by: By,
): readonly Line<Codes>[] {
  const known = new Map(movers.map((mover) => [mover.id, mover]))
  const places = new Set(villages.map((village) => village.id))
  const ids = rows.map(moverOf)
  return rows.flatMap((row, at): Line<Codes>[] => {
    const mover = known.get(ids[at]!)
    const isOne = (row.team === undefined) !== (row.worker === undefined) && mover?.isTeam === (row.team !== undefined)
    if (!isOne) return [refuse('mover-unknown', { row: at + 1 })]
    if (ids.indexOf(ids[at]!) !== at) return [refuse('mover-twice', { mover: mover.name })]
    if (row.accepted && row.to !== undefined && !places.has(row.to))
      return [refuse('village-unknown', { unit: by.lineage[0].name, village: row.to })]
    return []
  })
}

export function villageLines(
  found: PlanFacts,
  { teamsAt, peopleAt, beginning, joining }: Rosters,
  refuse: Refuse<Codes>,
): readonly Line<Codes>[] {
  const touched = new Set([...beginning, ...joining.map(({ village }) => village)])
  const min = found.law.peopleMin
  return [...touched].flatMap((id) => {
    const village = villageName(found, id)
    const count = peopleAt.get(id) ?? 0
    return [
      (teamsAt.get(id) ?? 0) <= 1 || refuse('two-teams', { village }),
      count >= min || refuse('too-few-people', { village, count, min }),
    ]
  })
}

const codeOf = {
  home: 'home-barred',
  travel: 'too-far',
  term: 'term-over',
  available: 'not-available',
} as const satisfies Partial<Record<Limit, Codes>>

/** What stands against each person who goes somewhere: the law and their own limits, not the planner's wishes. */
export function personLines(
  found: PlanFacts,
  moves: readonly Move[],
  wishes: Wishes,
  refuse: Refuse<Codes>,
): readonly Line<Codes>[] {
  const movers = new Map(found.movers.map((mover) => [mover.id, mover]))
  const rules = { ...rulesOf(wishes, found.law), kmMax: null }
  return moves.flatMap(({ mover, to }) => {
    const village = found.villages.find((each) => each.id === to)
    if (!village) return []
    return movers
      .get(mover)!
      .people.flatMap((person) =>
        brokenFor(person, village, rules, true, found.on).flatMap((limit): Line<Codes>[] =>
          limit === 'night' ? [] : [refuse(codeOf[limit], { worker: person.name, village: village.name })],
        ),
      )
  })
}

/** Who came today was there for no day yet, and cannot leave. */
export function lateLines(
  found: PlanFacts,
  { leaving, ending }: Rosters,
  refuse: Refuse<Codes>,
  by: By,
): readonly Line<Codes>[] {
  const late: readonly { readonly worker: unknown; readonly since: Day }[] = [
    ...leaving.map(({ worker, since }) => ({ worker: found.workers.get(worker)?.name ?? worker, since })),
    ...ending.map(({ village, since }) => ({ worker: villageName(found, village), since })),
  ]
  return late.filter(({ since }) => since >= by.on).map((each) => refuse('joined-too-late', each))
}
