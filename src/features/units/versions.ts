import { sql } from 'kysely'
import type { By } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import type { Day, Text } from '#kernel/words.ts'

/** A unit as it stands on a day, and since when it has stood so. */
export type Version = {
  readonly unit: string
  readonly since: Day
  /** No change of a later day is registered. */
  readonly isLatest: boolean
  readonly tier: string
  readonly name: Text
  readonly code: string | null
  readonly parent: string | null
  readonly lineage: readonly string[]
}

type Row = Omit<Version, 'name'> & { readonly name_zh: string; readonly name_en: string }

const columns = sql`unit_id as unit, lower(valid_at) as since, upper_inf(valid_at) as "isLatest", tier, name_zh, name_en, code,
  parent_id as parent, lineage`
const fromRow = ({ name_zh, name_en, ...row }: Row): Version => ({ ...row, name: { zh: name_zh, en: name_en } })

/** The units asked for as they stand on a day; those that do not exist then are missing. */
export async function readVersions(tx: Tx, units: readonly string[], on: Day): Promise<readonly Version[]> {
  const { rows } = await sql<Row>`select ${columns} from unit_version
    where unit_id = any (${units}::uuid[]) and (valid_at @> ${on}::date) is true`.execute(tx)
  return rows.map(fromRow)
}

/** Some units and everything below them. */
export async function readSubtrees(tx: Tx, units: readonly string[], on: Day): Promise<readonly Version[]> {
  const { rows } = await sql<Row>`select ${columns} from unit_version
    where lineage && ${units}::uuid[] and (valid_at @> ${on}::date) is true order by cardinality(lineage)`.execute(tx)
  return rows.map(fromRow)
}

/** Which of these codes a unit other than those named has on the day or will have later. */
export async function codesInUse(tx: Tx, codes: readonly (string | null)[], on: Day, except: readonly string[]) {
  const asked = codes.filter((code) => code !== null)
  const { rows } = await sql<{ code: string }>`select distinct code from unit_version
    where code = any (${asked}::text[]) and (valid_at && daterange(${on}, null)) is true and unit_id <> all (${except}::uuid[])`.execute(
    tx,
  )
  return rows.map((row) => row.code)
}

/** Which of these names a unit directly below `parent` bears, other than those named. */
export async function namesTaken(
  tx: Tx,
  names: readonly Text[],
  parent: string | null,
  on: Day,
  except: readonly string[],
) {
  const { rows } = await sql<Text>`select name_zh as zh, name_en as en from unit_version
    where parent_id = ${parent} and (valid_at @> ${on}::date) is true and unit_id <> all (${except}::uuid[])
      and name_zh = any (${names.map((name) => name.zh)}::text[])`.execute(tx)
  return rows
}

/** Which of these ids are units already, or were. */
export async function idsKnown(tx: Tx, ids: readonly string[]) {
  const { rows } = await sql<{ id: string }>`select id from unit where id = any (${ids}::uuid[])`.execute(tx)
  return rows.map((row) => row.id)
}

/** Units that begin today. */
export async function establish(tx: Tx, versions: readonly Omit<Version, 'since' | 'isLatest'>[], by: By) {
  await sql`insert into unit (id, established_on, act_id)
    select id, ${by.on}, ${by.act} from unnest(${versions.map((each) => each.unit)}::uuid[]) id`.execute(tx)
  await insertVersions(tx, versions, by)
}

/** Writes how units stand from today on; what was so before today stays as it was. */
export async function amend(tx: Tx, versions: readonly Omit<Version, 'since' | 'isLatest'>[], by: By) {
  if (versions.length === 0) return
  const units = versions.map((each) => each.unit)
  await sql`update unit_version set valid_at = daterange(lower(valid_at), ${by.on})
    where unit_id = any (${units}::uuid[]) and upper_inf(valid_at) and lower(valid_at) < ${by.on}`.execute(tx)
  // What began today is amended where it stands: a day has one state, the one at its end.
  const { rows } = await sql<{ unit: string }>`
    update unit_version v
       set tier = u.tier, name_zh = u.name_zh, name_en = u.name_en, code = u.code, parent_id = u.parent, lineage = u.lineage,
           act_id = ${by.act}
      from (${unpacked(versions)}) u
     where v.unit_id = u.unit and v.valid_at = daterange(${by.on}, null)
    returning v.unit_id as unit`.execute(tx)
  const done = new Set(rows.map((row) => row.unit))
  await insertVersions(
    tx,
    versions.filter((each) => !done.has(each.unit)),
    by,
  )
}

const insertVersions = (tx: Tx, versions: readonly Omit<Version, 'since' | 'isLatest'>[], by: By) =>
  sql`insert into unit_version (unit_id, valid_at, tier, name_zh, name_en, code, parent_id, lineage, act_id)
    select u.unit, daterange(${by.on}, null), u.tier, u.name_zh, u.name_en, u.code, u.parent, u.lineage, ${by.act}
      from (${unpacked(versions)}) u`.execute(tx)

const unpacked = (versions: readonly Omit<Version, 'since' | 'isLatest'>[]) => sql`
  select (u->>'unit')::uuid as unit, u->>'tier' as tier, u->'name'->>'zh' as name_zh, u->'name'->>'en' as name_en,
         u->>'code' as code, (u->>'parent')::uuid as parent,
         array(select jsonb_array_elements_text(u->'lineage')::uuid) as lineage
    from jsonb_array_elements(${JSON.stringify(versions)}::jsonb) u`

/** The subtrees as they stand once their tops hang under other units: parents first, as `readSubtrees` gives them. */
export function rehung(
  subtrees: readonly Version[],
  to: ReadonlyMap<string, Pick<Version, 'unit' | 'lineage'>>,
): Version[] {
  const lineages = new Map<string, readonly string[]>()
  return subtrees.map((each) => {
    const above = to.get(each.unit)
    const parent = above?.unit ?? each.parent
    const lineage = [...(above?.lineage ?? lineages.get(each.parent ?? '') ?? each.lineage.slice(0, -1)), each.unit]
    lineages.set(each.unit, lineage)
    return { ...each, parent, lineage }
  })
}
