import assert from 'node:assert/strict'
import { acts } from '#src/acts.ts'
import type { AnyAct } from '#kernel/act.ts'
import { type As, idOf, type World } from './world.ts'

export const labourAct = (name: string): AnyAct => {
  const found = acts.find((act) => act.name === name)
  assert.ok(found, `There is no act ${name}.`)
  return found
}

export const office: As = ['Liu County', 'poverty-office-director-county']
export const secretary: As = ['Liu County', 'party-secretary-county']
export const countyHead: As = ['Liu County', 'county-head']

/** The day on which the teams of Liu County were formed, and the last of their first term. */
export const formedOn = '2017-03-01'
export const termUntil = '2019-03-01'

/** Liu County with three villages and twelve people to send: Willow Village has a team of three. */
export class Labour {
  readonly world: World
  villages: readonly [string, string, string] = ['', '', '']
  people: readonly string[] = []
  team = ''

  private constructor(world: World) {
    this.world = world
  }

  unit = () => this.world.unit('Liu County')
  done = (name: string, input: object, on: string, as: As = office) =>
    this.world.done(labourAct(name), { unit: this.unit(), ...input }, { as, on })
  codes = (name: string, input: object, on: string, as: As = office) =>
    this.world.codes(labourAct(name), { unit: this.unit(), ...input }, { as, on })
  advice = async (name: string, input: object, on: string, as: As = office) =>
    (await this.world.rehearse(labourAct(name), { unit: this.unit(), ...input }, { as, on })).advice.map(
      (told) => told.code,
    )

  static async open(world: World): Promise<Labour> {
    const labour = new Labour(world)
    const village = (en: string, zh: string, township: 'East' | 'West', eastM: number) => ({
      townshipZh: township === 'East' ? '东乡' : '西乡',
      townshipEn: `${township} Township`,
      nameZh: zh,
      nameEn: en,
      eastM,
      northM: 0,
      madeUp: true,
    })
    const villages = [
      village('Willow Village', '柳树村', 'East', 12_000),
      village('Stone Village', '石头村', 'East', 20_000),
      village('Spring Village', '泉水村', 'West', -9_000),
    ]
    const registered = await labour.done('village.register', { villages }, '2017-02-01')
    labour.villages = registered.villages
    const workers = Array.from({ length: 12 }, (_, at) => labour.somebody(at))
    labour.people = (await labour.done('worker.register', { workers }, '2017-02-02')).workers
    return labour
  }

  /** Somebody to register: the first comes from East Township, the second from elsewhere in the county. */
  somebody = (at: number) => ({
    nameZh: `人${at}`,
    nameEn: `Person ${at}`,
    idNumber: `13000019800101${String(at).padStart(4, '0')}`,
    phone: `1380000${String(at).padStart(4, '0')}`,
    employerZh: '县农业局',
    employerEn: 'County agriculture bureau',
    skills: at % 2 === 0 ? 'agriculture' : '党建，财务金融',
    ...(at < 2 && { homeUnit: this.unit(), homeTownship: at === 0 ? '东乡' : '北乡' }),
    madeUp: true,
  })

  worker = (at: number): string => this.people[at] ?? idOf('nobody')

  /** The rows of a team's people: the first leads and is first secretary. */
  crew = (village: string, people: readonly number[]) =>
    people.map((at, place) => ({
      village,
      worker: this.worker(at),
      role: place === 0 ? 'leader' : 'member',
      firstSecretary: place === 0,
    }))

  async form(people: readonly number[] = [4, 5, 6], village = this.villages[0], on = formedOn): Promise<string> {
    const until = `${Number(on.slice(0, 4)) + 2}${on.slice(4)}`
    const input = { teams: [{ village, termUntil: until }], members: this.crew(village, people) }
    const { teams } = await this.done('team.form', input, on)
    return teams[0].team
  }
}
