import { z } from 'zod'
import type { By, Line, RefusalText, Refuse } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { UnitId } from '#kernel/words.ts'
import { type ScheduleVersion, versionsOf } from './books.ts'

/** What consent and return have in common: they decide on the newest version, once. */
export const Decision = {
  unit: UnitId,
  version: z
    .int()
    .min(1)
    .max(10_000)
    .meta({ label: { zh: '版本', en: 'Version' }, widget: 'count' }),
}

export const decisionRefusals = {
  'no-schedule': {
    zh: '{unit}还没有报来进度安排。',
    en: '{unit} has not set a schedule yet.',
    topic: { zh: '已报进度安排', en: 'a schedule was set' },
  },
  'not-the-newest': {
    zh: '所审的是第{asked}版，而最新的是第{newest}版。',
    en: 'This decides on version {asked}, but the newest is version {newest}.',
    topic: { zh: '审核的是最新版本', en: 'the newest version' },
    remedy: { zh: '打开最新版本再审核。', en: 'Open the newest version and decide on that.' },
  },
  'already-decided': {
    zh: '第{version}版已于{on}{how}。',
    en: 'Version {version} was {how} on {on}.',
    topic: { zh: '尚未审核', en: 'not decided yet' },
  },
} as const satisfies Record<string, RefusalText>

export const readVersions = (tx: Tx, unit: string) => versionsOf(tx, unit)

export function decisionRule(
  [newest]: readonly ScheduleVersion[],
  asked: number,
  refuse: Refuse<keyof typeof decisionRefusals>,
  by: By,
): readonly Line<keyof typeof decisionRefusals>[] {
  if (!newest) return [refuse('no-schedule', { unit: by.lineage[0].name })]
  const how = newest.state === 'consented' ? { zh: '同意', en: 'consented to' } : { zh: '退回', en: 'returned' }
  return [
    newest.version === asked || refuse('not-the-newest', { asked, newest: newest.version }),
    newest.state === 'waiting' || refuse('already-decided', { version: newest.version, on: newest.decidedOn, how }),
  ]
}

export const isWaiting = (schedule: { state: string | null }) => schedule.state === 'waiting'
