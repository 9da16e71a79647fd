import { sql } from 'kysely'
import { z } from 'zod'
import { act, type By } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { scattered } from '#kernel/uuid.ts'
import { decisionInput, type DecisionRow, keepDecision, moverOf, readFacts, worthOf } from './plan-decision.ts'
import { type PlanFacts, teamParameters } from './plan-facts.ts'
import { decisionRefusals, lateLines, namedLines, personLines, villageLines, villageName } from './plan-lines.ts'
import { type Move, type Rosters, rostersOf } from './plan-rosters.ts'
import { join, leaveTeams, yearsAfter } from './serving.ts'

/**
 * Somebody decides upon a plan of deployment: accepts its rows, changes or leaves some, and the teams move on that day. What was computed
 * counts for nothing until then, and only as long as the facts that it was computed on still hold.
 */
export const decideDeployment = act({
  name: 'deployment.decide',
  title: { zh: '决定调配方案', en: 'Decide on a plan of deployment' },
  purpose: {
    zh: '由人对测算的调配方案作出决定：逐行采纳、修改或不采纳，自当日起调整工作队；原工作队在案，新安排另行记录。',
    en: 'A person decides upon a computed plan: accepts, changes or leaves out each row; teams move from that day. What stood before is kept as it was.',
  },
  duty: 'coordinate-labour',
  parameters: [...teamParameters, 'team_term_years_min'],
  input: z.object(decisionInput),
  refusals: decisionRefusals,
  advice: {
    'worth-less': {
      zh: '按所设权重，这样决定的总分{after}低于现状{before}。',
      en: 'By these weights what is decided is worth {after}: less than the {before} of the present.',
    },
    'village-left': {
      zh: '{village}现有工作队，决定后没有。',
      en: '{village} has a team now, and would have none.',
    },
  },
  then: [
    {
      zh: '自当日起按决定驻村；原任职记录保留。',
      en: 'They serve as decided from that day; what stood before is kept.',
    },
    { zh: '新队没有第一书记的，另行选派。', en: 'Where a new team has no first secretary, name one.' },
  ],
  over: (input) => input.unit,
  facts: async (tx, { unit }, by) => ({ found: await readFacts(tx, unit, by) }),
  rule({ found }, input, refuse, by, advise) {
    if (found.digest !== input.facts) return [refuse('facts-changed')]
    const moves = movesOf(input.rows)
    if (moves.length === 0) return [refuse('nothing-accepted')]
    const named = namedLines(found, input.rows, refuse, by)
    if (named.length > 0) return named
    const rosters = rostersOf(found, moves, by.on)
    const { before, after } = worthOf(found, input.wishes, moves)
    return [
      ...villageLines(found, rosters, refuse),
      ...personLines(found, moves, input.wishes, refuse),
      ...lateLines(found, rosters, refuse, by),
      after.worth >= before.worth || advise('worth-less', { after: after.worth, before: before.worth }),
      ...rosters.ending
        .filter(({ village }) => !rosters.teamsAt.has(village))
        .map(({ village }) => advise('village-left', { village: villageName(found, village) })),
    ]
  },
  async effect(tx, { unit, facts, wishes, rows, reason }, { found }, by) {
    const moves = movesOf(rows)
    const rosters = rostersOf(found, moves, yearsAfter(by.on, by.parameter('team_term_years_min').value))
    await move(tx, unit, found, rosters, reason, by)
    const present = new Map(found.movers.map((mover) => [mover.id, mover.present]))
    const kept = { outcome: 'decided' as const, unit, facts, wishes, rows, reason, ...worthOf(found, wishes, moves) }
    const deployment = await keepDecision(tx, kept, present, by)
    const joined = new Set(rosters.joining.map(({ village }) => village))
    const over = new Set(rosters.ending.map(({ team }) => team))
    const completed = found.teams.filter(({ team, village }) => !over.has(team) && joined.has(village))
    return {
      unit,
      deployment,
      ended: [...over],
      completed: completed.map(({ team }) => team),
      moved: rosters.joining.length,
    }
  },
  // What a team lacked is settled once it is complete, and once it has ended.
  concerns: ({ unit }, { ended, completed }, _obligation, how) =>
    how === 'settled' ? [...ended, ...completed].map((team) => ({ unit, subject: team })) : [],
})

const movesOf = (rows: readonly DecisionRow[]): readonly Move[] =>
  rows.filter((row) => row.accepted).map((row) => ({ mover: moverOf(row), to: row.to ?? null }))

/** Ends what ends, begins what begins: dated rows, none of them changed afterwards. */
async function move(tx: Tx, unit: string, found: PlanFacts, rosters: Rosters, reason: string, by: By) {
  const { ending, leaving, beginning, joining } = rosters
  for (const why of ['changed', 'dissolved'] as const) {
    const people = leaving.filter((each) => each.why === why).map(({ worker }) => ({ worker, note: reason }))
    if (people.length > 0) await leaveTeams(tx, by, why, people)
  }
  if (ending.length > 0)
    await sql`update team t set valid_at = daterange(lower(t.valid_at), ${by.on}), ended_by = ${by.act}, ended_note = ${reason}
      where t.id = any (${ending.map(({ team }) => team)}::uuid[])`.execute(tx)
  const begun = new Map(beginning.map((village, at) => [village, scattered(by.act, at + 1)]))
  if (begun.size > 0)
    await sql`insert into team (id, unit_id, village_id, valid_at, act_id)
      select id, ${unit}, village, daterange(${by.on}, null), ${by.act}
        from unnest(${[...begun.values()]}::uuid[], ${[...begun.keys()]}::uuid[]) as x (id, village)`.execute(tx)
  const over = new Set(ending.map(({ team }) => team))
  const there = new Map(found.teams.filter(({ team }) => !over.has(team)).map(({ team, village }) => [village, team]))
  const rows = joining.map((each) => ({ ...each, team: begun.get(each.village) ?? there.get(each.village) ?? '' }))
  if (rows.length > 0) await join(tx, by, rows)
}
