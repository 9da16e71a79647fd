import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { sendPeople } from './labour.ts'
import { Prepared } from './prepare.ts'
import { type Person, Stage } from './stage.ts'

describe('Liu County’s teams, as those who send them see it on their screens', () => {
  let stage: Stage
  let director: Person
  let village: string
  let team: string
  before(async () => {
    const prepared = await Prepared.liuCounty()
    const labour = await sendPeople(prepared.world)
    team = labour.team
    village = labour.villages[0]
    stage = await Stage.open(() => Promise.resolve(prepared))
    director = await stage.seated('Liu County', 'poverty-office-director-county')
  })
  after(() => stage.close())
  afterEach(() => assert.deepEqual(stage.complaints.splice(0), []))

  it('The director sees which village is short of people, and by when it must be completed', () =>
    stage.watch('a team is short', async () => {
      await director.opens(`/labour?unit=${stage.unit('Liu County')}`)
      await director.sees('人数不足')
      await director.follows('柳树村')
      await director.arrivesAt(/柳树村/)
      await director.opens(`/labour/teams/${team}`)
      await director.sees('2 人，应不少于 3 人')
      await director.sees(/前补齐工作队/)
    }))

  it('Attendance is entered by pressing days; those to come can’t be pressed, and the sheet stands at once', () =>
    stage.watch('attendance is entered', async () => {
      await director.opens(`/labour/teams/${team}?month=2018-10`)
      await director.presses('登记考勤')
      const day = (n: number) => director.page.getByRole('button', { name: new RegExp(`^人4 ${n}日`) })
      assert.deepEqual([await day(17).count(), await day(18).count()], [1, 0])
      await director.presses('未填的日子都记在村')
      await day(3).press('Enter')
      await director.page.getByRole('button', { name: '人4 3日：请假' }).waitFor()
      await director.follows('核对并登记（2 人）')
      await director.sees(/没有批准的请假/)
      await director.sees('可以办理。')
      await director.presses('签署并办理')
      await director.arrivesAt('已办理：登记考勤')
      await director.opens(`/labour/teams/${team}?month=2018-10`)
      await director.sees('17', director.card('考勤'))
    }))

  it('A telephone is shown on demand, on this screen alone', () =>
    stage.watch('a telephone is shown', async () => {
      await director.opens(`/labour/villages/${village}`)
      await director.page.getByRole('link', { name: '人4' }).first().click()
      await director.arrivesAt(/人4/)
      await director.doesNotSee('13800000004')
      await director.presses('查看')
      await director.sees(/13800000004/)
    }))
})
