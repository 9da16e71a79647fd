import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Text, UnitId } from '#kernel/words.ts'
import { listed, twice } from './sentences.ts'

const UNITS_MAX = 10_000
const BULK_MIN = 100

/** One line of a list of units; parents stand before their children. */
export const UnitLine = z.strictObject({
  id: z.uuid(),
  parent: z.uuid(),
  tier: z.string(),
  name: Text,
  code: z
    .string()
    .regex(/^\d{6}$/)
    .nullable(),
})

/** Takes over a whole list of administrative divisions at once, such as the country's at the beginning of a programme. */
export const importUnits = act({
  name: 'unit.import',
  title: { zh: '导入行政区划', en: 'Import administrative divisions' },
  purpose: {
    zh: '一次登记整份区划名单，上级列在下级之前；有一处错误则全部不予登记。',
    en: 'Registers a whole list of divisions, parents before children; one wrong line and nothing is registered.',
  },
  duty: 'maintain-divisions',
  input: z.object({
    under: UnitId.meta({ label: { zh: '所属上级', en: 'Under' } }),
    units: z
      .array(UnitLine)
      .min(1)
      .max(UNITS_MAX)
      .meta({ label: { zh: '区划名单', en: 'Divisions' } }),
  }),
  refusals: {
    'id-twice': { zh: '编号{ids}已经存在或出现两次。', en: 'These ids exist already or stand twice: {ids}.' },
    'code-in-use': {
      zh: '代码{codes}已有单位使用或出现两次。',
      en: 'These codes are in use or stand twice: {codes}.',
      topic: { zh: '代码不重复', en: 'no code is used twice' },
    },
    'parent-unknown': {
      zh: '{names}的上级不在名单中，或列在其后，也不是已有单位。',
      en: 'The parent of {names} is neither a unit nor listed before it.',
      topic: { zh: '上级明确', en: 'every parent is known' },
    },
    'tier-not-below': {
      zh: '{names}的层级不低于其上级，或不是章程所列层级。',
      en: 'The tier of {names} is not below its parent’s, or the charter does not know it.',
      topic: { zh: '层级正确', en: 'tiers descend' },
    },
  },
  over: (input) => input.under,
  async facts(tx, input, by) {
    const ids = input.units.map((unit) => unit.id)
    const codes = input.units.flatMap((unit) => (unit.code === null ? [] : [unit.code]))
    const parents = [...new Set(input.units.map((unit) => unit.parent))]
    const [known, used, standing] = await Promise.all([
      sql<{ id: string }>`select id from unit where id = any (${ids}::uuid[])`.execute(tx),
      sql<{ code: string }>`select code from unit_version
        where code = any (${codes}::text[]) and (valid_at && daterange(${by.on}, null)) is true`.execute(tx),
      sql<{ id: string; tier: string; lineage: string[] }>`select unit_id as id, tier, lineage from unit_version
        where unit_id = any (${parents}::uuid[]) and (valid_at @> ${by.on}::date) is true and lineage @> array[${input.under}::uuid]`.execute(
        tx,
      ),
    ])
    return {
      known: known.rows.map((row) => row.id),
      used: used.rows.map((row) => row.code),
      standing: standing.rows,
    }
  },
  rule({ known, used, standing }, { units }, refuse, by) {
    const order = by.charter.tiers.map((tier) => tier.id)
    const tierOf = new Map(standing.map((unit) => [unit.id, unit.tier]))
    const orphans: Text[] = []
    const misplaced: Text[] = []
    for (const unit of units) {
      const above = tierOf.get(unit.parent)
      if (above === undefined) orphans.push(unit.name)
      else if (order.indexOf(unit.tier) <= order.indexOf(above)) misplaced.push(unit.name)
      tierOf.set(unit.id, unit.tier)
    }
    const ids = [...known, ...twice(units.map((unit) => unit.id))]
    const codes = [...used, ...twice(units.flatMap((unit) => (unit.code === null ? [] : [unit.code])))]
    return [
      ids.length === 0 || refuse('id-twice', { ids: listed(ids) }),
      codes.length === 0 || refuse('code-in-use', { codes: listed(codes) }),
      orphans.length === 0 || refuse('parent-unknown', { names: listed(orphans) }),
      misplaced.length === 0 || refuse('tier-not-below', { names: listed(misplaced) }),
    ]
  },
  async effect(tx, { units }, { standing }, by) {
    const lineageOf = new Map(standing.map((unit) => [unit.id, unit.lineage]))
    const rows = units.map((unit) => {
      const lineage = [...(lineageOf.get(unit.parent) ?? []), unit.id]
      lineageOf.set(unit.id, lineage)
      return { ...unit, lineage }
    })
    await sql`insert into unit (id, established_on, act_id)
      select id, ${by.on}, ${by.act} from unnest(${rows.map((row) => row.id)}::uuid[]) id`.execute(tx)
    await sql`
      insert into unit_version (unit_id, valid_at, tier, name_zh, name_en, code, parent_id, lineage, act_id)
      select (u->>'id')::uuid, daterange(${by.on}, null), u->>'tier', u->'name'->>'zh', u->'name'->>'en', u->>'code',
             (u->>'parent')::uuid, array(select jsonb_array_elements_text(u->'lineage')::uuid), ${by.act}
        from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) u`.execute(tx)
    if (rows.length > BULK_MIN) await sql`analyze unit, unit_version`.execute(tx)
    return { units: rows.length }
  },
})
