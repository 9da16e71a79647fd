import { z } from 'zod'
import { act, type Line } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import { WorkerId } from './inputs.ts'
import { readTeams, readWorkers } from './read.ts'
import { canLeave, leaveTeams, twice } from './serving.ts'
import { BATCH_MAX, shared, sharedAdvice } from './words.ts'

type LeavingCode = 'worker-unknown' | 'not-serving' | 'term-not-over' | 'joined-too-late'

/** People whose term is over go home. */
export const relieveWorkers = act({
  name: 'worker.relieve',
  title: { zh: '期满轮换', en: 'Relieve people whose term is over' },
  purpose: {
    zh: '驻村期限已满的人员轮换离队；因此缺员的工作队须限期补齐。',
    en: 'People whose term is over leave their team; a team that falls short by it must be completed in time.',
  },
  duty: 'coordinate-labour',
  parameters: ['team_people_min'],
  input: z.object({
    unit: UnitId,
    workers: z
      .array(WorkerId)
      .min(1)
      .max(BATCH_MAX)
      .meta({ label: { zh: '人员', en: 'People' } }),
  }),
  refusals: {
    'worker-unknown': shared['worker-unknown'],
    'worker-twice': shared['worker-twice'],
    'joined-too-late': shared['joined-too-late'],
    'not-serving': {
      zh: '{worker}目前没有驻村。',
      en: '{worker} does not serve in any village.',
      topic: { zh: '人员正在驻村', en: 'the people serve' },
    },
    'term-not-over': {
      zh: '{worker}的驻村期限到{until}才满。',
      en: 'The term of {worker} runs until {until}.',
      topic: { zh: '期限已满', en: 'their terms are over' },
      cites: 'parameter:team_term_years_min',
      remedy: {
        zh: '期满后再办，或用“调整驻村工作队”写明提前离队的理由。',
        en: 'Wait, or let them leave early by changing the team, with a reason.',
      },
    },
  },
  advice: { 'below-minimum': sharedAdvice['below-minimum'] },
  about: {
    kind: 'worker',
    offered: (worker: { isTermOver?: boolean }) => worker.isTermOver === true,
    input: (worker: { unit: string; id: string }) => ({ unit: worker.unit, workers: [worker.id] }),
  },
  over: (input) => input.unit,
  async facts(tx, { workers }) {
    const found = await readWorkers(tx, workers)
    const teams = await readTeams(
      tx,
      [...found.values()].flatMap((each) => each.serves?.team ?? []),
    )
    return { found, teams }
  },
  rule({ found, teams }, { unit, workers }, refuse, by, advise) {
    const min = by.parameter('team_people_min').value
    const left = [...teams.values()].map(({ villageName, members }) => ({
      village: villageName,
      count: members.filter((each) => !workers.includes(each.worker)).length,
    }))
    return [
      ...twice(workers, (id) => found.get(id)?.name ?? id, refuse),
      ...[...new Set(workers)].flatMap((id): readonly Line<LeavingCode>[] => {
        const each = found.get(id)
        if (each?.unit !== unit)
          return [refuse('worker-unknown', { unit: by.lineage[0].name, worker: each?.name ?? id })]
        if (!each.serves) return [refuse('not-serving', { worker: each.name })]
        const { since, termUntil } = each.serves
        return [
          termUntil < by.on || refuse('term-not-over', { worker: each.name, until: termUntil }),
          canLeave({ name: each.name, since }, refuse, by),
        ]
      }),
      ...left.map(({ village, count }) => count >= min || advise('below-minimum', { village, count, min })),
    ]
  },
  async effect(tx, { unit, workers }, { teams }, by) {
    await leaveTeams(
      tx,
      by,
      'relieved',
      workers.map((worker) => ({ worker, note: null })),
    )
    const min = by.parameter('team_people_min').value
    const short = [...teams.values()].filter(
      (team) => team.members.filter((each) => !workers.includes(each.worker)).length < min,
    )
    return { unit, workers, short: short.map((team) => team.id) }
  },
  concerns: ({ unit }, { short }) => short.map((subject) => ({ unit, subject })),
})
