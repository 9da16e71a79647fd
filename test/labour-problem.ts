import type { Mover, Problem, Rules, Village } from '#features/labour/plan-model.ts'
import { whole } from '#src/history/seed.ts'

const skills = ['agriculture', 'construction', 'education', 'finance', 'health', 'law', 'party-building', 'water']
const pick = (name: string) => skills[whole(name, 0, skills.length - 1)]!
const padded = (n: number) => String(n).padStart(4, '0')

export const plainRules: Rules = {
  weights: { need: 50, skill: 20, travel: 1, continuity: 10 },
  teamPeopleMin: 3,
  kmMax: null,
  noNightKmMax: 15,
  mustWeight: null,
  movedMax: null,
  fixed: [],
}

/** A made-up county: villages strewn over a square, teams of three to five placed without much thought, and people who are free. */
export function madeUpProblem(
  seed: string,
  size: {
    readonly teams: number
    readonly free: number
    readonly villages: number
    readonly townships?: number
    readonly kmWide?: number
  },
  rules: Partial<Rules> = {},
): Problem {
  const { teams, free, villages: count, townships = 20, kmWide = 120 } = size
  const place = (name: string) => ({
    eastM: whole(`${seed} east ${name}`, 0, kmWide * 1000),
    northM: whole(`${seed} north ${name}`, 0, kmWide * 1000),
  })
  const villages = Array.from({ length: count }, (_, n): Village => {
    const id = `village ${padded(n)}`
    const needs = new Map(
      [0, 1, 2].map((which) => [pick(`${seed} need ${n} ${which}`), whole(`${seed} asked ${n} ${which}`, 1, 2)]),
    )
    return {
      id,
      name: { zh: `第${n}村`, en: `Village ${n}` },
      township: `township ${whole(`${seed} township ${n}`, 1, townships)}`,
      townshipName: { zh: '某乡', en: 'Some township' },
      madeUp: true,
      place: place(id),
      people: whole(`${seed} people ${n}`, 3, 5),
      weight: whole(`${seed} weight ${n}`, 1, 10),
      needs: [...needs].map(([skill, people]) => ({ skill, people })),
    }
  })
  const person = (name: string, serves: boolean) => ({
    id: `person ${name}`,
    name: { zh: `某人${name}`, en: `Person ${name}` },
    madeUp: true,
    skills: [pick(`${seed} skill ${name} 0`), pick(`${seed} skill ${name} 1`)],
    barredTownship:
      whole(`${seed} from here ${name}`, 0, 3) === 0 ? `township ${whole(`${seed} home ${name}`, 1, townships)}` : null,
    isAvailable: true,
    place: place(name),
    kmMax: whole(`${seed} limit ${name}`, 0, 3) === 0 ? whole(`${seed} km ${name}`, 40, 150) : null,
    noNight: whole(`${seed} night ${name}`, 0, 39) === 0,
    termUntil: serves ? '2019-06-30' : null,
  })
  const offset = whole(`${seed} offset`, 0, Math.max(1, count))
  const movers: Mover[] = [
    ...Array.from({ length: teams }, (_, n): Mover => ({
      id: `team ${padded(n)}`,
      name: { zh: `第${n}队`, en: `Team ${n}` },
      isTeam: true,
      people: Array.from({ length: whole(`${seed} size ${n}`, 3, 4) }, (_each, at) => person(`${n}.${at}`, true)),
      present: n < count ? villages[(n + offset) % count]!.id : null,
    })),
    ...Array.from({ length: free }, (_, n): Mover => ({
      id: `worker ${padded(n)}`,
      name: { zh: `人员${n}`, en: `Worker ${n}` },
      isTeam: false,
      people: [person(`free ${n}`, false)],
      present: null,
    })),
  ]
  return { on: '2018-06-01', villages, movers, rules: { ...plainRules, ...rules } }
}
