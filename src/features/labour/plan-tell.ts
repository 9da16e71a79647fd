import { fillText, type Text } from '#kernel/words.ts'
import { brokenFor, kmBetween, type Limit, type Mover, type Problem, type Village } from './plan-model.ts'
import type { BlameById, Plan } from './plan-work.ts'

export const limitWords = {
  home: { zh: '在本乡镇或本县任职', en: 'serving at home' },
  travel: { zh: '路程超过上限', en: 'farther than the limit' },
  night: { zh: '不能住村而路远', en: 'cannot stay overnight, and too far' },
  term: { zh: '任期已满', en: 'the term is over' },
  available: { zh: '目前不可选派', en: 'cannot be sent at present' },
} as const satisfies Record<Limit, Text>

const blameWords = {
  people: {
    zh: '{village}必须有工作队，还差{missing}人。',
    en: '{village} must have a team, and {missing} people are missing.',
  },
  home: {
    zh: '要由{mover}服务{village}，须允许{people}在家乡任职。',
    en: 'For {mover} to serve {village}, {people} would have to serve at home.',
  },
  travel: {
    zh: '要由{mover}服务{village}，须放宽{people}的路程上限。',
    en: 'For {mover} to serve {village}, {people} would have to go farther than the limit.',
  },
  night: {
    zh: '要由{mover}服务{village}，须解决{people}住村的困难。',
    en: 'For {mover} to serve {village}, {people} would have to stay overnight.',
  },
  term: {
    zh: '要由{mover}服务{village}，须延长{people}的任期（已满）。',
    en: 'For {mover} to serve {village}, the term of {people}, which is over, would have to be prolonged.',
  },
  available: {
    zh: '要由{mover}服务{village}，{people}须能够选派。',
    en: 'For {mover} to serve {village}, {people} would have to be available.',
  },
  fixed: {
    zh: '要让{village}有工作队，须放开{mover}（已设为不动）。',
    en: 'For {village} to have a team, {mover}, who is to stay, would have to go.',
  },
  moved: {
    zh: '调动人数上限须再放宽{people}人。',
    en: '{people} more people would have to be moved than is allowed.',
  },
} as const satisfies Record<BlameById['limit'], Text>

/** Things by their ids, as sentences need them. */
export type Index = {
  readonly villages: ReadonlyMap<string, Village>
  readonly movers: ReadonlyMap<string, Mover>
  readonly skills: ReadonlyMap<string, Text>
}
export const indexOf = ({ villages, movers }: Problem, skills: ReadonlyMap<string, Text>): Index => ({
  villages: new Map(villages.map((village) => [village.id, village])),
  movers: new Map(movers.map((mover) => [mover.id, mover])),
  skills,
})

const listed = (texts: readonly Text[]): Text => ({
  zh: texts.map((text) => text.zh).join('、'),
  en: texts.map((text) => text.en).join(', '),
})

/** What stands in the way, as a sentence. */
export function tellBlame(each: BlameById, { villages, movers }: Index): Text {
  if (each.limit === 'moved') return fillText(blameWords.moved, { people: each.people })
  const village = villages.get(each.village)?.name ?? ''
  if (each.limit === 'people') return fillText(blameWords.people, { village, missing: each.missing })
  const mover = movers.get(each.mover)
  const people = listed(
    mover?.people.filter((person) => each.people.includes(person.id)).map((person) => person.name) ?? [],
  )
  return fillText(blameWords[each.limit], { village, mover: mover?.name ?? '', people })
}

const whyWords = {
  unserved: {
    zh: '{village}（权重{weight}）现在没有合格的工作队，调整后有。',
    en: '{village} (weight {weight}) has no team that counts now, and would have one.',
  },
  replaced: {
    zh: '{village}（权重{weight}）由更合适的人员接替。',
    en: '{village} (weight {weight}) would be served by people who fit it better.',
  },
  skills: {
    zh: '能满足{village}所需专长：{skills}（原处{before}人次，新处{after}人次）。',
    en: 'They bring what {village} asks for: {skills} ({before} matched where they are, {after} there).',
  },
  nearer: { zh: '路程合计由{before}公里减为{after}公里。', en: 'Travel: {after} km in all instead of {before}.' },
  farther: {
    zh: '代价：路程合计由{before}公里增为{after}公里。',
    en: 'At the cost of travel: {after} km in all instead of {before}.',
  },
  way: { zh: '路程合计{after}公里。', en: 'Travel: {after} km in all.' },
  limit: { zh: '现在的安排不合规则：{limits}。', en: 'Where they are stands against a limit: {limits}.' },
  moved: { zh: '代价：调动{people}人。', en: 'At the cost of people moved: {people}.' },
  sent: { zh: '代价：新派{people}人。', en: 'At the cost of people newly sent: {people}.' },
  light: {
    zh: '{village}（权重{weight}）让位于权重更高的村。',
    en: '{village} (weight {weight}) gives way to villages that weigh more.',
  },
  left: { zh: '{village}不再由该队服务。', en: '{village} is no longer served by them.' },
  home: {
    zh: '按所设权重，留在{village}得不偿失（路程{before}公里）。',
    en: 'By these weights, staying in {village} costs more than it brings ({before} km in all).',
  },
} as const satisfies Record<string, Text>

/** Why somebody is to be elsewhere, in words and numbers: what is gained, and what it costs. */
export function tellWhy(
  problem: Problem,
  index: Index,
  change: Plan['changes'][number],
  served: ReadonlySet<string>,
): readonly Text[] {
  const mover = index.movers.get(change.mover)!
  const from = change.from === null ? null : index.villages.get(change.from)!
  const to = change.to === null ? null : index.villages.get(change.to)!
  const km = (village: Village | null) =>
    village === null ? 0 : mover.people.reduce((sum, person) => sum + kmBetween(person.place, village.place), 0)
  const [before, after] = [km(from), km(to)]
  const why: Text[] = []
  const say = (text: Text, facts: Readonly<Record<string, unknown>>) => why.push(fillText(text, facts))
  if (to) {
    say(served.has(to.id) ? whyWords.replaced : whyWords.unserved, { village: to.name, weight: to.weight })
    const fits = matchedBy(mover, to)
    const had = from ? matchedBy(mover, from).count : 0
    if (fits.count > 0)
      say(whyWords.skills, {
        village: to.name,
        skills: listed(fits.skills.map((skill) => index.skills.get(skill) ?? { zh: skill, en: skill })),
        before: had,
        after: fits.count,
      })
    say(from === null ? whyWords.way : after <= before ? whyWords.nearer : whyWords.farther, { before, after })
  }
  if (from) {
    const broken = limitsOf(problem, mover, from)
    if (broken.length > 0) say(whyWords.limit, { limits: listed(broken.map((limit) => limitWords[limit])) })
    if (to === null) say(whyWords.home, { village: from.name, before })
    else say(to.weight > from.weight ? whyWords.light : whyWords.left, { village: from.name, weight: from.weight })
    say(whyWords.moved, { people: mover.people.length })
  }
  if (!from) say(whyWords.sent, { people: mover.people.length })
  return why
}

/** What the rules have against somebody where they serve now. */
export const limitsOf = ({ rules, on }: Problem, mover: Mover, village: Village): readonly Limit[] =>
  rules.fixed.includes(mover.id)
    ? []
    : [...new Set(mover.people.flatMap((person) => brokenFor(person, village, rules, false, on)))]

/** What a mover's people can do that the village asks for. */
function matchedBy({ people }: Mover, { needs }: Village) {
  const fits = needs.map((need) => ({
    skill: need.skill,
    count: Math.min(need.people, people.filter((person) => person.skills.includes(need.skill)).length),
  }))
  return {
    skills: fits.filter(({ count }) => count > 0).map(({ skill }) => skill),
    count: fits.reduce((sum, { count }) => sum + count, 0),
  }
}
