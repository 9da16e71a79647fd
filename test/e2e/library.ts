import { projectWalk, twoMilestones, wholeDraft } from '#test/project-walk.ts'
import type { World } from '#test/world.ts'

const liu = 'Liu County'
const evidence = '验工单第三号'

/**
 * Libraries in which projects stand at every kind of place. One of Liu County was returned once, lost a milestone's day, and has
 * slipped with the next.
 */
export async function fillLibraries(world: World): Promise<void> {
  const walk = projectWalk(world)
  const draft = (code: string, more: object = {}) => ({ ...wholeDraft, code, ...more })
  const late = await walk.to('proposed', liu, { draft: draft('LB-1'), from: '2018-04-02' })
  await walk.does('argue', liu, [late], '2018-04-09', { outcome: 'return', remarks: '缺少管护安排' })
  await walk.does('propose', liu, [], '2018-04-12', { projects: [draft('LB-1', { amount: '1200000' })] })
  await walk.on(late, liu, { after: 'propose', until: 'assign', from: '2018-04-12' })
  const started = '2018-05-14'
  const plan = { projects: [{ project: late, milestones: twoMilestones(started) }] }
  await walk.does('start', liu, [late], started, plan)
  const report = (milestone: number, done: number) => ({ reports: [{ project: late, milestone, done, evidence }] })
  await walk.does('report', liu, [late], '2018-06-01', report(1, 50))
  await walk.does('report', liu, [late], '2018-06-25', report(1, 100))
  await walk.does('report', liu, [late], '2018-07-20', report(2, 30))
  const { target: _target, ...lacking } = draft('LB-2', { name: '饮水管网改造', kind: 'water' })
  await walk.does('propose', liu, [], '2018-10-08', { projects: [lacking] })
  for (const code of ['LB-3', 'LB-4'])
    await walk.to('admitted', liu, {
      draft: draft(code, { name: '村道硬化', kind: 'infrastructure' }),
      from: '2018-08-01',
    })
  await walk.to('handed-over', 'Tong County', { draft: draft('LB-5'), from: '2018-03-01' })
}
