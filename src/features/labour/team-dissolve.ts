import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Reason, UnitId } from '#kernel/words.ts'
import { TeamId } from './inputs.ts'
import { readTeams } from './read.ts'
import { canLeave, leaveTeams } from './serving.ts'
import { shared } from './words.ts'

/** A team is withdrawn: the village needs none any more, or another comes. */
export const dissolveTeam = act({
  name: 'team.dissolve',
  title: { zh: '撤回驻村工作队', en: 'Dissolve a resident team' },
  purpose: {
    zh: '撤回一支驻村工作队，队员自当日起不再驻村；理由记录在案。',
    en: 'Withdraws a resident team; its people no longer serve there from this day. The reason is kept.',
  },
  duty: 'coordinate-labour',
  final: true,
  input: z.object({ unit: UnitId, team: TeamId, reason: Reason }),
  refusals: { 'team-unknown': shared['team-unknown'], 'joined-too-late': shared['joined-too-late'] },
  about: { kind: 'team', input: (team: { unit: string; id: string }) => ({ unit: team.unit, team: team.id }) },
  over: (input) => input.unit,
  facts: async (tx, { team }) => ({ team: (await readTeams(tx, [team])).get(team) }),
  rule: ({ team }, { unit }, refuse, by) =>
    team?.unit === unit
      ? [
          ...team.members.map((member) => canLeave(member, refuse, by)),
          // A team whose people all left by the day it was formed still has to have been there for a day.
          canLeave({ name: team.villageName, since: team.since }, refuse, by),
        ]
      : [refuse('team-unknown', { unit: by.lineage[0].name })],
  async effect(tx, { unit, team, reason }, { team: found }, by) {
    const members = (found?.members ?? []).map(({ worker }) => ({ worker, note: reason }))
    if (members.length > 0) await leaveTeams(tx, by, 'dissolved', members)
    await sql`update team set valid_at = daterange(lower(valid_at), ${by.on}), ended_by = ${by.act}, ended_note = ${reason}
      where id = ${team}`.execute(tx)
    return { unit, team }
  },
  subject: (input) => input.team,
})
