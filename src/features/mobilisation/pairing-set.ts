import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Status } from '#kernel/charter.ts'
import type { Tx } from '#kernel/db.ts'
import { v7 } from '#kernel/uuid.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import { pairDuty } from './fields.ts'
import type {} from './tables.ts'

const PAIRS_MAX = 200

/** The centre says which eastern unit helps which western one, from this day on, and on what paper that stands. */
export const setPairings = act({
  name: 'pairing.set',
  title: { zh: '确定东西部结对关系', en: 'Set pairs of east and west' },
  purpose: {
    zh: '逐对写明东部单位和西部单位，注明依据和核实程度；自当日起生效，到结束为止。',
    en: 'Names each eastern and western unit, on what ground and how sure that is; it holds from this day until it is ended.',
  },
  duty: 'coordinate-the-campaign',
  input: z.object({
    unit: UnitId,
    source: z
      .string()
      .trim()
      .min(2)
      .max(500)
      .meta({ label: { zh: '依据', en: 'Source' } }),
    pairs: z
      .array(
        z.strictObject({
          east: UnitId.meta({ label: { zh: '东部单位', en: 'Eastern unit' } }),
          west: UnitId.meta({ label: { zh: '西部单位', en: 'Western unit' } }),
          status: Status.default('made-up').meta({
            label: { zh: '核实程度', en: 'How sure' },
            widget: 'choice',
            choices: {
              V: { zh: '已核原文', en: 'seen in a source' },
              P: { zh: '部分核对', en: 'partly seen' },
              K: { zh: '已知未核', en: 'known, not verified' },
              'made-up': { zh: '设定', en: 'made up' },
            },
          }),
        }),
      )
      .min(1)
      .max(PAIRS_MAX)
      .meta({ label: { zh: '结对', en: 'Pairs' } }),
  }),
  refusals: {
    'cannot-pair': {
      zh: '第{n}对：{name}不能结对（当日没有这个单位，或没有结对的职责）。',
      en: 'Pair {n}: {name} cannot be paired (there is no such unit on this day, or it has no duty to lead a pairing).',
      topic: { zh: '双方都能结对', en: 'both sides can be paired' },
      cites: 'duty:lead-pairing',
    },
    'one-within-the-other': {
      zh: '第{n}对：一方就在另一方之内。',
      en: 'Pair {n}: one side lies within the other.',
      topic: { zh: '双方互不隶属', en: 'neither side lies within the other' },
    },
    'paired-already': {
      zh: '第{n}对：{east}和{west}已经结对，或在这里写了两次。',
      en: 'Pair {n}: {east} and {west} are paired already, or stand here twice.',
      topic: { zh: '没有重复结对', en: 'no pair stands twice' },
    },
  },
  about: {
    kind: 'help-desk',
    offered: (desk: { isRoot: boolean }) => desk.isRoot,
    input: (desk: { unit: string }) => ({ unit: desk.unit }),
  },
  over: (input) => input.unit,
  async facts(tx, { pairs }, by) {
    const tiers = Object.keys(by.charter.findDuty(pairDuty, by.on)?.held_by ?? {})
    const units = await readUnits(
      tx,
      pairs.flatMap((pair) => [pair.east, pair.west]),
      by.on,
    )
    const { rows } = await sql<{ east: string; west: string }>`
      select east_unit_id as east, west_unit_id as west from pairing
       where east_unit_id = any (${pairs.map((pair) => pair.east)}::uuid[]) and (valid_at @> ${by.on}::date) is true`.execute(
      tx,
    )
    return { tiers, units, standing: rows }
  },
  rule: ({ tiers, units, standing }, { pairs }, refuse) =>
    pairs.flatMap(({ east, west }, at) => {
      const n = at + 1
      const sides = [east, west].map((id) => ({ id, unit: units.find((each) => each.id === id) }))
      const strange = sides.filter(({ unit }) => !unit || !tiers.includes(unit.tier))
      const [from, to] = [sides[0]?.unit, sides[1]?.unit]
      const isTwice = pairs.slice(0, at).some((other) => other.east === east && other.west === west)
      const stands = standing.some((other) => other.east === east && other.west === west)
      return [
        ...strange.map(({ id, unit }) => refuse('cannot-pair', { n, name: unit?.name ?? id })),
        !from ||
          !to ||
          !(from.lineage.includes(to.id) || to.lineage.includes(from.id)) ||
          refuse('one-within-the-other', { n }),
        !(isTwice || stands) || refuse('paired-already', { n, east: from?.name ?? east, west: to?.name ?? west }),
      ]
    }),
  async effect(tx, { pairs, source }, _facts, by) {
    const rows = pairs.map(({ east, west, status }) => ({
      id: v7(),
      east_unit_id: east,
      west_unit_id: west,
      status,
      source,
      valid_at: `[${by.on},)`,
      act_id: by.act,
      ended_by: null,
      end_reason: null,
    }))
    await tx.insertInto('pairing').values(rows).execute()
    return { pairings: rows.map((row) => row.id) }
  },
})

type Known = { readonly id: string; readonly tier: string; readonly name: Text; readonly lineage: readonly string[] }

async function readUnits(tx: Tx, units: readonly string[], on: Day): Promise<readonly Known[]> {
  const { rows } = await sql<Known>`
    select v.unit_id as id, v.tier, json_build_object('zh', v.name_zh, 'en', v.name_en) as name, v.lineage
      from unit_version v where v.unit_id = any (${[...new Set(units)]}::uuid[]) and (v.valid_at @> ${on}::date) is true`.execute(
    tx,
  )
  return rows
}
