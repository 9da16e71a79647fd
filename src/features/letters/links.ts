import { sql } from 'kysely'
import type { Links } from '#kernel/link.ts'
import { readLetters } from './read.ts'

/** The letter between each unit of a lineage and the next, and how far it is signed. */
export const letterLinks: Links = async (reader, lineage) => {
  const lowers = lineage.slice(0, -1).map((unit) => unit.id)
  if (lowers.length === 0) return []
  const letters = await readLetters(
    reader,
    sql`id in (select l.id from letter l where l.to_unit_id = any (${lowers}::uuid[]))`,
    sql`order by "offeredOn" desc, id desc`,
  )
  return lowers.map((lower, at) => {
    const upper = lineage[at + 1]?.id ?? ''
    const letter = letters.find((each) => each.to === lower && each.from === upper)
    const none = { light: 'none' as const, words: { zh: '未签订', en: 'none yet' } }
    return {
      upper,
      lower,
      direction: 'down' as const,
      label: { zh: '责任书', en: 'Letter of responsibility' },
      on: letter ? (letter.completedOn ?? letter.offeredOn) : null,
      ...(letter ? { light: letter.light, words: letter.words } : none),
      record: letter ? `/letters/${letter.id}` : `/letters?unit=${lower}`,
    }
  })
}
