import { z } from 'zod'
import type { TeamLaw } from './plan-facts.ts'
import type { Rules } from './plan-model.ts'

const weight = (zh: string, en: string, beginning: number) =>
  z.int().min(0).max(100).default(beginning).meta({ label: { zh, en }, widget: 'count' })
const limit = (zh: string, en: string, max: number) =>
  z.int().min(0).max(max).optional().meta({ label: { zh, en }, widget: 'count' })

/** What whoever plans wishes: how heavily each part counts, and the limits they set. No document gives any of it. */
export const Wishes = {
  need: weight('村需权重', 'Weight of a village served', 50),
  skill: weight('专长权重', 'Weight of a skill asked for', 20),
  travel: weight('路程权重', 'Weight of a kilometre for a person', 1),
  continuity: weight('稳定权重', 'Weight of a person moved', 30),
  kmMax: limit('最远路程（公里）', 'Kilometres at most', 1000),
  noNightKmMax: z
    .int()
    .min(0)
    .max(1000)
    .default(15)
    .meta({
      label: { zh: '不能住村者最远（公里）', en: 'Kilometres for those who cannot stay overnight' },
      widget: 'count',
    }),
  mustWeight: limit('权重不低于此的村必须有队', 'Villages of at least this weight must have a team', 10),
  movedMax: limit('最多调动人数（含新派、撤回）', 'People moved, newly sent or withdrawn at most', 100_000),
  fixed: z
    .array(z.uuid())
    .max(1000)
    .default([])
    .meta({ label: { zh: '不动的队伍和人员', en: 'Teams and people who stay' }, widget: 'hidden' }),
}
const Wish = z.object(Wishes)
export type Wishes = z.output<typeof Wish>

/** The wishes among other input, and nothing else of it. */
export const wishesOf = (input: Wishes): Wishes => {
  const { need, skill, travel, continuity, kmMax, noNightKmMax, mustWeight, movedMax, fixed } = input
  return { need, skill, travel, continuity, kmMax, noNightKmMax, mustWeight, movedMax, fixed: fixed.toSorted() }
}

/** The law's limits and the planner's wishes together. */
export const rulesOf = (wishes: Wishes, law: TeamLaw): Rules => ({
  weights: { need: wishes.need, skill: wishes.skill, travel: wishes.travel, continuity: wishes.continuity },
  teamPeopleMin: law.peopleMin,
  kmMax: wishes.kmMax ?? null,
  noNightKmMax: wishes.noNightKmMax,
  mustWeight: wishes.mustWeight ?? null,
  movedMax: wishes.movedMax ?? null,
  fixed: wishes.fixed,
})

export const wishesAreYours = {
  zh: '权重和限额由使用者设定，没有文件规定；最少人数、回避规定来自章程。',
  en: 'Weights and wishes are yours: no document gives them. The least size of a team and who may not serve at home are the charter’s.',
}
