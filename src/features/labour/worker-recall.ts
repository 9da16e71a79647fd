import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Reason, UnitId } from '#kernel/words.ts'
import { WorkerId } from './inputs.ts'
import { readTeams, readWorkers } from './read.ts'
import { canLeave, leaveTeams } from './serving.ts'
import { shared, sharedAdvice } from './words.ts'

/** Somebody unfit is recalled from the village before the end of the term, and must be replaced in time. */
export const recallWorker = act({
  name: 'worker.recall',
  title: { zh: '召回驻村人员', en: 'Recall somebody from the village' },
  purpose: {
    zh: '召回不称职、不胜任的驻村人员，写明理由，并在限期内补派。',
    en: 'Recalls somebody who is not fit for the work, with the reason; a replacement is owed in time.',
  },
  duty: 'coordinate-labour',
  parameters: ['team_people_min'],
  final: true,
  input: z.object({ unit: UnitId, worker: WorkerId, reason: Reason }),
  refusals: {
    'worker-unknown': shared['worker-unknown'],
    'not-serving': {
      zh: '{worker}目前没有驻村。',
      en: '{worker} does not serve in any village.',
      topic: { zh: '人员正在驻村', en: 'the person serves' },
    },
    'joined-too-late': shared['joined-too-late'],
  },
  advice: { 'below-minimum': sharedAdvice['below-minimum'] },
  then: [{ zh: '在限期内补派人员。', en: 'Somebody else is sent in time.' }],
  about: {
    kind: 'worker',
    offered: (worker: { serves?: unknown }) => Boolean(worker.serves),
    input: (worker: { unit: string; id: string }) => ({ unit: worker.unit, worker: worker.id }),
  },
  over: (input) => input.unit,
  async facts(tx, { worker }) {
    const found = (await readWorkers(tx, [worker])).get(worker)
    const team = found?.serves ? (await readTeams(tx, [found.serves.team])).get(found.serves.team) : undefined
    return { found, team }
  },
  rule({ found, team }, { unit, worker }, refuse, by, advise) {
    if (found?.unit !== unit) return [refuse('worker-unknown', { unit: by.lineage[0].name, worker })]
    if (!found.serves || !team) return [refuse('not-serving', { worker: found.name })]
    const min = by.parameter('team_people_min').value
    const left = team.members.length - 1
    return [
      canLeave({ name: found.name, since: found.serves.since }, refuse, by),
      left >= min || advise('below-minimum', { village: team.villageName, count: left, min }),
    ]
  },
  async effect(tx, { unit, worker, reason }, { team }, by) {
    await leaveTeams(tx, by, 'recalled', [{ worker, note: reason }])
    const left = (team?.members.length ?? 1) - 1
    return { unit, worker, team: team?.id ?? '', complete: left >= by.parameter('team_people_min').value }
  },
  concerns: ({ unit }, { team, complete }, obligation) =>
    obligation === 'replace-recalled' || !complete ? [{ unit, subject: team }] : [],
})
