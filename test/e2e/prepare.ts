import { ExitWalk, get } from '#test/exit-walk.ts'
import { appropriated, fund, handing, wan } from '#test/fund-walk.ts'
import { projectWalk, wholeDraft } from '#test/project-walk.ts'
import { treasurer } from '#test/spending.ts'
import { type As, World } from '#test/world.ts'

/** The day on which the stories of the browser begin. */
export const storyDay = '2018-10-17'

/** What people wrote in the stories; a page shows it as they wrote it, in whichever language it is read. */
export const written = {
  evaluator: '某大学评估组',
  selfCheck: '各村自查达标',
  returned: '两个村的饮水尚未通',
  objection: '我们村的路还没有修好',
} as const

/** The counties whose way through the years is told, each with the units above it. */
const lineages = [
  ['Liu County', 'Heyang City', 'Qingshan Province'],
  ['Tong County', 'Heyang City', 'Qingshan Province'],
  ['Song County', 'Heyang City', 'Qingshan Province'],
  ['Ye County', 'Haidao Province'],
  ['Yan County', 'Nanping Prefecture', 'Xiling Province'],
] as const
const centre: As = ['The Centre', 'office-director']

/** What came before the stories, done by acts in the seats whose duty it is. */
export class Prepared {
  readonly world: World
  readonly walk: ExitWalk
  readonly policy: string
  readonly letters: readonly string[]

  private constructor(world: World, policy: string, letters: readonly string[]) {
    this.world = world
    this.walk = new ExitWalk(world)
    this.policy = policy
    this.letters = letters
  }

  /** Liu County has its goal, its letter and its schedule for 2018; it has not attested its headcount. */
  static async liuCounty(): Promise<Prepared> {
    const world = await World.open()
    const acts = new Acts(world)
    const [liu] = lineages
    await acts.designate([liu[0]])
    await acts.setGoals([liu])
    const letters = await acts.signLetters([liu])
    const prepared = new Prepared(world, '', letters)
    await prepared.#schedule('Liu County')
    return prepared
  }

  /** All of the small country, with a county at each kind of place: out, returned, before the public, not begun. */
  static async wholeCountry(): Promise<Prepared> {
    const world = await World.open()
    const acts = new Acts(world)
    await acts.designate(lineages.map(([county]) => county))
    await acts.setGoals(lineages)
    const letters = await acts.signLetters(lineages)
    const prepared = new Prepared(world, await acts.issuePolicy(), letters)
    await prepared.walk.until('exit.approve', 'Song County', 2017)
    for (const county of ['Liu County', 'Tong County', 'Yan County']) await prepared.#schedule(county)
    await prepared.#beforeThePublic('Tong County')
    await prepared.#returned('Yan County')
    await acts.adoptFormula()
    return prepared
  }

  /** A central line of 2018 has reached Liu County, and one of its projects is under way; nothing is committed yet. */
  static async moneyForLiu(): Promise<Prepared & { readonly line: string; readonly project: string }> {
    const prepared = await Prepared.liuCounty()
    const { world } = prepared
    const given = await appropriated(world, wan(900), { 'Qingshan Province': wan(600) }, '2018-03-01')
    const handed = handing(world, 'Qingshan Province', given, { 'Liu County': wan(300) }, 2018)
    await world.done(fund('allocate'), handed, { as: ['Qingshan Province', 'governor'], on: '2018-03-12' })
    const draft = { ...wholeDraft, amount: wan(200) }
    const project = await projectWalk(world).to('started', 'Liu County', { draft, from: '2018-01-04' })
    const payees = [{ kind: 'company', name: '路桥公司', bank: '县农商行', account: '6217000000000000002' }]
    const registering = { unit: world.unit('Liu County'), payees }
    await world.done(get('payee.register'), registering, { as: treasurer, on: '2018-03-14' })
    return Object.assign(prepared, { line: given, project })
  }

  async #schedule(county: string) {
    await this.walk.does('schedule.set', county, 2018)
    await this.walk.does('schedule.consent', county, 2018)
  }

  async #propose(county: string, on: string) {
    await this.walk.does('headcount.attest', county, 2018, { asOf: '2018-08-31' }, on)
    await this.walk.does('exit.propose', county, 2018, {}, on)
  }

  async #beforeThePublic(county: string) {
    await this.#propose(county, '2018-09-03')
    await this.walk.does('exit.review', county, 2018, {}, '2018-09-10')
    await this.walk.does('evaluation.commission', county, 2018, { evaluator: written.evaluator }, '2018-09-28')
    await this.walk.does('exit.verify', county, 2018, {}, '2018-10-12')
    await this.walk.does('exit.post-notice', county, 2018, {}, '2018-10-15')
    const objection = { unit: this.world.unit(county), year: 2018, statement: written.objection }
    await this.world.done(get('notice.object'), objection, { as: 'public', on: '2018-10-16' })
  }

  async #returned(county: string) {
    await this.#propose(county, '2018-09-20')
    const decision = { outcome: 'return', remarks: written.returned }
    await this.walk.does('exit.review', county, 2018, decision, '2018-10-08')
  }
}

/** Acts of the levels above, each in the first principal's seat that may do it. */
class Acts {
  readonly #world: World
  constructor(world: World) {
    this.#world = world
  }

  readonly #done = (act: string, input: object, as: As, on: string) => this.#world.done(get(act), input, { as, on })

  #principals(unit: string, tier: string): As[] {
    return this.#world.charter.tier(tier).principals.map((post): As => [unit, post])
  }

  async designate(counties: readonly string[]) {
    const units = counties.map((county) => this.#world.unit(county))
    await this.#done('unit.designate', { unit: this.#world.unit('The Centre'), units }, centre, '2016-01-05')
  }

  /** The province shares by heads and income in 2018; its values are made up. */
  async adoptFormula() {
    const of = { unit: this.#world.unit('Qingshan Province'), year: 2018 }
    const values = ['Liu County', 'Tong County', 'Song County'].flatMap((county, at) => [
      { unit: this.#world.unit(county), factor: 'poor-population', value: 9000 + 2000 * at },
      { unit: this.#world.unit(county), factor: 'farmers-income', value: 7000 - 500 * at },
    ])
    const factors = [
      { factor: 'poor-population', percent: 70 },
      { factor: 'farmers-income', percent: 30 },
    ]
    const governor: As = ['Qingshan Province', 'governor']
    await this.#done('factors.enter', { ...of, source: '2018', values }, governor, '2018-02-01')
    await this.#done('formula.adopt', { ...of, title: '2018', factors, capTotal: 40 }, governor, '2018-02-02')
  }

  /** Every county leaves in 2018, but for Song County, which left a year before. */
  async setGoals(all: readonly (readonly string[])[]) {
    const yearOf = (county: string | undefined) => (county === 'Song County' ? 2017 : 2018)
    for (const year of [2017, 2018]) {
      const leaving = all.filter(([county]) => yearOf(county) === year)
      const provinces = Map.groupBy(leaving, (lineage) => lineage.at(-1)!)
      if (leaving.length === 0) continue
      const shares = [...provinces].map(([province, of]) => ({ unit: this.#world.unit(province), target: of.length }))
      const goal = {
        unit: this.#world.unit('The Centre'),
        indicator: 'counties-out',
        year,
        target: leaving.length,
        shares,
      }
      await this.#done('goal.set', goal, centre, '2016-01-06')
    }
    for (const [province, below] of Map.groupBy(all, (lineage) => lineage.at(-1)!)) {
      const years = [...Map.groupBy(below, ([county]) => yearOf(county))].map(([year, of]) => ({
        year,
        shares: of.map(([county]) => ({ unit: this.#world.unit(county!), target: 1 })),
      }))
      const decomposed = { unit: this.#world.unit(province), indicator: 'counties-out', years }
      await this.#done('goal.decompose', decomposed, [province, 'governor'], '2016-01-08')
    }
  }

  /** From level to level, signed by every principal of both sides. */
  async signLetters(all: readonly (readonly string[])[]): Promise<string[]> {
    const pairs = new Map(
      all.flatMap((lineage) => {
        const down = ['The Centre', ...lineage.toReversed()]
        return down.slice(1).map((to, at): [string, string] => [to, down[at]!])
      }),
    )
    const letters: string[] = []
    for (const [to, from] of pairs) {
      const offering = this.#principals(from, tierOf(from))
      const offer = { unit: this.#world.unit(from), to: this.#world.unit(to), firstYear: 2016, lastYear: 2018 }
      const { letter } = (await this.#done('letter.offer', offer, offering[0]!, '2016-01-11')) as { letter: string }
      for (const as of [...offering, ...this.#principals(to, tierOf(to))])
        await this.#done('letter.sign', { unit: this.#world.unit(as[0]), letter }, as, '2016-01-13')
      letters.push(letter)
    }
    return letters
  }

  async issuePolicy(): Promise<string> {
    const document = {
      unit: this.#world.unit('The Centre'),
      number: '国开发〔2018〕7号',
      title: { zh: '关于贫困退出的意见', en: 'Opinions on the exit from poverty' },
      summary: { zh: '贫困县按七个步骤退出。', en: 'Counties leave poverty by seven steps.' },
    }
    const { policy } = (await this.#done('policy.issue', document, centre, '2018-09-03')) as { policy: string }
    const receipt = { unit: this.#world.unit('Qingshan Province'), policy }
    await this.#done('policy.acknowledge', receipt, ['Qingshan Province', 'governor'], '2018-09-05')
    return policy
  }
}

const tierOf = (unit: string): string =>
  unit === 'The Centre'
    ? 'centre'
    : /City|Prefecture/.test(unit)
      ? 'prefecture'
      : /Province/.test(unit)
        ? 'province'
        : 'county'
