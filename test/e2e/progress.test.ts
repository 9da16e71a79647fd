import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { makeExaminable, settle } from './examine.ts'
import { Prepared } from './prepare.ts'
import { said, sendReports } from './reports.ts'
import { Stage } from './stage.ts'

describe('A report in the browser', () => {
  let stage: Stage
  let county: Page
  let city: Page
  const seated = async (unit: string, post: string) => {
    const context = await stage.context('en')
    await makeExaminable(context)
    await stage.seat(context, unit, post)
    return context.newPage()
  }
  before(async () => {
    stage = await Stage.open(() => Prepared.liuCounty())
    await sendReports(stage.prepared.world)
    county = await seated('Liu County', 'county-head')
    city = await seated('Heyang City', 'mayor')
  })
  after(() => stage.close())

  it('Of the returned report of August only the field that was remarked on can be typed; answered, it is sent again', () =>
    stage.watch('Report answered', async () => {
      await county.goto(`/reports/compose?period=2018-08`)
      await settle(county)
      assert.equal(await county.getByRole('textbox', { name: /Main work/ }).count(), 0)
      await county.getByText('Would be refused').waitFor()
      const sign = county.getByRole('button', { name: 'Sign and send it up' })
      assert.equal(await sign.isDisabled(), true)
      await county.getByRole('textbox', { name: /Visits of the two principals/ }).fill('8')
      await county.getByRole('textbox', { name: 'Your answer' }).fill(said.answer)
      await county.getByText('It can be done.').waitFor()
      await sign.press('Enter')
      await county.getByRole('heading', { level: 1, name: 'County monthly report' }).waitFor()
      await settle(county)
      await county.getByText('sent, waits for scrutiny').first().waitFor()
    }))

  it('The mayor finds it on the board, remarks on a field, and returns that part with a reason', () =>
    stage.watch('Report returned', async () => {
      await city.goto('/reports?year=2018')
      await settle(city)
      const row = city.getByRole('row', { name: /Liu County/ }).first()
      await row.getByRole('link', { name: 'sent' }).first().press('Enter')
      await city.getByRole('heading', { level: 1, name: 'County monthly report' }).waitFor()
      await settle(city)
      await city.getByRole('button', { name: 'Remark on «Problems»' }).press('Enter')
      await city.getByRole('textbox', { name: 'Remark on «Problems»' }).fill('Which bridge, and since when?')
      const back = city.getByRole('button', { name: 'Return what was remarked on (1)' })
      assert.equal(await back.isDisabled(), true)
      await city.getByRole('textbox', { name: 'Reason of the return (needed)' }).fill('One thing is not clear.')
      await back.click()
      await city.getByText('returned', { exact: true }).first().waitFor()
      assert.deepEqual(stage.errors, [])
    }))
})
