import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { addSpan } from '#kernel/calendar.ts'
import { Reason } from '#kernel/words.ts'
import { designate } from '#features/units/index.ts'
import { addStep, ExitCase, readCase, subjectOf } from './books.ts'
import type { State } from './state.ts'
import { isTurn, turnRefusals } from './turn.ts'

/** An approval that turns out wrong is revoked with its reason: the county is on the list again, and nothing is erased. */
export const revokeExit = act({
  name: 'exit.revoke',
  title: { zh: '撤销退出批准', en: 'Revoke the approval' },
  purpose: {
    zh: '发现退出不实的，在限期内说明理由撤销批准；县重新列入贫困县名单，原记录全部保留。',
    en: 'An exit found untrue is revoked in time with its reason; the county is on the list again, and every record stays.',
  },
  duty: 'approve-exit',
  parameters: ['exit_revocation_limit'],
  final: true,
  input: z.object({ ...ExitCase, reason: Reason }),
  refusals: {
    ...turnRefusals,
    'too-late-to-revoke': {
      zh: '批准于{on}作出，只能在{until}之前撤销。',
      en: 'It was approved on {on}, and could be revoked until {until}.',
      topic: { zh: '在可撤销期限内', en: 'still within the time to revoke' },
      remedy: { zh: '可依法重新列入贫困县名单。', en: 'The county can be designated anew.' },
      cites: 'parameter:exit_revocation_limit',
    },
  },
  about: {
    kind: 'exit',
    offered: (exit: { state: State }) => exit.state === 'approved',
    input: (exit: { unit: string; year: number }) => ({ unit: exit.unit, year: exit.year }),
  },
  over: (input) => input.unit,
  facts: (tx, { unit, year }) => readCase(tx, unit, year),
  rule(at, { year }, refuse, by) {
    const approvedOn = at.state === 'approved' ? at.since : null
    const span = by.charter.getSpan(
      'exit_revocation_limit',
      by.on,
      by.lineage.map((unit) => unit.code),
    )
    const until = approvedOn && addSpan(approvedOn, span, by.charter.calendar)
    return [
      isTurn(at, ['approved'], year, refuse, by),
      until === null || by.on <= until || refuse('too-late-to-revoke', { on: approvedOn, until }),
    ]
  },
  async effect(tx, { unit, year, reason }, at, by) {
    const done = await addStep(tx, at, { unit, year, step: 'revoke', outcome: 'return', remarks: reason }, by)
    await designate(tx, [unit], by)
    return done
  },
  subject: ({ year }) => subjectOf(year),
})
