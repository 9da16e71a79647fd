import { z } from 'zod'
import { sql } from 'kysely'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { readFigureBelow } from '#kernel/figure.ts'
import { findLineage } from '#kernel/standing.ts'
import { UnitId } from '#kernel/words.ts'
import { figures } from './figures.ts'
import { type State, statesOnMap } from './state.ts'

/** The unit at the top of the map. */
export async function rootOf({ db, map }: Reader): Promise<string> {
  const root = await db
    .selectFrom('unit_version')
    .select('unit_id')
    .where('parent_id', 'is', null)
    .where(sql<boolean>`(valid_at @> ${map}::date) is true`)
    .executeTakeFirst()
  if (!root) throw new NotFound({ zh: `${map}还没有任何单位。`, en: `There was no unit on ${map}.` })
  return root.unit_id
}

/** A unit as it lies on the map that the reader chose, with all above it. */
export async function placeOnMap(reader: Reader, unit: string) {
  const lineage = await findLineage(reader.db, unit, reader.map)
  if (!lineage)
    throw new NotFound({ zh: `${reader.map}的区划中没有这个单位。`, en: `The map of ${reader.map} has no such unit.` })
  return lineage
}

/** One level of the tree: what lies directly below a unit, with how many counties, poor and out, lie below each. */
export const unitTree = ask({
  name: 'unit.tree',
  title: { zh: '单位树', en: 'The tree of units' },
  purpose: {
    zh: '一个单位的下级，连同各自所辖的县、贫困县和已退出县的个数；逐级展开。',
    en: 'What lies directly below a unit, and how many counties, poor ones and those out lie below each; opened level by level.',
  },
  access: 'public',
  input: z.object({ unit: UnitId.optional() }),
  async answer(reader, input) {
    const { db, charter, on, map } = reader
    const lineage = await placeOnMap(reader, input.unit ?? (await rootOf(reader)))
    const unit = lineage[0].id
    const question = { charter, unit, on, map, year: Number(on.slice(0, 4)) }
    const [poor, out, counties] = await Promise.all(figures.map((figure) => readFigureBelow(db, figure, question)))
    const { rows } = await sql<{ unit: string; state: State; below: number }>`
      select v.unit_id as unit, coalesce(s.state, 'none') as state,
             (select count(*)::int from unit_version b where b.parent_id = v.unit_id and (b.valid_at @> ${map}::date) is true) as below
        from unit_version v left join (${statesOnMap(on, map)}) s on s.unit_id = v.unit_id
       where v.parent_id = ${unit} and (v.valid_at @> ${map}::date) is true`.execute(db)
    const about = new Map(rows.map((row) => [row.unit, row]))
    return {
      lineage,
      children: (counties ?? []).map((each, at) => ({
        unit: each.unit,
        name: each.name,
        tier: each.tier,
        code: each.code,
        counties: each.counted,
        poor: poor?.[at]?.counted ?? 0,
        out: out?.[at]?.counted ?? 0,
        state: about.get(each.unit)?.state ?? 'none',
        below: about.get(each.unit)?.below ?? 0,
      })),
    }
  },
})
