import { sql } from 'kysely'
import type { By, Line, RefusalText, Refuse } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import type { Day } from '#kernel/words.ts'
import type {} from './tables.ts'

export type CampaignFacts = {
  readonly title: string
  readonly from: Day
  readonly until: Day
  readonly covers: boolean
}

/** A campaign, and whether it was announced to an area that a unit lies in. */
export async function findCampaign(
  tx: Tx,
  id: string | undefined,
  unit: string,
  on: Day,
): Promise<CampaignFacts | undefined> {
  if (id === undefined) return undefined
  const { rows } = await sql<CampaignFacts>`
    select c.title, c.from_day as from, c.until_day as until, c.unit_id = any (v.lineage) as covers
      from campaign c join unit_version v on v.unit_id = ${unit} and (v.valid_at @> ${on}::date) is true
     where c.id = ${id}`.execute(tx)
  return rows[0]
}

export const campaignRefusals = {
  'not-its-campaign': {
    zh: '这里没有这项活动。',
    en: 'No such campaign was announced here.',
    topic: { zh: '活动在本地区', en: 'the campaign was announced here' },
  },
  'campaign-not-on': {
    zh: '《{title}》自{from}至{until}，今天不在其中。',
    en: '«{title}» is from {from} to {until}, and not today.',
    topic: { zh: '活动正在进行', en: 'the campaign is on' },
  },
} as const satisfies Record<string, RefusalText>

type Code = keyof typeof campaignRefusals

export const fitsCampaign = (
  id: string | undefined,
  found: CampaignFacts | undefined,
  refuse: Refuse<Code>,
  { on }: By,
): Line<Code>[] => [
  id === undefined || found?.covers === true || refuse('not-its-campaign'),
  !found?.covers || (found.from <= on && on <= found.until) || refuse('campaign-not-on', { ...found }),
]
