import type { Reader } from '#kernel/ask.ts'
import { findBearer, findLineage, type UnitFacts } from '#kernel/standing.ts'
import type { Text } from '#kernel/words.ts'
import { asks as exitAsks } from '#features/exits/index.ts'
import { postWords } from './held.ts'

const READ_MAX = 60
/** The act by which a unit proposes to leave. */
export const proposing = 'exit.propose'

/** Units that should propose their exit this year, those that lack least first, with the seat whose duty it is. */
export async function readyToPropose(reader: Reader, within: string, limit: number) {
  const question = exitAsks.find((each) => each.name === 'exit.candidates')
  if (!question || !reader.charter.versionOn(reader.on)) return []
  const { items } = await question.answer(reader, question.input.parse({ unit: within, limit: READ_MAX }))
  const nearest = items.toSorted((a, b) => a.missing.length - b.missing.length).slice(0, limit)
  const found = await Promise.all(
    nearest.map(async (item) => {
      const lineage = await findLineage(reader.db, item.unit, reader.on)
      const act = reader.acts.find((each) => each.name === proposing)
      const duty = act && reader.charter.findDuty(act.duty, reader.on)
      const bearer = duty && lineage && findBearer(reader.charter, duty, lineage)
      if (!lineage || !act) return []
      const unit: UnitFacts = lineage[0]
      return [
        {
          unit,
          year: item.year,
          missing: item.missing,
          act: { act: act.name, title: act.title, input: { unit: unit.id, year: item.year } },
          seat: bearer && postWords(reader.charter, bearer.posts[0]),
          words: wordsOf(item.year, item.missing.length),
        },
      ]
    }),
  )
  return found.flat()
}

const wordsOf = (year: number, missing: number): Text =>
  missing === 0
    ? { zh: `计划${year}年退出，可以提出`, en: `should leave in ${year}: may propose now` }
    : { zh: `计划${year}年退出，还差 ${missing} 项`, en: `should leave in ${year}: ${missing} still missing` }
