import { ask, type Reader } from '#kernel/ask.ts'
import type { Duty } from '#kernel/charter.ts'
import { shippedChecks } from '#kernel/check.ts'
import { type Chosen, chosenOf, WordInput } from '#kernel/choices.ts'
import { findLineage } from '#kernel/standing.ts'
import { severityWords } from './states.ts'

/** The duties of the day; those that a unit's own tier holds come first. */
async function dutiesFor({ db, charter, on }: Reader, unit: string | undefined): Promise<readonly Chosen[]> {
  const tier = unit === undefined ? undefined : (await findLineage(db, unit, on))?.[0].tier
  const isTheirs = (duty: Duty) => tier !== undefined && duty.held_by[tier] !== undefined
  const source = (id: string) => charter.text.sources.find((each) => each.id === id)?.title
  return charter
    .dutiesOn(on)
    .toSorted((a, b) => Number(isTheirs(b)) - Number(isTheirs(a)))
    .map((duty) => {
      const tiers = Object.keys(duty.held_by).map((each) => charter.tier(each).name)
      const from = source(duty.source)
      return {
        id: duty.id,
        key: duty.id,
        name: duty.title,
        about: {
          zh: [tiers.map(({ zh }) => zh).join('、'), from?.zh].filter(Boolean).join(' · '),
          en: [tiers.map(({ en }) => en).join(', '), from?.en].filter(Boolean).join(' · '),
        },
      }
    })
}

const checksToChoose = (): readonly Chosen[] =>
  shippedChecks().map(({ id, title, severity }) => ({
    id,
    key: id,
    name: title,
    about: { zh: `核查 · ${severityWords[severity].zh}`, en: `check · ${severityWords[severity].en}` },
  }))

/** Duties of the charter to choose from. */
export const findDuties = ask({
  name: 'find.duties',
  title: { zh: '查找职责', en: 'Find duties' },
  purpose: {
    zh: '按名称查找当日章程中的职责，供填表选择；单位本级承担的在前。',
    en: 'Duties of the charter on the day, by name, to choose from in forms; those of the unit’s own tier first.',
  },
  access: 'public',
  input: WordInput,
  answer: async (reader, asked) => chosenOf(await dutiesFor(reader, asked.unit), asked),
})

/** What an inspection may be about: duties of the charter, and checks. */
export const findSubjects = ask({
  name: 'find.subjects',
  title: { zh: '查找督查内容', en: 'Find subjects of an inspection' },
  purpose: {
    zh: '按名称查找职责和核查规则，供制定督查计划时选择。',
    en: 'Duties and checks by name, to choose from when an inspection is planned.',
  },
  access: 'public',
  input: WordInput,
  answer: async (reader, asked) => chosenOf([...(await dutiesFor(reader, undefined)), ...checksToChoose()], asked),
})
