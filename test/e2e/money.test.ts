import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { Prepared } from './prepare.ts'
import { type Person, Stage } from './stage.ts'

describe('A yuan on its way to the work that it pays for, as people see it on their screens', () => {
  let stage: Stage
  let head: Person
  let treasurer: Person
  let line: string
  before(async () => {
    const prepared = await Prepared.moneyForLiu()
    line = prepared.line
    stage = await Stage.open(() => Promise.resolve(prepared))
  })
  after(() => stage.close())
  afterEach(() => assert.deepEqual(stage.complaints.splice(0), []))

  /** A step of the story; what comes after one that failed fails with it. */
  let isBroken = false
  const step = (sentence: string, tell: () => Promise<void>) => {
    it(sentence, async () => {
      assert.ok(!isBroken, 'an earlier step of the story failed')
      isBroken = true
      await stage.watch(sentence, tell)
      isBroken = false
    })
  }
  const moneyPage = () => `/funds/county/${stage.unit('Liu County')}?year=2018`
  /** Pastes rows of a spreadsheet into the form. */
  const pastes = async (person: Person, ...rows: readonly string[]) => {
    await person.page.getByText('从表格粘贴').click()
    await person.page.locator('details textarea').fill(rows.join('\n'))
    await person.presses(`添入 ${rows.length} 行`)
  }
  const changesAmount = (person: Person, to: string) =>
    person.page.getByRole('group', { name: '第 1 行' }).getByLabel('金额（元）').fill(to)
  const signs = async (person: Person, act: string) => {
    await person.sees('可以办理。')
    await person.presses('签署并办理')
    await person.arrivesAt(`已办理：${act}`)
  }

  step('The head of Liu County sees what the county holds, and that it lies idle', async () => {
    head = await stage.seated('Liu County', 'county-head')
    await head.opens(moneyPage())
    await head.sees('300 万元')
    await head.sees(/闲置/)
  })

  step('More than the project’s scale is refused before anything is sent; less of it is committed', async () => {
    await head.follows('安排资金到项目')
    await head.arrivesAt('安排资金到项目 · 柳县')
    await head.fills({ 文号: '柳财〔2018〕1号' })
    await pastes(head, 'P001\t2500000')
    await head.sees(/会被退回：项目P001.*资金规模200万元/)
    assert.ok(await head.page.getByRole('button', { name: '签署并办理' }).isDisabled())
    await changesAmount(head, '1500000')
    await signs(head, '安排资金到项目')
  })

  step('The treasurer can’t pay more than was committed; what is within it is paid', async () => {
    treasurer = await stage.seated('Liu County', 'finance-director-county')
    await treasurer.opens(`/act/funds.pay?unit=${stage.unit('Liu County')}&line=${line}&year=2018`)
    await treasurer.fills({ 文号: '柳财〔2018〕2号' })
    await pastes(treasurer, 'P001\t路桥公司\t1600000')
    await treasurer.sees(/会被退回/)
    await changesAmount(treasurer, '600000.50')
    await signs(treasurer, '支付资金')
  })

  step('From the payment the way leads up to the centre’s document, to the fen', async () => {
    await treasurer.opens(moneyPage())
    await treasurer.follows('柳财〔2018〕2号')
    const trace = treasurer.card('追踪')
    for (const place of ['柳县', '青山省', '中央']) await treasurer.sees(place, trace)
    await treasurer.sees('最初的安排文件', trace)
    await treasurer.sees(/中央财政专项扶贫资金.*600,000\.50 元/, trace)
  })

  step('The county tells the public, and anyone reads it without signing in', async () => {
    await head.opens(moneyPage())
    await head.follows('公开资金和项目')
    await signs(head, '公开资金和项目')
    const citizen = await stage.visitor()
    await citizen.opens('/disclosures')
    await citizen.sees('柳县')
    await citizen.page
      .getByRole('link', { name: /柳县|中央财政专项扶贫资金/ })
      .first()
      .click()
    await citizen.sees('青石村食用菌大棚')
    await citizen.doesNotSee('6217')
  })
})
