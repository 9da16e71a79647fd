import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { Prepared, written } from './prepare.ts'
import { type Person, Stage } from './stage.ts'

describe('Liu County leaves poverty, as its people see it on their screens', () => {
  let stage: Stage
  let county: Person
  let city: Person
  let province: Person
  let citizen: Person
  let receipt: string
  before(async () => {
    stage = await Stage.open(() => Prepared.liuCounty())
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

  const exitPage = () => `/exits/${stage.unit('Liu County')}/2018`
  /** Opens the page of the exit and there the act by its button. */
  const begins = async (person: Person, act: string) => {
    await person.opens(exitPage())
    await person.follows(act, person.card('可以办'))
    await person.arrivesAt(`${act} · 柳县`)
  }
  const signs = async (person: Person, act: string) => {
    await person.sees('可以办理。')
    await person.presses('签署并办理')
    await person.arrivesAt(`已办理：${act}`)
  }
  const decides = async (person: Person, act: string, fields: Readonly<Record<string, string>>) => {
    await begins(person, act)
    await person.fills(fields)
    await signs(person, act)
  }
  const selfCheck = { 已自查贫困村: '62', 已自查农户: '300', 自查结论: written.selfCheck }
  const metrics = { 综合贫困发生率: '1.2', 错退率: '0.3', 漏评率: '0.4', 群众认可度: '95.5' }

  step('The head of Liu County takes the seat on the sign-in page, and reads at once what is missing', async () => {
    county = await stage.visitor()
    await county.opens('/')
    await county.arrivesAt('选择一个职务')
    await county.takesSeat('柳县', '县长')
    const due = county.card('到期与逾期')
    await county.sees('还差 1 项', due)
    await county.sees('柳县还没有确认2018年的贫困发生率。', due)
  })

  step('Before anything is sent, the form to propose says that it would be refused, with every reason', async () => {
    const before = await stage.server.countJournal()
    await county.follows('提出退出', county.card('到期与逾期'))
    await county.arrivesAt('提出退出 · 柳县')
    await county.fills({ ...selfCheck, 已自查农户: '0' })
    const rehearsal = county.card(/如果现在签署/)
    await county.sees('会被退回：柳县还没有确认2018年的贫困发生率。', rehearsal)
    await county.sees(/会被退回：自查不完整/, rehearsal)
    await county.sees('责任书已签署', rehearsal)
    assert.ok(await county.page.getByRole('button', { name: '签署并办理' }).isDisabled())
    assert.equal(await stage.server.countJournal(), before)
  })

  step('The county puts it right: it attests its headcount, and proposes', async () => {
    await county.opens('/')
    await county
      .card('现在可以办')
      .getByText(/另有 \d+ 项可办/)
      .click()
    await county.follows('确认贫困发生率', county.card('现在可以办'))
    await county.fills({
      剩余贫困人口: '1900',
      农村人口: '150000',
      贫困村总数: '62',
      已退出贫困村: '60',
      数据截至: '2018-09-30',
    })
    await signs(county, '确认贫困发生率')
    await county.follows('回到我的责任')
    await county.sees('可以提出', county.card('到期与逾期'))
    await county.follows('提出退出', county.card('到期与逾期'))
    await county.fills(selfCheck)
    await signs(county, '提出退出')
  })

  step('The city finds it in its tray; it can’t return it without a reason, and does with one', async () => {
    city = await stage.seated('Heyang City', 'mayor')
    await city.opens('/')
    await city.sees('柳县', city.card('到期与逾期'))
    await city.follows('初审退出', city.card('到期与逾期'))
    await city.follows('初审退出', city.card('这是我的事'))
    await city.arrivesAt('初审退出 · 柳县')
    await city.fills({ 结论: '退回整改' })
    await city.sees('会被退回：退回必须说明理由，让县里知道怎么改。')
    assert.ok(await city.page.getByRole('button', { name: '签署并办理' }).isDisabled())
    await city.fills({ 意见: written.returned })
    await signs(city, '初审退出')
  })

  step('The county reads why it was returned, and proposes again; the city lets it pass', async () => {
    await county.opens(exitPage())
    await county.sees(`“${written.returned}”`, county.card('七个步骤'))
    await decides(county, '提出退出', selfCheck)
    await decides(city, '初审退出', { 结论: '通过' })
  })

  step('The province enters the commissioned evaluation, verifies, and puts the exit before the public', async () => {
    province = await stage.seated('Qingshan Province', 'poverty-office-director-province')
    await decides(province, '委托专项评估', { 评估机构: written.evaluator, ...metrics })
    await decides(province, '核查退出', { 结论: '通过' })
    await decides(province, '公示退出', {})
    await province.opens(exitPage())
    await province.sees('公示中，还剩 7 天')
  })

  step('A citizen without an account reads the notice, objects, and keeps the receipt', async () => {
    citizen = await stage.visitor()
    await citizen.opens('/')
    await citizen.follows('退出公示', citizen.page.getByRole('navigation'))
    await citizen.follows('青山省 柳县')
    await citizen.arrivesAt('关于柳县拟退出贫困县的公示')
    await citizen.sees(/剩余贫困人口1,900人，农村人口150,000人，贫困发生率1\.26/)
    await citizen.fills({ 异议内容: written.objection })
    await citizen.presses('提出异议')
    receipt =
      (await citizen.page
        .getByRole('status')
        .getByText(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/)
        .textContent()) ?? ''
    assert.match(receipt, /^\w{5}-\w{5}$/)
    await citizen.doesNotSee(written.objection)
  })

  step('While the objection is open and the notice stands, the province can’t report', async () => {
    await begins(province, '审定并报告')
    await province.sees('会被退回：还有1件异议没有答复。')
    await province.sees('会被退回：公示到2018年10月24日才结束。')
    assert.ok(await province.page.getByRole('button', { name: '签署并办理' }).isDisabled())
  })

  step('The province answers; with the receipt the citizen reads the answer', async () => {
    await province.opens(exitPage())
    await province.sees(`“${written.objection}”`)
    await province.follows('答复异议')
    await province.fills({ 结论: '不成立', 理由: '路已于九月底修好' })
    await signs(province, '答复异议')
    await citizen.opens('/notices')
    await citizen.fills({ 回执编号: receipt })
    await citizen.presses('查询')
    await citizen.sees('“路已于九月底修好”')
  })

  step('The demonstration’s day is moved past the notice, and the province reports', async () => {
    await province.presses(/演示日/)
    await province.page.getByLabel('演示日').last().fill('2018-10-25')
    await province.presses('移到这一天')
    await province.page.getByRole('button', { name: /演示日 2018年10月25日/ }).waitFor()
    await decides(province, '审定并报告', {})
  })

  step(
    'The centre draws from a seed, is asked whether it is sure, and evaluates the county that was drawn',
    async () => {
      const centre = await stage.seated('The Centre', 'office-director')
      await centre.opens(exitPage())
      await centre.follows('抽取评估检查名单', centre.card('可以办'))
      await centre.fills({ 随机种子: '20181025' })
      await centre.sees('可以办理。')
      await centre.presses('签署并办理')
      await centre.sees('办了就不能撤销，确定吗？')
      await centre.presses('确定办理')
      await centre.arrivesAt('已办理：抽取评估检查名单')
      await centre.opens(exitPage())
      await centre.sees('抽中', centre.card('七个步骤'))
      await decides(centre, '专项评估检查', metrics)
    },
  )

  step('The governor approves: the evidence is sealed, and nobody is waited for any more', async () => {
    const governor = await stage.seated('Qingshan Province', 'governor')
    await begins(governor, '批准退出')
    await governor.sees('可以办理。')
    await governor.presses('签署并办理')
    await governor.presses('确定办理')
    await governor.arrivesAt('已办理：批准退出')
    await governor.opens(exitPage())
    await governor.sees('不再等待任何人。')
    await governor.sees(/[0-9a-f]{64}/, governor.card('封存的证据'))
  })

  step('The county is off the list, its chain says so, and the figure opens to the record and to the act', async () => {
    await county.opens(`/chain/${stage.unit('Liu County')}`)
    await county.sees(/批准退出/, county.page.getByRole('region', { name: '青山省' }))
    await county.opens('/')
    await county.follows(/已退出的贫困县/)
    await county.arrivesAt('已退出的贫困县')
    const records = county.card('打开到记录')
    await county.follows(/柳县/, records)
    await county.page.goBack()
    await county.follows('看', records)
    await county.arrivesAt('批准退出')
    await county.sees('某governor')
    await county.sees('省级政府正式批准退出')
  })
})
