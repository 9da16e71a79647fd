import { commitmentOf } from '#features/evaluation/index.ts'
import { acts, findAct } from '#src/acts.ts'
import { runChecks } from '#src/jobs/checks.ts'
import { shippedChecks } from '#kernel/check.ts'
import type { As, World } from '#test/world.ts'

const office: As = ['Qingshan Province', 'poverty-office-director-province']
const liu: As = ['Liu County', 'poverty-office-director-county']
const seed = 'seven grey herons on the Liu'

/** An inspection opened and one sealed, findings at several steps, one of them come back, and two nights of checks. */
export async function supervise(world: World): Promise<void> {
  const unit = world.unit('Qingshan Province')
  const does = (name: string, input: object, on: string, as: As = office) => {
    const act = findAct(name)
    if (!act) throw new Error(`There is no act «${name}».`)
    return world.done(act, { unit, ...input }, { as, on })
  }
  const plan = {
    title: '2018 年二季度资金使用暗访',
    from: '2018-05-07',
    until: '2018-06-29',
    topics: ['use-funds-well', 'rectify-findings'],
    units: ['Liu County', 'Tong County', 'Song County'].map((name) => ({ unit: world.unit(name) })),
    count: 2,
    commitment: commitmentOf(seed),
    publicNumber: '双色球',
    drawOn: '2018-05-03',
    opensOn: '2018-05-07',
  }
  const { inspection } = await does('inspection.plan', plan, '2018-05-02')
  const drawn = await does('inspection.draw', { inspection, seed, beacon: '03 09 14 21 27 33' }, '2018-05-03')
  await does('inspection.open', { inspection }, '2018-05-07')
  const later = {
    ...plan,
    title: '2018 年三季度暗访',
    drawOn: '2018-08-20',
    opensOn: '2018-12-03',
    until: '2018-12-31',
  }
  const sealed = await does('inspection.plan', later, '2018-08-15')
  await does('inspection.draw', { inspection: sealed.inspection, seed, beacon: '01 02 03 04 05 06' }, '2018-08-20')
  const finding = (more: object) => ({
    responsible: world.unit('Liu County'),
    duty: 'use-funds-well',
    title: '三个村的项目资金闲置九个月',
    facts: '账面资金未安排到项目，见银行对账单。',
    severity: 'severe',
    due: '2018-07-31',
    ...more,
  })
  const visited = { responsible: drawn.units[0], inspection, duty: 'land-projects', title: '村道工程停工' }
  await does('finding.record', finding(visited), '2018-05-10')
  const { finding: first } = await does('finding.record', finding({}), '2018-05-09')
  const own = { unit: world.unit('Liu County'), finding: first }
  await does('finding.explain', { ...own, cause: '项目没有论证，资金无处可用。' }, '2018-05-14', liu)
  await does('finding.rectify', { ...own, evidence: '三个村的项目已开工，付款凭证附后。' }, '2018-06-20', liu)
  await does('finding.verify', { finding: first, outcome: 'return', remarks: '一个村仍未开工。' }, '2018-06-25')
  await does('finding.rectify', { ...own, evidence: '第三个村已开工，施工照片附后。' }, '2018-07-12', liu)
  await does('finding.verify', { finding: first, outcome: 'pass' }, '2018-07-20')
  const { finding: again } = await does('finding.record', finding({ due: '2018-08-10' }), '2018-07-25')
  await does('finding.interview', { finding: again, words: '要求八月底前整改到位，书记当场承诺。' }, '2018-08-15')
  await does('finding.hand-over', { finding: again, grounds: '涉嫌虚报项目进度。' }, '2018-08-16')
  const keeper = (on: string) => ({
    engine: world.engine,
    acts,
    reads: world.db,
    checks: shippedChecks(),
    today: () => on,
    findRoot: () => Promise.resolve({ id: world.unit('The Centre') }),
  })
  for (const on of ['2018-08-01', '2018-08-30']) await runChecks(keeper(on), on)
}
