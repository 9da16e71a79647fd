import { countyHead, Labour } from '#test/labour.ts'
import type { World } from '#test/world.ts'

/** Liu County with a team, a village without, leave granted and waiting, a month's attendance, and helpers. */
export async function sendPeople(world: World): Promise<Labour> {
  const labour = await Labour.open(world)
  const [village] = labour.villages
  const statement = { village, people: 4, households: 40, weight: 8 }
  const skills = [{ village, skill: 'agriculture', people: 1 }]
  await labour.done('village.state-needs', { statements: [statement], skills }, '2017-02-10')
  labour.team = await labour.form()
  const leave = (at: number, from: string, to: string, kind: string) =>
    labour.done('leave.ask', { worker: labour.worker(at), kind, from, to, reason: '家中有事' }, '2017-08-28')
  const { leave: asked } = await leave(4, '2017-09-04', '2017-09-06', 'personal')
  await labour.done('leave.grant', { leave: asked }, '2017-08-29', countyHead)
  await leave(5, '2017-10-09', '2017-10-10', 'sick')
  const sheet = (at: number, marks: string) => ({ team: labour.team, worker: labour.worker(at), marks })
  const sheets = [sheet(4, `pppllld${'p'.repeat(22)}a`), sheet(5, 'p'.repeat(30))]
  await labour.done('attendance.record', { month: '2017-09', sheets }, '2017-10-03')
  const households = Array.from({ length: 6 }, (_, at) => ({ village, household: `H${at}`, worker: labour.worker(3) }))
  await labour.done('helper.assign', { households }, '2017-11-01')
  const gone = [{ worker: labour.worker(6), reason: '调任他职' }]
  await labour.done('team.change', { team: labour.team, leave: gone }, '2018-05-02')
  return labour
}
