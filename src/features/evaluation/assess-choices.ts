import { ask, type Reader } from '#kernel/ask.ts'
import type { AssessmentScheme } from '#kernel/charter-assessments.ts'
import { type Chosen, chosenOf, WordInput } from '#kernel/choices.ts'
import { findLineage } from '#kernel/standing.ts'
import type { Text } from '#kernel/words.ts'

/** The assessments that a unit has to do with: those that its tier does come before those that are done to it. */
async function schemesFor({ db, charter, on }: Reader, unit: string | undefined): Promise<readonly AssessmentScheme[]> {
  const tier = unit === undefined ? undefined : (await findLineage(db, unit, on))?.[0].tier
  if (tier === undefined) return charter.text.assessments
  return charter.text.assessments
    .filter((scheme) => scheme.by === tier || scheme.of === tier)
    .toSorted((a, b) => Number(b.by === tier) - Number(a.by === tier))
}

const both = (one: Text, other: Text): Text => ({ zh: `${one.zh} · ${other.zh}`, en: `${one.en} · ${other.en}` })

/** An id that stands in more than one assessment or grade is one thing to choose: the first, which is the unit's nearest. */
const once = (things: readonly Chosen[]): readonly Chosen[] =>
  [...new Map(things.toReversed().map((each) => [each.id, each])).values()].toReversed()

const finder = <const Name extends string>(
  name: Name,
  title: Text,
  purpose: Text,
  choicesOf: (scheme: AssessmentScheme, reader: Reader) => readonly Omit<Chosen, 'key'>[],
) =>
  ask({
    name,
    title,
    purpose,
    access: 'public',
    input: WordInput,
    async answer(reader, asked) {
      const schemes = await schemesFor(reader, asked.unit)
      const things = schemes.flatMap((scheme) => choicesOf(scheme, reader).map((each) => ({ ...each, key: each.id })))
      return chosenOf(once(things), asked)
    },
  })

export const findAssessments = finder(
  'find.assessments',
  { zh: '查找考核办法', en: 'Find kinds of assessment' },
  { zh: '章程中的考核办法，供填表选择。', en: 'The kinds of assessment of the charter, to choose from in forms.' },
  ({ id, title, of, by }, { charter }) => [
    { id, name: title, about: both(charter.tier(by).name, charter.tier(of).name) },
  ],
)

export const findIndicators = finder(
  'find.indicators',
  { zh: '查找考核指标', en: 'Find indicators of an assessment' },
  { zh: '考核办法中的指标，供填表选择。', en: 'The indicators of an assessment, to choose from in forms.' },
  (scheme) =>
    scheme.blocks.flatMap((block) =>
      block.indicators.map(({ id, title, measure }) => ({ id, name: title, about: both(block.title, measure) })),
    ),
)

export const findVetoes = finder(
  'find.vetoes',
  { zh: '查找一票否决', en: 'Find vetoes of an assessment' },
  { zh: '考核办法中的一票否决，供填表选择。', en: 'The vetoes of an assessment, to choose from in forms.' },
  (scheme) => scheme.vetoes.map(({ id, title }) => ({ id, name: title, about: scheme.title })),
)

export const findConsequences = finder(
  'find.consequences',
  { zh: '查找结果运用', en: 'Find what follows from a result' },
  { zh: '各等次的结果运用，供填表选择。', en: 'What follows from each grade, to choose from in forms.' },
  (scheme) =>
    scheme.grades.flatMap((grade) =>
      grade.consequences.map(({ id, title }) => ({ id, name: title, about: grade.title })),
    ),
)
