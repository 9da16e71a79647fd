import { sql } from 'kysely'
import { z } from 'zod'
import type { By, Line, RefusalText, Refuse } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { type Day, UnitId } from '#kernel/words.ts'
import { VillageId, WorkerId } from './inputs.ts'
import { readVillages, readWorkers, type VillageFacts, type WorkerFacts } from './read.ts'
import { shared } from './words.ts'

const HOUSEHOLDS_MAX = 5000

const Household = z.strictObject({
  village: VillageId,
  household: z
    .string()
    .trim()
    .regex(/^[0-9A-Za-z-]{1,40}$/)
    .meta({
      label: { zh: '户编号', en: 'Household' },
      hint: { zh: '不含姓名和证件号码的编号。', en: 'A reference that says nothing of its people.' },
    }),
  worker: WorkerId,
})
type Household = z.output<typeof Household>

export const helperInput = z.object({
  unit: UnitId,
  households: z
    .array(Household)
    .min(1)
    .max(HOUSEHOLDS_MAX)
    .meta({ label: { zh: '农户', en: 'Households' } }),
})
type Input = z.output<typeof helperInput>

export const helperRefusals = {
  'village-unknown': shared['village-unknown'],
  'worker-unknown': shared['worker-unknown'],
  'household-twice': {
    zh: '{village}的{household}户列了两次。',
    en: 'Household {household} of {village} is listed twice.',
    topic: { zh: '每户一行', en: 'every household once' },
  },
  'too-many-households': {
    zh: '{worker}将帮扶{count}户，超过{max}户。',
    en: '{worker} would help {count} households, more than {max}.',
    topic: { zh: '帮扶户数在上限内', en: 'nobody helps too many' },
    cites: 'parameter:helper_households_max',
    remedy: { zh: '分给其他人。', en: 'Share them among others.' },
  },
} as const satisfies Record<string, RefusalText>

export type HelperFacts = {
  readonly villages: ReadonlyMap<string, VillageFacts>
  readonly workers: ReadonlyMap<string, WorkerFacts>
  /** Who helps the households now, by village and household. */
  readonly now: ReadonlyMap<string, { readonly worker: string; readonly since: Day }>
  /** How many households each of the workers helps now. */
  readonly load: ReadonlyMap<string, number>
}

export const householdKey = ({ village, household }: Pick<Household, 'village' | 'household'>) =>
  `${village}/${household}`

export async function readHelpers(tx: Tx, { households }: Input): Promise<HelperFacts> {
  const [villages, workers, now, load] = await Promise.all([
    readVillages(
      tx,
      households.map((each) => each.village),
    ),
    readWorkers(
      tx,
      households.map((each) => each.worker),
    ),
    sql<{ village: string; household: string; worker: string; since: Day }>`
      select h.village_id as village, h.household, h.worker_id as worker, lower(h.valid_at) as since
        from unnest(${households.map((each) => each.village)}::uuid[], ${households.map((each) => each.household)}::text[]) as x (village, household)
        join helper h on h.village_id = x.village and h.household = x.household and h.ended_by is null`.execute(tx),
    sql<{ worker: string; n: number }>`
      select h.worker_id as worker, count(*)::int as n from helper h
       where h.worker_id = any (${[...new Set(households.map((each) => each.worker))]}::uuid[]) and h.ended_by is null
       group by h.worker_id`.execute(tx),
  ])
  return {
    villages,
    workers,
    now: new Map(now.rows.map((row) => [householdKey(row), row])),
    load: new Map(load.rows.map((row) => [row.worker, row.n])),
  }
}

/** What speaks against a list of households with their helpers, whoever helps them now. */
export function helperLines(
  { villages, workers, load, now }: HelperFacts,
  { unit, households }: Input,
  refuse: Refuse<keyof typeof helperRefusals>,
  by: By,
): readonly Line<keyof typeof helperRefusals>[] {
  const name = by.lineage[0].name
  const max = by.parameter('helper_households_max').value
  const keys = households.map(householdKey)
  const helpers = [...new Set(households.map((each) => each.worker))]
  const loadAfter = (worker: string) =>
    (load.get(worker) ?? 0) +
    households.filter((each) => each.worker === worker && now.get(householdKey(each))?.worker !== worker).length
  return [
    ...[...new Set(households.map((each) => each.village))].map(
      (id) =>
        villages.get(id)?.unit === unit ||
        refuse('village-unknown', { unit: name, village: villages.get(id)?.name ?? id }),
    ),
    ...helpers.flatMap((id): readonly Line<keyof typeof helperRefusals>[] => {
      const found = workers.get(id)
      if (found?.unit !== unit) return [refuse('worker-unknown', { unit: name, worker: found?.name ?? id })]
      const count = loadAfter(id)
      return [count <= max || refuse('too-many-households', { worker: found.name, count, max })]
    }),
    ...households.map(
      ({ village, household }, at) =>
        keys.indexOf(keys[at] ?? '') === at ||
        refuse('household-twice', { village: villages.get(village)?.name ?? village, household }),
    ),
  ]
}

export const addHelpers = (tx: Tx, by: By, { unit, households }: Input) =>
  sql`insert into helper (village_id, unit_id, household, worker_id, valid_at, act_id)
    select village, ${unit}, household, worker, daterange(${by.on}, null), ${by.act}
      from unnest(${households.map((each) => each.village)}::uuid[], ${households.map((each) => each.household)}::text[],
                  ${households.map((each) => each.worker)}::uuid[]) as x (village, household, worker)`.execute(tx)
