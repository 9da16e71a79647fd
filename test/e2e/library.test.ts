import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { settle, makeExaminable } from './examine.ts'
import { fillLibraries } from './library.ts'
import { Prepared } from './prepare.ts'
import { Stage } from './stage.ts'

describe('The project library in the browser', () => {
  let stage: Stage
  let page: Page
  before(async () => {
    stage = await Stage.open(() => Prepared.liuCounty())
    await fillLibraries(stage.prepared.world)
    const context = await stage.context('en')
    await makeExaminable(context)
    await stage.seat(context, 'Qingshan Province', 'governor')
    page = await context.newPage()
    await page.goto('/projects')
    await settle(page)
  })
  after(() => stage.close())

  it('What is chosen goes into one form, by the keyboard', () =>
    stage.watch('Library chosen', async () => {
      for (const code of ['LB-3', 'LB-4']) {
        await page.getByRole('checkbox', { name: `Choose ${code}` }).focus()
        await page.keyboard.press('Space')
      }
      await page.getByRole('group', { name: 'For all that are chosen' }).getByRole('link').focus()
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: /Assign/ }).waitFor()
      await settle(page)
      const values = await page
        .getByRole('combobox')
        .evaluateAll((boxes) => boxes.map((box) => 'value' in box && box.value))
      assert.deepEqual(
        values.filter((value) => String(value).startsWith('LB-')),
        ['LB-3 村道硬化', 'LB-4 村道硬化'],
      )
    }))

  it('The file holds all that was found, not what else there is', () =>
    stage.watch('Library file', async () => {
      await page.goto('/projects?state=admitted')
      await settle(page)
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download CSV' }).click(),
      ])
      const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n')
      assert.deepEqual(
        lines.map((line) => line.split(',')[1]),
        ['Code', 'LB-3', 'LB-4'],
      )
      assert.deepEqual(stage.complaints, [])
    }))
})
