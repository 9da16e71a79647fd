import { sql } from 'kysely'
import type { By } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'

type Statement = {
  readonly village: string
  readonly n: number
  readonly people: number
  readonly households: number
  readonly weight: number
}
type Need = { readonly village: string; readonly n: number; readonly skill: string; readonly people: number }

/** Writes what villages need, from the day of the deed. */
export async function addStatements(tx: Tx, by: By, statements: readonly Statement[], needs: readonly Need[]) {
  if (statements.length > 0)
    await sql`insert into village_statement (village_id, n, on_day, people, households, weight, act_id)
      select village, n, ${by.on}, people, households, weight, ${by.act}
        from unnest(${statements.map((each) => each.village)}::uuid[], ${statements.map((each) => each.n)}::int[],
                    ${statements.map((each) => each.people)}::int[], ${statements.map((each) => each.households)}::int[],
                    ${statements.map((each) => each.weight)}::int[]) as x (village, n, people, households, weight)`.execute(
      tx,
    )
  if (needs.length > 0)
    await sql`insert into village_need (village_id, n, skill, people, act_id)
      select village, n, skill, people, ${by.act}
        from unnest(${needs.map((each) => each.village)}::uuid[], ${needs.map((each) => each.n)}::int[],
                    ${needs.map((each) => each.skill)}::text[], ${needs.map((each) => each.people)}::int[])
             as x (village, n, skill, people)`.execute(tx)
}
