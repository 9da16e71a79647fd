import { sql } from 'kysely'
import { z } from 'zod'
import { goalsOfMany } from '#features/goals/index.ts'
import { withAbilities } from '#kernel/abilities.ts'
import { ask } from '#kernel/ask.ts'
import { programmeBelow } from '#kernel/programme.ts'
import { UnitId } from '#kernel/words.ts'
import { readLetters } from './read.ts'

/** Whom a unit owes a letter: the units directly below it, each with its goals and the letters that there are. */
export const dueLetters = ask({
  name: 'letter.due',
  title: { zh: '应签责任书', en: 'Letters due' },
  purpose: {
    zh: '某单位的直接下级中，谁已有责任书、签到哪一步，谁还没有，可以为哪些年度发出。',
    en: 'Of the units directly below one: who has a letter and how far it is signed, who has none, and for which years one could be offered.',
  },
  access: 'seated',
  input: z.object({ unit: UnitId }),
  async answer(reader, { unit }) {
    const below = (await programmeBelow(reader.db, unit, reader.on)).filter((each) => each.parent === unit)
    const [goals, letters] = await Promise.all([
      goalsOfMany(
        reader.db,
        below.map((each) => each.id),
        reader.on,
      ),
      readLetters(reader, sql`"from" = ${unit} and state <> 'declined'`, sql`order by "offeredOn" desc`),
    ])
    const slots = below.map((each) => {
      const own = letters.filter((letter) => letter.to === each.id)
      const years = goals.filter((goal) => goal.unit === each.id && goal.target > 0).map((goal) => goal.year)
      const open = years.filter((year) => !own.some((letter) => letter.firstYear <= year && year <= letter.lastYear))
      const now = Number(reader.on.slice(0, 4))
      return {
        unit,
        to: each.id,
        name: each.name,
        tier: each.tier,
        code: each.code,
        letters: own,
        firstYear: open.length > 0 ? Math.min(...open) : now,
        lastYear: open.length > 0 ? Math.max(...open) : now,
        isDue: open.length > 0,
      }
    })
    return { slots: await withAbilities(reader, 'letter-slot', slots) }
  },
})
