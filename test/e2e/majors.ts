import { findAct } from '#src/acts.ts'
import { projectWalk, twoMilestones, wholeDraft } from '#test/project-walk.ts'
import type { As, World } from '#test/world.ts'

/** What people wrote about these projects; a page shows it as they wrote it. */
export const agreed = {
  name: '柳桐产业路',
  matters: '两县同时开工，路面标准一致。',
  need: '三个村产业路不通',
  reason: '用地未落实。',
  revision: '按实际需求调整。',
  ...Object.fromEntries(twoMilestones('2018-01-01').map((milestone, at) => [`milestone${at}`, milestone.name])),
} as const

/** A major project that one province has divided and another has not, with projects that serve it, two of them joined across counties. */
export async function planMajors(world: World) {
  const does = (name: string, input: object, as: As, on: string) => {
    const act = findAct(name)
    if (!act) throw new Error(`There is no act «${name}».`)
    return world.done(act, input, { as, on })
  }
  const shares = (of: Readonly<Record<string, number>>) =>
    Object.entries(of).map(([unit, quantity]) => ({ unit: world.unit(unit), quantity }))
  const devised = {
    unit: world.unit('The Centre'),
    name: { zh: '产业路工程', en: 'Roads to work' },
    kind: 'infrastructure',
    from: 2016,
    to: 2020,
    measure: { zh: '受益贫困人口', en: 'poor people who benefit' },
    counts: 'persons',
    quantity: 900,
    document: '发改〔2018〕9号',
    shares: shares({ 'Qingshan Province': 600, 'Haidao Province': 300 }),
  }
  const centre: As = ['The Centre', 'minister-ndrc']
  const { major } = await does('major-project.devise', devised, centre, '2018-04-01')
  const more = { quantity: 1000, shares: shares({ 'Qingshan Province': 700, 'Haidao Province': 300 }) }
  await does('major-project.revise', { ...devised, ...more, major, reason: agreed.revision }, centre, '2018-05-01')
  await does(
    'major-project.divide',
    { unit: world.unit('Qingshan Province'), major, shares: shares({ 'Liu County': 400, 'Tong County': 300 }) },
    ['Qingshan Province', 'governor'],
    '2018-05-10',
  )
  const walk = projectWalk(world)
  const projects = []
  for (const [at, county] of (['Liu County', 'Tong County'] as const).entries())
    projects.push(
      await walk.to('started', county, {
        draft: { ...wholeDraft, code: `R-${at + 1}`, majorProject: major },
        from: '2018-05-20',
      }),
    )
  const joint = { name: agreed.name, projects, matters: agreed.matters, until: '2018-12-31' }
  await does('project.coordinate', { unit: world.unit('Liu County'), ...joint }, ['Heyang City', 'mayor'], '2018-07-01')
  const update = { needs: [{ kind: 'infrastructure', need: agreed.need, amount: '600000' }] }
  const unready = [{ project: projects[0], reason: agreed.reason }]
  await does(
    'library.update',
    { unit: world.unit('Liu County'), ...update, unready },
    ['Liu County', 'county-head'],
    '2018-10-10',
  )
}
