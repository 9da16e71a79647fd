import { findAct } from '#src/acts.ts'
import type { As, World } from '#test/world.ts'

const province: As = ['Qingshan Province', 'poverty-office-director-province']
const reason = '支出数以财政批复为准，请核'

/** Qingshan's counties are assessed for 2016 and 2017: two signed, one appealed against, one waiting to be verified. */
export async function assessCounties(world: World): Promise<void> {
  const unit = world.unit('Qingshan Province')
  const does = (name: string, input: object, on: string, as: As = province) => {
    const act = findAct(name)
    if (!act) throw new Error(`There is no act «${name}».`)
    return world.done(act, { unit, ...input }, { as, on })
  }
  const weights = [
    { indicator: 'poor-decrease', percent: 45, zero: 50, full: 100 },
    { indicator: 'county-exits', percent: 20, zero: 0, full: 100 },
    { indicator: 'income-growth', percent: 35, zero: 4, full: 13 },
  ]
  for (const [year, names] of [
    [2016, ['Song County']],
    [2017, ['Song County', 'Liu County', 'Tong County']],
  ] as const) {
    const day = (text: string) => `${year + 1}-${text}`
    const scheme = { scheme: 'counties', year }
    await does(
      'assessment.adopt-weights',
      { ...scheme, title: '演示权重（虚构）', weights, madeUp: true },
      day('01-04'),
    )
    const { opened } = await does('assessment.open', { ...scheme, units: names.map(world.unit) }, day('01-05'))
    for (const [at, name] of names.entries()) {
      const { assessment } = opened[at]
      const values = [
        { indicator: 'poor-decrease', value: 88 + at * 3 + (year - 2016) * 4, evidence: '建档立卡系统年度减少人口' },
        { indicator: 'income-growth', value: 9.35 + at, evidence: '县统计公报' },
      ]
      const as: As = [name, 'poverty-office-director-county']
      await does('assessment.report', { unit: world.unit(name), assessment, values }, day('01-11'), as)
      if (name === 'Tong County') continue
      const found = [
        {
          indicator: 'county-exits',
          value: name === 'Song County' ? 100 : 0,
          evidence: '退出批复；当年没有计划的按0计',
        },
        ...(name === 'Liu County'
          ? [{ indicator: 'income-growth', value: 8.2, evidence: '住户调查原始数据为 8.2%' }]
          : []),
      ]
      const vetoes = name === 'Liu County' ? [{ veto: 'metric-failed', evidence: '群众认可度抽查为 88.5%' }] : []
      await does('assessment.verify', { assessment, values: found, vetoes }, day('01-22'))
      const { grade } = await does('assessment.sign', { assessment }, day('02-06'))
      if (grade === 'fair')
        await does(
          'assessment.follow',
          { assessment, consequence: 'interview', words: '约谈县委书记、县长，限期两个月整改' },
          day('02-12'),
          ['Qingshan Province', 'governor'],
        )
      if (name === 'Liu County')
        await does('assessment.appeal', { unit: world.unit(name), assessment, reason }, day('02-20'), as)
    }
  }
}
