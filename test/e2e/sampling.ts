import { codeOf, commitmentOf } from '#features/evaluation/index.ts'
import { findAct } from '#src/acts.ts'
import type { As, World } from '#test/world.ts'

const office: As = ['Qingshan Province', 'poverty-office-director-province']
const seed = 'forty-two grey geese flew over Qingshan'

/** An evaluation by sample of two counties, drawn, answered and closed. */
export async function evaluateBySample(world: World): Promise<void> {
  const unit = world.unit('Qingshan Province')
  const does = (name: string, input: object, on: string) => {
    const act = findAct(name)
    if (!act) throw new Error(`There is no act «${name}».`)
    return world.done(act, { unit, ...input }, { as: office, on })
  }
  const counties = ['Liu County', 'Tong County'].map((name) => ({ unit: world.unit(name) }))
  const design = {
    year: 2018,
    title: '2018 年第三方抽样评估',
    counties,
    expected: 8,
    halfWidth: 5,
    perVillage: 10,
    reserve: 2,
    madeUpFrame: true,
  }
  const { evaluation } = await does('evaluation.design', design, '2018-08-01')
  await does(
    'evaluation.commit-seed',
    { evaluation, commitment: commitmentOf(seed), drawOn: '2018-08-03', publicNumber: '双色球' },
    '2018-08-02',
  )
  await does('evaluation.draw', { evaluation, seed, beacon: '03 09 14 21 27 33' }, '2018-08-03')
  const { rows } = await world.engine.database.pool.query<{ county: number; village: number; main: number[] }>(
    'select county, village, main from sampling_drawn where sampling_id = $1',
    [evaluation],
  )
  const answers = rows.flatMap(({ county, village, main }) =>
    main.map((household, at) => ({
      code: codeOf(evaluation, county, village, household),
      outcome: 'interviewed',
      standing: at % 3 === 0 ? 'exited' : 'unregistered',
      persons: 4,
      wrong: at % 3 === 0 ? 0 : null,
      missed: at % 3 === 0 ? null : 0,
      approves: (household + village) % 15 > 0,
    })),
  )
  await does('evaluation.answers', { evaluation, answers }, '2018-08-06')
  await does('evaluation.close', { evaluation }, '2018-08-10')
}
